"""`cards.json`: what web pages say about themselves."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..model import Card
from ..syntax import normal_url
from . import reading as read

SCHEMA = 1
"""The version this program writes; it reads no newer one."""

_TABLES = frozenset({"schema", "cards"})
_FIELDS = frozenset("title description site image icon origins fetched".split())


def read_cards(path: Path) -> dict[str, Card]:
    """Read `cards.json`, cards by normal URL; no file is an empty one. Raises NecoError."""
    document = read.read_document(path, schema=SCHEMA)
    with read.naming(path):
        read.fields(document, _TABLES)
        return read.table(document, "cards", lambda key, value: (key, _card(key, value)))


def cards_text(cards: Mapping[str, Card]) -> str:
    """The canonical text of `cards.json`."""
    return read.to_text({"schema": SCHEMA, "cards": {url: _card_to_dict(cards[url]) for url in sorted(cards)}})


def _card(url: str, value: Any) -> Card:
    document = read.fields(value, _FIELDS)
    if normal_url(read.url(url)) != url:
        raise read.WrongError(f"expected the address as {normal_url(url)}")
    return Card(
        url=url,
        title=read.optional(document, "title", read.text),
        description=read.optional(document, "description", read.text),
        site=read.optional(document, "site", read.text),
        image=read.optional(document, "image", read.url),
        icon=read.optional(document, "icon", read.url),
        origins=read.table(document, "origins", lambda key, item: (key, read.text(item))),
        fetched=read.optional(document, "fetched", read.date),
    )


def _card_to_dict(card: Card) -> dict[str, Any]:
    return read.without_empty(
        {
            "title": card.title,
            "description": card.description,
            "site": card.site,
            "image": card.image,
            "icon": card.icon,
            "origins": dict(sorted(card.origins.items())),
            "fetched": card.fetched.isoformat() if card.fetched else None,
        }
    )
