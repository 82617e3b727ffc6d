"""Front matter of any size and in any form: TOML, what stands before it, and what is too much."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import time

import pytest
from neco_weekly.grammar.bounded_front_matter import LONGEST
from neco_weekly.grammar.front_matter import take_apart
from neco_weekly.grammar.front_matter_values import tags_of, text_of, value_of, written_description, written_title

DAY = dt.date(2026, 2, 5)

# --- TOML ---------------------------------------------------------------------------------------------------------


def test_toml_is_read_as_front_matter() -> None:
    parts = take_apart(
        '+++\ntitle = "題: 一"\ndate = 2026-02-05\n\ntags = ["a"]\n[params]\ndraft = true\n+++\n\n# 題\n'
    )
    assert parts.meta == {"title": "題: 一", "date": DAY, "tags": ["a"], "params": {"draft": True}}
    assert (parts.body, parts.body_line, parts.flaw) == ("# 題\n", 10, None)


def test_toml_may_be_empty_and_end_the_file() -> None:
    assert take_apart("+++\n+++").flaw is None
    assert take_apart("+++\n+++\n文").body == "文"


@pytest.mark.parametrize(
    ("text", "line", "detail"),
    [
        ("+++\ntitle = 'a'\ndate = \n+++\n文", 3, "Invalid value"),
        ("+++\ntitle = a\n+++\n文", 2, "Invalid value"),
        ("+++\ntitle = 'a'\n文", 1, "its closing mark is missing"),
        ("+++\ndate = 2026-02-30\n+++\n文", 2, "Invalid date or datetime"),
    ],
)
def test_a_mistake_in_toml_has_its_line(text: str, line: int, detail: str) -> None:
    parts = take_apart(text)
    assert (parts.flaw, parts.flaw_line) == ("broken-front-matter", line)
    assert parts.flaw_detail.startswith(detail)
    assert "\n" not in parts.flaw_detail


@pytest.mark.parametrize("text", ["+++\n\n文\n", "+++ x", "++\na = 1\n++\n"])
def test_plus_signs_may_be_text(text: str) -> None:
    assert take_apart(text).body == text
    assert take_apart(text).flaw is None


# --- what stands before -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", ["\n", "\n \n", "\ufeff", "\u3000\n", "  "])
def test_front_matter_that_does_not_come_first_is_read_and_told(before: str) -> None:
    parts = take_apart(f"{before}---\ntitle: 題\n---\n\n# 節\n")
    above = before.count("\n")
    assert (parts.meta, parts.body, parts.body_line) == ({"title": "題"}, "# 節\n", 5 + above)
    assert (parts.flaw, parts.flaw_line, parts.key_lines) == ("front-matter-not-first", 1 + above, {"title": 2 + above})


@pytest.mark.parametrize(
    "text", ["\n---\n\n文\n", "\n---\n文\n---\n文\n", "\n---\nNote: これは本文\n\n文\n", "\n\n+++\n文\n+++\n"]
)
def test_a_line_below_an_empty_one_stays_a_line(text: str) -> None:
    parts = take_apart(text)
    assert (parts.meta, parts.body, parts.flaw) == ({}, text.lstrip("\n"), None)


# --- bounds -------------------------------------------------------------------------------------------------------

BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{one}: &{one} [{', '.join([f'*{other}'] * 10)}]\n" for other, one in zip("abcdefgh", "bcdefghi", strict=True)
)
TOO_MUCH = {
    "a megabyte": ("title: " + "題" * 1_000_000, 2, f"it is longer than {LONGEST:,} characters"),
    "a megabyte of keys": ("k: v\n" * 200_000, 2, f"it is longer than {LONGEST:,} characters"),
    "aliases that explode": (BOMB, 6, "its aliases stand for more than 65,536 characters"),
    "… in the title": (f"{BOMB}title: *i", 6, "its aliases stand for more than"),
    "… in tags": (f"{BOMB}tags: *i", 6, "its aliases stand for more than"),
    "… in the description": (f"{BOMB}description: *i", 6, "its aliases stand for more than"),
    "a long text repeated": (f"a: &a {'x' * 10_000}\nb: [{', '.join(['*a'] * 500)}]", 3, "its aliases stand for more"),
    "merged objects": (
        "a: &a {x: 1}\n"
        + "".join(f"b{i}: &b{i} {{<<: [{', '.join([f'*b{i - 1}' if i else '*a'] * 9)}]}}\n" for i in range(9)),
        7,
        "its aliases stand for more than",
    ),
    "an alias of itself": ("title: &a [*a]", 2, "the alias *a repeats what it stands in"),
    "lists in lists": (f"a: {'[' * 5000}{']' * 5000}", 2, "it is nested more than 50 deep"),
    "a list that never closes": (f"a: {'[' * 16_000}", 2, "it is nested more than 50 deep"),
    "a number of many hexadecimal digits": (f"number: 0x{'F' * 5000}", 2, "Exceeds the limit"),
    "a number of many digits": (f"number: {'9' * 5000}", 2, "Exceeds the limit"),
}


@pytest.mark.parametrize(("said", "line", "detail"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_what_is_too_much_is_told_with_its_line_within_a_second(said: str, line: int, detail: str) -> None:
    begun = time.process_time()
    parts = take_apart(f"---\n{said}\n---\n文\n")
    assert time.process_time() - begun < 1
    assert (parts.flaw, parts.flaw_line) == ("broken-front-matter", line)
    assert parts.flaw_detail.startswith(detail)
    assert parts.meta == {}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"+++\n{'.'.join(['a'] * 8000)} = 1\n+++\n文", id="dotted keys"),
        pytest.param(f"+++\na = {'[' * 8000}\n+++\n文", id="lists in lists"),
        pytest.param(f"+++\na = '{'x' * 1_000_000}'\n+++\n文", id="a megabyte"),
        pytest.param("title: x\n" * 100_000, id="a megabyte of lines without marks"),
        pytest.param("---\ntitle: x\n" + "a: b\n" * 200_000, id="a megabyte that is not closed"),
    ],
)
def test_too_much_in_other_forms(text: str) -> None:
    begun = time.process_time()
    assert take_apart(text).flaw == "broken-front-matter"
    assert time.process_time() - begun < 1


def test_a_bomb_takes_no_memory() -> None:
    program = (
        "import resource, sys\n"
        "from neco_weekly.grammar.front_matter import take_apart\n"
        "take_apart(sys.stdin.read())\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    for said in (BOMB, "title: " + "題" * 1_000_000):
        done = subprocess.run(
            [sys.executable, "-c", program], input=f"---\n{said}\n---\n文", capture_output=True, text=True, check=True
        )
        assert int(done.stdout) * (1024 if sys.platform == "linux" else 1) < 200 * 1024**2


def test_aliases_within_bounds_are_read() -> None:
    parts = take_apart("---\na: &a [x, y]\ntags: *a\nb: &b {t: 1}\nc: {<<: *b, u: 2}\n---\n文")
    assert parts.meta == {"a": ["x", "y"], "tags": ["x", "y"], "b": {"t": 1}, "c": {"t": 1, "u": 2}}


# --- values -------------------------------------------------------------------------------------------------------


def test_keys_are_known_however_they_are_spelt() -> None:
    assert value_of({"Published_At": 1}, "publishedat") == 1
    assert value_of({"published-at": 1}, "publishedat") == 1
    assert value_of({"draft": 1}, "title") is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("  a\n b ", "a b"),
        (5, "5"),
        (True, "True"),
        (DAY, "2026-02-05"),
        (None, ""),
        (["a"], ""),
        ({"a": 1}, ""),
        (16**5000, ""),
        ("題" * 1000, "題" * 499 + "…"),
    ],
    ids=lambda it: str(it)[:20] if not isinstance(it, int) or it < 10 else "huge",
)
def test_a_value_as_a_line_of_text(value: object, text: str) -> None:
    assert text_of(value) == text
    assert written_title({"Title": value}) == text
    assert written_description({"description": value}) == text


def test_topics_are_tags() -> None:
    assert tags_of({"topics": ["kubernetes", "kep"], "tags": ["kep", 5, None, ["x"]]}) == ["kep", "5", "kubernetes"]
    assert tags_of({"topics": "kubernetes"}) == []
