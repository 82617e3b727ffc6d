"""The one table of words the site speaks: a row per phrase, a column per language.

The words of pages are in `strings.toml`, those of cards in `card_strings.toml`, those of problems and of issues that
are not public in `problem_strings.toml`, those of topics in `topic_strings.toml`, those of Kubernetes releases in
`release_strings.toml`, those of a drafted issue in `draft_strings.toml`, those of upgrades in `upgrade_strings.toml`,
those of what happened to KEPs in `change_strings.toml`, those of feeds in `feed_strings.toml`, those of badges and of
`llms.txt` in `data_strings.toml`, those of what a reader follows in `following_strings.toml`, those of the home and of
an issue's head and end in `reading_strings.toml`, those of pages for who lists or shares them in `share_strings.toml`,
those of previews, large pictures, wide tables and the open search in `aid_strings.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Literal, get_args

from ..model.errors import NecoError

Locale = Literal["ja", "en"]

_FILES = (
    *("strings.toml", "card_strings.toml", "problem_strings.toml", "topic_strings.toml", "release_strings.toml"),
    *("draft_strings.toml", "upgrade_strings.toml", "change_strings.toml", "feed_strings.toml", "data_strings.toml"),
    *("following_strings.toml", "reading_strings.toml", "kep_page_strings.toml", "share_strings.toml"),
    "aid_strings.toml",
)

LOCALES: tuple[Locale, ...] = get_args(Locale)
"""The languages of the site's words."""


@dataclass(frozen=True, slots=True)
class Strings:
    """The phrases of one language. Calling this fills a phrase's `{fields}`; an unknown key is a mistake of ours.

    `{count:issue|issues}` is one of two words, the first for a count of one. The space between a particle
    of Japanese and a field, for what is mostly Latin, goes where the field is Japanese, as in `filled.js`.

    Raises:
        KeyError: a call names a phrase or lacks a field that the table does not have.
    """

    locale: Locale
    phrases: Mapping[str, str]

    def __call__(self, key: str, **fields: object) -> str:
        said: list[str] = []
        value = ""
        for text, name, form in _parts(self.phrases[key]):
            start = 1 if text[:1] == " " and _JAPANESE.match(value[-1:]) and _PARTICLE.match(text, 1) else 0
            value = _filled(fields[name], form) if name else ""
            end = -1 if text[-1:] == " " and _JAPANESE.match(value) and _PARTICLE.match(text, len(text) - 2) else None
            said += (text[start:end], value)
        return "".join(said)


_Form = str | tuple[str, str]
"""How a field is written: as `str.format` has it, or one of two words, for a count of one and for many."""


@cache
def _parts(phrase: str) -> tuple[tuple[str, str | None, _Form], ...]:
    """Return a phrase as texts with the field behind each and its form, read once: `string.Formatter` takes long."""
    return tuple((text, name, _form(form or "")) for text, name, form, _ in Formatter().parse(phrase))


def _form(written: str) -> _Form:
    one, bar, many = written.partition("|")
    return (one, many) if bar else written


_PARTICLE = re.compile(r"[\u3041-\u309f]")
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def _filled(value: object, form: _Form) -> str:
    if isinstance(form, str):
        return format(value, form)
    return form[0] if value == 1 else form[1]


@cache
def load_strings(locale: str) -> Strings:
    """Return the phrases of the language `locale`.

    Raises:
        NecoError: no such language.
    """
    for known in LOCALES:
        if locale == known:
            return Strings(known, {key: row[known] for key, row in phrase_table().items()})
    raise NecoError(f"locale: {locale!r} is not a language of this site; use one of {', '.join(LOCALES)}")


@cache
def phrase_table() -> dict[str, dict[str, str]]:
    """Return all phrases, `{"stage.alpha": {"ja": …, "en": …}}`, dots for the nesting of the files."""
    texts = [files(__package__).joinpath(name).read_text(encoding="utf-8") for name in _FILES]
    groups = [group for text in texts for group in tomllib.loads(text).items()]
    return {f"{group}.{name}": row for group, rows in groups for name, row in rows.items()}
