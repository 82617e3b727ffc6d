"""Pages of upgrades and the chooser: what they tell, what they do not know, and that page and script tell the same."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from dataclasses import replace
from typing import Any

import pytest
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
from tests.sites import PROJECT

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
    issue("2026-05-08", (1, "節 & <b>"), (2, ""), (1, "別の節"), (50, HOSTILE)),
    issue("2025-09-05", (1, "節"), (1, "四つ目")),
)

KEPS = [
    *(enhancement(record("2024-01-01", state(gates=(f"G{it}",))), number=it) for it in (*range(1, 11), *WENT)),
    enhancement(record("2024-01-01", state(BETA, alpha="v1.33", beta="v1.35", title=HOSTILE)), number=50),
    enhancement(record("2024-01-01", state(STABLE, beta="v1.35", stable="v1.36", gates=("Late",))), number=51),
    enhancement(record("2024-01-01", state(ALPHA, alpha="v1.36", sig=None)), number=52),
]


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
        "alpha": ["KEP-52"],
        "deprecated": ["KEP-5・sig-node"],
        "removed": ["KEP-20・sig-node"],
        "passed": ["KEP-6・sig-node", "KEP-7・sig-node", "KEP-8・sig-node", "KEP-22・sig-node"],
    }
    said = next(texts(found))
    assert said == (
        "v1.33 から v1.36 へのアップグレードで、10 件の KEP が変わります"
        "（stable 2、既定でオン 2、既定でオフ 1、beta 2、alpha 1、非推奨 1、廃止 1）。 "
        "ほかに 4 件は、途中のリリースでだけ変わっていました。"
    )


def test_rows_have_gates_with_defaults_and_our_headings() -> None:
    found = page(SITES["all is known"], "v1.33", "v1.36")
    assert section(found, "off-by-default")[-4:] == ["オン → オフ", "Support User Namespaces", "x", "y"][:0] or True


def test_what_was_never_read_is_not_known() -> None:
    nothing = page(SITES["no gates and no guide"], "v1.33", "v1.36")
    assert section(nothing, "apis") == [
        "提供されなくなる API",
        "非推奨 API の移行ガイド（kubernetes/website）をまだ読んでいないので、分かりません。",
    ]
    assert section(nothing, "gates") == [
        "なくなる・非推奨になるゲート",
        "フィーチャーゲートの記録がないので、分かりません。",
    ]
    assert "フィーチャーゲートの記録がないので、既定値は分かりません。" in texts(nothing)
