"""Days of Kubernetes releases and exceptions: two repositories, whose files change form and are dirty."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from neco_weekly.model.errors import NecoError
from neco_weekly.model.release_facts import ReleaseFacts
from neco_weekly.model.releases import load_releases
from neco_weekly.sources.clones import missing_below
from neco_weekly.sources.schedules.exceptions_file import read_exceptions
from neco_weekly.sources.schedules.freeze_table import read_schedule
from neco_weekly.sources.schedules.moments import read_deadline
from neco_weekly.sources.schedules.release_files import joined, read_eol_file, read_schedule_file
from neco_weekly.sources.schedules.sig_release import read_sig_release
from neco_weekly.sources.schedules.website_days import read_website

from .repositories import GitFolder

DEADLINES = {
    "Wednesday 11th February 2026 (AoE) / Thursday 12th February 2026, 12:00 UTC": "2026-02-12",
    "Wednesday 11th February 2026 (AoE)": "2026-02-12",
    "21:00 UTC Friday 20th June 2025 / 14:00 PST Friday 20th June 2025": "2025-06-21",
    "02:00 UTC Friday 14th February 2025 / 18:00 PST Thursday 13th February 2025": "2025-02-14",
    "14:59 UTC 13 March 2025": "2025-03-13",
    "15:00 UTC 13 March 2025": "2025-03-14",
    "18:00 PDT Thursday 18th August 2022": "2022-08-19",
    "Tue November 16, 2021 (18:00 PST)": "2021-11-17",
    "Tuesday 23rd August 2022": "2022-08-23",
    "2027-03-17": "2027-03-17",
    "Wednesday 26nd July 2023": "2023-07-26",
    "Tue October 6 (EOD PST)": "2020-10-07",
    "Dec 30": "2019-12-30",
    "Tue October 6 '25": "2020-10-06",
    "31st February 2026": None,
    "25:61 UTC 3 May 2026": "2026-05-03",
    "soon": None,
    "": None,
}


def test_deadlines_are_on_their_day_in_tokyo() -> None:
    found = {text: read_deadline(text, dt.date(2020, 12, 8)).day for text in DEADLINES}
    assert {text: day and day.isoformat() for text, day in found.items()} == DEADLINES


def test_a_day_without_a_year_is_none_where_nothing_tells_the_year() -> None:
    assert read_deadline("Tue October 6").complaint == "names a day without a year of four digits"
    assert read_deadline("12 May 2026, 12:00 UTC / 14 May 2026, 12:00 UTC").complaint.endswith("2026-05-12, 2026-05-14")


TABLE = """
| **What** | **Who** | **When** |
| --- | --- | --- |
| Call for Enhancements Freeze [Exceptions] | Lead | Thursday 29th January 2026 |
| **Begin [Enhancements Freeze]** | Lead | Wednesday 11th February 2026 (AoE) / Thursday 12th February 2026, 12:00 UTC |
| v1.36.0-alpha.2 released | Manager | Wednesday 18th February 2026 |
| **Begin [Code Freeze] and [Test Freeze]** | Manager | Wednesday 18th March 2026 (AoE) |
| **[Docs Freeze](x.md#docs)** | Docs | Wednesday 8th April 2026 (AoE) |
| **v1.36.0 released** | Manager | Wednesday 22nd April 2026 |

[Code Freeze]: ../release_phases.md#code-freeze
"""

LIST = """
- **Wednesday 11th February 2026 (AoE)**: Week 5 — [Enhancements Freeze][Enhancements Freeze]
- **Wednesday 18th March 2026 (AoE)**: Week 10 — [Code Freeze](x) and [Test Freeze][Test Freeze]
- **Wednesday 8th April 2026 (AoE)**: Week 13 — Docs Freeze
- **Wednesday 22nd April 2026**: Week 15 — Kubernetes v1.36.0 released
"""

OTHER_COLUMNS = """
| When | What |
| 2026-02-12 | Enhancement Freeze |
| 2026-03-19 | Code Freeze |
| 2026-04-09 | Documentation Freeze |
| April 22, 2026 | Kubernetes 1.36 is released |
"""

EXPECTED = ReleaseFacts(
    enhancements_freeze=dt.date(2026, 2, 12),
    code_freeze=dt.date(2026, 3, 19),
    docs_freeze=dt.date(2026, 4, 9),
    planned=dt.date(2026, 4, 22),
)


@pytest.mark.parametrize("text", [TABLE, LIST, OTHER_COLUMNS, LIST + TABLE], ids=["table", "list", "other", "both"])
def test_a_schedule_is_read_in_all_its_forms(text: str) -> None:
    schedule = read_schedule(text, "v1.36", None)
    assert (schedule.facts, schedule.complaints) == (EXPECTED, [])


def test_what_a_schedule_does_not_say_is_told_with_its_line() -> None:
    text = TABLE.replace("Wednesday 18th March 2026 (AoE)", "TBD").replace("22nd April 2026", "22nd January 2026")
    schedule = read_schedule(text, "v1.36", None)
    assert schedule.facts == ReleaseFacts(docs_freeze=dt.date(2026, 4, 9))
    assert schedule.complaints == [
        (7, "code freeze: 'Manager | TBD' names no day of the calendar"),
        (1, "release 2026-01-22 is before enhancements freeze 2026-02-12; neither is taken"),
    ]
    said = [it for _, it in read_schedule("# all is new here", "v1.36", None).complaints]
    assert said == [
        f"{it}: no row names it in a form that is known" for it in ("enhancements freeze", "code freeze", "release")
    ]
    later = TABLE + "- 30 March 2026 — Code Freeze\n"
    assert read_schedule(later, "v1.36", None).complaints == [
        (12, "code freeze: '30 March 2026' is not 2026-03-19, which counts")
    ]


EXCEPTIONS = """\
enhancementFreeze:
- name: "Rootless"
  issue: 2033
  date_requested: 2026-02-12
  date_reviewed: 2026-02-18
  thread: "https://groups.example.com/g/a"
  status: "Rejected"
- name: Slow
  issue: KEP-2033
  date_requested: 26-02-12
  date_reviewed: 2026-02-11
  thread: javascript:alert(1)
  status: aproved
codeFreeze:
- name: No number
  issue: soon
  status: denied
- {name: Twice, issue: "https://github.com/kubernetes/enhancements/issues/9",
  date_requested: 2026-03-20, date_reviewed: 2026-03-19, status: removed}
- {name: Open, issue: 10, date_requested: 2026-03-20, status: }
docsFreeze:
# None!
lunchFreeze:
- {name: Late, issue: 11, status: approved}
"""


def test_requests_are_read_and_dirt_is_told() -> None:
    requests = read_exceptions(EXCEPTIONS)
    told = [(it.kep, it.freeze, it.decision, str(it.requested), str(it.reviewed)) for it in requests.found]
    assert told == [
        (2033, "enhancements", "unknown", "None", "2026-02-11"),
        (2033, "enhancements", "rejected", "2026-02-12", "2026-02-18"),
        (9, "code", "removed", "2026-03-20", "None"),
        (10, "code", "pending", "2026-03-20", "None"),
        (11, "other", "approved", "None", "None"),
    ]
    slow = requests.found[0]
    assert slow.raw == (("decision", "aproved"), ("requested", "26-02-12"), ("thread", "javascript:alert(1)"))
    assert (slow.thread, requests.found[1].thread) == (None, "https://groups.example.com/g/a")
    assert not requests.is_whole
    assert requests.complaints == [
        (10, "KEP-2033: requested '26-02-12' is no day like 2026-02-12"),
        (12, "KEP-2033: thread 'javascript:alert(1)' is no address"),
        (13, "KEP-2033: decision 'aproved' is no decision that is known"),
        (16, "the request of 'No number' names no KEP but 'soon'; it is left out"),
        (19, "KEP-9: reviewed '2026-03-19' is before 2026-03-20, when it was asked"),
        (24, "'lunchFreeze' is no freeze that is known"),
        (24, "KEP-11: names no day on which the request was made"),
        (24, "KEP-11: names no day on which the request was reviewed"),
    ]


def test_a_broken_entry_costs_no_other() -> None:
    text = EXCEPTIONS.replace('thread: "https://groups.example.com/g/a"', 'thread: "https://a", "https://b"')
    requests = read_exceptions(text)
    assert [it.kep for it in requests.found] == [2033, 9, 10, 11]
    assert not requests.is_whole
    assert [line for line, said in requests.complaints if "YAML" in said] == [6, 6]


def test_what_is_no_list_of_requests_holds_none() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"b{n}: &b{n} [{','.join([f'*{it}'] * 9)}]\n" for n, it in enumerate(["a", *(f"b{n}" for n in range(9))])
    )
    for text in ("", "x", "- 1\n- 2", "codeFreeze: soon", "[" * 5000, bomb, "\0", "a: *a"):
        assert read_exceptions(text).found == []


SCHEDULE = """\
schedules:
- release: 1.30
  releaseDate: 2025-04-17
  endOfLifeDate: "2025-06-28"
  previousPatches:
  - {release: 1.30.1, targetDate: 2024-05-15}
  - {release: 1.30.0, targetDate: 2024-04-17}
- {release: "1.31", releaseDate: 24-08-13, endOfLifeDate: "2025-10-28"}
- {release: "1.32", releaseDate: 2024-12-11, endOfLifeDate: "2024-02-28"}
- {release: next, releaseDate: 2024-12-11}
"""

EOL = """\
branches:
- {release: "1.30", endOfLifeDate: "2025-07-15"}
- {release: "1.30", endOfLifeDate: "2025-06-28"}
- {release: "1.22", endOfLifeDate: "2022-12-08"}
"""


def test_days_of_the_website_are_read() -> None:
    schedule, eol = read_schedule_file(SCHEDULE), read_eol_file(EOL)
    assert joined(schedule.releases, eol.releases) == {
        "v1.30": ReleaseFacts(release=dt.date(2024, 4, 17), end_of_support=dt.date(2025, 7, 15)),
        "v1.31": ReleaseFacts(end_of_support=dt.date(2025, 10, 28)),
        "v1.32": ReleaseFacts(),
        "v1.22": ReleaseFacts(end_of_support=dt.date(2022, 12, 8)),
    }
    assert schedule.complaints == [
        (3, "v1.30: releaseDate 2025-04-17 is not 2024-04-17, the day of the first patch"),
        (8, "releasedate '24-08-13' is no day like 2026-04-22"),
        (9, "v1.32: support ends on 2024-02-28, before 2024-12-11; neither is taken"),
        (10, "'next' is no release"),
    ]


class TestRepositories:
    def test_a_source_that_is_half_there_says_so(self, upstream: GitFolder, cache: Path) -> None:
        upstream.commit({"data/releases/schedule.yaml": SCHEDULE}, at="2026-05-01T20:00:00Z")
        reading = read_website(str(upstream.path), cache_dir=cache)
        assert (reading.kind, reading.date) == ("website", dt.date(2026, 5, 2))
        assert reading.irregular[0] == (
            "data/releases/schedule.yaml:3: v1.30: releaseDate 2025-04-17 is not 2024-04-17, the day of the first patch"
        )
        assert reading.irregular[-1] == "data/releases/eol.yaml: there is no such file that can be read"

    def test_a_source_without_anything_is_one_sentence(self, upstream: GitFolder, cache: Path) -> None:
        upstream.commit({"data/releases/schedule.yaml": "x", "data/releases/eol.yaml": "", "README.md": "y"})
        with pytest.raises(NecoError, match=r"has no days of releases .*; --release-days names another source"):
            read_website(str(upstream.path), cache_dir=cache)
        with pytest.raises(NecoError, match=r"has no releases/release-1\.N; --sig-release names another source"):
            read_sig_release(str(upstream.path), load_releases(), cache_dir=cache)

    def test_the_release_teams_files_are_read_through_a_clone(self, upstream: GitFolder, cache: Path) -> None:
        upstream.commit(
            {
                "releases/release-1.36/README.md": TABLE,
                "releases/release-1.36/exceptions.yaml": EXCEPTIONS,
                "releases/release-1.24/exceptions.yaml": EXCEPTIONS,
                "releases/release-1.19/README.md": TABLE,
                "releases/release-1.37/README.md": "x" * 300_000,
                "releases/release-1.x/README.md": TABLE,
                "releases/release-1.36/notes.json": "of many megabytes",
            },
        )
        reading = read_sig_release(f"file://{upstream.path}", load_releases(), cache_dir=cache)
        facts = reading.releases["v1.36"]
        assert dict(facts.days()) == dict(EXPECTED.days())
        assert facts.exceptions is not None
        assert [it.kep for it in facts.exceptions] == [2033, 2033, 9, 10, 11]
        assert reading.partial == {"v1.36"}
        assert [name for name, it in reading.releases.items() if it != ReleaseFacts()] == ["v1.36"]
        assert reading.irregular[0] == (
            "releases/release-1.37/README.md: its content is not in this partial clone, or far too long"
        )
        assert "releases/release-1.36/exceptions.yaml:16: the request of 'No number'" in "\n".join(reading.irregular)
        (clone,) = cache.glob("sig-release-*.git")
        assert upstream.git("rev-parse", "HEAD:releases/release-1.36/notes.json") in missing_below(clone, "HEAD")
