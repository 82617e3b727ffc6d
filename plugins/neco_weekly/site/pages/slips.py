"""What a KEP's page says of exceptions from freezes, and why a stage did not come with the release of its plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...display.release_words import exception_text
from ...display.words import Strings
from ...lock.store import Lock
from ...model.exceptions import ExceptionRequest, refused
from ...model.keps import Enhancement, Stage, release_order
from ...model.release_plans import planned_by
from ...model.releases import Releases
from ..timeline import ExceptionMark, Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """Releases that came out without the stage that was planned for them at their freeze, in order.

    `request` is the refused one that tells why, and is about a single release; None: nobody says why.
    """

    stage: Stage
    releases: tuple[str, ...]
    request: ExceptionRequest | None = None


def exceptions_of(lock: Lock, number: int) -> tuple[tuple[str, ExceptionRequest], ...]:
    """Return the requests for a KEP under any of its numbers, each with its release, the newest first."""
    return lock.known_releases.exceptions_of((number, *lock.aliases_of(number)))


def exception_marks(requests: Iterable[tuple[str, ExceptionRequest]], words: Strings) -> Iterator[ExceptionMark]:
    """Yield requests as marks on a timeline, on the day of the asking, else of the decision; one without has none."""
    for release, it in requests:
        if day := it.requested or it.reviewed:
            yield ExceptionMark(date=day, text=exception_text(release, it, words), decision=it.decision)


def slips(
    enhancement: Enhancement,
    drawn: Timeline | None,
    requests: tuple[tuple[str, ExceptionRequest], ...],
    releases: Releases,
) -> Iterator[Slip]:
    """Yield the plans of a timeline that failed, with the request that tells why; those without a reason together.

    A plan that was given up before the release's freeze needed no reason, and a refusal is of the plan of that day.
    """
    for lane in drawn.lanes if drawn else ():
        plans = (*lane.others, *([lane.plan] if lane.plan else []))
        failed = {it.release for it in plans if it.state == "failed"}
        stood = sorted((it for it in failed if _stood(enhancement, lane.stage, it, releases)), key=release_order)
        reasons = {it: reason for it in stood if (reason := _reason(it, requests))}
        for release, reason in reasons.items():
            yield Slip(stage=lane.stage, releases=(release,), request=reason)
        if unknown := tuple(it for it in stood if it not in reasons):
            yield Slip(stage=lane.stage, releases=unknown)


def _stood(enhancement: Enhancement, stage: Stage, release: str, releases: Releases) -> bool:
    """Whether a stage was what kep.yaml planned for a release at the end of the day of the release's freeze."""
    freezes = releases.freezes.get(release)
    record = enhancement.at(freezes.enhancements) if freezes else None
    plan = planned_by(record, release) if record else None
    return plan is not None and plan.stage is stage and not plan.again


def _reason(release: str, requests: tuple[tuple[str, ExceptionRequest], ...]) -> ExceptionRequest | None:
    own = [request for of, request in requests if of == release and request.freeze != "docs"]
    return next(filter(None, (refused(own, kep) for kep in {it.kep for it in own})), None)
