"""The pages of a KEP and of a SIG: history in words, oddities with reasons, mentions with their words, relations."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup, Tag
from neco_weekly.display.words import load_strings
from neco_weekly.issues.index import build_index
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.overrides import Override
from neco_weekly.lock.store import Lock
from neco_weekly.model.issues import Heading, Issue, Mention
from neco_weekly.model.keps import Claim, Details, Enhancement, Gap, Reference, Source, Stage, Status
from neco_weekly.model.releases import load_releases
from neco_weekly.site.pages import Site
from neco_weekly.site.pages.kep import oddities

from tests.histories import ALPHA, BETA, STABLE, USER_NAMESPACES, enhancement, record, state

NOW = dt.date(2026, 7, 24)


def issue(day: str, *keps: int, heading: str = "節", paragraph: str = "") -> Issue:
    """An issue that mentions KEPs under one heading."""
    under = Heading(text=heading, anchor=heading)
    return Issue(
        path=f"issues/{day}.md",
        title=f"Weekly {day}",
        date=dt.date.fromisoformat(day),
        number=None,
        mentions=tuple(Mention(kep=number, written="", heading=under, paragraph=paragraph) for number in keps),
    )


def site(
    *keps: Enhancement,
    issues: tuple[Issue, ...] = (),
    locale: str = "ja",
    overrides: dict[int, Override] | None = None,
    irregular: dict[str, str] | None = None,
) -> Site:
    """A site whose issues mention all these KEPs, if no others are given."""
    known = issues or (issue("2022-08-26", *(kep.number for kep in keps)),)
    fetched = {kep.number: kep for kep in keps}
    lock = Lock(as_of=NOW, fetched=fetched, overrides=overrides or {}, irregular=irregular or {})
    return Site(build_index(known), KepsAsOf(lock, load_releases()), load_strings(locale))


def page(found: Site, path: str = "keps/127.md") -> BeautifulSoup:
    (body,) = [each.body for each in found.pages("N") if each.path == path]
    return BeautifulSoup(body, "html.parser")


def words(element: Tag) -> str:
    return " ".join(element.get_text(" ").split())


def row(html: BeautifulSoup, name: str) -> Tag:
    """The cell of a fact."""
    (cell,) = [head.find_next("td") for head in html.select(".neco-facts th") if head.text == name]
    assert isinstance(cell, Tag)
    return cell


def links(element: Tag) -> list[tuple[str, str]]:
    return [(words(link), unquote(str(link["href"]))) for link in element.select("a")]


# --- history ------------------------------------------------------------------------------------------------------


def test_the_history_is_told_newest_first_with_its_pull_requests() -> None:
    html = page(site(USER_NAMESPACES))
    changes = html.select(".neco-history > li")
    assert [words(item) for item in changes] == [
        "2026-03-25 PR #5968 状態: 実装可能 (implementable) → 実装済み (implemented)",
        "2026-02-05 PR #5847 段階: beta → stable 最新のマイルストーン: v1.33 → v1.36 "
        "beta のマイルストーン: v1.33 → v1.35 "
        "stable のマイルストーン: — → v1.36",
        "2025-02-04 PR #5118 最新のマイルストーン: v1.30 → v1.33 beta のマイルストーン: v1.30 → v1.33",
        "2024-02-09 PR #4439 段階: alpha → beta 最新のマイルストーン: v1.25 → v1.30 beta のマイルストーン: — → v1.30",
        "2022-06-09 PR #3275 段階: — → alpha 状態: 提案中 (provisional) → 実装可能 (implementable) "
        "最新のマイルストーン: — → v1.25 alpha のマイルストーン: — → v1.25",
        "2022-03-09 記録の始まり: 段階未定 提案中 (provisional)",
    ]
    assert links(changes[0])[0] == ("PR #5968", "https://github.com/kubernetes/enhancements/pull/5968")
    assert [words(it) for it in html.select("details:has(.neco-history) summary")] == ["これより前の変更 1 件"]
    assert [len(it.find_all("li", recursive=False)) for it in html.select(".neco-history")] == [5, 1]
    assert [it.get("start") for it in html.select(".neco-history")] == ["6", None]  # numbered from the oldest


def test_a_commit_is_linked_where_the_source_is_github_itself() -> None:
    first = USER_NAMESPACES.history[0]
    seen = replace(first, source=replace(first.source, commit="0123456789abcdef"))
    (history,) = page(site(replace(USER_NAMESPACES, history=(seen,)))).select(".neco-history")
    assert links(history) == [("01234567", "https://github.com/kubernetes/enhancements/commit/0123456789abcdef")]


@pytest.mark.parametrize(
    ("gap", "then", "now"),
    [
        ("deleted", "kep.yaml がなくなりました", "kep.yaml がありません"),
        ("ambiguous", "同じ番号の kep.yaml が複数になりました", "同じ番号の kep.yaml が複数あります"),
        ("unreadable", "kep.yaml を読めませんでした", "読めていません"),
    ],
)
def test_a_gap_is_told_where_it_began_and_at_the_top_while_it_lasts(gap: Gap, then: str, now: str) -> None:
    lasting = page(site(enhancement(record("2022-01-01", state(ALPHA)), record("2023-01-01", gap))))
    assert then in words(lasting.select(".neco-history > li")[0])
    assert now in words(lasting.select(".admonition.warning")[0])
    over = page(
        site(
            enhancement(
                record("2022-01-01", state(ALPHA)), record("2023-01-01", gap), record("2024-01-01", state(BETA))
            )
        )
    )
    assert over.select(".admonition.warning") == []


def test_what_an_api_said_is_told_as_seen_on_a_day() -> None:
    kep = enhancement(record("2026-07-01", state(ALPHA), kind="keps-json", observed=True))
    (history,) = page(site(kep)).select(".neco-history")
    assert words(history) == "2026-07-01 keps.json この日に確認: alpha 実装可能 (implementable)"


def test_plans_that_were_rewritten_are_told_in_a_row() -> None:
    milestones = words(row(page(site(USER_NAMESPACES)), "kep.yaml のマイルストーン"))
    assert "beta v1.35 (v1.30 → v1.33 → v1.35)" in milestones
    assert "alpha v1.25 beta" in milestones, "a plan that never changed has no row of plans"


def test_a_plan_that_was_taken_away_is_told() -> None:
    kep = enhancement(
        record("2022-01-01", state(ALPHA, alpha="v1.25", beta="v1.26")),
        record("2022-06-01", state(ALPHA, alpha="v1.25")),
    )
    assert "beta — (v1.26 → —)" in words(row(page(site(kep)), "kep.yaml のマイルストーン"))


# --- facts --------------------------------------------------------------------------------------------------------

NODE = enhancement(record("2022-01-01", state(ALPHA, title="Other"), number=128), number=128)


def test_people_groups_and_dates() -> None:
    details = Details.of(
        authors=("@a", "@b"), participating_sigs=("sig-auth", "sig-node"), created=dt.date(2016, 10, 25)
    )
    html = page(site(replace(USER_NAMESPACES, details=details), NODE))
    assert words(row(html, "著者")) == "@a、@b"
    assert links(row(html, "関わる SIG")) == [("sig-node", "../sigs/sig-node.md")], "a link where there is a page"
    assert words(html.select(".neco-eyebrow")[0]) == "KEP-127 sig-node 作成 2016-10-25"
    assert links(html.select(".neco-eyebrow")[0]) == [("sig-node", "../sigs/sig-node.md")]


def test_facts_repeat_nothing_of_the_head_and_have_no_empty_row() -> None:
    details = Details.of(created=dt.date(2016, 10, 25), superseded_by=(Reference(kep=128),))
    bare = enhancement(record("2022-01-01", state(None, None)))
    for kep in (replace(USER_NAMESPACES, details=details), bare):
        html = page(site(kep, NODE))
        named = [words(it) for it in html.select(".neco-facts th")]
        assert not {"作成日", "担当 SIG", "後継の提案", "リリース済みの段階", "計画"} & set(named)
        assert [name for name in named if words(row(html, name)) in ("", "—")] == []
        assert "リンク" in named


@pytest.mark.parametrize(
    ("reference", "told", "target"),
    [
        pytest.param(Reference(kep=128), "Other", "128.md", id="a KEP with a page"),
        pytest.param(
            Reference(kep=4), "KEP-4", "https://github.com/kubernetes/enhancements/issues/4", id="a KEP without one"
        ),
        pytest.param(
            Reference(url="https://a.jp/?a&b"), "https://a.jp/?a&b", "https://a.jp/?a&b", id="a page of the web"
        ),
        pytest.param(Reference(text="/keps/sig-x/0012-old.md"), "/keps/sig-x/0012-old.md", None, id="a dead path"),
    ],
)
def test_what_it_refers_to(reference: Reference, told: str, target: str | None) -> None:
    details = Details.of(see_also=(reference,), replaces=(reference,), superseded_by=(reference,))
    html = page(site(replace(USER_NAMESPACES, details=details), NODE))
    for cell in (row(html, "あわせて読む"), row(html, "置き換えた提案"), html.select(".neco-lead")[0]):
        assert told in words(cell)
        assert [it for _, it in links(cell)] == ([target] if target else [])
    assert f"後継の提案 {'KEP-128: Other' if target == '128.md' else told}" in words(html.select(".neco-lead")[0])


# --- oddities -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ({"status": "implementeable"}, "status: implementeable 書き方が違うので implementable と読みました。"),
        ({"stage": "GA"}, "stage: GA 書き方が違うので alpha と読みました。"),
        ({"latest-milestone": "0.0"}, "latest-milestone: 0.0 リリースの番号ではないので、なしとしました。"),
        ({"milestone.beta": "TBD"}, "milestone.beta: TBD リリースの番号ではないので、なしとしました。"),
        (
            {"title": "KEP Template"},
            "title: KEP Template ひな形のままなので、ディレクトリー名から「Support User Namespaces」としました。",
        ),
        ({"owning-sig": "SIG Node"}, "owning-sig: SIG Node SIG の名前として sig-node と読みました。"),
        (
            {"kep.yaml": "it cannot be read as YAML: x"},
            "kep.yaml: it cannot be read as YAML: x YAML として読めないため、行ごとに読みました。",
        ),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_was_written_otherwise_is_shown_with_the_reason(raw: dict[str, str], told: str) -> None:
    html = page(site(enhancement(record("2022-01-01", state(ALPHA, raw=raw)))))
    assert [words(item) for item in html.select(".neco-odd li")] == [told]


def test_a_word_that_names_no_single_value_is_shown_with_the_reason() -> None:
    kep = enhancement(record("2022-01-01", state(None, None, raw={"stage": "alpha|beta|stable", "status": "a|b"})))
    assert [(odd.field, odd.reason, odd.taken) for odd in oddities(kep)] == [
        ("stage", "no_value", None),
        ("status", "no_value", None),
    ]


def test_a_folder_with_another_number_is_shown_with_the_reason() -> None:
    kep = enhancement(record("2022-01-01", state(ALPHA), path="keps/sig-node/2043-pod-resources/kep.yaml"), number=1884)
    (odd,) = page(site(kep), "keps/1884.md").select(".neco-odd li")
    assert (
        words(odd) == "kep-number: 2043 ディレクトリーの番号と kep-number が違うので、kep-number の 1884 としました。"
    )


@pytest.mark.parametrize("digits", ["9" * 5_000, "0" * 5_000], ids=["nines", "noughts"])
def test_a_folder_whose_number_is_no_number_is_no_oddity(digits: str) -> None:
    """Python refuses to read thousands of digits, and git has no limit for a folder's name."""
    kep = enhancement(record("2022-01-01", state(ALPHA), path=f"keps/sig-node/{digits}-a/kep.yaml"), number=1884)
    assert page(site(kep), "keps/1884.md").select(".neco-odd li") == []


def test_a_clean_file_has_no_oddities() -> None:
    assert page(site(USER_NAMESPACES)).select(".neco-odd") == []


def test_files_that_could_not_be_used_are_for_editors_and_not_on_the_index() -> None:
    odd = enhancement(record("2022-01-01", state(ALPHA, raw={"stage": "GA"})))
    why = {"keps/a/0000-x/kep.yaml": "its kep-number is '0000' <b>"}
    html = page(site(odd, irregular=why), "odd-files/index.md")
    assert [words(it) for it in html.select(".neco-odd li")] == ["keps/a/0000-x/kep.yaml its kep-number is '0000' <b>"]
    leading = [it.path for it in site(odd, irregular=why).pages("N") if "odd-files/index.md" in it.body]
    assert leading == ["keps/127.md"]  # where an editor reads what is odd of a KEP
    clean = site(USER_NAMESPACES, irregular=why)
    assert [it.path for it in clean.pages("N") if "odd-files/index.md" in it.body] == []
    assert "odd-files/index.md" not in [it.path for it in site(odd).pages("N")]


# --- contradictions and doubts ------------------------------------------------------------------------------------


def test_sources_that_disagree_are_both_shown_with_their_origin_and_day() -> None:
    claim = Claim(field="stage", value="beta", source=Source(kind="keps-json", date=NOW))
    (told,) = page(site(replace(USER_NAMESPACES, claims=(claim,)))).select(".admonition li")
    assert words(told) == "段階: kep.yamlでは stable、keps.jsonでは beta (2026-07-24)"


def test_a_person_s_word_against_the_file_names_both() -> None:
    html = page(site(USER_NAMESPACES, overrides={127: Override(number=127, stage=Stage.REMOVED)}))
    assert words(html.select(".admonition li")[0]) == "段階: 編集部では廃止、kep.yamlでは stable (2026-03-25)"


def test_a_kep_that_may_be_stale_says_so_at_the_top_and_in_the_index() -> None:
    found = site(enhancement(record("2022-01-01", state(ALPHA))))
    told = "13 リリースのあいだ更新なし（停滞している可能性）"
    assert told in words(page(found).select(".neco-lead")[0])
    assert told in words(page(found, "keps/index.md").select("tbody tr")[0])


# --- mentions -----------------------------------------------------------------------------------------------------


def test_mentions_come_newest_first_with_their_words_and_the_stage_of_their_day() -> None:
    issues = (
        issue("2022-08-26", 127, heading="古い節", paragraph="当時の段落。"),
        issue("2025-03-01", 127, 127, heading="新しい節", paragraph="新しい段落。"),
        issue("2020-01-01", 127),
    )
    (mentions,) = page(site(USER_NAMESPACES, issues=issues)).select(".neco-mentions")
    assert [words(item) for item in mentions.find_all("li", recursive=False)] == [
        "Weekly 2025-03-01 当時 alpha v1.25 予定 beta v1.33 新しい節 新しい段落。",
        "Weekly 2022-08-26 当時 alpha v1.25 古い節 当時の段落。",
        "Weekly 2020-01-01 節",
    ]
    assert links(mentions)[1] == ("新しい節", "../issues/2025-03-01.md#新しい節")


def test_a_heading_has_one_quote_and_the_rest_for_those_who_ask() -> None:
    one = issue("2022-08-26", 127)
    under = one.mentions[0]
    mentions = tuple(
        replace(under, paragraph=text) for text in ("はじめの段落。", "次の段落。", "はじめの段落。", "最後。")
    )
    (passage,) = page(site(USER_NAMESPACES, issues=(replace(one, mentions=mentions),))).select(".neco-mentions li li")
    assert [words(it) for it in passage.select(":scope > blockquote")] == ["はじめの段落。"]
    assert words(passage.select("details > summary")[0]) == "同じ見出しのほかの段落 2 件"
    assert [words(it) for it in passage.select("details blockquote")] == ["次の段落。", "最後。"]


def test_with_our_design_lists_call_an_issue_by_its_topics() -> None:
    """So they do in the archive, on the page of a SIG and where a KEP's page names the issues that mention it."""
    topics = (Heading(text="Pod の権限", anchor="a"), Heading(text="ノード", anchor="b"))
    plain = site(USER_NAMESPACES, issues=(replace(issue("2022-08-26", 127), news=topics),))
    told = {}
    for design in (False, True):
        found = replace(plain, design=design)
        lists = {
            "keps/127.md": ".neco-mentions__issue",
            "issues/index.md": ".neco-issue",
            "sigs/sig-node.md": ".neco-issue",
        }
        told[design] = {words(page(found, path).select(f"{it} > a")[0]) for path, it in lists.items()}
        assert "2022-08-26" in words(page(found).select(".neco-mentions__issue")[0])
    assert told == {False: {"Weekly 2022-08-26"}, True: {"Pod の権限、ノード"}}


def test_issues_stand_on_the_timeline() -> None:
    html = page(site(USER_NAMESPACES))
    assert "Weekly 2022-08-26" in words(html.select("figure.neco-timeline")[0])


# --- relations ----------------------------------------------------------------------------------------------------


def some(number: int, sig: str = "sig-node", *, see_also: tuple[int, ...] = ()) -> Enhancement:
    details = Details.of(see_also=tuple(Reference(kep=other) for other in see_also))
    said = state(STABLE, Status.IMPLEMENTED, title=f"Title {number}", sig=sig)
    return enhancement(record("2022-01-01", said, number=number), number=number, details=details)


def related(html: BeautifulSoup, heading: str) -> list[str]:
    found = html.select(f"h3#{heading} + ul a")
    return [str(link["href"]) for link in found]


def test_related_keps_are_linked_together_and_of_the_same_sig() -> None:
    keps = (some(127, see_also=(1,)), some(1, "sig-a"), some(2, "sig-b", see_also=(127,)), some(3, "sig-c"), some(4))
    issues = (issue("2022-01-01", 127, 3), issue("2022-02-01", 127, 3, 2), issue("2022-03-01", 1, 4))
    html = page(site(*keps, issues=issues))
    assert related(html, "linked") == ["1.md", "2.md"], "it refers to 1, and 2 refers to it"
    assert related(html, "together") == ["3.md", "2.md"], "most often together first"
    assert related(html, "same_sig") == ["4.md"]


def test_not_more_than_a_few_are_shown() -> None:
    html = page(site(*(some(number) for number in range(120, 150))))
    assert len(related(html, "same_sig")) == 8
    assert len(related(html, "together")) == 8
    assert ("sig-node のすべて", "../sigs/sig-node.md") in links(html)


def test_a_kep_without_relations_has_no_empty_heading() -> None:
    assert page(site(USER_NAMESPACES)).select("#related") == []


# --- SIGs ---------------------------------------------------------------------------------------------------------


def test_a_sig_has_its_keps_those_it_takes_part_in_and_the_issues_about_its_own() -> None:
    other = replace(some(2, "sig-auth"), details=Details.of(participating_sigs=("sig-node", "sig-storage")))
    issues = (issue("2022-01-01", 1, 2), issue("2022-02-01", 2), issue("2022-03-01", 3, 1))
    found = site(some(1), other, some(3), issues=issues)
    html = page(found, "sigs/sig-node.md")
    assert [str(link["href"]) for link in html.select("#owned ~ ul")[0].select("a")] == ["../keps/1.md", "../keps/3.md"]
    assert [str(link["href"]) for link in html.select("#participating + ul a")] == ["../keps/2.md"]
    assert [words(item) for item in html.select("#issues + ul li")] == [
        "Weekly 2022-03-01 #3 #1",
        "Weekly 2022-01-01 #1",
    ]


def test_keps_of_a_sig_and_of_the_index_come_by_their_last_change() -> None:
    old = replace(some(1), history=(record("2021-01-01", state(ALPHA), number=1),))
    new = replace(some(2), history=(record("2021-01-01", state(ALPHA)), record("2026-05-05", state(BETA))))
    future = replace(some(3), history=(record("2022-02-02", state(ALPHA)), record("2030-01-01", state(BETA))))
    found = site(old, new, future, some(4))
    order = ["2.md", "3.md", "4.md", "1.md"]
    rows = page(found, "sigs/sig-node.md").select(".neco-kep-rows")[0].select("li")
    assert [links(it)[0][1] for it in rows] == [f"../keps/{it}" for it in order]
    assert [words(it)[:10] for it in rows] == ["2026-05-05", "2022-02-02", "2022-01-01", "2021-01-01"]
    assert [links(it)[0][1] for it in page(found, "keps/index.md").select("tbody tr")] == order


def test_the_table_of_sigs_counts_keps_and_issues() -> None:
    found = site(some(1), some(2, "sig-auth"), issues=(issue("2022-01-01", 1, 2), issue("2022-02-01", 2)))
    rows = page(found, "sigs/index.md").select("tbody tr")
    assert [words(each) for each in rows] == ["sig-auth 1 2 2022-02-01", "sig-node 1 1 2022-01-01"]


@pytest.mark.parametrize("sig", ["../../etc", "sig/node", "SIG Node", "sig-ノード", "", None, "a\x00", "<b>"])
def test_a_name_that_cannot_be_an_address_has_no_page(sig: str | None) -> None:
    found = site(enhancement(record("2022-01-01", state(ALPHA, sig=sig))))
    assert [each.path for each in found.pages("N") if each.path.startswith("sigs/")] == ["sigs/index.md"]
    assert page(found).select("a[href*=sigs][href*='/sig']") == []


# --- the index ----------------------------------------------------------------------------------------------------


def test_a_row_has_what_filters_ask_for() -> None:
    issues = (issue("2022-08-26", 127), issue("2025-03-01", 127), issue("2022-12-01", 127))
    (each,) = page(site(USER_NAMESPACES, issues=issues), "keps/index.md").select("tbody tr")
    assert {name: value for name, value in each.attrs.items() if name.startswith("data-")}.items() >= {
        "data-sig": "sig-node",
        "data-stage": "stable",
        "data-status": "implemented",
        "data-releases": "v1.25 v1.35 v1.36",
        "data-years": "2022 2025",
    }.items()
