"""When and where an event is: from JSON-LD, from hCalendar as connpass writes it, from sessions of sched.com."""

from __future__ import annotations

from typing import Any

from neco_weekly.model.cards import Event

from .webpages import TITLE, linked, page

TALK = {"@type": "Event", "name": "猫の会", "startDate": "2026-12-05T19:00:00+09:00"}
HALL = {"@type": "Place", "name": "市民ホール", "address": {"addressLocality": "東京"}}


def ld(*nodes: dict[str, Any]) -> str:
    return linked([{"@context": "https://schema.org", **it} for it in nodes])


def start(written: str, **more: Any) -> Event:
    return Event(start=written, **more)


DAY = start("2026-12-05T19:00:00+09:00")

LINKED = {
    "a start": (ld(TALK), DAY),
    "a day": (ld({**TALK, "startDate": "2026-12-05"}), start("2026-12-05")),
    "an end": (
        ld({**TALK, "endDate": "2026-12-05T21:00:00+09:00"}),
        start("2026-12-05T19:00:00+09:00", end="2026-12-05T21:00:00+09:00"),
    ),
    "an end before the start": (ld({**TALK, "endDate": "2026-12-04"}), DAY),
    "a place": (ld({**TALK, "location": HALL}), start(DAY.start, place="市民ホール")),
    "a place that is a text": (ld({**TALK, "location": "名古屋"}), start(DAY.start, place="名古屋")),
    "a place without a name": (
        ld({**TALK, "location": {"address": {"addressLocality": "京都"}}}),
        start(DAY.start, place="京都"),
    ),
    "an address of the web": (ld({**TALK, "location": {"name": "https://zoom.example/1"}}), DAY),
    "online": (
        ld({**TALK, "location": {"@type": "VirtualLocation", "url": "https://a.example"}}),
        start(DAY.start, online=True),
    ),
    "both": (
        ld({**TALK, "location": [{"@type": "VirtualLocation"}, HALL]}),
        start(DAY.start, place="市民ホール", online=True),
    ),
    "online by its mode": (
        ld({**TALK, "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode"}),
        start(DAY.start, online=True),
    ),
    "on the spot by its mode": (
        ld({**TALK, "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode"}),
        DAY,
    ),
    "another word for it": (ld({**TALK, "@type": "EducationEvent"}), DAY),
    "said twice": (ld(TALK, TALK), DAY),
    "a list of two": (ld(TALK, {**TALK, "name": "犬の会"}), None),
    "a broadcast": (ld({**TALK, "@type": "BroadcastEvent"}), None),
    "no date": (ld({**TALK, "startDate": "いつか"}), None),
    "an article with a start": (ld({"@type": "Article", "name": "x", "startDate": "2026-12-05"}), None),
    "numbers": (ld({**TALK, "startDate": 20261205}), None),
}

CONNPASS = """<div class="event_schedule_area"><p class="ymd">
<span class="dtstart"><span class="ymd">2026/12/05(土)</span> <span class="hi">19:00</span></span> 〜
<span class="dtend">21:30</span></p></div>
<p class="place_name">{place}</p><p class="adr">東京都千代田区1-1</p>"""

SCHED = """<div class="sched-event-details-timeandplace">
{line}
<br><a href="venue/Room+1">Room 1</a> <em>Tokyo</em></div>"""

CLASSES = {
    "connpass": (
        CONNPASS.format(place="猫カフェ"),
        start("2026-12-05T19:00", end="2026-12-05T21:30", place="猫カフェ"),
    ),
    "connpass online": (
        CONNPASS.format(place="オンライン").replace("東京都千代田区1-1", ""),
        start("2026-12-05T19:00", end="2026-12-05T21:30", online=True),
    ),
    "for programs": (
        "<b class=dtstart><i class=value-title title='2026-12-05T19:00:00+09:00'></i>土曜</b>",
        DAY,
    ),
    "two events": ("<b class=dtstart>2026/12/05 19:00</b><b class=dtstart>2026/12/06 19:00</b>", None),
    "no day": ("<b class=dtstart>19:00</b>", None),
    "an hour that is none": ("<b class=dtstart>2026/12/05 99:00</b>", start("2026-12-05")),
    "sched": (
        SCHED.format(line="Saturday December 5, 2026 9:00am - 1:30pm JST"),
        start("2026-12-05T09:00", end="2026-12-05T13:30", place="Room 1"),
    ),
    "sched in 24 hours": (
        SCHED.format(line="Saturday December 5, 2026 22:00 - Sunday December 6, 2026 00:30"),
        start("2026-12-05T22:00", end="2026-12-06T00:30", place="Room 1"),
    ),
    "sched without a day": (SCHED.format(line="TBA"), None),
}


def test_events() -> None:
    found = {name: page(TITLE + html).event for name, (html, _) in {**LINKED, **CLASSES}.items()}
    wanted = {name: event for name, (_, event) in {**LINKED, **CLASSES}.items()}
    assert {name: it for name, it in found.items() if it != wanted[name]} == {}
