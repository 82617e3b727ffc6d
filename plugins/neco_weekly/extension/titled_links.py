"""Links that show the title of their page, once everything else has been read from the tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import Element

from ..display.card_words import readable
from ..display.elements import verbatim

TitleOf = Callable[[str], str | None]
"""The title of the page at a URL, if it is known."""


class TitledLinks:
    """Links that show the title of their page.

    While anchors, contents, the page's title and its mentions are read, they show the address instead: none of these
    may change with what was fetched.
    """

    def __init__(self, title_of: TitleOf) -> None:
        self._title_of = title_of
        self._links: dict[Element, tuple[str, str]] = {}

    def __contains__(self, link: Element) -> bool:
        return link in self._links

    def draw(self, url: str) -> Element:
        address = readable(url)
        link = Element("a", {"href": url})
        link.text = verbatim(address)
        self._links[link] = (verbatim(address), verbatim(self._title_of(url) or address))
        return link

    def show(self) -> None:
        """Show the titles from now on."""
        for link, (_, title) in self._links.items():
            link.text = title

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Show the titles for a while, to those who ask what a reader sees."""
        self.show()
        yield
        for link, (address, _) in self._links.items():
            link.text = address
