"""What the project of the working folder knows of a link's card: its lock, issues, and `overrides.yml`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from ...grammar.urls import normal_url
from ...lock.card_rules import NO_RULE
from ...lock.store import CARDS_FILE, load_lock
from ...model.cards import Card, CardRule, CardText
from ...model.errors import NecoError
from ...model.extraction import Extraction, Found, PassedOver
from ..project import load_project
from .printing import tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A card of a link in an issue: the issue's file and day, the line, and what its author says of the link."""

    path: str
    line: int
    text: CardText
    day: dt.date | None

    def to_dict(self) -> dict[str, object]:
        """Return it as a JSON object; what the author has not said is null."""
        text = self.text
        fields = {"title": text.title, "description": text.description, "image": text.image, "size": text.size}
        place = {"path": self.path, "line": self.line, "origin": text.origin}
        return {**place, **fields, "hidden": list(text.hidden), "archive": text.archive}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """All that a project knows of a link's card: its places in issues, newest first, the rule of its host, the lock.

    `known` is the lock's card as a refresh wrote it, None where it has none; `lock` is the path of its file.
    """

    places: tuple[Written, ...] = ()
    rule: CardRule = NO_RULE
    known: Card | None = None
    lock: str = "cards.json"

    @property
    def cards(self) -> tuple[Written, ...]:
        """The places where an author says something of the link, newest first."""
        return tuple(it for it in self.places if it.text != CardText())

    @property
    def days(self) -> frozenset[dt.date]:
        """The days of the issues with the link."""
        return frozenset(it.day for it in self.places if it.day)

    def on_top_of(self, page: Extraction) -> Extraction:
        """Return what a card shows: the page's fields with the words of the newest author in their place."""
        cards = self.cards
        for text in (it.text for it in cards[:1]):
            page = _by_author(page, text) if text.origin == "author" else _by_embedly(page, text)
        own = cards[0].text if cards else CardText()
        kept = {"description": own.description if own.origin == "author" else None, "image": own.image}
        for name in self.rule.hidden:
            page = page if kept.get(name) else _hidden(page, name)
        for name in own.hidden:
            page = _hidden(page, name)
        return page


def said_of(url: str, config_file: Path = Path("mkdocs.yml")) -> Said:
    """Return what the project that stands here knows of a link; nothing where there is no project.

    A project that cannot be read is told on stderr, and is no reason not to show what the page says.
    """
    if not config_file.is_file():
        return Said()
    try:
        project = load_project(config_file)
        lock = load_lock(project.metadata)
        host = re.compile(re.escape(urlsplit(url).hostname or url), re.IGNORECASE)
        issues = project.read_index(host).issues
    except NecoError as error:
        tell(f"Left out, what is known of it here: {error}")
        return Said()
    places = [
        Written(path=(project.docs / issue.path).as_posix(), line=card.line, text=card.text, day=issue.date)
        for issue in issues
        for card in issue.cards
        if normal_url(card.url) == normal_url(url) and not card.link
    ]
    file = (project.metadata / CARDS_FILE).as_posix()
    return Said(places=tuple(places), rule=lock.card_rule(url), known=lock.card(url), lock=file)


def _by_author(page: Extraction, text: CardText) -> Extraction:
    passed = [*page.passed_over]
    if text.title:
        passed += _instead("title", [page.title])
        page = replace(page, title=Found(text.title, "author"))
    if text.description:
        passed += _instead("description", [page.description])
        page = replace(page, description=Found(text.description, "author"))
    if text.image:
        passed += _instead("image", page.images)
        page = replace(page, images=(Found(text.image, "author"),))
    return replace(page, passed_over=tuple(passed))


def _by_embedly(page: Extraction, text: CardText) -> Extraction:
    if page.description is None and text.description:
        return replace(page, description=Found(text.description, "embedly"))
    return page


def _hidden(page: Extraction, name: str) -> Extraction:
    found: Iterable[Found | None] = page.images if name == "image" else (getattr(page, name, None),)
    passed = (*page.passed_over, *(_instead(name, found) if name != "date" else ()))
    values = {"image": {"images": ()}, "date": {"published": None}, "site": {"site": None, "icons": ()}}
    return replace(page, passed_over=passed, **values.get(name, {name: None}))  # type: ignore[arg-type]


def _instead(field: str, found: Iterable[Found | None]) -> Iterator[PassedOver]:
    for it in filter(None, found):
        yield PassedOver(field=field, value=it.value, origin=it.origin, reason="person")
