"""Link cards: what a web page says about itself, what an author says of a link, how often fetching the page failed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from .github import Code, GitHubFacts

PictureKind = Literal["image", "icon", "picture"]
"""The kinds of pictures that are kept: of a card a page's image and a site's icon, of an issue a picture."""


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
    """How often in a row a page could not be fetched, the code of the last failure (`404`, `timeout`) and its day.

    `gone` counts the failures that say that there is no such page: 404, 410, no such host.
    """

    count: int
    gone: int = 0
    last: str
    date: dt.date


DEAD_AFTER = 3
"""The number of HTTP responses in a row saying that a page does not exist after which its link is dead.

Failures in between that may pass, such as a timeout, count for nothing.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a web page says about itself, with our copies of the page's image and icon.

    `origins` names for each field that is set the place where the field was read (`og`, `twitter`, `html`, `host`,
    ...). `fetched` is the day on which this content was first seen: an unchanged response changes nothing. `lang` is a
    language tag of BCP 47 and `published` a date or time of ISO 8601. `archive` is the address of a copy of the page,
    made near the day of the first issue with the link; `changed` is the day on which a known page was first found with
    another title or description than before. `github` and `code` are of pages of GitHub.
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
    changed: dt.date | None = None
    github: GitHubFacts | None = None
    code: Code | None = None

    @property
    def is_dead(self) -> bool:
        """Whether the card's page is known to be gone: at least `DEAD_AFTER` failures say so."""
        return self.failures is not None and self.failures.gone >= DEAD_AFTER


@dataclass(frozen=True, slots=True, kw_only=True)
class RemotePicture:
    """A picture that issues show from another host: our copy, and how often in a row fetching the picture failed.

    `copy` stays when later refreshes fail. `fetched` is the day on which the copy was new.
    """

    url: str
    copy: CardPicture | None = None
    fetched: dt.date | None = None
    failures: Failures | None = None

    @property
    def is_dead(self) -> bool:
        """Whether the picture is known to be gone: at least `DEAD_AFTER` failures say so."""
        return self.failures is not None and self.failures.gone >= DEAD_AFTER


@dataclass(frozen=True, slots=True, kw_only=True)
class CardText:
    """What the author wrote about a link: attributes of `@[card](…){…}`, or the text that Embedly left.

    `archive` is the http(s) address of a copy of the page. `origin` says which of the two wrote the text.
    """

    title: str | None = None
    description: str | None = None
    image: bool = True
    archive: str | None = None
    origin: Literal["author", "embedly"] = "author"
