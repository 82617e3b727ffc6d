"""Links that show the title of their page, once everything else has been read from the tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import Element

from ..display.card_words import readable
from ..display.elements import verbatim

TitleOf = Callable[[str], str | None]
"""A function from a URL to the title of the page there, or None if that is not known."""


class TitledLinks:
    """The links of a page that show the title of the page they lead to.

    While anchors, contents, the page's title and its mentions are read, they show the address instead: none of these
    may change with what was fetched.
    """

    def __init__(self, title_of: TitleOf) -> None:
        self._title_of = title_of
        self._links: dict[Element, tuple[str, str]] = {}

    def __contains__(self, link: Element) -> bool:
        return link in self._links

    def draw(self, url: str) -> Element:
        """Return a new link to `url`, which shows the address for now."""
        address = readable(url)
        link = Element("a", {"href": url})
        link.text = verbatim(address)
        self._links[link] = (verbatim(address), verbatim(self._title_of(url) or address))
        return link

    def show(self) -> None:
        """Let the links show titles from now on."""
        for link, (_, title) in self._links.items():
            link.text = title

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Let the links show titles inside the context, for code that asks what a reader sees."""
        self.show()
        yield
        for link, (address, _) in self._links.items():
            link.text = address
