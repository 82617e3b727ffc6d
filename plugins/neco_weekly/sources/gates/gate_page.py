"""The text of one page of a feature gate, of which only the front matter counts, read leniently.

https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/ is made of these pages. All scalars are
read as text, without YAML's guesses: `fromVersion: 1.30` stays 1.30.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from ...model.gates import GateStage
from ...model.text import one_line, shortened
from .stage_entries import Fields, UnusableError, gate_name, is_true, read_stages, text_of

MAX_BYTES = 64_000
"""The size in bytes of the largest page that is read; the largest real one has few thousand."""

# Deep nesting of more would exhaust the stack; the longest real front matter has less than 1 kB.
_LONGEST_FRONT_MATTER = 16_000

# libyaml where PyYAML was built with it, which is ten times as fast.
_Loader: type[yaml.BaseLoader | yaml.CBaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\n(?P<yaml>.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)

_OPEN_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\n(?P<yaml>.*)", re.DOTALL)

_LIKE_A_GATE = re.compile(r"^(?:stages:|content_type:[ \t]*[\"']?feature_gate)", re.MULTILINE)

_FIELDS = Fields(stage="stage", default="defaultValue", locked="locked", since="fromVersion", until="toVersion")


@dataclass(frozen=True, slots=True, kw_only=True)
class GatePage:
    """What one page says of a gate: name, stages (oldest first), is it gone; and what is wrong with the page."""

    name: str
    stages: tuple[GateStage, ...]
    removed: bool = False
    complaints: tuple[str, ...] = ()


def parse_gate_page(content: bytes, *, file_name: str) -> GatePage | None:
    """Return what a page says of its gate; None for a page that is not meant to be of a gate, such as the index.

    The title is the gate's name. `file_name`, without its ending, is the name that the title should be.

    Raises:
        UnusableError: the page is meant to be of a gate and says nothing of it that can be used.
    """
    if len(content) > MAX_BYTES:
        raise UnusableError(f"it has {len(content)} bytes, more than any page of a gate needs")
    front_matter = _front_matter(content.decode(errors="replace").replace("\r\n", "\n"))
    if front_matter is None:
        return None
    meta = _mapping(front_matter)
    if meta is None or not _is_of_a_gate(meta, file_name):
        return None
    if "stages" not in meta:
        raise UnusableError("it has no stages")
    title = text_of(meta.get("title"))
    name = gate_name(meta.get("title") if title else file_name)
    found = read_stages(meta["stages"], _FIELDS)
    complaints = [*found.complaints]
    if name != file_name:
        complaints.insert(0, f"its title {name} is not the file's name")
    removed = is_true(meta.get("removed")) or False
    if removed and found.stages[-1].until is None:
        complaints.append("it is removed, but its last stage has no toVersion")
    return GatePage(name=name, stages=found.stages, removed=removed, complaints=tuple(complaints))


def _front_matter(text: str) -> str | None:
    """Return the YAML of a page's front matter, None where it has none; what was cut off is one, if of a gate."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        opened = _OPEN_FRONT_MATTER.match(text)
        if opened and _LIKE_A_GATE.search(opened["yaml"]):
            raise UnusableError("its front matter does not end")
        return None
    if len(match["yaml"].encode()) > _LONGEST_FRONT_MATTER:
        raise UnusableError("its front matter is longer than any page of a gate needs")
    return match["yaml"]


def _mapping(front_matter: str) -> Mapping[str, object] | None:
    try:
        document = yaml.load(front_matter, _Loader)  # noqa: S506 (loads nothing but text)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        if not _LIKE_A_GATE.search(front_matter):
            return None
        reason = error.problem if isinstance(error, yaml.MarkedYAMLError) else error
        raise UnusableError(f"it cannot be read as YAML: {shortened(one_line(str(reason)), 200)}") from error
    return document if isinstance(document, dict) else None


def _is_of_a_gate(meta: Mapping[str, object], file_name: str) -> bool:
    title = text_of(meta.get("title"))
    return "stages" in meta or text_of(meta.get("content_type")) == "feature_gate" or title == file_name
