"""A rule for definition lists, `: ` below a term, where the site has the extension `def_list`.

See https://python-markdown.github.io/extensions/definition_lists/. The rule of mdit-py-plugins knows one term before a
definition and a second sign, `~`, which is none here.
"""

from __future__ import annotations

import re

from markdown import Markdown
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from .first_signs import Rule
from .rules import line_at, where_there_is, within_bounds

_DEFINITION = re.compile(r":[ \t]+\S")


def add_definitions(md: Markdown, parser: MarkdownIt) -> None:
    """Add the rule to a parser, where the site has the extension."""
    if "deflist" in md.parser.blockprocessors:
        deflist_plugin(parser)
        ruler = parser.block.ruler
        theirs: Rule = dict(zip(ruler.get_active_rules(), ruler.getRules(""), strict=True))["deflist"]
        rule = where_there_is(":", within_bounds(_with_terms(theirs)))
        ruler.at("deflist", rule, {"alt": ["paragraph", "reference", "blockquote"]})


def _with_terms(theirs: Rule) -> Rule:
    """Return a rule that takes each line above a definition for a term."""

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if silent:
            return _DEFINITION.match(line_at(state, start)) is not None and theirs(state, start, end, True)
        last = _last_term(state, start, end)
        begin = len(state.tokens)
        if last is None or not theirs(state, last, _next_term(state, last, end), False):
            return False
        state.tokens[begin + 1 : begin + 1] = [it for line in range(start, last) for it in _term(state, line)]
        state.tokens[begin].map = [start, state.line]
        if begin and state.tokens[begin - 1].type == "dl_close":
            del state.tokens[begin - 1 : begin + 1]  # one list goes on
        return True

    return rule


def _last_term(state: StateBlock, start: int, end: int) -> int | None:
    """Return the last line of the text at `start`, where a definition stands below it or below one empty line."""
    line = start + 1
    while line < end and not state.isEmpty(line) and not _DEFINITION.match(line_at(state, line)):
        line += 1
    below = line + 1 if line < end and state.isEmpty(line) else line
    if below >= end or state.sCount[below] < state.blkIndent or not _DEFINITION.match(line_at(state, below)):
        return None
    ends = state.md.block.ruler.getRules("paragraph")
    for inside in range(start + 1, line):
        if state.sCount[inside] < state.blkIndent or any(rule(state, inside, end, True) for rule in ends):
            return None
    return line - 1


def _next_term(state: StateBlock, last: int, end: int) -> int:
    """Return the line behind an empty one that is part of no definition; what stands there is for all rules to read."""
    for line in range(last + 3, end):
        begins = not state.isEmpty(line) and state.isEmpty(line - 1) and state.sCount[line] < state.blkIndent + 2
        if begins and not _DEFINITION.match(line_at(state, line)):
            return line
    return end


def _term(state: StateBlock, line: int) -> list[Token]:
    text = state.getLines(line, line + 1, state.blkIndent, False).strip()
    inline = Token("inline", "", 0, content=text, map=[line, line + 1])
    return [Token("dt_open", "dt", 1, map=[line, line + 1]), inline, Token("dt_close", "dt", -1)]
