"""Headings, items of lists and paragraphs of a text in Markdown or HTML: one stream for both, in time linear in it.

No Markdown is rendered: what counts is which links stand in which item below which heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from ...model.text import one_line
from ..pages.elements import inner_text, parse_html

_MOST_BLOCKS = 20_000

_LONGEST_LINE = 20_000

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*)")

_ANCHOR = re.compile(r"\{#([\w.-]{1,100})\}", re.ASCII)

_ITEM = re.compile(r"([ \t]*)(?:[*+-]|\d{1,9}[.)])[ \t]+(.*)", re.ASCII)

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")

_URL = re.compile(r"https?://[^\s()<>\[\]\"'`|]{1,500}", re.IGNORECASE)

_DEEP = 2  # columns from which on an item belongs to the one above


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading (`level` 1 to 6), an item of a list with all below it, or a paragraph; the text as it is written."""

    text: str
    level: int = 0
    is_item: bool = False
    urls: tuple[str, ...] = ()
    anchor: str | None = None


def blocks_of(text: str) -> Iterator[Block]:
    """Yield the blocks of a text, which is HTML when it begins with a tag."""
    written = text.lstrip("\ufeff \t\r\n")
    return islice(html_blocks(written) if written.startswith("<") else markdown_blocks(written), _MOST_BLOCKS)


def without_comments(text: str) -> str:
    """Return a text without `<!-- … -->`; a comment that never ends takes all that follows."""
    kept, start = [], 0
    while (begin := text.find("<!--", start)) >= 0:
        kept.append(text[start:begin])
        end = text.find("-->", begin)
        if end < 0:
            return "".join(kept)
        start = end + 3
    return "".join([*kept, text[start:]])


# --- Markdown -----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Open:
    """The block that is being read: its lines, and whether it is an item."""

    lines: list[str] = field(default_factory=list)
    is_item: bool = False

    def closed(self) -> Iterator[Block]:
        text = one_line(" ".join(self.lines))
        if text:
            yield Block(text=text, is_item=self.is_item, urls=tuple(_URL.findall(text)))
        self.lines, self.is_item = [], False


def markdown_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of Markdown, without front matter, comments and code."""
    current, fence = _Open(), ""
    for line in _body(without_comments(text)).splitlines():
        mark = _FENCE.match(line)
        if fence or mark:
            fence = _fence_after(fence, mark[1] if mark else "")
            continue
        written = line[:_LONGEST_LINE]
        if heading := _HEADING.match(written):
            yield from current.closed()
            yield _heading(len(heading[1]), heading[2])
        elif (item := _ITEM.match(written)) and not (current.is_item and len(item[1]) >= _DEEP):
            yield from current.closed()
            current.lines, current.is_item = [item[2]], True
        elif not written.strip():
            if not current.is_item:
                yield from current.closed()
        else:
            yield from _continued(current, written)
    yield from current.closed()


def _continued(current: _Open, line: str) -> Iterator[Block]:
    """Add a line to the open block; text that begins at the margin ends an item, as people write lists."""
    if current.is_item and not line.startswith((" ", "\t")):
        yield from current.closed()
    current.lines.append(line)


def _fence_after(fence: str, mark: str) -> str:
    if not fence:
        return mark
    return "" if mark.startswith(fence) else fence


def _body(text: str) -> str:
    """Return what follows the front matter of a text."""
    if not text.startswith("---\n"):
        return text
    end = text.find("\n---", 3)
    return text[end + 4 :] if end >= 0 else text


def _heading(level: int, written: str) -> Block:
    anchor = _ANCHOR.search(written)
    text = one_line(_ANCHOR.sub("", written).strip().rstrip("#"))
    return Block(text=text, level=level, urls=tuple(_URL.findall(text)), anchor=anchor[1] if anchor else None)


# --- HTML ---------------------------------------------------------------------------------------------------------

_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def html_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of HTML; an item has all below it, so that lists in lists are one."""
    walk = etree.iterwalk(parse_html(text), events=("start",))
    for _, tag in walk:
        if tag.tag in ("script", "style", "template", "nav", "footer"):
            walk.skip_subtree()
        elif tag.tag in _HEADINGS or tag.tag in ("li", "p"):
            walk.skip_subtree()
            urls = tuple(href for it in islice(tag.iter("a"), 50) if (href := it.get("href")))
            yield Block(
                text=one_line(inner_text(tag)),
                level=_HEADINGS.get(tag.tag, 0),
                is_item=tag.tag == "li",
                urls=urls,
                anchor=tag.get("id"),
            )
