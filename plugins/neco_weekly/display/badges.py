"""References to KEPs as elements: the badges and links that stand in an issue's text.

Everything fetched goes into the tree as it is: Python-Markdown must not read it as Markdown again. What we add to an
author's sentence carries `data-search-exclude`, so that search finds only what people wrote. Material's search parser
compares elements by tag, so what is excluded must not contain its own tag.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from ..lock.kep_as_of import KepAsOf
from ..model.keps import EMPTY
from .elements import NOT_SEARCHED, add, verbatim
from .phrases import stage_text
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
    add_stages(link, kep, words)
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
    _set_stages(link, kep)
    link.set("href", address(number))
    link.set("title", verbatim(kep.state.title))
    return link


def _set_stages(element: Element, kep: KepAsOf) -> None:
    """Set the attributes for styles and scripts: the KEP's stage now, and the stage then where different."""
    if kep.state.stage:
        element.set("data-stage", kep.state.stage)
    if kep.before and kep.before.stage and kep.before.stage != kep.state.stage:
        element.set("data-stage-then", kep.before.stage)


def add_stages(
    parent: Element, kep: KepAsOf, words: Strings, *, lead: str = "", attributes: Mapping[str, str] = EMPTY
) -> None:
    """Add a KEP's stages to an element: `alpha v1.25 → stable v1.36`, or only the latter where both look the same.

    `lead` stands before the first of them.
    """
    if kep.before:
        then = f"{lead}{stage_text(kep.before, words)} → "
        add(parent, "span", then, {"class": "neco-kep__then", **attributes})
        lead = ""
    add(parent, "b", lead + stage_text(kep.state, words), {"class": "neco-kep__stage", **attributes})
    if kep.stale:
        add(parent, "small", f" {words('kep.stale_short')}", {"class": "neco-kep__stale", **attributes})


def missing_reference(number: int, *, quiet: bool) -> Element:
    """Return the element that stands for a reference to a KEP of which nothing is known, without words."""
    classes = "neco-kep neco-kep--missing" + (" neco-kep--quiet" if quiet else "")
    return Element("span", {"class": classes, "data-kep": str(number)})
