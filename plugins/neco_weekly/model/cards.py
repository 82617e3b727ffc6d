"""Link cards: what a web page says about itself, what an author says of a link, how often a page was asked in vain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPicture:
    """Our own small copy of a page's image or icon: `file` lies in `assets/cards`, sizes are its pixels.

    `url` is where the original was; nobody's browser ever loads it.
    """

    url: str
    file: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Failures:
    """How often in a row a page could not be fetched, the code of the last time (`404`, `timeout`) and its day.

    `gone` counts those times that say that there is no such page: 404, 410, no such host.
    """

    count: int
    gone: int = 0
    last: str
    date: dt.date


DEAD_AFTER = 3
"""A link is dead after so many answers in a row that there is no such page; trouble in between counts for nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a web page says about itself, with our copies of its image and icon.

    `origins` names for each field that is set the place it was read from (`og`, `twitter`, `html`, `host`, ...).
    `fetched` is the day this content was first seen: an unchanged answer changes nothing. `lang` is BCP 47 and
    `published` ISO 8601. `archive` is a copy of a dead page.
    """

    url: str
    title: str | None = None
    description: str | None = None
    site: str | None = None
    image: CardPicture | None = None
    icon: CardPicture | None = None
    lang: str | None = None
    published: str | None = None
    origins: Mapping[str, str] = field(default_factory=dict)
    fetched: dt.date | None = None
    failures: Failures | None = None
    archive: str | None = None

    @property
    def is_dead(self) -> bool:
        """Whether the page is known to be gone."""
        return self.failures is not None and self.failures.gone >= DEAD_AFTER


@dataclass(frozen=True, slots=True, kw_only=True)
class CardText:
    """What the author wrote about a link: attributes of `@[card](…){…}`, or the text Embedly left behind.

    `archive` is the http(s) address of a copy of the page.
    """

    title: str | None = None
    description: str | None = None
    image: bool = True
    archive: str | None = None
    origin: Literal["author", "embedly"] = "author"
