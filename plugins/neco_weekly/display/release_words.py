"""An exception from a freeze in words, for pages and terminals alike: what was asked when, and what was decided."""

from __future__ import annotations

from ..model.exceptions import ExceptionRequest
from .words import Strings


def exception_text(release: str, request: ExceptionRequest, words: Strings) -> str:
    """Return the sentence on a request: `v1.36, exception from the enhancements freeze: asked …, rejected …`."""
    asked = words("exception.asked", day=request.requested) if request.requested else words("exception.asked_unknown")
    return words(
        "exception.told",
        release=release,
        freeze=words(f"exception.freeze_{request.freeze}"),
        asked=asked,
        decision=decision_text(request, words),
    )


def decision_text(request: ExceptionRequest, words: Strings) -> str:
    """Return what was decided, with the day where one is known; a word that nobody knows is quoted."""
    day = words("exception.on_day", day=request.reviewed) if request.reviewed else ""
    return words(f"exception.{request.decision}", day=day, raw=dict(request.raw).get("decision", ""))
