"""The table of gates by release on a KEP's page: every cell equals what the witnesses of the gate say."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from neco_weekly.display.words import load_strings
from neco_weekly.issues.index import build_index
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.kep_at_releases import shown_releases
from neco_weekly.lock.store import load_lock
from neco_weekly.model.issues import Heading, Issue, Mention
from neco_weekly.model.keps import Stage, release_order
from neco_weekly.model.releases import load_releases
from neco_weekly.site.pages import Site

from tests.histories import BETA
from tests.sites import attribute, squeezed

SAMPLE = Path(__file__).parents[2] / "docs/_metadata"
PAIRS, SEED = 200, 18

DEFAULTS = {None: "既定は不明", True: "既定で有効", False: "既定で無効"}
LOCKED = {True: "常に有効", False: "常に無効"}


@cache
def raw() -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The gates as the files of the samples' lock have them, and their sources."""
    files = [json.loads((SAMPLE / name).read_text(encoding="utf-8")) for name in ("keps.json", "other-keps.json")]
    return {**files[0]["gates"], **files[1]["gates"]}, files[0]["gate_sources"]


@cache
def site(locale: str = "ja") -> Site:
    """A site with a page for every KEP of the samples' lock."""
    lock = load_lock(SAMPLE).with_others()
    under = Heading(text="節", anchor="a")
    mentions = tuple(Mention(kep=it, written="", heading=under, paragraph="") for it in sorted(lock.all_numbers))
    every = Issue(path="issues/2026-02-20.md", title="W", date=None, number=None, mentions=mentions)
    return Site(build_index((every,)), KepsAsOf(lock, load_releases()), load_strings(locale))


@cache
def table(number: int) -> Tag:
    _, begin, rest = site().kep_page(number).page().body.partition('<table class="neco-at-table"')
    return BeautifulSoup(begin + rest.partition("</table>")[0], "html.parser")


def cell(number: int, gate: str, release: str) -> str:
    (row,) = [it for it in table(number).select("tbody tr") if [code.text for code in it.select("th code")] == [gate]]
    (found,) = row.select(f'td[data-release="{release}"]')
    return squeezed(found.get_text(" "))


def said(gate: Mapping[str, Any], release: str) -> str:
    """What the one witness of the samples says of a gate in a release, read from the file."""
    record, place = gate["website"], release_order(release)
    if place > release_order(raw()[1]["website"]["through"]):
        return "不明"
    for stage in reversed(record["stages"]):
        if release_order(stage["since"]) <= place <= release_order(stage.get("until") or "v1.99"):
            default = stage.get("default")
            return f"{stage['stage']} {(LOCKED if stage.get('locked') else DEFAULTS)[default]}"
    ends = [it.get("until") for it in record["stages"]]
    over = record.get("removed") and ends and ends[-1] and release_order(ends[-1]) < place
    return "削除済み" if over else "なし"


def test_cells_equal_the_gates_of_the_lock() -> None:
    gates, sources = raw()
    assert set(sources) == {"website"}
    out = [it for it in shown_releases(load_releases(), site().keps_as_of.now) if site().is_out(it)]
    known = set(site().kep_numbers)
    pairs = [(gate, it) for gate in sorted(gates) if known & {*gates[gate]["keps"]} for it in out]
    differing, kinds = [], set()
    for gate, release in random.Random(SEED).sample(pairs, PAIRS):
        number = min(known & {*gates[gate]["keps"]})
        found, expected = cell(number, gate, release), said(gates[gate], release)
        kinds.add(expected.split()[0])
        if found != expected:
            differing.append(f"{gate} {release} (KEP-{number}): {found}, not {expected}")
    assert differing == []
    assert kinds >= {"alpha", "beta", "stable", "なし", "削除済み", "不明"}


def test_a_kep_without_a_gate_has_its_own_stage_with_an_unknown_default() -> None:
    kep = next(it for it in map(site().kep, site().kep_numbers) if not it.gates and it.state.stage == BETA)
    rows = table(kep.enhancement.number).select("tbody tr")
    assert [squeezed(row.select_one("th").text) for row in rows] == ["KEP の段階"]  # type: ignore[union-attr]
    newest = site().keps_as_of.releases.newest(site().keps_as_of.now)
    assert kep.today.shipped
    expected = f"{kep.today.shipped.stage} 既定は不明"
    assert squeezed(rows[0].select(f'td[data-release="{newest}"]')[0].get_text(" ")) == expected


def test_the_release_to_come_says_planned_and_never_reached() -> None:
    stages = {str(stage) for stage in Stage}
    planned = wrong = 0
    for number in site().kep_numbers[::6]:
        for found in table(number).select('td[data-release="v1.37"]'):
            marked = found.select_one(".neco-planned")
            planned += marked is not None
            unmarked = [it for it in found.find_all(string=True) if not it.find_parent(class_="neco-planned")]
            wrong += bool(found.select(".neco-stage")) or bool(stages & set(" ".join(unmarked).split()))
    assert (planned > 3, wrong) == (True, 0)


def test_heads_and_rows_carry_what_the_script_says() -> None:
    body = BeautifulSoup(site().kep_page(127).page().body, "html.parser")
    head = body.select_one(".neco-head ~ .neco-at")
    assert attribute(head, "data-neco-at") == site().release_states(127)
    assert head
    assert not head.text


def test_a_number_that_nobody_knows_carries_nothing() -> None:
    assert site().release_states(999_999) == ""


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_the_table_names_all_releases_once(locale: str) -> None:
    body = BeautifulSoup(site(locale).kep_page(127).page().body, "html.parser")
    heads = [attribute(it, "data-release") for it in body.select(".neco-at-table thead [data-release]")]
    assert heads == list(shown_releases(load_releases(), site().keps_as_of.now))
