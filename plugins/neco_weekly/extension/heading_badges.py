"""The badge of a KEP in a heading: behind the title, and below the heading what came of its section's KEPs since."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ..display.elements import NOT_SEARCHED
from ..display.section_since import section_since
from .page_context import PageContext


@dataclass(kw_only=True)
class SectionKeps:
    """The KEPs of one section: its heading, and those mentioned there, True for those that the heading itself names."""

    heading: Element
    keps: dict[int, bool] = field(default_factory=dict)

    def note(self, kep: int, *, in_heading: bool) -> None:
        """Take note of a mention."""
        self.keps[kep] = self.keps.get(kep, False) or in_heading


def put_badge_behind(heading: Element) -> None:
    """Put the one badge of a heading behind its title; of several each stays at its own reference.

    A plain mention is a link with the author's own words: only the stages in it go behind the title.
    """
    found = [(parent, it) for parent in heading.iter() for it in parent if _is_reference(it)]
    if len(found) != 1:
        return
    parent, link = found[0]
    if _is_last(heading, link):
        return
    if link.get(NOT_SEARCHED) is not None:
        _take_out(parent, link)
        _append(heading, link)
    elif stages := list(link):
        behind = Element("span", {name: value for name, value in link.items() if name.startswith("data-")})
        behind.set("class", "neco-kep-behind")
        behind.set(NOT_SEARCHED, "1")
        del behind.attrib["data-kep"]  # which only the reference itself has
        for it in stages:
            link.remove(it)
            behind.append(it)
        _append(heading, behind)


def _is_reference(element: Element) -> bool:
    return element.tag == "a" and "neco-kep" in (element.get("class") or "").split()


def _is_last(heading: Element, link: Element) -> bool:
    """Whether nothing of the author's stands behind a link in its heading."""
    behind = list(heading)[list(heading).index(link) + 1 :] if link in list(heading) else [link]
    return not (link.tail or "").strip() and all(it.get("class") == "headerlink" for it in behind)


def _take_out(parent: Element, child: Element) -> None:
    """Take an element out of its parent, and leave the text behind it there."""
    place, tail = list(parent).index(child), child.tail or ""
    parent.remove(child)
    child.tail = None
    if place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail


def _append(heading: Element, added: Element) -> None:
    """Add an element behind a heading's title, before the link to the heading."""
    last = len(heading) - 1 if len(heading) and heading[-1].get("class") == "headerlink" else len(heading)
    heading.insert(last, added)


def tell_since(root: Element, page: PageContext, sections: list[SectionKeps]) -> None:
    """Put below headings what shipped since the page's day of the KEPs there: of each once, at its own heading if any.

    The page's title has no such line: the list of all its KEPs is there.
    """
    own = {kep for it in sections[1:] for kep, in_heading in it.keps.items() if in_heading}
    told: set[int] = set()
    parents = {child: parent for parent in root.iter() for child in parent} if page.day else {}
    for section in sections:
        parent = parents.get(section.heading)
        if parent is None or section.heading.tag == "h1" or parent.tag in ("summary", "li"):
            continue
        wanted = [kep for kep, in_heading in section.keps.items() if kep not in told and (in_heading or kep not in own)]
        line = section_since([(kep, known) for kep in wanted if (known := page.kep(kep))], page.words)
        if line is not None:
            told.update(wanted)
            line.tail, section.heading.tail = section.heading.tail, "\n"
            parent.insert(list(parent).index(section.heading) + 1, line)
