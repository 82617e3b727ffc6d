"""What a KEP's page says of odd lives: left and came back, one gate of two, releases without a day or far ahead."""

from __future__ import annotations

import datetime as dt

from bs4 import BeautifulSoup
from neco_weekly.display.words import load_strings
from neco_weekly.issues.index import build_index
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.store import Lock
from neco_weekly.model.gates import FeatureGate
from neco_weekly.model.issues import Issue, Mention
from neco_weekly.model.keps import Enhancement, Status
from neco_weekly.model.releases import load_releases
from neco_weekly.site.pages import Site

from tests.gate_lines import gate, gates
from tests.histories import ALPHA, BETA, STABLE, enhancement, record, state

NOW = dt.date(2026, 7, 24)
"""v1.36 is out since April, v1.37 has its day, v1.38 has none."""

ISSUE = Issue(
    path="issues/2026-01-09.md",
    title="Weekly",
    date=dt.date(2026, 1, 9),
    number=None,
    mentions=(Mention(kep=127, written=""), Mention(kep=128, written="")),
)

EVIDENCE = "Released according to"


def page(*keps: Enhancement, known: tuple[FeatureGate, ...] = (), number: int = 127) -> BeautifulSoup:
    lock = Lock(as_of=NOW, fetched={it.number: it for it in keps}, gates=gates(*known))
    site = Site(build_index([ISSUE]), KepsAsOf(lock, load_releases()), load_strings("en"))
    return BeautifulSoup(site.kep_page(number).page().body, "html.parser")


def texts(html: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(it.get_text().split()) for it in html.select(selector)]


def fact(html: BeautifulSoup, name: str) -> str:
    (cell,) = [head.find_next("td") for head in html.select(".neco-facts th") if head.text == name]
    return " ".join(cell.get_text().split()) if cell else ""


# --- left and came back -------------------------------------------------------------------------------------------


def test_a_stage_that_was_left_and_came_back_is_told_with_both_and_stands_since_the_last_time() -> None:
    kep = enhancement(record("2024-09-01", state(BETA, gates=("Nap",), alpha="v1.32", beta="v1.33")))
    nap = gate("Nap", "alpha 1.32 off", "beta 1.33-1.33 on", "alpha 1.34-1.35 off", "beta 1.36 on")
    html = page(kep, known=(nap,))
    assert texts(html, ".neco-standing") == ["beta since v1.36, for 1 release."]
    assert texts(html, ".neco-went-back li") == [
        "Nap went back from beta to alpha in v1.34. It went on again in v1.36.",
    ]
    assert [it for it in texts(html, ".neco-timeline li") if " to " in it] == [
        "2024-09-01 to 2024-12-11: not released",
        "2024-12-11 to 2025-04-23: alpha",
        "2025-04-23 to 2025-08-27: beta",
        "2025-08-27 to 2026-04-22: alpha",
        "2026-04-22 to 2026-07-24: beta",
    ]


def test_a_proposal_that_was_withdrawn_and_opened_again_is_open() -> None:
    planned = state(BETA, alpha="v1.32", beta="v1.36")
    html = page(
        enhancement(
            record("2024-09-01", state(ALPHA, alpha="v1.32")),
            record("2025-01-01", state(ALPHA, Status.WITHDRAWN, alpha="v1.32")),
            record("2026-01-05", planned),
        )
    )
    assert texts(html, ".neco-lead") == ["beta v1.36 since 2026-04-22"]
    assert texts(html, ".neco-standing") == ["beta since v1.36, for 1 release."]
    assert "2025-01-01 to 2026-01-05: withdrawn, alpha" in texts(html, ".neco-timeline li")
    assert "2026-01-05 to 2026-04-22: alpha" in texts(html, ".neco-timeline li")


def test_a_file_that_was_deleted_and_is_back_is_a_gap_of_the_past() -> None:
    kept, back = state(ALPHA, alpha="v1.32"), record("2026-01-05", state(BETA, alpha="v1.32", beta="v1.36"))
    gone = (record("2024-09-01", kept), record("2025-01-01", "deleted"))
    html = page(enhancement(*gone, back))
    assert texts(html, ".neco-standing") == ["beta since v1.36, for 1 release."]
    assert (texts(html, ".admonition"), "kep.yaml was removed" in texts(html, ".neco-history > li")[1]) == ([], True)
    lost = page(enhancement(*gone))
    assert texts(lost, ".neco-standing") == []
    assert "No kep.yaml since 2025-01-01" in texts(lost, ".admonition")[0]


# --- two KEPs with one gate ---------------------------------------------------------------------------------------


def test_two_keps_with_one_gate_each_keep_their_stage_and_name_the_other() -> None:
    one = enhancement(record("2025-01-01", state(BETA, gates=("Nap",), alpha="v1.32", beta="v1.34")), number=127)
    other = enhancement(record("2025-01-01", state(ALPHA, gates=("Nap",), alpha="v1.34")), number=128)
    nap = gate("Nap", "alpha 1.32-1.33 off", "beta 1.34-1.35 on", "beta 1.36 off", keps=(127, 128))
    found = {number: page(one, other, known=(nap,), number=number) for number in (127, 128)}
    assert {number: (*texts(html, ".neco-lead"), fact(html, EVIDENCE)) for number, html in found.items()} == {
        127: ("beta v1.34 since 2025-08-27", "v1.34 the feature gate Nap"),
        128: ("alpha v1.34 since 2025-08-27", "v1.34 milestone.alpha of kep.yaml"),
    }
    for number, html in found.items():
        assert f"Also named by KEP-{255 - number}" in texts(html, "h3 + .neco-source")
        assert texts(html, ".neco-went-back li") == ["Nap (beta) was on by default, and off again in v1.36."]


# --- releases to come ---------------------------------------------------------------------------------------------


def test_a_milestone_without_a_day_and_one_two_cycles_ahead_are_planned_and_never_reached() -> None:
    for release in ("v1.38", "v1.45"):
        html = page(enhancement(record("2025-01-01", state(STABLE, Status.IMPLEMENTED, beta="v1.34", stable=release))))
        told = f"planned {release}"
        assert texts(html, ".neco-lead .neco-planned") == [f"planned: stable {release}"]
        assert texts(html, ".neco-lead")[0].startswith("beta v1.34 planned: stable v1.")
        assert fact(html, EVIDENCE).startswith("v1.34 ")
        assert texts(html, ".neco-timeline li")[-1] == f"{told} (no date yet): stable: {told}"
        assert texts(html, ".neco-standing") == ["beta since v1.34, for 3 releases."]
        assert f"reached in {release}" not in html.get_text()


def test_a_plan_for_a_release_that_has_its_day_is_no_more_than_a_plan() -> None:
    html = page(enhancement(record("2026-05-01", state(BETA, Status.IMPLEMENTED, alpha="v1.36", beta="v1.37"))))
    assert texts(html, ".neco-lead .neco-planned") == ["planned: beta v1.37"]
    assert texts(html, ".neco-timeline li")[-1] == "planned v1.37 (2026-08-26): beta: planned v1.37"
