"""Common words of English, by which projects like to be called: `Flux`, `Stern`, `Harbor` alone are no names.

The words are in `common_words.txt`: what everybody knows, things, animals, actions, and what programs are made of. They
follow from no corpus. A name that is missing there is one that people would not write by chance.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def is_common_word(name: str) -> bool:
    """Whether a name is one plain English word that a text may hold without meaning the project, however inflected."""
    word = name.lower()
    return word.isascii() and word.isalpha() and any(stem in _words() for stem in _stems(word))


@cache
def _words() -> frozenset[str]:
    return frozenset(files(__package__).joinpath("common_words.txt").read_text(encoding="utf-8").split())


def _stems(word: str) -> tuple[str, ...]:
    """Return a word and what it may be a form of: `sealed` of seal, `rating` of rate, `cities` of city."""
    stems = [word]
    for ending in ("s", "es", "ed", "ing", "ly"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word.removesuffix(ending)
            stems += [stem, f"{stem}e"]
            stems += [f"{stem[:-1]}y"] if stem.endswith("i") else []
            stems += [stem[:-1]] if stem[-1:] == stem[-2:-1] else []
    return tuple(stems)
