"""The order in which our processors run among those of Python-Markdown, its extensions and the hosts: one table.

Python-Markdown runs the processors of a registry from the highest priority to the lowest
(https://python-markdown.github.io/extensions/api/, *Registries*). A number alone does not say why it is that number, so
each row names what its processor must run before and after; a test holds every row against all of these processors.

Block processors keep their numbers in their classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from markdown import Markdown
from markdown.inlinepatterns import Pattern
from markdown.util import Processor

Registry = Literal["preprocessors", "inlinePatterns", "treeprocessors", "postprocessors"]
"""The registries of Python-Markdown for processors that are in the table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the order: one of our processors, by the name under which it is registered.

    The processor runs after those of its registry that `after` names and before those that `before` names, as far as
    they are there: which extensions are at work, a site decides. `*` are all others.
    """

    name: str
    registry: Registry
    priority: float
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    why: str


ORDER = (
    Row(
        name="neco_source",
        registry="preprocessors",
        priority=1000,
        before=("*",),
        why="lines are those of the text as it is written, before snippets are put in and anything is taken out",
    ),
    Row(
        name="neco_bodies",
        registry="preprocessors",
        priority=999,
        after=("neco_source",),
        before=("snippet", "normalize_whitespace", "fenced_code_block", "mkdocs_raw_html", "html_block"),
        why="the body of a generated page is finished XHTML, in which nothing may be read as Markdown or raw HTML",
    ),
    Row(
        name="neco_hatena",
        registry="inlinePatterns",
        priority=86,
        after=("backtick", "escape", "reference", "link", "image_link", "short_reference", "autolink", "html"),
        before=("neco_url", "entity", "em_strong"),
        why="`[URL:title]` in code or in a link is none; its URL must still be whole, and no link of its own yet",
    ),
    Row(
        name="neco_url",
        registry="inlinePatterns",
        priority=85,
        after=("backtick", "escape", "reference", "link", "image_link", "short_reference", "autolink", "html"),
        before=("entity", "em_strong"),
        why="a URL in code, in a link or in a tag is no bare one, and the `_` and `*` and `&` of one are no markup",
    ),
    Row(
        name="neco_headings",
        registry="treeprocessors",
        priority=6,
        after=("inline", "footnote", "attr_list", "abbr"),
        before=("toc", "mkdocs_extract_anchors", "neco_references"),
        why="titles are compared as they are read, and contents list headings at the levels where they are drawn",
    ),
    Row(
        name="neco_references",
        registry="treeprocessors",
        priority=4,
        after=("inline", "footnote", "attr_list", "abbr", "toc", "mkdocs_extract_anchors"),
        before=("mkdocs_extract_title", "relpath", "unescape"),
        why="anchors and contents are the author's own words, and hosts resolve the `.md` links that are drawn here",
    ),
    Row(
        name="neco_held_links",
        registry="treeprocessors",
        priority=3,
        after=("neco_references",),
        before=("mkdocs_extract_title", "relpath", "unescape"),
        why="what a page links to is read from its text; hosts warn of a link to a page that is not in the site",
    ),
    Row(
        name="neco_title",
        registry="treeprocessors",
        priority=-2,
        after=("neco_references", "mkdocs_extract_title", "relpath", "unescape"),
        why="a host takes the page's title from its first heading, in which until then nothing of ours has words",
    ),
)
"""All our processors except those of blocks, in the order of their registries."""


def register(md: Markdown, name: str, processor: Processor | Pattern) -> None:
    """Register a processor of ours with the priority that the table has for its name.

    Raises:
        StopIteration: the table has no such name, which is a mistake of ours.
    """
    row = next(it for it in ORDER if it.name == name)
    registry: Any = getattr(md, row.registry)
    registry.register(processor, row.name, row.priority)
