"""Inline patterns, for what stands in a sentence: bare URLs, and Hatena's links that show the title of their page."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor

from ...display.elements import verbatim
from ...grammar.card_lines import IN_BRACKETS, read_hatena
from ...grammar.urls import URL_IN_TEXT, is_web_url, trim_url
from ..page_context import CurrentPage
from ..stash import ANY_INLINE, ESCAPED_BRACKET
from .whole_text import Place


class HatenaLinks(InlineProcessor):
    """An inline pattern for Hatena's forms of links; `:embed` in a sentence, or a backslash before, is a plain link."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown, current: CurrentPage) -> None:
        super().__init__(rf"(?P<opening>\[|{ANY_INLINE}){IN_BRACKETS}\]", md)
        self.current = current

    def handleMatch(  # type: ignore[override]  # noqa: N802 (Python-Markdown's name)
        self, match: re.Match[str], data: str
    ) -> Place:
        written, opening = read_hatena(match["inside"]), self.unescape(match["opening"])
        if written is None or not self.current.page.takes_cards or opening not in ("[", ESCAPED_BRACKET):
            return None, None, None
        if written.text:
            link = _link(written.url, written.text)
        elif written.embed or opening == ESCAPED_BRACKET:
            link = _plain_link(written.url)
        else:
            link = self.current.page.titles.draw(written.url)
        return link, match.start(0), match.end(0)


class BareUrls(InlineProcessor):
    """An inline pattern that makes a link of a URL in a sentence; a backslash that keeps off a card disappears."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown, current: CurrentPage) -> None:
        super().__init__(URL_IN_TEXT, md)
        self.current = current

    def handleMatch(  # type: ignore[override]  # noqa: N802 (Python-Markdown's name)
        self, match: re.Match[str], data: str
    ) -> Place:
        url = trim_url(match[1])
        if self.current.page.is_of_others or not is_web_url(url):
            return None, None, None
        return _plain_link(url), match.start(0), match.start(1) + len(url)


def _link(url: str, text: str) -> Element:
    link = Element("a", {"href": url})
    link.text = text
    return link


def _plain_link(url: str) -> Element:
    return _link(url, verbatim(url))
