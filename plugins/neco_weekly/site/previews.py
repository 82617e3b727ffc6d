"""Previews: what a link to an issue, a KEP or a topic shows before it is followed, from a small file beside each page.

Only pages that the site shows have one, so that a preview tells nothing of what is held back.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from html import unescape
from typing import Literal
from urllib.parse import unquote, urljoin

from ..model.issues import Section
from ..model.text import one_line, whole_sentences
from .search.page import compact

Kind = Literal["issue", "kep", "topic"]
"""The kinds of pages that have a preview."""

LONGEST = 160
"""The most characters of a text that a preview shows: about five lines of it."""

_MOST_WITHIN = 3
"""The number of titles that stand for a section that only has others below it."""


def preview_beside(page: str) -> str:
    """Return the place of the preview of the page at a place: `a/preview.json` for `a/index.html`."""
    stem = posixpath.splitext(page)[0]
    folder, name = posixpath.split(stem)
    return posixpath.join(folder, "preview.json") if name == "index" else f"{stem}.preview.json"


def issue_preview(title: str, day: dt.date | None, lead: str, sections: Sequence[Section]) -> str:
    """Return the preview of an issue, with the beginning of each of its sections.

    It is `{"kind", "title", "day", "parts"}`, each part `[anchor, heading, beginning]`; the first is the issue's own,
    whose anchor and heading are empty. A section without a text of its own begins with its cards, or with the headings
    below it.
    """
    parts = [["", "", whole_sentences(one_line(lead), LONGEST)]]
    for place, it in enumerate(sections):
        if it.anchor and it.title:
            parts.append([it.anchor, it.title, _beginning(it, sections[place + 1 :])])
    return compact({"kind": "issue", "title": title, "day": day.isoformat() if day else "", "parts": parts})


def _beginning(section: Section, following: Sequence[Section]) -> str:
    if section.text:
        return whole_sentences(one_line(section.text), LONGEST)
    titles = [card.partition("\n")[0] for card in section.cards] or list(_below(section, following))
    return " / ".join(titles[:_MOST_WITHIN])


def _below(section: Section, following: Sequence[Section]) -> Iterable[str]:
    for it in following:
        if it.level <= section.level:
            return
        yield it.title


def page_preview(kind: Kind, title: str, lines: Iterable[str], about: Mapping[str, str | None] | None = None) -> str:
    """Return the preview of the page of a KEP or a topic: `{"kind", "title", "lines"}` and what colours it."""
    known = {name: value for name, value in (about or {}).items() if value}
    return compact({"kind": kind, "title": title, "lines": list(filter(None, lines)), **known})


# --- links that have one ------------------------------------------------------------------------------------------

_LINK = re.compile(r'<a(?=\s)((?:[^<>"]++|"[^"]*+")*+)>')
_ADDRESS = re.compile(r'\shref="([^"#]+)(#[^"]*)?"')
_ELSEWHERE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_REFERENCE = re.compile(r'\sclass="(?:[^"]*\s)?neco-kep[\s"]')
_LIST = 'class="neco-issue-keps"'
_PLAIN = re.compile(r"((?:\.\./)*+)((?:[\w-][\w.-]*+/)*+(?:[\w-][\w.-]*+)?)")
"""A pattern for a relative address that says nothing but folders and a name, as MkDocs and our pages write them."""

_ITSELF = re.compile(r'\sclass="(?:[^"]*\s)?(?:headerlink|neco-card__link|neco-release)[\s"]')


def with_previews(html: str, url: str, kind_of: Callable[[str], Kind | None], *, is_written: bool) -> str:
    """Return the HTML of a page whose links say where a preview is; `url` is the page's address from the site's root.

    `kind_of` returns what kind of page an address leads to, None for one without a preview. On a writer's page
    (`is_written`) all such links have one, and the first tap on a reference or on a link to a heading shows it. On a
    generated page, which says much of what it links to, these are references to KEPs and links to headings, and a tap
    follows them. The references of an issue need none: the list under its title has what they show.
    """
    head, begins, rest = html.partition("<article")
    text, ends, foot = rest.rpartition("</article>")
    if not begins or not ends:
        return html
    has_list, own = _LIST in text, unquote(url)
    kinds: dict[str, Kind | None] = {}

    def marked(match: re.Match[str]) -> str:
        attributes = match[1]
        found = _ADDRESS.search(attributes)
        if found is None:
            return match[0]
        address, anchor = found.groups()
        if address not in kinds:
            target = _target(url, unescape(address))
            kinds[address] = None if target in (None, own) else kind_of(target or "")
        kind = kinds[address]
        if kind is None or _ITSELF.search(attributes):
            return match[0]
        refers = kind == "kep" and not has_list and _REFERENCE.search(attributes)
        if not (refers or (kind == "issue" and (anchor or is_written)) or (kind == "topic" and is_written)):
            return match[0]
        value = "tap" if is_written and (anchor or kind != "issue") else ""
        return f'<a data-neco-preview="{value}"{attributes}>'

    return f"{head}{begins}{_LINK.sub(marked, text)}{ends}{foot}"


def _target(url: str, address: str) -> str | None:
    """Return the address from the site's root to which one leads that stands on a page; None for other hosts."""
    plain = _PLAIN.fullmatch(address)
    if plain and "%" not in url:  # five times as fast as reading all that an address may say
        folders, up = url.split("/")[:-1], len(plain[1]) // len("../")
        if up <= len(folders):
            return "/".join((*folders[: len(folders) - up], plain[2]))
    if _ELSEWHERE.match(address):
        return None
    with suppress(ValueError):  # what is no address at all
        return unquote(urljoin(f"/{url}", address)).removeprefix("/")
    return None
