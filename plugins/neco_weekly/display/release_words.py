"""Releases in words, for pages and terminals alike: exceptions from freezes, plans and what became of them."""

from __future__ import annotations

from ..model.exceptions import ExceptionRequest
from ..model.gates import GateStage
from ..model.keps import Stage
from ..model.release_rows import Outcome, ReleaseRow
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


def request_text(request: ExceptionRequest, words: Strings) -> str:
    """Return a request as a page of its release tells it, without the release."""
    asked = words("exception.asked", day=request.requested) if request.requested else words("exception.asked_unknown")
    freeze, decision = words(f"exception.freeze_{request.freeze}"), decision_text(request, words)
    return words("exception.of_release", freeze=freeze, asked=asked, decision=decision)


def decision_text(request: ExceptionRequest, words: Strings) -> str:
    """Return what was decided, with the day where one is known; a word that nobody knows is quoted."""
    day = words("exception.on_day", day=request.reviewed) if request.reviewed else ""
    return words(f"exception.{request.decision}", day=day, raw=dict(request.raw).get("decision", ""))


def plan_text(row: ReleaseRow, words: Strings) -> str:
    """Return how what shipped was planned at the freeze: as it came, otherwise, or not at all."""
    plan = row.plan
    if plan is None:
        return words("release_page.unplanned")
    if plan.again:
        return words("release_page.planned_again", stage=words(f"stage.{plan.stage}"))
    if plan.stage is row.stage:
        return words("release_page.as_planned")
    return words("release_page.planned_other", stage=words(f"stage.{plan.stage}"))


def confidence_text(row: ReleaseRow, words: Strings) -> str:
    """Return how sure it is that a row shipped, and by whom."""
    if row.confidence == "expected":
        return words("release_page.expected")
    named = dict.fromkeys(words(f"draft.witness_{it}") for it in row.witnesses)
    return words("release_page.confirmed", witnesses=words("site.and").join(named))


def gate_default_text(stage: GateStage | None, expected: Stage, words: Strings) -> str:
    """Return what a gate is by default in a release; of another stage than the row's, with that stage."""
    if stage is None or stage.default is None:
        return words("release_page.default_unknown") if stage else words("gate.not_there")
    default = words(f"release_page.{'on' if stage.default else 'off'}")
    told = words("release_page.locked", default=default) if stage.locked else default
    return told if stage.stage is expected else words("gate.stage", stage=words(f"stage.{stage.stage}"), default=told)


def fate_text(row: ReleaseRow, words: Strings, *, came: bool, is_out: bool) -> str:
    """Return what became of a plan that did not ship; a release to come follows, in the form that plans have.

    `came` is whether the stage came with the release that it moved to, `is_out` whether that release is out.
    """
    if row.outcome is Outcome.WITHDRAWN:
        return words("release_page.withdrawn")
    if row.outcome is Outcome.UNKNOWN:
        return words("release_page.fate_unknown")
    if row.moved_to is None:
        return words("release_page.slipped")
    told = "moved_came" if came and is_out else "moved_missed" if is_out else "moved"
    return words(f"release_page.{told}", release=row.moved_to)
