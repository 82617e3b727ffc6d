"""What a KEP's page says of exceptions from freezes, and why a stage did not come with the release of its plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...lock.store import Lock
from ...model.exceptions import ExceptionRequest, refused
from ...model.keps import Stage
from ..timeline import Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A release that came out without the stage planned for it. `request` is the refused one, None: nobody says why."""

    stage: Stage
    release: str
    request: ExceptionRequest | None = None


def exceptions_of(lock: Lock, number: int) -> tuple[tuple[str, ExceptionRequest], ...]:
    """Return the requests for a KEP under any of its numbers, each with its release, the newest first."""
    numbers = (number, *lock.aliases_of(number))
    return tuple(it for each in numbers for it in lock.known_releases.exceptions_of(each))


def slips(drawn: Timeline | None, requests: tuple[tuple[str, ExceptionRequest], ...]) -> Iterator[Slip]:
    """Yield each plan of a timeline that failed, with the request that tells why."""
    for lane in drawn.lanes if drawn else ():
        for plan in (*lane.others, *([lane.plan] if lane.plan else [])):
            if plan.state == "failed":
                own = [request for release, request in requests if release == plan.release]
                reasons = (refused(own, kep) for kep in {it.kep for it in own})
                yield Slip(stage=lane.stage, release=plan.release, request=next(filter(None, reasons), None))
