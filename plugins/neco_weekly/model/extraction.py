"""The extraction of a web page: what the page says about itself, field by field, each with the place of the field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Literal, get_args

from .cards import Event, LinkedFile
from .github import Code, GitHubFacts

CALLS_ITSELF_FRONT = "calls itself the front page of its site"
"""The doubt about a page below a site's front page that gives that one's address as its own."""


@dataclass(frozen=True, slots=True)
class Found:
    """The value of a page's field and where that was read: `og`, `twitter`, `json-ld`, `html`, `oembed`, `host`, ..."""

    value: str
    origin: str


Reason = Literal[
    "later",
    "judged-worse",
    "nothing",
    "undecodable",
    "repeats-title",
    "address",
    "site-name",
    "junk",
    "not-kept",
    "person",
]
"""Why a candidate was passed over; what each means in words, the table of words says.

`later`: another place counts more. `judged-worse`: its place counts more, and another's value was taken nevertheless.
`not-kept`: a picture of which no copy could be made. `person`: what an author or `overrides.yml` says of the card comes
first.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """A candidate for a field of a page that was not taken: its value, the place where that was read, and the reason.

    `field` is that of an Extraction (`title`, `description`, `site`, `image`, `icon`). `detail` says more in English
    where the reason has something of its own to say: why a picture is not kept.
    """

    field: str
    value: str
    origin: str
    reason: Reason
    detail: str = ""

    @classmethod
    def from_dict(cls, document: Mapping[str, str]) -> PassedOver:
        """Return the candidate of a JSON object that `to_dict` made.

        Raises:
            ValueError: the field or the reason is none that this program knows.
            TypeError: the object has other fields.
        """
        if document.get("field") not in _FIELDS or document.get("reason") not in get_args(Reason):
            raise ValueError(document)
        return cls(**document)  # type: ignore[arg-type]

    def to_dict(self) -> dict[str, str]:
        """Return the candidate as a JSON object, without a detail that says nothing."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in fields.items() if value or name != "detail"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """The extraction of a web page: everything that would be stored for a link to the page.

    `url` is the address that was asked for; `lang` is BCP 47 as found. `published` is the day or moment, ISO 8601,
    from which the page says to be public, or that of its last change where an article says nothing else. `images` and
    `icons` are candidates, the best first: an address may lead to no picture. `github` and `code` are of pages of
    GitHub. `passed_over` are candidates for texts that were not taken, for who asks why a card is as it is; nothing
    that is stored follows from them. `doubts` are clauses without a subject: what about the page looks as if it stood
    in for another one, though that is not certain.
    """

    url: str
    title: Found
    description: Found | None = None
    site: Found | None = None
    images: tuple[Found, ...] = ()
    icons: tuple[Found, ...] = ()
    lang: str | None = None
    canonical: str | None = None
    published: str | None = None
    file: LinkedFile | None = None
    event: Event | None = None
    problems: tuple[str, ...] = ()
    github: GitHubFacts | None = None
    code: Code | None = None
    passed_over: tuple[PassedOver, ...] = field(default=(), compare=False)
    doubts: tuple[str, ...] = ()

    @property
    def image(self) -> Found | None:
        """The best candidate for the page's image, or None."""
        return next(iter(self.images), None)

    @property
    def icon(self) -> Found | None:
        """The best candidate for the page's icon, or None."""
        return next(iter(self.icons), None)

    def to_dict(self) -> dict[str, object]:
        """Return the extraction as a JSON object, for `neco card --json`: each field with its value and origin.

        `file` and `event` stand there only where they are known. What was passed over is no part of it.
        """
        found = {name: getattr(self, name) for name in _FIELDS}
        return {
            "url": self.url,
            **{name: it and {"value": it.value, "origin": it.origin} for name, it in found.items()},
            "lang": self.lang,
            "canonical": self.canonical,
            "published": self.published,
            **{name: asdict(it) for name, it in (("file", self.file), ("event", self.event)) if it},
            "problems": list(self.problems),
        }


_FIELDS = ("title", "description", "site", "image", "icon")
