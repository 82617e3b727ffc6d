"""Rules of boxes: Zenn's `:::message` and `:::details`, our `:::correction`, Material's `!!!`, `???` and `=== "Tab"`.

Formulas between `$$` are here, too.

Sources: https://zenn.dev/zenn/articles/markdown-guide,
https://python-markdown.github.io/extensions/admonition/ and https://facelessuser.github.io/pymdown-extensions/.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from markdown import Markdown
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from .first_signs import AtSign, Rule
from .rules import ENDS_ALL, Chunk, line_at, within_bounds

COLON_BOX = re.compile(
    r"(?P<marks>:{3,}+)[ \t]*+(?P<name>message|details|correction|訂正)(?:[ \t\u3000]++(?P<rest>.*[^ \t])?)?[ \t]*+"
)
"""A pattern for the line that opens one of Zenn's boxes, or a box of ours; a correction has a name in two languages."""

_COLON_OPEN = re.compile(r"(:{3,})[ \t]*[A-Za-z訂]")

_COLON_END = re.compile(r"(:{3,})[ \t]*")

HEADERS: Mapping[str, re.Pattern[str]] = {
    "admonition": re.compile(r'!{3} ?[\w\-]+(?: +[\w\-]+)*(?: +"[^\n]*")? *'),
    "details": re.compile(r'\?{3}\+? ?(?:[\w\-]+(?: +[\w\-]+)*(?: +"[^\n]*")?|"[^\n]*") *'),
    "tabbed": re.compile(r'={3}(?:\+!?|!\+?)? +"[^\n]*" *'),
}
"""Patterns for the lines above the indented text of Material's boxes, by the name of the processor that draws each."""


def add_boxes(md: Markdown, parser: MarkdownIt) -> None:
    """Add the rules of boxes to a parser: Zenn's always, Material's where the site has the extension for one."""
    ruler = parser.block.ruler
    ruler.before("fence", "neco_colon_box", AtSign(":", within_bounds(_colon_box)), {"alt": ENDS_ALL})
    ruler.before("fence", "neco_formula", AtSign("$", _formula), {"alt": ENDS_ALL})
    for name, header in HEADERS.items():
        if name in md.parser.blockprocessors:
            rule = AtSign(header.pattern.lstrip("\\")[0], within_bounds(_indented_box(name, header)))
            ruler.before("fence", f"neco_{name}", rule, {"alt": ENDS_ALL})


# --- `:::message` -------------------------------------------------------------------------------------------------


def _colon_box(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    opening = COLON_BOX.fullmatch(line_at(state, start))
    if opening is None or silent:
        return opening is not None
    closing = _end_of_colon_box(state, start, end, len(opening["marks"]))
    token = state.push("neco_box_open", "div", 1)
    token.info, token.meta = opening["name"], {"rest": opening["rest"] or ""}
    _inside(state, start + 1, end if closing is None else closing, state.blkIndent)
    state.push("neco_box_close", "div", -1)
    if closing is None:  # what the box stands in has ended before
        chunk = Chunk.of(state)
        chunk.page.complain("unclosed-box", opening[0].rstrip(), line=chunk.line(start))
        state.line = max(state.line, start + 1)
    else:
        state.line = closing + 1
    token.map = [start, state.line]
    return True


def _end_of_colon_box(state: StateBlock, start: int, end: int, marks: int) -> int | None:
    """Return the line that closes a box; None where nothing does.

    Boxes inside have fewer marks at Zenn. As many are read as well: each closes the box that was opened last. Where
    nothing else does, a line inside code closes the box and the code, as at Zenn: the code is not closed.
    """
    open_inside: list[int] = []
    fence, in_code = "", None
    for line in range(start + 1, end):
        if not state.isEmpty(line) and state.sCount[line] < state.blkIndent:
            break
        text = line_at(state, line)
        fence = _fence_after(fence, text)
        if not text.startswith(":::"):
            continue
        closing = _COLON_END.fullmatch(text)
        found = len(closing[1]) if closing else 0
        if fence:
            in_code = line if in_code is None and not open_inside and found >= marks else in_code
        elif open_inside and (found == open_inside[-1] or open_inside[-1] <= found < marks):
            open_inside.pop()
        elif found >= marks:
            return line
        elif opening := _COLON_OPEN.match(text):
            open_inside.append(len(opening[1]))
    return in_code


_FENCE = re.compile(r"(`{3,}|~{3,})([^`]*)")


def _fence_after(fence: str, text: str) -> str:
    """Return the marks of the fence that is open behind a line, empty for none."""
    found = _FENCE.fullmatch(text)
    if found is None:
        return fence
    if not fence:
        return found[1]
    return "" if found[1].startswith(fence) and not found[2].strip() else fence


def _inside(state: StateBlock, start: int, end: int, indent: int) -> None:
    """Read the lines of a box."""
    before = (state.parentType, state.lineMax, state.blkIndent)
    state.parentType, state.lineMax, state.blkIndent = "container", end, indent
    state.md.block.tokenize(state, start, end)
    state.parentType, state.lineMax, state.blkIndent = before


# --- `!!!`, `???`, `===` ------------------------------------------------------------------------------------------


def _indented_box(name: str, header: re.Pattern[str]) -> Rule:
    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if state.is_code_block(start):
            return False
        line = line_at(state, start)
        if header.fullmatch(line) is None or silent:
            return header.fullmatch(line) is not None
        inner_end = _end_of_indented(state, start, end)
        token = state.push("neco_indented_box_open", "div", 1)
        token.map, token.info, token.content = [start, inner_end], name, line
        _inside(state, start + 1, inner_end, state.sCount[start] + 4)
        state.push("neco_indented_box_close", "div", -1)
        state.line = inner_end
        return True

    return rule


def _end_of_indented(state: StateBlock, start: int, end: int) -> int:
    """Return the line behind the last one that is indented by four columns below a header."""
    last = start + 1
    for line in range(start + 1, end):
        if state.isEmpty(line):
            continue
        if state.sCount[line] < state.sCount[start] + 4:
            break
        last = line + 1
    return last


# --- `$$` ---------------------------------------------------------------------------------------------------------


def _formula(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A formula on lines of its own: `$$ a $$`, or from a line that begins with `$$` to one that ends with it."""
    line = line_at(state, start).rstrip()
    if state.is_code_block(start) or not line.startswith("$$"):
        return False
    if silent and state.parentType == "blockquote" and _ends_formula_of_quote(state, start):
        return False
    on_one_line = len(line) > 4 and line.endswith("$$")
    last = start if on_one_line else _end_of_formula(state, start, end)
    if last is None:
        return False
    if silent:
        return True
    token = state.push("neco_formula", "math", 0)
    token.map = [start, last + 1]
    token.content = (
        state.getLines(start, last + 1, state.blkIndent, False).strip().removeprefix("$$").removesuffix("$$")
    )
    state.line = last + 1
    return True


def _end_of_formula(state: StateBlock, start: int, end: int) -> int | None:
    """Return the line that ends a formula; None where what the formula stands in ends before."""
    chunk = Chunk.of(state)
    if start >= chunk.no_formula_from:
        return None
    for line in range(start + 1, end):
        if not state.isEmpty(line) and _IN_QUOTE < state.sCount[line] < state.blkIndent:
            return None
        if line_at(state, line).rstrip().endswith("$$"):
            return line
    if end >= state.lineMax:
        chunk.no_formula_from = min(start, chunk.no_formula_from)  # so that many signs cost no more than one
    return None


_IN_QUOTE = -1
"""The indentation that markdown-it-py gives a line that belongs to the quote above it without a `>`."""


def _ends_formula_of_quote(state: StateBlock, line: int) -> bool:
    """Whether a line without a `>` ends a formula that the quote above has begun, which Zenn's writers leave away."""
    chunk = Chunk.of(state)
    begin, seen, is_open = chunk.formulas_of_quote
    if begin != state.line:
        begin, seen, is_open = state.line, state.line, False
    for above in range(seen, line):
        text = line_at(state, above).rstrip()
        if is_open:
            is_open = not text.endswith("$$")
        else:
            is_open = text.startswith("$$") and not (len(text) > 4 and text.endswith("$$"))
    chunk.formulas_of_quote = (begin, line, is_open)
    return is_open
