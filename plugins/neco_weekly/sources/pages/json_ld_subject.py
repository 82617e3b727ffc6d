"""Which of a page's JSON-LD objects is about the page, and which about what stands on it: a video, a teased article.

An object says so itself by its address (schema.org's `url`, `@id`, `mainEntityOfPage`); else by its type, and by words
that the page has in its title or heading as well.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from .titles import parts_of, within_words

# Types of JSON-LD objects that surround the thing a page is about, and ends of the names of such types.
_NOT_THE_SUBJECT = frozenset(
    "AggregateRating Blog Brand Comment Corporation ImageObject ListItem Offer Person Place PostalAddress Project "
    "Review SiteNavigationElement WPFooter WPHeader WPSideBar WebSite".split()
)

_NOR_THESE = ("Action", "Business", "List", "Organization", "Store")

# Ends of the names of types that are a text of their own, which has a page.
_TEXTS = ("Article", "Posting", "Page")

_PAGE_OF_QUESTIONS = "FAQPage"

_FEW, _TELLING, _LONGEST = 30, 10, 1_000

Node = Mapping[str, Any]
"""A JSON-LD object of a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectSigns:
    """What JSON-LD objects are compared with: the page's addresses, the one it came from first, and its titles."""

    addresses: Sequence[str] = ()
    titles: Sequence[str] = ()

    def has_words(self, node: Node) -> bool:
        """Whether a title of the page contains the name or headline of an object; true where the page has no title."""
        names = [it for key in ("headline", "name") for it in _texts(node.get(key))]
        return not self.titles or any(map(self.say, names))

    def say(self, name: str) -> bool:
        """Whether a title of the page contains a name, or begins it where the name goes on."""
        name = _plain(name)
        for title in map(_plain, self.titles):
            beginning = next(iter(parts_of(title)), "")
            if within_words(name, title) or (len(beginning) >= _TELLING and within_words(beginning, name)):
                return True
        return False

    def has_address(self, node: Node) -> bool | None:
        """Whether an object names the page as its own; None where the object names no page."""
        named = {key for it in _addresses(node) if (key := self._place(it))}
        own = {self._place(it) for it in self.addresses}
        return not named.isdisjoint(own) if named else None

    def _place(self, address: str) -> tuple[str, ...] | None:
        """Return what an address has to itself: no scheme, no `www.`, no fragment, no last slash."""
        try:
            parts = urlsplit(urljoin(next(iter(self.addresses), ""), address.strip()))
        except ValueError:
            return None
        host = (parts.hostname or "").removeprefix("www.")
        return (host, unquote(parts.path).rstrip("/"), parts.query) if host else None


def subjects_of(nodes: Sequence[Node], signs: SubjectSigns) -> list[Node]:
    """Return the JSON-LD objects that are about a page, works before descriptions of the page, the surest first."""
    candidates = [it for it in nodes if rank(it) < 2]
    main = {id(it) for it in _main_entities(candidates, signs)}
    texts = [it for it in candidates if rank(it) == 0 and is_text(it) and signs.has_address(it) is not False]
    sure: list[tuple[int, bool, Node]] = []
    for node in candidates:
        named, worded = signs.has_address(node), signs.has_words(node)
        alone = named is None and (rank(node) == 1 or [id(node)] == [id(it) for it in texts])
        if worded or (is_text(node) and (named or alone)) or (named is not False and id(node) in main):
            sure.append((rank(node), not worded, node))
    return [node for *_, node in sorted(sure, key=lambda it: it[:2])]


def types_of(node: Node) -> set[str]:
    """Return the types of a JSON-LD object, without the address of their vocabulary."""
    written = node.get("@type")
    names = written if isinstance(written, list) else [written]
    return {it.rpartition("/")[2].rpartition(":")[2] for it in names if isinstance(it, str)}


def rank(node: Node) -> int:
    """Return the rank of a JSON-LD object as the page's subject: 0 for a work, 1 for the page itself, 2 for others."""
    types = types_of(node)
    if not types or types & _NOT_THE_SUBJECT or any(it.endswith(_NOR_THESE) for it in types):
        return 2
    return 1 if any(it.endswith("Page") for it in types) else 0


def is_text(node: Node) -> bool:
    """Whether a JSON-LD object is a text with a page of its own, as no video and no question is."""
    return any(it.endswith(_TEXTS) for it in types_of(node))


def _main_entities(nodes: Iterable[Node], signs: SubjectSigns) -> Iterator[Node]:
    """Yield what pages name as their one main entity; the questions of a page of questions are parts of it."""
    for node in nodes:
        entity = node.get("mainEntity")
        is_page = rank(node) == 1 and _PAGE_OF_QUESTIONS not in types_of(node)
        if is_page and isinstance(entity, dict) and signs.has_address(node) is not False:
            yield entity


def _plain(text: str) -> str:
    return html.unescape(html.unescape(text[:_LONGEST]))


def _addresses(node: Node) -> Iterator[str]:
    for key in ("mainEntityOfPage", "url", "@id"):
        value = node.get(key)
        for item in value[:_FEW] if isinstance(value, list) else [value]:
            named = (item.get("@id") or item.get("url")) if isinstance(item, dict) else item
            if isinstance(named, str) and (key == "url" or "://" in named):
                yield named


def _texts(value: object) -> list[str]:
    items = value[:_FEW] if isinstance(value, list) else [value]
    texts = (it.get("@value") if isinstance(it, dict) else it for it in items)
    return [it for it in texts if isinstance(it, str)]
