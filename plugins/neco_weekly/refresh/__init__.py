"""Index, lock and fetchers -> a new lock and a report of what changed. Nothing here opens a socket or a file.

- `plan`    what is asked for, and whom
- `keps`    KEPs: what the sources say on top of what was recorded
- `cards`   cards: what pages say on top of what was known, and how often they did not answer
- `merge`   what was fetched, on top of a lock that is another one by now
- `visits`  when each page was last read
- `report`  what changed, for the person who reads the pull request
"""

from __future__ import annotations

from ..lock.store import Lock
from .cards import refresh_cards
from .keps import refresh_keps
from .merge import merge_answers
from .plan import Fetchers, Fresh, Only, PictureKind, Plan, Tick, plan, unknown
from .report import Failure, Report

__all__ = [
    "Failure",
    "Fetchers",
    "Fresh",
    "Only",
    "PictureKind",
    "Plan",
    "Report",
    "Tick",
    "merge_answers",
    "plan",
    "refresh",
    "unknown",
]


def refresh(lock: Lock, plan: Plan, fetchers: Fetchers, tick: Tick = lambda _: None) -> tuple[Lock, Report]:
    """Fetch what is planned and merge it: what could not be fetched stays as it was.

    Raises:
        NecoError: the source of KEPs is none (a failure to reach it is only reported).
    """
    report = Report()
    if plan.keps or plan.all_keps:
        lock = refresh_keps(lock, plan, fetchers, report)
        tick("KEPs")
    if plan.cards:
        lock = refresh_cards(lock, plan.cards, fetchers, report, tick)
    return lock, report
