"""Card -> Element: a box with one link that styles stretch over it, and the line that leads to a copy of a dead page.

Words of the page itself and of its author are drawn as they are, each in its own direction and language. What we add
carries `data-search-exclude`.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree.ElementTree import Element, SubElement

from .model import Card, CardPicture, CardText
from .outlook import Outlook
from .render import add, add_stages, missing_reference, reference
from .sections import NOT_SEARCHED, verbatim
from .strings import Strings
from .syntax import host_of

AddressOf = Callable[[CardPicture], str | None]
"""Where a page finds our copy of a picture; None where no file is there, or no page."""

_WIDE = 1.4
"""Width by height from which a picture is shown as what pages declare for cards, 1.91:1; others are cut to a square."""


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


def card(shown: Shown, words: Strings, address_of: AddressOf) -> Element:
    """A link card. Without a title its name is the address as people read it."""
    page, host = shown.page, host_of(shown.url)
    box = _box(shown.url, pending=shown.is_pending, dead=page.is_dead)
    foreign = languages(page, words)
    link = SubElement(box, "a", {"class": "neco-card__link", "href": verbatim(shown.url)})
    if page.is_dead:
        add(link, "b", words("links.dead"), {"class": "neco-card__dead", NOT_SEARCHED: "1"}).tail = verbatim(" ")
        link = SubElement(link, "span")
    _say(link, shown.title or readable(shown.url), foreign)
    if shown.description:
        _say(SubElement(box, "p", {"class": "neco-card__text"}), shown.description, foreign)
    if shown.title or page.site:
        line = _site_line(host, _picture(page.icon, address_of, "neco-card__icon"))
        _say(SubElement(line, "span"), page.site or host, foreign)
        if day := day_in(page.published or ""):
            add(line, "time", day.isoformat(), {"datetime": day.isoformat(), NOT_SEARCHED: "1"})
        box.append(line)
    if shown.image and (image := _image(page.image, address_of)) is not None:
        box.append(image)
    return box


def kep_card(url: str, written: CardText, number: int, outlook: Outlook | None, words: Strings) -> Element:
    """A KEP's address alone on a line: a card from KEP data. Its one link carries the KEP's hooks."""
    box = _box(url, kep=True)
    title, description = kep_title(written, number, outlook), by_author(written).description
    if outlook is None:
        add(box, "a", title, {"class": "neco-card__link", "href": verbatim(url), "dir": "auto"})
        missing = missing_reference(number, quiet=False)
        missing.set(NOT_SEARCHED, "1")
        missing.text = verbatim(words("kep.missing"))
        box.append(missing)
        return box
    link = reference(number, outlook, lambda _: verbatim(url), quiet=False)
    link.set("class", "neco-kep neco-card__link")
    del link.attrib["title"]
    _say(link, title, {})
    box.append(link)
    if description:
        _say(SubElement(box, "p", {"class": "neco-card__text"}), description, {})
    facts = SubElement(box, "p", {"class": "neco-card__facts", NOT_SEARCHED: "1"})
    if outlook.state.stage:
        facts.set("data-stage", outlook.state.stage)
    add_stages(facts, outlook, words)
    if outlook.state.sig:
        add(facts, "span", f" {outlook.state.sig}")
    line = _site_line("kubernetes.io", None)
    add(line, "span", words("kep.card_site"))
    box.append(line)
    return box


def kep_title(written: CardText, number: int, outlook: Outlook | None) -> str:
    """What the card of a KEP is called: by its author, else by its number and title."""
    return by_author(written).title or (f"KEP-{number}: {outlook.state.title}" if outlook else f"KEP-{number}")


def by_author(written: CardText) -> CardText:
    """What Embedly captured of a KEP's page is older than what we know."""
    return written if written.origin == "author" else CardText()


def said(url: str, title: str | None, description: str | None, site: str | None = None) -> str:
    """What search finds a card by, a line each: its title, its host, the site's name where it is another, the rest."""
    host = host_of(url)
    name = site if site and site.lower() != host else None
    return "\n".join(filter(None, (title or readable(url), host, name, description)))


# --- parts of a box -----------------------------------------------------------------------------------------------


def _box(url: str, **modifiers: bool) -> Element:
    classes = ["neco-card", *(f"neco-card--{name}" for name, holds in modifiers.items() if holds)]
    return Element("div", {"class": " ".join(classes), "data-url": verbatim(url)})


def _say(element: Element, text: str, foreign: Mapping[str, str]) -> None:
    """Fill an element with a text in its own direction, and in its own language where it is in `foreign`."""
    element.text = verbatim(text)
    element.set("dir", "auto")
    if language := foreign.get(text):
        element.set("lang", language)


def languages(page: Card, words: Strings) -> Mapping[str, str]:
    """The page's own words with their language, where that is another than the site's."""
    language = page.lang or ""
    if not _LANGUAGE.fullmatch(language) or language.lower().split("-")[0] == words.locale:
        return {}
    return dict.fromkeys(filter(None, (page.title, page.description, page.site)), language)


_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*", re.ASCII | re.IGNORECASE)


def _site_line(host: str, icon: Element | None) -> Element:
    """The line for a site's name behind its icon, or behind the first letter of its host."""
    line = Element("p", {"class": "neco-card__site"})
    if icon is not None:
        line.append(icon)
    else:
        add(line, "i", host[:1].upper(), {"class": "neco-card__icon", "aria-hidden": "true", NOT_SEARCHED: "1"})
    return line


def _image(picture: CardPicture | None, address_of: AddressOf) -> Element | None:
    square = picture is not None and picture.width < _WIDE * picture.height
    return _picture(picture, address_of, "neco-card__image" + (" neco-card__image--square" if square else ""))


def _picture(picture: CardPicture | None, address_of: AddressOf, classes: str) -> Element | None:
    address = address_of(picture) if picture else None
    if picture is None or address is None:
        return None
    size = {"width": str(picture.width), "height": str(picture.height)}
    return Element("img", {"class": classes, "src": address, **size, "alt": "", "loading": "lazy", "decoding": "async"})


# --- beside the box -----------------------------------------------------------------------------------------------


def archive_line(shown: Shown, written: CardText, words: Strings) -> Element | None:
    """The line behind a card that leads to a copy of its page: its author's, else that of a page that is gone."""
    address = written.archive or (shown.page.archive if shown.page.is_dead else None)
    if address is None:
        return None
    line = Element("p", {"class": "neco-card-aside", NOT_SEARCHED: "1"})
    link = SubElement(line, "a", {"class": "neco-card-archive", "href": verbatim(address)})
    link.text = archive_name(address, words)
    add(link, "span", f" {shown.title or readable(shown.url)}", {"class": "neco-hidden", "dir": "auto"})
    return line


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


# --- words --------------------------------------------------------------------------------------------------------


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
