"""A rule for HTML that asks for Markdown inside by its attribute `markdown`, as the extension `md_in_html` has it.

See https://python-markdown.github.io/extensions/md_in_html/. Empty lines end nothing between the two tags.
"""

from __future__ import annotations

import re
from textwrap import dedent

from markdown import Markdown
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from .first_signs import AtSign, Rule
from .rules import Chunk, line_at, within_bounds

_START = re.compile(
    r"""(?=<[^<>"']*+(?:"[^"]*+"[^<>"']*+|'[^']*+'[^<>"']*+)*+>)  # a whole tag, looked for once
        (?P<tag><(?P<name>[A-Za-z][A-Za-z0-9-]*)(?=\s)(?:[^<>"']|"[^"]*"|'[^']*')*?\s
        markdown(?:=(?P<quote>["']?)(?P<how>1|block|span|markdown)(?P=quote))?(?=[\s/>])(?:[^<>"']|"[^"]*"|'[^']*')*>)
        (?P<rest>.*)""",
    re.VERBOSE | re.DOTALL,
)

_INLINE = frozenset("address dd dt figcaption h1 h2 h3 h4 h5 h6 legend li p summary td th".split())
"""Tags of elements whose text is read as one line of text, unless `markdown="block"` says otherwise."""

_IN_VAIN = 50_000
"""How many lines of a text are looked through for tags that are missing, so that many such tags cost little more."""

_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})")


def add_markdown_html(md: Markdown, parser: MarkdownIt) -> None:
    """Add the rule to a parser, where the site has the extension."""
    if "markdown_block" in md.parser.blockprocessors:
        rule = AtSign("<", within_bounds(_markdown_html(md)))
        parser.block.ruler.before(
            "html_block", "neco_markdown_html", rule, {"alt": ["paragraph", "reference", "blockquote"]}
        )


def _markdown_html(md: Markdown) -> Rule:
    """Return the rule for elements that Python-Markdown knows as blocks; others are read where lines are."""

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        line = line_at(state, start)
        opening = _START.match(line) if "markdown" in line else None
        if opening is None or state.is_code_block(start) or not md.is_block_level(opening["name"].lower()):
            return False
        return silent or _read(state, opening, start, end)

    return rule


def _read(state: StateBlock, opening: re.Match[str], start: int, end: int) -> bool:
    found = _content(state, opening, start, end)
    if found is None:
        return False
    content, last = found
    inline = opening["how"] == "span" or (opening["name"].lower() in _INLINE and opening["how"] != "block")
    token = state.push("neco_markdown_html", "div", 0)
    token.map = [start, last + 1]
    token.content = content.strip() if inline else dedent(content).strip("\n")
    empty = len(dedent(content)) - len(dedent(content).lstrip("\n"))
    token.meta = {"tag": opening["tag"], "inline": inline, "line": start + empty}
    state.line = last + 1
    return True


def _content(state: StateBlock, opening: re.Match[str], start: int, end: int) -> tuple[str, int] | None:
    """Return what stands between the two tags, and the line of the second; None where that is missing."""
    tags = re.compile(rf"<(?P<end>/)?{re.escape(opening['name'])}(?=[\s/>])[^<>]*>", re.IGNORECASE)
    lines: list[str] = []
    depth, fenced = 1, False
    chunk = Chunk.of(state)
    for number in range(start, end if chunk.in_vain < _IN_VAIN else start):
        text = state.getLines(number, number + 1, state.blkIndent, False)
        if number == start:
            text = opening["rest"]
        fenced ^= bool(_FENCE.match(text))
        for tag in () if fenced else tags.finditer(text):
            depth += -1 if tag["end"] else 1
            if depth == 0:
                if text[tag.end() :].strip():
                    return None
                return "\n".join([*lines, text[: tag.start()]]), number
        lines.append(text)
    chunk.in_vain += len(lines)
    return None
