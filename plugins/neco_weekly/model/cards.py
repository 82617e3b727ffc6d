"""Link cards: what a web page says about itself, what an author says of a link, the days on which it failed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from .github import Code, GitHubFacts

PictureKind = Literal["image", "large", "icon", "picture"]
"""The kinds of pictures that are kept: of a card a page's image, `large` for a large card, and a site's icon, of an
issue a picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPicture:
    """A small copy of a page's image or icon, or of an issue's picture: `file` lies in `assets/cards`, sizes in pixels.

    `url` is the address of the original; no reader's browser ever loads that.
    """

    url: str
    file: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Failures:
    """On how many days in a row a page could not be fetched, the code of the last failure (`404`) and its day.

    `gone` counts the days whose failures said that there is no such page: 404, 410, no such host. Only these are
    counted further, once a day and up to `DEAD_AFTER`; of failures that may pass only the first in a row is noted.
    """

    count: int
    gone: int = 0
    last: str
    date: dt.date


DEAD_AFTER = 3
"""The number of days in a row saying that a page does not exist after which its link is dead.

The days need not follow each other: what counts is that no good response came in between. Failures in between that may
pass, such as a timeout, count for nothing.
"""


NEAR_COPY = dt.timedelta(days=30)
"""How far from an issue's day a copy of a page is one of what its author saw, and how long after it a link is new."""


Decision = Literal["open", "accept", "reject"]
"""What a person decided about a proposal, in one word that may be edited by hand in the lock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a page says since `date` and a refresh did not take, for it looks as if another page answered.

    The card stays as it was. `reason` is a clause without a subject: `says no more than the name of its site`. With the
    decision `accept` the next refresh takes what the page says, if it still says this; with `reject` it asks no more.
    """

    title: str
    description: str | None = None
    site: str | None = None
    published: str | None = None
    reason: str
    date: dt.date
    decision: Decision = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedFile:
    """What an address leads to that is no web page: `kind` is a word like an extension (`pdf`, `yaml`), `size` bytes.

    `pages` and `author` are those that a PDF names.
    """

    kind: str
    size: int | None = None
    pages: int | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """When and where the event is that a page is about: days or times of ISO 8601, and a place by name.

    A time without an offset is that of the place. `online` says that people need not come, or not all of them.
    """

    start: str
    end: str | None = None
    place: str | None = None
    online: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a web page says about itself, with our copies of the page's image and icon.

    `origins` names for each field that is set the place where the field was read (`og`, `twitter`, `html`, `host`,
    ...). `fetched` is the day on which this content was first seen: an unchanged response changes nothing. `lang` is a
    language tag of BCP 47 and `published` a date or time of ISO 8601. `archive` is the address of a copy of the page,
    made near the day of the first issue with the link; `changed` is the day on which a known page was first found with
    another title or description than before. `file` is set where the address leads to no page but a file, `event`
    where the page is about an event; `github` and `code` are of pages of GitHub. `proposed` is what the page says and a
    person has yet to look at.
    """

    url: str
    title: str | None = None
    description: str | None = None
    site: str | None = None
    image: CardPicture | None = None
    icon: CardPicture | None = None
    lang: str | None = None
    published: str | None = None
    file: LinkedFile | None = None
    event: Event | None = None
    origins: Mapping[str, str] = field(default_factory=dict)
    fetched: dt.date | None = None
    failures: Failures | None = None
    archive: str | None = None
    changed: dt.date | None = None
    github: GitHubFacts | None = None
    code: Code | None = None
    proposed: Proposal | None = None

    @property
    def is_dead(self) -> bool:
        """Whether the card's page is known to be gone: so on `DEAD_AFTER` days or more."""
        return self.failures is not None and self.failures.gone >= DEAD_AFTER


@dataclass(frozen=True, slots=True, kw_only=True)
class RemotePicture:
    """A picture that issues show from another host: our copy, and on how many days in a row it failed.

    `copy` stays when later refreshes fail. `fetched` is the day on which the copy was new.
    """

    url: str
    copy: CardPicture | None = None
    fetched: dt.date | None = None
    failures: Failures | None = None

    @property
    def is_dead(self) -> bool:
        """Whether the picture is known to be gone: so on `DEAD_AFTER` days or more."""
        return self.failures is not None and self.failures.gone >= DEAD_AFTER


CardSize = Literal["large", "normal"]
"""The sizes of a card: `large` has its picture above the words, as wide as they are, `normal` a small one beside them.
"""

HIDEABLE = ("description", "image", "site", "date")
"""What a card need not show of what is known of its page, by the names that people write."""


def hidden_of(names: Iterable[str]) -> tuple[str, ...]:
    """Return those of some names that a card can hide, once each and in the order of `HIDEABLE`."""
    wanted = frozenset(names)
    return tuple(it for it in HIDEABLE if it in wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRule:
    """What people want of all cards of a host, from `overrides.yml`: what is not shown, and the size, None for any."""

    hidden: tuple[str, ...] = ()
    size: CardSize | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardText:
    """What the author wrote about a link: attributes of `@[card](…){…}`, or the text that Embedly left.

    `image` is the address of a picture of the author's own, as written: a path of the site, relative to the page or
    from the root. `hidden` are words of HIDEABLE. `archive` is the http(s) address of a copy of the page. `origin` says
    which of the two wrote the text.
    """

    title: str | None = None
    description: str | None = None
    image: str | None = None
    hidden: tuple[str, ...] = ()
    size: CardSize | None = None
    archive: str | None = None
    origin: Literal["author", "embedly"] = "author"
