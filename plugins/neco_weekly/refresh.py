"""Index, lock and fetchers -> a new lock and a report of what changed. Nothing here opens a socket or a file."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from typing import Literal

from .history import Difference, claims, differences, join, records_of, same_but_for_commits, still_claimed
from .index import Index
from .lock import Lock
from .model import Absence, Card, Enhancement, FetchError, NecoError, Snapshot
from .syntax import host_of, normal_url

WORKERS = 16
"""Cards fetched at once, over all hosts; how many per host is the fetcher's business."""

Tick = Callable[[str], None]
"""Told each thing that was asked for, when it is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetchers:
    """The outside, as plain callables. Each raises FetchError (or NecoError) when it cannot answer.

    `repository` is the git repository, `keps_json` the public list of all KEPs: it answers where there is no repository
    to ask, or none that answers; with `compare` it is asked as well, and what it says differently is kept as a claim.
    """

    repository: Callable[[], Snapshot] | None = None
    keps_json: Callable[[], Snapshot] | None = None
    compare: bool = False
    issue: Callable[[int], Enhancement | Absence]
    card: Callable[[str], Card]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to ask for. With `all_keps` the repository's every KEP is taken as well."""

    keps: tuple[int, ...] = ()
    cards: tuple[str, ...] = ()
    all_keps: bool = False

    def __len__(self) -> int:
        return len(self.cards) + bool(self.keps or self.all_keps)


Only = Literal["keps", "cards"]


def plan(index: Index, lock: Lock, *, only: Only | None = None, missing: bool = False, all_keps: bool = False) -> Plan:
    """What a refresh asks for: all that is mentioned or known, or with `missing` only what the lock does not know."""
    keps = set(index.by_kep) | (set() if missing else set(lock.fetched))
    cards: Iterable[str] = index.card_urls
    if missing:
        keps -= lock.numbers | lock.missing.keys()
        cards = [url for url in cards if lock.card(url) is None]
    return Plan(
        keps=() if only == "cards" else tuple(sorted(keps)),
        cards=() if only == "keps" else tuple(cards),
        all_keps=all_keps and only != "cards",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Something that could not be fetched; what was known of it stays."""

    what: str
    message: str

    @classmethod
    def of(cls, what: str, error: NecoError) -> Failure:
        """From an error whose sentence may begin with the thing itself."""
        return cls(what=what, message=str(error).removeprefix(f"{what}: ").removeprefix(f"{what} "))

    @classmethod
    def gone(cls, known: Enhancement, source: str) -> Failure:
        """For an enhancement whose source is no longer where it was read."""
        return cls(what=known.name, message=f"its {source} is gone; the last known state stays")


@dataclass(slots=True)
class Report:
    """What a refresh did: changes and notes as lines a person reads, failures, and how many answers there were at all.

    A note is nothing that failed: it says the same after every refresh.
    """

    changes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    answers: int = 0

    @property
    def nothing_answered(self) -> bool:
        """Whether something was asked for and nothing could be fetched."""
        return bool(self.failures) and not self.answers

    def markdown(self) -> str:
        """The text of the pull request. Fetched titles are text in it, never markup."""
        failures = [f"{item.what}: {item.message}" for item in self.failures]
        parts = [("Changes", self.changes or ["none"]), ("Could not be fetched", failures), ("To know", self.notes)]
        texts = [
            f"## {title}\n\n" + "".join(f"- {_as_text(line)}\n" for line in lines) for title, lines in parts if lines
        ]
        return "\n".join(texts)

    def to_dict(self) -> dict[str, object]:
        """For `--json`."""
        failures = [{"what": item.what, "message": item.message} for item in self.failures]
        return {"changes": self.changes, "failures": failures, "notes": self.notes}


_MARKUP = re.compile(r"[\\`*_\[\]<>&!~|]")


def _as_text(line: str) -> str:
    """A line as GitHub's Markdown that shows it as it is: no markup, nobody called, no issue closed by `fixes #1`."""
    words = (it if it.startswith(("http://", "https://")) else _MARKUP.sub(r"\\\g<0>", it) for it in line.split(" "))
    line = " ".join(words)  # in an address, a backslash would be a part of it
    return re.sub(r"(?<![\w./])(@(?=\w)|#(?=\d))", "\\1\u200b", line)


def refresh(lock: Lock, plan: Plan, fetchers: Fetchers, tick: Tick = lambda _: None) -> tuple[Lock, Report]:
    """Fetch what is planned and merge it: what could not be fetched stays as it was.

    Raises:
        NecoError: the source of KEPs is none (a failure to reach it is only reported).
    """
    report = Report()
    if plan.keps or plan.all_keps:
        lock = _refresh_keps(lock, plan, fetchers, report)
        tick("KEPs")
    if plan.cards:
        lock = _refresh_cards(lock, plan.cards, fetchers.card, report, tick)
    return lock, report


# --- KEPs ---------------------------------------------------------------------------------------------------------


def _refresh_keps(lock: Lock, plan: Plan, fetchers: Fetchers, report: Report) -> Lock:
    snapshot, other = _snapshots(fetchers, report)
    listed = snapshot.enhancements if snapshot else {}
    fetched, missing = dict(lock.fetched), dict(lock.missing)
    for number in sorted({*plan.keps, *(listed if plan.all_keps else ())}):
        answer: Enhancement | Absence | None
        if snapshot and number in listed:
            answer = _read_again(lock.fetched.get(number), listed[number], snapshot, report)
        else:
            answer = _elsewhere(number, lock, snapshot, fetchers, report)
        if isinstance(answer, Enhancement):
            known = lock.fetched.get(number)
            fetched[number] = _newer(known, _contradicted(answer, known, other))
            missing.pop(number, None)
        elif answer is not None:
            missing[number] = answer
    irregular = snapshot.irregular if snapshot and snapshot.kind == "git" else lock.irregular
    if (fetched, missing, irregular) == (lock.fetched, lock.missing, lock.irregular):
        return lock
    report.changes += _kep_changes(lock, fetched, missing)
    days = [snapshot.date if snapshot else None, lock.as_of, *(entry.source.date for entry in fetched.values())]
    return replace(lock, fetched=fetched, missing=missing, irregular=irregular, as_of=_latest(days))


def _snapshots(fetchers: Fetchers, report: Report) -> tuple[Snapshot | None, Snapshot | None]:
    """The source that counts, and the one it is compared with."""
    snapshot = _ask(fetchers.repository, "KEPs", report)
    if snapshot is None:
        return _ask(fetchers.keps_json, "keps.json", report), None
    return snapshot, _ask(fetchers.keps_json, "keps.json", report) if fetchers.compare else None


def _ask(source: Callable[[], Snapshot] | None, name: str, report: Report) -> Snapshot | None:
    if source is None:
        return None
    try:
        snapshot = source()
    except FetchError as error:
        report.failures.append(Failure.of(name, error))
        return None
    report.answers += 1
    return snapshot


def _read_again(known: Enhancement | None, read: Enhancement, snapshot: Snapshot, report: Report) -> Enhancement:
    joined = join(known, read, snapshot if snapshot.kind == "git" else None)
    new = joined.enhancement
    if joined.lost:
        states = "a recorded state" if joined.lost == 1 else f"{joined.lost} recorded states"
        report.notes.append(f"{new.name}: upstream's history no longer has {states}; the lock keeps what was recorded")
    was_there = known is not None and not (known.history and known.history[-1].gap)
    if was_there and new.history and new.history[-1].gap == "deleted":
        report.failures.append(Failure.gone(new, "kep.yaml"))
    return new


def _contradicted(enhancement: Enhancement, known: Enhancement | None, other: Snapshot | None) -> Enhancement:
    """The enhancement with what the other source says differently; where it was not asked, with what it once said."""
    before = known.claims if known else ()
    if other is None:
        return replace(enhancement, claims=still_claimed(enhancement.state, before))
    also = other.enhancements.get(enhancement.number)
    found = claims(enhancement.state, also.state, also.source) if also else ()
    first_said = {(it.field, it.value, it.source.kind): it for it in before}
    return replace(enhancement, claims=tuple(first_said.get((it.field, it.value, it.source.kind), it) for it in found))


def _elsewhere(
    number: int, lock: Lock, snapshot: Snapshot | None, fetchers: Fetchers, report: Report
) -> Enhancement | Absence | None:
    """What GitHub's issues say of a number without a folder; None if that is no reason to change the lock."""
    known = lock.fetched.get(number)
    if known and known.source.kind != "github-issue":
        if snapshot and snapshot.kind == known.source.kind:
            report.failures.append(Failure.gone(known, "kep.yaml"))
        return None
    try:
        answer = fetchers.issue(number)
    except FetchError as error:
        report.failures.append(Failure.of(f"KEP-{number}", error))
        return None
    report.answers += 1
    if isinstance(answer, Enhancement):
        return join(known, answer).enhancement
    if known:
        report.failures.append(Failure.gone(known, "issue"))
        return None
    return answer


def _newer(old: Enhancement | None, new: Enhancement) -> Enhancement:
    """The new reading, or the old one where it says the same: another commit id alone is no change."""
    return old if old is not None and same_but_for_commits(old, new) else new


def _latest(days: Iterable[dt.date | None]) -> dt.date | None:
    return max((day for day in days if day is not None), default=None)


def _kep_changes(lock: Lock, fetched: Mapping[int, Enhancement], missing: Mapping[int, Absence]) -> Iterator[str]:
    for number in sorted(fetched):
        old, new = lock.fetched.get(number), fetched[number]
        if old is None:
            yield f"{new.name}: new: {new.state.title} ({_stage(new)})"
        elif old is not new:
            yield f"{new.name}: {_difference(old, new)}"
    for number in sorted(missing.keys() - lock.missing.keys()):
        reason = "a pull request" if missing[number] == "pull-request" else "found nowhere"
        yield f"KEP-{number}: is {reason}"


def _stage(enhancement: Enhancement) -> str:
    return " ".join(filter(None, (enhancement.state.stage or "no stage", enhancement.state.milestone)))


def _difference(old: Enhancement, new: Enhancement) -> str:
    """`beta → stable in v1.35`, then every other field that says something else."""
    found = [_told(it, new) for it in differences(old.state, new.state)]
    return "; ".join(found or _beside_the_state(old, new))


def _told(difference: Difference, new: Enhancement) -> str:
    before, after = difference.before or "none", difference.after or "none"
    if difference.field == "stage":
        release = f" in {new.state.milestone}" if new.state.milestone else ""
        return f"{difference.before or 'no stage'} → {difference.after or 'no stage'}{release}"
    if difference.field == "feature_gates":
        return f"feature gates: {after}"
    if difference.field.startswith("milestones."):
        return f"{difference.field.removeprefix('milestones.')} milestone: {before} → {after}"
    return f"{difference.field.replace('_', ' ')}: {before} → {after}"


def _beside_the_state(old: Enhancement, new: Enhancement) -> Iterator[str]:
    """What is new where today's state is the same."""
    last = new.history[-1] if new.history else None
    if last and last.gap and (not old.history or old.history[-1].gap != last.gap):
        yield f"no single kep.yaml since {last.date} ({last.gap})"
    elif old.source.path != new.source.path:
        yield f"its file is now {new.source.path}"
    elif (count := len(new.history) - len(records_of(old))) > 0:
        yield "1 earlier state recorded" if count == 1 else f"{count} earlier states recorded"
    elif old.claims != new.claims:
        yield "what other sources say differently"
    elif [(it.date, it.observed) for it in records_of(old)] != [(it.date, it.observed) for it in new.history]:
        yield "the days of its history were corrected"
    else:
        yield "its file was written differently"


# --- cards --------------------------------------------------------------------------------------------------------


def _refresh_cards(lock: Lock, urls: Iterable[str], fetch: Callable[[str], Card], report: Report, tick: Tick) -> Lock:
    cards = dict(lock.cards)
    for url, answer in _fetch_all(_in_turn(urls), fetch, tick):
        if isinstance(answer, NecoError):
            report.failures.append(Failure.of(url, answer))
            continue
        report.answers += 1
        key = normal_url(url)
        old = cards.get(key)
        new = replace(answer, url=key)
        if old is None or replace(old, fetched=None) != replace(new, fetched=None):
            cards[key] = new
            report.changes.append(f"{url}: {'new: ' if old is None else ''}{new.title or 'no title'}")
    report.failures.sort(key=lambda failure: failure.what)
    return lock if cards == lock.cards else replace(lock, cards=cards)


def _in_turn(urls: Iterable[str]) -> list[str]:
    """The hosts take turns, so that a slow one does not hold up the others."""
    by_host: dict[str, list[str]] = {}
    for url in urls:
        by_host.setdefault(host_of(url), []).append(url)
    rounds = itertools.zip_longest(*by_host.values())
    return [url for one_of_each in rounds for url in one_of_each if url is not None]


def _fetch_all(urls: list[str], fetch: Callable[[str], Card], tick: Tick) -> Iterator[tuple[str, Card | NecoError]]:
    """Answers in the order of `urls`, fetched a few at a time. An interruption gives up what has not begun."""
    pool = ThreadPoolExecutor(max_workers=WORKERS, thread_name_prefix="card")
    try:
        futures: dict[Future[Card], str] = {pool.submit(fetch, url): url for url in urls}
        for future in as_completed(futures):
            tick(futures[future])
        for future, url in futures.items():
            try:
                yield url, future.result()
            except NecoError as error:
                yield url, error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
