"""The text of one kep.yaml, read leniently: one bad field never costs the whole file.

All scalars are read as text, without YAML's guesses: `latest-milestone: 1.30` stays 1.30, `kep-number: 0127` is not
octal, and dates that are none (`2023-14-05`) do no harm. What is no YAML at all is read line by line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

import yaml

from ...model.keps import EnhancementState, Stage, Status, parse_release
from ...model.sig_names import sig_name
from ...model.text import one_line, shortened

MAX_BYTES = 16_000
"""The size in bytes of the largest kep.yaml that is read.

The largest real one has 2.6 kB. Nesting of 60 kB would exhaust the stack.
"""

# libyaml where PyYAML was built with it: 0.2 s instead of 2 s for all files.
_Loader: type[yaml.BaseLoader | yaml.CBaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_LINE = re.compile(r"^(?P<indent> *)(?P<name>[a-z][a-z-]*):(?P<value>[^#\n]*+)(?:#.*)?$", re.MULTILINE)

_NUMBER = re.compile(r"0*([1-9]\d{0,4})", re.ASCII)

_NULL = frozenset({"", "~", "null"})

_NO_GATE = frozenset({"", "none", "n/a", "na", "tbd"})

_NO_TITLE = frozenset({"", "kep template", "title", "todo", "tbd"})

_LONGEST_TEXT = 300


class IrregularError(ValueError):
    """The file is no KEP; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KepFile:
    """What one kep.yaml says, and the number of the KEP. `fields` are all fields of the file, as written."""

    number: int
    state: EnhancementState
    fields: Mapping[str, object] = field(default_factory=dict)


def parse_kep_file(content: bytes, *, path: str) -> KepFile:
    """Return what a kep.yaml says of its KEP.

    Of `path` only the directory's name counts, as the title of a file that was left without one. `state.raw` holds the
    written text of `kep-number`, `title`, `owning-sig`, `status` and `stage` where that is not the normal form, and of
    `latest-milestone` and `milestone.<stage>` where that is no release. Empty fields are left out. Where the file is no
    YAML, `raw["kep.yaml"]` says why.

    Raises:
        IrregularError: the file has no number (missing, 0, `NNNN`), or is unreasonably long.
    """
    fields, complaint = _mapping(content)
    number, state = read_fields(fields, path=path)
    if complaint:
        state = replace(state, raw={**state.raw, "kep.yaml": complaint})
    return KepFile(number=number, state=state, fields=fields)


def read_fields(fields: Mapping[str, object], *, path: str) -> tuple[int, EnhancementState]:
    """Return the KEP number and the state that the fields of a kep.yaml hold.

    Raises:
        IrregularError: there is no number.
    """
    texts = {name: _text(value) for name, value in fields.items()}
    number = _number(texts.get("kep-number", ""))
    releases = _releases(fields)
    title = _title(texts.get("title", ""), path=path, number=number)
    sig = sig_name(texts.get("owning-sig", ""))
    status, stage = Status.parse(texts.get("status")), Stage.parse(texts.get("stage"))
    normal = {"kep-number": str(number), "title": title, "owning-sig": sig, "status": status, "stage": stage}
    return number, EnhancementState(
        title=title,
        sig=sig,
        status=status,
        stage=stage,
        latest_milestone=parse_release(releases["latest-milestone"]),
        milestones={stage: found for stage in Stage if (found := parse_release(releases[f"milestone.{stage}"]))},
        feature_gates=tuple(dict.fromkeys(_feature_gates(fields.get("feature-gates")))),
        raw={name: texts[name] for name in normal if texts.get(name) and texts[name] != normal[name]}
        | {name: text for name, text in releases.items() if text and not parse_release(text)},
    )


def _mapping(content: bytes) -> tuple[Mapping[str, object], str]:
    """Return the first document of a kep.yaml as a mapping, and what is wrong with the file."""
    if len(content) > MAX_BYTES:
        raise IrregularError(f"it has {len(content)} bytes, more than any kep.yaml needs")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        return _by_line(content.decode(errors="replace")), f"it cannot be read as text: {error.reason}"
    try:
        document = next(iter(list(yaml.load_all(text, _Loader))), None)  # all: a mistake may end the first early
    except (yaml.YAMLError, RecursionError) as error:
        reason = error.problem if isinstance(error, yaml.MarkedYAMLError) else error
        return _by_line(text), f"it cannot be read as YAML: {shortened(one_line(str(reason)), 200)}"
    if not isinstance(document, dict):
        return _by_line(text), "it holds no YAML mapping"
    return document, ""


def _by_line(text: str) -> Mapping[str, object]:
    """Return the fields of a kep.yaml read line by line: `status: implemented`, and `beta: "v1.30"` in `milestone:`."""
    fields: dict[str, object] = {}
    below: dict[str, object] = {}
    for match in _LINE.finditer(text):
        value = match["value"].strip(" \t").strip("\"'")
        if match["indent"]:
            below.setdefault(match["name"], value)
        elif match["name"] == "milestone":
            fields["milestone"] = below = {}
        else:
            fields.setdefault(match["name"], value)
            below = {}
    return fields


def _text(value: object) -> str:
    """Return a YAML scalar as one line, the scalars of a list with commas; empty for null and for mappings."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_text, (item for item in value if isinstance(item, str)))))
    text = shortened(one_line(value), _LONGEST_TEXT) if isinstance(value, str) else ""
    return "" if text.lower() in _NULL else text


def _number(text: str) -> int:
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise IrregularError(f"its kep-number is {text!r}" if text else "it has no kep-number")
    return int(match[1])


def _releases(fields: Mapping[str, object]) -> dict[str, str]:
    """Return what a kep.yaml has written for each milestone, under the names that `raw` uses."""
    milestone = fields.get("milestone")
    stages = milestone if isinstance(milestone, dict) else {}
    return {"latest-milestone": _text(fields.get("latest-milestone"))} | {
        f"milestone.{stage}": _text(stages.get(stage.value)) for stage in Stage
    }


def _title(text: str, *, path: str, number: int) -> str:
    """Return the KEP's title, or one made of `2763-ambient-capabilities` where the template's was left in place."""
    if text.lower() not in _NO_TITLE:
        return text
    words = one_line(re.sub(r"^\d+|[-_]", " ", PurePosixPath(path).parent.name))
    return f"{words[0].upper()}{words[1:]}" if words else f"KEP-{number}"


def _feature_gates(value: object) -> Iterator[str]:
    """Yield the names of a kep.yaml's feature gates; items are `{name, components}` or plain names."""
    for item in value if isinstance(value, list) else [value]:
        name = _text(item.get("name") if isinstance(item, dict) else item)
        if name.lower() not in _NO_GATE:
            yield name
