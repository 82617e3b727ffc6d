"""Exceptions on a KEP's page: what was asked, why a plan failed, and that nothing refused shipped."""

from __future__ import annotations

import datetime as dt

from bs4 import BeautifulSoup
from neco_weekly.display.words import load_strings
from neco_weekly.issues.index import build_index
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.store import Lock
from neco_weekly.model.exceptions import Decision, ExceptionRequest, Freeze
from neco_weekly.model.issues import Heading, Issue, Mention
from neco_weekly.model.release_facts import KnownReleases, ReleaseFacts
from neco_weekly.model.releases import load_releases
from neco_weekly.site.pages import Site

from tests.histories import ALPHA, BETA, enhancement, record, state

ISSUE = Issue(
    path="issues/2026-02-20.md",
    title="Weekly",
    date=dt.date(2026, 2, 20),
    number=None,
    mentions=(Mention(kep=127, written="", heading=Heading(text="節", anchor="a"), paragraph=""),),
)

MOVED = enhancement(
    record("2025-10-01", state(ALPHA, alpha="v1.35")),
    record("2026-01-10", state(ALPHA, alpha="v1.36")),
    record("2026-06-01", state(ALPHA, alpha="v1.37")),
)
"""Alpha was planned for v1.35, then for v1.36, and both came without it."""


def asked(decision: Decision, freeze: Freeze = "enhancements", title: str = "", raw: str = "") -> ExceptionRequest:
    return ExceptionRequest(
        kep=127,
        freeze=freeze,
        decision=decision,
        title=title,
        requested=dt.date(2026, 2, 12),
        reviewed=dt.date(2026, 2, 18),
        thread="https://groups.example.com/g/a?b=1&c=2",
        raw=(("decision", raw),) if raw else (),
    )


def keps_as_of(kep: object, *requests: ExceptionRequest) -> KepsAsOf:
    known = KnownReleases(
        by_name={"v1.36": ReleaseFacts(exceptions=requests)}, sources={"sig-release": dt.date(2026, 7, 20)}
    )
    return KepsAsOf(Lock(as_of=dt.date(2026, 7, 24), fetched={127: kep}, known_releases=known), load_releases())  # type: ignore[dict-item]


def page(locale: str, *requests: ExceptionRequest, kep: object = MOVED) -> BeautifulSoup:
    site = Site(build_index([ISSUE]), keps_as_of(kep, *requests), load_strings(locale))
    return BeautifulSoup(site.kep_page(127).page().body, "html.parser")


def texts(html: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(it.get_text().split()) for it in html.select(selector)]


def test_a_request_is_told_with_its_days_and_its_thread() -> None:
    html = page("en", asked("rejected", title="<b>Root</b>less"))
    assert texts(html, ".neco-exceptions li") == [
        "v1.36, exception from the enhancements freeze: asked 2026-02-12, rejected 2026-02-18 thread "
        "there called <b>Root</b>less"
    ]
    assert [it["href"] for it in html.select(".neco-exceptions a")] == ["https://groups.example.com/g/a?b=1&c=2"]
    assert texts(page("ja", asked("removed")), ".neco-exceptions li") == [
        "v1.36 の Enhancements Freeze の例外を 2026-02-12 に申請、2026-02-18 にリリースから除外 議論"
    ]


def test_no_line_ends_within_a_day() -> None:
    html = page("ja", asked("rejected"))
    days = [it.get_text() for it in html.select(":is(.neco-exceptions, .neco-slips) time.neco-day")]
    assert days == ["2026-02-12", "2026-02-18"] * 2


def test_a_slip_has_its_reason_or_says_that_none_is_known() -> None:
    assert texts(page("en", asked("rejected")), ".neco-slips li") == [
        "alpha: Why v1.36 came without it: v1.36, exception from the enhancements freeze: asked 2026-02-12, "
        "rejected 2026-02-18",
        "alpha: Why v1.35 came without it: reason unknown",
    ]
    for requests in ((), (asked("approved"),), (asked("unknown", raw="aproved"),), (asked("pending"),)):
        told = texts(page("en", *requests), ".neco-slips li")
        assert told == ["alpha: Why v1.35, v1.36 came without it: reason unknown"]
    unknown = page("en", asked("unknown", raw="a<p>roved"))
    assert "decision not readable (a<p>roved)" in texts(unknown, ".neco-exceptions li")[0]


def test_a_plan_that_was_given_up_before_the_freeze_is_no_slip_and_has_no_reason() -> None:
    kep = enhancement(
        record("2025-09-01", state(ALPHA, alpha="v1.35", beta="v1.36")),
        record("2025-12-01", state(ALPHA, alpha="v1.36", beta="v1.37")),
        record("2026-06-01", state(ALPHA, alpha="v1.37", beta="v1.38")),
    )
    told = texts(page("en", asked("rejected"), kep=kep), ".neco-slips li")
    assert [it.partition(" came")[0] for it in told] == ["alpha: Why v1.36", "alpha: Why v1.35"]


def test_what_was_refused_is_never_told_as_shipped() -> None:
    """Authors leave the milestone in kep.yaml as it was: that of v1.36 names a stage that was not let in."""
    left = enhancement(record("2026-01-10", state(BETA, alpha="v1.35", beta="v1.36")))

    def shipped(*requests: ExceptionRequest) -> str:
        found = keps_as_of(left, *requests).of(127)
        assert found
        assert found.today.shipped
        return f"{found.today.shipped.stage} {found.today.shipped.release}"

    assert shipped() == shipped(asked("approved")) == shipped(asked("unknown")) == "beta v1.36"
    assert shipped(asked("rejected")) == shipped(asked("removed", "code")) == "alpha v1.35"
    assert shipped(asked("rejected", "docs")) == "beta v1.36"
    assert shipped(asked("rejected"), asked("approved", "code")) == "beta v1.36"
