"""What stands on lines of its own: link cards, Embedly's HTML, and the body of a generated page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from lxml.html import HtmlElement, fragment_fromstring
from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.preprocessors import Preprocessor

from .card_syntax import CardLine, CardSyntaxError, begins_card, read_card_line
from .model import CardText
from .sections import verbatim
from .syntax import is_web_url, one_line

DrawCard = Callable[[CardLine], Element]
Complain = Callable[[str, str, str], None]
"""Reports a writing mistake: code, the author's text, what is wrong with it."""

_NO_BARE_CARDS = frozenset({"li", "blockquote", "td", "th", "dd", "dt", "p"})


class CardSplitter(BlockProcessor):
    """Gives every card at the left margin but a bare URL a block of its own: it ends a paragraph, list or quote."""

    PRIORITY = 95  # before code (80), lists (30-40) and quotes (20) take the whole block

    def test(self, parent: Element, block: str) -> bool:
        lines = block.split("\n") if "[" in block else []
        return len(lines) > 1 and any(map(begins_card, lines))

    def run(self, parent: Element, blocks: list[str]) -> None:
        pieces: list[list[str]] = [[]]
        for line in blocks.pop(0).split("\n"):
            if begins_card(line):
                pieces += [[line], []]
            else:
                pieces[-1].append(line)
        blocks[:0] = ["\n".join(piece) for piece in pieces if piece]


class CardLines(BlockProcessor):
    """Draws the lines that ask for a card; the other lines of the block stay text.

    Runs after code (80), lists (30-40), quotes (20) and footnotes (17) and before references (15) and paragraphs (10),
    so that it never sees a line of theirs.
    """

    PRIORITY = 16.5

    def __init__(self, parser: BlockParser, draw: DrawCard) -> None:
        super().__init__(parser)
        self.draw = draw

    def test(self, parent: Element, block: str) -> bool:
        bare = self._takes_bare(parent)
        return any(_card_of(line, bare=bare) for line in block.split("\n"))

    def run(self, parent: Element, blocks: list[str]) -> None:
        bare = self._takes_bare(parent)
        text: list[str] = []
        for line in blocks.pop(0).split("\n"):
            card = _card_of(line, bare=bare)
            if card is None:
                text.append(line)
                continue
            self._paragraph(parent, text)
            parent.append(self.draw(card))
        self._paragraph(parent, text)

    def _takes_bare(self, parent: Element) -> bool:
        """Whether a bare URL is a card here: not in lists, quotes and tables, nor in footnotes (read in a bare div)."""
        in_footnote = parent.tag == "div" and not parent.attrib and parent is not self.parser.root
        return parent.tag not in _NO_BARE_CARDS and not in_footnote

    def _paragraph(self, parent: Element, lines: list[str]) -> None:
        if any(line.strip() for line in lines):
            self.parser.parseBlocks(parent, ["\n".join(lines)])
        lines.clear()


def _card_of(line: str, *, bare: bool) -> CardLine | None:
    """The card a line asks for, where a `bare` URL is one or is none."""
    try:
        card = read_card_line(line)
    except CardSyntaxError:
        return None
    return None if card and card.bare and not bare else card


class BadCardLines(BlockProcessor):
    """Reports an `@[kind](…)` that cannot be read, and leaves it to be drawn as text.

    Runs after references (15), which cut their definitions out of a block, so that no line is seen twice.
    """

    PRIORITY = 11

    def __init__(self, parser: BlockParser, complain: Complain) -> None:
        super().__init__(parser)
        self.complain = complain

    def test(self, parent: Element, block: str) -> bool:
        return "@[" in block

    def run(self, parent: Element, blocks: list[str]) -> bool:
        for line in blocks[0].split("\n"):
            try:
                read_card_line(line)
            except CardSyntaxError as error:
                self.complain("bad-card", line.strip(), str(error))
        return False


class EmbedlyCards(BlockProcessor):
    """Draws Embedly's pasted HTML as cards and drops its script.

    At the root such HTML reaches us as the number of a stashed raw block, in a list item as the text itself.
    """

    PRIORITY = 16.6

    def __init__(self, parser: BlockParser, draw: DrawCard) -> None:
        super().__init__(parser)
        self.draw = draw

    def test(self, parent: Element, block: str) -> bool:
        return any(pasted for _, pasted in _pieces(self._html(block)))

    def run(self, parent: Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        stashed = _STASHED.match(block) is not None
        for text, pasted in _pieces(self._html(block)):
            if text.strip() and stashed:
                self._put_back(parent, text)
            elif text.strip():
                self.parser.parseBlocks(parent, [text.strip("\n")])
            if card := embedly(pasted):
                parent.append(self.draw(card))

    def _put_back(self, parent: Element, html: str) -> None:
        """Leave what stands around as the HTML it is: a paragraph of its own would cut an element begun before."""
        kept = self.parser.md.htmlStash.store(html.strip("\n"))
        if len(parent):
            parent[-1].tail = f"{parent[-1].tail or ''}\n{kept}\n"
        else:
            parent.text = f"{parent.text or ''}{kept}\n"

    def _html(self, block: str) -> str:
        """The block with the raw HTML that Python-Markdown stashed away put back."""
        stash = self.parser.md.htmlStash.rawHtmlBlocks

        def restore(match: re.Match[str]) -> str:
            number = int(match[1])
            raw = stash[number] if number < len(stash) else None
            return raw if isinstance(raw, str) and "embedly" in raw else match[0]

        return _STASHED.sub(restore, block)


_STASHED = re.compile(r"\x02wzxhzdk:(\d+)\x03")
_EMBEDLY = re.compile(
    r"""(?P<pasted>
          <blockquote\b[^<>]*\bembedly-card\b(?:(?!<blockquote\b).)*?</blockquote>
        | <a\b[^<>]*\bembedly-card\b(?:(?!<a\b).)*?</a>
        | <script\b[^<>]*//cdn\.embedly\.com/[^<>]*>\s*</script>)
      | <!--.*?(?:-->|\Z)
      | (?<![\\`])(?P<ticks>`++).*?(?<!`)(?P=ticks)(?!`)""",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
"""What is pasted from Embedly. What stands in comments and code is only passed over."""
_JUNK = re.compile(r"null|you can.t perform that action at this time.*", re.IGNORECASE)
"""What Embedly captured from pages that had nothing to say."""


def _pieces(html: str) -> Iterator[tuple[str, str]]:
    """Each text with what is pasted behind it; behind the last one nothing is."""
    end = 0
    for match in _EMBEDLY.finditer(html) if "embedly" in html.lower() else ():
        if match["pasted"]:
            yield html[end : match.start()], match["pasted"]
            end = match.end()
    yield html[end:], ""


def embedly(html: str) -> CardLine | None:
    """The card behind Embedly's blockquote or link, with the title and text it captured; None without a web address."""
    pasted = fragment_fromstring(html, create_parent="div")
    link = pasted.find(".//a[@href]")
    url = str(link.get("href")).strip() if link is not None else ""
    if not is_web_url(url):
        return None
    text = CardText(title=_captured(link), description=_captured(pasted.find(".//p")), origin="embedly")
    return CardLine(url=url, written=url, text=text, bare=False)


def _captured(element: HtmlElement | None) -> str | None:
    text = one_line(element.text_content()) if element is not None else ""
    return None if not text or _JUNK.fullmatch(text) else text


ISLAND, ISLAND_END = "@neco-page{", "}neco-page@"
"""What stands around the body of a generated page, which is one line of XHTML."""
_TAKEN_OUT = re.compile(r"@neco-page:(\d{1,9})@")


class TakeOutBodies(Preprocessor):
    """Takes bodies out of the text before anything reads them as Markdown or raw HTML."""

    PRIORITY = 999

    def __init__(self, md: Markdown, bodies: list[str]) -> None:
        super().__init__(md)
        self.bodies = bodies

    def run(self, lines: list[str]) -> list[str]:
        self.bodies.clear()
        return [self._take_out(line) for line in lines]

    def _take_out(self, line: str) -> str:
        if not (line.startswith(ISLAND) and line.endswith(ISLAND_END)):
            return line
        self.bodies.append(line[len(ISLAND) : -len(ISLAND_END)])
        return f"@neco-page:{len(self.bodies) - 1}@"


class GeneratedBody(BlockProcessor):
    """Turns the body of a generated page into elements.

    As elements, not as raw HTML, its headings get anchors and its `.md` links are resolved by every host. All its text
    is atomic: what was fetched is never read as Markdown.
    """

    PRIORITY = 110

    def __init__(self, parser: BlockParser, bodies: list[str], generated: list[Element]) -> None:
        super().__init__(parser)
        self.bodies, self.generated = bodies, generated

    def test(self, parent: Element, block: str) -> bool:
        match = _TAKEN_OUT.fullmatch(block.strip())
        return match is not None and int(match[1]) < len(self.bodies)

    def run(self, parent: Element, blocks: list[str]) -> None:
        body = self.bodies[int(blocks.pop(0).strip()[len("@neco-page:") : -1])]
        for element in _elements(body):
            element.tail = None
            for part in element.iter():
                part.text = verbatim(part.text) if part.text else None
                part.tail = verbatim(part.tail) if part.tail else None
            parent.append(element)
            self.generated.append(element)


def _elements(body: str) -> Iterable[Element]:
    """The elements of a body; what a person wrote between the marks and is no XHTML is shown as the text it is."""
    try:
        return ElementTree.fromstring(f"<div>{body}</div>")  # noqa: S314 (expat limits entity expansion)
    except ElementTree.ParseError:
        shown = Element("p")
        shown.text = f"{ISLAND}{body}{ISLAND_END}"
        return [shown]


def register(md: Markdown, draw: DrawCard, complain: Complain, generated: list[Element]) -> None:
    """Put all processors of this module into `md`. `generated` receives the elements that are not an author's."""
    parser = md.parser
    bodies: list[str] = []
    md.preprocessors.register(TakeOutBodies(md, bodies), "neco_bodies", TakeOutBodies.PRIORITY)
    processors: list[BlockProcessor] = [
        GeneratedBody(parser, bodies, generated),
        CardSplitter(parser),
        EmbedlyCards(parser, draw),
        CardLines(parser, draw),
        BadCardLines(parser, complain),
    ]
    for processor in processors:
        kind = type(processor)
        parser.blockprocessors.register(processor, f"neco_{kind.__name__}", kind.PRIORITY)  # type: ignore[attr-defined]
