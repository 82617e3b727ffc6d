"""Matters of style, of which only `neco check` tells: what is told, where, and what is not."""

from __future__ import annotations

import datetime as dt

import pytest
from neco_weekly.grammar.front_matter import take_apart
from neco_weekly.grammar.issue_files import IssueFile
from neco_weekly.issues.checks import check
from neco_weekly.issues.image_checks import LARGEST, image_problems
from neco_weekly.issues.index import Index, build_index, make_issue
from neco_weekly.issues.problem_kinds import KINDS
from neco_weekly.issues.scan import Scanner
from neco_weekly.issues.silenced import heard, unknown_codes
from neco_weekly.issues.stage_checks import stage_problems
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.store import Lock
from neco_weekly.model.keps import Stage
from neco_weekly.model.releases import load_releases

from tests.histories import enhancement, record, state
from tests.lock_fixture import LOCK

SCANNER = Scanner()
PATH = "issues/2022/08/2022-08-26.md"
URL = "https://example.com/a"


def index_of(text: str, path: str = PATH) -> Index:
    parts = take_apart(text)
    return build_index([make_issue(path, parts, SCANNER.scan(parts.body, IssueFile(path=path, meta=parts.meta)))])


def told(text: str) -> list[tuple[str, int]]:
    """The codes of style that are told of a text, each with its line."""
    found = check(index_of(f"# 題\n\n{text}"), LOCK, lambda _: True, style=True)
    return [(it.code, it.line) for it in found if KINDS[it.code].only_check]


PLANTED = {
    "a level is skipped": ("## 一\n\n#### 二", "heading-jump", 5),
    "a level is skipped by the first heading": ("### 一", "heading-jump", 3),
    "a heading of two lines": ("一\n---\n\n#### 二", "heading-jump", 6),
    "the same card twice": (f"{URL}\n\n文\n\n{URL}", "repeated-link", 7),
    "items alike": (f"- [記事]({URL})\n- [同じ記事]({URL}?utm_source=x)", "repeated-link", 4),
    "the same words in a paragraph": (f"[記事]({URL})と\n[記事]({URL})", "repeated-link", 4),
    "a picture without words": ("文\n\n![](a.png)", "image-without-alt", 5),
    "a picture whose words are spaces": ("![ ](a.png)", "image-without-alt", 3),
    "a picture of HTML without words": ('<img src="a.png">', "image-without-alt", 3),
    "a picture of HTML in a line": ("文 <img src='a.png'>", "image-without-alt", 3),
    "a long vowel": ("サーバーとサーバ", "term-in-two-ways", 3),
    "a long vowel in another paragraph": ("ユーザ\n\n- 一\n- ユーザー", "term-in-two-ways", 6),
    "capitals within a word": ("GitHub\n\nGithub", "term-in-two-ways", 5),
}

SILENT = {
    "levels go up as they like": "## 一\n\n### 二\n\n#### 三\n\n## 四",
    "a heading with a link and a card": f"## [記事]({URL})\n\n{URL}",
    "a link of other words": f"[記事]({URL})と[これ]({URL})",
    "the same link in another paragraph": f"[記事]({URL})の話\n\n[記事]({URL})の話",
    "a byline in each section": f"## 一\n\n筆者: [@a]({URL})\n\n## 二\n\n筆者: [@a]({URL})",
    "a card and an item of a list": f"{URL}\n\n- {URL}",
    "cells of a table": f"| a | b |\n| --- | --- |\n| [1]({URL}) | [1]({URL}) |",
    "a section of references": f"- {URL}\n\n## 参考\n\n- {URL}",
    "places of one page": f"- {URL}#a\n- {URL}#b",
    "KEPs": "KEP-127\n\nhttps://kep.k8s.io/127\n\n- https://kep.k8s.io/127",
    "decoration": '<img src="a.png" alt="">',
    "decoration in a line": "文 <img src='a.png' alt='' width=400> と文",
    "words": "![図](a.png)",
    "the name of another's page": f"GitHub の [Github とサーバ]({URL})",
    "words in code": "GitHub の `Github` とサーバー\n\n```\nサーバ\n```",
    "words in a quote": "サーバー\n\n> サーバ",
    "the beginning of a sentence": "Pod の話と pod の話",
}


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_planted_is_found(name: str) -> None:
    text, code, line = PLANTED[name]
    assert told(text) == [(code, line)]


def test_what_is_honest_is_silent() -> None:
    assert {name: found for name, text in SILENT.items() if (found := told(text))} == {}


def test_a_build_tells_of_none_of_it() -> None:
    texts = [text for text, _, _ in PLANTED.values()]
    found = [it for text in texts for it in check(index_of(f"# 題\n\n{text}"), LOCK, lambda _: True)]
    assert {it.code for it in found} <= {"card-not-fetched"}


def test_front_matter_counts_as_lines() -> None:
    text = f"---\ntags: [a]\n---\n# 題\n\n{URL}\n\n文\n\n{URL}"
    (problem,) = [it for it in check(index_of(text), LOCK, lambda _: True, style=True) if it.code == "repeated-link"]
    assert (problem.line, problem.message) == (
        10,
        f"the link {URL} stands here once more, 4 lines below the first",
    )


# --- pictures -----------------------------------------------------------------------------------------------------


def test_a_large_picture_is_told_once_with_its_size() -> None:
    index = index_of("![図](a.png)\n\n![図](a.png)\n\n![図](b.png)\n\n![図](https://example.com/c.png)")
    sizes = {"issues/2022/08/a.png": LARGEST + 34_000, "issues/2022/08/b.png": LARGEST}
    (problem,) = image_problems(index, sizes.get, "docs")
    assert (problem.line, problem.message) == (1, "the picture a.png has 534 kB")


# --- stages -------------------------------------------------------------------------------------------------------

HISTORY = (
    record("2022-05-01", state(Stage.ALPHA, alpha="v1.25")),
    record("2024-02-01", state(Stage.BETA, alpha="v1.25", beta="v1.30")),
)
KNOWN = KepsAsOf(
    Lock(as_of=dt.date(2026, 7, 24), fetched={127: enhancement(*HISTORY), 128: LOCK.fetched[128]}), load_releases()
)


def stages(text: str, day: str = "2024-06-07") -> list[tuple[str, int]]:
    found = stage_problems(index_of(f"# 題\n\n{text}", f"issues/{day}.md").decided(KNOWN.lock), KNOWN, "docs")
    return [(it.code, it.line) for it in found]


WRONG = (
    "KEP-127 は stable になりました。",
    "- 話題: KEP-127 は GA です。",
    "## KEP-127 が stable に\n\n文です。",
    "[ユーザー名前空間](https://github.com/kubernetes/enhancements/issues/127)は stable です。",
    "[#127](https://github.com/kubernetes/enhancements/issues/127) は stable です。ほかの話です。",
    "KEP-127 はまだ alpha です。",
)

RIGHT = (
    "KEP-127 は beta になりました。",
    "KEP-127 は v1.25 で alpha になりました。",
    "KEP-127 は v1.36 で stable です。",
    "KEP-127 は stable の予定です。",
    "KEP-127 と KEP-128 は stable です。",
    "KEP-127 の話です。ほかの機能は stable です。",
    "| 番号 | 段階 |\n| --- | --- |\n| KEP-127 | stable |",
    "`KEP-127` は stable です。",
    "KEP-999 は stable です。",
)


def test_a_stage_that_had_not_shipped_is_told() -> None:
    assert [text for text in WRONG if [code for code, _ in stages(text)] != ["stage-contradiction"]] == []
    assert [(text, found) for text in RIGHT if (found := stages(text))] == []


def test_the_issue_s_day_decides() -> None:
    text = "KEP-127 は beta です。"
    assert [bool(stages(text, day)) for day in ("2023-06-02", "2024-06-07")] == [True, False]


def test_what_had_shipped_is_said() -> None:
    index = index_of("# 題\n\n文\n\nKEP-127 は stable です。", "issues/2024-06-07.md").decided(KNOWN.lock)
    (problem,) = stage_problems(index, KNOWN, "docs")
    assert str(problem) == (
        "docs/issues/2024-06-07.md:5: 'KEP-127 は stable です。' is not what had shipped of KEP-127 on 2024-06-07: "
        "beta v1.30; correct the stage, or say that it is a plan"
    )


# --- silence ------------------------------------------------------------------------------------------------------


def test_marks_and_settings_silence_what_they_name() -> None:
    mark = "<!-- neco: ignore image-without-alt -->"
    index = index_of(f"---\na: 1\n---\n# 題\n\n![](a.png) {mark}\n\n{mark}\n![](b.png)\n\n![](c.png)\n\n#127")
    found = check(index, LOCK, lambda _: True, style=True)
    assert [(it.code, it.line) for it in heard(found, index, "docs")] == [
        ("image-without-alt", 11),
        ("bare-number", 13),
    ]
    assert [it.code for it in heard(found, index, "docs", ("image-without-alt",))] == ["bare-number"]


def test_a_code_that_no_problem_has_is_told() -> None:
    index = index_of("# 題\n\n文 <!-- neco: ignore bare-numbers, zzz -->\n\n文 <!-- neco: ignore -->")
    assert [(it.line, it.message) for it in unknown_codes(index, "docs")] == [
        (3, "no problem has the code 'bare-numbers', which is to be ignored (bare-number ?)"),
        (3, "no problem has the code 'zzz', which is to be ignored"),
        (5, "no problem has the code 'ignore', which is to be ignored"),
    ]
