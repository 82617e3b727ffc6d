"""Problems in Japanese: `problems_ja.toml`, a row for each kind of problem and for each sentence inside of another.

Those of topics, and of a lock that is old, are in `topic_problems_ja.toml`, those of style in `style_problems_ja.toml`.

The English words stand where a kind of problem is defined. What no row has, such as the words of a YAML parser, stays
English.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from .words import Strings

_FIELD = re.compile(r"\\\{(\w+)\\\}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the site's table of words inside of a problem, in no language yet. `fields` fill the phrase."""

    key: str
    fields: tuple[tuple[str, object], ...] = ()

    @classmethod
    def of(cls, key: str, **fields: object) -> Phrase:
        """Return the phrase of a key."""
        return cls(key, tuple(fields.items()))

    def said(self, words: Strings) -> str:
        """Return the phrase in a language."""
        return words(self.key, **dict(self.fields))


def filled(template: str, fields: Mapping[str, object], words: Strings) -> str:
    """Return a problem's message or hint with its fields, in the language of `words`."""
    return template.format(**{name: _in(words, name, value) for name, value in fields.items()})


def in_japanese(code: str) -> Mapping[str, str]:
    """Return the Japanese `message`, `hint` and `tried` of a kind of problem; nothing where there are none."""
    kinds: Mapping[str, Mapping[str, str]] = (
        _table()["kinds"] | _of_topics()["kinds"] | _table("style_problems_ja.toml")["kinds"]
    )
    return kinds.get(code, {})


def _in(words: Strings, name: str, value: object) -> object:
    if isinstance(value, Phrase):
        return value.said(words)
    may_be_ours = name in ("detail", "remedy") and isinstance(value, str) and words.locale == "ja"
    return sentence_in_japanese(str(value)) if may_be_ours else value


def sentence_in_japanese(sentence: str) -> str:
    """Return a sentence of ours in Japanese, with the words that it quotes; the sentence itself if it is not ours."""
    for english, japanese in _sentences():
        if match := english.fullmatch(sentence):
            return japanese.format(**match.groupdict())
    return sentence


@cache
def _table(name: str = "problems_ja.toml") -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


def _of_topics() -> dict[str, Any]:
    return _table("topic_problems_ja.toml")


@cache
def _sentences() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = [*_table()["sentences"], *_of_topics()["sentences"]]
    return tuple((re.compile(_FIELD.sub(r"(?P<\1>.*)", re.escape(it["en"])), re.DOTALL), it["ja"]) for it in rows)
