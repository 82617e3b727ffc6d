"""What a card says, in words: title, description, names, the day of a copy, an address as people read it."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from ..grammar.urls import host_of
from ..lock.kep_as_of import KepAsOf
from ..model.cards import Card, CardText
from .words import Strings


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a card says: the author's words first, then those of the page, then Embedly's; `page` has the rest."""

    url: str
    title: str | None
    description: str | None
    image: bool
    page: Card

    @classmethod
    def of(cls, url: str, written: CardText, fetched: Card | None) -> Shown:
        """Nothing fetched is a page of which nothing is known."""
        page = fetched or Card(url=url)
        sayings = (written, page) if written.origin == "author" else (page, written)
        title = next(_visible(it.title for it in sayings), None)
        description = next(_visible(it.description for it in sayings), None)
        return cls(
            url=url,
            title=title,
            description=description if description != title else None,
            image=written.image,
            page=page,
        )

    @property
    def is_pending(self) -> bool:
        """Whether neither the author nor the page has said anything yet."""
        return not (self.title or self.description or self.page.site or self.page.image)

    @property
    def names(self) -> tuple[str, ...]:
        """What the page's site is called; a title that repeats it says nothing more by that."""
        host = host_of(self.url)
        return tuple(filter(None, (self.page.site, host, *host.split(".")[:-1])))


def _visible(texts: Iterable[str | None]) -> Iterator[str]:
    """Texts of which something is seen: a link whose name is a zero-width joiner could not be followed."""
    return (text for text in texts if text and any(it.isprintable() and not it.isspace() for it in text))


def kep_title(written: CardText, number: int, kep: KepAsOf | None) -> str:
    """What the card of a KEP is called: by its author, else by its number and title."""
    return by_author(written).title or (f"KEP-{number}: {kep.state.title}" if kep else f"KEP-{number}")


def by_author(written: CardText) -> CardText:
    """What Embedly captured of a KEP's page is older than what we know."""
    return written if written.origin == "author" else CardText()


def said(url: str, title: str | None, description: str | None, site: str | None = None) -> str:
    """What search finds a card by, a line each: its title, its host, the site's name where it is another, the rest."""
    host = host_of(url)
    name = site if site and site.lower() != host else None
    return "\n".join(filter(None, (title or readable(url), host, name, description)))


def languages(page: Card, words: Strings) -> Mapping[str, str]:
    """The page's own words with their language, where that is another than the site's."""
    language = page.lang or ""
    if not _LANGUAGE.fullmatch(language) or language.lower().split("-")[0] == words.locale:
        return {}
    return dict.fromkeys(filter(None, (page.title, page.description, page.site)), language)


_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*", re.ASCII | re.IGNORECASE)


def archive_name(address: str, words: Strings) -> str:
    """What a copy of a page is called: with the day on which it was made, where its address tells."""
    day = _day_of_copy(address)
    return words("card.archive_of", day=day) if day else words("links.archive")


_ARCHIVES = re.compile(
    r"https?://(?:web\.archive\.org/web|archive\.(?:fo|is|li|md|ph|today|vn)|megalodon\.jp)/"
    r"(?P<day>\d{4}[.-]?\d{2}\.?\d{2})",
    re.ASCII | re.IGNORECASE,
)
"""Archives that write in a copy's address when it was made: Wayback Machine, archive.today, Megalodon."""


def _day_of_copy(address: str) -> dt.date | None:
    found = _ARCHIVES.match(address)
    digits = re.sub(r"\D", "", found["day"]) if found else ""
    return day_in(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")


def day_in(text: str) -> dt.date | None:
    """The day with which a text in ISO 8601 begins."""
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


def readable(url: str) -> str:
    """`example.com/猫?a=1`: an address as people read it: without `https://www.`, decoded where that can be shown."""
    rest = _HOST.sub("", url)
    try:
        decoded = unquote(rest, errors="strict")
    except UnicodeDecodeError:
        decoded = rest
    return host_of(url) + (decoded if decoded.isprintable() else rest).removesuffix("/")


_HOST = re.compile(r"\A[^/?#]*://[^/?#]*")


def say_the_same(title: str, heading: str, names: Iterable[str]) -> bool:
    """Whether a heading says what a card's title says, but for case, width, punctuation, and `names` at either end."""
    if _letters(title) == _letters(heading):
        return _letters(title) != ""
    title, heading = (_without(_letters(text), names) for text in (title, heading))
    return title == heading != ""


def _letters(text: str) -> str:
    return "".join(it for it in unicodedata.normalize("NFKC", text).casefold() if it.isalnum())


def _without(letters: str, names: Iterable[str]) -> str:
    for name in sorted(map(_letters, names), key=len, reverse=True):
        letters = letters.removesuffix(name).removeprefix(name)
    return letters
