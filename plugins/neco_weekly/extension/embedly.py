"""Embedly's pasted HTML, drawn as cards, without its script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor

from ..grammar.card_lines import CardLine
from ..grammar.urls import is_web_url
from ..model.cards import CardText
from ..model.text import one_line
from .page_context import CurrentPage
from .parsable_html import parsable
from .stash import is_raw_html, with_raw_html

if TYPE_CHECKING:
    from bs4 import Tag


class EmbedlyCards(BlockProcessor):
    """A block processor that draws Embedly's pasted HTML as cards and drops its script.

    At the root such HTML reaches this processor as the number of a stashed raw block, in a list item as the text
    itself.
    """

    PRIORITY = 16.6

    def __init__(self, parser: BlockParser, current: CurrentPage) -> None:
        super().__init__(parser)
        self.current = current

    def test(self, parent: Element, block: str) -> bool:
        return self.current.page.takes_cards and any(pasted for _, pasted in pieces(self._html(block)))

    def run(self, parent: Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        stashed = is_raw_html(block)
        for text, pasted in pieces(self._html(block)):
            if text.strip() and stashed:
                self._put_back(parent, text)
            elif text.strip():
                self.parser.parseBlocks(parent, [text.strip("\n")])
            if card := embedly(pasted):
                parent.append(self.current.page.draw_card(card))

    def _put_back(self, parent: Element, html: str) -> None:
        """Leave the HTML around Embedly's as HTML: a paragraph of its own would cut an element begun before."""
        kept = self.parser.md.htmlStash.store(html.strip("\n"))
        if len(parent):
            parent[-1].tail = f"{parent[-1].tail or ''}\n{kept}\n"
        else:
            parent.text = f"{parent.text or ''}{kept}\n"

    def _html(self, block: str) -> str:
        """Return a block with the raw HTML that Python-Markdown stashed away put back."""
        return with_raw_html(block, self.parser.md.htmlStash.rawHtmlBlocks, lambda html: "embedly" in html)


_EMBEDLY = re.compile(
    r"""(?P<pasted>
          (?><blockquote\b[^<>]*?\bembedly-card\b)(?:(?!<blockquote\b).)*?</blockquote>
        | (?><a\b[^<>]*?\bembedly-card\b)(?:(?!<a\b).)*?</a>
        | (?><script\b[^<>]*?//cdn\.embedly\.com/)[^<>]*+>\s*+</script>)
      | <!--.*?(?:-->|\Z)
      | (?<![\\`])(?P<ticks>`++).*?(?<!`)(?P=ticks)(?!`)""",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
"""A pattern for what is pasted from Embedly; comments and code are matched only to be passed over."""

_JUNK = re.compile(r"null|you can.t perform that action at this time.*", re.IGNORECASE)
"""A pattern for what Embedly captured from pages that had nothing to say."""


def pieces(html: str) -> Iterator[tuple[str, str]]:
    """Yield each text of HTML with Embedly's HTML that is pasted behind it; behind the last text there is none."""
    end = 0
    for match in _EMBEDLY.finditer(html) if "embedly" in html.lower() else ():
        if match["pasted"]:
            yield html[end : match.start()], match["pasted"]
            end = match.end()
    yield html[end:], ""


def embedly(html: str) -> CardLine | None:
    """Return the card line that Embedly's blockquote or link stands for; None without a web address.

    Title and text are those that Embedly captured from the page.
    """
    if not html:
        return None
    from bs4 import BeautifulSoup  # noqa: PLC0415 (a tenth of all imports, which a build of pages that are kept does without)

    pasted = BeautifulSoup(parsable(html), "html.parser")
    link = pasted.find("a", href=True)
    url = str(link.get("href")).strip() if link else ""
    if not is_web_url(url):
        return None
    text = CardText(title=_captured(link), description=_captured(pasted.find("p")), origin="embedly")
    return CardLine(url=url, written=url, text=text, bare=False)


def _captured(element: Tag | None) -> str | None:
    text = one_line(element.get_text()) if element else ""
    return None if not text or _JUNK.fullmatch(text) else text
