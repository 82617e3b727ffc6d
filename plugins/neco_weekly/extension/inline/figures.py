"""Captions under pictures, as at Zenn: a picture, and `*…*` alone on the next line."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from ..page_context import CurrentPage

Line = list[Element | str]
"""What stands in a line: elements without their tails, and text."""


class Figures(Treeprocessor):
    """A tree processor that makes figures of paragraphs in which pictures have captions."""

    def __init__(self, md: Markdown, current: CurrentPage) -> None:
        super().__init__(md)
        self.current = current

    def run(self, root: Element) -> None:
        if self.current.page.grammar != "github":
            return
        for parent in list(root.iter()):
            for child in [it for it in parent if it.tag == "p" and it.find("em") is not None]:
                blocks = _blocks(child)
                if any(block.tag == "figure" for block in blocks):
                    place = list(parent).index(child)
                    blocks[-1].tail = child.tail
                    parent[place : place + 1] = blocks


def _blocks(paragraph: Element) -> list[Element]:
    """Return a paragraph as figures and what is left between them."""
    lines, blocks = list(_lines(paragraph)), []
    rest: list[Line] = []
    while lines:
        if len(lines) > 1 and _is_picture(lines[0]) and _is_caption(lines[1]):
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
            line = []
        text = (paragraph.text if child is None else child.tail) or ""
        first, *others = (text.removeprefix("\n") if child is not None and child.tag == "br" else text).split("\n")
        line.append(first)
        for other in others:
            yield line
            line = [other]
    yield line


def _only(line: Line) -> Element | None:
    """Return the only element of a line, None for a line with text or more elements."""
    parts = [part for part in line if isinstance(part, Element) or part.strip()]
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
    for part in picture:
        if isinstance(part, Element):
            part.tail = None
            figure.append(part)
    said = SubElement(figure, "figcaption")
    for part in caption:
        if isinstance(part, Element):
            said.text = part.text
            said.extend(part)
    figure.tail = "\n"
    return figure


def _paragraph(lines: list[Line], paragraph: Element) -> list[Element]:
    """Return the paragraph of some lines, empty for lines with nothing in them."""
    parts = [part for line in lines for part in ("\n", *line)][1:]
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
