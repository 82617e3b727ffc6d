"""Events of releases: what came with one, what went back, what was planned and did not come, and exceptions.

The day of what came is the release's, whenever it was learned. Of a setback that a KEP's own life shows the KEP is
told; one of a gate that alone decides nothing is told as the gate's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator

from .exceptions import ExceptionRequest
from .kep_events import Event, EventKind
from .release_rows import Life, Outcome, ReleaseRows
from .releases import Releases
from .setbacks import Setback, SetbackRow
from .shipping import Shipped


def shipped_events(life: Life, releases: Releases) -> Iterator[Event]:
    """Yield what came of a KEP with releases, oldest first; what shipped with a release that nobody names is left out.

    The release of a default that was turned is the one in which that was so first, not that of the stage.
    """
    before: Shipped | None = None
    for day, shipped in life.shipping.entries:
        kind, release = _kind(before, shipped), releases.newest(day)
        if shipped.release is not None and release and kind:
            moved = before is None or before.stage is not shipped.stage
            word = (
                f"shipped/{shipped.stage}" if moved else f"default/{shipped.stage}/{'on' if shipped.default else 'off'}"
            )
            yield Event(
                id=f"kep/{life.enhancement.number}/{word}/{release}",
                day=day,
                kind=kind,
                keps=(life.enhancement.number,),
                stage=shipped.stage,
                release=release,
                before=before.stage if before else None,
                default=shipped.default,
            )
        before = shipped


def _kind(before: Shipped | None, shipped: Shipped) -> EventKind | None:
    """Return what kind of news it is that one thing shipped after another; None where only a default became unknown."""
    if before is None or before.stage is not shipped.stage:
        back = before is not None and shipped.stage.order < before.stage.order
        return EventKind.SETBACK if back else EventKind.SHIPPED
    if (before.default, shipped.default) == (True, False):
        return EventKind.SETBACK
    return EventKind.DEFAULT if (before.default, shipped.default) == (False, True) else None


def gate_setback_events(
    rows: Iterable[SetbackRow], told: Collection[tuple[int, dt.date]], releases: Releases
) -> Iterator[Event]:
    """Yield the setbacks of gates that no KEP's own life shows; `told` has the KEPs and days of those that one does."""
    for row in rows:
        day = releases.day(row.release) if releases.is_out(row.release, None) else None
        if row.kind is Setback.MOVED or row.gate is None or day is None:
            continue
        if not any((number, day) in told for number in row.keps):
            yield Event(
                id=f"gate/{row.gate}/{row.kind}/{row.release}",
                day=day,
                kind=EventKind.SETBACK,
                keps=row.keps,
                stage=row.after,
                release=row.release,
                before=row.before,
                gate=row.gate,
                default=False if row.kind is Setback.DEFAULT_BACK else None,
            )


def missed_events(rows: ReleaseRows, day: dt.date | None) -> Iterator[Event]:
    """Yield what was planned at the freeze of a release that came out without it, as long as nobody says why."""
    if not rows.is_out or day is None:
        return
    for row in rows.of(Outcome.UNKNOWN):
        yield Event(
            id=f"kep/{row.number}/missed/{row.stage}/{rows.release}",
            day=day,
            kind=EventKind.MISSED,
            keps=(row.number,),
            stage=row.stage,
            missed=rows.release,
        )


def exception_events(release: str, requests: Iterable[ExceptionRequest]) -> Iterator[Event]:
    """Yield that exceptions for a release were asked for, and that they were decided; what has no day is no event."""
    for request in sorted(requests, key=lambda it: it.order):
        about = f"kep/{request.kep}/exception/{release}/{request.freeze}"
        decided = request.decision not in ("pending", "unknown")
        days = (
            (EventKind.ASKED, "asked", request.requested),
            (EventKind.DECIDED, request.decision, (request.reviewed or request.requested) if decided else None),
        )
        for kind, reached, day in days:
            if day and not (kind is EventKind.ASKED and decided and request.reviewed in (None, day)):
                yield Event(
                    id=f"{about}/{reached}", day=day, kind=kind, keps=(request.kep,), release=release, request=request
                )
