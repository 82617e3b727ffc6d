"""KEPs in words: a stage, a source, a field and its value, as site, terminal and report say them."""

from __future__ import annotations

from ..lock.kep_as_of import closed
from ..model.keps import Claim, EnhancementState, Source
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


def stage_text(state: EnhancementState, words: Strings) -> str:
    """Return what a reader wants to know of a KEP at once: `stable v1.36`, and the status of a closed proposal."""
    text, end = stage_and_release(state, words), closed(state)
    return words("kep.closed", stage=text, status=words(f"closed.{end}")) if end else text
