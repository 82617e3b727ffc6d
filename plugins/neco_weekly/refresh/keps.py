"""The refresh of KEPs: what the sources say today on top of what was recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..display.phrases import stage_word, standing_text
from ..display.words import load_strings
from ..lock.kep_as_of import KepsAsOf
from ..lock.store import Lock
from ..model.errors import FetchError
from ..model.history import Difference, claims, differences, join, records_of, same_but_for_commits, still_claimed
from ..model.keps import Absence, Enhancement, Snapshot
from ..model.pull_requests import Pulls, kep_of_pull, names_of
from ..model.releases import Releases
from ..model.text import counted
from .asking import ask
from .other_keps import read_others, told_of_others
from .plan import Fetchers, Plan
from .report import Failure, Report

_ENGLISH = load_strings("en")
"""The words of a refresh report, which is in English, as pull requests are."""


def refresh_keps(lock: Lock, plan: Plan, snapshots: KepSnapshots, fetchers: Fetchers, report: Report) -> Lock:
    """Return the lock with what the sources say of the KEPs that the plan asks for; its day stays what it was.

    Failures and notes go into the report; changes are told by the lock's new day, and thus later: `kep_changes`.
    """
    snapshot, other = snapshots.counts, snapshots.compared
    listed = snapshot.enhancements if snapshot else {}
    # A request that the source does not name stays as it was: the public list names none, a partial history fewer.
    asked = {pull: snapshot.pulls[pull] for pull in plan.pulls if pull in snapshot.pulls} if snapshot else {}
    pulls = {**lock.pulls, **asked}
    fetched, missing = dict(lock.fetched), dict(lock.missing)
    covered = (it for it in lock.fetched if it in listed) if plan.all_keps else ()
    for number in sorted({*plan.keps, *_reached(asked, lock), *covered}):
        known = lock.recorded(number)
        found: Enhancement | Absence | None
        if snapshot and number in listed:
            found = _read_again(known, listed[number], snapshot, report)
        else:
            found = _elsewhere(number, lock, snapshot, fetchers, report)
        if isinstance(found, Enhancement):
            fetched[number] = _newer(known, _contradicted(found, known, other))
            missing.pop(number, None)
        elif found is not None:
            missing[number] = found
    others = read_others(lock, fetched, snapshot if plan.all_keps else None)
    missing = {number: why for number, why in missing.items() if number not in others}
    irregular = snapshot.irregular if snapshot and snapshot.kind == "git" else lock.irregular
    new = replace(lock, fetched=fetched, missing=missing, irregular=irregular, pulls=pulls, others=others)
    return lock if new == lock else new


def kep_changes(before: Lock, after: Lock, releases: Releases) -> Iterator[str]:
    """Yield in words what a refresh found new of KEPs and pull requests, as of the day of the lock after it."""
    yield from _kep_changes(before, KepsAsOf(after, releases))
    yield from _pull_changes(before, after.pulls)
    yield from told_of_others(before, after)


def _reached(pulls: Pulls, lock: Lock) -> set[int]:
    """Return the KEPs that were not fetched yet, because only a pull request mentions them."""
    reached = {kep for pull in pulls if (kep := kep_of_pull(pull, pulls)) is not None}
    return reached - lock.fetched.keys()


@dataclass(frozen=True, slots=True, kw_only=True)
class KepSnapshots:
    """The snapshot of KEPs that counts, and the one that is compared with it; None where it could not be had."""

    counts: Snapshot | None = None
    compared: Snapshot | None = None


def ask_for_keps(fetchers: Fetchers, report: Report) -> KepSnapshots:
    """Return what the sources of KEPs say, and report failures.

    Raises:
        NecoError: a source is none.
    """
    snapshot = ask(fetchers.repository, "KEPs", report)
    if snapshot is None:
        return KepSnapshots(counts=ask(fetchers.keps_json, "keps.json", report))
    compared = ask(fetchers.keps_json, "keps.json", report) if fetchers.compare else None
    return KepSnapshots(counts=snapshot, compared=compared)


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
    """Return an enhancement with the claims of the other source; without that source, those that still hold."""
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
    """Return what GitHub's issues say of a KEP number without a folder; None if the lock need not change."""
    known = lock.recorded(number)
    if known and known.source.kind != "github-issue":
        if snapshot and snapshot.kind == known.source.kind:
            report.failures.append(Failure.gone(known, "kep.yaml"))
        return lock.others.get(number)
    try:
        found = fetchers.issue(number)
    except FetchError as error:
        report.failures.append(Failure.of(f"KEP-{number}", error))
        return None
    report.responses += 1
    if isinstance(found, Enhancement):
        return join(known, found).enhancement
    if known:
        report.failures.append(Failure.gone(known, "issue"))
        return None
    return found


def _newer(old: Enhancement | None, new: Enhancement) -> Enhancement:
    """Return the new reading of a KEP, or the old one where both say the same: another commit id alone is no change."""
    return old if old is not None and same_but_for_commits(old, new) else new


def _kep_changes(lock: Lock, now: KepsAsOf) -> Iterator[str]:
    new_lock, summaries = now.lock, 0
    for number in sorted(new_lock.fetched):
        old, new = lock.fetched.get(number), new_lock.fetched[number]
        if old is None:
            kep = now.of(number)
            standing = standing_text(kep.today, _ENGLISH) if kep else ""
            yield f"{new.name}: new: {new.state.title} ({standing})"
        elif old is not new and (told := _difference(old, new, now)) != _FIRST_SUMMARY:
            yield f"{new.name}: {told}"
        summaries += old is not None and old.summary is None and new.summary is not None
    if summaries:  # once in the life of a lock, and of all its KEPs at once
        yield f"summaries: {counted(summaries, 'KEP')} got one"
    for number in sorted(new_lock.missing.keys() - lock.missing.keys()):
        reason = "a pull request" if new_lock.missing[number] == "pull-request" else "found nowhere"
        yield f"KEP-{number}: is {reason}"


def _pull_changes(lock: Lock, pulls: Pulls) -> Iterator[str]:
    for pull in sorted(pulls):
        if pulls[pull] != lock.pulls.get(pull):
            yield f"pull request #{pull} is about {names_of(pulls[pull])}"


def _difference(old: Enhancement, new: Enhancement, keps: KepsAsOf) -> str:
    """Return what a KEP's kep.yaml says otherwise, in words: `stage beta → stable, planned for v1.38`, then the rest.

    That is what the file says, which is ahead of what shipped: what shipped is reported by the release.
    """
    found = [_told(it, new, keps) for it in differences(old.state, new.state)]
    return "; ".join(found or _beside_the_state(old, new))


def _told(difference: Difference, new: Enhancement, keps: KepsAsOf) -> str:
    before, after = difference.before or "none", difference.after or "none"
    if difference.field == "stage":
        release = new.state.milestone
        how = " in" if release and keps.releases.is_out(release, keps.now) else ", planned for"
        stages = f"stage {stage_word(difference.before, _ENGLISH)} → {stage_word(difference.after, _ENGLISH)}"
        return f"{stages}{how} {release}" if release else stages
    if difference.field == "feature_gates":
        return f"feature gates: {after}"
    if difference.field.startswith("milestones."):
        return f"{difference.field.removeprefix('milestones.')} milestone: {before} → {after}"
    return f"{difference.field.replace('_', ' ')}: {before} → {after}"


_FIRST_SUMMARY = "its summary is known"


def _beside_the_state(old: Enhancement, new: Enhancement) -> Iterator[str]:
    """Yield in words what is new of a KEP whose state of today is the same."""
    last = new.history[-1] if new.history else None
    if last and last.gap and (not old.history or old.history[-1].gap != last.gap):
        yield f"no single kep.yaml since {last.date} ({last.gap})"
    elif old.source.path != new.source.path:
        yield f"its file is now {new.source.path}"
    elif (count := len(new.history) - len(records_of(old))) > 0:
        yield "1 earlier state recorded" if count == 1 else f"{count} earlier states recorded"
    elif old.summary != new.summary:
        yield "its summary was written anew" if old.summary else _FIRST_SUMMARY
    elif old.claims != new.claims:
        yield "what other sources say differently"
    elif [(it.date, it.observed) for it in records_of(old)] != [(it.date, it.observed) for it in new.history]:
        yield "the days of its history were corrected"
    else:
        yield "its file was written differently"
