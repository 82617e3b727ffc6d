"""The pages of tags, which issues have in their front matter, and the page that lists all tags."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from ...display.words import Strings
from ...model.issues import Issue
from ...model.paths import TAG_PAGE, TAGS_PAGE
from ..headlines import Headlines, told
from .templates import DeferredPage


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A tag as the newest issue writes it, its name in addresses, and the issues that have it, newest first."""

    name: str
    slug: str
    issues: tuple[Issue, ...]

    @property
    def path(self) -> str:
        """The path of the tag's page."""
        return TAG_PAGE.format(name=self.slug)


def tags_of_issues(issues: Iterable[Issue]) -> Mapping[str, Tag]:
    """Return the tags of issues, given newest first, by their names in addresses: those of most issues first.

    Tags that differ in case, width or signs alone are one.
    """
    found: dict[str, dict[str, Issue]] = {}
    names: dict[str, str] = {}
    for issue in issues:
        for name in issue.tags:
            if slug := slug_of(name):
                names.setdefault(slug, name)
                found.setdefault(slug, {})[issue.path] = issue
    ordered = sorted(found, key=lambda it: (-len(found[it]), it))
    return {it: Tag(name=names[it], slug=it, issues=tuple(found[it].values())) for it in ordered}


def slug_of(tag: str) -> str:
    """Return the name of a tag in addresses: letters and digits of any script, `+` and `.`, else `-`; may be empty."""
    text = unicodedata.normalize("NFKC", tag).casefold().replace("#", "-sharp ")
    return re.sub(r"[^\w.+]+", "-", text).strip("-.")


def tag_pages(
    tags: Mapping[str, Tag], headlines: Headlines, draw: Callable[..., str], words: Strings
) -> Iterator[DeferredPage]:
    """Yield the page of each tag, and of all tags where there are any; `draw` takes a template and a path."""
    for tag in tags.values():
        drawn = partial(_draw, draw, tag, headlines)
        yield DeferredPage(path=tag.path, title=words("tag.title", name=tag.name), draw=drawn)
    if tags:
        drawn = partial(draw, "tag_table.html", TAGS_PAGE, tags=tags)
        yield DeferredPage(path=TAGS_PAGE, title=words("tag.index_title"), draw=drawn)


def _draw(draw: Callable[..., str], tag: Tag, headlines: Headlines) -> str:
    return draw("tag.html", tag.path, tag=tag, issues=tuple(told(tag.issues, headlines)))
