"""Which titles say the same, and which headings are topics."""

from __future__ import annotations

import pytest
from neco_weekly.grammar.issue_titles import NOT_TOPICS, RUBRICS, is_same_title, is_topic, plain_form, topics_of
from neco_weekly.model.issues import Section


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Neco Weekly (2026-02-05号)", "neco weekly（2026-02-05号）", True),
        ("Ｋubernetes  1.36", "Kubernetes 1.36", True),
        ("`kubectl` の話", "kubectl の話", True),
        ("🎉", "🎉 ", True),
        ("🎉", "🚀", False),
        ("1.36 の話", "1.37 の話", False),
    ],
)
def test_titles_are_compared_by_their_letters(one: str, other: str, same: bool) -> None:
    assert is_same_title(one, other) is same


@pytest.mark.parametrize(
    "heading",
    [
        "あとがき",
        "はじめに",
        "おわりに",
        "まとめ",
        "目次",
        "参考",
        "参考文献",
        "■ まとめ",
        "1. はじめに",
        "５．おわりに",
        "第6章 まとめ",
        "編集後記 ",
        "Introduction",
        "TL;DR",
        "📝 References",
        "",
        " ",
        "—",
    ],
)
def test_what_frames_the_topics_is_none(heading: str) -> None:
    assert not is_topic(heading)


@pytest.mark.parametrize(
    "heading", ["まとめて更新する", "1.36 のまとめ", "参考になった記事を読む", "5", "Notes on gates"]
)
def test_what_is_a_topic(heading: str) -> None:
    assert is_topic(heading)


def test_the_table_has_its_own_form() -> None:
    assert {it for it in NOT_TOPICS | RUBRICS if plain_form(it) != it} == set()
    assert NOT_TOPICS.isdisjoint(RUBRICS)


def section(level: int, title: str) -> Section:
    return Section(anchor=title, title=title, text="", level=level)


def test_topics_are_all_headings_of_the_highest_level_that_has_several() -> None:
    found = [section(1, "号"), section(2, "はじめに"), section(2, "一"), section(3, "細目"), section(2, "二")]
    assert topics_of([*found, section(2, "あとがき"), section(2, "一")]) == ("一", "二")
    assert topics_of([section(1, "号"), section(2, "まとめ"), section(3, "細目"), section(4, "x")]) == ("細目",)
    one = [section(1, "号"), section(2, "Kubernetes 1.25"), section(3, "一"), section(3, "二"), section(2, "あとがき")]
    assert topics_of(one) == ("一", "二")
    assert topics_of([section(2, "KubeCon"), section(3, "一日目")]) == ("KubeCon",)
    assert topics_of([section(1, "号")]) == topics_of([]) == ()


def test_rubrics_are_topics_only_beside_others_and_where_there_is_nothing_below() -> None:
    found = [
        section(2, "news 📺"),
        section(3, "一"),
        section(2, "know-how 🎓"),
        section(3, "二"),
        section(2, "あとがき"),
    ]
    assert topics_of(found) == ("一", "二")
    assert topics_of([*found, section(2, "三")]) == ("news 📺", "know-how 🎓", "三")
    assert topics_of([section(2, "小ネタ"), section(2, "ニュース")]) == ("小ネタ", "ニュース")
