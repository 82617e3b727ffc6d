"""What is known of a KEP when `neco kep` is asked, and how the terminal words it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from ...display.words import load_strings
from ...lock.kep_as_of import KepAsOf, KepsAsOf, Standing
from ...lock.releases_as_of import ReleasesAsOf
from ...model.exceptions import ExceptionRequest
from ...model.issues import Issue, Mention
from ...model.keps import Enhancement, EnhancementState, Record, Source
from ...model.release_rows import ReleaseRow, failed_plans

ENGLISH = load_strings("en")
"""The words of the terminal."""

THE_LOCK = "the lock"
"""What messages call the lock, as the place that was asked."""

GAPS = {
    "deleted": "it has no kep.yaml since {date}",
    "ambiguous": "it is ambiguous since {date}: several kep.yaml files have its number",
    "unreadable": "its kep.yaml is missing in this partial clone since {date}",
}
"""What the terminal says of a gap in a KEP's history, by the kind of the gap."""


@dataclass(frozen=True, kw_only=True)
class KnownKep:
    """What is known of a KEP as of a day, None for today, and the issues in which we wrote about the KEP.

    `kep` is None where nothing is known of the number. `keps` are all KEPs of the place that was asked, and `where` is
    what messages call that place.
    """

    number: int
    kep: KepAsOf | None
    keps: KepsAsOf
    where: str
    day: dt.date | None = None
    issues: tuple[tuple[Issue, tuple[Mention, ...]], ...] = ()

    @property
    def as_of(self) -> dt.date | None:
        """The newest day for which the place that was asked speaks."""
        return self.keps.lock.as_of

    @property
    def found(self) -> KepAsOf:
        """The KEP, where a complaint would have been made if there were none."""
        assert self.kep is not None  # noqa: S101 (a complaint was made before)
        return self.kep

    @property
    def enhancement(self) -> Enhancement:
        """The KEP as of today."""
        return self.found.enhancement

    @property
    def record(self) -> Record | None:
        """The KEP's record as of the day, or the newest; None where there is none."""
        if self.kep is None or self.day:
            return self.kep.record if self.kep else None
        return next(reversed(self.kep.enhancement.history), None)

    @property
    def standing(self) -> Standing:
        """Where the KEP stood on the day, or stands today."""
        return (self.found.then or Standing()) if self.day else self.found.today

    @property
    def said(self) -> tuple[EnhancementState, Source]:
        """What was said of the KEP on the day, or is said today with a person's word on top; and the source of that."""
        record = self.record if self.day else None
        if record and record.state:
            return record.state, record.source
        return self.enhancement.state, self.enhancement.source

    @property
    def written(self) -> EnhancementState:
        """What the KEP's source itself said on the day, or says today, without a person's word of today on top."""
        fetched = self.keps.lock.fetched.get(self.number)
        return fetched.state if fetched and not self.day else self.said[0]

    @cached_property
    def exceptions(self) -> tuple[tuple[str, ExceptionRequest], ...]:
        """The exceptions asked for for the KEP, under any of its numbers, each with its release, the newest first."""
        lock = self.keps.lock
        numbers = (self.enhancement.number, *lock.aliases_of(self.enhancement.number))
        return lock.known_releases.exceptions_of(numbers)

    @property
    def knows_exceptions(self) -> bool:
        """Whether any file of exceptions was ever read."""
        return any(it.exceptions is not None for it in self.keps.lock.known_releases.by_name.values())

    @cached_property
    def failed(self) -> tuple[tuple[str, ReleaseRow, ExceptionRequest | None], ...]:
        """The plans of a freeze that did not ship, each with its release and the refusal that tells why."""
        told = ReleasesAsOf(self.keps)
        found = failed_plans(told.life_of(self.found), told.gates, told.releases, told.now)
        return tuple((release, row, told.refusal(release, row.number)) for release, row in found)

    def until(self, day: dt.date | None) -> dt.date:
        """Return the day up to which something is told for a day, or today: of later days nothing is known yet."""
        return min(day, self.keps.now) if day else self.keps.now


def iso(day: dt.date | None) -> str | None:
    """Return a day in ISO 8601, None where there is none."""
    return day.isoformat() if day else None
