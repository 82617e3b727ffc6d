"""Exceptions: requests to let an enhancement into a release after a freeze, and what was decided of them.

https://github.com/kubernetes/sig-release/blob/master/releases/EXCEPTIONS.md says how one is asked for; the requests of
a release stand in its `exceptions.yaml`, whose words for the same decision differ from release to release.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, get_args

Decision = Literal["approved", "rejected", "removed", "pending", "unknown"]
"""What was decided: *removed* is an enhancement that was taken out of the release, *pending* nothing yet.

*unknown* is a word that nobody knows, which is never read as a guess.
"""

DECISIONS: tuple[Decision, ...] = get_args(Decision)
"""All decisions."""

Freeze = Literal["enhancements", "code", "test", "docs", "other"]
"""The freeze after which an exception is asked for."""

FREEZES: tuple[Freeze, ...] = get_args(Freeze)
"""All freezes, in the order in which a release meets them."""

_SPELLINGS: dict[str, Decision] = {
    **dict.fromkeys(("approved", "accepted", "granted"), "approved"),
    **dict.fromkeys(("denied", "rejected", "declined", "refused", "not approved"), "rejected"),
    **dict.fromkeys(("removed", "withdrawn", "cancelled", "canceled", "retracted", "reverted"), "removed"),
    **dict.fromkeys(("", "pending", "tbd", "requested", "in review", "under review"), "pending"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionRequest:
    """A request for an exception for one KEP. Days are as the release team wrote them, None where they wrote none.

    `raw` has what was written in a field that could not be read, by the field's name. `thread` is the address of the
    discussion.
    """

    kep: int
    freeze: Freeze
    decision: Decision
    title: str = ""
    requested: dt.date | None = None
    reviewed: dt.date | None = None
    thread: str | None = None
    raw: tuple[tuple[str, str], ...] = field(default=())

    @property
    def is_refused(self) -> bool:
        """Whether the enhancement was not let in: the request was rejected, or the enhancement removed."""
        return self.decision in ("rejected", "removed")

    @property
    def order(self) -> tuple[int, dt.date, dt.date, int, str]:
        """A key by which requests stand in order: by freeze, day, KEP."""
        asked = self.requested or self.reviewed or dt.date.max
        return FREEZES.index(self.freeze), asked, self.reviewed or dt.date.max, self.kep, self.title


def decision_of(written: str) -> Decision:
    """Return the decision that a word stands for, in any case and with any white space; `unknown` for another word."""
    return _SPELLINGS.get(" ".join(written.strip(" .!").casefold().split()), "unknown")


def freeze_of(written: str) -> Freeze:
    """Return the freeze that a heading such as `enhancementFreeze` or `Code Freeze` names; `other` for another one."""
    word = "".join(filter(str.isalpha, written.casefold())).removesuffix("exceptions").removesuffix("freeze")
    return next((it for it in FREEZES if it.removesuffix("s") == word.removesuffix("s")), "other")


def refused(requests: Iterable[ExceptionRequest], kep: int) -> ExceptionRequest | None:
    """Return the last request of a KEP for a release if it was refused: then the KEP did not come with that release.

    One that was refused first and approved later was let in; what is only pending or unreadable says nothing.
    """
    told = sorted((it for it in requests if it.kep == kep), key=lambda it: it.order)
    decided = [it for it in told if it.decision in ("approved", "rejected", "removed")]
    return decided[-1] if decided and decided[-1].is_refused else None
