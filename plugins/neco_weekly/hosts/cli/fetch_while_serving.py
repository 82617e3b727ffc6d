"""What `neco serve --fetch` fetches: what issues mention and the lock does not know, once each, written at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

import click

from ...lock.store import Lock, load_lock
from ...model.errors import NecoError
from ...model.text import counted
from ...refresh import Plan, merge_answers, refresh, unknown
from ..preview import Mentioned, Turn
from ..project import Project
from .fetchers import Outside

AGAIN_AFTER = 600.0
"""Seconds after which a KEP or page that could not be fetched may be asked for again."""

_NAMED = 5
"""The most KEPs and pages that are named one by one before they are only counted."""


@dataclass
class Asked:
    """The KEPs, pages, pictures and pull requests (`#6092`) that a preview has asked for, and when, by the clock."""

    clock: Callable[[], float] = time.monotonic
    moments: dict[int | str, float] = field(default_factory=dict)

    def due(self, plan: Plan) -> Plan:
        """Return the part of a plan that is to be asked for now; from now on that part counts as asked for.

        What could not be fetched is left out for a while. It is forgotten with the first plan that does not name it, so
        that an address that was corrected and written again is asked for at once.
        """
        now, named = self.clock(), {*plan.keps, *plan.cards, *plan.pictures, *_signs(plan.pulls)}
        self.moments = {it: at for it, at in self.moments.items() if it in named and now - at < AGAIN_AFTER}
        due = replace(
            plan,
            keps=tuple(number for number in plan.keps if number not in self.moments),
            cards=tuple(url for url in plan.cards if url not in self.moments),
            pictures=tuple(url for url in plan.pictures if url not in self.moments),
            pulls=tuple(pull for pull in plan.pulls if f"#{pull}" not in self.moments),
        )
        self.moments.update(dict.fromkeys((*due.keps, *due.cards, *due.pictures, *_signs(due.pulls)), now))
        return due


@dataclass(kw_only=True)
class Fetching:
    """The fetching and writing of one preview."""

    project: Project
    web: Outside
    turn: Turn
    asked: Asked = field(default_factory=Asked)

    def catch_up(self, mentioned: Mentioned) -> None:
        """Fetch what is mentioned and unknown; then write all of that at once, in neco's turn, while nothing is built.

        Trouble is reported in a sentence, once, and the preview goes on.
        """
        try:
            lock = load_lock(self.project.metadata)
            plan = self.asked.due(unknown(_plan(mentioned), lock))
            if len(plan):
                _say(f"Fetching {_named(plan)}")
                self._write(plan, self._fetched(lock, plan))
        except NecoError as error:
            _say(f"Error: {error}")

    def _fetched(self, lock: Lock, plan: Plan) -> Lock:
        """Return the lock with the plan's KEPs, then the rest: no repository to read is no reason to fetch no card."""
        for part in (replace(plan, cards=(), pictures=()), replace(plan, keps=(), pulls=())):
            try:
                lock, report = refresh(lock, part, self.web.fetchers)
            except NecoError as error:
                _say(f"not fetched: {error}")
            else:
                for line in report.lines():
                    _say(line)
        return lock

    def _write(self, plan: Plan, refreshed: Lock) -> None:
        with self.turn:
            self.web.save(lambda lock: merge_answers(lock, plan, refreshed))


def _plan(mentioned: Mentioned) -> Plan:
    return Plan(keps=mentioned.keps, cards=mentioned.cards, pictures=mentioned.pictures, pulls=mentioned.pulls)


def _signs(pulls: Iterable[int]) -> list[str]:
    return [f"#{pull}" for pull in pulls]


def _named(plan: Plan) -> str:
    """Return a plan in one line: the names of KEPs, pages, pictures and pull requests, or their counts."""
    names = [
        *(f"KEP-{number}" for number in plan.keps),
        *plan.cards,
        *plan.pictures,
        *map("pull request {}".format, _signs(plan.pulls)),
    ]
    if len(names) <= _NAMED:
        return ", ".join(names)
    counts = (
        (len(plan.keps), "KEP"),
        (len(plan.cards), "card"),
        (len(plan.pictures), "picture"),
        (len(plan.pulls), "pull request"),
    )
    return " and ".join(counted(count, noun) for count, noun in counts if count)


def _say(line: str) -> None:
    click.echo(line, err=True)
