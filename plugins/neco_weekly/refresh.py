"""Index, lock and fetchers -> a new lock and a report of what changed. Nothing here opens a socket or a file."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from typing import Literal

from .index import Index
from .lock import Lock, same_content
from .model import Absence, Card, Enhancement, FetchError, NecoError, Snapshot
from .syntax import host_of, normal_url

WORKERS = 16
"""Cards fetched at once, over all hosts; how many per host is the fetcher's business."""

Tick = Callable[[str], None]
"""Told each thing that was asked for, when it is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetchers:
    """The outside, as plain callables. Each raises FetchError (or NecoError) when it cannot answer."""

    snapshot: Callable[[], Snapshot]
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
    """What a refresh did: changes as lines a person reads, failures, and how many answers there were at all."""

    changes: list[str] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    answers: int = 0

    @property
    def nothing_answered(self) -> bool:
        """Whether something was asked for and nothing could be fetched."""
        return bool(self.failures) and not self.answers

    def markdown(self) -> str:
        """The text of the pull request. Fetched titles are text in it, never markup."""
        failures = [f"{item.what}: {item.message}" for item in self.failures]
        lines = ["## Changes", "", *(f"- {_as_text(line)}" for line in self.changes or ["none"])]
        if failures:
            lines += ["", "## Could not be fetched", "", *(f"- {_as_text(line)}" for line in failures)]
        return "\n".join(lines) + "\n"

    def to_dict(self) -> dict[str, object]:
        """For `--json`."""
        failures = [{"what": item.what, "message": item.message} for item in self.failures]
        return {"changes": self.changes, "failures": failures}


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
    try:
        snapshot = fetchers.snapshot()
    except FetchError as error:
        report.failures.append(Failure.of("KEPs", error))
        return lock
    report.answers += 1
    wanted = sorted({*plan.keps, *(snapshot.enhancements if plan.all_keps else ())})
    fetched, missing = dict(lock.fetched), dict(lock.missing)
    for number in wanted:
        answer = snapshot.enhancements.get(number) or _elsewhere(number, lock, fetchers, report)
        if isinstance(answer, Enhancement):
            fetched[number] = _newer(lock.fetched.get(number), answer)
            missing.pop(number, None)
        elif answer is not None:
            missing[number] = answer
    if fetched == lock.fetched and missing == lock.missing:
        return lock
    report.changes += _kep_changes(lock, fetched, missing)
    days = [snapshot.date, lock.as_of, *(entry.source.date for entry in fetched.values())]
    return replace(lock, fetched=fetched, missing=missing, as_of=_latest(days))


def _elsewhere(number: int, lock: Lock, fetchers: Fetchers, report: Report) -> Enhancement | Absence | None:
    """What GitHub's issues say of a number without a folder; None if that is no reason to change the lock."""
    known = lock.fetched.get(number)
    if known and known.source.kind == "git":
        report.failures.append(Failure.gone(known, "kep.yaml"))
        return None
    try:
        answer = fetchers.issue(number)
    except FetchError as error:
        report.failures.append(Failure.of(f"KEP-{number}", error))
        return None
    report.answers += 1
    if known and not isinstance(answer, Enhancement):
        report.failures.append(Failure.gone(known, "issue"))
        return None
    return answer


def _newer(old: Enhancement | None, new: Enhancement) -> Enhancement:
    """The new reading, or the old one where it says the same: a later date alone is no change."""
    return old if old is not None and same_content(old, new) else new


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
    return " ".join(filter(None, (enhancement.state.stage or "no stage", enhancement.milestone)))


def _difference(old: Enhancement, new: Enhancement) -> str:
    """`beta → stable in v1.35`, then every other field that says something else."""
    parts = []
    if old.state.stage != new.state.stage:
        release = f" in {new.milestone}" if new.milestone else ""
        parts.append(f"{old.state.stage or 'no stage'} → {new.state.stage or 'no stage'}{release}")
    for name in ("status", "title", "sig", "latest_milestone"):
        before, after = getattr(old.state, name), getattr(new.state, name)
        if before != after:
            parts.append(f"{name.replace('_', ' ')}: {before or 'none'} → {after or 'none'}")
    for stage in sorted(old.state.milestones.keys() | new.state.milestones.keys(), key=lambda stage: stage.order):
        before, after = old.state.milestones.get(stage), new.state.milestones.get(stage)
        if before != after:
            parts.append(f"{stage} milestone: {before or 'none'} → {after or 'none'}")
    if old.state.feature_gates != new.state.feature_gates:
        parts.append(f"feature gates: {', '.join(new.state.feature_gates) or 'none'}")
    return "; ".join(parts) or "its file was moved or written differently"


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
