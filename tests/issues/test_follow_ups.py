"""What later issues say of earlier ones: which section a link follows up, what a correction corrects, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from neco_weekly.grammar.front_matter import take_apart
from neco_weekly.hosts.project import load_project
from neco_weekly.issues.checks import check
from neco_weekly.issues.follow_ups import corrected_days, follow_ups
from neco_weekly.issues.index import Index, build_index, make_issue
from neco_weekly.issues.problems import Problem
from neco_weekly.issues.scan import Scanner
from neco_weekly.lock.store import Lock

from tests.sites import PROJECT

_SITE = load_project(PROJECT / "mkdocs.yml")
SITE_URL = "https://neco.test/weekly/"
SCANNER = Scanner(_SITE.extensions, _SITE.extension_configs, site_url=SITE_URL)
OLD = "issues/2022/08/2022-08-26.md"
OLD_TEXT = """# 8 月の号

KEP-3352 と KEP-1287。

## 名前空間

KEP-127 の話です。<span id="mid">中ほど</span>

### 小さな 話

KEP-1287 と、もう一度 KEP-127。CVE-2025-1974 も。

## 資源

KEP-1287 について。KEP-1287 は KEP-2008 と違います。
"""


def index(**texts: str) -> Index:
    """The index of the issue of August and of others: `d0901` is that of the first of September."""
    files = {OLD: OLD_TEXT, **{f"issues/2022/{it[1:3]}/2022-{it[1:3]}-{it[3:]}.md": text for it, text in texts.items()}}
    return build_index(
        make_issue(path, take_apart(it), SCANNER.scan(take_apart(it).body)) for path, it in files.items()
    )


def said(text: str, **more: str) -> list[str]:
    """What is said at places of the issue of August: by the issue of September, whose text this is, and by others."""
    found = follow_ups(index(d0901=f"# 9 月の号\n\n{text}", **more)).get(OLD, ())
    return [
        f"{it.anchor or 'head'} ← {it.day:%m-%d} {'訂正 ' if it.is_correction else ''}{it.heading.text}" for it in found
    ]


LINKS: Mapping[str, tuple[str, list[str]]] = {
    "a section": ("## 続き\n\n[前](../08/2022-08-26.md#資源)", ["資源 ← 09-01 続き"]),
    "a place in a section": ("## 続き\n\n[前](../08/2022-08-26.md#mid)", ["mid ← 09-01 続き"]),
    "a topic": ("## GHSA\n\nCVE-2025-1974: [前](../08/2022-08-26.md)", ["小さな-話 ← 09-01 GHSA"]),
    "percent signs": ("## 続き\n\n[前](../08/2022-08-26.md#%E8%B3%87%E6%BA%90)", ["資源 ← 09-01 続き"]),
    "an address of the built site": ("## 続き\n\n[前](../../08/2022-08-26/#資源)", ["資源 ← 09-01 続き"]),
    "from the site's root": ("## 続き\n\n[前](/issues/2022/08/2022-08-26.md#資源)", ["資源 ← 09-01 続き"]),
    "from the host's root": ("## 続き\n\n[前](/weekly/issues/2022/08/2022-08-26/#資源)", ["資源 ← 09-01 続き"]),
    "the whole address": (f"## 続き\n\n[前]({SITE_URL}issues/2022/08/2022-08-26/#資源)", ["資源 ← 09-01 続き"]),
    "with a file's name": (f"## 続き\n\n[前]({SITE_URL}issues/2022/08/2022-08-26.html)", ["head ← 09-01 続き"]),
    "another scheme": ("## 続き\n\n<http://NECO.test:80/weekly/issues/2022/08/2022-08-26/>", ["head ← 09-01 続き"]),
    "a bare URL in a sentence": (f"## 続き\n\n前は {SITE_URL}issues/2022/08/2022-08-26/ です", ["head ← 09-01 続き"]),
    "a card": (f"## 続き\n\n{SITE_URL}issues/2022/08/2022-08-26/#資源", ["資源 ← 09-01 続き"]),
    "a titled link": (f"## 続き\n\n詳しくは [{SITE_URL}issues/2022/08/2022-08-26/:title]", ["head ← 09-01 続き"]),
    "HTML": ('## 続き\n\n<a href="../08/2022-08-26.md#資源">前</a>', ["資源 ← 09-01 続き"]),
    "a reference": ("## 続き\n\n[前][r]\n\n[r]: ../08/2022-08-26.md#資源", ["資源 ← 09-01 続き"]),
    "in the heading itself": ("## [続き](../08/2022-08-26.md#資源)", ["資源 ← 09-01 続き"]),
    "in a footnote of a section": ("## 続き\n\n文[^1]\n\n[^1]: [前](../08/2022-08-26.md#資源)", ["資源 ← 09-01 続き"]),
    "below no section": ("[前](../08/2022-08-26.md#資源)", ["資源 ← 09-01 9 月の号"]),
    "another host": ("## 続き\n\n<https://neco.example/weekly/issues/2022/08/2022-08-26/>", []),
    "another path of the host": ("## 続き\n\n<https://neco.test/issues/2022/08/2022-08-26/>", []),
    "another scheme altogether": ("## 続き\n\n<ftp://neco.test/weekly/issues/2022/08/2022-08-26/>", []),
    "code": ("## 続き\n\n`[前](../08/2022-08-26.md#資源)`", []),
    "a picture": ("## 続き\n\n![前](../08/2022-08-26.md#資源)", []),
    "the issue itself": ("## 続き\n\n[ここ](2022-09-01.md#続き) [ここ](#続き)", []),
    "no issue": ("## 続き\n\n[家](../../../index.md) [紙](../08/a.pdf)", []),
    "one line for a section": (
        "## 続き\n\n[前](../08/2022-08-26.md#資源) [また](../08/2022-08-26.md#資源) [号](../08/2022-08-26.md)",
        ["資源 ← 09-01 続き"],
    ),
    "two sections": (
        "## 一\n\n[前](../08/2022-08-26.md#資源)\n\n### 二\n\n[前](../08/2022-08-26.md#資源)",
        ["資源 ← 09-01 一", "資源 ← 09-01 二"],
    ),
    "a KEP in common": ("## KEP-127\n\n[前](../08/2022-08-26.md)", ["名前空間 ← 09-01 KEP-127"]),
    "most KEPs in common": (
        "## 続き\n\n[前](../08/2022-08-26.md) KEP-127 と KEP-1287",
        ["小さな-話 ← 09-01 続き"],
    ),
    "a KEP most often": ("## 続き\n\n[前](../08/2022-08-26.md) KEP-1287", ["資源 ← 09-01 続き"]),
    "a KEP of the head alone": ("## 続き\n\n[前](../08/2022-08-26.md) KEP-3352", ["head ← 09-01 続き"]),
    "a KEP of another section": (
        "## 続き\n\n[前](../08/2022-08-26.md)\n\n## KEP-127",
        ["head ← 09-01 続き"],
    ),
    "a place that is gone": ("## KEP-127\n\n[前](../08/2022-08-26.md#なくなった)", ["名前空間 ← 09-01 KEP-127"]),
    "the top": ("## 続き\n\n[前](../08/2022-08-26.md#top)", ["head ← 09-01 続き"]),
    "a heading of a picture": ("## ![](a.png)\n\n[前](../08/2022-08-26.md#資源)", ["資源 ← 09-01 9 月の号"]),
}


def test_where_a_link_leads() -> None:
    found = {name: said(text) for name, (text, _) in LINKS.items()}
    assert found == {name: expected for name, (_, expected) in LINKS.items()}


CORRECTED = "[8 月の「資源」](../08/2022-08-26.md#資源)は beta でなく alpha です。ほかは正しいです。"
SHOWN = "資源 ← 09-01 訂正 8 月の「資源」は beta でなく alpha です。"
CORRECTIONS: Mapping[str, tuple[str, list[str]]] = {
    "a box": (f":::correction\n{CORRECTED}\n:::", [SHOWN]),
    "a box in Japanese": (f"::: 訂正\n{CORRECTED}\n:::", [SHOWN]),
    "a box of Material": (f"!!! correction\n    {CORRECTED}", [SHOWN]),
    "an address in the first line": (
        ":::correction ../08/2022-08-26.md#資源\nalpha です。\n:::",
        ["資源 ← 09-01 訂正 alpha です。"],
    ),
    "a link in the first line": (
        ":::correction [資源](../08/2022-08-26.md#資源)\nalpha です。\n:::",
        ["資源 ← 09-01 訂正 alpha です。"],
    ),
    "a paragraph that is but a link": (
        ":::correction\n[資源](../08/2022-08-26.md#資源)\n\nalpha です。\n:::",
        ["資源 ← 09-01 訂正 alpha です。"],
    ),
    "nothing but a link": (
        ":::correction\n[資源](../08/2022-08-26.md#資源)\n:::",
        ["資源 ← 09-01 訂正 資源"],
    ),
    "a paragraph": (f"訂正：{CORRECTED}", [SHOWN]),
    "a strong word": (f"**訂正**: {CORRECTED}", [SHOWN]),
    "an English word": (f"corrects: {CORRECTED}", [SHOWN]),
    "an item of a list": (f"- 一\n- 訂正：{CORRECTED}", [SHOWN]),
    "in a list": (f"- 一\n\n    :::correction\n    {CORRECTED}\n    :::", [SHOWN]),
    "in a quote": (f"> :::correction\n> {CORRECTED}\n> :::", [SHOWN]),
    "in a box": (f"::::message\n:::correction\n{CORRECTED}\n:::\n::::", [SHOWN]),
    "in a correction": (
        f"::::correction\n:::correction\n{CORRECTED}\n:::\n[号](../08/2022-08-26.md)も。\n::::",
        [SHOWN, "head ← 09-01 訂正 号も。"],
    ),
    "a paragraph of a box": (f":::correction\n訂正：{CORRECTED}\n:::", [SHOWN]),
    "a word within a box": (
        ":::correction\n[資源](../08/2022-08-26.md#資源)の訂正：alpha です。\n:::",
        ["資源 ← 09-01 訂正 資源の訂正：alpha です。"],
    ),
    "not closed": (f":::correction\n{CORRECTED}", [SHOWN]),
    "two of one section": (
        f":::correction\n{CORRECTED}\n:::\n\n訂正：[資源](../08/2022-08-26.md#資源)は v1.25 です。",
        [SHOWN, "資源 ← 09-01 訂正 資源は v1.25 です。"],
    ),
    "a second link is a follow-up": (
        f":::correction\n{CORRECTED}[名](../08/2022-08-26.md#名前空間)は正しいです。\n:::",
        [SHOWN, "名前空間 ← 09-01 9 月の号"],
    ),
    "a link beside it": (f"[号](../08/2022-08-26.md)の誤り\n\n:::correction\n{CORRECTED}\n:::", [SHOWN]),
    "a word that stands elsewhere": ("これは訂正：[資源](../08/2022-08-26.md#資源)です。", ["資源 ← 09-01 9 月の号"]),
    "another box": ("!!! note\n    [資源](../08/2022-08-26.md#資源)です。", ["資源 ← 09-01 9 月の号"]),
    "a long sentence": (
        f"訂正：[号](../08/2022-08-26.md){'長' * 200}",
        [f"head ← 09-01 訂正 号{'長' * 118}…"],
    ),
    "no link": (":::correction\n誤りです。\n:::", []),
}


def test_what_a_correction_corrects() -> None:
    found = {name: said(text) for name, (text, _) in CORRECTIONS.items()}
    assert found == {name: expected for name, (_, expected) in CORRECTIONS.items()}


def test_a_correction_leads_to_its_own_place() -> None:
    (first, second) = follow_ups(index(d0901=f"訂正：{CORRECTED}\n\n:::correction\n{CORRECTED}\n:::"))[OLD]
    assert (first.heading.anchor, second.heading.anchor) == ("neco-correction-1", "neco-correction-2")


def test_the_newest_comes_last_and_only_earlier_issues_are_followed_up() -> None:
    link = "## {}\n\n[八](../08/2022-08-26.md#資源) [九](../09/2022-09-01.md#九) [十](../10/2022-10-01.md#十)"
    found = follow_ups(index(d1001=link.format("十"), d0901=link.format("九")))
    assert [(it.day.month, it.heading.text) for it in found[OLD]] == [(9, "九"), (10, "十")]
    assert [(it.day.month, it.heading.text) for it in found["issues/2022/09/2022-09-01.md"]] == [(10, "十")]
    assert "issues/2022/10/2022-10-01.md" not in found


def test_what_has_no_day_or_the_same_day_follows_nothing_up() -> None:
    texts = {
        OLD: "# 号\n\n[無](../../a.md) [同](2022-08-26-b.md)",
        "issues/2022/08/2022-08-26-b.md": "# 同じ日\n\n[前](2022-08-26.md)",
        "issues/a.md": f"# 日のない号\n\n[前](/{OLD})",
    }
    scanned = [make_issue(path, take_apart(text), SCANNER.scan(text)) for path, text in texts.items()]
    assert follow_ups(build_index(scanned)) == {}


def test_the_day_of_the_last_correction() -> None:
    correction = "訂正：[資源](../08/2022-08-26.md#資源)"
    follow_up = "[資源](../08/2022-08-26.md#資源)"
    found = corrected_days(follow_ups(index(d0901=correction, d0908=correction, d0915=follow_up)))
    assert {path: str(day) for path, day in found.items()} == {OLD: "2022-09-08"}


# --- what is wrong ------------------------------------------------------------------------------------------------


def problems(text: str, **more: str) -> list[Problem]:
    found = check(index(d0901=f"---\ndate: 2022-09-01\n---\n# 9 月の号\n\n{text}", **more), Lock(), lambda _: True)
    return [it for it in found if it.code in ("missing-anchor", "correction-of-nothing")]


NO_ISSUE, NOT_EARLIER = "links to no issue", "links to no earlier issue"
WRONG = {
    "no link": (":::correction\n文\n:::", NO_ISSUE),
    "no issue": (":::correction\n[家](../../../index.md)\n:::", NO_ISSUE),
    "another site": (":::correction https://example.org/a.md\n文\n:::", NO_ISSUE),
    "no page": (":::correction\n[前](2022-08-26.md)\n:::", NO_ISSUE),
    "a later issue": (":::correction\n[次](2022-09-08.md)\n:::", NOT_EARLIER),
    "the issue itself": (":::correction #節\n文\n:::", NOT_EARLIER),
    "a later issue first": (":::correction\n[次](2022-09-08.md) [前](../08/2022-08-26.md)\n:::", NOT_EARLIER),
}


def test_a_box_that_corrects_nothing_is_told_with_its_line() -> None:
    found = {name: problems(text, d0908="# 次") for name, (text, _) in WRONG.items()}
    told = {name: [(it.code, it.line, it.message) for it in them] for name, them in found.items()}
    message = "the box of a correction {}, so that no issue shows the correction"
    assert told == {name: [("correction-of-nothing", 6, message.format(why))] for name, (_, why) in WRONG.items()}


@pytest.mark.parametrize(
    "text", ["訂正：文", "訂正：[家](../../../index.md)", ":::correction\n[前](../08/2022-08-26.md)\n:::"]
)
def test_no_problem_is_what_may_be_meant_so(text: str) -> None:
    assert problems(text) == []


@pytest.mark.parametrize(
    "address",
    [
        "../08/2022-08-26.md#資源 の話",
        "/issues/2022/08/2022-08-26.md#資源 の話",
        f"{SITE_URL}issues/2022/08/2022-08-26/#x",
    ],
)
def test_a_place_that_is_gone_is_told_with_its_line(address: str) -> None:
    (found,) = problems(f"文\n\n[前](<{address}>)")
    assert (found.code, found.line, found.path) == ("missing-anchor", 8, "docs/issues/2022/09/2022-09-01.md")
    assert f"leads to no place of docs/{OLD}" in found.message


def test_a_circle_and_a_heap_of_links_end() -> None:
    circle = "## 節\n\n[八](../08/2022-08-26.md) [九](../09/2022-09-01.md#節) [十](../10/2022-10-01.md#節)"
    heap = "\n\n".join(f"## 節 {number}\n\n[前](../08/2022-08-26.md#資源)" for number in range(1000))
    found = follow_ups(index(d0901=circle, d1001=circle, d1101=heap))
    assert [len(found[path]) for path in sorted(found)] == [1002, 1]
