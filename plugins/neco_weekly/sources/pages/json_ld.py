"""JSON-LD scripts of a page -> an Account: schema.org's words for title, publisher, image and date.

What stands in the wild: one object, a list, a `@graph` whose parts refer to each other by `@id`, CDATA and comments
around it, line breaks inside strings, commas too many, several objects in a row.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from .accounts import Account, absolute
from .json_ld_subject import Node, SubjectSigns, rank, subjects_of, types_of

_JUNK_BEFORE = re.compile(r"(?:\s++|\ufeff|//|/\*|\*/|<!\[CDATA\[|<!--|-->|\]\]>)*+")

_BETWEEN = re.compile(r"[\s;,]*")

_COMMA_TOO_MANY = re.compile(r",(?=\s*[}\]])")

_ENTITY = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

_LONGEST_SCRIPT, _MOST_NODES, _DEEPEST = 500_000, 2_000, 30


def read_json_ld(scripts: Iterable[str], *, base: str, signs: SubjectSigns) -> tuple[Account, tuple[str, ...]]:
    """Return what a page's JSON-LD scripts say of its subject, and sentences about scripts that cannot be read."""
    nodes: list[Node] = []
    broken = 0
    for script in scripts:
        documents = list(_documents(script))
        broken += not documents and _JUNK_BEFORE.fullmatch(script) is None
        nodes += _nodes(documents, _MOST_NODES - len(nodes))
    problems = (f"{broken} JSON-LD script{'s' if broken > 1 else ''} cannot be read",) if broken else ()
    return _account(nodes, base, signs), problems


def objects(scripts: Iterable[str]) -> list[Node]:
    """Return the JSON-LD objects of a page's scripts that say what the page is about, in document order."""
    return _nodes([it for script in scripts for it in _documents(script)], _MOST_NODES)


def decoded(text: str) -> str:
    """Return a text with its HTML entities decoded once: JSON needs none, but templates of pages write them."""
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)


def _documents(script: str) -> Iterator[Any]:
    """Yield the JSON values of a JSON-LD script, as far as they can be read."""
    text = _JUNK_BEFORE.sub("", script[:_LONGEST_SCRIPT], count=1)
    decoder = json.JSONDecoder(strict=False)
    for attempt in (text, _COMMA_TOO_MANY.sub("", text)):
        place, found = 0, list[Any]()
        with suppress(ValueError, RecursionError):
            while len(found) < _MOST_NODES:
                value, place = decoder.raw_decode(attempt, place)
                found.append(value)
                between = _BETWEEN.match(attempt, place)
                place = between.end() if between else place
        if found:
            yield from found
            return


def _nodes(documents: Sequence[Any], limit: int) -> list[Node]:
    """Return the JSON-LD objects of lists and graphs, and those that the page is about, in document order."""
    found: list[Node] = []
    waiting = [(it, 0) for it in reversed(documents)]
    while waiting and len(found) < limit:
        value, depth = waiting.pop()
        if isinstance(value, list) and depth < _DEEPEST:
            waiting += [(it, depth + 1) for it in reversed(value[:limit])]
        elif isinstance(value, dict) and depth < _DEEPEST:
            found.append(value)
            inner = [
                it
                for key in ("@graph", "mainEntity", "mainEntityOfPage")
                if isinstance(it := value.get(key), list | dict)
            ]
            waiting += [(it, depth + 1) for it in reversed(inner)]
    return found


def _account(nodes: Sequence[Node], base: str, signs: SubjectSigns) -> Account:
    by_id = {it["@id"]: it for it in reversed(nodes) if isinstance(it.get("@id"), str) and len(it) > 1}
    known = sorted((it for it in nodes if rank(it) < 2), key=rank)
    subjects = subjects_of(nodes, signs)
    subject = subjects[:1]
    pages = [it for it in subjects if rank(it) == 1]
    pictured = subject or [it for it in known if signs.has_address(it) is None][:1]
    sites = [it for it in nodes if _is_site(it)]
    publishers = _values(known, ("publisher",), by_id)
    within = _values(known, ("isPartOf",), by_id)
    images = _values([*pictured, *pages], ("image", "primaryImageOfPage", "thumbnailUrl", "thumbnail"), by_id)
    # An encyclopedia's headline is what the thing is, its name is that of the page.
    titles = _strings(subject, ("headline", "name"), by_id)
    return Account(
        origin="json-ld",
        titles=sorted(titles, key=lambda it: not signs.say(it)),
        descriptions=_strings([*subject, *pages], ("description", "abstract"), by_id),
        sites=[*_names(publishers), *_names([it for it in within if _is_site(it)]), *_names(sites)],
        images=[it for value in images if (it := _address(value, base))],
        published=_strings([*subject, *pages], ("datePublished", "uploadDate", "dateCreated"), by_id),
        modified=_strings([it for it in subject if rank(it) == 0], ("dateModified",), by_id),
    )


def _values(nodes: Iterable[Node], keys: Sequence[str], by_id: Mapping[str, Node]) -> list[Any]:
    """Return the values of JSON-LD keys, lists laid flat and references by `@id` followed."""
    found = []
    for node in nodes:
        for key in keys:
            value = node.get(key)
            for item in value[:_DEEPEST] if isinstance(value, list) else [value]:
                name = item.get("@id") if isinstance(item, dict) else None
                found.append(by_id.get(name, item) if isinstance(name, str) else item)
    return [it for it in found if it]


def _strings(nodes: Iterable[Node], keys: Sequence[str], by_id: Mapping[str, Node]) -> list[str]:
    values = (it.get("@value") if isinstance(it, dict) else it for it in _values(nodes, keys, by_id))
    return [it for it in values if isinstance(it, str)]


def _names(values: Iterable[Any]) -> list[str]:
    names = (it.get("name") if isinstance(it, dict) else it for it in values)
    return [it for it in names if isinstance(it, str)]


def _is_site(value: Any) -> bool:
    return isinstance(value, dict) and not types_of(value).isdisjoint(("WebSite", "Blog"))


def _address(value: Any, base: str) -> str | None:
    if isinstance(value, dict):
        value = next((it for key in ("contentUrl", "url", "@id") if (it := value.get(key))), None)
    if isinstance(value, list):
        value = next(iter(value), None)
    return absolute(base, decoded(value)) if isinstance(value, str) else None
