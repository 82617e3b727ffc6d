"""A refresh: what it asks for, what it keeps, what it reports. The outside is a dict's `__getitem__`."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import NoReturn

import pytest
from neco_weekly.index import Index, build_index
from neco_weekly.lock import Lock, keps_json
from neco_weekly.model import (
    Absence,
    Card,
    CardMention,
    CardText,
    Enhancement,
    FetchError,
    Issue,
    Mention,
    NecoError,
    Snapshot,
    Source,
    Stage,
    Status,
)
from neco_weekly.refresh import Fetchers, Plan, Report, plan, refresh

from tests.lock_fixture import HOSTILE, LOCK, TODAY, card, kep

TOMORROW = TODAY + dt.timedelta(days=1)
A, B, C = "https://a.jp/1", "https://b.jp/1", "https://c.jp/1"


@dataclass
class Outside:
    """What there is to fetch; what is an exception, or not there at all, cannot be fetched. `asked` is what was."""

    keps: Mapping[int, Enhancement] | NecoError = field(default_factory=dict)
    issues: Mapping[int, Enhancement | Absence | NecoError] = field(default_factory=dict)
    cards: Mapping[str, Card | BaseException] = field(default_factory=dict)
    date: dt.date = TOMORROW
    asked: list[object] = field(default_factory=list)

    @property
    def fetchers(self) -> Fetchers:
        return Fetchers(snapshot=self._snapshot, issue=self._issue, card=self._card)

    def _snapshot(self) -> Snapshot:
        self.asked.append("snapshot")
        if isinstance(self.keps, NecoError):
            raise self.keps
        return Snapshot(date=self.date, enhancements=self.keps)

    def _issue(self, number: int) -> Enhancement | Absence:
        self.asked.append(number)
        answer = self.issues.get(number, FetchError("timed out"))
        if isinstance(answer, NecoError):
            raise answer
        return answer

    def _card(self, url: str) -> Card:
        self.asked.append(url)
        answer = self.cards.get(url, FetchError("answered with 503", status=503))
        if isinstance(answer, BaseException):
            raise answer
        return answer


def keps(*found: Enhancement) -> dict[int, Enhancement]:
    return {each.number: each for each in found}


ALPHA = kep(127, "Support User Namespaces", Stage.ALPHA, "v1.25", gates=("Gate",))
BETA = kep(127, "Support User Namespaces", Stage.BETA, "v1.30", gates=("Gate",))
KNOWN = Lock(as_of=TODAY, fetched=keps(ALPHA), cards={A: card(A, "題")})


# --- plan ---------------------------------------------------------------------------------------------------------


def index_of(numbers: tuple[int, ...] = (), urls: tuple[str, ...] = ()) -> Index:
    mentions = tuple(Mention(kep=number, written="") for number in numbers)
    cards = tuple(CardMention(url=url, text=CardText()) for url in urls)
    return build_index([Issue(path="issues/a.md", title="", date=TODAY, number=None, mentions=mentions, cards=cards)])


MENTIONED = index_of((9999, 127, 1234, 5), (B, "https://example.com", A))


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        pytest.param(
            plan(MENTIONED, LOCK),
            Plan(keps=(5, 127, 128, 129, 661, 666, 1234, 9999), cards=(B, "https://example.com", A)),
            id="all that is mentioned or known",
        ),
        pytest.param(plan(MENTIONED, LOCK, missing=True), Plan(keps=(1234,), cards=(B, A)), id="what is missing"),
        pytest.param(
            plan(MENTIONED, LOCK, only="keps", missing=True), Plan(keps=(1234,)), id="what is missing of KEPs"
        ),
        pytest.param(plan(MENTIONED, LOCK, only="cards"), Plan(cards=(B, "https://example.com", A)), id="cards"),
        pytest.param(
            plan(MENTIONED, Lock(), only="keps", all_keps=True),
            Plan(keps=(5, 127, 1234, 9999), all_keps=True),
            id="every KEP",
        ),
        pytest.param(
            plan(MENTIONED, Lock(), only="cards", all_keps=True), plan(MENTIONED, Lock(), only="cards"), id="no KEP"
        ),
        pytest.param(plan(index_of(), Lock()), Plan(), id="nothing"),
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
    assert report == Report(changes=["KEP-127: new: Support User Namespaces (beta v1.30)"], answers=1)


def test_a_kep_that_nobody_asked_for_is_not_taken() -> None:
    lock, _ = refresh(Lock(), Plan(keps=(127,)), Outside(keps(BETA, kep(128, "x"))).fetchers)
    assert list(lock.fetched) == [127]


def test_with_all_keps_every_one_is_taken() -> None:
    lock, report = refresh(Lock(), Plan(all_keps=True), Outside(keps(BETA, kep(128, "x"))).fetchers)
    assert list(lock.fetched) == [127, 128]
    assert report.changes[1] == "KEP-128: new: x (no stage)"


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
            "alpha → beta in v1.30; latest milestone: v1.25 → v1.30; beta milestone: none → v1.30",
            id="stage",
        ),
        pytest.param({"stage": None}, "alpha → no stage in v1.25", id="no stage any more"),
        pytest.param(
            {"stage": Stage.REMOVED, "latest_milestone": None, "milestones": {}},
            "alpha → removed; latest milestone: v1.25 → none; alpha milestone: v1.25 → none",
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
        pytest.param({"raw": {"stage": "GA"}}, "its file was moved or written differently", id="written form"),
    ],
)
def test_what_changed_is_told_in_words(change: dict[str, object], line: str) -> None:
    new = replace(ALPHA, state=replace(STATE, **change))  # type: ignore[arg-type]
    lock, report = refresh(KNOWN, Plan(keps=(127,)), Outside(keps(new)).fetchers)
    assert report.changes == [f"KEP-127: {line}"]
    assert lock.fetched[127] == new
    assert lock.as_of == TOMORROW


def test_a_kep_that_says_the_same_changes_nothing_at_all() -> None:
    later = replace(ALPHA, source=replace(ALPHA.source, date=TOMORROW, pull=1, commit="def"))
    lock, report = refresh(KNOWN, Plan(keps=(127,)), Outside(keps(later)).fetchers)
    assert lock is KNOWN
    assert report == Report(answers=1)


def test_the_same_beside_a_change_keeps_its_old_date() -> None:
    later = replace(ALPHA, source=replace(ALPHA.source, date=TOMORROW))
    lock, report = refresh(KNOWN, Plan(keps=(127, 128)), Outside(keps(later, kep(128, "x"))).fetchers)
    assert lock.fetched[127] == ALPHA
    assert report.changes == ["KEP-128: new: x (no stage)"]


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
    outside = Outside(FetchError("cannot be reached"), cards={B: card(B, "新")})
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
    assert report.answers == 2


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


def test_a_kep_whose_folder_is_gone_keeps_its_state_and_is_reported() -> None:
    outside = Outside(keps(kep(128, "x")), issues={127: kep(127, "From its issue")})
    lock, report = refresh(KNOWN, Plan(keps=(127,)), outside.fetchers)
    assert lock is KNOWN
    assert outside.asked == ["snapshot"]
    assert [failure.what for failure in report.failures] == ["KEP-127"]


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
    assert lock.fetched == keps(new)
    assert (report.changes, report.failures) == (["KEP-5: title: PSP → Pod Security Policy"], [])


def test_a_kep_of_an_issue_that_gets_a_folder() -> None:
    before = Lock(fetched=keps(kep(127, "From its issue", source=Source(kind="github-issue"))))
    lock, report = refresh(before, Plan(keps=(127,)), Outside(keps(ALPHA)).fetchers)
    assert lock.fetched == keps(ALPHA)
    assert report.changes == [
        "KEP-127: no stage → alpha in v1.25; title: From its issue → Support User Namespaces; "
        "latest milestone: none → v1.25; alpha milestone: none → v1.25; feature gates: Gate"
    ]


# --- cards --------------------------------------------------------------------------------------------------------


def cards(lock: Lock, answers: Mapping[str, Card | BaseException], *urls: str) -> tuple[Lock, Report]:
    return refresh(lock, Plan(cards=urls), Outside(cards=answers).fetchers)


def test_a_new_card_is_known_by_its_normal_address() -> None:
    lock, report = cards(Lock(), {"https://B.jp": card("https://B.jp", "題", "説明")}, "https://B.jp")
    assert lock == Lock(cards={"https://b.jp/": card("https://b.jp/", "題", "説明")})
    assert report == Report(changes=["https://B.jp: new: 題"], answers=1)


def test_a_card_that_cannot_be_fetched_keeps_what_was_known() -> None:
    lock, report = cards(KNOWN, {B: card(B, "新")}, A, B)
    assert lock.cards == {**KNOWN.cards, B: card(B, "新")}
    assert [(failure.what, failure.message) for failure in report.failures] == [(A, "answered with 503")]
    assert not report.nothing_answered


def test_a_page_that_is_gone_keeps_its_card_too() -> None:
    lock, report = cards(KNOWN, {A: FetchError(f"{A}: answered with 404", status=404)}, A)
    assert lock is KNOWN
    assert [(failure.what, failure.message) for failure in report.failures] == [(A, "answered with 404")]
    assert report.nothing_answered


def test_a_card_that_says_the_same_changes_nothing_at_all() -> None:
    lock, report = cards(KNOWN, {A: replace(card(A, "題"), fetched=TOMORROW)}, A)
    assert lock is KNOWN
    assert report == Report(answers=1)


def test_a_card_that_says_something_new() -> None:
    new = replace(card(A, "新しい題"), fetched=TOMORROW)
    lock, report = cards(KNOWN, {A: new}, A)
    assert lock == replace(KNOWN, cards={A: new})
    assert report.changes == [f"{A}: 新しい題"]


def test_a_card_without_a_title_is_told_without_one() -> None:
    _, report = cards(Lock(), {A: card(A, None, "説明")}, A)
    assert report.changes == [f"{A}: new: no title"]


def test_cards_leave_as_of_and_keps_alone() -> None:
    lock, _ = cards(KNOWN, {B: card(B, "新")}, B)
    assert keps_json(lock) == keps_json(KNOWN)


def test_changes_of_keps_come_before_those_of_cards() -> None:
    outside = Outside(keps(BETA), cards={B: card(B, "新"), C: card(C, "新")})
    _, report = refresh(KNOWN, Plan(keps=(127,), cards=(C, B)), outside.fetchers)
    assert [line.split(": ")[0] for line in report.changes] == ["KEP-127", C, B]


def test_the_hosts_take_turns() -> None:
    urls = (A, "https://www.a.jp/2", "https://a.jp/3", B, "https://b.jp/2", C)
    begun: list[str] = []
    one_at_a_time = threading.Lock()

    def fetch(url: str) -> Card:
        with one_at_a_time:
            begun.append(url)
        return card(url, "題")

    outside = Outside()
    _, report = refresh(Lock(), Plan(cards=urls), replace(outside.fetchers, card=fetch))
    in_turn = [A, B, C, "https://www.a.jp/2", "https://b.jp/2", "https://a.jp/3"]
    assert [line.split(": ")[0] for line in report.changes] == in_turn
    assert sorted(begun) == sorted(urls)


def test_a_slow_card_holds_up_no_other() -> None:
    others_are_done = threading.Event()
    waiting = {B, C}

    def fetch(url: str) -> Card:
        if url == A and not others_are_done.wait(timeout=10):
            raise FetchError("the others waited")
        waiting.discard(url)
        if not waiting:
            others_are_done.set()
        return card(url, "題")

    _, report = refresh(Lock(), Plan(cards=(A, B, C)), replace(Outside().fetchers, card=fetch))
    assert report.failures == []


def test_every_answer_and_every_failure_ticks_once() -> None:
    ticks: list[str] = []
    outside = Outside(keps(BETA), cards={A: card(A, "題")})
    refresh(Lock(), Plan(keps=(127,), cards=(A, B)), outside.fetchers, ticks.append)
    assert ticks[0] == "KEPs"
    assert sorted(ticks[1:]) == [A, B]


def test_failures_are_told_in_the_order_of_addresses() -> None:
    _, report = cards(Lock(), {}, C, A, B)
    assert [failure.what for failure in report.failures] == [A, B, C]


# --- interruption -------------------------------------------------------------------------------------------------


def interrupted(*_: object) -> NoReturn:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    "fetchers",
    [
        pytest.param(replace(Outside(keps(BETA)).fetchers, card=interrupted), id="while a card is fetched"),
        pytest.param(replace(Outside(keps(BETA)).fetchers, issue=interrupted), id="while an issue is fetched"),
        pytest.param(replace(Outside().fetchers, snapshot=interrupted), id="while the repository is read"),
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

    def fetch(url: str) -> Card:
        asked.append(url)
        release.wait(timeout=10)
        return card(url, "題")

    def tick(what: str) -> None:
        raise KeyboardInterrupt

    urls = tuple(f"https://a{number}.jp/" for number in range(100))
    first = {urls[0]: card(urls[0], "題")}

    def first_at_once(url: str) -> Card:
        return first[url] if url in first else fetch(url)

    with pytest.raises(KeyboardInterrupt):
        refresh(Lock(), Plan(cards=urls), replace(Outside().fetchers, card=first_at_once), tick)
    release.set()
    for thread in threading.enumerate():
        if thread.name.startswith("card"):
            thread.join(timeout=10)
    assert len(asked) < 50


def test_a_mistake_of_ours_is_no_failure_of_the_outside() -> None:
    def fetch(url: str) -> Card:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        refresh(KNOWN, Plan(cards=(A,)), replace(Outside().fetchers, card=fetch))


# --- report -------------------------------------------------------------------------------------------------------


def report_of(*titles: str) -> Report:
    answers = {f"https://a.jp/{number}": card(f"https://a.jp/{number}", title) for number, title in enumerate(titles)}
    return cards(Lock(), answers, *answers, B)[1]


def test_the_report_as_the_text_of_a_pull_request() -> None:
    outside = Outside(keps(BETA), issues={9999: "not-found"}, cards={A: card(A, "新しい題")})
    _, report = refresh(KNOWN, Plan(keps=(127, 9999), cards=(A, B)), outside.fetchers)
    assert report.markdown() == (
        "## Changes\n"
        "\n"
        "- KEP-127: alpha → beta in v1.30; latest milestone: v1.25 → v1.30; alpha milestone: v1.25 → none; "
        "beta milestone: none → v1.30\n"
        "- KEP-9999: is found nowhere\n"
        "- https://a.jp/1: 新しい題\n"
        "\n"
        "## Could not be fetched\n"
        "\n"
        "- https://b.jp/1: answered with 503\n"
    )


def test_an_address_in_the_report_stays_the_address() -> None:
    report = Report(changes=["https://example.com/a_b?c=1&d=~e: new: a_b"])
    assert "- https://example.com/a_b?c=1&d=~e: new: a\\_b\n" in report.markdown()


def test_the_report_of_nothing() -> None:
    assert Report().markdown() == "## Changes\n\n- none\n"


def test_the_report_as_json() -> None:
    assert report_of("題").to_dict() == {
        "changes": ["https://a.jp/0: new: 題"],
        "failures": [{"what": B, "message": "answered with 503"}],
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
        (Report(answers=1), False),
        (report_of("題"), False),
        (report_of(), True),
    ],
    ids=["nothing asked", "all answered", "one answered", "none answered"],
)
def test_nothing_answered(report: Report, expected: bool) -> None:
    assert report.nothing_answered is expected
