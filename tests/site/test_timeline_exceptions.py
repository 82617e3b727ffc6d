"""Exceptions from freezes on a KEP's timeline: a mark on the day of the asking, and by its shape the decision."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import neco_weekly
from jinja2 import Environment, PackageLoader, StrictUndefined
from neco_weekly.display.words import load_strings
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.store import Lock
from neco_weekly.model.exceptions import DECISIONS, Decision, ExceptionRequest
from neco_weekly.model.releases import load_releases
from neco_weekly.site.pages.slips import exception_marks
from neco_weekly.site.timeline import COLUMN, NARROWEST, ExceptionMark, IssueMark, Timeline, plot, timeline

from tests.histories import USER_NAMESPACES

RELEASES, TODAY = load_releases(), dt.date(2026, 7, 24)
TEMPLATES = Environment(
    loader=PackageLoader("neco_weekly.site"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)
CSS = Path(neco_weekly.__file__).parent.joinpath("site", "assets", "timeline.css").read_text(encoding="utf-8")


def mark(day: str, decision: Decision = "approved", text: str = "") -> ExceptionMark:
    return ExceptionMark(date=dt.date.fromisoformat(day), text=text or f"asked {day}", decision=decision)


def lay_out(*marks: ExceptionMark, issues: tuple[str, ...] = (), as_of: dt.date | None = TODAY) -> Timeline:
    kep = KepsAsOf(Lock(as_of=as_of, fetched={127: USER_NAMESPACES}), RELEASES).of(127)
    assert kep
    of_ours = [IssueMark(date=dt.date.fromisoformat(day), title="Weekly") for day in issues]
    found = timeline(kep, of_ours, RELEASES, as_of, marks)
    assert found
    return found


def draw(drawing: Timeline) -> Element:
    html = TEMPLATES.get_template("timeline.html").module.timeline_figure(drawing, load_strings("en"))  # type: ignore[attr-defined]
    return ElementTree.fromstring(re.sub(r">\s*\n\s*<", "><", html.strip()))


def row(drawing: Timeline) -> Element:
    (found,) = draw(drawing).findall('.//svg[@class="neco-timeline__exceptions"]')
    return found


def test_a_request_is_a_mark_on_the_day_of_the_asking_with_its_words() -> None:
    request = ExceptionRequest(
        kep=127,
        freeze="code",
        decision="rejected",
        requested=dt.date(2025, 7, 25),
        reviewed=dt.date(2025, 7, 28),
    )
    (asked,) = exception_marks([("v1.34", request)], load_strings("en"))
    assert asked.date == request.requested
    drawing = lay_out(asked)
    told = "v1.34, exception from the code freeze: asked 2025-07-25, rejected 2025-07-28"
    assert [it.findtext("title") for it in row(drawing).findall("g")] == [told]
    assert row(drawing).findtext("text") == "exceptions asked for: 1"
    figure = draw(drawing)
    assert told in ["".join(it.itertext()) for it in figure.findall("ol/li")]
    assert "exceptions asked for: 1" in (figure.findtext("svg/desc") or "")
    days = [event.x for event in drawing.events]
    assert days == sorted(days)


def test_a_request_without_a_day_stands_on_that_of_its_decision_or_nowhere() -> None:
    reviewed = ExceptionRequest(kep=127, freeze="code", decision="approved", reviewed=dt.date(2025, 7, 28))
    nothing = ExceptionRequest(kep=127, freeze="code", decision="pending")
    found = exception_marks([("v1.34", reviewed), ("v1.34", nothing)], load_strings("en"))
    assert [it.date for it in found] == [dt.date(2025, 7, 28)]


def test_what_was_decided_is_a_shape() -> None:
    found = {}
    for decision in DECISIONS:
        (group,) = row(lay_out(mark("2025-07-25", decision))).findall("g")
        (use,) = group.findall("use")
        link = next(value for name, value in use.attrib.items() if name.endswith("href"))
        found[decision] = (link, use.get("fill"))
    granted, refused = ("#neco-timeline-asked", None), ("#neco-timeline-cross", None)
    undecided = ("#neco-timeline-asked", "none")
    assert found == {
        "approved": granted,
        "rejected": refused,
        "removed": refused,
        "pending": undecided,
        "unknown": undecided,
    }
    symbols = {it.get("id") for it in draw(lay_out()).iter("symbol")}
    assert {link.removeprefix("#") for link, _ in found.values()} <= symbols


def test_marks_that_would_overlap_are_one_with_their_number_and_of_different_ones_neither_shape() -> None:
    drawing = lay_out(mark("2025-07-25"), mark("2025-07-30", "rejected"), mark("2022-08-02", "rejected"))
    groups = row(drawing).findall("g")
    assert [it.get("data-decision") for it in groups] == ["refused", "open"]
    assert [it.findtext("text") for it in groups] == [None, "2"]
    assert groups[1].findtext("title") == "asked 2025-07-25 / asked 2025-07-30"
    assert drawing.exception_count == 3
    many = [mark(str(dt.date(2022, 6, 1) + dt.timedelta(days=20 * step))) for step in range(60)]
    places = [it.x for it in lay_out(*many).exceptions]
    assert all((after - before) * plot(NARROWEST) / 100 > 0.8 for before, after in pairwise(places))


def test_the_row_takes_room_of_its_own_above_our_issues() -> None:
    one, near = mark("2025-07-25"), mark("2025-07-26")
    nothing, alone, shared = (lay_out(*it, issues=("2025-07-25",)) for it in ((), (one,), (one, near)))
    assert nothing.below_exceptions == nothing.below_lanes
    # Words are an em high: those of our issues begin below the marks, and below the number of a mark that is shared.
    assert alone.below_exceptions - alone.below_lanes >= 0.5 + 1
    assert shared.below_exceptions - shared.below_lanes >= 1.4 + 1
    for drawing in (nothing, alone, shared):
        assert drawing.axis == round(drawing.below_exceptions + 1.0, 2)
    assert lay_out(one).axis > lay_out().axis
    assert [it.get("class") for it in draw(nothing).iter("svg")].count("neco-timeline__exceptions") == 0


def test_a_day_that_cannot_be_is_no_mark_and_moves_nothing() -> None:
    bad = (mark("2206-02-12"), mark("2002-02-12"))
    assert lay_out(*bad).exceptions == ()
    assert lay_out(*bad) == lay_out()
    early = lay_out(mark("2021-12-01"))
    assert early.exceptions[0].x < lay_out(mark("2022-08-02")).exceptions[0].x
    first = lay_out(mark("2018-01-01"))
    assert min(tick.x for tick in first.ticks) <= first.exceptions[0].x  # the drawing begins before


def test_hostile_words_are_text() -> None:
    bad = "</title><script>alert(1)</script>"
    figure = draw(lay_out(mark("2025-07-25", text=bad)))
    assert not list(figure.iter("script"))
    assert bad in ["".join(it.itertext()) for it in figure.findall("ol/li")]


def test_its_words_stand_in_the_column_where_no_line_is() -> None:
    label = row(lay_out(mark("2025-07-25"))).find("text")
    assert label is not None
    assert label.get("x") == f"{-COLUMN}em"
