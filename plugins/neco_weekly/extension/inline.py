"""What stands in a sentence: bare URLs, and Hatena's links that show the title of their page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import ETX, INLINE_PLACEHOLDER, STX

from ..display.card_words import readable
from ..display.elements import verbatim
from ..grammar.card_lines import IN_BRACKETS, read_hatena
from ..grammar.urls import URL_IN_TEXT, is_web_url, trim_url

TitleOf = Callable[[str], str | None]
"""The title of the page at a URL, if it is known."""

Place = tuple[Element | None, int | None, int | None]
"""What Python-Markdown is told of a match: the element it becomes, and from where to where."""


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

    def clear(self) -> None:
        """Forget the page before."""
        self._links.clear()

    def draw(self, url: str) -> Element:
        address = readable(url)
        link = _link(url, verbatim(address))
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


class HatenaLinks(InlineProcessor):
    """Draws Hatena's forms as links. `:embed` in a sentence, or a backslash before a form, asks for a plain one."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown, titles: TitledLinks) -> None:
        super().__init__(rf"(?P<opening>\[|{INLINE_PLACEHOLDER % '[0-9]+'}){IN_BRACKETS}\]", md)
        self.titles = titles

    def handleMatch(  # type: ignore[override]  # noqa: N802 (Python-Markdown's name)
        self, match: re.Match[str], data: str
    ) -> Place:
        written, opening = read_hatena(match["inside"]), self.unescape(match["opening"])
        if written is None or opening not in ("[", _ESCAPED_BRACKET):
            return None, None, None
        if written.text:
            link = _link(written.url, written.text)
        elif written.embed or opening == _ESCAPED_BRACKET:
            link = _plain_link(written.url)
        else:
            link = self.titles.draw(written.url)
        return link, match.start(0), match.end(0)


_ESCAPED_BRACKET = f"{STX}{ord('[')}{ETX}"
"""How Python-Markdown stashes `\\[`."""


class BareUrls(InlineProcessor):
    """Makes a link of a URL in a sentence. A backslash before it, which keeps it from being a card, disappears."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown) -> None:
        super().__init__(URL_IN_TEXT, md)

    def handleMatch(  # type: ignore[override]  # noqa: N802 (Python-Markdown's name)
        self, match: re.Match[str], data: str
    ) -> Place:
        url = trim_url(match[1])
        if not is_web_url(url):
            return None, None, None
        return _plain_link(url), match.start(0), match.start(1) + len(url)


def _link(url: str, text: str) -> Element:
    link = Element("a", {"href": url})
    link.text = text
    return link


def _plain_link(url: str) -> Element:
    return _link(url, verbatim(url))


def register(md: Markdown, titles: TitledLinks) -> None:
    """Put all processors of this module into `md`."""
    # After code, links and raw HTML are stashed (190 to 90), before emphasis can cut a URL (60).
    md.inlinePatterns.register(HatenaLinks(md, titles), "neco_hatena", 86)
    md.inlinePatterns.register(BareUrls(md), "neco_url", 85)
