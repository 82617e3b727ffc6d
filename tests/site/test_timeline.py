"""The drawn timeline of a KEP: what became of each milestone, where it stands, and what those who listen hear of it."""

from __future__ import annotations

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
from neco_weekly.model.keps import Details, Enhancement, EnhancementState, Gap, Record, Source, Stage, Status
from neco_weekly.model.releases import Releases
from neco_weekly.site.timeline import NARROWEST, WIDTHS, IssueMark, Label, Outcome, Span, Timeline, outcome, timeline

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


def lay_out(
    enhancement: Enhancement,
    marks: Sequence[IssueMark] = (),
    *,
    releases: Releases = RELEASES,
    as_of: dt.date | None = TODAY,
) -> Timeline:
    found = timeline(enhancement, marks, releases, as_of)
    assert found is not None
    return found


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
def test_a_milestone_is_reached_when_its_release_is_out_and_the_stage_is_there(
    stage: Stage | None, status: Status | None, of: Stage, release: str, expected: Outcome
) -> None:
    enhancement = kep(record("2021-01-01", said(stage, {of: release}, status)))
    assert outcome(enhancement, of, RELEASES, TODAY) == expected


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
    assert outcome(enhancement, of, RELEASES, TODAY) == expected


@pytest.mark.parametrize(
    ("closed", "expected"),
    [pytest.param("2023-01-01", "reached", id="out"), pytest.param("2022-01-01", "dropped", id="not")],
)
def test_a_proposal_that_was_closed_before_its_first_record(closed: str, expected: Outcome) -> None:
    state = said(ALPHA, {ALPHA: "v1.25"}, Status.WITHDRAWN)
    assert outcome(kep(record(closed, state)), ALPHA, RELEASES, TODAY) == expected


def test_a_milestone_that_is_no_longer_named_is_cleared() -> None:
    assert outcome(kep(record("2021-01-01", said(STABLE))), BETA, RELEASES, TODAY) == "cleared"


def test_without_a_history_the_state_of_today_is_all_there_is() -> None:
    enhancement = kep(state=said(BETA, {ALPHA: "v1.25", BETA: "v1.31"}))
    assert [lane.outcome for lane in lay_out(enhancement).lanes] == ["reached", "planned"]
    closed = kep(state=said(ALPHA, {ALPHA: "v1.25", BETA: "v1.31"}, Status.WITHDRAWN))
    assert [lane.outcome for lane in lay_out(closed).lanes] == ["reached", "dropped"]


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
        "alpha: v1.22 到達",
        "beta: v1.24 → v1.27 → v1.28 到達",
        "stable: v1.29 → — → v1.34 予定",
    ]
    assert lane_words(lay_out(USER_NAMESPACES), "en")[2] == "stable: v1.29 → — → v1.34 planned"


def test_earlier_plans_are_ghosts_at_their_releases() -> None:
    drawing = lay_out(USER_NAMESPACES)
    alpha, beta, stable = drawing.lanes
    assert (alpha.x, alpha.ghosts) == (release_place(drawing, 22), ())
    assert (beta.x, beta.ghosts) == (
        release_place(drawing, 28),
        (release_place(drawing, 24), release_place(drawing, 27)),
    )
    assert beta.reach == (release_place(drawing, 24), release_place(drawing, 28))
    assert (stable.release, stable.day, beta.day) == ("v1.34", None, dt.date(2023, 12, 1))


def test_a_plan_that_was_taken_away() -> None:
    drawing = lay_out(
        kep(
            record("2021-02-01", said(ALPHA, {STABLE: "v1.25"})),
            record("2021-06-01", said(ALPHA, {STABLE: "v1.26"})),
            record("2021-07-01", said(ALPHA)),
        )
    )
    (stable,) = drawing.lanes
    assert (stable.outcome, stable.x, stable.ghosts) == (
        "cleared",
        release_place(drawing, 26),
        (release_place(drawing, 25),),
    )
    assert lane_words(drawing) == ["stable: v1.25 → v1.26 → — 予定なし"]


def test_a_release_that_was_named_twice_has_one_mark() -> None:
    plans = ["v1.25", "v1.26", "v1.24", "v1.26", "v1.25"]
    history = [record(f"2021-0{month}-01", said(ALPHA, {ALPHA: plan})) for month, plan in enumerate(plans, start=1)]
    drawing = lay_out(kep(*history))
    (alpha,) = drawing.lanes
    assert alpha.planned == tuple(plans)
    assert (alpha.x, alpha.ghosts) == (
        release_place(drawing, 25),
        (release_place(drawing, 26), release_place(drawing, 24)),
    )


def test_a_gap_takes_no_plan_away_and_the_state_of_today_counts() -> None:
    enhancement = kep(
        record("2021-02-01", said(ALPHA, {ALPHA: "v1.25"})),
        record("2021-06-01", gap="deleted"),
        record("2021-07-01", said(ALPHA, {ALPHA: "v1.25"})),
        state=said(ALPHA, {ALPHA: "v1.26"}),
    )
    assert lane_words(lay_out(enhancement)) == ["alpha: v1.25 → v1.26 到達"]


def test_stages_stand_in_the_order_of_a_life() -> None:
    state = said(ALPHA, dict.fromkeys(reversed(Stage), "v1.25"))
    lanes = lay_out(kep(record("2021-02-01", state))).lanes
    assert [lane.stage for lane in lanes] == list(Stage)
    assert all(after.text - before.track >= 2 for before, after in pairwise(lanes))


@pytest.mark.parametrize(
    ("count", "lines"),
    [
        pytest.param(1, [1], id="one"),
        pytest.param(4, [4], id="four on one line"),
        pytest.param(5, [4, 1], id="the last one waits for the word after it"),
        pytest.param(10, [5, 5], id="ten"),
        pytest.param(12, [5, 6, 1], id="twelve"),
    ],
)
def test_many_plans_break_into_lines(count: int, lines: list[int]) -> None:
    history = [record(f"2021-{n:02}-01", said(ALPHA, {STABLE: f"v1.{20 + n}"})) for n in range(1, count + 1)]
    drawing = lay_out(kep(*history, record("2022-01-01", said(ALPHA, {STABLE: f"v1.{20 + count}", BETA: "v1.40"}))))
    stable = drawing.lanes[1]
    assert [len(line) for line in stable.lines] == lines
    assert (
        lane_words(drawing)[1] == f"stable: {' → '.join(f'v1.{20 + n}' for n in range(1, count + 1))} 未到達"
        or count > 10
    )
    assert stable.track - stable.text == pytest.approx(1.4 * len(lines) - 0.5)


# --- the band -------------------------------------------------------------------------------------------------------


def test_the_band_says_what_was_said_and_what_is_not_recorded() -> None:
    assert span_kinds(lay_out(USER_NAMESPACES)) == [
        ("unrecorded", "2019-05-22", "2021-02-01"),
        ("unstaged", "2021-02-01", "2021-06-01"),
        ("stage", "2021-06-01", "2023-06-01"),
        ("stage", "2023-06-01", "2024-09-01"),
    ]


@pytest.mark.parametrize(
    ("enhancement", "expected"),
    [
        pytest.param(
            kep(record("2021-02-01", said(ALPHA)), created="2021-02-01"),
            [("stage", "2021-02-01", "2024-09-01")],
            id="recorded from the first day",
        ),
        pytest.param(
            kep(record("2021-02-01", said(ALPHA)), created="2022-02-01"),
            [("stage", "2021-02-01", "2024-09-01")],
            id="a creation date that came later",
        ),
        pytest.param(
            kep(record("2021-05-01", said(ALPHA))),
            [("unrecorded", "None", "2021-05-01"), ("stage", "2021-05-01", "2024-09-01")],
            id="created nobody knows when",
        ),
        pytest.param(kep(created="2022-02-01"), [("unrecorded", "2022-02-01", "2024-09-01")], id="no history"),
        pytest.param(
            kep(state=said(ALPHA, {ALPHA: "v1.25"})), [("unrecorded", "None", "2024-09-01")], id="only milestones"
        ),
        pytest.param(
            kep(
                record("2021-02-01", said(ALPHA)),
                record("2021-03-01", gap="deleted"),
                record("2021-04-01", gap="ambiguous"),
                record("2021-05-01", said(ALPHA)),
                created="2021-02-01",
            ),
            [
                ("stage", "2021-02-01", "2021-03-01"),
                ("gap", "2021-03-01", "2021-04-01"),
                ("gap", "2021-04-01", "2021-05-01"),
                ("stage", "2021-05-01", "2024-09-01"),
            ],
            id="gaps",
        ),
        pytest.param(
            kep(
                record("2021-02-01", said(ALPHA, {}, Status.PROVISIONAL)),
                record("2021-03-01", said(ALPHA, {BETA: "v1.25"})),
                record("2021-04-01", said(ALPHA, {}, Status.WITHDRAWN)),
                record("2021-05-01", said(ALPHA, {}, Status.REPLACED)),
                created="2021-02-01",
            ),
            [
                ("stage", "2021-02-01", "2021-04-01"),
                ("closed", "2021-04-01", "2021-05-01"),
                ("closed", "2021-05-01", "2024-09-01"),
            ],
            id="one stage for several records, then closed",
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
    ("state", "gap", "ja", "en"),
    [
        pytest.param(said(BETA), None, "beta", "beta", id="a stage"),
        pytest.param(said(Stage.REMOVED), None, "廃止", "removed", id="a stage in Japanese"),
        pytest.param(said(None), None, "段階未定", "no stage", id="no stage"),
        pytest.param(said(BETA, {}, Status.WITHDRAWN), None, "取り下げ", "withdrawn", id="closed"),
        pytest.param(None, "deleted", "ファイルなし", "no file", id="deleted"),
        pytest.param(None, "ambiguous", "番号の重複", "several files", id="ambiguous"),
        pytest.param(None, "unreadable", "読み取り不可", "not readable", id="unreadable"),
    ],
)
def test_a_span_says_what_it_is(state: EnhancementState | None, gap: Gap | None, ja: str, en: str) -> None:
    drawing = lay_out(kep(record("2021-02-01", state, gap), created="2019-01-01"))
    assert [words(text) for text in draw(drawing).findall('.//svg[@class="neco-timeline__band"]//text')] == [
        "記録なし",
        ja,
    ]
    assert f"2021-02-01 から 2024-09-01 まで: {ja}" in listed(drawing)
    assert f"2021-02-01 to 2024-09-01: {en}" in listed(drawing, "en")


@pytest.mark.parametrize(
    ("until", "shows"),
    [
        pytest.param("2021-02-10", None, id="never"),
        pytest.param("2021-04-25", 60, id="on a desk"),
        pytest.param("2022-02-01", NARROWEST, id="always"),
    ],
)
def test_words_of_a_span_show_where_they_have_room(until: str, shows: int | None) -> None:
    drawing = lay_out(kep(record("2021-02-01", said(BETA)), record(until, said(STABLE)), created="2021-02-01"))
    assert drawing.spans[0].shows == shows


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


def test_releases_after_the_last_dated_one_come_on_a_dashed_axis_without_a_year() -> None:
    drawing = lay_out(USER_NAMESPACES)
    assert drawing.dated_until == release_place(drawing, 31)
    assert [tick.text for tick in drawing.ticks if not tick.dated and tick.x > drawing.today] == [
        "1.32",
        "1.33",
        "1.34",
    ]
    (undated,) = (year for year in drawing.years if year.text is None)
    assert undated.x == release_place(drawing, 32)
    axis = draw(drawing).findall('.//svg[@class="neco-timeline__axis"]/g/line')
    assert [(line.get("x1"), line.get("x2"), "stroke-dasharray" in line.attrib) for line in axis[:2]] == [
        (None, f"{drawing.dated_until}%", False),
        (f"{drawing.dated_until}%", "100%", True),
    ]
    assert "v1.34（日付未定）: stable: v1.29 → — → v1.34 予定" in listed(drawing)


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
    assert listed(drawing)[0] == "2022-02-02 まで: 記録なし"


@pytest.mark.parametrize("as_of", [TODAY, None], ids=str)
def test_nothing_to_draw(as_of: dt.date | None) -> None:
    assert timeline(kep(state=said(BETA)), issues("2022-01-01"), RELEASES, as_of) is None
    undated = Record(source=Source(kind="github-issue"), state=said(BETA), observed=True)
    assert timeline(kep(undated), (), RELEASES, as_of) is None


# --- labels ---------------------------------------------------------------------------------------------------------


def boxes(labels: Sequence[Label], width: int, em: float) -> list[tuple[float, float]]:
    """Where the labels that show at a width begin and end, in em."""
    shift = {"start": 0.0, "middle": em / 2, "end": em}
    shown = sorted((label for label in labels if label.shows and label.shows <= width), key=lambda label: label.x)
    starts = [
        {"start": 0, "middle": label.x, "end": 100}[label.anchor] * width / 100 - shift[label.anchor] for label in shown
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
        assert found[0][0] >= -0.1
        assert found[-1][1] <= width + 0.1
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
    narrow, wide = ["2015", "2021", "2023", "None"], ["2015", "2021", "2022", "2023", "2024", "None"]
    assert shown == {27: narrow, 36: narrow, 48: narrow, 60: wide}


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
    css = (
        Path(neco_weekly.__file__)
        .parent.joinpath("site", "assets")
        .joinpath("timeline.css")
        .read_text(encoding="utf-8")
    )
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
        int(width) for width in re.findall(r'min-width: (\d+)em\) \{\s+.neco-timeline \[data-from="\1"\]', css)
    } == set(WIDTHS[1:])
    assert f"100cqi / {NARROWEST}" in css


@pytest.mark.parametrize(
    ("created", "far", "anchor", "lines"),
    [
        pytest.param("2021-05-01", "v1.30", "end", 1, id="today near the right"),
        pytest.param("2024-05-01", "v1.36", "start", 2, id="today near the left, under the creation"),
        pytest.param("2022-01-01", "v1.38", "start", 1, id="today in the middle"),
        pytest.param(None, "v1.31", "end", 1, id="no creation to give way to"),
        pytest.param(None, "v1.90", "start", 1, id="no creation, today at the left"),
        pytest.param("2022-05-01", "v1.33", "end", 2, id="no room on either side"),
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
    assert len(drawing.spots) > 5
    assert all((after.x - before.x) * NARROWEST / 100 > 0.8 for before, after in pairwise(drawing.spots))
    assert drawing.issue_count == len(days)


def test_a_row_for_shared_marks_is_higher_and_none_takes_no_room() -> None:
    axes = [
        lay_out(USER_NAMESPACES, marks).axis for marks in ([], issues("2022-01-07"), issues("2022-01-07", "2022-01-14"))
    ]
    assert axes == sorted(set(axes))
    assert not draw(lay_out(USER_NAMESPACES)).findall('.//svg[@class="neco-timeline__issues"]')


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
    drawn = [*lane_words(drawing, locale)]
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
    assert all(lane in summary for lane in lane_words(drawing, locale))
    assert not list(figure.iter("a"))


def test_the_sentence() -> None:
    assert draw(lay_out(USER_NAMESPACES, issues("2022-08-26"))).findtext("svg/desc") == (
        "KEP-7 の年表、2024-09-01 時点。作成 2019-05-22、2019-05-22 から 2021-02-01 まで: 記録なし、alpha: v1.22 到達、"
        "beta: v1.24 → v1.27 → v1.28 到達、stable: v1.29 → — → v1.34 予定、掲載 1 号。"
    )


def test_the_events_in_order() -> None:
    assert listed(lay_out(USER_NAMESPACES, issues("2022-08-26")), "en") == [
        "created 2019-05-22",
        "2019-05-22 to 2021-02-01: not recorded",
        "2021-02-01 to 2021-06-01: no stage",
        "2021-06-01 to 2023-06-01: alpha",
        "v1.22 (2021-12-01): alpha: v1.22 reached",
        "2022-08-26: mentioned in “Weekly”",
        "2023-06-01 to 2024-09-01: beta",
        "v1.28 (2023-12-01): beta: v1.24 → v1.27 → v1.28 reached",
        "as of 2024-09-01",
        "v1.34 (no date yet): stable: v1.29 → — → v1.34 planned",
    ]


MARKS = {
    "reached": (BETA, "v1.25", None, [("circle", "currentColor")]),
    "planned": (ALPHA, "v1.31", None, [("circle", None)]),
    "missed": (ALPHA, "v1.25", None, [("use", None)]),
    "dropped": (ALPHA, "v1.31", Status.REJECTED, [("use", None)]),
}


@pytest.mark.parametrize(("stage", "release", "status", "expected"), MARKS.values(), ids=MARKS)
def test_a_milestone_differs_by_its_shape(
    stage: Stage, release: str, status: Status | None, expected: list[tuple[str, str | None]]
) -> None:
    drawing = lay_out(kep(record("2022-02-01", said(stage, {BETA: release}, status or Status.IMPLEMENTABLE))))
    shapes = list(draw(drawing).findall('.//g[@class="neco-timeline__lane"]/svg/*'))
    assert [(shape.tag, shape.get("fill")) for shape in shapes] == expected
    assert [shape.get("cx") or shape.get("x") for shape in shapes] == [f"{drawing.lanes[0].x}%"]


def test_ghosts_are_joined_to_the_milestone_by_a_dashed_line() -> None:
    drawing = lay_out(USER_NAMESPACES)
    beta = draw(drawing).findall('.//g[@class="neco-timeline__lane"]/svg')[1]
    line, *circles = list(beta)
    assert beta.get("fill") == "none"
    assert (line.tag, line.get("x1"), line.get("x2")) == ("line", *(f"{place}%" for place in drawing.lanes[1].reach))
    assert "stroke-dasharray" in line.attrib
    assert [circle.get("cx") for circle in circles] == [f"{x}%" for x in (*drawing.lanes[1].ghosts, drawing.lanes[1].x)]
    assert [circle.get("fill") for circle in circles] == [None, None, "currentColor"]


HATCH = "url(#neco-timeline-hatch)"
PAINTS = {
    "unrecorded": (None, None, HATCH, None),
    "gap": (None, "deleted", HATCH, "2 2"),
    "no stage": (said(None), None, "none", None),
    "closed": (said(ALPHA, {}, Status.DEFERRED), None, "none", "4 3"),
    "a stage": (said(ALPHA), None, None, None),
}


@pytest.mark.parametrize(("state", "gap", "fill", "dashes"), PAINTS.values(), ids=PAINTS)
def test_time_without_a_stage_is_no_plain_colour(
    state: EnhancementState | None, gap: Gap | None, fill: str | None, dashes: str | None
) -> None:
    known = [record("2022-02-01", state, gap)] if state or gap else []
    rect = draw(lay_out(kep(*known, created="2022-01-01"))).findall('.//svg[@class="neco-timeline__band"]//rect')[-1]
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
    span = Span(kind="gap", since=None, until=TODAY, x=10, width=5)
    assert span.middle == 12.5


def test_the_time_that_is_not_recorded_is_explained_below_the_drawing() -> None:
    hatched = draw(lay_out(kep(record("2022-02-02", said(ALPHA)), created="2021-09-01")))
    assert [words(each) for each in hatched.findall("figcaption")] == [
        "斜線の期間（2022-02-02 より前）は kep.yaml に記録がありません。"
    ]
    whole = draw(lay_out(kep(record("2022-02-02", said(ALPHA)), created="2022-02-02")))
    assert whole.findall("figcaption") == []
