"""`releases.ics`: the rules of RFC 5545, and identifiers that stay when a day moves."""

from __future__ import annotations

import datetime as dt
import re

from neco_weekly.display.words import load_strings
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.store import Lock
from neco_weekly.model.release_facts import KnownReleases, ReleaseFacts
from neco_weekly.model.releases import load_releases
from neco_weekly.site.calendar import escaped, folded, release_calendar


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


FACTS = ReleaseFacts(
    enhancements_freeze=day("2027-02-11"),
    code_freeze=day("2027-03-17"),
    docs_freeze=day("2027-04-01"),
    planned=day("2027-04-21"),
    end_of_support=day("2028-06-28"),
)


def calendar(facts: ReleaseFacts = FACTS, locale: str = "ja", as_of: str | None = "2027-03-01") -> str:
    known = KnownReleases(by_name={"v1.39": facts}, sources={"sig-release": day("2027-02-20")})
    lock = Lock(as_of=day(as_of) if as_of else None, known_releases=known)
    return release_calendar(KepsAsOf(lock, load_releases()), load_strings(locale)).content


def events(text: str) -> dict[str, list[str]]:
    """The lines of each event by its identifier, unfolded."""
    found = re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT\r\n", text.replace("\r\n ", ""), re.DOTALL)
    lines = [it.strip().split("\r\n") for it in found]
    return {line.removeprefix("UID:"): event for event in lines for line in event if line.startswith("UID:")}


def test_lines_end_and_are_folded_as_the_rfc_says() -> None:
    text = calendar()
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert text.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    line = "SUMMARY:" + "猫" * 60
    assert [len(it.encode()) for it in folded(line).split("\r\n")] == [74, 73, 43]
    assert folded(line).replace("\r\n ", "") == line
    assert folded("x" * 75) == "x" * 75
    assert escaped("a;b,c\\d\r\ne:f") == "a\\;b\\,c\\\\d\\ne:f"


PLANNED = ["DESCRIPTION:Planned\\; the day may move.", "STATUS:TENTATIVE"]

PAST = {"enhancements-freeze"}
"""What was before the lock's day; a release is out only when a source says so."""


def test_every_day_of_a_release_is_an_event() -> None:
    assert {uid: event[1:] for uid, event in events(calendar(locale="en")).items() if "v1.39" in uid} == {
        f"kubernetes-v1.39-{kind}@neco-weekly": [
            "DTSTAMP:20270301T000000Z",
            f"DTSTART;VALUE=DATE:{start}",
            f"SUMMARY:Kubernetes v1.39 {kind.replace('-', ' ')}",
            *(
                ["STATUS:CONFIRMED"]
                if kind in PAST
                else ["DESCRIPTION:Planned\\; the day may move.", "STATUS:TENTATIVE"]
            ),
            "TRANSP:TRANSPARENT",
        ]
        for kind, start in {
            "enhancements-freeze": "20270211",
            "code-freeze": "20270317",
            "docs-freeze": "20270401",
            "release": "20270421",
            "end-of-support": "20280628",
        }.items()
    }


def test_a_day_that_moves_keeps_its_identifier_and_the_same_lock_makes_the_same_bytes() -> None:
    moved = events(calendar(ReleaseFacts(code_freeze=day("2027-03-18")).on_top_of(FACTS)))
    before = events(calendar())
    assert before.keys() == moved.keys()
    assert [uid for uid in before if before[uid] != moved[uid]] == ["kubernetes-v1.39-code-freeze@neco-weekly"]
    assert calendar() == calendar()


def test_without_sources_the_days_of_our_table_are_there() -> None:
    text = release_calendar(KepsAsOf(Lock(), load_releases()), load_strings("ja")).content
    found = events(text)["kubernetes-v1.36-release@neco-weekly"]
    assert "DTSTART;VALUE=DATE:20260422" in found
    assert "STATUS:CONFIRMED" in found
    assert "DTSTAMP:20270220T000000Z" in calendar(as_of=None)
    assert not [uid for uid in events(text) if "v1.19-" in uid]
