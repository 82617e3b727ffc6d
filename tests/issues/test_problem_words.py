"""Problems in the site's language: every kind has both, with the same facts in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from inspect import getsource
from string import Formatter

import pytest
from neco_weekly.display.problem_words import Phrase, in_japanese, sentence_in_japanese
from neco_weekly.display.words import load_strings
from neco_weekly.extension.leftovers import SIGNS
from neco_weekly.grammar.card_lines import CardSyntaxError, read_card_line
from neco_weekly.grammar.front_matter import take_apart
from neco_weekly.issues.problem_kinds import KINDS, make_problem
from neco_weekly.issues.problems import in_words
from neco_weekly.refresh.proposals import EACH_TIME
from neco_weekly.sources.pages.doubts import doubts

from tests.issues.test_checks import EVERY_CODE, LOCKS, problems
from tests.lock_fixture import LOCK

JA, EN = load_strings("ja"), load_strings("en")


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def lacking() -> Iterator[str]:
    """What a kind lacks in Japanese, or has there and not in English."""
    for code, kind in KINDS.items():
        said = in_japanese(code)
        if set(said) != {"message", "hint", *(["tried"] if kind.tried else [])}:
            yield f"{code}: {', '.join(said) or 'nothing'}"
            continue
        for english, japanese in ((kind.message, said["message"]), (kind.hint, said["hint"])):
            if fields(english) != fields(japanese):
                yield f"{code}: {fields(english)} and {fields(japanese)}"
        if not said["message"].endswith("。") or any(
            hint.endswith("。") for hint in (said["hint"], said.get("tried", ""))
        ):
            yield f"{code}: a message ends with 。 and a hint does not"


def test_every_kind_of_problem_is_there_in_japanese_with_the_same_facts() -> None:
    assert list(lacking()) == []


@pytest.mark.parametrize("code", EVERY_CODE)
def test_a_problem_is_said_in_japanese(code: str) -> None:
    text, line, _ = EVERY_CODE[code]
    (problem,) = problems(text, LOCKS.get(code, LOCK))
    said = in_words(problem, JA)
    assert (said.path, said.line, said.code, said.severity) == (problem.path, line, code, problem.severity)
    assert "。" in said.message and "{" not in said.message.replace("{title", "")  # noqa: PT018 (one sentence)
    assert str(said) == f"{said.path}:{line}: {said.message}{said.hint}"


def test_a_problem_stays_english_where_the_site_is() -> None:
    (problem,) = problems("![](c.png)")
    assert in_words(problem, EN) is problem


def test_a_hint_after_a_refresh_in_vain_is_that_in_japanese_too() -> None:
    words = {"what": "", "written": "x", "attempts": "", "remedy": "y"}
    hints = [in_words(make_problem("card-not-fetched", "a", 1, tried=it, **words), JA).hint for it in (False, True)]
    assert hints == [
        "`neco refresh` を実行するか、タイトルを書いてください",
        "ページから取れなかったので、`y` のようにタイトルを書いてください",
    ]


def test_every_sign_has_its_words() -> None:
    assert all(Phrase(f"left.{sign.name}").said(words) for sign in SIGNS for words in (JA, EN))


BAD_CARDS = (
    "@[foo](https://a.jp/)",
    "@[card](https://a.jp/",
    "@[card](b.jp)",
    "@[youtube](あ)",
)
BAD_ATTRIBUTES = (
    "@[card](https://a.jp/){image=big archive=x titel=x hide=title size=big}",
    "@[card](https://a.jp/){large desc=a desc=b}",
)
BAD_FRONT_MATTER = ("---\na: 1\n", "---\n# x\n---\n文", "---\n- a\n---\n文")


def sentences() -> Iterator[str]:
    """Every sentence of ours that stands inside of a message."""
    for line in BAD_CARDS:
        with pytest.raises(CardSyntaxError) as error:
            read_card_line(line)
        yield str(error.value)
    for card in filter(None, map(read_card_line, BAD_ATTRIBUTES)):
        yield from card.mistakes
    yield from (take_apart(text).flaw_detail for text in BAD_FRONT_MATTER)
    yield from _clauses_of_suspicion()
    yield "2026-01-09 is also the date of docs/issues/2026-01-09.md"
    yield "'a' under plugins and 'b' under markdown_extensions"


def _clauses_of_suspicion() -> Iterator[str]:
    """Why a page's answer was only proposed: what is odd about it, and what it lost."""
    yield from re.findall(r'"([^"]+)":', getsource(doubts))
    yield EACH_TIME
    yield "says no more than the name of its site"
    yield "has another title, and no description or date any more"


def test_every_sentence_inside_of_a_message_is_there_in_japanese() -> None:
    assert [it for it in sentences() if it.isascii() and sentence_in_japanese(it) == it] == []
    assert sentence_in_japanese("'b.jp' is not an http(s) URL") == "'b.jp' は http(s) の URL ではありません"


def test_what_is_not_ours_stays_as_it_is() -> None:
    assert sentence_in_japanese("mapping values are not allowed in this context").startswith("mapping")


def test_an_author_s_own_words_are_not_translated() -> None:
    problem = make_problem("bad-card", "a", 1, written="it is empty", detail="{x} {written}")
    assert in_words(problem, JA).message == "「it is empty」はカードの書き方として正しくありません（{x} {written}）。"
