"""References to KEPs as elements: the badges and links that stand in an issue's text.

Everything fetched goes into the tree as it is: Python-Markdown must not read it as Markdown again. What we add to an
author's sentence carries `data-search-exclude`, so that search finds only what people wrote. Material's search parser
compares elements by tag, so what is excluded must not contain its own tag.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from ..lock.kep_as_of import KepAsOf, Standing
from ..model.keps import EMPTY
from .elements import NOT_SEARCHED, add, verbatim
from .phrases import planned_text, reached_text
from .words import Strings

Address = Callable[[int], str]
"""A function from a KEP's number to where references lead: our page, or without a site of ours, the issue on GitHub."""


def badge(number: int, kep: KepAsOf | None, address: Address, words: Strings, *, quiet: bool) -> Element:
    """Return the badge beside an author's link to a KEP: the stage then, where different, and now.

    The badge leads to the KEP's page. `quiet` is for a KEP that the same heading has mentioned before.
    """
    if kep is None:
        missing = missing_reference(number, quiet=quiet)
        missing.set(NOT_SEARCHED, "1")
        add(missing, "i", words("kep.missing_name", number=number) + " ", {"class": "neco-hidden"})
        add(missing, "b", words("kep.missing"), {"class": "neco-kep__stage"})
        return missing
    link = reference(number, kep, address, quiet=quiet)
    link.set(NOT_SEARCHED, "1")
    name = words("kep.badge_name_then", number=number) if kep.before else words("kep.badge_name", number=number)
    add(link, "span", f"{name} ", {"class": "neco-hidden"})
    add_stages(link, kep, words, quiet=quiet)
    return link


def mention(text: str, number: int, kep: KepAsOf | None, address: Address, words: Strings, *, quiet: bool) -> Element:
    """Return a plain mention of a KEP as a link: the author's own text, with the stages behind it.

    `quiet`, for a KEP that the same heading has mentioned before, leaves the stages out.
    """
    if kep is None:
        missing = missing_reference(number, quiet=quiet)
        missing.set("title", words("kep.missing_title", number=number))
        missing.text = verbatim(text)
        return missing
    link = reference(number, kep, address, quiet=quiet)
    link.text = verbatim(text)
    if not quiet:
        add_stages(link, kep, words, lead=" ", attributes={NOT_SEARCHED: "1"})
    return link


def reference(number: int, kep: KepAsOf, address: Address, *, quiet: bool) -> Element:
    """Return the link that every reference to a known KEP is, without words."""
    link = Element("a", {"class": "neco-kep neco-kep--quiet" if quiet else "neco-kep"})
    link.set("data-kep", str(number))
    set_stages(link, kep)
    then = kep.before.shipped.stage if kep.before and kep.before.shipped else None
    if then and then != link.get("data-stage"):
        link.set("data-stage-then", then)
    link.set("href", address(number))
    link.set("title", verbatim(kep.state.title))
    return link


def set_stages(element: Element, kep: KepAsOf) -> None:
    """Set the attributes for styles and scripts on an element that shows a KEP.

    `data-stage` is what shipped, `data-planned` what is only planned, `data-ended` how a proposal ended.
    """
    today = kep.today
    if today.shipped:
        element.set("data-stage", today.shipped.stage)
    if today.planned:
        element.set("data-planned", f"{today.planned.stage} {today.planned.release}")
    if today.ended:
        element.set("data-ended", today.ended)


def add_stages(
    parent: Element,
    kep: KepAsOf,
    words: Strings,
    *,
    lead: str = "",
    quiet: bool = False,
    attributes: Mapping[str, str] = EMPTY,
) -> None:
    """Add a KEP's stages to an element: `alpha v1.25 → stable v1.36`, or only the latter where both look the same.

    What is only planned stands behind in a form of its own; `quiet` leaves it out where something shipped. `lead`
    stands before the first of them.
    """
    if kep.before:
        add_then(parent, kep.before, words, lead=lead, attributes=attributes)
        lead = ""
    reached, planned = reached_text(kep.today, words), kep.today.planned
    if reached or not planned:
        add(parent, "b", lead + (reached or words("stage.none")), {"class": "neco-kep__stage", **attributes})
        lead = " "
    if planned and not (quiet and reached):
        add(parent, "i", lead + planned_text(planned, words), {"class": f"neco-kep__plan {PLANNED}", **attributes})
    if kep.stale:
        add(parent, "small", f" {words('kep.stale_short')}", {"class": "neco-kep__stale", **attributes})


PLANNED = "neco-planned"
"""The class of everything that says what is only planned; nothing else names a release that is not out."""


def add_then(
    parent: Element, then: Standing, words: Strings, *, lead: str = "", attributes: Mapping[str, str] = EMPTY
) -> None:
    """Add where a KEP stood then to an element: `alpha v1.25 → `, else the plan of that day, marked as one."""
    reached = reached_text(then, words)
    planned = then.planned if reached is None else None
    text = lead if planned else f"{lead}{reached or words('stage.none')} → "
    span = add(parent, "span", text, {"class": "neco-kep__then", **attributes})
    if planned:
        add(span, "i", planned_text(planned, words), {"class": PLANNED}).tail = " → "


def missing_reference(number: int, *, quiet: bool) -> Element:
    """Return the element that stands for a reference to a KEP of which nothing is known, without words."""
    classes = "neco-kep neco-kep--missing" + (" neco-kep--quiet" if quiet else "")
    return Element("span", {"class": classes, "data-kep": str(number)})
