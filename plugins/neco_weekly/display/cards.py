"""Cards as elements: a box with one link that styles stretch over it, and a line leading to a copy of a dead page.

Words of the page itself and of its author are drawn as they are, each in its own direction and language. What we add
carries `data-search-exclude`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from ..grammar.urls import host_of
from ..lock.kep_as_of import KepAsOf
from ..model.cards import CardPicture, CardText
from ..model.picture_sizes import Size
from .badges import add_stages, missing_reference, reference, set_stages
from .card_words import Shown, archive_name, breakable, by_author, kep_title, languages, readable, width_of
from .elements import NOT_SEARCHED, add, verbatim
from .words import Strings

AddressOf = Callable[[CardPicture], str | None]
"""A function from a card's picture to the address of our copy; None where no file is there, or no page."""


@dataclass(frozen=True, slots=True)
class OwnPicture:
    """A picture of the author's own on a card: its address for the page, and its size, None where nobody knows that."""

    address: str
    size: Size | None


_BANNER, _WIDE, _TALL = 2.1, 1.4, 0.7
"""Width by height above which a picture is shown whole, from which as what pages declare for cards, 1.91:1, and below
which whole again; between the last two it is cut to a square."""

_LARGE_FROM = 240
"""The width in pixels from which on a picture is worth a large card; a smaller one stands beside the words."""

_HINTED = 120
"""The width of a title, in letters of Latin script, from which on the link says the title once more as its hint."""


def card(shown: Shown, words: Strings, address_of: AddressOf, own: OwnPicture | None = None) -> Element:
    """Return the card of a web page; without a title, the card's link is named by the address as people read it.

    `own` is the author's picture, where the site has that.
    """
    page = shown.page
    box = _box(shown.url, pending=shown.is_pending, dead=page.is_dead)
    foreign = languages(page, words)
    link = SubElement(box, "a", {"class": "neco-card__link", "href": verbatim(shown.url)})
    name = link
    if page.is_dead:
        add(link, "b", words("links.dead"), {"class": "neco-card__dead", NOT_SEARCHED: "1"}).tail = verbatim(" ")
        name = SubElement(link, "span")
    _say(name, shown.title or readable(shown.url), foreign)
    _hint(link, shown.title)
    if shown.description:
        _say(SubElement(box, "p", {"class": "neco-card__text"}), shown.description, foreign)
    if (line := _site(shown, foreign, address_of)) is not None:
        box.append(line)
    _add_image(box, _own_image(own) if own else _image(shown.image, address_of), is_large=shown.is_large)
    return box


def _site(shown: Shown, foreign: Mapping[str, str], address_of: AddressOf) -> Element | None:
    """Return the line with the site's icon and name and the day of the page; None where there is nothing to say."""
    is_known = shown.title is not None or shown.page.site is not None
    if not is_known or not (shown.site or shown.day):
        return None
    icon = None if shown.hides_site else _picture(shown.page.icon, address_of, "neco-card__icon")
    line = _site_line("" if shown.hides_site else host_of(shown.url), icon)
    if shown.site:
        _say(SubElement(line, "span"), shown.site, foreign)
    if shown.day:
        add(line, "time", shown.day.isoformat(), {"datetime": shown.day.isoformat(), NOT_SEARCHED: "1"})
    return line


def kep_card(
    url: str, written: CardText, number: int, kep: KepAsOf | None, words: Strings, own: OwnPicture | None = None
) -> Element:
    """Return the card of a KEP, for a KEP's address alone on a line; its link has the attributes of a KEP reference."""
    box = _box(url, kep=True)
    title, description = kep_title(written, number, kep), by_author(written).description
    if kep is None:
        add(box, "a", title, {"class": "neco-card__link", "href": verbatim(url), "dir": "auto"})
        box.append(_missing(number, words))
        return box
    link = reference(number, kep, lambda _: verbatim(url), quiet=False)
    link.set("class", "neco-kep neco-card__link")
    del link.attrib["title"]
    _say(link, title, {})
    _hint(link, title)
    box.append(link)
    if description:
        _say(SubElement(box, "p", {"class": "neco-card__text"}), description, {})
    box.append(_facts(kep, words))
    line = _site_line("kubernetes.io", None)
    add(line, "span", words("kep.card_site"))
    box.append(line)
    _add_image(box, _own_image(own) if own else None, is_large=written.size == "large")
    return box


def refer(box: Element, number: int, kep: KepAsOf | None, words: Strings) -> None:
    """Make the card of a page about a KEP a reference to the KEP: its link stays as it is, the KEP's facts come in."""
    if kep is None:
        box.append(missing := _missing(number, words))
        missing.text = verbatim(f"KEP-{number}: {words('kep.missing')}")  # the title is the page's and names no KEP
        return
    link = box[0]
    hint = link.get("title")
    link.attrib |= reference(number, kep, lambda _: link.get("href", ""), quiet=False).attrib
    link.set("class", "neco-kep neco-card__link")
    del link.attrib["title"]
    link.attrib |= {"title": hint} if hint else {}
    facts = _facts(kep, words)
    name = Element("span")
    name.text, name.tail = verbatim(f"KEP-{number}"), verbatim(" ")
    facts.insert(0, name)
    box.insert(1 if box.find("p[@class='neco-card__text']") is None else 2, facts)


# --- parts of a box -----------------------------------------------------------------------------------------------


def _box(url: str, **modifiers: bool) -> Element:
    classes = ["neco-card", *(f"neco-card--{name}" for name, holds in modifiers.items() if holds)]
    return Element("div", {"class": " ".join(classes), "data-url": verbatim(url)})


def _missing(number: int, words: Strings) -> Element:
    missing = missing_reference(number, quiet=False)
    missing.set(NOT_SEARCHED, "1")
    missing.text = verbatim(words("kep.missing"))
    return missing


def _facts(kep: KepAsOf, words: Strings) -> Element:
    """Return the line with what is known of a KEP: its stages and its SIG."""
    facts = Element("p", {"class": "neco-card__facts", NOT_SEARCHED: "1"})
    set_stages(facts, kep)
    add_stages(facts, kep, words)
    if kep.state.sig:
        add(facts, "span", f" {kep.state.sig}")
    return facts


def _say(element: Element, text: str, foreign: Mapping[str, str]) -> None:
    """Fill an element with a text in its own direction, and in its own language where the text is in `foreign`."""
    first, *rest = breakable(text)
    element.text = verbatim(first)
    for piece in rest:
        SubElement(element, "wbr").tail = verbatim(piece)
    element.set("dir", "auto")
    if language := foreign.get(text):
        element.set("lang", language)


def _hint(link: Element, title: str | None) -> None:
    """Say a long title once more as the hint of its link: of very long ones the box shows only the beginning."""
    if title and width_of(title) > _HINTED:
        link.set("title", verbatim(title))


def _site_line(host: str, icon: Element | None) -> Element:
    """Return the line for a site's name behind its icon, or behind the first letter of its host, where one is named."""
    line = Element("p", {"class": "neco-card__site"})
    if icon is not None:
        line.append(icon)
    elif host:
        add(line, "i", host[:1].upper(), {"class": "neco-card__icon", "aria-hidden": "true", NOT_SEARCHED: "1"})
    return line


def _add_image(box: Element, image: Element | None, *, is_large: bool) -> None:
    if image is None:
        return
    if is_large and int(image.get("width", _LARGE_FROM)) >= _LARGE_FROM:
        box.set("class", f"{box.get('class')} neco-card--large")
    box.append(image)


def _image(picture: CardPicture | None, address_of: AddressOf) -> Element | None:
    return _picture(picture, address_of, _classes((picture.width, picture.height))) if picture else None


def _own_image(own: OwnPicture) -> Element:
    return _img(own.address, own.size, _classes(own.size))


def _classes(size: Size | None) -> str:
    """Return the classes of a card's picture, by its form: what would lose too much by being cut is shown whole."""
    ratio = size[0] / size[1] if size else _WIDE
    form = "banner" if ratio > _BANNER else "" if ratio >= _WIDE else "square" if ratio >= _TALL else "tall"
    return f"neco-card__image neco-card__image--{form}" if form else "neco-card__image"


def _picture(picture: CardPicture | None, address_of: AddressOf, classes: str) -> Element | None:
    address = address_of(picture) if picture else None
    return _img(address, (picture.width, picture.height), classes) if picture and address is not None else None


def _img(address: str, size: Size | None, classes: str) -> Element:
    sides = {"width": str(size[0]), "height": str(size[1])} if size else {}
    return Element(
        "img", {"class": classes, "src": address, **sides, "alt": "", "loading": "lazy", "decoding": "async"}
    )


# --- beside the box -----------------------------------------------------------------------------------------------


def archive_line(shown: Shown, written: CardText, title: str | None, words: Strings) -> Element | None:
    """Return the line behind a card that leads to a copy of the card's page: the author's, else that of a dead page.

    `title` is what the card is called. None where there is no copy, or the page is alive and the author names no copy.
    """
    address = written.archive or (shown.page.archive if shown.page.is_dead else None)
    if address is None:
        return None
    line = Element("p", {"class": "neco-card-aside", NOT_SEARCHED: "1"})
    link = SubElement(line, "a", {"class": "neco-card-archive", "href": verbatim(address)})
    link.text = archive_name(address, words)
    add(link, "span", f" {title or readable(shown.url)}", {"class": "neco-hidden", "dir": "auto"})
    return line
