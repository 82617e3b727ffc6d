"""A KEP's row in a release in words: how sure it is that a stage came, or what became of the plan, and why."""

from __future__ import annotations

from ..model.exceptions import ExceptionRequest
from ..model.keps import Status
from ..model.release_rows import Outcome, ReleaseRow
from .release_words import exception_text
from .words import Strings

_STANDINGS = {
    Outcome.PLANNED: "draft.is_planned",
    Outcome.AGAIN: "draft.is_again",
    Outcome.SLIPPED: "draft.slipped_somewhere",
    Outcome.WITHDRAWN: "draft.withdrawn",
    Outcome.UNKNOWN: "draft.fate_unknown",
}


def row_standing(row: ReleaseRow, words: Strings) -> str:
    """Return how sure it is that a stage came and who says so, or what became of its plan."""
    stage = words(f"stage.{row.stage}")
    if row.outcome is Outcome.SHIPPED:
        witnesses = words("site.and").join(words(f"draft.witness_{it}") for it in row.witnesses)
        return words(f"draft.{row.confidence}", stage=stage, witnesses=witnesses)
    if row.outcome is Outcome.SLIPPED and row.moved_to:
        return words("draft.slipped", stage=stage, moved=row.moved_to)
    return words(_STANDINGS[row.outcome], stage=stage)


def row_reason(
    row: ReleaseRow, release: str, request: ExceptionRequest | None, status: Status | None, words: Strings
) -> str:
    """Return why a plan failed, or that no source says why.

    `request` is the refused exception, `status` the one with which a proposal was closed.
    """
    told = None
    if row.reason == "exception-refused" and request:
        told = exception_text(release, request, words)
    elif row.reason == "proposal-closed" and status:
        told = words("draft.reason_closed", status=words(f"closed.{status}"))
    elif row.reason == "file-deleted":
        told = words("draft.reason_deleted")
    return words("draft.reason", told=told) if told else words("draft.reason_unknown")
