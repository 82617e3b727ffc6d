"""Which headings of an issue carry its news, what a title made of them is, and which titles say nothing."""

from __future__ import annotations

import pytest
from neco_weekly.grammar.issue_news import (
    count_within,
    news_of,
    rest_of_title,
    title_of_topics,
    width_of,
    without_references,
)
from neco_weekly.grammar.reading_time import minutes_to_read
from neco_weekly.issues.scan import Scanner

LONG = "とても長い見出しがここにあって、ひとつだけで六十字をこえてしまうので、どこかで切るほかありませんが、" * 2

OUTLINES = {
    "rubrics give way to what stands below": (
        "## ✨ New Features\n### Argo CD v2\n### Loki 2.6\n## 👀 Articles\n### SLO の話\n### pledge\n## あとがき",
        ["Argo CD v2", "Loki 2.6", "SLO の話", "pledge"],
    ),
    "the team's own section comes behind": (
        "## 人の話\n## Notes\n### 一\n### 二\n### 三",
        ["一", "二", "三", "人の話"],
    ),
    "a section without parts is news": (
        "## CEL\n### KEP-5 規則\n## root\n## 資源\n### スワップ",
        ["規則", "root", "スワップ"],
    ),
    "what looks back or frames is none": (
        "## 前の号に書いたこと\n## 前の2回からの訂正\n## 先週号の補足\n## 本題\n## 付録：確かめる\n## そのほか",
        ["本題"],
    ),
    "of the same words the first": ("## 続き\n## 続き\n## KEP-1 続き", ["続き"]),
    "rubrics alone": ("## 記事\n## ツール", ["記事", "ツール"]),
    "nothing": ("文だけ", []),
}


def test_news_are_the_headings_without_others_below() -> None:
    scanner = Scanner()
    found = {
        name: [it.text for it in news_of(scanner.scan(f"# 号\n\n{text}").sections)]
        for name, (text, _) in OUTLINES.items()
    }
    assert found == {name: news for name, (_, news) in OUTLINES.items()}


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("#127 Add support for user namespaces", "Add support for user namespaces"),
        ("#5 PodSecurityPolicy + #2579 PodSecurity admission", "PodSecurityPolicy + PodSecurity admission"),
        ("KEP-2091: Add support", "Add support"),
        ("ユーザー名前空間 (KEP-127)", "ユーザー名前空間"),
        ("スワップ（#2400）の話", "スワップの話"),
        ("KEP-127", "KEP-127"),
        ("KEP-127 のその後", "KEP-127 のその後"),
        ("C# 8 と F#3", "C# 8 と F#3"),
        ("kubernetes/kubernetes#12345 の修正", "kubernetes/kubernetes#12345 の修正"),
    ],
)
def test_references_are_taken_out(heading: str, words: str) -> None:
    assert without_references(heading) == words


def test_a_title_has_three_topics_and_sixty_characters() -> None:
    table = [
        (["あ", "い", "う", "え"], "あ、い、う"),
        (["一" * 30, "二" * 30, "三" * 10], f"{'一' * 30}、{'三' * 10}"),
        (["a" * 100, "二" * 10], "a" * 100),
        ([], ""),
    ]
    assert [title_of_topics(topics, "、") for topics, _ in table] == [title for _, title in table]
    cut = title_of_topics([LONG, "次"], "、")
    assert (cut[-1], LONG.startswith(cut[:-1])) == ("…", True)
    assert width_of(cut) <= 60


def test_titles_that_say_only_when() -> None:
    nothing = (
        *("Neco Weekly (2022-08-26号)", "neco weekly #5", "第5回", "Neco Weekly 第5号（2022年8月26日）", "2022/08/26"),
        *("Neco Weekly Vol. 12", "Aug 26, 2022", "ＮＥＣＯ　Weekly 5", "Neco Weekly – Week 34", "5"),
    )
    something = ("Neco Weekly 年末号", "Kubernetes 1.25 を読む", "第5回 cgroup v2", "月次報告", "Neco と Weekly の話")
    assert [it for it in nothing if rest_of_title(it, "Neco Weekly")] == []
    assert [it for it in something if not rest_of_title(it, "Neco Weekly")] == []


def test_minutes_are_counted_for_japanese_words_and_code() -> None:
    code = "```sh\n" + "kubectl get pods\n" * 400 + "```\n"
    table = {
        "nothing": ("", "", 1),
        "500 kana and kanji a minute": ("漢字かな交じり文です。" * 250, "", 5),
        "265 words a minute": ("one two don't " * 265, "", 3),
        "both": ("漢" * 500 + " word" * 530, "", 3),
        "code counts a quarter": ("漢" * 500 + " kubectl get pods" * 400, code, 2),
    }
    assert {name: minutes_to_read(text, body) for name, (text, body, _) in table.items()} == {
        name: minutes for name, (_, _, minutes) in table.items()
    }


@pytest.mark.parametrize(
    ("text", "widest", "count"), [("", 3, 0), ("猫の話", 3, 3), ("猫の話", 2.9, 2), ("猫abc", 2.2, 3), ("猫", 0, 0)]
)
def test_how_many_characters_fit(text: str, widest: float, count: int) -> None:
    assert count_within(text, widest) == count
    assert width_of(text[:count]) <= widest
