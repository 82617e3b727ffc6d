"""The one table of words: both languages, the same fields, nothing missing and nothing left over."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from pathlib import Path
from string import Formatter

import pytest
from neco_weekly.display import words
from neco_weekly.display.words import LOCALES, Strings, load_strings, phrase_table
from neco_weekly.model.errors import NecoError
from neco_weekly.model.keps import Stage, Status
from neco_weekly.site.following import WORDS

PACKAGE = Path(words.__file__).parents[1]
TABLE = phrase_table()


def fields(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name is not None}


def test_every_phrase_is_there_in_both_languages_with_the_same_fields() -> None:
    assert [key for key, row in TABLE.items() if not is_whole(row)] == []


def is_whole(row: Mapping[str, str]) -> bool:
    there = set(row) == set(LOCALES) and all(phrase.strip() for phrase in row.values())
    return there and fields(row["ja"]) == fields(row["en"]) and "" not in fields(row["ja"])


def test_every_phrase_can_be_filled() -> None:
    unfilled = []
    for locale in LOCALES:
        words = load_strings(locale)
        for key, row in TABLE.items():
            values = dict.fromkeys(fields(row["ja"]), 7)
            filled = words(key, **values)
            if "{" in filled or filled.count("7") < len(values):
                unfilled.append((locale, key, filled))
    assert unfilled == []


@pytest.mark.parametrize(
    ("phrase", "field", "said"),
    [
        ("v1.36 の {it} を延期", "無効化", "v1.36 の無効化を延期"),
        ("v1.36 の {it} を延期", "beta", "v1.36 の beta を延期"),
        ("v1.36 の {it} を延期", "beta（既定）", "v1.36 の beta（既定） を延期"),
        ("{it} 件", 3, "3 件"),
        ("{it} {it}", "猫", "猫 猫"),
        ("予定 {it} 猫", "無効化", "予定 無効化 猫"),
        (" {it} ", "無効化", " 無効化 "),
        ("the {it} of it", "猫", "the 猫 of it"),
    ],
)
def test_no_space_stands_between_a_particle_and_a_field_that_is_japanese(phrase: str, field: object, said: str) -> None:
    assert Strings("ja", {"it.is": phrase})("it.is", it=field) == said


def test_languages() -> None:
    assert load_strings("ja")("kep.stage") == "段階"
    assert load_strings("en")("kep.stage") == "Stage"
    assert load_strings("en").locale == "en"


@pytest.mark.parametrize("locale", ["fr", "", "JA", "ja-JP"])
def test_another_language_is_named_with_those_there_are(locale: str) -> None:
    with pytest.raises(NecoError) as error:
        load_strings(locale)
    assert str(error.value) == f"locale: {locale!r} is not a language of this site; use one of ja, en"


def test_fetched_words_are_no_fields() -> None:
    assert Strings("en", {"x": "{raw}"})("x", raw="{number}") == "{number}"


# --- used and there -----------------------------------------------------------------------------------------------


_CALL = re.compile(r"(?:^|\.)_?words$|^ENGLISH$|(?:^|\.)Phrase(?:\.of)?$")


def used_in_code(path: Path) -> set[str]:
    """Keys of calls such as `words("kep.badge_name", …)` and `Phrase.of(…)`.

    Of `words(f"stage.{stage}")` the pattern `stage.*`.
    """
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args and _CALL.search(ast.unparse(node.func)):
            found.update(_keys(node.args[0]))
    return {key for key in found if "." in key}  # others have functions of that name, too


def _keys(key: ast.expr) -> set[str]:
    if isinstance(key, ast.Constant):
        return {str(key.value)}
    if isinstance(key, ast.IfExp):
        return _keys(key.body) | _keys(key.orelse)
    if isinstance(key, ast.JoinedStr):
        return {"".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in key.values)}
    return set()


def used_in_template(path: Path) -> set[str]:
    text = path.read_text(encoding="utf-8")
    found = re.findall(r"""words\(\s*(\w+\s*~\s*)?["']([^"']+)["']\s*(~)?""", text)
    return {("*" if before else "") + key + ("*" if after else "") for before, key, after in found if "." in key}


def used_in_script(path: Path) -> set[str]:
    """Keys of calls in a script; of a text with `${kind}` in it the pattern."""
    text = path.read_text(encoding="utf-8")
    found = re.findall(r"""words\(\s*(?:"([^"]+)"|`([^`]+)`)""", text)
    return {re.sub(r"\$\{[^}]*\}", "*", plain or joined) for plain, joined in found}


USED = {
    key
    for paths, keys_of in (
        (PACKAGE.rglob("*.py"), used_in_code),
        (PACKAGE.rglob("*.html"), used_in_template),
        (PACKAGE.rglob("assets/compare/*.js"), used_in_script),
    )
    for path in paths
    for key in keys_of(path)
} | {f"follow.{it}" for names in WORDS.values() for it in names}


def test_keys_are_found_where_they_are_used() -> None:
    assert {"kep.badge_name", "site.archive", "kep.note", "stage.*", "status.*"} <= USED


def test_every_key_that_is_used_is_there() -> None:
    patterns = {used: re.compile(used.replace("*", r"[\w-]+")) for used in USED}
    assert [used for used in sorted(USED) if not any(map(patterns[used].fullmatch, TABLE))] == []


def test_every_key_that_is_there_is_used() -> None:
    patterns = [re.compile(used.replace("*", r"[\w-]+")) for used in USED]
    assert [key for key in TABLE if not any(pattern.fullmatch(key) for pattern in patterns)] == []


def test_every_stage_and_status_has_its_word() -> None:
    assert {f"stage.{stage}" for stage in Stage} | {f"status.{status}" for status in Status} <= set(TABLE)
