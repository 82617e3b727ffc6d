"""What a release's announcement lists by name: a source of its own beside what gates and kep.yaml tell.

Such a list is people's. It may count more than it links, name a KEP in two releases, or a number that nobody knows. So
it confirms what we know already and never adds to that: where the two differ, both are told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace

from .keps import Stage

BY_HAND = "overrides.yml"
"""The source of a list that a person wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialList:
    """The KEPs that an announcement says came with a release, by stage, in the order of the numbers.

    `source` is the address of the announcement, or the name of a file without its folder; `date` the day on which it
    was published, else read (Asia/Tokyo), None for a person's word. `claimed` is how many the text says there are.
    """

    stages: Mapping[Stage, tuple[int, ...]]
    source: str
    date: dt.date | None = None
    claimed: Mapping[Stage, int] = field(default_factory=dict)

    def names(self, number: int, stage: Stage) -> bool:
        """Whether the announcement says that a KEP reached a stage."""
        return number in self.stages.get(stage, ())

    def with_numbers(self, canonical: Callable[[int], int]) -> OfficialList:
        """Return this list with each number as the one of the KEP that the number stands for."""
        stages = {stage: tuple(sorted({canonical(it) for it in numbers})) for stage, numbers in self.stages.items()}
        return replace(self, stages=stages)

    def under(self, by_hand: OfficialList | None) -> OfficialList:
        """Return this list with what a person says of a stage in place of what the announcement says of that stage."""
        if by_hand is None:
            return self
        claimed = {stage: count for stage, count in self.claimed.items() if stage not in by_hand.stages}
        return replace(self, stages={**self.stages, **by_hand.stages}, source=by_hand.source, claimed=claimed)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasePost:
    """What a release post lists, and the release (`v1.36`) that the post is about."""

    release: str
    official: OfficialList


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDifference:
    """How an official list of a stage and ours differ: numbers that only one of them has, each sorted.

    `unknown` are numbers of which nobody else knows anything. `uncounted` is how many more the text counts than the
    list names; a negative number where the list names more.
    """

    stage: Stage
    only_official: tuple[int, ...] = ()
    only_ours: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()
    uncounted: int = 0

    def __bool__(self) -> bool:
        """Whether there is any difference."""
        return bool(self.only_official or self.only_ours or self.unknown or self.uncounted)


def list_differences(
    official: OfficialList, ours: Mapping[Stage, Collection[int]], known: Collection[int]
) -> tuple[ListDifference, ...]:
    """Return the differences between an official list and ours, for each stage that the official list speaks of.

    `known` are the numbers of all KEPs of which anything is known: the others are told apart.
    """
    found = (_difference(stage, official, frozenset(ours.get(stage, ())), known) for stage in official.stages)
    return tuple(it for it in sorted(found, key=lambda it: it.stage.order) if it)


def _difference(stage: Stage, official: OfficialList, ours: Collection[int], known: Collection[int]) -> ListDifference:
    named = frozenset(official.stages[stage])
    unknown = frozenset(it for it in named if it not in known)
    return ListDifference(
        stage=stage,
        only_official=tuple(sorted(named - unknown - frozenset(ours))),
        only_ours=tuple(sorted(frozenset(ours) - named)),
        unknown=tuple(sorted(unknown)),
        uncounted=official.claimed.get(stage, len(named)) - len(named),
    )
