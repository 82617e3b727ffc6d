"""An enhancement over time: what changed, since when, and which source's word counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from neco_weekly.model.history import (
    Difference,
    changes,
    claims,
    differences,
    join,
    planned_releases,
    releases_without_change,
    same_but_for_commits,
    since,
    still_claimed,
    with_history,
)
from neco_weekly.model.keps import (
    Claim,
    Details,
    Enhancement,
    EnhancementState,
    Gap,
    Record,
    Snapshot,
    Source,
    SourceKind,
    Stage,
    Status,
)
from neco_weekly.model.releases import Releases, load_releases

STATES = {
    "A": EnhancementState(title="T", status=Status.PROVISIONAL, stage=Stage.ALPHA),
    "B": EnhancementState(title="T", status=Status.IMPLEMENTABLE, stage=Stage.BETA),
    "C": EnhancementState(title="T", status=Status.IMPLEMENTED, stage=Stage.STABLE),
    "b": EnhancementState(title="T", status=Status.IMPLEMENTABLE, stage=Stage.BETA, raw={"stage": "Beta"}),
}
GAPS: Mapping[str, Gap] = {"-": "deleted", "?": "ambiguous", "!": "unreadable"}
KINDS: Mapping[str, SourceKind] = {"json": "keps-json", "issue": "github-issue"}


def day(number: int) -> dt.date:
    return dt.date(2024, 1, number)


def record(written: str) -> Record:
    """`3 B #12` is a commit of the third that merged a pull request; `~3 B` what git was seen to say, `3 B json` …"""
    when, what, *about = written.split()
    kind: SourceKind = next((KINDS[word] for word in about if word in KINDS), "git")
    pull = next((int(word[1:]) for word in about if word.startswith("#")), None)
    path = next((word for word in about if "/" in word), "keps/x/1-y/kep.yaml" if kind != "github-issue" else None)
    gap = GAPS.get(what)
    return Record(
        source=Source(kind=kind, date=day(int(when.lstrip("~"))), path=None if gap else path, pull=pull),
        state=None if gap else STATES[what],
        gap=gap,
        observed=when.startswith("~") or kind != "git",
    )


def kep(*written: str, **fields: Any) -> Enhancement:
    """A KEP with this history."""
    empty = Enhancement(number=1, state=STATES["A"], source=Source(kind="git"), **fields)
    return with_history(empty, [record(it) for it in written])


def lines(enhancement: Enhancement) -> list[str]:
    """The history as it is written above."""
    return [line(it) for it in enhancement.history]


def line(record: Record) -> str:
    what = next((name for name, gap in GAPS.items() if gap == record.gap), None)
    what = what or next(name for name, state in STATES.items() if state == record.state)
    kind = next((word for word, kind in KINDS.items() if kind == record.source.kind), "")
    seen = "~" if record.observed and not kind else ""
    words = [f"{seen}{record.date.day}", what, kind, f"#{record.source.pull}" if record.source.pull else ""]
    return " ".join(filter(None, words))


# --- what changed -------------------------------------------------------------------------------------------------

STATE = EnhancementState(
    title="T",
    sig="sig-node",
    status=Status.IMPLEMENTABLE,
    stage=Stage.ALPHA,
    latest_milestone="v1.25",
    milestones={Stage.ALPHA: "v1.25"},
    feature_gates=("A",),
)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({}, [], id="nothing"),
        pytest.param({"stage": Stage.BETA}, [("stage", "alpha", "beta")], id="stage"),
        pytest.param({"status": None}, [("status", "implementable", None)], id="status"),
        pytest.param({"title": "U"}, [("title", "T", "U")], id="title"),
        pytest.param({"sig": "sig-auth"}, [("sig", "sig-node", "sig-auth")], id="SIG"),
        pytest.param({"latest_milestone": "v1.26"}, [("latest_milestone", "v1.25", "v1.26")], id="latest milestone"),
        pytest.param(
            {"milestones": {Stage.STABLE: "v1.30", Stage.BETA: "v1.26"}},
            [
                ("milestones.alpha", "v1.25", None),
                ("milestones.beta", None, "v1.26"),
                ("milestones.stable", None, "v1.30"),
            ],
            id="milestones in the order of a life",
        ),
        pytest.param({"feature_gates": ("A", "B")}, [("feature_gates", "A", "A, B")], id="gates"),
        pytest.param({"feature_gates": ()}, [("feature_gates", "A", None)], id="no gates"),
        pytest.param({"raw": {"stage": "Alpha"}}, [], id="only written differently"),
        pytest.param(
            {"title": "U", "stage": Stage.BETA}, [("stage", "alpha", "beta"), ("title", "T", "U")], id="stage first"
        ),
    ],
)
def test_differences(change: dict[str, Any], expected: list[tuple[str, str | None, str | None]]) -> None:
    found = list(differences(STATE, replace(STATE, **change)))
    assert found == [Difference(field=field, before=before, after=after) for field, before, after in expected]


def told(enhancement: Enhancement) -> list[str]:
    """The changes, a line for each."""
    lines = []
    for change in changes(enhancement):
        what = change.record.gap or ("first" if change.first else " ".join(it.field for it in change.differences))
        lines.append(f"{change.record.date.day} {what}".strip())
    return lines


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        pytest.param((), [], id="no history"),
        pytest.param(("1 A", "2 B"), ["1 first", "2 stage status"], id="a change"),
        pytest.param(("1 A", "2 B", "3 b", "4 C"), ["1 first", "2 stage status", "4 stage status"], id="other words"),
        pytest.param(("1 B", "2 b keps/x/1-z/kep.yaml"), ["1 first", "2 path"], id="another place"),
        pytest.param(("1 A", "2 -", "3 B"), ["1 first", "2 deleted", "3 stage status"], id="over a gap"),
        pytest.param(("1 B", "2 -", "3 b"), ["1 first", "2 deleted"], id="back as it was"),
        pytest.param(("1 -", "2 A"), ["1 deleted", "2 first"], id="first a gap"),
    ],
)
def test_changes(history: tuple[str, ...], expected: list[str]) -> None:
    assert told(kep(*history)) == expected


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        pytest.param((), None, id="no history"),
        pytest.param(("1 A",), "1 A", id="one"),
        pytest.param(("1 A", "2 B", "3 b"), "2 B", id="the first of the stage"),
        pytest.param(("1 B", "2 A", "3 b"), "3 b", id="not from before another stage"),
        pytest.param(("1 B", "2 -", "3 b"), "3 b", id="not from before a gap"),
        pytest.param(("1 B", "2 -"), None, id="not in a gap"),
    ],
)
def test_since(history: tuple[str, ...], expected: str | None) -> None:
    found = since(kep(*history))
    assert (line(found) if found else None) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param([], (), id="no history"),
        pytest.param([None, None], (), id="never planned"),
        pytest.param([None, "v1.25", "v1.25"], ("v1.25",), id="planned once"),
        pytest.param(["v1.25", "v1.26", "v1.25"], ("v1.25", "v1.26", "v1.25"), id="put off and back"),
        pytest.param(["v1.25", None, "v1.27"], ("v1.25", None, "v1.27"), id="taken away"),
        pytest.param(["v1.25", "gap", "v1.25"], ("v1.25",), id="over a gap"),
    ],
)
def test_plans(written: list[str | None], expected: tuple[str | None, ...]) -> None:
    records = [
        record(f"{number} -")
        if release == "gap"
        else replace(
            record(f"{number} A"),
            state=replace(STATE, milestones={Stage.BETA: release} if release else {}, raw={"n": str(number)}),
        )
        for number, release in enumerate(written, 1)
    ]
    assert planned_releases(with_history(kep(), records), Stage.BETA) == expected


# --- left alone ---------------------------------------------------------------------------------------------------

FIVE = Releases({f"v1.{number}": day(number) for number in range(1, 31)})


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        pytest.param(1, None, id="none"),
        pytest.param(5, None, id="four releases are not yet more than four"),
        pytest.param(6, 5, id="five"),
        pytest.param(30, 29, id="many"),
    ],
)
def test_more_than_four_releases_without_a_change(until: int, expected: int | None) -> None:
    assert releases_without_change(kep("1 A"), FIVE, day(until)) == expected


@pytest.mark.parametrize("status", [None, *Status])
def test_only_the_unfinished_are_left_alone(status: Status | None) -> None:
    state = replace(STATES["A"], status=status)
    enhancement = with_history(kep(), [replace(record("1 A"), state=state)])
    unfinished = {None, Status.PROVISIONAL, Status.IMPLEMENTABLE}
    assert releases_without_change(enhancement, FIVE, day(30)) == (29 if status in unfinished else None)


@pytest.mark.parametrize("stage", [None, *Stage])
def test_only_those_before_stable_are_left_alone(stage: Stage | None) -> None:
    state = replace(STATES["A"], stage=stage)
    enhancement = with_history(kep(), [replace(record("1 A"), state=state)])
    assert releases_without_change(enhancement, FIVE, day(30)) == (29 if stage in {None, "alpha", "beta"} else None)


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        pytest.param(("1 A", "20 B"), 10, id="since the last change"),
        pytest.param(("20 B", "28 b"), 10, id="other words are no change"),
        pytest.param(("1 A", "20 B", "29 -"), None, id="a gap is one"),
        pytest.param(("1 B", "20 B keps/x/1-z/kep.yaml"), 10, id="another place is one"),
    ],
)
def test_what_counts_as_a_change(history: tuple[str, ...], expected: int | None) -> None:
    assert releases_without_change(kep(*history), FIVE, day(30)) == expected


def test_without_a_day_nobody_can_tell() -> None:
    assert releases_without_change(kep("1 A"), FIVE, None) is None
    assert releases_without_change(kep(), FIVE, day(30)) is None


def test_without_a_history_the_day_of_the_source_counts() -> None:
    known = replace(kep(), source=Source(kind="github-issue", date=dt.date(2022, 8, 23)))
    assert releases_without_change(known, load_releases(), dt.date(2024, 4, 17)) == 5
    assert releases_without_change(known, load_releases(), dt.date(2024, 4, 16)) is None


# --- a day --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "expected"),
    [(1, None), (2, "2 A"), (3, "2 A"), (4, "4 B"), (5, "5 -"), (6, "6 C"), (30, "6 C")],
)
def test_the_record_of_a_day(on: int, expected: str | None) -> None:
    found = kep("2 A", "4 A", "4 B", "5 -", "6 C").at(day(on))
    assert (line(found) if found else None) == expected


# --- which word counts --------------------------------------------------------------------------------------------


def joined(
    known: tuple[str, ...], read: tuple[str, ...], until: int, start: int | None = None
) -> tuple[list[str], int]:
    """What git's reading makes of what is known. It speaks for a day, and where a clone is shallow, from one on."""
    reading = kep(*read)
    snapshot = Snapshot(date=day(until), enhancements={1: reading}, since=day(start) if start else None)
    found = join(kep(*known), reading, snapshot)
    last = next(it for it in reversed(found.enhancement.history) if it.state)
    assert (found.enhancement.state, found.enhancement.source) == (last.state, last.source)
    assert list(found.enhancement.history) == sorted(found.enhancement.history, key=lambda it: it.date)
    return lines(found.enhancement), found.lost


@pytest.mark.parametrize(
    ("known", "read", "until", "expected"),
    [
        pytest.param(("1 A",), ("1 A", "3 B"), 9, ["1 A", "3 B"], id="git goes on"),
        pytest.param(("5 A json",), ("1 A", "3 B"), 9, ["1 A", "3 B"], id="git replaces what was seen in its time"),
        pytest.param(
            ("1 A json", "5 C json"), ("3 B", "4 C"), 9, ["1 A json", "3 B", "4 C"], id="what was seen before git stays"
        ),
        pytest.param(
            ("3 A", "8 C json"), ("3 A", "5 B"), 6, ["3 A", "5 B", "8 C json"], id="what was seen after git stays"
        ),
        pytest.param(("1 A issue",), ("3 B",), 9, ["1 A issue", "3 B"], id="an issue that got a file"),
        pytest.param(("5 A issue",), ("3 B",), 9, ["3 B"], id="an issue beside a file"),
        pytest.param(("~3 B",), ("1 A", "2 B"), 9, ["1 A", "2 B"], id="a lock without a history"),
        pytest.param(("1 A", "3 B #1"), ("1 A", "2 B #1"), 9, ["1 A", "2 B #1"], id="a day that a later commit moved"),
        pytest.param(("1 A", "3 b #1"), ("1 A", "3 B #1"), 9, ["1 A", "3 B #1"], id="a commit that is read better"),
        pytest.param(("1 A", "3 B"), ("1 A",), 2, ["1 A", "3 B"], id="an older copy of the repository"),
        pytest.param(("1 A", "3 -"), ("1 A", "3 -", "5 B"), 9, ["1 A", "3 -", "5 B"], id="a file that comes back"),
    ],
)
def test_what_git_makes_of_what_is_known(
    known: tuple[str, ...], read: tuple[str, ...], until: int, expected: list[str]
) -> None:
    assert joined(known, read, until) == (expected, 0)


@pytest.mark.parametrize(
    ("known", "read", "expected"),
    [
        pytest.param(("1 A", "3 B", "5 C"), ("~4 B", "5 C"), ["1 A", "3 B", "5 C"], id="its end is known already"),
        pytest.param(("1 A",), ("~4 B", "5 C"), ["1 A", "~4 B", "5 C"], id="its end is new"),
        pytest.param(("~4 A",), ("~5 A",), ["~4 A"], id="a shorter one"),
        pytest.param(("~5 A",), ("~4 A",), ["~4 A"], id="a longer one"),
        pytest.param(("~4 B", "5 C"), ("1 A", "3 B", "5 C"), ["1 A", "3 B", "5 C"], id="then a whole one"),
    ],
)
def test_what_a_shallow_clone_makes_of_what_is_known(
    known: tuple[str, ...], read: tuple[str, ...], expected: list[str]
) -> None:
    start = next((int(it[1]) for it in read if it.startswith("~")), None)
    assert joined(known, read, 9, start) == (expected, 0)


@pytest.mark.parametrize(
    ("known", "read", "expected"),
    [
        pytest.param(("1 A", "3 !", "5 C"), ("1 A", "3 B", "5 C"), ["1 A", "3 B", "5 C"], id="read by a whole clone"),
        pytest.param(
            ("1 A", "3 B", "5 C"), ("1 A", "3 !", "5 C"), ["1 A", "3 B", "5 C"], id="known from a whole clone"
        ),
        pytest.param(
            ("1 A", "3 B #7", "5 C"), ("1 A", "3 ! #7", "5 C"), ["1 A", "3 B #7", "5 C"], id="known by its pull request"
        ),
        pytest.param(("1 A", "3 B", "5 C"), ("1 A", "3 !"), ["1 A", "3 B", "5 C"], id="several known"),
        pytest.param(("1 A",), ("1 A", "3 !"), ["1 A", "3 !"], id="not known"),
        pytest.param(("1 A", "3 !"), ("1 A", "3 !"), ["1 A", "3 !"], id="still not known"),
    ],
)
def test_what_a_partial_clone_cannot_read(known: tuple[str, ...], read: tuple[str, ...], expected: list[str]) -> None:
    assert joined(known, read, 9) == (expected, 0)


@pytest.mark.parametrize(
    ("known", "read", "start", "expected"),
    [
        pytest.param(("1 A", "2 B", "4 C"), ("1 A", "4 C"), None, (["1 A", "2 B", "4 C"], 1), id="one in the middle"),
        pytest.param(("1 A", "2 B"), ("6 C",), None, (["1 A", "2 B", "6 C"], 2), id="all of them: an orphan branch"),
        pytest.param(("1 A", "2 B #1"), ("1 A", "3 C #1"), None, (["1 A", "2 B #1", "3 C #1"], 1), id="amended"),
        pytest.param(
            ("1 A", "4 B"), ("1 A",), None, (["1 A", "4 B", "~9 A"], 1), id="the last: today is what git says"
        ),
        pytest.param(
            ("1 A", "4 B"), ("1 A", "3 C"), None, (["1 A", "3 C", "4 B", "~9 C"], 1), id="the last, by another"
        ),
        pytest.param(("1 A", "4 B", "~7 A"), ("1 A",), None, (["1 A", "4 B", "~7 A"], 1), id="and that is known"),
        pytest.param(("1 A", "4 B", "6 C"), ("~3 A", "6 C"), 3, (["1 A", "4 B", "6 C"], 1), id="in a shallow clone"),
    ],
)
def test_what_upstream_lost_stays_and_is_counted(
    known: tuple[str, ...], read: tuple[str, ...], start: int | None, expected: tuple[list[str], int]
) -> None:
    assert joined(known, read, 9, start) == expected


@pytest.mark.parametrize(
    ("known", "seen", "expected"),
    [
        pytest.param(("1 A",), "5 A json", ["1 A"], id="the same as git"),
        pytest.param(("1 B",), "5 b json", ["1 B"], id="the same as git, written differently"),
        pytest.param(("1 A",), "5 B json", ["1 A", "5 B json"], id="other than git"),
        pytest.param(("3 A",), "3 B json", ["3 A", "3 B json"], id="on the same day"),
        pytest.param(("1 A", "6 B"), "5 A json", ["1 A", "6 B"], id="a list that is older than git's last change"),
        pytest.param(("1 A json", "3 B json"), "5 A json", ["1 A json", "3 B json", "5 A json"], id="and back again"),
        pytest.param(("1 A json",), "5 A json", ["1 A json"], id="nothing new"),
        pytest.param(("1 A issue",), "5 B issue", ["1 A issue", "5 B issue"], id="an issue"),
        pytest.param(("5 A issue",), "3 B json", ["5 A issue", "5 B json"], id="an issue that was changed since"),
        pytest.param(("1 A", "3 -"), "5 A json", ["1 A", "3 -", "5 A json"], id="a file that is back"),
    ],
)
def test_what_an_observation_adds(known: tuple[str, ...], seen: str, expected: list[str]) -> None:
    found = join(kep(*known), kep(seen))
    assert (lines(found.enhancement), found.lost) == (expected, 0)


@pytest.mark.parametrize("snapshot", [None, Snapshot(date=day(9), enhancements={})], ids=["seen", "git"])
def test_what_is_new_is_taken_as_it_is(snapshot: Snapshot | None) -> None:
    assert join(None, kep("1 A", "2 B"), snapshot).enhancement == kep("1 A", "2 B")


def test_a_state_of_no_day_is_followed_by_one_with_a_day() -> None:
    undated = Enhancement(number=1, state=STATES["A"], source=Source(kind="github-issue"))
    assert lines(join(undated, kep("5 B issue")).enhancement) == ["5 B issue"]


def test_another_source_that_says_the_same_leaves_git_s_details() -> None:
    known = kep("1 A", details=Details.of(authors=("@a",)))
    assert join(known, kep("5 A json", details=Details.of(authors=("@a", "@b")))).enhancement == known
    newer = join(known, kep("5 B json", details=Details.of(authors=("@a", "@b")))).enhancement
    assert newer.details.texts("authors") == ("@a", "@b")


# --- the same again -----------------------------------------------------------------------------------------------


def test_another_commit_id_alone_is_no_change() -> None:
    one = kep("1 A", "2 B")
    records = [replace(it, source=replace(it.source, commit="abc")) for it in one.history]
    assert same_but_for_commits(one, with_history(one, records))


@pytest.mark.parametrize("other", [kep("1 A", "3 B"), kep("1 A"), kep("1 A", "2 C"), kep("1 A", "2 B #7")], ids=lines)
def test_anything_else_is_one(other: Enhancement) -> None:
    assert not same_but_for_commits(kep("1 A", "2 B"), other)


# --- claims -------------------------------------------------------------------------------------------------------

LIST = Source(kind="keps-json", date=day(5))


def test_claims_are_what_another_source_says_differently() -> None:
    other = replace(STATE, stage=Stage.BETA, milestones={Stage.ALPHA: "v1.26", Stage.BETA: "v1.30"}, feature_gates=())
    assert claims(STATE, other, LIST) == (
        Claim(field="stage", value="beta", source=LIST),
        Claim(field="milestones.alpha", value="v1.26", source=LIST),
    )
    assert claims(STATE, STATE, LIST) == ()


@pytest.mark.parametrize(
    ("field", "value", "stands"),
    [
        ("stage", "beta", True),
        ("stage", "alpha", False),
        ("title", "U", True),
        ("sig", "sig-node", False),
        ("milestones.alpha", "v1.26", True),
        ("milestones.alpha", "v1.25", False),
        ("milestones.beta", "v1.26", False),
        ("feature_gates", "A, B", True),
        ("feature_gates", "A", False),
    ],
)
def test_a_claim_stands_while_it_contradicts(field: str, value: str, stands: bool) -> None:
    claim = Claim(field=field, value=value, source=LIST)
    assert still_claimed(STATE, [claim]) == ((claim,) if stands else ())
