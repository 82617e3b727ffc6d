"""A refresh: what it asks for, what it keeps, what it reports. The outside is a dict's `__getitem__`."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn

import pytest
from neco_weekly.issues.index import Index, build_index
from neco_weekly.lock.store import Lock, keps_json
from neco_weekly.model.cards import Card, CardPicture, CardText, PictureKind
from neco_weekly.model.errors import FetchError, NecoError
from neco_weekly.model.extraction import Extraction, Found
from neco_weekly.model.gates import Gates, GateSource
from neco_weekly.model.history import with_history
from neco_weekly.model.issues import CardMention, Issue, Mention, PullMention
from neco_weekly.model.keps import (
    Absence,
    Claim,
    Details,
    Enhancement,
    EnhancementState,
    Gap,
    Record,
    Snapshot,
    Source,
    Stage,
    Status,
)
from neco_weekly.refresh import Failure, Fetchers, Plan, Report, plan, refresh, unknown

from tests import lock_fixture
from tests.lock_fixture import HOSTILE, LOCK, TODAY
from tests.sites import PATIENCE

TOMORROW = TODAY + dt.timedelta(days=1)
A, B, C = "https://a.jp/1", "https://b.jp/1", "https://c.jp/1"


@dataclass
class Outside:
    """What there is to fetch; what is an exception, or not there at all, cannot be fetched. `asked` is what was."""

    keps: Mapping[int, Enhancement] | NecoError = field(default_factory=dict)
    issues: Mapping[int, Enhancement | Absence | NecoError] = field(default_factory=dict)
    pages: Mapping[str, Extraction | BaseException] = field(default_factory=dict)
    listed: Mapping[int, Enhancement] | NecoError = field(default_factory=dict)
    pictures: Mapping[str, CardPicture] = field(default_factory=dict)
    archives: Mapping[str, str | FetchError] = field(default_factory=dict)
    pulls: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    date: dt.date = TOMORROW
    asked: list[object] = field(default_factory=list)

    @property
    def fetchers(self) -> Fetchers:
        return Fetchers(
            repository=self._snapshot,
            issue=self._issue,
            card=self._page,
            picture=self._picture,
            archive=self._archive,
            today=lambda: TOMORROW,
        )

    @property
    def with_list(self) -> Fetchers:
        """The list of all KEPs where the repository does not answer."""
        return replace(self.fetchers, keps_json=self._list)

    @property
    def only_list(self) -> Fetchers:
        return replace(self.with_list, repository=None)

    @property
    def compared(self) -> Fetchers:
        """The repository, and what the list says differently."""
        return replace(self.with_list, compare=True)

    def _snapshot(self) -> Snapshot:
        self.asked.append("snapshot")
        if isinstance(self.keps, NecoError):
            raise self.keps
        return Snapshot(date=self.date, enhancements=self.keps, pulls=self.pulls)

    def _list(self) -> Snapshot:
        self.asked.append("list")
        if isinstance(self.listed, NecoError):
            raise self.listed
        return Snapshot(date=self.date, enhancements=self.listed, kind="keps-json")

    def _issue(self, number: int) -> Enhancement | Absence:
        self.asked.append(number)
        answer = self.issues.get(number, FetchError("timed out"))
        if isinstance(answer, NecoError):
            raise answer
        return answer

    def _page(self, url: str) -> Extraction:
        self.asked.append(url)
        answer = self.pages.get(url, FetchError("answered with 503", status=503))
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def _picture(self, url: str, kind: PictureKind) -> CardPicture:
        self.asked.append(f"{kind} {url}")
        if url not in self.pictures:
            raise FetchError(f"{url}: this is no picture")
        return self.pictures[url]

    def _archive(self, url: str) -> str | None:
        self.asked.append(f"archive of {url}")
        answer = self.archives.get(url)
        if isinstance(answer, FetchError):
            raise answer
        return answer


def page(url: str, title: str, description: str | None = None, **fields: Any) -> Extraction:
    """What a page says of itself."""
    said = Found(description, "og") if description else None
    return Extraction(url=url, title=Found(title, "og"), description=said, **fields)


def card(url: str, title: str, description: str | None = None, **fields: Any) -> Card:
    """What the lock keeps of it, as it was read today."""
    origins = {"title": "og"} | ({"description": "og"} if description else {})
    fields = {"fetched": TODAY, "origins": origins, **fields}
    return Card(url=url, title=title, description=description, **fields)


def kep(*arguments: Any, **fields: Any) -> Enhancement:
    """An enhancement as a source finds it, with the record of its day."""
    found = lock_fixture.kep(*arguments, **fields)
    record = Record(state=found.state, source=found.source, observed=found.source.kind != "git")
    return with_history(found, [record]) if found.source.date else found


def later(known: Enhancement, state: EnhancementState | None = None, **source: Any) -> Enhancement:
    """The same enhancement when its file was changed, tomorrow at the latest; without a state, when it was deleted."""
    gap: Gap | None = None if state else "deleted"
    where = replace(known.source, **{"date": TODAY, "pull": 9999, **source, **({} if state else {"path": None})})
    return with_history(known, [*known.history, Record(state=state, gap=gap, source=where)])


def listed(known: Enhancement, day: dt.date = TODAY, **changes: Any) -> Enhancement:
    """What `keps.json` says of it on a day."""
    source = Source(kind="keps-json", date=day, path=known.source.path)
    state = replace(known.state, **changes)
    record = Record(state=state, source=source, observed=True)
    return Enhancement(number=known.number, state=state, source=source, history=(record,))


def keps(*found: Enhancement) -> dict[int, Enhancement]:
    return {each.number: each for each in found}


ALPHA = kep(127, "Support User Namespaces", Stage.ALPHA, "v1.25", gates=("Gate",))
BETA = later(ALPHA, kep(127, "Support User Namespaces", Stage.BETA, "v1.30", gates=("Gate",)).state)
KNOWN = Lock(as_of=TODAY, fetched=keps(ALPHA), cards={A: card(A, "題")})


# --- plan ---------------------------------------------------------------------------------------------------------


def index_of(numbers: tuple[int, ...] = (), urls: tuple[str, ...] = (), pulls: tuple[int, ...] = ()) -> Index:
    mentions = tuple(Mention(kep=number, written="") for number in numbers)
    cards = tuple(CardMention(url=url, text=CardText()) for url in urls)
    links = tuple(PullMention(pull=pull, written="") for pull in pulls)
    found = Issue(path="issues/a.md", title="", date=TODAY, number=None, mentions=mentions, cards=cards, pulls=links)
    return build_index([found])


ASKED = Gates(sources={"website": GateSource(date=TODAY)})
MENTIONED = index_of((9999, 127, 1234, 5), (B, "https://example.com", A), (7000, 6092))


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        pytest.param(
            plan(MENTIONED, LOCK),
            Plan(
                keps=(5, 127, 128, 129, 661, 666, 1234, 9999),
                cards=(B, "https://example.com", A),
                pulls=(661, 6092, 6093, 6094, 7000),
                gates=True,
                releases=True,
            ),
            id="all that is mentioned or known",
        ),
        pytest.param(
            plan(MENTIONED, LOCK, missing=True),
            Plan(keps=(1234,), cards=(B, A), pulls=(7000,), gates=True),
            id="what is missing",
        ),
        pytest.param(
            plan(index_of((127,)), LOCK, missing=True), Plan(gates=True), id="gates that were never asked for"
        ),
        pytest.param(plan(index_of((127,)), replace(LOCK, gates=ASKED), missing=True), Plan(), id="gates that were"),
        pytest.param(
            plan(MENTIONED, LOCK, only="keps", missing=True),
            Plan(keps=(1234,), pulls=(7000,)),
            id="what is missing of KEPs",
        ),
        pytest.param(plan(MENTIONED, LOCK, only="cards"), Plan(cards=(B, "https://example.com", A)), id="cards"),
        pytest.param(
            plan(MENTIONED, Lock(), only="keps", all_keps=True),
            Plan(keps=(5, 127, 1234, 9999), all_keps=True, pulls=(6092, 7000)),
            id="every KEP",
        ),
        pytest.param(
            plan(MENTIONED, Lock(), only="cards", all_keps=True), plan(MENTIONED, Lock(), only="cards"), id="no KEP"
        ),
        pytest.param(plan(MENTIONED, LOCK, only="gates"), Plan(gates=True), id="feature gates"),
        pytest.param(
            plan(index_of(), LOCK, only="gates", missing=True),
            Plan(gates=True),
            id="gates of KEPs that nothing mentions any more",
        ),
        pytest.param(plan(index_of(), Lock()), Plan(), id="nothing"),
        pytest.param(plan(index_of(), Lock(), only="releases"), Plan(releases=True), id="days of releases"),
        pytest.param(
            plan(
                index_of((5109, 7)),
                replace(LOCK, fetched=keps(ALPHA, kep(5109, "x")), aliases={5109: 4800}, pulls={}),
            ),
            Plan(keps=(7, 127, 4800), gates=True, releases=True),
            id="the KEP in place of an alias",
        ),
        pytest.param(
            unknown(Plan(keps=(5109, 4800, 5110, 127)), Lock(fetched=keps(ALPHA), aliases={5109: 4800, 5110: 127})),
            Plan(keps=(4800,)),
            id="what is missing, of an alias",
        ),
    ],
)
def test_plan(wanted: Plan, expected: Plan) -> None:
    assert wanted == expected


@pytest.mark.parametrize(
    ("wanted", "length"),
    [
        (Plan(), 0),
        (Plan(keps=(1, 2)), 1),
        (Plan(all_keps=True), 1),
        (Plan(keps=(1,), all_keps=True, cards=(A, B)), 3),
        (Plan(cards=(A,)), 1),
        (Plan(pulls=(6092,)), 1),
        (Plan(keps=(1,), gates=True), 2),
    ],
)
def test_the_repository_is_one_thing_to_fetch(wanted: Plan, length: int) -> None:
    assert len(wanted) == length


def test_nothing_planned_asks_nobody() -> None:
    outside = Outside()
    assert refresh(KNOWN, Plan(), outside.fetchers) == (KNOWN, Report())
    assert outside.asked == []


# --- KEPs ---------------------------------------------------------------------------------------------------------


def test_a_new_kep() -> None:
    lock, report = refresh(Lock(), Plan(keps=(127,)), Outside(keps(BETA)).fetchers)
    assert lock == Lock(as_of=TOMORROW, fetched=keps(BETA))
    assert report == Report(changes=["KEP-127: new: Support User Namespaces (beta v1.30)"], responses=1)


def test_a_kep_that_nobody_asked_for_is_not_taken() -> None:
    lock, _ = refresh(Lock(), Plan(keps=(127,)), Outside(keps(BETA, kep(128, "x"))).fetchers)
    assert list(lock.fetched) == [127]


def test_with_all_keps_every_one_is_taken() -> None:
    lock, report = refresh(Lock(), Plan(all_keps=True), Outside(keps(BETA, kep(128, "x"))).fetchers)
    assert list(lock.fetched) == [127, 128]
    assert report.changes[1] == "KEP-128: new: x (not released)"


# --- pull requests ------------------------------------------------------------------------------------------------


def test_a_pull_request_leads_to_its_kep_though_nothing_else_mentions_it() -> None:
    outside = Outside(keps(BETA, kep(128, "x")), pulls={6092: (127,), 6093: (127, 128)})
    lock, report = refresh(Lock(), Plan(pulls=(6092, 7000)), outside.fetchers)
    assert lock == Lock(as_of=TOMORROW, fetched=keps(BETA), pulls={6092: (127,)})
    assert report.changes == [
        "KEP-127: new: Support User Namespaces (beta v1.30)",
        "pull request #6092 is about KEP-127",
    ]
    assert report.failures == []
    again, report = refresh(lock, plan(index_of(pulls=(6092, 7000)), lock), outside.fetchers)
    assert (again is lock, report.changes, report.failures) == (True, [], [])


def test_a_pull_request_of_several_keps_leads_to_none_of_them() -> None:
    outside = Outside(keps(BETA, kep(128, "x")), pulls={6093: (127, 128)})
    lock, report = refresh(Lock(), Plan(pulls=(6093,)), outside.fetchers)
    assert lock == Lock(as_of=TOMORROW, pulls={6093: (127, 128)})
    assert report.changes == ["pull request #6093 is about KEP-127, KEP-128"]


def test_an_unmerged_request_is_not_kept_and_no_failure() -> None:
    outside = Outside(keps(ALPHA))
    lock, report = refresh(KNOWN, Plan(pulls=(7000,)), outside.fetchers)
    assert (lock is KNOWN, report, outside.asked) == (True, Report(responses=1), ["snapshot"])


@pytest.mark.parametrize(
    "fetchers",
    [
        pytest.param(Outside(keps(ALPHA)).fetchers, id="a source that does not know it"),
        pytest.param(Outside(listed=keps(listed(ALPHA))).only_list, id="a source that knows none"),
        pytest.param(Outside(FetchError("no network")).fetchers, id="no source"),
    ],
)
def test_what_was_known_of_a_pull_request_stays(fetchers: Fetchers) -> None:
    before = replace(KNOWN, pulls={6092: (127,)})
    assert refresh(before, Plan(pulls=(6092,)), fetchers)[0].pulls == {6092: (127,)}


def test_a_pull_request_whose_kep_was_corrected_is_told() -> None:
    before = replace(KNOWN, pulls={6092: (2043,)})
    lock, report = refresh(before, Plan(pulls=(6092,)), Outside(keps(ALPHA), pulls={6092: (127,)}).fetchers)
    assert (lock.pulls, report.changes) == ({6092: (127,)}, ["pull request #6092 is about KEP-127"])


STATE = ALPHA.state


@pytest.mark.parametrize(
    ("change", "line"),
    [
        pytest.param(
            {
                "stage": Stage.BETA,
                "milestones": {Stage.ALPHA: "v1.25", Stage.BETA: "v1.30"},
                "latest_milestone": "v1.30",
            },
            "stage alpha → beta in v1.30; latest milestone: v1.25 → v1.30; beta milestone: none → v1.30",
            id="stage",
        ),
        pytest.param(
            {"stage": Stage.BETA, "milestones": {Stage.ALPHA: "v1.25", Stage.BETA: "v1.38"}},
            "stage alpha → beta, planned for v1.38; beta milestone: none → v1.38",
            id="a stage that is planned",
        ),
        pytest.param({"stage": None}, "stage alpha → no stage in v1.25", id="no stage any more"),
        pytest.param(
            {"stage": Stage.REMOVED, "latest_milestone": None, "milestones": {}},
            "stage alpha → removed; latest milestone: v1.25 → none; alpha milestone: v1.25 → none",
            id="removed",
        ),
        pytest.param({"status": Status.WITHDRAWN}, "status: implementable → withdrawn", id="status"),
        pytest.param({"title": "New"}, "title: Support User Namespaces → New", id="title"),
        pytest.param({"sig": None}, "sig: sig-node → none", id="SIG"),
        pytest.param(
            {"milestones": {Stage.ALPHA: "v1.26", Stage.STABLE: "v1.28"}},
            "alpha milestone: v1.25 → v1.26; stable milestone: none → v1.28",
            id="milestones in the order of a life",
        ),
        pytest.param({"feature_gates": ("A", "B")}, "feature gates: A, B", id="gates"),
        pytest.param({"feature_gates": ()}, "feature gates: none", id="no gates any more"),
        pytest.param({"raw": {"stage": "GA"}}, "1 earlier state recorded", id="written form"),
    ],
)
def test_what_changed_is_told_in_words(change: dict[str, object], line: str) -> None:
    new = later(ALPHA, replace(STATE, **change))  # type: ignore[arg-type]
    lock, report = refresh(KNOWN, Plan(keps=(127,)), Outside(keps(new)).fetchers)
    assert report.changes[0] == f"KEP-127: {line}"
    assert all("released stage" in line for line in report.changes[1:])
    assert lock.fetched[127] == new
    assert lock.as_of == TOMORROW


def test_another_commit_id_alone_changes_nothing_at_all() -> None:
    record = replace(ALPHA.history[0], source=replace(ALPHA.source, commit="def"))
    lock, report = refresh(KNOWN, Plan(keps=(127,)), Outside(keps(with_history(ALPHA, [record]))).fetchers)
    assert lock is KNOWN
    assert report == Report(responses=1)


def test_the_same_beside_a_change_stays_as_it_is() -> None:
    lock, report = refresh(KNOWN, Plan(keps=(127, 128)), Outside(keps(ALPHA, kep(128, "x"))).fetchers)
    assert lock.fetched[127] is ALPHA
    assert report.changes == ["KEP-128: new: x (not released)"]


MOVED = "keps/sig-auth/127-x/kep.yaml"
DRAFT = Record(state=replace(STATE, title="Draft"), source=replace(ALPHA.source, date=dt.date(2020, 1, 1)))


@pytest.mark.parametrize(
    ("known", "new", "line"),
    [
        pytest.param(ALPHA, later(ALPHA), f"no single kep.yaml since {TODAY} (deleted)", id="deleted"),
        pytest.param(ALPHA, later(ALPHA, STATE, path=MOVED), f"its file is now {MOVED}", id="moved"),
        pytest.param(
            ALPHA, replace(ALPHA, details=Details.of(authors=("@a",))), "its file was written differently", id="details"
        ),
        pytest.param(
            replace(ALPHA, history=()),
            ALPHA,
            "the days of its history were corrected",
            id="a history of a lock without one",
        ),
        pytest.param(
            replace(ALPHA, history=()),
            with_history(ALPHA, [DRAFT, *ALPHA.history]),
            "1 earlier state recorded",
            id="one earlier state",
        ),
        pytest.param(
            replace(BETA, history=()),
            with_history(BETA, [DRAFT, *BETA.history]),
            "2 earlier states recorded",
            id="earlier states",
        ),
    ],
)
def test_what_is_new_beside_the_state_is_told_in_words(known: Enhancement, new: Enhancement, line: str) -> None:
    before = Lock(as_of=TODAY, fetched=keps(known))
    _, report = refresh(before, Plan(keps=(127,)), Outside(keps(new)).fetchers)
    assert report.changes == [f"KEP-127: {line}"]


@pytest.mark.parametrize(
    ("known", "source", "as_of"),
    [
        pytest.param(None, TODAY, TODAY, id="first"),
        pytest.param(TODAY, TOMORROW, TOMORROW, id="forward"),
        pytest.param(TOMORROW, TODAY, TOMORROW, id="never backward"),
    ],
)
def test_as_of_is_the_newest_day_of_any_source(known: dt.date | None, source: dt.date, as_of: dt.date) -> None:
    lock, _ = refresh(Lock(as_of=known), Plan(keps=(127,)), Outside(keps(BETA), date=source).fetchers)
    assert lock.as_of == as_of


def test_as_of_counts_github_issues_too() -> None:
    from_issue = kep(5, "PSP", source=Source(kind="github-issue", date=TOMORROW))
    lock, _ = refresh(Lock(), Plan(keps=(5,)), Outside(issues={5: from_issue}, date=TODAY).fetchers)
    assert lock.as_of == TOMORROW


def test_a_repository_out_of_reach_is_reported_and_changes_nothing() -> None:
    outside = Outside(FetchError("cannot be reached"), pages={B: page(B, "新")})
    lock, report = refresh(KNOWN, Plan(keps=(127,), cards=(B,)), outside.fetchers)
    assert lock.fetched == KNOWN.fetched
    assert [(failure.what, failure.message) for failure in report.failures] == [("KEPs", "cannot be reached")]
    assert report.changes == [f"{B}: new: 新"]


def test_a_source_that_is_none_ends_the_refresh() -> None:
    with pytest.raises(NecoError, match="not a repository"):
        refresh(KNOWN, Plan(keps=(127,)), Outside(NecoError("x: not a repository")).fetchers)


# --- KEPs without a folder ----------------------------------------------------------------------------------------


def test_a_number_without_a_folder_is_looked_for_in_the_issues() -> None:
    found = kep(5, "Pod Security Policy", source=Source(kind="github-issue", date=TODAY))
    outside = Outside(keps(BETA), issues={5: found})
    lock, report = refresh(Lock(), Plan(keps=(5, 127)), outside.fetchers)
    assert lock.fetched == {5: found, 127: BETA}
    assert outside.asked == ["snapshot", 5]
    assert report.responses == 2


@pytest.mark.parametrize(
    ("answer", "line"),
    [("not-found", "KEP-9999: is found nowhere"), ("pull-request", "KEP-9999: is a pull request")],
)
def test_a_definite_no_is_recorded(answer: Absence, line: str) -> None:
    lock, report = refresh(Lock(), Plan(keps=(9999,)), Outside(issues={9999: answer}).fetchers)
    assert lock.missing == {9999: answer}
    assert report.changes == [line]
    assert lock.as_of == TOMORROW


def test_a_no_that_is_known_is_no_change() -> None:
    before = Lock(as_of=TODAY, missing={9999: "not-found"})
    lock, report = refresh(before, Plan(keps=(9999,)), Outside(issues={9999: "not-found"}).fetchers)
    assert lock is before
    assert report.changes == []


@pytest.mark.parametrize("status", [None, 403, 429, 500, 404])
def test_trouble_is_no_answer(status: int | None) -> None:
    outside = Outside(issues={9999: FetchError("KEP-9999: failed", status=status)})
    lock, report = refresh(KNOWN, Plan(keps=(9999,)), outside.fetchers)
    assert lock is KNOWN
    assert [(failure.what, failure.message) for failure in report.failures] == [("KEP-9999", "failed")]


def test_a_number_that_comes_into_being_is_missing_no_more() -> None:
    before = Lock(as_of=TODAY, missing={127: "not-found"})
    lock, report = refresh(before, Plan(keps=(127,)), Outside(keps(ALPHA)).fetchers)
    assert (lock.missing, lock.fetched) == ({}, keps(ALPHA))
    assert report.changes == ["KEP-127: new: Support User Namespaces (alpha v1.25)"]


def test_a_kep_whose_file_is_deleted_keeps_its_state_and_is_reported_once() -> None:
    outside = Outside(keps(later(ALPHA)), issues={127: kep(127, "From its issue")})
    lock, report = refresh(KNOWN, Plan(keps=(127,)), outside.fetchers)
    assert (lock.fetched[127].state, lock.fetched[127].source) == (ALPHA.state, ALPHA.source)
    assert lock.fetched[127].history[-1].gap == "deleted"
    assert outside.asked == ["snapshot"]
    assert [str(failure.message) for failure in report.failures] == ["its kep.yaml is gone; the last known state stays"]
    again, report = refresh(lock, Plan(keps=(127,)), outside.fetchers)
    assert (again, report.failures) == (lock, [])


def test_a_kep_that_the_repository_never_had_keeps_its_state_and_is_reported() -> None:
    outside = Outside(keps(kep(128, "x")), issues={127: kep(127, "From its issue")})
    lock, report = refresh(KNOWN, Plan(keps=(127,)), outside.fetchers)
    assert lock is KNOWN
    assert outside.asked == ["snapshot"]
    assert [failure.what for failure in report.failures] == ["KEP-127"]


@pytest.mark.parametrize(
    ("read", "states"), [(kep(127, "Anew"), "a recorded state"), (None, "2 recorded states")], ids=["one", "two"]
)
def test_states_that_upstream_s_history_lost_stay_and_are_reported(read: Enhancement | None, states: str) -> None:
    """Somebody rewrote the default branch: what was recorded was true once."""
    known = ALPHA if read else BETA
    anew = replace(STATE, title="Anew")
    new = with_history(ALPHA, [Record(state=anew, source=Source(kind="git", date=TOMORROW, path=ALPHA.source.path))])
    lock, report = refresh(Lock(as_of=TODAY, fetched=keps(known)), Plan(keps=(127,)), Outside(keps(new)).fetchers)
    assert lock.fetched[127].state.title == "Anew"
    assert lock.fetched[127].history == (*known.history, *new.history)
    assert report.notes == [f"KEP-127: upstream's history no longer has {states}; the lock keeps what was recorded"]
    assert report.failures == [], "a rewritten upstream is no failure: it would be one for ever"


@pytest.mark.parametrize("answer", ["not-found", "pull-request"])
def test_a_kep_whose_issue_is_gone_keeps_its_state_and_is_reported(answer: Absence) -> None:
    from_issue = kep(5, "PSP", source=Source(kind="github-issue", date=TODAY))
    before = Lock(as_of=TODAY, fetched=keps(from_issue))
    lock, report = refresh(before, Plan(keps=(5,)), Outside(issues={5: answer}).fetchers)
    assert lock is before
    assert [failure.what for failure in report.failures] == ["KEP-5"]


def test_a_kep_of_an_issue_that_says_something_new() -> None:
    old = kep(5, "PSP", source=Source(kind="github-issue", date=TODAY))
    new = kep(5, "Pod Security Policy", source=Source(kind="github-issue", date=TOMORROW))
    lock, report = refresh(Lock(fetched=keps(old)), Plan(keps=(5,)), Outside(issues={5: new}).fetchers)
    assert lock.fetched[5] == replace(new, history=(*old.history, *new.history))
    assert (report.changes, report.failures) == (["KEP-5: title: PSP → Pod Security Policy"], [])


def test_a_kep_of_an_issue_that_gets_a_folder() -> None:
    before = Lock(fetched=keps(kep(127, "From its issue", source=Source(kind="github-issue"))))
    lock, report = refresh(before, Plan(keps=(127,)), Outside(keps(ALPHA)).fetchers)
    assert lock.fetched == keps(ALPHA)
    assert report.changes == [
        "KEP-127: stage no stage → alpha in v1.25; title: From its issue → Support User Namespaces; "
        "latest milestone: none → v1.25; alpha milestone: none → v1.25; feature gates: Gate",
        "KEP-127: released stage: nothing → alpha v1.25",
    ]


# --- the public list of all KEPs ----------------------------------------------------------------------------------


def test_the_list_answers_where_the_repository_does_not() -> None:
    outside = Outside(FetchError("git is not installed"), listed=keps(listed(BETA, TOMORROW)))
    lock, report = refresh(KNOWN, Plan(keps=(127,)), outside.with_list)
    assert outside.asked == ["snapshot", "list"]
    assert [(failure.what, failure.message) for failure in report.failures] == [("KEPs", "git is not installed")]
    assert (lock.fetched[127].state, lock.fetched[127].source.kind) == (BETA.state, "keps-json")
    assert lock.fetched[127].history[0] == ALPHA.history[0]
    assert lock.as_of == TOMORROW


def test_the_list_is_not_asked_where_the_repository_answers() -> None:
    outside = Outside(keps(ALPHA), listed=keps(listed(BETA)))
    assert refresh(KNOWN, Plan(keps=(127,)), outside.with_list)[0] is KNOWN
    assert outside.asked == ["snapshot"]


def test_where_neither_answers_both_are_reported() -> None:
    outside = Outside(FetchError("no git"), listed=FetchError("no network"))
    lock, report = refresh(KNOWN, Plan(keps=(127,)), outside.with_list)
    assert lock is KNOWN
    assert [(failure.what, failure.message) for failure in report.failures] == [
        ("KEPs", "no git"),
        ("keps.json", "no network"),
    ]
    assert report.nothing_fetched


def test_the_history_grows_with_what_the_list_says_on_other_days() -> None:
    lock = Lock()
    for number, stage in enumerate([Stage.ALPHA, Stage.ALPHA, Stage.BETA, Stage.STABLE, Stage.STABLE]):
        seen = listed(ALPHA, TODAY + dt.timedelta(days=number), stage=stage)
        lock, _ = refresh(lock, Plan(keps=(127,)), Outside(listed=keps(seen)).only_list)
    assert [
        (record.date.day - TODAY.day, record.state and record.state.stage) for record in lock.fetched[127].history
    ] == [
        (0, "alpha"),
        (2, "beta"),
        (3, "stable"),
    ]


def test_a_list_that_says_the_same_changes_nothing_at_all() -> None:
    before = Lock(as_of=TODAY, fetched=keps(listed(ALPHA)))
    lock, report = refresh(before, Plan(keps=(127,)), Outside(listed=keps(listed(ALPHA, TOMORROW))).only_list)
    assert lock is before
    assert report.changes == []


def test_git_takes_the_place_of_what_the_list_said_in_its_time() -> None:
    seen = listed(ALPHA, TODAY + dt.timedelta(days=1))
    lock, report = refresh(Lock(as_of=TODAY, fetched=keps(seen)), Plan(keps=(127,)), Outside(keps(ALPHA)).fetchers)
    assert lock.fetched == keps(ALPHA)
    assert report.changes == ["KEP-127: the days of its history were corrected"]


def test_a_kep_that_the_list_misses_keeps_what_git_said() -> None:
    lock, report = refresh(KNOWN, Plan(keps=(127,)), Outside(listed=keps(listed(kep(1, "x")))).only_list)
    assert lock is KNOWN
    assert report.failures == []


def test_the_list_leaves_the_irregular_files_of_git_alone() -> None:
    before = replace(KNOWN, irregular={"keps/x/kep.yaml": "it has no kep-number"})
    lock, _ = refresh(before, Plan(keps=(127,)), Outside(listed=keps(listed(BETA))).only_list)
    assert lock.irregular == before.irregular


LISTED = Source(kind="keps-json", date=TODAY, path=ALPHA.source.path)
CLAIM = Claim(field="stage", value="beta", source=LISTED)
CLAIMED = replace(KNOWN, fetched=keps(replace(ALPHA, claims=(CLAIM,))))


def test_beside_git_what_the_list_says_differently_is_a_claim() -> None:
    outside = Outside(keps(ALPHA), listed=keps(listed(ALPHA, stage=Stage.BETA)))
    lock, report = refresh(KNOWN, Plan(keps=(127,)), outside.compared)
    assert lock.fetched[127] == replace(ALPHA, claims=(CLAIM,))
    assert report.changes == ["KEP-127: what other sources say differently"]


@pytest.mark.parametrize(
    ("fetchers", "claims"),
    [
        pytest.param(
            Outside(keps(ALPHA), listed=keps(listed(ALPHA, TOMORROW, stage=Stage.BETA))).compared,
            (CLAIM,),
            id="said again on another day",
        ),
        pytest.param(Outside(keps(ALPHA), listed=keps(listed(ALPHA))).compared, (), id="said no more"),
        pytest.param(Outside(keps(ALPHA), listed={}).compared, (), id="not listed any more"),
        pytest.param(Outside(keps(ALPHA)).fetchers, (CLAIM,), id="not asked"),
        pytest.param(Outside(keps(ALPHA), listed=FetchError("x")).compared, (CLAIM,), id="not answered"),
        pytest.param(
            Outside(keps(later(ALPHA, replace(STATE, stage=Stage.BETA)))).fetchers, (), id="not asked, and git agrees"
        ),
    ],
)
def test_a_claim_stays_while_it_contradicts(fetchers: Fetchers, claims: tuple[Claim, ...]) -> None:
    lock, _ = refresh(CLAIMED, Plan(keps=(127,)), fetchers)
    assert lock.fetched[127].claims == claims
    if claims:
        assert lock.fetched == CLAIMED.fetched


# --- GitHub's issues over time ------------------------------------------------------------------------------------


def from_issue(title: str, day: dt.date) -> Enhancement:
    return kep(5, title, source=Source(kind="github-issue", date=day))


def test_the_history_grows_with_what_an_issue_says() -> None:
    lock = Lock()
    for number, title in enumerate(["A", "A", "B", "A"]):
        answer = from_issue(title, TODAY + dt.timedelta(days=number))
        lock, _ = refresh(lock, Plan(keps=(5,)), Outside(issues={5: answer}).fetchers)
    assert [record.state and record.state.title for record in lock.fetched[5].history] == ["A", "B", "A"]


def test_an_issue_that_was_changed_in_other_ways_is_no_change() -> None:
    before = Lock(as_of=TODAY, fetched=keps(from_issue("A", TODAY)))
    lock, report = refresh(before, Plan(keps=(5,)), Outside(issues={5: from_issue("A", TOMORROW)}).fetchers)
    assert (lock, report.changes) == (before, [])


# --- interruption -------------------------------------------------------------------------------------------------


def interrupted(*_: object) -> NoReturn:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    "fetchers",
    [
        pytest.param(replace(Outside(keps(BETA)).fetchers, card=interrupted), id="while a card is fetched"),
        pytest.param(replace(Outside(keps(BETA)).fetchers, issue=interrupted), id="while an issue is fetched"),
        pytest.param(replace(Outside().fetchers, repository=interrupted), id="while the repository is read"),
    ],
)
def test_an_interruption_leaves_the_lock_as_it_was(fetchers: Fetchers) -> None:
    before = keps_json(KNOWN), dict(KNOWN.cards)
    with pytest.raises(KeyboardInterrupt):
        refresh(KNOWN, Plan(keps=(127, 9999), cards=(A, B)), fetchers)
    assert (keps_json(KNOWN), dict(KNOWN.cards)) == before


def test_an_interruption_gives_up_what_has_not_begun() -> None:
    asked: list[str] = []
    release = threading.Event()

    def fetch(url: str) -> Extraction:
        asked.append(url)
        release.wait(timeout=PATIENCE)
        return page(url, "題")

    def tick(what: str) -> None:
        raise KeyboardInterrupt

    urls = tuple(f"https://a{number}.jp/" for number in range(100))
    first = {urls[0]: page(urls[0], "題")}

    def first_at_once(url: str) -> Extraction:
        return first[url] if url in first else fetch(url)

    with pytest.raises(KeyboardInterrupt):
        refresh(Lock(), Plan(cards=urls), replace(Outside().fetchers, card=first_at_once), tick)
    release.set()
    for thread in threading.enumerate():
        if thread.name.startswith("card"):
            thread.join(timeout=PATIENCE)
    assert len(asked) < 50


def test_a_mistake_of_ours_is_no_failure_of_the_outside() -> None:
    def fetch(url: str) -> Extraction:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        refresh(KNOWN, Plan(cards=(A,)), replace(Outside().fetchers, card=fetch))


# --- report -------------------------------------------------------------------------------------------------------


def report_of(*titles: str) -> Report:
    answers = {f"https://a.jp/{number}": page(f"https://a.jp/{number}", title) for number, title in enumerate(titles)}
    return refresh(Lock(), Plan(cards=(*answers, B)), Outside(pages=answers).fetchers)[1]


def test_the_report_as_the_text_of_a_pull_request() -> None:
    outside = Outside(keps(BETA), issues={9999: "not-found"}, pages={A: page(A, "新しい題")})
    _, report = refresh(KNOWN, Plan(keps=(127, 9999), cards=(A, B)), outside.fetchers)
    assert report.markdown() == (
        "## Changes\n"
        "\n"
        "- KEP-127: stage alpha → beta in v1.30; latest milestone: v1.25 → v1.30; alpha milestone: v1.25 → none; "
        "beta milestone: none → v1.30\n"
        "- KEP-9999: is found nowhere\n"
        "- KEP-127: released stage: alpha v1.25 → beta v1.30\n"
        "- https://a.jp/1: 新しい題\n"
        "\n"
        "## Could not be fetched\n"
        "\n"
        "- https://b.jp/1: answered with 503\n"
    )


def test_an_address_in_the_report_stays_the_address() -> None:
    report = Report(changes=["https://example.com/a_b?c=1&d=~e: new: a_b"])
    assert "- https://example.com/a_b?c=1&d=~e: new: a\\_b\n" in report.markdown()


def test_notes_stand_at_the_end_of_the_report() -> None:
    text = Report(notes=["KEP-127: <b>"], failures=[Failure(what="KEPs", message="x")]).markdown()
    assert text == "## Changes\n\n- none\n\n## Could not be fetched\n\n- KEPs: x\n\n## To know\n\n- KEP-127: \\<b\\>\n"


def test_the_report_of_nothing() -> None:
    assert Report().markdown() == "## Changes\n\n- none\n"


def test_the_report_as_json() -> None:
    assert report_of("題").to_dict() == {
        "changes": ["https://a.jp/0: new: 題"],
        "proposals": [],
        "failures": [{"what": B, "message": "answered with 503", "code": "503", "may_pass": True}],
        "notes": [],
    }


MARKUP: dict[str, Callable[[str], bool]] = {
    HOSTILE: lambda line: not re.search(r"(?<!\\)[<\[*`]", line),
    "Fixes #12, closes #34": lambda line: "#12" not in line and "#34" not in line,
    "@everyone and @octo-cat": lambda line: "@everyone" not in line and "@octo" not in line,
    "![x](https://a.jp/track.png)": lambda line: "![" not in line,
    "a &lt; b": lambda line: line.endswith(r"a \&lt; b"),
    "C# と #話題 と a@b": lambda line: line.endswith("C# と #話題 と a@b"),
}


@pytest.mark.parametrize("title", MARKUP)
def test_a_fetched_title_is_only_text_in_a_pull_request(title: str) -> None:
    """Neither markup, nor a mention that calls people, nor a word that closes issues when the request is merged."""
    (line,) = [line for line in report_of(title).markdown().split("\n") if line.startswith("- https://a.jp/0")]
    assert MARKUP[title](line), line


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        (Report(), False),
        (Report(responses=1), False),
        (report_of("題"), False),
        (report_of(), True),
    ],
    ids=["nothing asked", "all answered", "one answered", "none answered"],
)
def test_nothing_answered(report: Report, expected: bool) -> None:
    assert report.nothing_fetched is expected
