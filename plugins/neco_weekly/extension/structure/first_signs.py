"""Rules by the first sign of the line that they are asked about, since most lines of prose begin with none.

markdown-it-py asks every rule at every line. Most rules need a line that begins with one of a few signs; looked up by
the sign, the others need no call.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

Rule = Callable[[StateBlock, int, int, bool], bool]
"""A rule of markdown-it-py: state, first line, line behind the last, whether only to ask -> whether it fits."""


@dataclass(frozen=True, slots=True)
class AtSign:
    """A rule that is asked only about lines that begin with one of the signs."""

    signs: str
    rule: Rule

    def __call__(self, state: StateBlock, start: int, end: int, silent: bool) -> bool:
        sign = _first_sign(state, start)
        return sign != "" and sign in self.signs and self.rule(state, start, end, silent)


def ask_by_first_sign(parser: MarkdownIt) -> None:
    """Let a parser, to which no rule is added any more, ask only those rules that a line's first sign needs."""
    ruler: Any = parser.block.ruler
    rules_of = ruler.getRules
    known: dict[str, list[Rule]] = {}

    def by_sign(chain: str = "") -> list[Rule]:
        if chain not in known:
            known[chain] = [_by_sign(rules_of(chain))]
        return known[chain]

    ruler.getRules = by_sign


def _by_sign(rules: Sequence[Rule]) -> Rule:
    known: dict[str, list[Rule]] = {}

    def asked(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        sign = _first_sign(state, start)
        if (needed := known.get(sign)) is None:
            needed = known[sign] = [it for it in (_needed(rule, sign) for rule in rules) if it]
        for rule in needed:  # noqa: SIM110 (a generator takes longer than most rules)
            if rule(state, start, end, silent):
                return True
        return False

    return asked


def _needed(rule: Rule, sign: str) -> Rule | None:
    """Return what is to be asked about lines that begin with a sign."""
    if not isinstance(rule, AtSign):
        return rule
    return rule.rule if sign and sign in rule.signs else None


def _first_sign(state: StateBlock, line: int) -> str:
    at = state.bMarks[line] + state.tShift[line]
    return state.src[at : at + 1]
