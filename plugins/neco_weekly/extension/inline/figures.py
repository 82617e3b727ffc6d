"""Captions under pictures, as at Zenn: a picture, and `*…*` alone on the next line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from ..page_context import CurrentPage

Line = list[Element | str]
"""What stands in a line: elements without their tails, and text; a break before the line is its first element."""

_IN_TEXT = frozenset("a abbr b br code del em i img input kbd mark s small span strong sub sup u".split())
"""Tags of what stands in the text of an item; any other element begins a block of its own."""


class Figures(Treeprocessor):
    """A tree processor that makes figures of paragraphs, and of items of lists, in which pictures have captions."""

    def __init__(self, md: Markdown, current: CurrentPage) -> None:
        super().__init__(md)
        self.current = current

    def run(self, root: Element) -> None:
        if self.current.page.grammar != "github":
            return
        for figure in root.iter("figure"):
            _join_caption(figure)
        if root.find(".//img") is None:
            return
        for parent in list(root.iter()):
            for child in [it for it in parent if it.tag == "p" and it.find("em") is not None]:
                lines = list(_lines(child))
                if any(map(_is_figure, lines, lines[1:])):
                    place, tail = list(parent).index(child), child.tail
                    parent[place : place + 1] = blocks = _blocks(lines, child)
                    blocks[-1].tail = tail
            if parent.tag == "li" and parent.find("em") is not None:
                _in_item(parent)


def _in_item(item: Element) -> None:
    """Make figures of the text of a tight list's item, which stands in no paragraph."""
    lead = Element("p")
    lead.text = item.text
    lead.extend(takewhile(lambda it: it.tag in _IN_TEXT, item))
    lines = list(_lines(lead))
    if any(map(_is_figure, lines, lines[1:])):
        count = len(lead)
        item.text, item[:count] = "\n", _blocks(lines, lead)


def _join_caption(figure: Element) -> None:
    """Drop the break between a picture and its caption in a figure of HTML: each has lines of its own."""
    for part, following in zip(list(figure), list(figure)[1:], strict=False):
        if part.tag == "br" and following.tag == "figcaption" and not (part.tail or "").strip():
            figure.remove(part)


def _is_figure(line: Line, following: Line) -> bool:
    return _is_picture(line) and _is_caption(following)


def _blocks(lines: list[Line], paragraph: Element) -> list[Element]:
    """Return a paragraph as figures and what is left between them; its elements are taken from it."""
    blocks: list[Element] = []
    rest: list[Line] = []
    while lines:
        if len(lines) > 1 and _is_figure(*lines[:2]):
            blocks += _paragraph(rest, paragraph)
            blocks.append(_figure(lines.pop(0), lines.pop(0), paragraph))
            rest = []
        else:
            rest.append(lines.pop(0))
    return [*blocks, *_paragraph(rest, paragraph)]


def _lines(paragraph: Element) -> Iterator[Line]:
    """Yield the lines of a paragraph; a break ends a line, and so does the end of a line in the text."""
    line: Line = []
    for child in (None, *paragraph):
        if child is not None and child.tag != "br":
            line.append(child)
        elif child is not None:
            yield line
            line = [child]
        text = (paragraph.text if child is None else child.tail) or ""
        first, *others = (text.removeprefix("\n") if child is not None and child.tag == "br" else text).split("\n")
        line.append(first)
        for other in others:
            yield line
            line = [other]
    yield line


def _content(line: Line) -> Line:
    return line[1:] if line and isinstance(line[0], Element) and line[0].tag == "br" else line


def _only(line: Line) -> Element | None:
    """Return the only element of a line, None for a line with text or more elements."""
    parts = [part for part in _content(line) if isinstance(part, Element) or part.strip()]
    return parts[0] if len(parts) == 1 and isinstance(parts[0], Element) else None


def _is_picture(line: Line) -> bool:
    only = _only(line)
    if only is not None and only.tag == "a" and not (only.text or "").strip() and len(only) == 1:
        only = None if (only[0].tail or "").strip() else only[0]
    return only is not None and only.tag == "img"


def _is_caption(line: Line) -> bool:
    only = _only(line)
    return only is not None and only.tag == "em"


def _figure(picture: Line, caption: Line, paragraph: Element) -> Element:
    figure = Element("figure", {**paragraph.attrib, "class": f"{paragraph.get('class', '')} neco-figure".strip()})
    for part in _content(picture):
        if isinstance(part, Element):
            part.tail = None
            figure.append(part)
    said = SubElement(figure, "figcaption")
    for part in _content(caption):
        if isinstance(part, Element):
            said.text = part.text
            said.extend(part)
    figure.tail = "\n"
    return figure


def _paragraph(lines: list[Line], paragraph: Element) -> list[Element]:
    """Return the paragraph of some lines, empty for lines with nothing in them."""
    parts: Line = [*_content(lines[0])] if lines else []
    for line in lines[1:]:
        content = _content(line)
        parts += [*line[: len(line) - len(content)], "\n", *content]
    if not any(isinstance(part, Element) or part.strip() for part in parts):
        return []
    made = Element("p", dict(paragraph.attrib))
    made.tail = "\n"
    for part in parts:
        if isinstance(part, Element):
            part.tail = None
            made.append(part)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + part
        else:
            made.text = (made.text or "") + part
    return [made]
