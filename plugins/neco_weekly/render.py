"""Enhancement -> Element and Card -> Element: the small pieces that stand in an issue's text.

Everything fetched goes into the tree as it is: Python-Markdown must not read it as Markdown again. What we add
to an author's sentence carries `data-search-exclude`, so that search finds only what people wrote. Material's search
parser compares elements by tag, so what is excluded must not contain its own tag.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element, SubElement

from .model import EMPTY, Card, CardText, EnhancementState
from .outlook import Outlook, closed
from .sections import NOT_SEARCHED, verbatim
from .strings import Strings
from .syntax import host_of

Address = Callable[[int], str]
"""Where a reference to a KEP leads: our page, or where no site of ours exists, its issue on GitHub."""


def badge(number: int, outlook: Outlook | None, address: Address, words: Strings, *, quiet: bool) -> Element:
    """The reference beside an author's link: the stage then, where it was another, and now; leads to the KEP's page."""
    if outlook is None:
        missing = _missing(number, quiet=quiet)
        missing.set(NOT_SEARCHED, "1")
        add(missing, "i", words("kep.missing_name", number=number) + " ", {"class": "neco-hidden"})
        add(missing, "b", words("kep.missing"), {"class": "neco-kep__stage"})
        return missing
    link = _reference(number, outlook, address, quiet=quiet)
    link.set(NOT_SEARCHED, "1")
    name = words("kep.badge_name_then", number=number) if outlook.before else words("kep.badge_name", number=number)
    add(link, "span", f"{name} ", {"class": "neco-hidden"})
    _add_stages(link, outlook, words)
    return link


def mention(
    text: str, number: int, outlook: Outlook | None, address: Address, words: Strings, *, quiet: bool
) -> Element:
    """A plain mention that becomes a link: the author's own text, with the stages behind it."""
    if outlook is None:
        missing = _missing(number, quiet=quiet)
        missing.set("title", words("kep.missing_title", number=number))
        missing.text = verbatim(text)
        return missing
    link = _reference(number, outlook, address, quiet=quiet)
    link.text = verbatim(text)
    if not quiet:
        _add_stages(link, outlook, words, lead=" ", attributes={NOT_SEARCHED: "1"})
    return link


def _reference(number: int, outlook: Outlook, address: Address, *, quiet: bool) -> Element:
    link = Element("a", {"class": "neco-kep neco-kep--quiet" if quiet else "neco-kep"})
    link.set("data-kep", str(number))
    _set_stages(link, outlook)
    link.set("href", address(number))
    link.set("title", verbatim(outlook.state.title))
    return link


def _set_stages(element: Element, outlook: Outlook) -> None:
    """The hooks for styles and scripts: the stage now, and the one then where it was another."""
    if outlook.state.stage:
        element.set("data-stage", outlook.state.stage)
    if outlook.before and outlook.before.stage and outlook.before.stage != outlook.state.stage:
        element.set("data-stage-then", outlook.before.stage)


def _add_stages(
    parent: Element, outlook: Outlook, words: Strings, *, lead: str = "", attributes: Mapping[str, str] = EMPTY
) -> None:
    """`alpha v1.25 → stable v1.36`, or where a reader sees no difference, only the latter. `lead` stands before it."""
    if outlook.before:
        then = f"{lead}{stage_text(outlook.before, words)} → "
        add(parent, "span", then, {"class": "neco-kep__then", **attributes})
        lead = ""
    add(parent, "b", lead + stage_text(outlook.state, words), {"class": "neco-kep__stage", **attributes})
    if outlook.stale:
        add(parent, "small", f" {words('kep.stale_short')}", {"class": "neco-kep__stale", **attributes})


def _missing(number: int, *, quiet: bool) -> Element:
    classes = "neco-kep neco-kep--missing" + (" neco-kep--quiet" if quiet else "")
    return Element("span", {"class": classes, "data-kep": str(number)})


def stage_text(state: EnhancementState, words: Strings) -> str:
    """`stable v1.36`, and what is told of a proposal that goes no further: what a reader wants to know at once."""
    label = words(f"stage.{state.stage}") if state.stage else words("stage.unknown")
    end = closed(state)
    text = " ".join(filter(None, (label, state.milestone)))
    return words("kep.closed", stage=text, status=words(f"closed.{end}")) if end else text


def card(url: str, written: CardText, fetched: Card | None) -> Element:
    """A link card: the author's words first, then what the page says of itself, then the host's name."""
    by_author = written.origin == "author"
    page = fetched or Card(url=url)
    first, second = (written, page) if by_author else (page, written)
    title = first.title or second.title or host_of(url)
    description = first.description or second.description
    box = _card_box(url, "neco-card" if (written.title or page.title) else "neco-card neco-card--pending")
    add(box, "a", title, {"class": "neco-card__link", "href": url})
    if description and description != title:
        add(box, "span", description, {"class": "neco-card__text"})
    _card_site(box, page.site or host_of(url), host_of(url))
    return box


def kep_card(url: str, written: CardText, number: int, outlook: Outlook | None, words: Strings) -> Element:
    """A KEP's address alone on a line: a card from KEP data. Its one link carries the KEP's hooks."""
    box = _card_box(url, "neco-card neco-card--kep")
    if written.origin != "author":  # what Embedly captured of a KEP's page is older than what we know
        written = CardText()
    title = written.title or (f"KEP-{number}: {outlook.state.title}" if outlook else f"KEP-{number}")
    if outlook is None:
        link = add(box, "a", title, {"class": "neco-card__link", "href": url})
        missing = _missing(number, quiet=False)
        missing.set(NOT_SEARCHED, "1")
        missing.text = verbatim(words("kep.missing"))
        box.append(missing)
        return box
    link = _reference(number, outlook, lambda _: url, quiet=False)
    link.set("class", "neco-kep neco-card__link")
    del link.attrib["title"]
    link.text = verbatim(title)
    box.append(link)
    if written.description:
        add(box, "span", written.description, {"class": "neco-card__text"})
    facts = add(box, "small", "", {"class": "neco-card__text", NOT_SEARCHED: "1"})
    if outlook.state.stage:
        facts.set("data-stage", outlook.state.stage)
    _add_stages(facts, outlook, words)
    if outlook.state.sig:
        add(facts, "span", f" {outlook.state.sig}")
    _card_site(box, words("kep.card_site"), "kubernetes.io")
    return box


def _card_box(url: str, classes: str) -> Element:
    return Element("div", {"class": classes, "data-url": url})


def _card_site(box: Element, site: str, host: str) -> None:
    line = SubElement(box, "span", {"class": "neco-card__site"})
    add(line, "i", host[:1].upper(), {"class": "neco-card__icon", "aria-hidden": "true", NOT_SEARCHED: "1"})
    add(line, "span", site)


def add(parent: Element, tag: str, text: str, attributes: dict[str, str] | None = None) -> Element:
    """A new last child with a text that Markdown does not read again."""
    child = SubElement(parent, tag, attributes or {})
    child.text = verbatim(text) if text else None
    return child
