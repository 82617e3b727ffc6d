"""The entries of a gate's stages, as a page or a feature list has them -> stages in order, none of which overlaps.

All scalars are text. One bad entry never costs the gate: it is left out, or cut, and a complaint says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest

from ...model.gates import GateStage
from ...model.keps import Stage, parse_release, release_order
from ...model.text import one_line, shortened

_PATCH = re.compile(r"(v?1\.\d{1,2})\.\d{1,3}", re.ASCII)

_NAME = re.compile(r"[A-Za-z0-9]{1,100}", re.ASCII)

_NULL = frozenset({"", "~", "null"})

_STAGES = frozenset({Stage.ALPHA, Stage.BETA, Stage.STABLE, Stage.DEPRECATED})

_UNKNOWN_BEGINNING = "v1.0"

_LONGEST_TEXT, _LONGEST_COMPLAINT = 40, 300


class UnusableError(ValueError):
    """A page, a list or a gate that cannot be used; the message says why, without saying which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """The names of the fields of an entry. `unnamed` is the stage of an entry that names none.

    `recorded_from`: whether an entry from 1.0 says only that the gate is older than the record.
    """

    stage: str
    default: str
    locked: str
    since: str
    until: str | None = None
    unnamed: Stage | None = None
    recorded_from: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadStages:
    """The stages of a gate, oldest first, each ending before the next; and what was wrong with the entries."""

    stages: tuple[GateStage, ...]
    complaints: tuple[str, ...] = ()


def read_stages(entries: object, fields: Fields, *, through: str | None = None) -> ReadStages:
    """Return the stages that entries speak of.

    Where an entry does not say when its stage ends, it ends before the next one. Of two entries from the same release
    (`1.31.0` and `1.31.1`) the later one counts. Entries from a release after `through` are left out.

    Raises:
        UnusableError: no entry can be used; the message says why.
    """
    if not isinstance(entries, list):
        raise UnusableError("it has no list of stages")
    complaints: list[str] = []
    read = [stage for entry in entries if (stage := _read(entry, fields, through, complaints))]
    # Sorting keeps the order of those from the same release.
    stages = tuple(_lined_up(sorted(read, key=lambda it: release_order(it.since)), complaints))
    if not stages:
        raise UnusableError(joined(complaints) or "it has no stages")
    return ReadStages(stages=stages, complaints=tuple(complaints))


def text_of(value: object) -> str:
    """Return a YAML scalar as one short line; empty for null, and for what is no scalar."""
    text = shortened(one_line(value), _LONGEST_TEXT) if isinstance(value, str) else ""
    return "" if text.lower() in _NULL else text


def is_true(value: object) -> bool | None:
    """Return a YAML boolean that was read as text; None for anything else."""
    return {"true": True, "false": False}.get(text_of(value).lower())


def gate_name(value: object) -> str:
    """Return the name of a gate.

    Raises:
        UnusableError: the text is no name of a gate.
    """
    name = value.strip() if isinstance(value, str) else ""
    if not _NAME.fullmatch(name):
        raise UnusableError(f"{text_of(value)!r} is no name of a gate")
    return name


def joined(complaints: list[str] | tuple[str, ...]) -> str:
    """Return complaints as one line of bounded length."""
    return shortened("; ".join(dict.fromkeys(complaints)), _LONGEST_COMPLAINT)


def before(release: str) -> str:
    """Return the release before another one."""
    major, minor = release_order(release)
    return f"v{major}.{minor - 1}"


def _read(entry: object, fields: Fields, through: str | None, complaints: list[str]) -> GateStage | None:
    """Return the stage that an entry speaks of; None where it has no stage, or does not say since when."""
    if not isinstance(entry, dict):
        complaints.append("an entry of its stages is no mapping")
        return None
    written = text_of(entry.get(fields.stage))
    stage = Stage.parse(written) if written else fields.unnamed
    if stage not in _STAGES:
        complaints.append(f"its {fields.stage} is {written!r}" if written else f"an entry has no {fields.stage}")
        return None
    since = _release(entry, fields.since, stage, complaints)
    if since is None:
        if not text_of(entry.get(fields.since)):
            complaints.append(f"its {stage} has no {fields.since}")
        return None
    if through and release_order(since) > release_order(through):
        complaints.append(f"its {stage} begins with {since}, after {through}")
        return None
    return GateStage(
        stage=stage,
        since=since,
        until=_until(entry, fields, stage, since, complaints),
        default=_default(entry, fields, stage, complaints),
        locked=is_true(entry.get(fields.locked)) or False,
        earlier=fields.recorded_from and since == _UNKNOWN_BEGINNING,
    )


def _release(entry: Mapping[str, object], name: str, stage: Stage, complaints: list[str]) -> str | None:
    """Return the release that a field names; of a patch release (`1.31.1`) the release that it belongs to."""
    written = text_of(entry.get(name))
    patch = _PATCH.fullmatch(written)
    release = parse_release(patch[1] if patch else written)
    if written and release is None:
        complaints.append(f"its {name} of {stage} is {written!r}")
    return release


def _until(entry: Mapping[str, object], fields: Fields, stage: Stage, since: str, complaints: list[str]) -> str | None:
    until = _release(entry, fields.until, stage, complaints) if fields.until else None
    if until and release_order(until) < release_order(since):
        complaints.append(f"its {stage} ends with {until}, before it begins with {since}")
        return None
    return until


def _default(entry: Mapping[str, object], fields: Fields, stage: Stage, complaints: list[str]) -> bool | None:
    default, written = is_true(entry.get(fields.default)), text_of(entry.get(fields.default))
    if written and default is None:
        complaints.append(f"its {fields.default} of {stage} is {written!r}")
    return default


def _lined_up(stages: list[GateStage], complaints: list[str]) -> Iterator[GateStage]:
    """Yield stages that are in order, each ended before the next one begins."""
    for stage, following in zip_longest(stages, stages[1:]):
        if following is None:
            yield stage
        elif stage.since == following.since:
            complaints.append(f"of {stage.stage} and {following.stage}, both from {stage.since}, the later counts")
        elif stage.until is None:
            yield replace(stage, until=before(following.since))
        elif release_order(stage.until) >= release_order(following.since):
            complaints.append(
                f"its {stage.stage} until {stage.until} overlaps its {following.stage} from {following.since}"
            )
            yield replace(stage, until=before(following.since))
        else:
            yield stage
