"""Fetching what a build found missing: what is due, in one line, and in two parts, of which one may fail.

What has been asked for lately is remembered, so that what does not answer is not asked for at each build.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from ..lock.store import Lock
from ..model.errors import NecoError
from ..model.text import counted
from ..refresh import Fetchers, Plan, refresh
from .preview import Mentioned

AGAIN_AFTER = 600.0
"""Seconds after which a KEP or page that could not be fetched may be asked for again."""

_GATES = "feature gates"

_NAMED = 5
"""The most KEPs and pages that are named one by one before they are only counted."""


@dataclass
class Asked:
    """The KEPs, pages, pictures, pull requests (`#6092`) and gates that were asked for, and when, by the clock."""

    clock: Callable[[], float] = time.monotonic
    moments: dict[int | str, float] = field(default_factory=dict)

    def due(self, plan: Plan) -> Plan:
        """Return the part of a plan that is to be asked for now; from now on that part counts as asked for.

        What could not be fetched is left out for a while. It is forgotten with the first plan that does not name it, so
        that an address that was corrected and written again is asked for at once.
        """
        now, wanted = self.clock(), {*plan.keps, *plan.cards, *plan.pictures, *_signs(plan.pulls), *_gates(plan)}
        self.moments = {it: at for it, at in self.moments.items() if it in wanted and now - at < AGAIN_AFTER}
        due = replace(
            plan,
            keps=tuple(number for number in plan.keps if number not in self.moments),
            cards=tuple(url for url in plan.cards if url not in self.moments),
            pictures=tuple(url for url in plan.pictures if url not in self.moments),
            pulls=tuple(pull for pull in plan.pulls if f"#{pull}" not in self.moments),
        )
        due = replace(due, gates=plan.gates and (due.asks_keps or _GATES not in self.moments))
        asked: tuple[int | str, ...] = (*due.keps, *due.cards, *due.pictures, *_signs(due.pulls), *_gates(due))
        self.moments.update(dict.fromkeys(asked, now))
        return due


def _signs(pulls: Iterable[int]) -> list[str]:
    return [f"#{pull}" for pull in pulls]


def _gates(plan: Plan) -> list[str]:
    return [_GATES] if plan.gates else []


def plan_of(mentioned: Mentioned, *, gates: bool = False) -> Plan:
    """Return the plan of all that issues mention, and with `gates` of feature gates."""
    return Plan(
        keps=mentioned.keps, cards=mentioned.cards, pictures=mentioned.pictures, pulls=mentioned.pulls, gates=gates
    )


def in_one_line(plan: Plan) -> str:
    """Return a plan in one line: KEPs, pages, pictures, pull requests and feature gates by name, or their counts."""
    names = [
        *(f"KEP-{number}" for number in plan.keps),
        *plan.cards,
        *plan.pictures,
        *map("pull request {}".format, _signs(plan.pulls)),
        *_gates(plan),
    ]
    if len(names) <= _NAMED:
        return ", ".join(names)
    counts = (
        (len(plan.keps), "KEP"),
        (len(plan.cards), "card"),
        (len(plan.pictures), "picture"),
        (len(plan.pulls), "pull request"),
    )
    return " and ".join([*(counted(count, noun) for count, noun in counts if count), *_gates(plan)])


def fetched(lock: Lock, plan: Plan, fetchers: Fetchers, say: Callable[[str], None]) -> Lock:
    """Return the lock with a plan's KEPs, then the rest: no repository to read is no reason to fetch no card.

    `say` is told the lines of the report.
    """
    for part in (replace(plan, cards=(), pictures=()), replace(plan, keps=(), pulls=(), gates=False)):
        try:
            lock, report = refresh(lock, part, fetchers)
        except NecoError as error:
            say(f"not fetched: {error}")
        else:
            for line in report.lines():
                say(line)
    return lock
