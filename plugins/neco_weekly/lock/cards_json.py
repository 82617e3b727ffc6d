"""`cards.json`: what web pages say about themselves, and on how many days fetching a page failed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast, get_args

from ..grammar.urls import normal_url
from ..model.cards import Card, CardPicture, Decision, Proposal, RemotePicture
from . import card_details_json as details
from . import json_values as read
from .failures_json import failures_to_dict, read_failures
from .github_json import code_to_dict, facts_to_dict, read_code, read_facts
from .json_documents import naming, read_document, to_text
from .pictures import is_picture_name

SCHEMA = 3
"""The schema version of `cards.json` that this program writes; a newer one is refused."""

_TABLES = frozenset({"schema", "cards", "pictures"})

_TEXTS = ("title", "description", "site", "lang", "published")

_FIELDS = frozenset(
    (
        *_TEXTS,
        *("image", "icon", "file", "event", "origins", "fetched", "failures", "archive"),
        *("changed", "github", "code", "proposed"),
    )
)

_PROPOSED = ("title", "description", "site", "published")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardsDocument:
    """What `cards.json` holds, by normal URL: cards of web pages, and pictures that issues show from other hosts."""

    cards: Mapping[str, Card] = field(default_factory=dict)
    pictures: Mapping[str, RemotePicture] = field(default_factory=dict)


def read_cards(path: Path) -> CardsDocument:
    """Return the content of `cards.json`; a file that does not exist holds nothing.

    Raises:
        NecoError: the file is damaged, wrongly edited, or of a newer schema.
    """
    document = read_document(path, schema=SCHEMA)
    with naming(path):
        return cards_from_dict(document)


def cards_from_dict(document: Mapping[str, Any]) -> CardsDocument:
    """Return what a JSON object says that `cards_to_dict` made; raises WrongError for another one."""
    read.fields(document, _TABLES)
    return CardsDocument(
        cards=read.table(document, "cards", lambda key, value: (key, _card(key, value))),
        pictures=read.table(document, "pictures", lambda key, value: (key, _remote_picture(key, value))),
    )


def cards_text(document: CardsDocument) -> str:
    """Return the canonical text of `cards.json`, sorted by URL."""
    return to_text(cards_to_dict(document))


def cards_to_dict(document: CardsDocument) -> dict[str, Any]:
    """Return what `cards.json` holds as a JSON object, sorted by URL."""
    cards, pictures = document.cards, document.pictures
    written: dict[str, Any] = {"schema": SCHEMA, "cards": {url: card_to_dict(cards[url]) for url in sorted(cards)}}
    if pictures:  # where there are none, the lock is what it was before issues had any
        written["pictures"] = {url: _remote_picture_to_dict(pictures[url]) for url in sorted(pictures)}
    return written


def _checked_url(url: str) -> str:
    if normal_url(read.url(url)) != url:
        raise read.WrongError(f"expected the address as {normal_url(url)}")
    return url


def _card(url: str, value: Any) -> Card:
    document = read.fields(value, _FIELDS)
    _checked_url(url)
    return Card(
        url=url,
        **{name: read.optional(document, name, read.text) for name in _TEXTS},
        image=read.optional(document, "image", _picture),
        icon=read.optional(document, "icon", _picture),
        file=read.optional(document, "file", details.linked_file),
        event=read.optional(document, "event", details.event),
        origins=read.table(document, "origins", lambda key, item: (key, read.text(item))),
        fetched=read.optional(document, "fetched", read.date),
        failures=read.optional(document, "failures", read_failures),
        archive=read.optional(document, "archive", read.url),
        changed=read.optional(document, "changed", read.date),
        github=read.optional(document, "github", read_facts),
        code=read.optional(document, "code", read_code),
        proposed=read.optional(document, "proposed", _proposal),
    )


def _proposal(value: Any) -> Proposal:
    document = read.fields(value, frozenset((*_PROPOSED, "reason", "date", "decision")))
    texts = {name: read.optional(document, name, read.text) for name in _PROPOSED[1:]}
    return Proposal(
        title=read.required(document, "title", read.text),
        **texts,
        reason=read.required(document, "reason", read.text),
        date=read.required(document, "date", read.date),
        decision=read.required(document, "decision", _decision),
    )


def _decision(value: Any) -> Decision:
    return cast(Decision, read.choice(value, get_args(Decision)))


def _picture(value: Any) -> CardPicture | None:
    if isinstance(value, str):  # schema 1 knew no copies, and an address alone shows nothing
        return None
    document = read.fields(value, frozenset({"url", "file", "width", "height"}))
    return CardPicture(
        url=read.required(document, "url", read.url),
        file=read.required(document, "file", _picture_name),
        width=read.required(document, "width", read.positive),
        height=read.required(document, "height", read.positive),
    )


def _remote_picture(url: str, value: Any) -> RemotePicture:
    document = read.fields(value, frozenset({"file", "width", "height", "fetched", "failures"}))
    copy = {name: document[name] for name in ("file", "width", "height") if name in document}
    return RemotePicture(
        url=_checked_url(url),
        copy=_picture({"url": url, **copy}) if copy else None,
        fetched=read.optional(document, "fetched", read.date),
        failures=read.optional(document, "failures", read_failures),
    )


def _picture_name(value: Any) -> str:
    name = read.text(value)
    if not is_picture_name(name):
        raise read.WrongError(f"expected the name of a picture in assets/cards, found {read.shown(value)}")
    return name


def card_to_dict(card: Card) -> dict[str, Any]:
    """Return a card as the JSON object that stands under its address, without what is empty."""
    return read.without_empty(
        {
            "title": card.title,
            "description": card.description,
            "site": card.site,
            "image": _picture_to_dict(card.image),
            "icon": _picture_to_dict(card.icon),
            "lang": card.lang,
            "published": card.published,
            "file": details.linked_file_to_dict(card.file),
            "event": details.event_to_dict(card.event),
            "origins": dict(sorted(card.origins.items())),
            "fetched": card.fetched.isoformat() if card.fetched else None,
            "failures": failures_to_dict(card.failures),
            "archive": card.archive,
            "changed": card.changed.isoformat() if card.changed else None,
            "github": facts_to_dict(card.github),
            "code": code_to_dict(card.code),
            "proposed": _proposal_to_dict(card.proposed),
        }
    )


def _proposal_to_dict(proposal: Proposal | None) -> dict[str, Any]:
    if proposal is None:
        return {}
    texts = {name: getattr(proposal, name) for name in _PROPOSED}
    told = {"reason": proposal.reason, "date": proposal.date.isoformat(), "decision": proposal.decision}
    return read.without_empty({**texts, **told})


def _picture_to_dict(picture: CardPicture | None) -> dict[str, Any]:
    if picture is None:
        return {}
    return {"url": picture.url, "file": picture.file, "width": picture.width, "height": picture.height}


def _remote_picture_to_dict(picture: RemotePicture) -> dict[str, Any]:
    copy = _picture_to_dict(picture.copy)
    copy.pop("url", None)  # the picture's own address
    day = picture.fetched.isoformat() if picture.fetched else None
    return read.without_empty({**copy, "fetched": day, "failures": failures_to_dict(picture.failures)})
