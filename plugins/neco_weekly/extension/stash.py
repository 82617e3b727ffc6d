"""Python-Markdown's placeholders: what it has taken out of a text while the text and its tree are worked on.

Raw HTML, code, escaped characters and some entities stand as `STX … ETX` until the very end
(https://python-markdown.github.io/extensions/api/, *Working with raw HTML*, and `markdown.util`). All that knows how
these look is here.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from html import unescape as unescape_entities
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import ETX, HTML_PLACEHOLDER_RE, INLINE_PLACEHOLDER, INLINE_PLACEHOLDER_RE, STX

from .parsable_html import parsable

ESCAPED_BRACKET = f"{STX}{ord('[')}{ETX}"
r"""The placeholder of an escaped bracket, `\[`."""

ANY_INLINE = INLINE_PLACEHOLDER % "[0-9]+"
"""A pattern for the placeholder of what an inline pattern has taken out, such as an escaped character."""

_ESCAPED_HASH = f"{STX}{ord('#')}{ETX}"
_ESCAPED = re.compile(rf"{STX}(\d+){ETX}")
_ANY = re.compile(rf"{STX}[^{STX}{ETX}]*{ETX}")  # any placeholder, such as a footnote's arrow back
_AMPERSAND = f"{STX}amp{ETX}"

_INLINE_TAG = re.compile(r"</?(?:span|code|a|em|strong|b|i|small|kbd)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<!--.*?-->|<(script|style)\b(?:.*?</\1>|.*)|<[^>]*>", re.DOTALL | re.IGNORECASE)
_HTML_PARTS = re.compile(r"(<!--|-->|</?[A-Za-z][^<>]*>)")
_NO_PROSE = frozenset("pre code kbd samp textarea svg math script style title".split())
_RAW_LINK = re.compile(r"<(?P<end>/)?a(?![^\s>])", re.IGNORECASE)


def holds_placeholder(text: str) -> bool:
    """Whether a text holds a placeholder, that is, whether anything was taken out of the text."""
    return STX in text


def is_raw_html(text: str) -> bool:
    """Whether a text begins with the placeholder of raw HTML."""
    return HTML_PLACEHOLDER_RE.match(text) is not None


def with_raw_html(text: str, stashed: Sequence[object], wanted: Callable[[str], bool]) -> str:
    """Return a text with the raw HTML that is wanted in place of its placeholders.

    `stashed` is `md.htmlStash.rawHtmlBlocks`.
    """

    def restored(match: re.Match[str]) -> str:
        html = _stashed_html(stashed, int(match[1]))
        return html if html is not None and wanted(html) else match[0]

    return HTML_PLACEHOLDER_RE.sub(restored, text)


def with_hashes(text: str) -> str:
    r"""Return a text in which an escaped `\#` stands as `#` behind backslashes, as the KEP grammar reads it.

    The text keeps its length, so that places in one are places in the other.
    """
    return text.replace(_ESCAPED_HASH, "#".rjust(len(_ESCAPED_HASH), "\\")) if STX in text else text


def unescape(text: str) -> str:
    """Return a text as its author sees it: escaped characters, kept as numbers until the very end, are put back."""
    return _ESCAPED.sub(lambda match: chr(int(match[1])), text).replace(_AMPERSAND, "&")


def stashed_node(md: Markdown, number: str) -> Element | str | None:
    """Return what an inline placeholder with a number stands for; None for a number of nothing."""
    nodes: dict[str, Element | str] = getattr(md.treeprocessors["inline"], "stashed_nodes", {})
    return nodes.get(number)


def source_of(text: str, md: Markdown, *, escaped: bool = False) -> str:
    r"""Return a text with what was written in place of inline placeholders, such as code and `\[`.

    With `escaped`, escaped characters stay as they are kept until the very end, without their backslashes.
    """

    def written(match: re.Match[str]) -> str:
        node = stashed_node(md, match[1])
        if isinstance(node, str):
            return node if escaped else _ESCAPED.sub(lambda it: f"\\{chr(int(it[1]))}", node)
        if node is None:
            return match[0]
        inside = unescape_entities("".join(node.itertext()))
        before, behind = {"code": ("`", "`"), "a": ("[", "]"), "img": ("[", "]")}.get(node.tag, ("", ""))
        return f"{before}{inside}{behind}"

    return INLINE_PLACEHOLDER_RE.sub(written, text) if STX in text else text


def readable_text(text: str, stashed: Sequence[object]) -> str:
    """Return a text with the words of the raw HTML that was taken out, and without any other placeholder."""
    if STX not in text:
        return text
    with_words = HTML_PLACEHOLDER_RE.sub(lambda match: _words_of_html(stashed, int(match[1])), text)
    return _ANY.sub(" ", unescape(with_words))


def with_marks(text: str, escaped: str, other: str) -> str:
    """Return a text with the mark `escaped` for each character that was escaped, and `other` for what was taken out."""
    return _ANY.sub(other, _ESCAPED.sub(escaped, text).replace(_AMPERSAND, "&")) if STX in text else text


def is_highlighted(html: str) -> bool:
    """Whether raw HTML is highlighted code, in which there are no tags but those of the highlighting."""
    return html.startswith('<div class="highlight"') or html.startswith('<table class="highlighttable"')


def prose_of_html(html: str, other: str) -> str:
    """Return the words of a block of raw HTML line by line, with the mark `other` for tags, code and comments.

    Empty for a single tag in a sentence, which has no words, and for highlighted code.
    """
    if 'class="highlight' in html[:80] or html.count("<") < 2:
        return ""
    words: list[str] = []
    end = ""  # the tag that ends what is no prose
    for text, tag in zip(*[iter([*_HTML_PARTS.split(html), ""])] * 2, strict=True):
        words += ["\n" * text.count("\n") if end else text, other]
        name = tag.strip("</>").split(maxsplit=1)[:1]
        if end:
            end = "" if tag.lower().startswith(end) else end
        elif tag == "<!--":
            end = "-->"
        elif name and name[0].lower() in _NO_PROSE and tag[1] != "/":
            end = f"</{name[0].lower()}"
    return unescape_entities("".join(words))


def open_raw_link(md: Markdown, text: str, *, open_before: bool = False) -> bool:
    """Whether a link written as HTML, which Python-Markdown stashes away, is open at the end of a text."""
    stashed = md.htmlStash.rawHtmlBlocks
    tags = (_RAW_LINK.match(str(stashed[int(found[1])])) for found in HTML_PLACEHOLDER_RE.finditer(text))
    return [open_before, *(tag["end"] is None for tag in tags if tag)][-1]


def holds_raw_link(md: Markdown) -> bool:
    """Whether some link was written as HTML and stashed away, so that any text of the page may be inside of it."""
    return any(isinstance(html, str) and _RAW_LINK.match(html) for html in md.htmlStash.rawHtmlBlocks)


def without_placeholders(text: str) -> str:
    """Return a text with a NUL for each sign of its placeholders, which keeps its length."""
    return _ANY.sub(lambda match: "\0" * len(match[0]), text) if STX in text else text


def shown_html(root: Element, stashed: Sequence[object]) -> Iterator[str]:
    """Yield the raw HTML that will be put back into a tree, in its order; what a processor took out is not among it."""
    texts = deque(text for element in root.iter() for text in (element.text, element.tail) if text and STX in text)
    seen: set[int] = set()
    while texts:
        for match in HTML_PLACEHOLDER_RE.finditer(texts.popleft()):
            number = int(match[1])
            if number not in seen and (html := _stashed_html(stashed, number)) is not None:
                seen.add(number)
                yield html
                texts.append(html)  # raw HTML may stand inside raw HTML


_LINE_NUMBERS = re.compile(r'<td class="linenos">.*?</td>', re.DOTALL)


def _words_of_html(stashed: Sequence[object], number: int) -> str:
    html = _stashed_html(stashed, number)
    if html is None:
        return ""
    written = _LINE_NUMBERS.sub("", html) if "linenos" in html else html
    return unescape_entities(_TAG.sub(" ", _INLINE_TAG.sub("", parsable(written))))


def _stashed_html(stashed: Sequence[object], number: int) -> str | None:
    """Return the stashed raw HTML with a number; None for a number of nothing, or of an element."""
    html = stashed[number] if number < len(stashed) else None
    return html if isinstance(html, str) else None
