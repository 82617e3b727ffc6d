"""What went back, and what stands still, in words: a line for each setback, and how long a KEP is of its stage."""

from __future__ import annotations

from collections.abc import Callable

from ..model.keps import EnhancementState, release_order
from ..model.setbacks import MovedTo, SetbackRow, Standing
from .phrases import stage_word
from .words import Strings


def gate_text(row: SetbackRow, words: Strings, is_out: Callable[[str], bool]) -> str:
    """Return what is to be said of a setback of a gate, the gate's name in backquotes.

    `is_out` tells whether a release is; what a gate is to become in one that is not is only planned.
    """
    told = words(
        f"setback.{'told' if is_out(row.release) else 'planned'}_{row.kind}",
        gate=row.gate,
        release=row.release,
        before=stage_word(row.before, words),
        after=stage_word(row.after, words),
    )
    is_again = row.again and is_out(row.again)
    return told + words(f"setback.again_{row.kind}", release=row.again) if is_again else told


def moved_text(row: SetbackRow, ending: str, words: Strings) -> str:
    """Return a sentence on a milestone that was moved, with what became of it, which is empty while that is to come."""
    told = words("setback.told_moved", stage=stage_word(row.before, words), count=row.moves)
    return words("setback.became" if ending else "setback.became_planned", told=told, ending=ending)


def ending_text(row: SetbackRow, moved: MovedTo, state: EnhancementState, words: Strings) -> str:
    """Return what became of a milestone that was moved; empty for one whose release is to come, which says that."""
    if moved.ending == "planned":
        return ""
    if moved.ending == "dropped":
        return words("setback.dropped", status=words(f"closed.{state.status}"))
    if moved.ending == "reached":
        return _reached(row, moved.release, words)
    return words(f"setback.{moved.ending}", release=moved.release)


def _reached(row: SetbackRow, release: str | None, words: Strings) -> str:
    if release is None:
        return words("setback.reached_unknown")
    is_early = release_order(release) < release_order(row.release)
    return words(f"setback.{'reached_early' if is_early else 'reached'}", release=release)


def standing_line(standing: Standing, sig: str | None, median: float | None, words: Strings) -> str:
    """Return how long a KEP has been of its stage, beside the median of its SIG where there is one: halves are told."""
    fields = {"stage": stage_word(standing.stage, words), "since": standing.since, "count": standing.releases}
    if sig is None or median is None:
        return words("setback.standing", **fields)
    return words("setback.standing_median", sig=sig, median=f"{median:g}", **fields)
