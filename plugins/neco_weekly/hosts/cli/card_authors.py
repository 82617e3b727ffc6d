"""What people have said of a link's card in the project of the working folder: in issues, and in `overrides.yml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from ...grammar.urls import normal_url
from ...lock.card_rules import NO_RULE
from ...lock.store import load_lock
from ...model.cards import CardRule, CardText
from ...model.errors import NecoError
from ...model.extraction import Extraction, Found, PassedOver
from ..project import load_project
from .printing import tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A card of a link in an issue: the issue's file, the line, and what its author says of the link."""

    path: str
    line: int
    text: CardText

    def to_dict(self) -> dict[str, object]:
        """Return it as a JSON object; what the author has not said is null."""
        text = self.text
        fields = {"title": text.title, "description": text.description, "image": text.image, "size": text.size}
        place = {"path": self.path, "line": self.line, "origin": text.origin}
        return {**place, **fields, "hidden": list(text.hidden), "archive": text.archive}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """All that people have said of a link's card: the cards of issues, newest first, and the rule of its host."""

    cards: tuple[Written, ...] = ()
    rule: CardRule = NO_RULE

    def on_top_of(self, page: Extraction) -> Extraction:
        """Return what a card shows: the page's fields with the words of the newest author in their place."""
        for text in (it.text for it in self.cards[:1]):
            page = _by_author(page, text) if text.origin == "author" else _by_embedly(page, text)
        own = self.cards[0].text if self.cards else CardText()
        kept = {"description": own.description if own.origin == "author" else None, "image": own.image}
        for name in self.rule.hidden:
            page = page if kept.get(name) else _hidden(page, name)
        for name in own.hidden:
            page = _hidden(page, name)
        return page


def said_of(url: str, config_file: Path = Path("mkdocs.yml")) -> Said:
    """Return what people have said of a link in the project that stands here; nothing where there is no project.

    A project that cannot be read is told on stderr, and is no reason not to show what the page says.
    """
    if not config_file.is_file():
        return Said()
    try:
        project = load_project(config_file)
        rule = load_lock(project.metadata).card_rule(url)
        host = re.compile(re.escape(urlsplit(url).hostname or url), re.IGNORECASE)
        issues = project.read_index(host).issues
    except NecoError as error:
        tell(f"Left out, what people say of it here: {error}")
        return Said()
    cards = [
        Written(path=(project.docs / issue.path).as_posix(), line=card.line, text=card.text)
        for issue in issues
        for card in issue.cards
        if normal_url(card.url) == normal_url(url) and not card.link
    ]
    return Said(cards=tuple(it for it in cards if it.text != CardText()), rule=rule)


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
