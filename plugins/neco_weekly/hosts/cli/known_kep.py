"""What is known of a KEP when `neco kep` is asked, and how the terminal words it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ...display.words import load_strings
from ...model.issues import Issue, Mention
from ...model.keps import Enhancement, EnhancementState, Record, Source
from ...model.releases import Releases

ENGLISH = load_strings("en")
"""The words of the terminal."""

GAPS = {
    "deleted": "it has no kep.yaml since {date}",
    "ambiguous": "it is ambiguous since {date}: several kep.yaml files have its number",
    "unreadable": "its kep.yaml is missing in this partial clone since {date}",
}
"""What the terminal says of a gap in a KEP's history, by the kind of the gap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownKep:
    """What is known of a KEP, as of which day, and the issues in which we wrote about the KEP."""

    enhancement: Enhancement | None
    as_of: dt.date | None
    where: str
    releases: Releases
    issues: tuple[tuple[Issue, tuple[Mention, ...]], ...] = ()

    def record(self, day: dt.date | None) -> Record | None:
        """Return the KEP's record as of a day, or the newest without one; None where there is none."""
        if self.enhancement is None or not self.enhancement.history:
            return None
        return self.enhancement.at(day) if day else self.enhancement.history[-1]


def state_and_source(known: KnownKep, day: dt.date | None) -> tuple[Enhancement, EnhancementState, Source]:
    """Return the KEP with its state as of the day, and the source of that state."""
    assert known.enhancement is not None  # noqa: S101 (a complaint was made before)
    record = known.record(day) if day else None
    if record and record.state:
        return known.enhancement, record.state, record.source
    return known.enhancement, known.enhancement.state, known.enhancement.source


def iso(day: dt.date | None) -> str | None:
    """Return a day in ISO 8601, None where there is none."""
    return day.isoformat() if day else None
