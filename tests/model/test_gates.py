"""A feature gate by two witnesses: which of them counts, what both say together, and where they disagree."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from neco_weekly.model.gates import FeatureGate, GateRecord, Gates, GateSource, GateStage
from neco_weekly.model.keps import Stage
from neco_weekly.model.releases import load_releases

DAY = dt.date(2026, 1, 22)
RELEASES = load_releases().names[:36]
"""v1.0 to v1.35."""


def stage(line: str) -> GateStage:
    """`beta 1.30-1.32 off`; `…` before the version: the record only begins there."""
    word, versions, *default = line.split()
    since, _, until = versions.removeprefix("…").partition("-")
    said = {"on": True, "off": False, "locked": True}[default[0]] if default else None
    return GateStage(
        stage=Stage(word),
        since=f"v{since}",
        until=f"v{until}" if until else None,
        default=said,
        locked=default == ["locked"],
        earlier=versions.startswith("…"),
    )


def gate(
    website: list[str] | None, listed: list[str] | None, *, removed: bool = False, until: str | None = None
) -> FeatureGate:
    """`until` is the newest release that the list speaks of."""
    said = {"website": website, "feature-list": listed}
    return FeatureGate(
        name="G",
        through={"feature-list": until} if until else {},
        records={
            kind: GateRecord(date=DAY, path="g", stages=tuple(map(stage, lines)), removed=removed)  # type: ignore[misc]
            for kind, lines in said.items()
            if lines is not None
        },
    )


def lines(known: FeatureGate) -> list[str]:
    return [f"{it.stage} {it.since[1:]}-{(it.until or 'v')[1:]}" for it in known.stages]


@pytest.mark.parametrize(
    ("website", "listed", "together"),
    [
        pytest.param(["alpha 1.28-1.29", "beta 1.30"], None, ["alpha 1.28-1.29", "beta 1.30-"], id="the website alone"),
        pytest.param(None, ["alpha 1.28-1.29", "beta 1.30"], ["alpha 1.28-1.29", "beta 1.30-"], id="the list alone"),
        pytest.param(["alpha 1.30"], ["alpha 1.26"], ["alpha 1.26-"], id="the list counts"),
        pytest.param(
            ["alpha 1.20-1.24", "beta 1.25"], ["beta 1.28"], ["alpha 1.20-1.24", "beta 1.25-"],
            id="the website fills what lies before the list's record",
        ),
        pytest.param(
            ["alpha 1.20"], ["beta 1.28"], ["alpha 1.20-1.27", "beta 1.28-"], id="and ends where the list begins"
        ),
        pytest.param(
            ["alpha 1.10-1.12", "stable 1.13-1.32"], ["stable …1.0-1.32", "deprecated 1.33"],
            ["alpha 1.10-1.12", "stable 1.13-1.32", "deprecated 1.33-"],
            id="a record that only begins says nothing of before",
        ),
        pytest.param([], ["stable …1.0"], ["stable 1.0-"], id="or it is all there is"),
        pytest.param(
            ["alpha 1.10-1.12", "stable 1.13"], ["stable …1.0"], ["alpha 1.10-1.12", "stable 1.13-"],
            id="or the website knows all of it",
        ),
    ],
)  # fmt: skip
def test_what_both_say_together(website: list[str] | None, listed: list[str] | None, together: list[str]) -> None:
    assert lines(gate(website, listed)) == together


@pytest.mark.parametrize(
    ("website", "listed", "together", "where"),
    [
        pytest.param(
            ["alpha 1.30-1.31", "beta 1.32-1.33", "stable 1.34"], ["alpha 1.26-1.31", "beta 1.32"],
            ["alpha 1.26-1.31", "beta 1.32-1.33", "stable 1.34-"], ["1.26-1.29"],
            id="what came after its newest release is the website's to say",
        ),
        pytest.param(
            ["beta 1.30-1.32", "stable 1.33-1.33"], ["beta 1.30-1.32", "stable 1.33"],
            ["beta 1.30-1.32", "stable 1.33-"], [], id="nobody says anything of later",
        ),
        pytest.param(
            ["beta 1.30-1.33", "stable 1.34"], ["beta 1.30-1.32", "stable 1.33"],
            ["beta 1.30-1.32", "stable 1.33-"], ["1.33-1.33"], id="a stage that both know goes on",
        ),
    ],
)  # fmt: skip
def test_a_list_speaks_as_far_as_its_newest_release(
    website: list[str], listed: list[str], together: list[str], where: list[str]
) -> None:
    found = gate(website, listed, until="v1.33")
    assert lines(found) == together
    assert [f"{it.since[1:]}-{it.until[1:]}" for it in found.disagreements(RELEASES)] == where


def test_a_stage_that_the_website_did_not_end_is_none_after_the_list() -> None:
    late = gate(["alpha 1.33"], ["alpha 1.33-1.35", "beta 1.36"])
    found = replace(late, through={"website": "v1.36", "feature-list": "v1.36"})
    assert lines(found) == ["alpha 1.33-1.35", "beta 1.36-"]
    later = found.at("v1.37")
    assert later
    assert later.stage is Stage.BETA
    releases = load_releases().names[:38]
    assert [(it.since, it.until) for it in found.disagreements(releases)] == [("v1.36", "v1.36")]


def test_a_stage_that_the_website_tells_later_ends_the_list_s_where_it_begins() -> None:
    found = gate(["alpha 1.30-1.35", "stable 1.36"], ["alpha 1.30-1.32", "beta 1.33"], until="v1.33")
    assert lines(found) == ["alpha 1.30-1.32", "beta 1.33-1.35", "stable 1.36-"]


@pytest.mark.parametrize(
    ("website", "listed", "where"),
    [
        pytest.param(["alpha 1.30-1.31", "beta 1.32"], ["alpha 1.26-1.31", "beta 1.32"], ["1.26-1.29"], id="missing"),
        pytest.param(["beta 1.28-1.28 on", "beta 1.29 off"], ["beta 1.28 off"], ["1.28-1.28"], id="on, and was off"),
        pytest.param(["beta 1.28 on"], ["beta 1.28 on"], [], id="the same"),
        pytest.param(["beta 1.28"], ["beta 1.28 on"], [], id="one leaves the default open"),
        pytest.param(["alpha 1.20-1.27", "beta 1.28"], ["beta 1.28"], [], id="before the list's record"),
        pytest.param(["stable 1.30-1.32"], ["stable 1.30-1.33"], [], id="one is gone, one is at its end"),
        pytest.param(["alpha 1.10-1.12", "stable 1.13"], ["stable …1.0"], [], id="a record that only begins"),
        pytest.param(["beta 1.30"], None, [], id="one witness"),
        pytest.param(["beta 1.30-1.31", "stable 1.32"], ["beta 1.30-1.32", "stable 1.33"], ["1.32-1.32"], id="late"),
    ],
)  # fmt: skip
def test_where_the_witnesses_disagree(website: list[str] | None, listed: list[str] | None, where: list[str]) -> None:
    found = gate(website, listed).disagreements(RELEASES)
    assert [f"{it.since[1:]}-{it.until[1:]}" for it in found] == where


def test_a_disagreement_has_what_each_says() -> None:
    (found,) = gate(["beta 1.28-1.28 on", "beta 1.29 off"], ["beta 1.28 off"]).disagreements(RELEASES)
    assert {kind: said and said.default for kind, said in found.said.items()} == {
        "website": True,
        "feature-list": False,
    }


@pytest.mark.parametrize(
    ("release", "word"), [("v1.27", None), ("v1.28", "alpha"), ("v1.30", "beta"), ("v1.33", "beta"), ("v1.34", None)]
)
def test_the_stage_in_a_release(release: str, word: str | None) -> None:
    found = gate(["alpha 1.28-1.29", "beta 1.30-1.33"], None).at(release)
    assert (found and found.stage) == word


def test_gates_are_found_by_their_kep_and_speak_as_far_as_a_witness_does() -> None:
    one, two = FeatureGate(name="B", keps=(1, 2)), FeatureGate(name="A", keps=(2,))
    sources = {"website": GateSource(date=DAY, through="v1.9"), "feature-list": GateSource(date=DAY, through="v1.10")}
    known = Gates(by_name={"B": one, "A": two}, sources=sources)  # type: ignore[arg-type]
    assert (known.of(2), known.of(1), known.of(3)) == ((two, one), (one,), ())
    assert known.through == "v1.10"
    assert Gates().through is None


def test_a_gate_is_removed_when_a_witness_says_so() -> None:
    assert gate(["alpha 1.28-1.29"], None, removed=True).removed
    assert not gate(["alpha 1.28-1.29"], None).removed
