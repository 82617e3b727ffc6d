"""What a KEP's page says of exceptions from freezes, and why a stage did not come with the release of its plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...lock.store import Lock
from ...model.exceptions import ExceptionRequest, refused
from ...model.keps import Stage, release_order
from ..timeline import Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """Releases that came out without the stage planned for them, in order.

    `request` is the refused one that tells why, and is about a single release; None: nobody says why.
    """

    stage: Stage
    releases: tuple[str, ...]
    request: ExceptionRequest | None = None


def exceptions_of(lock: Lock, number: int) -> tuple[tuple[str, ExceptionRequest], ...]:
    """Return the requests for a KEP under any of its numbers, each with its release, the newest first."""
    numbers = (number, *lock.aliases_of(number))
    return tuple(it for each in numbers for it in lock.known_releases.exceptions_of(each))


def slips(drawn: Timeline | None, requests: tuple[tuple[str, ExceptionRequest], ...]) -> Iterator[Slip]:
    """Yield the plans of a timeline that failed, with the request that tells why; those without a reason together."""
    for lane in drawn.lanes if drawn else ():
        plans = (*lane.others, *([lane.plan] if lane.plan else []))
        failed = sorted({it.release for it in plans if it.state == "failed"}, key=release_order)
        reasons = {it: reason for it in failed if (reason := _reason(it, requests))}
        for release, reason in reasons.items():
            yield Slip(stage=lane.stage, releases=(release,), request=reason)
        if unknown := tuple(it for it in failed if it not in reasons):
            yield Slip(stage=lane.stage, releases=unknown)


def _reason(release: str, requests: tuple[tuple[str, ExceptionRequest], ...]) -> ExceptionRequest | None:
    own = [request for of, request in requests if of == release and request.freeze != "docs"]
    return next(filter(None, (refused(own, kep) for kep in {it.kep for it in own})), None)
