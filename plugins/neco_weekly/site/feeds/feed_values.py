"""Entries of feeds, and what distinguishes one feed from others: values that Atom and JSON Feed are written from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID, uuid5

_NAMESPACE = UUID("184ce187-815b-43a2-a613-1430c4da0752")
"""The namespace of our identifiers (RFC 9562, 5.5). Another one would make every entry of every site a new one."""


def identifier(*about: str) -> str:
    """Return the identifier of what an entry is about, the same at every address of the site and after every build.

    A reader shows an entry as new when its identifier is (RFC 4287, 4.2.6): so nothing goes in that may change without
    something having happened, neither a day, nor a commit, nor the address or the name of a site.
    """
    return uuid5(_NAMESPACE, "\n".join(about)).urn


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """What an entry is about or what kind it is: a word for programs, and one for readers."""

    term: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of a feed. `url` is absolute, `html` is what a reader shows, plain and with whole addresses.

    `date` is the day of what the entry tells, `updated` the day on which a later issue has corrected it.
    """

    id: str
    url: str
    title: str
    date: dt.date
    html: str
    summary: str = ""
    updated: dt.date | None = None
    categories: tuple[Category, ...] = ()

    @property
    def last(self) -> dt.date:
        """The day on which the entry became what it is."""
        return self.updated or self.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed: the addresses `url` of itself and `page` of the page that it goes with, its entries, newest first.

    `author` is the name of the site. `empty_since` is the day that a feed without entries tells as that of its last
    change, which RFC 4287 wants of every feed.
    """

    id: str
    url: str
    page: str
    title: str
    subtitle: str
    language: str
    author: str
    empty_since: dt.date
    entries: tuple[Entry, ...] = ()

    @property
    def updated(self) -> dt.date:
        """The day of the last change."""
        return max((it.last for it in self.entries), default=self.empty_since)
