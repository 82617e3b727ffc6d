"""Templates -> XHTML: the body of a generated page, on one line, from autoescaped templates."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from ...display.badges import PLANNED
from ...display.phrases import (
    default_text,
    field_name,
    gate_stage_text,
    held_text,
    planned_text,
    reached_text,
    shipped_source,
    source_line,
    source_name,
    stage_and_release,
)
from ...display.release_states import default_words, state_text
from ...display.release_words import (
    confidence_text,
    exception_text,
    fate_text,
    gate_default_text,
    plan_text,
    request_text,
)
from ...display.row_words import row_reason
from ...display.words import Locale, Strings, load_strings
from ...extension.islands import ISLAND, ISLAND_END
from ...extension.whole_units import LONG_CODE, LONGEST_CODE
from ...lock.kep_as_of import Standing
from ...model.issues import CardMention, Issue, Mention, ReportedRelease, TopicMention
from ...model.keps import issue_url
from ...model.text import CONTROL
from ..files import GeneratedPage
from ..whole_words import whole

Placed = Mention | CardMention | TopicMention | ReportedRelease
"""What stands under a heading, to which a link may lead."""

_LONG = re.compile(rf"<code>(?=[^<]{{{LONGEST_CODE + 1}}})")
"""The beginning of code that a phone has no room for."""

Link = Callable[..., str]
"""A function from a page's path in the docs folder, and a mention there or None, to the relative link to there."""


def draw(template: str, path: str, words: Strings, **values: Any) -> str:
    """Return the body of the page at `path`, drawn by a template, which gets `link` and `words` beside the values."""
    folder = posixpath.dirname(path) or "."

    def link(to: str, mention: Placed | None = None) -> str:
        anchor = f"#{mention.heading.anchor}" if mention and mention.heading and mention.heading.anchor else ""
        return _relative(to, folder) + anchor

    drawn = _templates(words.locale).get_template(template).render(link=link, words=words, **values)
    return _LONG.sub(f'<code class="{LONG_CODE}">', _one_line(drawn))


def island(body: str) -> str:
    """Return the body of a generated page as a part of a Markdown text."""
    return f"{ISLAND}{body}{ISLAND_END}"


DigestOf = Callable[[Issue], str]
"""A function from an issue to a digest of all that the site draws of the issue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeferredPage:
    """A page that is not drawn yet: a site has hundreds, and their bodies need not be in memory at once.

    `draw` makes the body; without `words` the page only lists what stands elsewhere, and search leaves the page out.
    `quoted` yields all words around mentions (`paragraph`) that the body has: no other page may have any.
    `follows_from` yields what the body follows from beside these, the lock and the settings, as values whose `repr`
    says all about them; None where the page may ask its site for anything.
    """

    path: str
    title: str
    draw: Callable[[], str]
    words: str = ""
    quoted: Callable[[], Iterable[str]] = tuple
    follows_from: Callable[[DigestOf], Iterable[object]] | None = None

    @property
    def front_matter(self) -> str:
        """The page's front matter, which a host reads before the body."""
        excluded = "" if self.words else "search:\n  exclude: true\n"
        return f"---\ntitle: {json.dumps(CONTROL.sub(' ', self.title), ensure_ascii=False)}\n{excluded}---\n"

    def page(self) -> GeneratedPage:
        """Return the page, drawn."""
        body = self.draw()
        content = f"{self.front_matter}\n{island(body)}\n"
        title = CONTROL.sub(" ", self.title)
        return GeneratedPage(path=self.path, content=content, title=title, body=body, words=self.words)


@cache
def _templates(locale: Locale) -> Environment:
    """Return the templates of a language, compiled once a process, which in a preview is half the work of drawing."""
    templates = Environment(
        loader=PackageLoader("neco_weekly.site"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    for phrase in (
        source_line,
        source_name,
        shipped_source,
        field_name,
        stage_and_release,
        default_text,
        gate_stage_text,
        held_text,
        exception_text,
        state_text,
        default_words,
        request_text,
        plan_text,
        confidence_text,
        gate_default_text,
        fate_text,
        row_reason,
    ):
        templates.filters[phrase.__name__] = partial(phrase, words=load_strings(locale))
    templates.filters["prose"] = prose
    templates.filters["days"] = with_days
    templates.filters["planned"] = planned
    templates.filters["whole"] = whole
    templates.globals["issue_url"] = issue_url
    templates.filters["pill"] = lambda standing: _pill(standing, locale)
    return templates


def prose(text: str) -> Markup:
    """Return a text that somebody wrote as plain words, in which backquotes stand around code."""
    parts = _CODE.split(text)
    drawn = [Markup("<code>{}</code>").format(it) if place % 2 else escape(it) for place, it in enumerate(parts)]
    return Markup("").join(drawn)


_CODE = re.compile(r"`([^`]+)`")


def with_days(text: str) -> Markup:
    """Return words with each day in them as an element, so that no line ends within a day."""
    parts = _DAY.split(text)
    element = Markup('<time class="neco-day" datetime="{0}">{0}</time>')
    return Markup("").join(element.format(it) if place % 2 else escape(it) for place, it in enumerate(parts))


_DAY = re.compile(r"(?<![\w-])(\d{4}-\d{2}-\d{2})(?![\w-])", re.ASCII)


def planned(text: str) -> Markup:
    """Return words on what is only planned, in the form of their own that all such words have."""
    return Markup('<i class="{}">{}</i>').format(PLANNED, text)


@lru_cache(maxsize=4096)
def _pill(standing: Standing, locale: Locale) -> Markup:
    """Return where a KEP stands as a pill for what shipped, and another for what is only planned.

    Few different ones stand on hundreds of pages thousands of times.
    """
    words, shipped = load_strings(locale), standing.shipped
    reached = reached_text(standing, words)
    attributes = [("stage", shipped.stage if shipped else None), ("ended", standing.ended)]
    drawn = Markup("").join(Markup(' data-{}="{}"').format(name, value) for name, value in attributes if value)
    pills = [planned(planned_text(standing.planned, words))] if standing.planned else []
    if reached or not pills:
        pills.insert(0, Markup('<span class="neco-stage"{}>{}</span>').format(drawn, reached or words("stage.none")))
    return Markup(" ").join(pills)


@lru_cache(maxsize=4096)
def _relative(to: str, folder: str) -> str:
    """Return the link from a folder to a page, kept: hundreds of KEP pages link to the same issues."""
    return quote(posixpath.relpath(to, folder))


def _one_line(xhtml: str) -> str:
    """Return a body as one line, without the characters that XML has no place for: a heading may hold any."""
    return CONTROL.sub(" ", re.sub(r">(?=\s*+<)[^\S\n]*+\n\s*+<", "><", xhtml.strip()))
