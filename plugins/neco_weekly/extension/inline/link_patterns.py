"""Links and pictures drawn, in place of Python-Markdown's own six patterns, whose work grows with the square."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown import Markdown

from ..page_context import CurrentPage
from ..stash import source_of
from .brackets import Bracketed, Brackets, Definition
from .whole_text import Found, WholeText

if TYPE_CHECKING:
    from ..page_context import PageContext


class Labels:
    """What a page's `[label]: address "title"` define, by their labels in CommonMark's normal form.

    All definitions are read before anything inside a line is.
    """

    def __init__(self, md: Markdown, current: CurrentPage) -> None:
        self.md, self.current = md, current
        self._of: tuple[PageContext | None, int] = (None, 0)
        self._defined: dict[str, Definition] = {}

    def __call__(self, label: str) -> Definition | None:
        """Return what a label stands for; None if the page does not define the label."""
        page, count = self.current.page, len(self.md.references)
        if self._of[0] is not page or self._of[1] != count:
            self._of = (page, count)
            self._defined = {}
            for name, definition in self.md.references.items():
                self._defined.setdefault(_normal(name), definition)
        return self._defined.get(_normal(source_of(label, self.md))) if count else None


def _normal(label: str) -> str:
    return " ".join(label.split()).casefold()


class Links(WholeText):
    """An inline pattern for links and pictures, or for pictures `only`: in a link's text, where no link can be."""

    def __init__(self, md: Markdown, labels: Labels, *, only_pictures: bool = False) -> None:
        super().__init__("![" if only_pictures else "[", md)
        self.labels, self.only_pictures = labels, only_pictures

    def find(self, text: str) -> Iterator[Found]:
        if "]" not in text:
            return
        for it in Brackets(text, self.labels).read():
            if it.is_image:
                yield Found(it.start, it.target.end, self._image(it))
            elif not self.only_pictures:
                yield Found(it.start, it.target.end, self._link(it))

    def _link(self, link: Bracketed) -> Element:
        element = Element("a", self._attributes("href", link))
        element.text = link.text
        return element

    def _image(self, image: Bracketed) -> Element:
        element = Element("img", self._attributes("src", image))
        element.set("alt", self.unescape(image.plain))
        width, _, height = (image.target.size or "").partition("x")
        for name, pixels in (("width", width), ("height", height)):
            if pixels:
                element.set(name, pixels)
        return element

    def _attributes(self, name: str, it: Bracketed) -> dict[str, str]:
        address, title = source_of(it.target.address, self.md, escaped=True), it.target.title
        named = {name: address.strip()}
        return named if title is None else {**named, "title": " ".join(self.unescape(title).split())}
