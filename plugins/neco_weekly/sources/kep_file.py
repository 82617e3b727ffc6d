"""The text of one kep.yaml, read leniently: one bad field never costs the whole file.

All scalars are read as text, without YAML's guesses: `latest-milestone: 1.30` stays 1.30, `kep-number: 0127` is not
octal, and dates that are none (`2023-14-05`) do no harm.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import yaml

from ..model import EnhancementState, Stage, Status, parse_release
from .written import one_line, shortened, sig_name

MAX_BYTES = 16_000
"""Largest file looked at; the largest real one has 2.6 kB. Deeper nesting than this allows would exhaust the stack."""

# libyaml where PyYAML was built with it: 0.2 s instead of 2 s for all files.
_Loader: type[yaml.BaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_NUMBER = re.compile(r"0*([1-9]\d{0,4})", re.ASCII)
_NOTHING = frozenset({"", "~", "null", "none", "n/a", "na"})
_PLACEHOLDER_TITLES = frozenset({"kep template", "title", "todo", "tbd"})
_LONGEST_TITLE = 300


class IrregularError(ValueError):
    """The file is no KEP; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KepFile:
    """What one kep.yaml says, and the number it says it of."""

    number: int
    state: EnhancementState


def parse_kep_file(content: bytes, *, path: str) -> KepFile:
    """Read a kep.yaml; `path` only lends its directory's name to a file that was left without a title.

    `state.raw` holds the written text of `kep-number`, `title`, `status`, `stage`, `owning-sig`, `latest-milestone` and
    `milestone.<stage>` where it is not the normal form. `1.25` for `v1.25` and an empty field are not worth keeping.

    Raises:
        IrregularError: the file is no YAML mapping, or its number is none (missing, 0, `NNNN`).
    """
    fields = _mapping(content)
    written = {name: _text(fields.get(name)) for name in ("kep-number", "title", "status", "stage", "latest-milestone")}
    number = _number(written["kep-number"])
    sig, status, stage = _text(fields.get("owning-sig")), Status.parse(written["status"]), Stage.parse(written["stage"])
    title = _title(written["title"], path)
    milestones = _stage_milestones(fields.get("milestone"))
    normal = {"kep-number": str(number), "title": title, "status": status, "stage": stage, "owning-sig": sig_name(sig)}
    state = EnhancementState(
        title=shortened(title, _LONGEST_TITLE),
        sig=sig_name(sig),
        status=status,
        stage=stage,
        latest_milestone=parse_release(written["latest-milestone"]),
        milestones={stage: release for stage, text in milestones.items() if (release := parse_release(text))},
        feature_gates=tuple(dict.fromkeys(_feature_gates(fields.get("feature-gates")))),
        raw=dict(_raw({**written, "owning-sig": sig}, normal, milestones)),
    )
    return KepFile(number=number, state=state)
