"""The refresh: index, lock and fetchers -> a new lock and a report of changes. Opens no socket.

- `plan`    what a refresh asks for, and the fetchers to ask
- `keps`    KEPs: what the sources say on top of what was recorded
- `other_keps`  KEPs that no issue mentions
- `feature_gates`  feature gates: what two witnesses say of those that the lock's KEPs ever named
- `release_days`  days of Kubernetes releases, and exceptions: what two sources say on top of what was known
- `announcements`  official lists of release posts, and APIs that releases no longer serve
- `shipped` the day of the lock, and what shipped since the day before
- `asking`  asking a source: an answer, or a failure in the report
- `cards`   cards: what pages say on top of what was known, and on how many days in a row a page failed
- `proposals` a page's answer that looks as if another page had answered: proposed beside the card, and not taken
- `failures` counting failures, by distinct days and no further than a decision needs
- `pictures` copies of pictures that issues show from other hosts
- `archiving` copies of pages as they were when an issue linked to them
- `new_releases` releases of watched repositories: what their feeds say on top of what was known
- `at_once` asking many addresses at once
- `merge`   what was fetched, on top of a lock that has changed meanwhile
- `three_way`  what was found, joined with what others wrote into the lock meanwhile, field by field
- `visits`  when each page was last read, a file in the cache folder
- `last_candidates`  candidates for cards that were not taken, a file in the cache folder
- `report`  what changed, for the person who reads the pull request
"""

from __future__ import annotations

from ..lock.store import Lock
from .announcements import refresh_announcements
from .archiving import Archivist, cited_links, keep_copies
from .cards import refresh_cards
from .feature_gates import refresh_gates
from .keps import ask_for_keps, kep_changes, refresh_keps
from .merge import merge_answers, without_failures
from .new_releases import refresh_watched
from .pictures import refresh_pictures
from .plan import Fetchers, Fresh, Only, Plan, Tick, missing_of, plan, unknown
from .release_days import refresh_releases
from .report import Failure, Report
from .shipped import on_its_day
from .three_way import join

__all__ = [
    "Archivist",
    "Failure",
    "Fetchers",
    "Fresh",
    "Only",
    "Plan",
    "Report",
    "Tick",
    "cited_links",
    "join",
    "keep_copies",
    "merge_answers",
    "missing_of",
    "plan",
    "refresh",
    "unknown",
    "without_failures",
]


def refresh(lock: Lock, plan: Plan, fetchers: Fetchers, tick: Tick = lambda _: None) -> tuple[Lock, Report]:
    """Fetch what the plan asks for, and return the lock with that merged in, and a report.

    What could not be fetched stays as it was in the lock. `tick` is called with each thing that is done.

    Raises:
        NecoError: a source of KEPs, of gates or of releases is none (a failure to reach the source is only reported).
    """
    report = Report()
    if plan.releases:
        lock = refresh_releases(lock, fetchers, report)
        tick("releases")
    if plan.asks_keps or plan.gates:
        before, snapshots = lock, ask_for_keps(fetchers, report)
        if plan.asks_keps:
            lock = refresh_keps(lock, plan, snapshots, fetchers, report)
            tick("KEPs")
        if plan.gates:
            lock = refresh_gates(lock, snapshots.counts, fetchers, report)
            tick("feature gates")
        read = plan.all_keps or {before.canonical(number) for number in before.fetched} <= set(plan.keps)
        whole = read and snapshots.counts is not None
        lock = on_its_day(before, lock, snapshots.counts, fetchers, report, whole=whole)
        # They come first, but are told by the day that the lock has now: what was out for it, and what was not.
        report.changes[:0] = kep_changes(before, lock, fetchers.releases)
    lock = refresh_announcements(lock, plan, fetchers, report, tick)
    if plan.cards:
        lock = refresh_cards(lock, plan.cards, fetchers, report, tick, accept=plan.accept)
    if plan.pictures:
        lock = refresh_pictures(lock, plan.pictures, fetchers, report, tick)
    if plan.watched:
        lock = refresh_watched(lock, plan.watched, fetchers, report, tick)
    return lock, report
