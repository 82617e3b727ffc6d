"""Index and lock -> generated pages: KEP pages and their table, the archive, what the home shows, and JSON.

A page's body is XHTML from one autoescaped template, on one line, which `blocks` turns into elements; its links are
relative `.md` paths, which every host resolves.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from .blocks import ISLAND, ISLAND_END
from .documents import enhancement_to_dict
from .index import Index
from .lock import Lock
from .model import Enhancement, GeneratedPage, Issue, Mention
from .references import KEP_PAGE
from .render import stage_text
from .strings import Strings
from .syntax import CONTROL

HOME_MARK = "<!-- neco:home -->"
ARCHIVE_MARK = "<!-- neco:archive -->"
RECENT_ISSUES = 10
"""How many issues the home lists."""

AddressOf = Callable[[str], str]
"""Path of a page in the docs folder -> its address from the site's root: `keps/127.md` -> `keps/127/`."""


OwnPage = Callable[[str], str | None]
"""Text of a page that a writer has written, by its path in the docs folder; None if there is none."""


def directory_address(path: str) -> str:
    """The address a page has with MkDocs' directory URLs."""
    stem = quote(path.removesuffix(".md"))
    folder, name = posixpath.split(stem)
    if name in ("index", "README"):
        return f"{folder}/" if folder else ""
    return f"{stem}/"


@dataclass(frozen=True)
class Site:
    """Draws everything that is generated. `issues_dir` is relative to the docs folder."""

    index: Index
    lock: Lock
    words: Strings
    issues_dir: str = "issues"

    # --- pages ----------------------------------------------------------------------------------------------------

    def pages(self, site_name: str, description: str = "") -> Iterator[GeneratedPage]:
        """All generated Markdown pages. A host leaves out those that a writer has written."""
        yield self.home(site_name, description)
        yield self.archive()
        yield self.kep_table()
        for number in self.kep_numbers:
            yield self.kep_page(number)

    def files_for(self, own_page: OwnPage, site_name: str, description: str = "") -> Iterator[GeneratedPage]:
        """Every file for a host that only draws Markdown: generated pages, writers' pages filled in, data."""
        for page in self.pages(site_name, description):
            text = own_page(page.path)
            if text is None:
                yield page
            elif (filled := self.fill(page.path, text)) != text:
                yield GeneratedPage(path=page.path, content=filled)
        yield from self.data()

    @cached_property
    def kep_numbers(self) -> tuple[int, ...]:
        """KEPs that have a page: mentioned, and something is known of them."""
        return tuple(number for number in self.index.by_kep if self.lock.enhancement(number))

    def kep_page(self, number: int) -> GeneratedPage:
        """One KEP: what is known of it, and every mention, newest first."""
        enhancement = self._enhancement(number)
        path = KEP_PAGE.format(number=number)
        found = self.index.by_kep[number]
        body = self._draw(
            "kep.html", path, kep=enhancement, found=found, mention_count=sum(len(mentions) for _, mentions in found)
        )
        return _page(path, f"{enhancement.name}: {enhancement.state.title}", body, _words(enhancement, self.words))

    def kep_table(self) -> GeneratedPage:
        """The table of all KEPs that have a page."""
        path = "keps/index.md"
        rows = [(self._enhancement(number), self.index.by_kep[number]) for number in self.kep_numbers]
        return _page(path, self.words("kep.index_title"), self._draw("kep_table.html", path, rows=rows))

    def archive(self) -> GeneratedPage:
        """All issues by year and month."""
        path = f"{self.issues_dir}/index.md"
        title = self.words("site.archive")
        return _page(path, title, self._draw("heading.html", path, title=title) + self._archive(path))

    def home(self, site_name: str, description: str) -> GeneratedPage:
        """The home of a site whose writer has none."""
        body = self._draw("heading.html", "index.md", title=site_name, description=description)
        return _page("index.md", site_name, body + self._home("index.md"), words=f"{site_name} {description}")

    def fill(self, path: str, text: str) -> str:
        """A writer's own page with what its marks ask for."""
        for mark, draw in ((HOME_MARK, self._home), (ARCHIVE_MARK, self._archive)):
            if mark in text:
                text = text.replace(mark, _island(draw(path)))
        return text

    def _home(self, path: str) -> str:
        return self._draw("home.html", path, recent=self.index.issues[1 : RECENT_ISSUES + 1])

    def _archive(self, path: str) -> str:
        return self._draw("archive.html", path, years=_by_year(self.index.issues))

    def _enhancement(self, number: int) -> Enhancement:
        enhancement = self.lock.enhancement(number)
        if enhancement is None:
            raise KeyError(number)
        return enhancement

    def _draw(self, template: str, path: str, **values: Any) -> str:
        folder = posixpath.dirname(path) or "."

        def link(to: str, mention: Mention | None = None) -> str:
            anchor = f"#{mention.heading.anchor}" if mention and mention.heading and mention.heading.anchor else ""
            return _relative(to, folder) + anchor

        return _one_line(
            _templates()
            .get_template(template)
            .render(site=self, index=self.index, lock=self.lock, words=self.words, link=link, **values)
        )

    # --- data -----------------------------------------------------------------------------------------------------

    def data(self, address_of: AddressOf = directory_address) -> Iterator[GeneratedPage]:
        """The machine-readable files under `api/`. Addresses are relative to the site's root."""
        generated = self.lock.as_of.isoformat() if self.lock.as_of else None
        keps = [self._kep_data(number, address_of) for number in self.kep_numbers]
        yield _json("api/keps.json", {"generated": generated, "keps": keps})
        yield _json("api/issues.json", {"issues": [_issue_data(issue, address_of) for issue in self.index.issues]})
        for number, summary in zip(self.kep_numbers, keps, strict=True):
            details = enhancement_to_dict(self._enhancement(number))
            yield _json(f"api/keps/{number}.json", {"generated": generated, **details, **summary})

    def _kep_data(self, number: int, address_of: AddressOf) -> dict[str, Any]:
        state = self._enhancement(number).state
        return {
            "number": number,
            "title": state.title,
            "sig": state.sig,
            "stage": state.stage,
            "status": state.status,
            "latest_milestone": state.latest_milestone,
            "url": address_of(KEP_PAGE.format(number=number)),
            "mentions": [
                _mention_data(issue, mention, address_of)
                for issue, mentions in self.index.by_kep[number]
                for mention in mentions
            ],
        }


def _mention_data(issue: Issue, mention: Mention, address_of: AddressOf) -> dict[str, Any]:
    anchor = f"#{mention.heading.anchor}" if mention.heading and mention.heading.anchor else ""
    return {
        "issue": issue.date.isoformat() if issue.date else issue.path,
        "heading": mention.heading.text if mention.heading else None,
        "url": address_of(issue.path) + anchor,
    }


def _issue_data(issue: Issue, address_of: AddressOf) -> dict[str, Any]:
    return {
        "number": issue.number,
        "date": issue.date.isoformat() if issue.date else None,
        "title": issue.title,
        "url": address_of(issue.path),
        "keps": list(issue.keps),
        "cards": list(dict.fromkeys(card.url for card in issue.cards)),
    }


def _json(path: str, document: dict[str, Any]) -> GeneratedPage:
    return GeneratedPage(path=path, content=json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def _by_year(issues: tuple[Issue, ...]) -> list[tuple[int | None, list[tuple[int, list[Issue]]]]]:
    """Years, newest first, each with its months; issues without a date stand under None at the end."""
    dated = [issue for issue in issues if issue.date]
    undated = [issue for issue in issues if not issue.date]
    years: list[tuple[int | None, list[tuple[int, list[Issue]]]]] = [
        (year, [(month, list(same)) for month, same in itertools.groupby(of_year, key=_month)])
        for year, of_year in itertools.groupby(dated, key=lambda issue: _date(issue).year)
    ]
    return [*years, (None, [(0, undated)])] if undated else years


def _month(issue: Issue) -> int:
    return _date(issue).month


def _date(issue: Issue) -> dt.date:
    return issue.date or dt.date.min


@cache
def _templates() -> Environment:
    """Compiled once a process: while a writer looks at a preview, that is half the work of drawing."""
    templates = Environment(
        loader=PackageLoader("neco_weekly"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    templates.filters["stage_text"] = _stage_text
    return templates


@pass_context
def _stage_text(context: Context, enhancement: Enhancement) -> str:
    return stage_text(enhancement, context["words"])


def _page(path: str, title: str, body: str, words: str = "") -> GeneratedPage:
    """A page; without `words` it only lists what stands elsewhere, and search leaves it out."""
    title = CONTROL.sub(" ", title)
    excluded = "" if words else "search:\n  exclude: true\n"
    front_matter = f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n{excluded}---\n"
    content = f"{front_matter}\n{_island(body)}\n"
    return GeneratedPage(path=path, content=content, title=title, body=body, words=words)


def _words(enhancement: Enhancement, words: Strings) -> str:
    """What search finds a KEP's page by, beside its title."""
    state = enhancement.state
    facts = (stage_text(enhancement, words), state.status, state.sig, *state.feature_gates, enhancement.note)
    return " ".join(fact for fact in facts if fact)


def _island(body: str) -> str:
    return f"{ISLAND}{body}{ISLAND_END}"


@lru_cache(maxsize=4096)
def _relative(to: str, folder: str) -> str:
    """A page as a link from a folder. Hundreds of KEP pages link to the same issues."""
    return quote(posixpath.relpath(to, folder))


def _one_line(xhtml: str) -> str:
    """The body as one line, without the characters that XML has no place for: a heading may hold any."""
    return CONTROL.sub(" ", re.sub(r">\s*\n\s*<", "><", xhtml.strip()))
