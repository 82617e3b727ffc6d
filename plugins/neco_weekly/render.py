"""Enhancement -> Element and Card -> Element: the small pieces that stand in an issue's text.

Everything fetched goes into the tree as it is: Python-Markdown must not read it as Markdown again. What we add
to an author's sentence carries `data-search-exclude`, so that search finds only what people wrote. Material's search
parser compares elements by tag, so what is excluded must not contain its own tag.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.etree.ElementTree import Element, SubElement

from .model import Card, CardText, Enhancement
from .sections import NOT_SEARCHED, verbatim
from .strings import Strings
from .syntax import host_of

Address = Callable[[int], str]
"""Where a reference to a KEP leads: our page, or where no site of ours exists, its issue on GitHub."""


def badge(number: int, enhancement: Enhancement | None, address: Address, words: Strings, *, quiet: bool) -> Element:
    """The reference beside an author's link: today's stage, leading to the KEP's page."""
    if enhancement is None:
        missing = _missing(number, quiet=quiet)
        missing.set(NOT_SEARCHED, "1")
        _add(missing, "i", words("kep.missing_name", number=number) + " ", {"class": "neco-hidden"})
        _add(missing, "b", words("kep.missing"), {"class": "neco-kep__stage"})
        return missing
    link = _reference(number, enhancement, address, quiet=quiet)
    link.set(NOT_SEARCHED, "1")
    _add(link, "span", words("kep.badge_name", number=number) + " ", {"class": "neco-hidden"})
    _add(link, "b", stage_text(enhancement, words), {"class": "neco-kep__stage"})
    return link


def mention(
    text: str, number: int, enhancement: Enhancement | None, address: Address, words: Strings, *, quiet: bool
) -> Element:
    """A plain mention that becomes a link: the author's own text, with today's stage behind it."""
    if enhancement is None:
        missing = _missing(number, quiet=quiet)
        missing.set("title", words("kep.missing_title", number=number))
        missing.text = verbatim(text)
        return missing
    link = _reference(number, enhancement, address, quiet=quiet)
    link.text = verbatim(text)
    if not quiet:
        stage = _add(link, "b", stage_text(enhancement, words), {"class": "neco-kep__stage", NOT_SEARCHED: "1"})
        stage.text = verbatim(f" {stage.text}")
    return link


def _reference(number: int, enhancement: Enhancement, address: Address, *, quiet: bool) -> Element:
    link = Element("a", {"class": "neco-kep neco-kep--quiet" if quiet else "neco-kep"})
    link.set("data-kep", str(number))
    if enhancement.state.stage:
        link.set("data-stage", enhancement.state.stage)
    link.set("href", address(number))
    link.set("title", verbatim(enhancement.state.title))
    return link


def _missing(number: int, *, quiet: bool) -> Element:
    classes = "neco-kep neco-kep--missing" + (" neco-kep--quiet" if quiet else "")
    return Element("span", {"class": classes, "data-kep": str(number)})


def stage_text(enhancement: Enhancement, words: Strings) -> str:
    """`stable v1.36`: what a reader wants to know at once."""
    stage = enhancement.state.stage
    label = words(f"stage.{stage}") if stage else words("stage.unknown")
    return " ".join(filter(None, (label, enhancement.milestone)))


def issue_keps(keps: Iterable[tuple[int, Enhancement | None]], address: Address, words: Strings) -> Element:
    """The list of an issue's KEPs that stands under its title."""
    nav = Element("nav", {"class": "neco-issue-keps", "aria-label": words("kep.in_issue"), NOT_SEARCHED: "1"})
    _add(nav, "p", words("kep.in_issue"), {"class": "neco-issue-keps__title"})
    entries = SubElement(nav, "ul")
    for number, enhancement in keps:
        entry = SubElement(entries, "li", {"data-kep": str(number)})
        if enhancement is None:
            _add(entry, "span", f"KEP-{number}")
            _add(entry, "small", words("kep.missing"))
            continue
        if enhancement.state.stage:
            entry.set("data-stage", enhancement.state.stage)
        link = SubElement(entry, "a", {"href": address(number)})
        _add(link, "b", f"#{number} ")
        _add(link, "span", enhancement.state.title)
        _add(entry, "small", stage_text(enhancement, words), {"class": "neco-stage"})
    return nav


def card(url: str, written: CardText, fetched: Card | None) -> Element:
    """A link card: the author's words first, then what the page says of itself, then the host's name."""
    by_author = written.origin == "author"
    page = fetched or Card(url=url)
    first, second = (written, page) if by_author else (page, written)
    title = first.title or second.title or host_of(url)
    description = first.description or second.description
    box = _card_box(url, "neco-card" if (written.title or page.title) else "neco-card neco-card--pending")
    _add(box, "a", title, {"class": "neco-card__link", "href": url})
    if description and description != title:
        _add(box, "span", description, {"class": "neco-card__text"})
    _card_site(box, page.site or host_of(url), host_of(url))
    return box


def kep_card(url: str, written: CardText, number: int, enhancement: Enhancement | None, words: Strings) -> Element:
    """A KEP's address alone on a line: a card from KEP data. Its one link carries the KEP's hooks."""
    box = _card_box(url, "neco-card neco-card--kep")
    if written.origin != "author":  # what Embedly captured of a KEP's page is older than what we know
        written = CardText()
    title = written.title or (f"KEP-{number}: {enhancement.state.title}" if enhancement else f"KEP-{number}")
    if enhancement is None:
        link = _add(box, "a", title, {"class": "neco-card__link", "href": url})
        missing = _missing(number, quiet=False)
        missing.set(NOT_SEARCHED, "1")
        missing.text = verbatim(words("kep.missing"))
        box.append(missing)
        return box
    link = _reference(number, enhancement, lambda _: url, quiet=False)
    link.set("class", "neco-kep neco-card__link")
    del link.attrib["title"]
    link.text = verbatim(title)
    box.append(link)
    if written.description:
        _add(box, "span", written.description, {"class": "neco-card__text"})
    facts = _add(box, "small", "", {"class": "neco-card__text", NOT_SEARCHED: "1"})
    stage = _add(facts, "b", stage_text(enhancement, words), {"class": "neco-stage"})
    if enhancement.state.stage:
        stage.set("data-stage", enhancement.state.stage)
    if enhancement.state.sig:
        _add(facts, "span", f" {enhancement.state.sig}")
    _card_site(box, words("kep.card_site"), "kubernetes.io")
    return box


def _card_box(url: str, classes: str) -> Element:
    return Element("div", {"class": classes, "data-url": url})


def _card_site(box: Element, site: str, host: str) -> None:
    line = SubElement(box, "span", {"class": "neco-card__site"})
    _add(line, "i", host[:1].upper(), {"class": "neco-card__icon", "aria-hidden": "true", NOT_SEARCHED: "1"})
    _add(line, "span", site)


def _add(parent: Element, tag: str, text: str, attributes: dict[str, str] | None = None) -> Element:
    child = SubElement(parent, tag, attributes or {})
    child.text = verbatim(text) if text else None
    return child
