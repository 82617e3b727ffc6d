"""The drawn timeline of a KEP: what shipped, what was planned, where each stands, and what those who listen hear."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import neco_weekly
import pytest
from jinja2 import Environment, PackageLoader, StrictUndefined
from neco_weekly.display.words import LOCALES, Locale, load_strings
from neco_weekly.lock.kep_as_of import KepAsOf, KepsAsOf
from neco_weekly.lock.overrides import Override
from neco_weekly.lock.store import Lock
from neco_weekly.model.gates import FeatureGate, Gates, GateSource, GateStage
from neco_weekly.model.gates import GateRecord as WitnessAccount
from neco_weekly.model.keps import Details, Enhancement, EnhancementState, Gap, Record, Source, Stage, Status
from neco_weekly.model.releases import Releases
from neco_weekly.site.timeline import (
    COLUMN,
    NARROWEST,
    WIDTHS,
    IssueMark,
    Label,
    Lane,
    Outcome,
    Span,
    Timeline,
    plot,
    timeline,
)

ALPHA, BETA, STABLE = Stage.ALPHA, Stage.BETA, Stage.STABLE
RELEASES = Releases(
    {
        "v1.0": dt.date(2015, 7, 21),
        "v1.1": dt.date(2015, 11, 9),
        **{
            f"v1.{20 + 3 * year + part}": dt.date(2021 + year, 4 + 4 * part, 1)
            for year in range(4)
            for part in range(3)
        },
    }
)
"""v1.20 on 2021-04-01, then one every four months until v1.31 on 2024-12-01; between v1.1 and v1.20 none has a day."""
TODAY = dt.date(2024, 9, 1)
"""v1.30 came out a month ago, v1.31 has its day, v1.32 has none."""


def said(
    stage: Stage | None = None,
    milestones: Mapping[Stage, str] | None = None,
    status: Status | None = Status.IMPLEMENTABLE,
) -> EnhancementState:
    return EnhancementState(title="A title", stage=stage, status=status, milestones=milestones or {})


def record(day: str, state: EnhancementState | None = None, gap: Gap | None = None) -> Record:
    return Record(source=Source(kind="git", date=dt.date.fromisoformat(day)), state=state, gap=gap)


def kep(
    *history: Record, created: str | None = None, state: EnhancementState | None = None, read: dt.date | None = None
) -> Enhancement:
    """An enhancement that is now what its last record with a state says."""
    states = [record.state for record in history if record.state]
    return Enhancement(
        number=7,
        state=state or (states[-1] if states else said()),
        source=Source(kind="git", date=read),
        history=history,
        details=Details.of(created=dt.date.fromisoformat(created) if created else None),
    )


def issues(*days: str, title: str = "Weekly") -> list[IssueMark]:
    return [IssueMark(date=dt.date.fromisoformat(day), title=title) for day in days]


def gate(name: str = "NecoNaps", **stages: str) -> FeatureGate:
    """A gate of KEP-7 alone: `gate(alpha="v1.25", beta="v1.30")`."""
    said = tuple(GateStage(stage=Stage(stage), since=since) for stage, since in stages.items())
    return FeatureGate(
        name=name, keps=(7,), records={"website": WitnessAccount(date=TODAY, path=f"{name}.md", stages=said)}
    )


def seen(
    enhancement: Enhancement,
    *gates: FeatureGate,
    releases: Releases = RELEASES,
    as_of: dt.date | None = TODAY,
    by_hand: Override | None = None,
) -> KepAsOf:
    """The KEP as a site sees it that has these gates and these releases."""
    known = Gates(by_name={it.name: it for it in gates}, sources={"website": GateSource(date=TODAY, through="v1.30")})
    lock = Lock(as_of=as_of, fetched={7: enhancement}, gates=known, overrides={7: by_hand} if by_hand else {})
    found = KepsAsOf(lock, releases).of(7)
    assert found is not None
    return found


def lay_out(
    enhancement: Enhancement,
    marks: Sequence[IssueMark] = (),
    *gates: FeatureGate,
    releases: Releases = RELEASES,
    as_of: dt.date | None = TODAY,
    by_hand: Override | None = None,
) -> Timeline:
    kep = seen(enhancement, *gates, releases=releases, as_of=as_of, by_hand=by_hand)
    found = timeline(kep, marks, releases, as_of)
    assert found is not None
    return found


def lane(drawing: Timeline, stage: Stage) -> Lane:
    return next(it for it in drawing.lanes if it.stage is stage)


CSS = Path(neco_weekly.__file__).parent.joinpath("site", "assets", "timeline.css").read_text(encoding="utf-8")
TEMPLATES = Environment(
    loader=PackageLoader("neco_weekly.site"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)


def draw(drawing: Timeline, locale: Locale = "ja") -> Element:
    """The figure as the page holds it: on one line, well-formed XML."""
    html = TEMPLATES.get_template("timeline.html").module.timeline_figure(drawing, load_strings(locale))  # type: ignore[attr-defined]
    return ElementTree.fromstring(re.sub(r">\s*\n\s*<", "><", html.strip()))


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def lane_words(drawing: Timeline, locale: Locale = "ja") -> list[str]:
    found = draw(drawing, locale).findall('.//g[@class="neco-timeline__lane"]/text')
    return [words(text) for text in found]


def listed(drawing: Timeline, locale: Locale = "ja") -> list[str]:
    return [words(item) for item in draw(drawing, locale).findall("ol/li")]


def span_kinds(drawing: Timeline) -> list[tuple[str, str, str]]:
    return [(span.kind, str(span.since), str(span.until)) for span in drawing.spans]


def others(drawing: Timeline, stage: Stage) -> list[tuple[str, str]]:
    """The planned releases of a stage beside the one that its outcome tells of, and what became of each."""
    return [(plan.release, plan.state) for plan in lane(drawing, stage).others]


def release_place(drawing: Timeline, minor: int) -> float:
    return next(tick.x for tick in drawing.ticks if tick.text == f"1.{minor}")


# --- what became of a milestone -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stage", "status", "of", "release", "expected"),
    [
        pytest.param(BETA, Status.IMPLEMENTABLE, BETA, "v1.30", "reached", id="its stage, its release is out"),
        pytest.param(STABLE, Status.IMPLEMENTED, ALPHA, "v1.20", "reached", id="a later stage"),
        pytest.param(
            BETA, Status.IMPLEMENTABLE, BETA, "v1.31", "planned", id="its stage is written before the release"
        ),
        pytest.param(BETA, Status.IMPLEMENTABLE, BETA, "v1.40", "planned", id="its release has no day"),
        pytest.param(ALPHA, Status.IMPLEMENTABLE, BETA, "v1.31", "planned", id="a stage to come"),
        pytest.param(ALPHA, Status.IMPLEMENTABLE, BETA, "v1.30", "missed", id="its release went by without it"),
        pytest.param(None, Status.IMPLEMENTABLE, ALPHA, "v1.30", "missed", id="no stage at all"),
        pytest.param(BETA, None, BETA, "v1.30", "reached", id="a status nobody can read"),
        pytest.param(ALPHA, Status.PROVISIONAL, ALPHA, "v1.25", "missed", id="provisional, its release went by"),
        pytest.param(ALPHA, Status.PROVISIONAL, ALPHA, "v1.31", "planned", id="provisional, with a plan"),
        pytest.param(Stage.REMOVED, Status.IMPLEMENTED, Stage.DEPRECATED, "v1.22", "reached", id="deprecated, removed"),
        pytest.param(Stage.DEPRECATED, Status.IMPLEMENTED, Stage.REMOVED, "v1.24", "missed", id="deprecated only"),
        pytest.param(Stage.DEPRECATED, Status.IMPLEMENTED, STABLE, "v1.22", "reached", id="stable before deprecated"),
    ],
)
def test_without_gates_a_milestone_is_reached_when_its_release_is_out_and_the_stage_is_there(
    stage: Stage | None, status: Status | None, of: Stage, release: str, expected: Outcome
) -> None:
    enhancement = kep(record("2021-01-01", said(stage, {of: release}, status)))
    assert lane(lay_out(enhancement), of).outcome == expected


CLOSING = [Status.WITHDRAWN, Status.REJECTED, Status.DEFERRED, Status.REPLACED]


@pytest.mark.parametrize("status", CLOSING)
@pytest.mark.parametrize(
    ("before", "closed", "of", "expected"),
    [
        pytest.param(Status.IMPLEMENTABLE, "2022-12-01", ALPHA, "reached", id="its release came first"),
        pytest.param(Status.IMPLEMENTABLE, "2022-11-30", ALPHA, "dropped", id="its release came the day after"),
        pytest.param(Status.PROVISIONAL, "2023-06-01", ALPHA, "dropped", id="never accepted"),
        pytest.param(None, "2023-06-01", ALPHA, "reached", id="a status nobody can read"),
        pytest.param(Status.IMPLEMENTABLE, "2023-06-01", BETA, "dropped", id="a plan"),
        pytest.param(Status.IMPLEMENTABLE, "2023-06-01", STABLE, "dropped", id="a plan without a day"),
    ],
)
def test_what_a_closed_proposal_had_not_reached_is_dropped(
    status: Status, before: Status | None, closed: str, of: Stage, expected: Outcome
) -> None:
    milestones = {ALPHA: "v1.25", BETA: "v1.31", STABLE: "v1.40"}
    enhancement = kep(
        record("2021-01-01", said(ALPHA, milestones, before)),
        record(closed, said(ALPHA, milestones, status)),
        record("2024-01-01", said(ALPHA, {**milestones, BETA: "v1.33"}, status)),
    )
    assert lane(lay_out(enhancement), of).outcome == expected


@pytest.mark.parametrize(
    ("closed", "expected"),
    [pytest.param("2023-01-01", "reached", id="out"), pytest.param("2022-01-01", "dropped", id="not")],
)
def test_a_proposal_that_was_closed_before_its_first_record(closed: str, expected: Outcome) -> None:
    state = said(ALPHA, {ALPHA: "v1.25"}, Status.WITHDRAWN)
    assert lane(lay_out(kep(record(closed, state))), ALPHA).outcome == expected


def test_a_milestone_that_is_no_longer_named_is_cleared() -> None:
    history = [record("2021-01-01", said(ALPHA, {BETA: "v1.25"})), record("2021-02-01", said(STABLE))]
    assert lane(lay_out(kep(*history)), BETA).outcome == "cleared"


def test_without_a_history_the_state_of_today_is_all_there_is() -> None:
    enhancement = kep(state=said(BETA, {ALPHA: "v1.25", BETA: "v1.31"}))
    assert [lane.outcome for lane in lay_out(enhancement).lanes] == ["reached", "planned"]
    closed = kep(state=said(ALPHA, {ALPHA: "v1.25", BETA: "v1.31"}, Status.WITHDRAWN))
    assert [lane.outcome for lane in lay_out(closed).lanes] == ["reached", "dropped"]


# --- what shipped ---------------------------------------------------------------------------------------------------

SLIPPED = kep(
    record("2021-06-01", said(ALPHA, {ALPHA: "v1.22"})),
    record("2021-12-15", said(BETA, {ALPHA: "v1.22", BETA: "v1.23"})),
    record("2022-04-15", said(BETA, {ALPHA: "v1.22", BETA: "v1.25"})),
    record("2022-12-15", said(BETA, {ALPHA: "v1.22", BETA: "v1.27"})),
    record("2024-06-01", said(STABLE, {ALPHA: "v1.22", BETA: "v1.27", STABLE: "v1.32"})),
    created="2021-05-01",
)
"""Beta, says kep.yaml today, came with v1.27; the gate knows that it was v1.25."""


def test_a_stage_is_reached_with_the_first_release_of_its_gate_whatever_kep_yaml_names() -> None:
    drawing = lay_out(SLIPPED, (), gate(alpha="v1.22", beta="v1.25"))
    assert lane_words(drawing) == [
        "alpha: v1.22 で到達",
        "beta: v1.23 ✕ → v1.25 → v1.27 · v1.25 で到達",
        "stable: 予定 v1.32",
    ]
    beta = lane(drawing, BETA)
    assert (beta.outcome, beta.x, beta.day) == ("reached", release_place(drawing, 25), dt.date(2022, 12, 1))
    assert others(drawing, BETA) == [("v1.23", "failed"), ("v1.27", "overtaken")]
    assert span_kinds(drawing)[1:] == [("stage", "2021-12-01", "2022-12-01"), ("stage", "2022-12-01", "2024-09-01")]


def test_without_a_gate_the_milestone_of_today_counts() -> None:
    drawing = lay_out(SLIPPED)
    assert lane_words(drawing)[1] == "beta: v1.23 ✕ → v1.25 ✕ → v1.27 で到達"
    assert others(drawing, BETA) == [("v1.23", "failed"), ("v1.25", "failed")]


def test_a_stage_that_only_a_gate_knows_has_a_lane() -> None:
    drawing = lay_out(kep(record("2021-06-01", said()), created="2021-06-01"), (), gate(alpha="v1.22"))
    assert lane_words(drawing) == ["alpha: v1.22 で到達"]
    assert lane_words(drawing, "en") == ["alpha: reached in v1.22"]
    assert [event.kind for event in drawing.events] == ["created", "span", "span", "milestone", "today"]


def test_what_kep_yaml_plans_anew_for_a_stage_that_came_is_a_plan() -> None:
    enhancement = kep(record("2021-06-01", said(BETA, {BETA: "v1.32"})))
    drawing = lay_out(enhancement, (), gate(beta="v1.28"))
    assert lane_words(drawing) == ["beta: 予定 v1.32 · v1.28 で到達"]
    assert others(drawing, BETA) == [("v1.32", "ahead")]


@pytest.mark.parametrize(
    ("stage", "milestones", "of", "expected"),
    [
        pytest.param(BETA, {ALPHA: "v1.25", BETA: "v1.25"}, ALPHA, "v1.25 で到達", id="both with one release"),
        pytest.param(BETA, {ALPHA: "v1.26", BETA: "v1.25"}, ALPHA, "v1.26 · v1.25 で到達", id="after the later one"),
        pytest.param(
            Stage.REMOVED,
            {Stage.DEPRECATED: "v1.25", Stage.REMOVED: "v1.25"},
            Stage.DEPRECATED,
            "v1.25 で到達",
            id="deprecated and removed",
        ),
        pytest.param(ALPHA, {ALPHA: "v1.25", BETA: "v1.31"}, BETA, "予定 v1.31", id="no later one came"),
        pytest.param(STABLE, {BETA: "v1.32", STABLE: "v1.25"}, BETA, "予定 v1.32", id="its own is not out"),
    ],
)
def test_a_stage_comes_with_a_later_one_that_takes_its_place(
    stage: Stage, milestones: Mapping[Stage, str], of: Stage, expected: str
) -> None:
    drawing = lay_out(kep(record("2021-06-01", said(stage, milestones))))
    word = load_strings("ja")(f"stage.{of}")
    assert f"{word}: {expected}" in lane_words(drawing)


def test_a_gate_that_began_with_beta_had_no_alpha_before() -> None:
    enhancement = kep(record("2021-06-01", said(BETA, {ALPHA: "v1.25", BETA: "v1.28"})))
    assert lane_words(lay_out(enhancement, (), gate(beta="v1.28")))[0] == "alpha: v1.25 未到達"
    claimed = kep(record("2021-06-01", said(BETA, {ALPHA: "v1.25", BETA: "v1.28"})))
    assert lane_words(lay_out(claimed, (), gate(alpha="v1.24")))[1] == "beta: v1.28 未到達"


def test_the_end_of_a_feature_is_no_way_to_a_stage_that_kep_yaml_never_claimed() -> None:
    enhancement = kep(record("2021-06-01", said(BETA, {BETA: "v1.21", STABLE: "v1.28"})))
    drawing = lay_out(enhancement, (), gate(beta="v1.21", deprecated="v1.27"))
    assert [lane.outcome for lane in drawing.lanes] == ["reached", "missed", "reached"]


def test_what_shipped_before_a_kep_was_written_has_a_place() -> None:
    drawing = lay_out(kep(record("2022-06-01", said()), created="2022-06-01"), (), gate(alpha="v1.21"))
    assert (drawing.ticks[0].text, drawing.lanes[0].x) == ("1.21", 2.0)


def test_nothing_has_come_that_is_still_to_come_on_the_day_of_the_drawing() -> None:
    early = lay_out(SLIPPED, (), gate(alpha="v1.22", beta="v1.25"), as_of=dt.date(2022, 11, 30))
    assert (lane(early, ALPHA).outcome, lane(early, BETA).outcome) == ("reached", "planned")
    assert {span.stage for span in early.spans} == {None, ALPHA}
    on_the_day = lay_out(SLIPPED, (), gate(alpha="v1.22", beta="v1.25"), as_of=dt.date(2022, 12, 1))
    assert lane(on_the_day, BETA).outcome == "reached"


OLD = kep(
    record("2021-02-01", said(STABLE, {}, Status.IMPLEMENTABLE)),
    record("2022-02-01", said(STABLE, {}, Status.IMPLEMENTED)),
    created="2020-01-01",
)
"""Implemented, and nobody says with which release."""


def test_without_a_release_the_band_begins_on_the_day_that_kep_yaml_says_so_and_what_was_before_is_hatched() -> None:
    drawing = lay_out(OLD)
    assert span_kinds(drawing) == [("unrecorded", "2020-01-01", "2022-02-01"), ("stage", "2022-02-01", "2024-09-01")]
    assert drawing.lanes == ()
    unknown = lay_out(kep(*OLD.history))
    assert span_kinds(unknown) == [("unrecorded", "None", "2022-02-01"), ("stage", "2022-02-01", "2024-09-01")]
    assert unknown.spans[0].x == unknown.ticks[0].x


def test_a_stage_that_came_with_a_release_nobody_knows_had_no_plan_that_surely_failed() -> None:
    planned = record("2021-01-01", said(STABLE, {STABLE: "v1.20"}))
    drawing = lay_out(kep(planned, *OLD.history))
    (stable,) = drawing.lanes
    assert (stable.outcome, stable.plan, stable.day) == ("reached", None, dt.date(2022, 2, 1))
    assert others(drawing, STABLE) == [("v1.20", "overtaken")]
    assert lane_words(drawing) == ["stable: v1.20 → 到達（時期は不明）"]
    assert lane_words(drawing, "en") == ["stable: v1.20 → reached, time unknown"]
    assert "2022-02-01: stable: v1.20 → 到達（時期は不明）" in listed(drawing)


def test_an_implemented_kep_without_any_day_is_known_as_of_today() -> None:
    drawing = lay_out(kep(state=said(STABLE, {}, Status.IMPLEMENTED), created="2020-01-01"))
    assert span_kinds(drawing) == [("unrecorded", "2020-01-01", "2024-09-01"), ("stage", "2024-09-01", "2024-09-01")]


def test_a_person_s_word_stands_on_top() -> None:
    by_hand = Override(number=7, stage=BETA, latest_milestone="v1.26")
    drawing = lay_out(SLIPPED, (), gate(alpha="v1.22", beta="v1.29"), by_hand=by_hand)
    assert [(span.stage, str(span.until)) for span in drawing.spans[1:]] == [
        (ALPHA, "2023-04-01"),
        (BETA, "2024-09-01"),
    ]
    assert lane_words(drawing)[1] == "beta: v1.23 ✕ → v1.25 ✕ → v1.27 · v1.26 で到達"
    undated = lay_out(SLIPPED, by_hand=Override(number=7, stage=STABLE))
    assert (undated.spans[-1].stage, undated.spans[-1].since) == (STABLE, TODAY)


@pytest.mark.parametrize(
    ("stage", "left"),
    [
        pytest.param(ALPHA, [], id="the first: nothing shipped"),
        pytest.param(BETA, [ALPHA], id="a later one: what came before it did"),
    ],
)
@pytest.mark.parametrize("known", [(), (gate(alpha="v1.22", beta="v1.25"),)], ids=["milestones", "a gate"])
def test_what_a_person_says_has_slipped_is_only_planned(
    stage: Stage, left: list[Stage], known: tuple[FeatureGate, ...]
) -> None:
    drawing = lay_out(SLIPPED, (), *known, by_hand=Override(number=7, stage=stage, latest_milestone="v1.32"))
    assert [span.stage for span in drawing.spans if span.kind == "stage"] == left
    words = next(line for line in lane_words(drawing) if line.startswith(f"{stage}:"))
    assert words.endswith("v1.32")
    assert "予定" in words
    assert [line.partition(":")[0] for line in lane_words(drawing) if "で到達" in line] == [str(it) for it in left]


# --- plans ----------------------------------------------------------------------------------------------------------

USER_NAMESPACES = kep(
    record("2021-02-01", said()),
    record("2021-06-01", said(ALPHA, {ALPHA: "v1.22"})),
    record("2022-01-01", said(ALPHA, {ALPHA: "v1.22", BETA: "v1.24"})),
    record("2022-06-01", said(ALPHA, {ALPHA: "v1.22", BETA: "v1.27", STABLE: "v1.29"})),
    record("2022-07-01", said(ALPHA, {ALPHA: "v1.22", BETA: "v1.27"})),
    record("2023-06-01", said(BETA, {ALPHA: "v1.22", BETA: "v1.28"})),
    record("2024-06-01", said(BETA, {ALPHA: "v1.22", BETA: "v1.28", STABLE: "v1.34"})),
    created="2019-05-22",
)
"""Created before its first record; beta came later than planned; stable is planned for a release without a day."""


def test_rewritten_plans_stay_visible() -> None:
    assert lane_words(lay_out(USER_NAMESPACES)) == [
        "alpha: v1.22 で到達",
        "beta: v1.24 ✕ → v1.27 ✕ → v1.28 で到達",
        "stable: v1.29 ✕ → — → 予定 v1.34",
    ]
    assert lane_words(lay_out(USER_NAMESPACES), "en") == [
        "alpha: reached in v1.22",
        "beta: v1.24 ✕ → v1.27 ✕ → reached in v1.28",
        "stable: v1.29 ✕ → — → planned v1.34",
    ]


def test_every_release_that_was_planned_has_its_mark() -> None:
    drawing = lay_out(USER_NAMESPACES)
    alpha, beta, stable = drawing.lanes
    assert (alpha.x, alpha.others) == (release_place(drawing, 22), ())
    assert (beta.x, [plan.x for plan in beta.others]) == (
        release_place(drawing, 28),
        [release_place(drawing, 24), release_place(drawing, 27)],
    )
    assert others(drawing, BETA) == [("v1.24", "failed"), ("v1.27", "failed")]
    assert beta.reach == (release_place(drawing, 24), release_place(drawing, 28))
    assert (stable.plan and stable.plan.release, stable.day, beta.day) == ("v1.34", None, dt.date(2023, 12, 1))


def test_a_plan_that_was_taken_away() -> None:
    drawing = lay_out(
        kep(
            record("2021-02-01", said(ALPHA, {STABLE: "v1.25"})),
            record("2021-06-01", said(ALPHA, {STABLE: "v1.26"})),
            record("2021-07-01", said(ALPHA)),
        )
    )
    (stable,) = drawing.lanes
    assert (stable.outcome, stable.x) == ("cleared", release_place(drawing, 26))
    assert others(drawing, STABLE) == [("v1.25", "failed")]
    assert lane_words(drawing) == ["stable: v1.25–v1.26 ✕ → — 予定なし"]


def test_a_plan_that_was_given_up_before_its_release_is_no_failed_one() -> None:
    history = [record(f"2024-0{month}-01", said(ALPHA, {BETA: plan})) for month, plan in ((1, "v1.33"), (2, "v1.34"))]
    drawing = lay_out(kep(*history))
    assert lane_words(drawing) == ["beta: 予定 v1.33 → 予定 v1.34"]
    assert others(drawing, BETA) == [("v1.33", "ahead")]


def test_a_release_that_was_named_twice_has_one_mark() -> None:
    plans = ["v1.25", "v1.26", "v1.24", "v1.26", "v1.25"]
    history = [record(f"2021-0{month}-01", said(ALPHA, {ALPHA: plan})) for month, plan in enumerate(plans, start=1)]
    drawing = lay_out(kep(*history))
    (alpha,) = drawing.lanes
    assert [step.plan and step.plan.release for step in alpha.steps] == plans
    assert (alpha.x, others(drawing, ALPHA)) == (
        release_place(drawing, 25),
        [("v1.26", "overtaken"), ("v1.24", "failed")],
    )


def test_a_plan_may_stand_in_the_latest_milestone_alone() -> None:
    drawing = lay_out(kep(record("2024-02-01", dataclasses.replace(said(BETA), latest_milestone="v1.32"))))
    assert lane_words(drawing) == ["beta: 予定 v1.32"]
    assert drawing.ticks[-1].text == "1.32"


def test_a_gap_takes_no_plan_away_and_the_state_of_today_counts() -> None:
    enhancement = kep(
        record("2021-02-01", said(ALPHA, {ALPHA: "v1.25"})),
        record("2021-06-01", gap="deleted"),
        record("2021-07-01", said(ALPHA, {ALPHA: "v1.25"})),
        state=said(ALPHA, {ALPHA: "v1.26"}),
    )
    assert lane_words(lay_out(enhancement)) == ["alpha: v1.25 ✕ → v1.26 で到達"]


def test_stages_stand_in_the_order_of_a_life() -> None:
    state = said(ALPHA, dict.fromkeys(reversed(Stage), "v1.25"))
    lanes = lay_out(kep(record("2021-02-01", state))).lanes
    assert [lane.stage for lane in lanes] == list(Stage)
    assert all(after.text - before.track >= 2 for before, after in pairwise(lanes))


# --- what is only planned -------------------------------------------------------------------------------------------

PLANNED_RELEASE = {"ja": "予定 {}", "en": "planned {}"}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("status", [Status.IMPLEMENTABLE, Status.WITHDRAWN])
def test_whatever_names_a_release_that_is_not_out_has_the_planned_form(status: Status, locale: Locale) -> None:
    plans = ["v1.34", "v1.32", "v1.33"]
    history = [record(f"2024-0{n}-01", said(ALPHA, {BETA: plan})) for n, plan in enumerate(plans, start=1)]
    figure = draw(lay_out(kep(*history, record("2024-08-01", said(ALPHA, {BETA: "v1.33"}, status)))), locale)
    marked = {id(inner) for it in figure.iter() if it.get("class") == "neco-planned" for inner in it.iter()}
    naming = [it for it in figure.iter() if re.search(r"1\.3[1-4]", f"{it.text or ''}") and it.tag != "desc"]
    assert len(naming) >= 10, "words, ticks and what listeners hear"
    assert [words(it) for it in naming if id(it) not in marked] == []
    tails = [it.tail for it in figure.iter() if re.search(r"1\.3[1-4]", it.tail or "")]
    assert tails == []
    said_planned = [PLANNED_RELEASE[locale].format(plan) for plan in plans]
    assert all(text in (figure.findtext("svg/desc") or "") for text in said_planned)
    assert all(text in words(figure.findall("ol")[0]) for text in said_planned)


def test_a_release_that_is_out_never_has_the_planned_form() -> None:
    figure = draw(lay_out(SLIPPED, (), gate(alpha="v1.22", beta="v1.25")))
    marked = [words(it) for it in figure.iter() if it.get("class") == "neco-planned" and words(it)]
    assert set(marked) == {"予定 v1.32", "1.31", "1.32"}


def test_a_scheduled_release_is_not_out_though_its_day_has_passed() -> None:
    releases = Releases(RELEASES.days, scheduled=frozenset({"v1.30", "v1.31"}))
    enhancement = kep(record("2024-06-01", said(BETA, {ALPHA: "v1.29", BETA: "v1.30"})))
    drawing = lay_out(enhancement, releases=releases)
    assert lane_words(drawing) == ["alpha: v1.29 で到達", "beta: 予定 v1.30"]
    assert [tick.text for tick in drawing.ticks if tick.planned] == ["1.30"]
    assert drawing.spans[-1].stage is ALPHA
    assert "予定 v1.30（2024-08-01）: beta: 予定 v1.30" in listed(drawing)


def test_ticks_of_releases_that_are_not_out_are_dashed() -> None:
    drawing = lay_out(USER_NAMESPACES)
    lines = draw(drawing).findall('.//svg[@class="neco-timeline__axis"]/g/line')[2:]
    assert [("stroke-dasharray" in line.attrib, line.get("class")) for line in lines] == [
        (tick.planned, "neco-planned" if tick.planned else None) for tick in drawing.ticks
    ]
    assert [tick.text for tick in drawing.ticks if tick.planned and tick.x > drawing.today] == [
        "1.31",
        "1.32",
        "1.33",
        "1.34",
    ]


def test_the_planned_form_of_badges_does_not_fit_a_drawing() -> None:
    rule = re.search(r"\.md-typeset \.neco-timeline \.neco-planned \{([^}]*)\}", CSS)
    assert rule
    assert {"outline: none", "font-size: inherit"} <= set(map(str.strip, rule[1].split(";")))
    assert "dashed" in rule[1]


# --- lines of words -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "lines"),
    [
        pytest.param(1, [1], id="one"),
        pytest.param(2, [1, 1], id="the last one waits for the word after it"),
        pytest.param(4, [2, 1, 1], id="four"),
        pytest.param(10, [2, 2, 2, 2, 1, 1], id="ten"),
    ],
)
def test_many_plans_break_into_lines(count: int, lines: list[int]) -> None:
    plans = [f"v1.{29 - n}" for n in range(count)]  # none comes right behind another
    history = [record(f"2021-{n:02}-01", said(ALPHA, {STABLE: plan})) for n, plan in enumerate(plans, start=1)]
    drawing = lay_out(kep(*history, record("2022-01-01", said(ALPHA, {STABLE: plans[-1], BETA: "v1.40"}))))
    stable = drawing.lanes[1]
    assert [len(line) for line in stable.lines] == lines
    crossed = [f"{plan} ✕" for plan in plans[:-1]]
    assert lane_words(drawing)[1] == f"stable: {' → '.join([*crossed, plans[-1]])} 未到達"
    assert stable.text - stable.track == pytest.approx(0.35)  # its marks stand beside the stage's word
    assert stable.bottom - stable.text == pytest.approx(1.4 * len(lines))


@pytest.mark.parametrize(
    ("plans", "told"),
    [
        (["v1.22", "v1.23", "v1.24", "v1.25"], "beta: v1.22–v1.24 ✕ → v1.25 未到達"),
        (["v1.22", "v1.23", "v1.25", "v1.26", "v1.28"], "beta: v1.22–v1.23 ✕ → v1.25–v1.26 ✕ → v1.28 未到達"),
        (["v1.23", "v1.22", "v1.25"], "beta: v1.23 ✕ → v1.22 ✕ → v1.25 未到達"),
        (["v1.22", None, "v1.23", "v1.25"], "beta: v1.22 ✕ → — → v1.23 ✕ → v1.25 未到達"),
        (["v1.32", "v1.33", "v1.34"], "beta: 予定 v1.32 → 予定 v1.33 → 予定 v1.34"),
    ],
    ids=["in a row", "two rows", "backwards", "taken away between", "ahead"],
)
def test_plans_that_failed_release_after_release_are_told_at_once(plans: list[str | None], told: str) -> None:
    said_then = [said(ALPHA, {BETA: plan} if plan else {}) for plan in plans]
    drawing = lay_out(kep(*(record(f"2021-{n:02}-01", it) for n, it in enumerate(said_then, start=1))))
    assert lane_words(drawing) == [told]
    marked = {plan.release for plan in drawing.lanes[0].others}
    assert marked | {drawing.lanes[0].plan and drawing.lanes[0].plan.release} >= {*filter(None, plans)}


# --- the band -------------------------------------------------------------------------------------------------------


def test_the_band_says_what_shipped_from_the_day_of_each_release_on() -> None:
    drawing = lay_out(USER_NAMESPACES)
    assert [(span.kind, span.stage, str(span.since), str(span.until)) for span in drawing.spans] == [
        ("unreleased", None, "2019-05-22", "2021-12-01"),
        ("stage", ALPHA, "2021-12-01", "2023-12-01"),
        ("stage", BETA, "2023-12-01", "2024-09-01"),
    ]
    assert drawing.spans[1].x == release_place(drawing, 22)


def test_a_change_of_the_gate_s_default_is_no_new_stage() -> None:
    stages = [GateStage(stage=BETA, since=since, default=on) for since, on in (("v1.25", False), ("v1.28", True))]
    known = dataclasses.replace(
        gate(), records={"website": WitnessAccount(date=TODAY, path="x.md", stages=tuple(stages))}
    )
    drawing = lay_out(kep(created="2021-02-01"), (), known)
    assert [span.stage for span in drawing.spans] == [None, BETA]


UNTIL_TODAY = "2024-09-01"


@pytest.mark.parametrize(
    ("enhancement", "expected"),
    [
        pytest.param(
            kep(record("2021-02-01", said(ALPHA, {ALPHA: "v1.22"})), created="2021-02-01"),
            [("unreleased", "2021-02-01", "2021-12-01"), ("stage", "2021-12-01", UNTIL_TODAY)],
            id="recorded from the first day",
        ),
        pytest.param(
            kep(record("2021-02-01", said(ALPHA)), created="2022-02-01"),
            [("unreleased", "2021-02-01", UNTIL_TODAY)],
            id="a creation date that came later",
        ),
        pytest.param(
            kep(record("2021-05-01", said(ALPHA, {ALPHA: "v1.31"}))),
            [("unreleased", "2021-05-01", UNTIL_TODAY)],
            id="created nobody knows when",
        ),
        pytest.param(kep(created="2022-02-01"), [("unreleased", "2022-02-01", UNTIL_TODAY)], id="no history"),
        pytest.param(
            kep(state=said(ALPHA, {ALPHA: "v1.25"})), [("stage", "2022-12-01", UNTIL_TODAY)], id="only milestones"
        ),
        pytest.param(kep(state=said(ALPHA, {ALPHA: "v1.32"})), [("unreleased", "None", UNTIL_TODAY)], id="only a plan"),
        pytest.param(
            kep(record("2022-02-01", said(ALPHA, {ALPHA: "v1.21"})), created="2022-01-01"),
            [("stage", "2021-08-01", UNTIL_TODAY)],
            id="released before it was recorded",
        ),
        pytest.param(
            kep(
                record("2021-02-01", said(ALPHA, {ALPHA: "v1.22"})),
                record("2021-03-01", gap="deleted"),
                record("2022-05-01", said(ALPHA, {ALPHA: "v1.22"})),
                created="2021-02-01",
            ),
            [("unreleased", "2021-02-01", "2021-12-01"), ("stage", "2021-12-01", UNTIL_TODAY)],
            id="a gap hides nothing that shipped",
        ),
        pytest.param(
            kep(
                record("2021-02-01", said(ALPHA, {ALPHA: "v1.21"})),
                record("2021-10-01", said(ALPHA, {ALPHA: "v1.21"}, Status.WITHDRAWN)),
                record("2022-05-01", said(ALPHA, {ALPHA: "v1.21"}, Status.REPLACED)),
                created="2021-02-01",
            ),
            [
                ("unreleased", "2021-02-01", "2021-08-01"),
                ("stage", "2021-08-01", "2021-10-01"),
                ("closed", "2021-10-01", "2022-05-01"),
                ("closed", "2022-05-01", UNTIL_TODAY),
            ],
            id="released, then closed",
        ),
        pytest.param(
            kep(
                record("2021-02-01", said(None, {}, Status.DEFERRED)),
                record("2022-05-01", said(ALPHA, {ALPHA: "v1.25"})),
                created="2021-02-01",
            ),
            [
                ("closed", "2021-02-01", "2022-05-01"),
                ("unreleased", "2022-05-01", "2022-12-01"),
                ("stage", "2022-12-01", UNTIL_TODAY),
            ],
            id="opened again",
        ),
        pytest.param(
            kep(state=said(None, {}, Status.REJECTED), read=dt.date(2023, 5, 1), created="2023-01-01"),
            [("unreleased", "2023-01-01", "2023-05-01"), ("closed", "2023-05-01", UNTIL_TODAY)],
            id="closed by the state of today",
        ),
        pytest.param(
            kep(record("2021-02-01", said()), record("2024-10-01", said(None, {}, Status.REJECTED))),
            [("unreleased", "2021-02-01", UNTIL_TODAY)],
            id="closed after the day of the drawing",
        ),
    ],
)
def test_spans(enhancement: Enhancement, expected: list[tuple[str, str, str]]) -> None:
    drawing = lay_out(enhancement)
    assert span_kinds(drawing) == expected
    for before, after in pairwise(drawing.spans):
        assert before.x + before.width == pytest.approx(after.x, abs=0.02)
    assert drawing.spans[-1].x + drawing.spans[-1].width == pytest.approx(drawing.today, abs=0.02)


@pytest.mark.parametrize(
    ("state", "ja", "en"),
    [
        pytest.param(said(BETA, {BETA: "v1.20"}), "beta", "beta", id="a stage"),
        pytest.param(said(Stage.REMOVED, {Stage.REMOVED: "v1.20"}), "廃止", "removed", id="a stage in Japanese"),
        pytest.param(said(BETA, {BETA: "v1.34"}), "未リリース", "not released", id="nothing yet"),
        pytest.param(said(BETA, {}, Status.WITHDRAWN), "取り下げ", "withdrawn", id="closed"),
        pytest.param(
            said(BETA, {BETA: "v1.20"}, Status.REPLACED), "置き換え・beta", "replaced, beta", id="closed after a stage"
        ),
    ],
)
def test_a_span_says_what_it_is(state: EnhancementState, ja: str, en: str) -> None:
    drawing = lay_out(kep(record("2021-05-01", state), created="2021-05-01"))
    assert [words(text) for text in draw(drawing).findall('.//svg[@class="neco-timeline__band"]//text')] == [ja]
    assert any(told.endswith(f" から 2024-09-01 まで: {ja}") for told in listed(drawing))
    assert any(told.endswith(f" to 2024-09-01: {en}") for told in listed(drawing, "en"))


@pytest.mark.parametrize(
    ("as_of", "shows"),
    [
        pytest.param("2024-08-10", None, id="never"),
        pytest.param("2024-10-20", 54, id="on a desk"),
        pytest.param("2025-04-01", NARROWEST, id="always"),
    ],
)
def test_words_of_a_span_show_where_they_have_room(as_of: str, shows: int | None) -> None:
    enhancement = kep(record("2021-05-01", said(BETA, {BETA: "v1.30"})), created="2021-05-01")
    drawing = lay_out(enhancement, as_of=dt.date.fromisoformat(as_of))
    assert [(span.kind, span.shows) for span in drawing.spans] == [("unreleased", NARROWEST), ("stage", shows)]


# --- places ---------------------------------------------------------------------------------------------------------


def test_releases_stand_at_equal_distances_and_days_between_them() -> None:
    drawing = lay_out(USER_NAMESPACES, issues("2023-10-01"))
    steps = {round(after.x - before.x, 1) for before, after in pairwise(drawing.ticks)}
    assert len(steps) == 1
    (spot,) = drawing.spots
    assert release_place(drawing, 27) < spot.x < release_place(drawing, 28)
    assert spot.x == pytest.approx((release_place(drawing, 27) + release_place(drawing, 28)) / 2, abs=0.05)
    assert release_place(drawing, 30) < drawing.today < release_place(drawing, 31)


def test_the_drawing_begins_with_the_release_before_the_first_thing_and_ends_after_the_last() -> None:
    drawing = lay_out(kep(record("2021-10-01", said(ALPHA, {ALPHA: "v1.22"})), created="2021-09-01"))
    assert (drawing.ticks[0].text, drawing.ticks[-1].text) == ("1.21", "1.30")
    assert drawing.ticks[0].x == 2
    assert drawing.today < 98


@pytest.mark.parametrize(
    ("enhancement", "marks", "first", "last"),
    [
        pytest.param(kep(created="2024-08-20"), [], "1.28", "1.30", id="a new one has some room"),
        pytest.param(kep(created="2021-05-01"), issues("2021-02-01"), "1.19", "1.30", id="an issue before it"),
        pytest.param(kep(created="2021-05-01"), issues("2025-01-01"), "1.20", "1.31", id="an issue after today"),
        pytest.param(
            kep(record("2022-01-01", said(ALPHA, {ALPHA: "v1.20"})), created="2021-12-20"),
            [],
            "1.20",
            "1.30",
            id="a milestone before it",
        ),
        pytest.param(
            kep(created="2021-05-01", state=said(ALPHA, {BETA: "v1.40"})), [], "1.20", "1.40", id="a far plan"
        ),
        pytest.param(kep(created="2002-01-01"), [], "1.0", "1.30", id="before v1.0"),
        pytest.param(kep(created="2015-07-20"), [], "1.0", "1.30", id="the day before v1.0"),
        pytest.param(kep(created="2021-05-01", state=said(ALPHA, {ALPHA: "v1.0"})), [], "1.0", "1.30", id="with v1.0"),
    ],
)
def test_what_is_shown(enhancement: Enhancement, marks: list[IssueMark], first: str, last: str) -> None:
    drawing = lay_out(enhancement, marks)
    assert (drawing.ticks[0].text, drawing.ticks[-1].text) == (first, last)
    assert places(drawing) == sorted(places(drawing))
    assert all(0 <= place <= 100 for place in everything(drawing))


def places(drawing: Timeline) -> list[float]:
    return [event.x for event in drawing.events]


def everything(drawing: Timeline) -> list[float]:
    """Every place in percent that the figure names."""
    figure = draw(drawing)
    values = [value for element in figure.iter() for name, value in element.items() if name != "width"]
    return [float(value[:-1]) for value in values if re.fullmatch(r"-?[\d.]+%", value)]


def test_what_is_before_the_first_release_stands_at_it() -> None:
    drawing = lay_out(kep(created="2002-01-01"))
    assert drawing.created_at == release_place(drawing, 0)


def test_the_axis_is_dashed_after_today_and_releases_without_a_day_have_no_year() -> None:
    drawing = lay_out(USER_NAMESPACES)
    assert [tick.text for tick in drawing.ticks if not tick.dated and tick.x > drawing.today] == [
        "1.32",
        "1.33",
        "1.34",
    ]
    (undated,) = (year for year in drawing.years if year.text is None)
    assert undated.x == release_place(drawing, 32)
    axis = draw(drawing).findall('.//svg[@class="neco-timeline__axis"]/g/line')
    assert [(line.get("x1"), line.get("x2"), "stroke-dasharray" in line.attrib) for line in axis[:2]] == [
        (None, f"{drawing.today}%", False),
        (f"{drawing.today}%", "100%", True),
    ]
    assert "予定 v1.34（日付未定）: stable: v1.29 未到達 → — → 予定 v1.34" in listed(drawing)


def test_days_after_the_last_dated_release_go_on() -> None:
    late = dt.date(2025, 4, 2)
    drawing = lay_out(kep(created="2024-01-01"), as_of=late)
    assert drawing.today == pytest.approx(release_place(drawing, 32), abs=0.2)


@pytest.mark.parametrize(
    "days",
    [
        pytest.param({}, id="no releases at all"),
        pytest.param({"v1.20": dt.date(2021, 1, 1), "v1.21": dt.date(2020, 1, 1)}, id="days in the wrong order"),
        pytest.param({"v1.20": dt.date(2021, 1, 1), "v1.21": dt.date(2021, 1, 1)}, id="two on one day"),
    ],
)
def test_an_odd_table_of_releases_does_no_harm(days: dict[str, dt.date]) -> None:
    drawing = lay_out(USER_NAMESPACES, issues("2019-12-01", "2020-11-01", "2023-10-01"), releases=Releases(days))
    assert [event.item.date for event in drawing.events if isinstance(event.item, IssueMark)] == [
        dt.date(2019, 12, 1),
        dt.date(2020, 11, 1),
        dt.date(2023, 10, 1),
    ]
    assert drawing.spots[0].x < drawing.spots[1].x < drawing.spots[2].x < drawing.today
    assert all(0 <= place <= 100 for place in everything(drawing))


def test_today_is_the_newest_day_known_where_nobody_says() -> None:
    read = dt.date(2023, 3, 3)
    enhancement = kep(record("2022-02-02", said(ALPHA)), created="2022-01-01")
    assert lay_out(enhancement, as_of=None).as_of == dt.date(2022, 2, 2)
    assert lay_out(enhancement, issues("2022-03-03"), as_of=None).as_of == dt.date(2022, 3, 3)
    assert lay_out(kep(created="2022-01-01", read=read), as_of=None).as_of == read
    assert lay_out(kep(created="2022-01-01"), as_of=None).as_of == dt.date(2022, 1, 1)


def test_a_creation_in_the_future_is_none() -> None:
    drawing = lay_out(kep(record("2022-02-02", said(ALPHA)), created="2042-01-01"))
    assert (drawing.created, drawing.ticks[-1].text) == (None, "1.30")
    assert listed(drawing)[0] == "2022-02-02 から 2024-09-01 まで: 未リリース"


def test_today_is_no_day_before_the_newest_release_that_is_told() -> None:
    enhancement = kep(record("2022-02-02", said(ALPHA, {ALPHA: "v1.25"})), created="2022-01-01")
    assert lay_out(enhancement, as_of=None).as_of == dt.date(2022, 12, 1)


@pytest.mark.parametrize("as_of", [TODAY, None], ids=str)
def test_nothing_to_draw(as_of: dt.date | None) -> None:
    assert timeline(seen(kep(state=said(BETA)), as_of=as_of), issues("2022-01-01"), RELEASES, as_of) is None
    undated = Record(source=Source(kind="github-issue"), state=said(BETA), observed=True)
    assert timeline(seen(kep(undated), as_of=as_of), (), RELEASES, as_of) is None
    implemented = kep(state=said(BETA, {}, Status.IMPLEMENTED))
    assert timeline(seen(implemented, as_of=as_of), (), RELEASES, as_of) is None


# --- labels ---------------------------------------------------------------------------------------------------------


def boxes(labels: Sequence[Label], width: int, em: float) -> list[tuple[float, float]]:
    """Where the labels that show at a width begin and end, in em."""
    shift = {"start": 0.0, "middle": em / 2, "end": em}
    shown = sorted((label for label in labels if label.shows and label.shows <= width), key=lambda label: label.x)
    starts = [
        {"start": 0, "middle": label.x, "end": 100}[label.anchor] * plot(width) / 100 - shift[label.anchor]
        for label in shown
    ]
    return [(start, start + em) for start in starts]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "created", ["2015-09-01", "2019-05-22", "2021-04-01", "2022-05-01", "2024-05-01", "2024-08-31"]
)
@pytest.mark.parametrize("far", ["v1.31", "v1.32", "v1.36", "v1.60"])
def test_labels_neither_touch_nor_leave_the_drawing(created: str, far: str, width: int) -> None:
    drawing = lay_out(kep(created=created, state=said(ALPHA, {STABLE: far})))
    for labels, em in ((drawing.ticks, 2.0), (drawing.years, 2.3)):
        found = boxes(labels, width, em)
        assert found, "some labels on every drawing"
        assert found[0][0] >= -0.45  # the column and the page leave half an em on either side
        assert found[-1][1] <= plot(width) + 0.45
        assert all(before[1] <= after[0] for before, after in pairwise(found))


def test_wider_drawings_name_more_releases() -> None:
    ticks = lay_out(kep(created="2015-09-01")).ticks
    counts = [sum(tick.shows is not None and tick.shows <= width for tick in ticks) for width in WIDTHS]
    assert counts == sorted(counts)
    assert len(set(counts)) > 1
    assert next(tick for tick in ticks if tick.text == "1.30").shows == NARROWEST
    assert next(tick for tick in ticks if tick.text == "1.29").shows != NARROWEST


def test_wider_drawings_name_more_years() -> None:
    years = lay_out(kep(created="2015-09-01", state=said(ALPHA, {STABLE: "v1.50"}))).years
    shown = {width: sorted(str(year.text) for year in years if year.shows and year.shows <= width) for width in WIDTHS}
    assert shown[NARROWEST] == ["2015", "2021", "None"]
    assert shown[48] == ["2015", "2021", "2023", "None"]
    assert set(shown[48]) <= set(shown[60])


def test_a_year_stands_under_its_first_release() -> None:
    drawing = lay_out(kep(created="2021-09-01"))
    years = {year.text: year.x for year in drawing.years}
    assert years == {
        "2021": release_place(drawing, 21),
        "2022": release_place(drawing, 23),
        "2023": release_place(drawing, 26),
        "2024": release_place(drawing, 29),
    }


def test_labels_for_wider_drawings_are_hidden_until_css_shows_them() -> None:
    drawing = lay_out(kep(created="2015-09-01"))
    figure = draw(drawing)
    axis = figure.findall('.//svg[@class="neco-timeline__axis"]/text')
    labels = [label for label in (*drawing.ticks, *drawing.years) if label.shows]
    assert [text.get("data-from") for text in axis] == [
        None if label.shows == NARROWEST else str(label.shows) for label in labels
    ]
    for text in figure.iter("text"):
        assert ("data-from" in text.attrib) == (text.get("display") == "none")
    assert {
        int(width) for width in re.findall(r'min-width: (\d+)em\) \{\s+.neco-timeline \[data-from="\1"\]', CSS)
    } == set(WIDTHS[1:])
    assert f"100cqi / {NARROWEST}" in CSS


@pytest.mark.parametrize(
    ("created", "far", "anchor", "lines"),
    [
        pytest.param("2021-05-01", "v1.30", "end", 1, id="today near the right"),
        pytest.param("2024-05-01", "v1.36", "start", 1, id="today near the left"),
        pytest.param("2022-01-01", "v1.38", "end", 2, id="no room on either side, with a creation"),
        pytest.param(None, "v1.31", "end", 1, id="no creation to give way to"),
        pytest.param(None, "v1.90", "start", 1, id="no creation, today at the left"),
        pytest.param(None, "v1.38", "start", 1, id="no creation, today near the left"),
    ],
)
def test_the_words_above_the_band_give_way_to_each_other(
    created: str | None, far: str, anchor: str, lines: int
) -> None:
    drawing = lay_out(kep(created=created, state=said(ALPHA, {STABLE: far})))
    assert (drawing.today_anchor, drawing.header_lines) == (anchor, lines)
    assert drawing.band == pytest.approx(0.1 + 1.4 * lines)


# --- issues ---------------------------------------------------------------------------------------------------------


def test_issues_that_would_overlap_share_a_mark_with_their_number() -> None:
    marks = issues("2023-05-12", "2022-08-26", "2022-09-02", "2022-09-09")
    drawing = lay_out(USER_NAMESPACES, marks)
    assert [[str(issue.date) for issue in spot.issues] for spot in drawing.spots] == [
        ["2022-08-26", "2022-09-02", "2022-09-09"],
        ["2023-05-12"],
    ]
    groups = draw(drawing).findall('.//svg[@class="neco-timeline__issues"]/g')
    assert [[words(text) for text in group.findall("text")] for group in groups] == [["3"], []]
    assert [words(title) for group in groups for title in group.findall("title")] == [
        "2022-08-26 Weekly / 2022-09-02 Weekly / 2022-09-09 Weekly",
        "2023-05-12 Weekly",
    ]
    assert drawing.issue_count == 4


def test_marks_never_touch_on_the_narrowest_drawing() -> None:
    days = [str(dt.date(2021, 6, 4) + dt.timedelta(weeks=week)) for week in range(160)]
    drawing = lay_out(USER_NAMESPACES, issues(*days))
    assert len(drawing.spots) >= 5
    assert all((after.x - before.x) * plot(NARROWEST) / 100 > 0.8 for before, after in pairwise(drawing.spots))
    assert drawing.issue_count == len(days)


def test_a_row_for_shared_marks_is_higher_and_none_takes_no_room() -> None:
    axes = [
        lay_out(USER_NAMESPACES, marks).axis for marks in ([], issues("2022-01-07"), issues("2022-01-07", "2022-01-14"))
    ]
    assert axes == sorted(set(axes))
    assert not draw(lay_out(USER_NAMESPACES)).findall('.//svg[@class="neco-timeline__issues"]')


def test_labels_stand_in_a_column_that_the_style_sheet_leaves_free() -> None:
    figure = draw(lay_out(USER_NAMESPACES, issues("2022-01-07", "2022-01-14")))
    labels = [it for it in figure.iter() if f"{it.get('x')}" == f"{-COLUMN}em"]
    assert {words(it).split(":")[0] for it in labels} >= {"alpha", "beta", "stable", "掲載 2 号"}
    assert all(float(str(it.get("x"))[:-2]) >= -COLUMN for it in figure.iter() if f"{it.get('x')}".endswith("em"))
    assert f"width: calc(100% - {COLUMN:.0f}em)" in CSS
    assert f"margin-inline-start: {COLUMN:.0f}em" in CSS


# --- the figure -----------------------------------------------------------------------------------------------------

LIVES = {
    "a long life": (USER_NAMESPACES, issues("2022-08-26", "2022-09-02", "2024-08-30")),
    "withdrawn": (
        kep(
            record("2022-02-01", said(ALPHA, {ALPHA: "v1.25", BETA: "v1.33"})),
            record("2023-02-01", gap="deleted"),
            record("2023-05-01", said(ALPHA, {ALPHA: "v1.25", BETA: "v1.33"}, Status.WITHDRAWN)),
        ),
        issues("2022-08-26"),
    ),
    "no history": (kep(created="2022-02-01"), []),
    "nobody knows the release": (kep(record("2021-01-01", said(STABLE, {STABLE: "v1.20"})), *OLD.history), []),
    "missed and cleared": (
        kep(record("2022-02-01", said(ALPHA, {BETA: "v1.27", STABLE: "v1.28"})), state=said(ALPHA, {BETA: "v1.27"})),
        [],
    ),
}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("enhancement", "marks"), LIVES.values(), ids=LIVES)
def test_whoever_listens_misses_nothing(enhancement: Enhancement, marks: list[IssueMark], locale: Locale) -> None:
    drawing = lay_out(enhancement, marks)
    figure = draw(drawing, locale)
    told = "\n".join(listed(drawing, locale))
    not_reached = load_strings(locale)("timeline.outcome_missed", release="")
    drawn = [text.replace(" ✕", not_reached) for text in lane_words(drawing, locale)]
    drawn += [words(title) for title in figure.findall('.//svg[@class="neco-timeline__band"]//title')]
    drawn += [words(text) for text in figure.findall('.//g[@class="neco-timeline__header"]/text')]
    drawn += [f"{issue.date}" for issue in marks] + [issue.title for issue in marks]
    assert [what for what in drawn if what not in told] == []
    parts = len(drawing.spans) + len(drawing.lanes) + len(marks) + (1 if drawing.created else 0) + 1
    assert len(drawing.events) == parts == len(listed(drawing, locale))
    assert places(drawing) == sorted(places(drawing))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("enhancement", "marks"), LIVES.values(), ids=LIVES)
def test_one_image_with_a_name_and_a_sentence(enhancement: Enhancement, marks: list[IssueMark], locale: Locale) -> None:
    drawing = lay_out(enhancement, marks)
    figure = draw(drawing, locale)
    (svg,) = figure.findall("svg")
    ids = [element.attrib["id"] for element in figure.iter() if "id" in element.attrib]
    assert svg.get("role") == "img"
    assert {svg.get("aria-labelledby"), svg.get("aria-describedby")} <= set(ids)
    assert all(name.startswith("neco-timeline-") for name in ids)
    assert len(ids) == len(set(ids))
    assert "KEP-7" in words(svg.find("title") or Element("none")) or "KEP-7" in (svg.findtext("title") or "")
    summary = svg.findtext("desc") or ""
    assert str(TODAY) in summary
    not_reached = load_strings(locale)("timeline.outcome_missed", release="")
    assert all(lane.replace(" ✕", not_reached) in summary for lane in lane_words(drawing, locale))
    assert "✕" not in summary + "".join(listed(drawing, locale))
    assert not list(figure.iter("a"))


def test_the_sentence() -> None:
    assert draw(lay_out(USER_NAMESPACES, issues("2022-08-26"))).findtext("svg/desc") == (
        "KEP-7 の年表、2024-09-01 時点。作成 2019-05-22、alpha: v1.22 で到達、"
        "beta: v1.24 未到達 → v1.27 未到達 → v1.28 で到達、stable: v1.29 未到達 → — → 予定 v1.34、掲載 1 号。"
    )
    assert draw(lay_out(OLD), "en").findtext("svg/desc") == (
        "Timeline of KEP-7 as of 2024-09-01: created 2020-01-01; 2020-01-01 to 2022-02-01: not recorded."
    )


def test_the_events_in_order() -> None:
    assert listed(lay_out(USER_NAMESPACES, issues("2022-08-26")), "en") == [
        "created 2019-05-22",
        "2019-05-22 to 2021-12-01: not released",
        "2021-12-01 to 2023-12-01: alpha",
        "v1.22 (2021-12-01): alpha: reached in v1.22",
        "2022-08-26: mentioned in “Weekly”",
        "2023-12-01 to 2024-09-01: beta",
        "v1.28 (2023-12-01): beta: v1.24 not reached → v1.27 not reached → reached in v1.28",
        "as of 2024-09-01",
        "planned v1.34 (no date yet): stable: v1.29 not reached → — → planned v1.34",
    ]


OPEN, DASHED, FILLED, CROSS = ("circle", False, None), ("circle", True, None), ("circle", False, "currentColor"), "use"
MARKS = {
    "reached": (BETA, ["v1.25"], None, [FILLED]),
    "planned": (ALPHA, ["v1.31"], None, [DASHED]),
    "missed": (ALPHA, ["v1.25"], None, [CROSS]),
    "dropped": (ALPHA, ["v1.25"], Status.REJECTED, [CROSS]),
    "dropped before its release": (ALPHA, ["v1.31"], Status.REJECTED, [DASHED, CROSS]),
    "cleared, and its release came": (ALPHA, ["v1.25", None], None, [CROSS]),
    "cleared before its release": (ALPHA, ["v1.33", None], None, [DASHED]),
    "reached after a failed plan": (BETA, ["v1.25", "v1.26"], None, [CROSS, FILLED]),
    "reached before a later date": (BETA, ["v1.24", "v1.26", "v1.25"], None, [CROSS, OPEN, FILLED]),
    "planned after a failed plan": (ALPHA, ["v1.25", "v1.31"], None, [CROSS, DASHED]),
    "planned otherwise before": (ALPHA, ["v1.33", "v1.32"], None, [DASHED, DASHED]),
}


@pytest.mark.parametrize(("stage", "plans", "status", "expected"), MARKS.values(), ids=MARKS)
def test_a_release_differs_by_its_shape_alone(
    stage: Stage | None, plans: list[str | None], status: Status | None, expected: list[object]
) -> None:
    states = [said(stage, {BETA: plan} if plan else {}) for plan in plans]
    closing = [record("2023-12-15", said(stage, dict(states[-1].milestones), status))] if status else []
    history = [record(f"2022-02-0{day}", state) for day, state in enumerate(states, start=1)]
    drawing = lay_out(kep(*history, *closing))
    shapes = draw(drawing).findall('.//g[@class="neco-timeline__lane"]/svg/*')
    marks = [shape for shape in shapes if shape.tag != "line"]
    assert [
        CROSS if mark.tag == "use" else (mark.tag, "stroke-dasharray" in mark.attrib, mark.get("fill"))
        for mark in marks
    ] == expected
    assert [mark.get("class") for mark in marks if "stroke-dasharray" in mark.attrib] == ["neco-planned"] * (
        expected.count(DASHED)
    )
    assert [mark.get("cx") or mark.get("x") for mark in marks][-1] == f"{drawing.lanes[0].x}%"


def test_planned_releases_are_joined_to_what_became_of_them_by_a_dashed_line() -> None:
    drawing = lay_out(USER_NAMESPACES)
    beta = draw(drawing).findall('.//g[@class="neco-timeline__lane"]/svg')[1]
    line, *marks = list(beta)
    assert beta.get("fill") == "none"
    assert (line.tag, line.get("x1"), line.get("x2")) == ("line", *(f"{place}%" for place in drawing.lanes[1].reach))
    assert "stroke-dasharray" in line.attrib
    places = [plan.x for plan in drawing.lanes[1].others]
    assert [mark.get("cx") or mark.get("x") for mark in marks] == [f"{x}%" for x in (*places, drawing.lanes[1].x)]


HATCH = "url(#neco-timeline-hatch)"
PAINTS = {
    "unrecorded": (kep(OLD.history[1], state=OLD.state), 0, HATCH, None),
    "nothing released": (kep(created="2022-02-01"), 0, "none", None),
    "closed": (kep(record("2022-02-01", said(ALPHA, {ALPHA: "v1.20"}, Status.DEFERRED))), -1, "none", "4 3"),
    "a stage": (kep(record("2022-02-01", said(ALPHA, {ALPHA: "v1.25"}))), -1, None, None),
}


@pytest.mark.parametrize(("enhancement", "place", "fill", "dashes"), PAINTS.values(), ids=PAINTS)
def test_time_without_a_stage_is_no_plain_colour(
    enhancement: Enhancement, place: int, fill: str | None, dashes: str | None
) -> None:
    rect = draw(lay_out(enhancement)).findall('.//svg[@class="neco-timeline__band"]//rect')[place]
    assert (rect.get("fill"), rect.get("stroke-dasharray")) == (fill, dashes)
    assert (rect.get("fill-opacity") is not None) == (fill is None)


@pytest.mark.parametrize(
    "title",
    [
        pytest.param("</title><script>alert(1)</script>", id="markup"),
        pytest.param('A & B "quoted" &lt; \' ', id="entities and quotes"),
        pytest.param("]]> --> {{ words }} {% raw %}", id="ends of other things"),
        pytest.param("第1回: 名前空間 🐈", id="Japanese"),
    ],
)
def test_a_hostile_title_is_text(title: str) -> None:
    drawing = lay_out(USER_NAMESPACES, issues("2022-08-26", title=title))
    figure = draw(drawing)
    assert not list(figure.iter("script"))
    assert figure.findtext('.//svg[@class="neco-timeline__issues"]/g/title') == f"2022-08-26 {title}"
    assert [item.text for item in figure.findall("ol/li") if title in (item.text or "")] == [
        f"2022-08-26: 掲載「{title}」"
    ]


def test_a_span_is_a_value() -> None:
    span = Span(kind="unreleased", since=None, until=TODAY, x=10, width=5)
    assert span.middle == 12.5


def test_the_time_that_is_not_recorded_is_explained_below_the_drawing() -> None:
    hatched = draw(lay_out(OLD))
    assert [words(each) for each in hatched.findall("figcaption")] == [
        "斜線の期間（2022-02-01 より前）は、どの段階がリリースされていたかの記録がありません。"
    ]
    whole = draw(lay_out(kep(record("2022-02-02", said(ALPHA)), created="2022-02-02")))
    assert whole.findall("figcaption") == []
