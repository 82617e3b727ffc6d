"""What a card says, in words: title, description, names, the day of a copy, an address as people read it."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import unquote

from ..grammar.urls import host_of
from ..lock.kep_as_of import KepAsOf
from ..model.cards import NEAR_COPY, Card, CardPicture, CardRule, CardText
from ..model.days import day_in
from .words import Strings

_NO_RULE = CardRule()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a card says: the author's words first, then those of the page, then Embedly's; `page` has the rest.

    `site` is the name of the page's site, None where it is hidden or would only repeat the title, `day` the page's own.
    `own_image` is the address of the author's picture, as written; `image` the page's, None where it is not wanted.
    """

    url: str
    title: str | None
    description: str | None
    site: str | None
    day: dt.date | None
    image: CardPicture | None
    own_image: str | None
    is_large: bool
    hides_site: bool
    page: Card

    @classmethod
    def of(cls, url: str, written: CardText, fetched: Card | None, rule: CardRule = _NO_RULE) -> Shown:
        """Return what the card of a page says; a page that was not fetched is one of which nothing is known.

        `rule` is that of the page's host: it hides what the page says, and nothing that the author wrote for this card.
        """
        page = fetched or Card(url=url)
        hidden = {*written.hidden, *rule.hidden}
        of_page = replace(page, description=None) if "description" in hidden else page
        sayings = (written, of_page) if written.origin == "author" else (of_page, written)
        title = next(_visible(it.title for it in sayings), None)
        said = () if "description" in written.hidden else sayings
        description = next(_visible(it.description for it in said), None)
        own_image = None if "image" in written.hidden else written.image
        return cls(
            url=url,
            title=title,
            description=description if description != title else None,
            site=None if "site" in hidden else site_of(page.site, host_of(url), title or readable(url)),
            day=None if "date" in hidden else day_in(page.published or ""),
            image=None if "image" in hidden or own_image else page.image,
            own_image=own_image,
            is_large=(written.size or rule.size) == "large",
            hides_site="site" in hidden,
            page=page,
        )

    @property
    def is_pending(self) -> bool:
        """Whether neither the author nor the page has said anything for the card yet."""
        return not (self.title or self.description or self.own_image or self.page.site or self.page.image)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the page's site, which a title may repeat without saying more by that."""
        host = host_of(self.url)
        return tuple(filter(None, (self.page.site, host, *host.split(".")[:-1])))


def site_of(name: str | None, host: str, title: str) -> str | None:
    """Return what a card says of its page's site: the name, else the host, and nothing that its title has just said."""
    return next((it for it in (name, host) if it and _letters(it) != _letters(title)), None)


def _visible(texts: Iterable[str | None]) -> Iterator[str]:
    """Yield the texts of which something can be seen: a link named by a zero-width joiner could not be followed."""
    return (text for text in texts if text and any(it.isprintable() and not it.isspace() for it in text))


def kep_title(written: CardText, number: int, kep: KepAsOf | None) -> str:
    """Return the title of a KEP's card: the author's, else the KEP's number and title."""
    return by_author(written).title or (f"KEP-{number}: {kep.state.title}" if kep else f"KEP-{number}")


def by_author(written: CardText) -> CardText:
    """Return an author's words for a KEP's card; what Embedly captured of the page is older than the lock."""
    return written if written.origin == "author" else CardText()


def said(url: str, title: str | None, description: str | None, site: str | None = None) -> str:
    """Return the text by which search finds a card, a line each: title, host, site if different, description."""
    host = host_of(url)
    name = site if site and site.lower() != host else None
    return "\n".join(filter(None, (title or readable(url), host, name, description)))


def languages(page: Card, words: Strings) -> Mapping[str, str]:
    """Return the language of each text that is a page's own, where different from the site's language."""
    language = page.lang or ""
    if not _LANGUAGE.fullmatch(language) or language.lower().split("-")[0] == words.locale:
        return {}
    return dict.fromkeys(filter(None, (page.title, page.description, page.site)), language)


_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*", re.ASCII | re.IGNORECASE)


def archive_name(address: str, words: Strings, cited: dt.date | None = None) -> str:
    """Return what a copy of a page is called: with the day of the copy, where the copy's address has the day.

    A copy made near the day `cited` is of the page as the author saw it.
    """
    day = day_of_copy(address)
    if day and cited and abs(day - cited) <= NEAR_COPY:
        return words("card.archive_then", day=day)
    return words("card.archive_of", day=day) if day else words("links.archive")


_ARCHIVES = re.compile(
    r"https?://(?:web\.archive\.org/web|archive\.(?:fo|is|li|md|ph|today|vn)|megalodon\.jp)/"
    r"(?P<day>\d{4}[.-]?\d{2}\.?\d{2})",
    re.ASCII | re.IGNORECASE,
)
"""A pattern for addresses of copies that hold the day of the copy: Wayback Machine, archive.today, Megalodon."""


def day_of_copy(address: str) -> dt.date | None:
    """Return the day of a copy by the copy's address; None where the address holds none."""
    found = _ARCHIVES.match(address)
    digits = re.sub(r"\D", "", found["day"]) if found else ""
    return day_in(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")


def readable(url: str) -> str:
    """Return an address as people read addresses, `example.com/猫?a=1`: no `https://www.`, decoded where printable."""
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


@lru_cache(maxsize=1 << 14)  # of a card the same is asked where it is drawn, listed and checked
def _letters(text: str) -> str:
    return "".join(it for it in unicodedata.normalize("NFKC", text).casefold() if it.isalnum())


def _without(letters: str, names: Iterable[str]) -> str:
    for name in sorted(map(_letters, names), key=len, reverse=True):
        letters = letters.removesuffix(name).removeprefix(name)
    return letters


# --- how a text is set --------------------------------------------------------------------------------------------

_LONG_WORD = re.compile(r"[A-Za-z0-9_.]{20,}")

_INSIDE_WORD = re.compile(r"(?<=[A-Za-z0-9]{4}[._])(?=[A-Za-z0-9]{4})|(?<=[a-z0-9]{4})(?=[A-Z][A-Za-z0-9]{3})")


def breakable(text: str) -> list[str]:
    """Return a text in pieces between which a line may end: long words are cut at their dots and inner capitals.

    A browser ends no line inside `PodTopologySpreadConstraints`, and leaves the rest of the line before it empty. At a
    slash or a hyphen it does by itself.
    """
    cuts = [word.start() + place for word in _LONG_WORD.finditer(text) for place in _cuts_of(word[0])]
    return [text[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]


def _cuts_of(word: str) -> list[int]:
    """Return where a word may be cut; what no reader can cut, such as a digest, is cut anywhere."""
    return [inner.start() for inner in _INSIDE_WORD.finditer(word)] or list(range(_UNCUT, len(word), _UNCUT))


_UNCUT = 8


def width_of(text: str) -> int:
    """Return how wide a text is, in letters of Latin script: those of East Asian scripts are twice as wide."""
    return sum(2 if unicodedata.east_asian_width(it) in "WF" else 1 for it in text)
