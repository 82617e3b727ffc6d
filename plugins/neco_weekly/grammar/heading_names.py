"""Names that headings may hold: `Argo CD v2.5.0 リリース` is about Argo CD. How often one occurs decides."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from .common_words import is_common_word
from .issue_titles import is_topic
from .kep_references import find_text_references

_KANA_OR_KANJI = re.compile(r"[\u3041-\u30fa\u3400-\u9fff]")

_NUMBERED = re.compile(r"(?<![\w.])(?:v?\d+(?:\.\d+)+[\w.+-]*|#?\d+)(?![\w.])")
"""A version, a year, a number: where a name ends."""

_PART = re.compile(r"(?P<word>[A-Za-z][A-Za-z0-9]*(?:[-._+/][A-Za-z0-9]+)*)|(?P<gap> )|(?P<other>.)", re.DOTALL)

_MOST_WORDS = 4

_OF_ALL = frozenset("kubernetes k8s kep keps sig sigs github".split())
"""Words that name nothing in particular here: what all issues are about, and where all is developed."""


def names_in_heading(heading: str) -> tuple[str, ...]:
    """Return what a heading may name, each once; nothing of one that names a KEP, which has its own page."""
    text = " ".join(unicodedata.normalize("NFKC", heading).split())
    if "#" in text or not is_topic(text) or next(find_text_references(text), None):
        return ()
    shown = _NUMBERED.sub("\0", text)
    words = re.findall(r"[A-Za-z]+", shown)
    prose = bool(_KANA_OR_KANJI.search(text)) or any(it.islower() and is_common_word(it) for it in words if len(it) > 3)
    found: dict[str, None] = {}
    for run in _runs(shown):
        own = [word for word in run if not _is_plain(word)]
        if own:  # `Use containerd` is about containerd
            found[" ".join(run[run.index(own[0]) :])] = None
        elif prose and len(run) > 1:
            found[" ".join(run)] = None
        found.update(dict.fromkeys(own))
    return tuple(it for it in map(_singular, found) if _OF_ALL.isdisjoint(it.lower().split()))


def _runs(text: str) -> Iterator[list[str]]:
    """Yield words of a text that may be one name: side by side, none of them a word of the sentence."""
    parts = [(match.lastgroup, match[0]) for match in _PART.finditer(text)]
    for belongs, group in groupby(parts, lambda it: it[0] == "gap" or (it[0] == "word" and _may_be_name(it[1]))):
        words = [word for kind, word in group if kind == "word"]
        if belongs and 0 < len(words) <= _MOST_WORDS:
            yield words


def _may_be_name(word: str) -> bool:
    """Whether a word begins with a capital, has one inside, a digit or a hyphen, or is none that people know."""
    return not word.islower() or not word.isalpha() or not is_common_word(word)


def _is_plain(word: str) -> bool:
    """Whether a word is an ordinary one, as the first of an English sentence and all of a title have capitals."""
    return len(word) == 1 or is_common_word(word) or all(map(is_common_word, re.split(r"[-._+/]", word)))


def _singular(name: str) -> str:
    """Return `CRD` of `CRDs`."""
    return name[:-1] if name.endswith("s") and name[:-1].isupper() else name
