"""Related issues: which share KEPs, SIGs and topics with an issue, and what they share.

What few issues name says more than what many do, so each weighs by how rare it is
(https://en.wikipedia.org/wiki/Tf%E2%80%93idf), and an issue that names very much is related to none in particular. The
cost grows with the number of issues, not with its square: of what many issues name, only those near in time are looked
at.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from math import log
from typing import Literal

from ..model.issues import Issue
from .index import Index
from .topic_index import TopicIndex

MOST_RELATED = 3
"""The number of related issues of an issue."""

_NEAR = 25
"""How many issues before and after are looked at that name the same thing."""

_OF_SIG = 0.2
"""What a SIG weighs against a KEP or a topic: it is the field, not the subject."""

_Kind = Literal["kep", "sig", "topic"]

_Key = tuple[_Kind, int | str]

SigOf = Callable[[int], str | None]
"""A function from a KEP's number to its SIG, None where that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """An issue that is related to another, and what both share, the rarest first: KEPs, SIGs, slugs of topics."""

    issue: Issue
    score: float
    keps: tuple[int, ...] = ()
    sigs: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RelatedIssues:
    """All issues by what they name. `sig_of` knows the SIGs of KEPs."""

    index: Index
    topics: TopicIndex
    sig_of: SigOf

    def of(self, path: str) -> tuple[Related, ...]:
        """Return the issues that are related to the one at a path, most related first.

        Where any shares a KEP or a topic, none is among them that shares but a SIG.
        """
        place = self._places.get(path)
        if place is None:
            return ()
        worth: dict[int, float] = {}
        sharing: set[int] = set()
        for key in self._keys[place]:
            near, weight = self._near(key, place), self._weights[key] ** 2
            for other in near:
                worth[other] = worth.get(other, 0.0) + weight
            if key[0] != "sig":
                sharing.update(near)
        scores = {other: worth[other] / self._breadths[other] for other in sharing or worth}
        best = nsmallest(MOST_RELATED, scores, key=lambda it: (-round(scores[it], 9), abs(it - place), it))
        return tuple(self._related(place, other, scores[other]) for other in best)

    def _related(self, place: int, other: int, score: float) -> Related:
        keys = set(self._keys[place]).intersection(self._keys[other])
        rarest = sorted(keys, key=lambda key: (-self._weights[key], str(key[1])))
        return Related(
            issue=self.index.issues[other],
            score=score,
            keps=tuple(it for _, it in rarest if isinstance(it, int)),
            sigs=tuple(str(it) for kind, it in rarest if kind == "sig"),
            topics=tuple(str(it) for kind, it in rarest if kind == "topic"),
        )

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {issue.path: place for place, issue in enumerate(self.index.issues)}

    @cached_property
    def _keys(self) -> list[tuple[_Key, ...]]:
        """What each issue names, in the order of the issues."""
        return [tuple(dict.fromkeys(self._named(issue))) for issue in self.index.issues]

    def _named(self, issue: Issue) -> Iterator[_Key]:
        for number in issue.keps:
            yield "kep", number
            if sig := self.sig_of(number):
                yield "sig", sig
        for slug in self.topics.by_issue[issue.path]:
            yield "topic", slug

    @cached_property
    def _naming(self) -> Mapping[_Key, list[int]]:
        """The places of the issues that name each thing."""
        table: dict[_Key, list[int]] = {}
        for place, keys in enumerate(self._keys):
            for key in keys:
                table.setdefault(key, []).append(place)
        return table

    def _near(self, key: _Key, place: int) -> list[int]:
        naming = self._naming[key]
        own = bisect_left(naming, place)
        return naming[max(0, own - _NEAR) : own] + naming[own + 1 : own + 1 + _NEAR]

    @cached_property
    def _weights(self) -> Mapping[_Key, float]:
        """What it is worth to share each thing: the more, the fewer issues name it."""
        count = len(self.index.issues) + 1
        return {
            key: log(count / len(naming)) * (_OF_SIG if key[0] == "sig" else 1) for key, naming in self._naming.items()
        }

    @cached_property
    def _breadths(self) -> list[float]:
        """How much each issue names, at least 1; what it shares counts less by the root of that length only."""
        return [max(1.0, sum(self._weights[key] ** 2 for key in keys)) ** 0.25 for keys in self._keys]
