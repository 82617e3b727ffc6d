"""KEPs in words: a stage, a source, a field and its value, as site, terminal and report say them."""

from __future__ import annotations

from ..lock.kep_as_of import KepAsOf, Standing
from ..model.gates import GateStage, WitnessKind
from ..model.issues import Hold
from ..model.keps import Claim, EnhancementState, Source
from ..model.shipping import Planned, Shipped, ShippedSource
from .words import Strings


def source_line(source: Source, words: Strings) -> str:
    """Return a line on the source of a KEP's state of today, with the day up to which the source speaks."""
    name = source_name(source, words)
    return words("source.dated", source=name, day=source.date) if source.date else words("source.undated", source=name)


def source_name(source: Source, words: Strings) -> str:
    """Return what readers call a source of KEPs."""
    return words(f"source.{source.kind}")


def field_name(field: str, words: Strings) -> str:
    """Return what readers call a field of a KEP's state."""
    if field.startswith("milestones."):
        return words("field.milestone", stage=words(f"stage.{field.removeprefix('milestones.')}"))
    return words(f"field.{field}")


def claim_value(claim: Claim, words: Strings) -> str:
    """Return what another source says of a KEP's field, in the words of the site."""
    return field_value(claim.field, claim.value, words)


def field_value(field: str, value: str | None, words: Strings) -> str:
    """Return the value of a field of a KEP's state, in the words of the site; `—` for none."""
    if value is None:
        return "—"
    if field == "stage":
        return words(f"stage.{value}")
    return words(f"status.{value}") if field == "status" else value


def stage_and_release(state: EnhancementState, words: Strings) -> str:
    """Return a KEP's stage, and the release in which the stage was or is to be reached: `stable v1.36`."""
    return " ".join(filter(None, (stage_word(state.stage, words), state.milestone)))


def stage_word(stage: str | None, words: Strings) -> str:
    """Return what a stage is called, or what is said where there is none."""
    return words(f"stage.{stage}") if stage else words("stage.unknown")


def shipped_text(shipped: Shipped, words: Strings) -> str:
    """Return what shipped of a KEP: `stable v1.36`, or only the stage where nobody says with which release."""
    return " ".join(filter(None, (words(f"stage.{shipped.stage}"), shipped.release)))


def planned_text(planned: Planned, words: Strings) -> str:
    """Return what is only planned of a KEP, which says so itself: `予定 stable v1.38`."""
    return words("kep.planned", stage=words(f"stage.{planned.stage}"), release=planned.release)


def planned_release(release: str, words: Strings) -> str:
    """Return a release that is not out, in words that say so: `予定 v1.38`."""
    return words("release.planned", release=release)


def reached_text(standing: Standing, words: Strings) -> str | None:
    """Return how a proposal ended and what shipped of it; None where it is open and nothing did.

    The end comes first: a proposal that goes no further is no living one of some stage.
    """
    shipped = shipped_text(standing.shipped, words) if standing.shipped else None
    if standing.ended is None:
        return shipped
    status = words(f"closed.{standing.ended}")
    return words("kep.closed", stage=shipped, status=status) if shipped else status


def standing_text(standing: Standing, words: Strings) -> str:
    """Return where a KEP stands on a day in one line: `beta v1.34、予定 stable v1.38`, or that nothing was released."""
    planned = planned_text(standing.planned, words) if standing.planned else None
    return words("site.and").join(filter(None, (reached_text(standing, words), planned))) or words("stage.none")


def badge_words(kep: KepAsOf, words: Strings) -> str:
    """Return what a KEP's badge says, where no badge can be drawn: `alpha v1.25 → stable v1.36`."""
    said = standing_text(kep.today, words)
    if kep.before:
        then = reached_text(kep.before, words)
        planned = planned_text(kep.before.planned, words) if kep.before.planned and then is None else None
        said = f"{then or planned or words('stage.none')} → {said}"
    return words("site.and").join((said, words("kep.stale_short"))) if kep.stale else said


def shipped_source(source: ShippedSource, words: Strings) -> str:
    """Return what readers call the source of what shipped: a gate by its name, a milestone of kep.yaml, a person."""
    return words(f"shipped.{source.kind}", name=source.name)


def witness_name(kind: WitnessKind, words: Strings) -> str:
    """Return what readers call a witness of feature gates."""
    return words(f"witness.{kind}")


def gate_stage_text(stage: GateStage | None, words: Strings) -> str:
    """Return what a feature gate is in one stage, exactly: `beta, off by default`; or that there is no such gate."""
    if stage is None:
        return words("gate.not_there")
    default = default_text(stage.default, words, locked=stage.locked)
    return words("gate.stage", stage=words(f"stage.{stage.stage}"), default=default)


def default_text(default: bool | None, words: Strings, *, locked: bool = False) -> str:
    """Return whether a feature gate is on by default, exactly: off, on, on and locked; `—` where nobody says."""
    if default is None:
        return "—"
    return words(f"gate.default_{'on' if default else 'off'}{'_locked' if locked else ''}")


def held_text(hold: Hold, words: Strings) -> str:
    """Return why an issue is not public, in the words of the site."""
    return words(f"held.{hold.code}", detail=hold.detail)
