"""What changes between two releases: the net change of each KEP, and apart what came and went in between.

Who upgrades from v1.33 to v1.36 sees two releases and nothing of those between: a default that was on in v1.34 only is
no change. What the gates do not tell has no default, and is never told as on or off.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from .gate_ends import are_gone
from .gates import Gates
from .keps import Stage, release_order
from .release_rows import Life
from .releases import Releases
from .shipping import MATURING, Shipped

JUMPS = range(2, 5)
"""How many releases an upgrade passes that has a page; of neighbours the newer one's own page tells."""


class NetChange(StrEnum):
    """What a KEP's change means to who upgrades; the values are keys of the table of words."""

    STABLE = "stable"
    ON_BY_DEFAULT = "on-by-default"
    OFF_BY_DEFAULT = "off-by-default"
    BETA = "beta"
    ALPHA = "alpha"
    DEPRECATED = "deprecated"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class KepChange:
    """A KEP that is another thing after an upgrade, and what it was in the releases before and after.

    `passing` are what it was in between where neither end shows that: each with the release it was first so in.
    """

    number: int
    before: Shipped | None
    after: Shipped | None
    passing: tuple[tuple[str, Shipped], ...] = ()

    @property
    def kind(self) -> NetChange | None:
        """What the change means; None where both ends are alike, or only a default is not known."""
        return _kind(self.before, self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseChanges:
    """The changes between two releases, by number. `gates_until` is the newest release that a gate tells of.

    `is_known` is False where one of the two releases is not out: then nothing is known, which is not the same as no
    change.
    """

    old: str
    new: str
    is_known: bool
    gates_until: str | None = None
    changes: tuple[KepChange, ...] = ()

    @property
    def defaults_are_known(self) -> bool:
        """Whether gates tell of both releases, so that a default without a word is not merely one that nobody read."""
        return self.gates_until is not None and release_order(self.new) <= release_order(self.gates_until)

    def of(self, kind: NetChange) -> tuple[KepChange, ...]:
        """Return the net changes of one kind."""
        return tuple(it for it in self.changes if it.kind is kind)

    @property
    def passed(self) -> tuple[KepChange, ...]:
        """What came and went in between."""
        return tuple(it for it in self.changes if it.passing)


def jumps(releases: Releases, supported: Collection[str], day: dt.date) -> Iterator[tuple[str, str]]:
    """Yield the pairs of releases, older first, of all jumps into a supported release that is out on a day."""
    out = [name for name in releases.names if releases.is_out(name, day)]
    for place, new in enumerate(out):
        if new in supported:
            yield from ((out[place - step], new) for step in reversed(JUMPS) if place >= step)


def changes_between(
    old: str, new: str, lives: Iterable[Life], gates: Gates, releases: Releases, as_of: dt.date
) -> ReleaseChanges:
    """Return what changes from one release to a newer one, as known on a day (Asia/Tokyo).

    Raises:
        ValueError: the second release is not newer than the first.
    """
    if release_order(old) >= release_order(new):
        raise ValueError(f"{new} is not newer than {old}")
    if not (releases.is_out(old, as_of) and releases.is_out(new, as_of)):
        return ReleaseChanges(old=old, new=new, is_known=False)
    days = released_between(old, new, releases, as_of)
    found = (_change(life, days) for life in lives)
    return ReleaseChanges(
        old=old, new=new, is_known=True, gates_until=gates.through, changes=tuple(it for it in found if it)
    )


def released_between(old: str, new: str, releases: Releases, as_of: dt.date) -> list[tuple[str, dt.date]]:
    """Return the releases from `old` to `new`, both included, that were out on a day, each with its own."""
    first, last = release_order(old), release_order(new)
    named = [it for it in releases.names if first <= release_order(it) <= last and releases.is_out(it, as_of)]
    return [(it, day) for it in named if (day := releases.day(it))]


def lived(life: Life, release: str, day: dt.date) -> Shipped | None:
    """Return what a KEP was in a release that came out on a day; None before its first, and where it is gone.

    A stage of which nobody knows with which release it came is no change of any: it counts for all of them.
    """
    undated = next((it for _, it in life.shipping.entries if it.release is None), None)
    return None if are_gone(life.gates, release) else undated or life.shipping.on(day)


def _change(life: Life, days: list[tuple[str, dt.date]]) -> KepChange | None:
    steps = [(name, lived(life, name, day)) for name, day in days]
    (_, before), (_, after) = steps[0], steps[-1]
    passing = tuple(_passing(steps))
    found = KepChange(number=life.enhancement.number, before=before, after=after, passing=passing)
    return found if found.kind or passing else None


def _kind(before: Shipped | None, after: Shipped | None) -> NetChange | None:
    """Return what a change means to who upgrades: the stage first, and within a stage the default."""
    if after is None:
        return NetChange.REMOVED if before else None
    moved = before is None or before.stage is not after.stage
    if moved and after.stage in _ENDS:
        return _ENDS[after.stage]
    if after.stage in (Stage.ALPHA, Stage.BETA) and (turned := _turned(before, after)):
        return turned
    return _BY_STAGE.get(after.stage) if moved else None


def _turned(before: Shipped | None, after: Shipped) -> NetChange | None:
    """Return whether what was off, or not there, is on now, or the other way; None where one default is not known."""
    was_on = False if before is None else True if before.stage is Stage.STABLE else before.default
    if (was_on, after.default) == (False, True):
        return NetChange.ON_BY_DEFAULT
    return NetChange.OFF_BY_DEFAULT if (was_on, after.default) == (True, False) else None


_BY_STAGE = {Stage.ALPHA: NetChange.ALPHA, Stage.BETA: NetChange.BETA, Stage.STABLE: NetChange.STABLE}

_ENDS = {
    Stage.DEPRECATED: NetChange.DEPRECATED,
    Stage.DISABLED: NetChange.REMOVED,
    Stage.REMOVED: NetChange.REMOVED,
}


def _passing(steps: list[tuple[str, Shipped | None]]) -> Iterator[tuple[str, Shipped]]:
    """Yield what a KEP was in between and no longer is: a stage it came back from, a default that was turned back."""
    (_, before), (_, after) = steps[0], steps[-1]
    ends = {_seen(before), _seen(after)}
    last = _seen(before)
    for name, shipped in steps[1:-1]:
        seen = _seen(shipped)
        if shipped and seen != last and seen not in ends and not _on_the_way(before, shipped, after):
            yield name, shipped
        last = seen


def _seen(shipped: Shipped | None) -> tuple[Stage, bool | None] | None:
    return (shipped.stage, shipped.default) if shipped else None


def _on_the_way(before: Shipped | None, between: Shipped, after: Shipped | None) -> bool:
    """Whether a KEP only grew up: no stage was left backwards, and no known default was turned back or forth."""
    if after is None or after.stage not in MATURING:
        return False
    lived = [it for it in (before, between, after) if it]
    orders = [it.stage.order for it in lived]
    defaults = [it.default for it in lived if it.default is not None]
    return orders == sorted(orders) and defaults == sorted(defaults)
