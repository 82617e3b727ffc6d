"""Pages of upgrades and the chooser: what they tell, what they do not know, and that page and script tell the same."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from neco_weekly.display.words import load_strings
from neco_weekly.issues.index import build_index
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.store import Lock, load_lock
from neco_weekly.model.gates import FeatureGate
from neco_weekly.model.issues import Heading, Issue, Mention
from neco_weekly.model.keps import Enhancement
from neco_weekly.model.release_facts import KnownReleases
from neco_weekly.model.releases import load_releases
from neco_weekly.model.removed_apis import DeprecationGuide
from neco_weekly.site.pages import Site
from neco_weekly.site.pages.upgrade_data import changes_file
from neco_weekly.sources.announcements.guide import read_guide

from tests.announcements import GUIDE
from tests.gate_lines import gate, gates
from tests.histories import ALPHA, BETA, STABLE, enhancement, record, state
from tests.lock_fixture import HOSTILE
from tests.site.comparisons import all_pairs, changes_of, drawn_by_page, drawn_by_script, texts
from tests.sites import PROJECT, attribute

NOW = dt.date(2026, 7, 24)

REMOVED = DeprecationGuide(date=NOW, removals=tuple(read_guide(GUIDE).removals))
"""A guide of our own, shaped as the real one."""

GATES = [
    ("beta 1.30 on",),
    ("alpha 1.30-1.34 off", "beta 1.35 on"),
    ("alpha 1.22-1.34 off", "beta 1.35 off"),
    ("beta 1.30-1.34 on", "beta 1.35 off"),
    ("beta 1.30-1.33 on", "deprecated 1.34 off"),
    ("beta 1.30-1.33 off", "beta 1.34-1.34 on", "beta 1.35 off"),
    ("beta 1.30-1.33 on", "beta 1.34-1.34 off", "stable 1.35 on"),
    ("beta 1.30-1.33 on", "alpha 1.34-1.35 off", "beta 1.36 on"),
    ("beta 1.25-1.34", "beta 1.35 on"),
    ("alpha 1.21-1.21 off", "beta 1.22-1.23 on", "stable 1.24-1.26 on"),
]
"""Lives of gates, each of a KEP of its own from 1 on."""

WENT = {20: ("alpha 1.30-1.34 off",), 21: ("beta 1.28-1.33 on", "stable 1.34-1.34 on"), 22: ("alpha 1.34-1.34 off",)}
"""Gates that are gone."""


def issue(day: str, *mentions: tuple[int, str]) -> Issue:
    return Issue(
        path=f"issues/{day}.md",
        title=f"Weekly {day}",
        date=dt.date.fromisoformat(day),
        number=None,
        mentions=tuple(
            Mention(kep=number, written="", heading=Heading(text=text, anchor=text) if text else None)
            for number, text in mentions
        ),
    )


ISSUES = (
    issue("2026-05-08", (1, "Weekly 2026-05-08"), (1, "節 & <b>"), (2, ""), (1, "別の節"), (50, HOSTILE)),
    issue("2025-09-05", (1, "節"), (1, "四つ目")),
)

KEPS = [
    *(enhancement(record("2024-01-01", state(gates=(f"G{it}",))), number=it) for it in (*range(1, 11), *WENT)),
    enhancement(record("2024-01-01", state(BETA, alpha="v1.33", beta="v1.35", title=HOSTILE)), number=50),
    enhancement(record("2024-01-01", state(STABLE, beta="v1.35", stable="v1.36", gates=("Late",))), number=51),
    enhancement(record("2024-01-01", state(ALPHA, alpha="v1.36", sig=None)), number=52),
    *(enhancement(record("2020-01-01", state(ALPHA, alpha=f"v1.{it}")), number=100 + it) for it in range(20, 36)),
]
"""Something came with each release from v1.20 on."""


def known_gates(through: str | None = "v1.36") -> tuple[FeatureGate, ...]:
    lived = [gate(f"G{it}", *lines, keps=(it,)) for it, lines in enumerate(GATES, 1)]
    went = [gate(f"G{it}", *lines, keps=(it,), removed=True) for it, lines in WENT.items()]
    orphan = gate("Orphan", "beta 1.33-1.33 on", "deprecated 1.34-1.35 off", keps=(), removed=True)
    return (*lived, *went, orphan, gate("Late", "beta 1.35 on", keps=(51,)))


def site(
    *keps: Enhancement,
    through: str | None = "v1.36",
    guide: DeprecationGuide | None = REMOVED,
    issues: tuple[Issue, ...] = ISSUES,
    locale: str = "ja",
) -> Site:
    known = {it.number: it for it in keps or KEPS}
    mentioned = {it.kep for one in issues for it in one.mentions}
    lock = Lock(
        as_of=NOW,
        fetched={number: it for number, it in known.items() if number in mentioned},
        others={number: it for number, it in known.items() if number not in mentioned},
        gates=gates(*known_gates(), through=through) if through else gates(through=None),
        known_releases=KnownReleases(removed_apis=guide),
    )
    return Site(build_index(issues), KepsAsOf(lock, load_releases()), load_strings(locale))


def page(found: Site, old: str, new: str) -> list[Any]:
    (drawn,) = drawn_by_page(found, [(old, new)])
    return drawn


def section(nodes: list[Any], anchor: str) -> list[str]:
    """The texts below a heading."""
    found, is_in = [], False
    for it in nodes:
        is_in = it[1].get("id") == anchor if it[0] == "h2" else is_in
        found += [it] if is_in else []
    return list(texts(found))


# --- page and script ----------------------------------------------------------------------------------------------

SITES = {
    "all is known": site(),
    "in English": site(locale="en"),
    "gates are known to v1.35": site(through="v1.35"),
    "no gates and no guide": site(through=None, guide=None),
    "a guide of before": site(guide=replace(REMOVED, date=dt.date(2025, 9, 1), irregular=(("v1.25 Naps", "why"),))),
}


@pytest.mark.parametrize("name", SITES)
def test_script_draws_every_pair_as_its_page(name: str) -> None:
    found = SITES[name]
    pairs = all_pairs(found)
    assert len(pairs) == 17 * 16 // 2
    drawn = zip(pairs, drawn_by_page(found, pairs), drawn_by_script(changes_of(found), pairs), strict=True)
    assert [(pair, page, script) for pair, page, script in drawn if page != script] == []


def test_script_draws_the_samples_as_their_pages() -> None:
    lock = load_lock(PROJECT / "docs/_metadata")
    numbers = sorted(lock.fetched)[::3]
    mentioned = issue("2026-05-08", *((number, f"見出し {number}") for number in numbers))
    found = Site(build_index([mentioned]), KepsAsOf(lock, load_releases()), load_strings("ja"))
    pairs = [*found.upgrades.pairs, ("v1.20", found.upgrades.to_choose[-1])]
    assert len(pairs) == 10
    drawn = zip(pairs, drawn_by_page(found, pairs), drawn_by_script(changes_of(found), pairs), strict=True)
    assert [pair for pair, page, script in drawn if page != script] == []
    assert len(gzip.compress(changes_file(found.upgrades, lambda path: path).content.encode())) < 30_000


# --- what a page tells --------------------------------------------------------------------------------------------


def test_net_changes_by_kind_and_what_was_only_in_between() -> None:
    found = page(SITES["all is known"], "v1.33", "v1.36")
    numbers = {
        it[1]["id"]: [text for text in section(found, it[1]["id"]) if text.startswith("KEP-")]
        for it in found
        if it[0] == "h2" and it[1]["id"] not in ("apis", "gates")
    }
    assert numbers == {
        "stable": ["KEP-7・sig-node", "KEP-21・sig-node"],
        "on-by-default": ["KEP-2・sig-node", "KEP-51・sig-node"],
        "off-by-default": ["KEP-4・sig-node"],
        "beta": ["KEP-3・sig-node", "KEP-50・sig-node"],
        "alpha": ["KEP-52", "KEP-134・sig-node", "KEP-135・sig-node"],
        "deprecated": ["KEP-5・sig-node"],
        "removed": ["KEP-20・sig-node"],
        "passed": ["KEP-6・sig-node", "KEP-7・sig-node", "KEP-8・sig-node", "KEP-22・sig-node"],
    }
    said, *others = texts(found)
    assert "すべての KEP の記録はまだないので、記事で取り上げた KEP だけを比べています。" not in others
    assert said == (
        "v1.33 から v1.36 へのアップグレードで、12 件の KEP が変わります"
        "（stable 2、既定で有効 2、既定で無効 1、beta 2、alpha 3、非推奨 1、廃止 1）。 "
        "ほかに 4 件は、途中のリリースでだけ変わっていました。"
    )


def row(nodes: list[Any], kind: str, owner: str) -> list[str]:
    """The texts of a row behind its KEP, in a kind's table."""
    place = next(at for at, it in enumerate(nodes) if it[1].get("id") == kind)
    body = next(it for it in nodes[place:] if it[0] == "table")[3]
    return next(told[2:] for one in body[2:] if owner in (told := list(texts([one]))))


def test_rows_have_the_gates_of_both_releases_with_their_defaults() -> None:
    all_known, until = (page(SITES[name], "v1.33", "v1.36") for name in ("all is known", "gates are known to v1.35"))
    assert row(all_known, "on-by-default", "KEP-51・sig-node") == ["なし → beta", "Late", "ゲートなし → 有効"]
    assert row(all_known, "stable", "KEP-21・sig-node") == ["beta → stable", "G21", "有効 → ゲートなし"]
    assert row(all_known, "beta", "KEP-3・sig-node") == ["alpha → beta", "G3", "無効"]
    assert row(until, "beta", "KEP-3・sig-node") == ["alpha → beta", "G3", "無効 → v1.35 では無効"]
    assert row(until, "stable", "KEP-51・sig-node") == ["なし → stable", "Late", "ゲートなし → 不明"]
    assert row(all_known, "alpha", "KEP-52") == ["なし → alpha", "既定値は不明"]
    assert row(page(SITES["all is known"], "v1.21", "v1.26"), "beta", "KEP-9・sig-node")[1:] == [
        "G9",
        "ゲートなし → 不明",
    ]
    assert row(all_known, "passed", "KEP-8・sig-node") == ["beta", "v1.34 で alpha（無効）"]


def links(nodes: list[Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for it in nodes:
        if isinstance(it, list):
            found |= {"".join(texts([it])): it[1]["href"]} if it[0] == "a" else links(it[2:])
    return found


def test_rows_lead_to_our_pages_or_to_the_proposal_and_to_the_newest_headings() -> None:
    found = links(page(SITES["all is known"], "v1.29", "v1.36"))
    assert found["2026-05-08 節 & <b>"] == "issues/2026-05-08/#節 & <b>"
    assert found["Weekly 2026-05-08"] == "issues/2026-05-08/"
    assert "2025-09-05 四つ目" not in found
    assert row(page(SITES["all is known"], "v1.29", "v1.36"), "on-by-default", "KEP-1・sig-node")[-2:] == [
        "Weekly 2026-05-08",
        "ほか 2 件",
    ]
    assert found[HOSTILE] == "keps/50/"
    assert found["KEP-5"] == "https://github.com/kubernetes/enhancements/issues/5"


def test_headings_are_fewer_the_more_keps_we_wrote_of() -> None:
    many = [enhancement(record("2024-01-01", state()), number=it) for it in range(1, 200)]
    wrote = tuple(issue(f"2026-05-{day:02}", *((it, f"{it}") for it in range(1, 200))) for day in (1, 8, 15))
    found = {count: site(*many[:count], issues=wrote).upgrades.places.of_each for count in (53, 54, 81, 199)}
    assert found == {53: 3, 54: 2, 81: 1, 199: 1}


def test_gates_that_go_are_told_and_the_routine_ones_folded() -> None:
    found = page(SITES["all is known"], "v1.33", "v1.36")
    ends = next(it for it in found if it[0] == "ul")
    folded = next(it for it in found if it[0] == "details")
    assert ["".join(texts([it])) for it in ends[2:]] == [
        "G5v1.34 で非推奨（直前: beta、有効）KEP-5",
        "Orphanv1.34 で非推奨（直前: beta、有効）",
        "G20v1.35 でなくなる（直前: alpha、無効）KEP-20",
        "G22v1.35 でなくなる（直前: alpha、無効）KEP-22",
        "Orphanv1.36 でなくなる（直前: 非推奨、無効）",
    ]
    assert list(texts([folded])) == [
        "機能が stable になったあとになくなるゲート 1 件",
        "G21",
        "v1.35 でなくなる（直前: stable、有効）",
        "KEP-21",
    ]
    quiet = section(page(SITES["all is known"], "v1.21", "v1.26"), "gates")
    assert quiet[1] == "v1.26 までに、なくなる・非推奨になるゲートはありません。"


def test_without_the_others_nothing_is_told_of_a_kep_that_is_not_public() -> None:
    """A lock holds the gates of a KEP that only a draft mentions."""
    found = site(*KEPS[:5])
    alone = replace(found, keps_as_of=KepsAsOf(replace(found.lock, others={}), load_releases()))
    drawn, (script,) = page(alone, "v1.30", "v1.35"), drawn_by_script(changes_of(alone), [("v1.30", "v1.35")])
    assert drawn == script
    assert "すべての KEP の記録はまだないので、記事で取り上げた KEP だけを比べています。" in texts(drawn)
    text = " ".join(texts(drawn)) + json.dumps(changes_of(alone))
    assert "G2" in text
    assert not any(told in text for told in ("G20", "G22", "KEP-20", "KEP-5・", "Late"))
    assert "Orphan" in text


# --- what is not known --------------------------------------------------------------------------------------------


def test_what_was_never_read_is_not_known() -> None:
    nothing = page(SITES["no gates and no guide"], "v1.33", "v1.36")
    assert section(nothing, "apis")[1:] == [
        "非推奨 API の移行ガイド（kubernetes/website）をまだ読んでいないので、分かりません。"
    ]
    assert section(nothing, "gates")[1] == "フィーチャーゲートの記録がないので、分かりません。"
    assert "フィーチャーゲートの記録がないので、既定値は分かりません。" in texts(nothing)


def test_gates_of_releases_that_no_witness_reaches_are_not_known() -> None:
    found = SITES["gates are known to v1.35"]
    partly, nothing = (section(page(found, old, "v1.36"), "gates") for old in ("v1.34", "v1.35"))
    unknown = "v1.35 より後になくなる・非推奨になるゲートは、まだ記録がなく分かりません。"
    assert unknown in partly
    assert nothing[1] == unknown
    assert not any("ありません" in it for it in (*partly, *nothing))


def test_apis_of_releases_that_came_after_the_guide_are_not_known() -> None:
    found = SITES["a guide of before"]
    late = "移行ガイドを読んだ 2025-09-01 より後に出た v1.35 以降については、分かりません。"
    assert section(page(found, "v1.33", "v1.36"), "apis")[1] == late
    old = section(page(found, "v1.24", "v1.36"), "apis")
    assert {"CronJob", "CSIStorageCapacity", late, "移行ガイドの次の節は読み取れませんでした: v1.25 Naps"} <= {*old}
    known = section(page(SITES["all is known"], "v1.33", "v1.36"), "apis")
    assert known[1] == "この間に提供されなくなる API は、移行ガイドにありません。"
    same_day = site(guide=replace(REMOVED, date=dt.date(2026, 4, 22)))
    assert section(page(same_day, "v1.33", "v1.36"), "apis")[1] == known[1]


def test_script_lists_exactly_the_apis_that_1_22_and_1_25_and_1_26_removed() -> None:
    (found,) = drawn_by_script(changes_of(SITES["all is known"]), [("v1.21", "v1.26")])
    table = next(it for it in found if it[0] == "table")
    rows = ["|".join(texts([it])) for it in table[3][2:]]
    assert rows == [
        "Lease|coordination.k8s.io/v1beta1|v1.22|coordination.k8s.io/v1（v1.14 から）",
        "Ingress|networking.k8s.io/v1beta1|v1.22|networking.k8s.io/v1（v1.19 から）",
        "CronJob|batch/v1beta1|v1.25|batch/v1（v1.21 から）",
        "PodSecurityPolicy|policy/v1beta1|v1.25|Pod Security Admission",
        "RuntimeClass|node.k8s.io/v1beta1|v1.25|node.k8s.io/v1（v1.20 から）",
        "HorizontalPodAutoscaler|autoscaling/v2beta2|v1.26|autoscaling/v2（v1.23 から）",
    ]


# --- the chooser --------------------------------------------------------------------------------------------------


def test_chooser_lists_the_pages_and_leads_neighbours_to_the_release() -> None:
    found = SITES["all is known"]
    drawn = {it.path: it.draw() for it in found.deferred_pages("N") if it.path.startswith("releases/compare/")}
    assert [*drawn] == ["releases/compare/index.md", *(f"releases/compare/{pair}.md" for pair in PAIRS)]
    soup = BeautifulSoup(drawn["releases/compare/index.md"], "html.parser")
    listed = [attribute(it, "href") for it in soup.select("dl a")]
    assert listed == [
        *("1.32-1.36.md", "1.33-1.36.md", "1.34-1.36.md", "../1.36.md"),
        *("1.31-1.35.md", "1.32-1.35.md", "1.33-1.35.md", "../1.35.md"),
        *("1.30-1.34.md", "1.31-1.34.md", "1.32-1.34.md", "../1.34.md"),
    ]
    assert soup.select_one("form[hidden]")
    assert [it.text for it in soup.select("select[name=from] option")][1::15] == ["v1.36", "v1.21"]


PAIRS = "1.30-1.34 1.31-1.34 1.32-1.34 1.31-1.35 1.32-1.35 1.33-1.35 1.32-1.36 1.33-1.36 1.34-1.36".split()


def test_nothing_is_to_choose_where_no_release_is_out() -> None:
    lock = Lock(as_of=dt.date(2020, 1, 1))
    found = Site(build_index([]), KepsAsOf(lock, load_releases()), load_strings("ja"))
    assert not any("compare" in it.path for it in (*found.pages("N"), *found.data()))


def test_data_of_a_host_with_other_addresses() -> None:
    found = SITES["all is known"]
    document = json.loads(changes_file(found.upgrades, lambda path: f"en/{path.removesuffix('.md')}.html").content)
    assert document["root"] == "../../.."
    assert document["pages"]["1"] == "en/keps/1.html"
    assert document["upgrades"]["v1.33 v1.36"] == "en/releases/compare/1.33-1.36.html"
