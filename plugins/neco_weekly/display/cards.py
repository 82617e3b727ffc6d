"""Cards as elements: a box with one link that styles stretch over it, and a line leading to a copy of a dead page.

Words of the page itself and of its author are drawn as they are, each in its own direction and language. What we add
carries `data-search-exclude`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element, SubElement

from ..grammar.urls import host_of
from ..lock.kep_as_of import KepAsOf
from ..model.cards import CardPicture, CardText
from ..model.days import day_in
from .badges import add_stages, missing_reference, reference, set_stages
from .card_words import Shown, archive_name, by_author, kep_title, languages, readable
from .elements import NOT_SEARCHED, add, verbatim
from .words import Strings

AddressOf = Callable[[CardPicture], str | None]
"""A function from a card's picture to the address of our copy; None where no file is there, or no page."""

_WIDE = 1.4
"""Width by height from which a picture is shown as what pages declare for cards, 1.91:1; others are cut to a square."""


def card(shown: Shown, words: Strings, address_of: AddressOf) -> Element:
    """Return the card of a web page; without a title, the card's link is named by the address as people read it."""
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


def kep_card(url: str, written: CardText, number: int, kep: KepAsOf | None, words: Strings) -> Element:
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
    box.append(link)
    if description:
        _say(SubElement(box, "p", {"class": "neco-card__text"}), description, {})
    box.append(_facts(kep, words))
    line = _site_line("kubernetes.io", None)
    add(line, "span", words("kep.card_site"))
    box.append(line)
    return box


def refer(box: Element, number: int, kep: KepAsOf | None, words: Strings) -> None:
    """Make the card of a page about a KEP a reference to the KEP: its link stays as it is, the KEP's facts come in."""
    if kep is None:
        box.append(missing := _missing(number, words))
        missing.text = verbatim(f"KEP-{number}: {words('kep.missing')}")  # the title is the page's and names no KEP
        return
    link = box[0]
    link.attrib |= reference(number, kep, lambda _: link.get("href", ""), quiet=False).attrib
    link.set("class", "neco-kep neco-card__link")
    del link.attrib["title"]
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
    element.text = verbatim(text)
    element.set("dir", "auto")
    if language := foreign.get(text):
        element.set("lang", language)


def _site_line(host: str, icon: Element | None) -> Element:
    """Return the line for a site's name behind its icon, or behind the first letter of its host."""
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
