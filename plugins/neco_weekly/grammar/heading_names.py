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

_VERSION = re.compile(r"(?<![\w.])(?:v?\d+(?:\.\d+)+[\w.+-]*|#?\d+)(?![\w.])")
"""A version, a year, a number: where a name ends."""

_AT = "\1"
"""What stands for a version: a word right before one is a name."""

_SITE = re.compile(r"(?: [-|·–—] |｜)[^-|·–—｜]*\Z")
"""The name of a site behind the title of one of its pages, as pasted titles have it."""

_APOSTROPHE = re.compile(r"[’'](?:s|t|re|ve|ll|d|m)\b")

_PART = re.compile(r"(?P<word>[A-Za-z][A-Za-z0-9]*(?:[-._+/][A-Za-z0-9]+)*)|(?P<gap> )|(?P<other>.)", re.DOTALL)

_SHORT_VERSION = re.compile(r"v\d+", re.IGNORECASE)

_PROGRAM_ENDINGS = frozenset("js ts py rs go net ai".split())
"""Ends of names with a dot, `Node.js`; any other name with a dot is one of a host, a file or a setting."""

_MOST_WORDS = 4

_OF_ALL = frozenset("kubernetes k8s kep keps sig sigs github".split())
"""Words that name nothing in particular here: what all issues are about, and where all is developed."""

_STATES = frozenset(
    "alpha announce announced announcement announcements announcing available availability beta changelog changes"
    " deprecated deprecating deprecation eol experimental fixes ga general generally improved improvements improving"
    " introduced introduces introducing introduction lts new news now overhaul planned preview public released releases"
    " releasing release removal rename renamed rc roadmap security stable support supported supports update updated"
    " updates version versions upcoming".split()
)
"""Words that say how a thing is, and not what it is called: `Generally Available`, `Public Preview`."""


def names_in_heading(heading: str) -> tuple[str, ...]:
    """Return what a heading may name, each once; nothing of one that names a KEP, which has its own page."""
    text = " ".join(unicodedata.normalize("NFKC", heading).split())
    if "#" in text or not is_topic(text) or next(find_text_references(text), None):
        return ()
    shown = _APOSTROPHE.sub("\0", _VERSION.sub(_AT, _SITE.sub("", text)))
    words = re.findall(r"[A-Za-z]+", shown)
    is_japanese = bool(_KANA_OR_KANJI.search(text))
    prose = is_japanese or any(it.islower() and is_common_word(it) for it in words if len(it) > 3)
    found: dict[str, None] = {}
    for run, behind in _runs(shown):
        own = [word for word in run if not _is_plain(word)]
        if len(own) == 1 and own[0].isalpha() and _is_one_capital(own[0]) and not (is_japanese or behind):
            own = []  # in English any word of a title may have a capital
        if own:  # `Use containerd` is about containerd
            found[" ".join(run[run.index(own[0]) :])] = None
        elif prose and len(run) > 1:
            found[" ".join(run)] = None
        found.update(dict.fromkeys(own))
    return tuple(it for it in map(_singular, found) if _OF_ALL.isdisjoint(it.lower().split()))


def may_be_called(name: str) -> bool:
    """Whether a repository's own name may be that of a thing people write about: `roadmap` and `k8s.io` are none."""
    parts = re.split(r"[-._]", name.lower())
    return _OF_ALL.isdisjoint(parts) and not _is_state(name) and _has_no_address(name)


def _runs(text: str) -> Iterator[tuple[list[str], bool]]:
    """Yield words of a text that may be one name: side by side, none of them a word of the sentence.

    With them comes whether what stands behind says that they are one: a version, a colon, the end of the heading.
    """
    parts = [(str(match.lastgroup), match[0]) for match in _PART.finditer(text)]
    groups = [list(group) for _, group in groupby(parts, _belongs)]
    for place, group in enumerate(groups):
        words = [word for kind, word in group if kind == "word"]
        if _belongs(group[0]) and 0 < len(words) <= _MOST_WORDS:
            behind = groups[place + 1][0][1] if place + 1 < len(groups) else ":"
            yield words, behind in (_AT, ":") and (place == 0 or behind == _AT)


def _belongs(part: tuple[str, str]) -> bool:
    return part[0] == "gap" or (part[0] == "word" and _may_be_name(part[1]))


def _may_be_name(word: str) -> bool:
    """Whether a word begins with a capital, has one inside, a digit or a hyphen, or is none that people know."""
    if _is_state(word) or not _has_no_address(word):
        return False
    return not word.islower() or not word.isalpha() or not is_common_word(word)


def _is_state(word: str) -> bool:
    return word.lower() in _STATES or word.lower().removesuffix("s") in _STATES


def _has_no_address(word: str) -> bool:
    return "." not in word or word.rpartition(".")[2].lower() in _PROGRAM_ENDINGS


def _is_plain(word: str) -> bool:
    """Whether a word is an ordinary one, as the first of an English sentence and all of a title have capitals."""
    parts = re.split(r"[-._+/]", word)
    return len(word) == 1 or bool(_SHORT_VERSION.fullmatch(word)) or all(map(is_common_word, parts))


def _is_one_capital(word: str) -> bool:
    return word[0].isupper() and word[1:].islower()


def _singular(name: str) -> str:
    """Return `CRD` of `CRDs`."""
    return name[:-1] if name.endswith("s") and name[:-1].isupper() else name
