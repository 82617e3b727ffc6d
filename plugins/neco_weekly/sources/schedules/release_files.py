"""`data/releases/schedule.yaml` and `eol.yaml` of kubernetes/website: when releases came out, when support ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ...model.keps import parse_release
from ...model.release_facts import ReleaseFacts
from ...model.text import shortened
from .lined_yaml import Lined, NoYamlError, read_yaml


@dataclass(slots=True)
class ReleaseFile:
    """What a file says of releases by name (`v1.36`), and sentences on what could not be read, each with its line."""

    releases: dict[str, ReleaseFacts] = field(default_factory=dict)
    complaints: list[tuple[int, str]] = field(default_factory=list)


def read_schedule_file(text: str) -> ReleaseFile:
    """Return the days of release and of the end of support that `schedule.yaml` names.

    The day of the patch 1.N.0 counts more than the entry's `releaseDate`, in which the year was wrong before.
    """
    file = ReleaseFile()
    for name, entry in _entries(text, "schedules", file):
        release, patch = _day(entry, file, "releasedate"), _first_patch(name, entry, file)
        if release and patch and release != patch:
            line = entry.line_of("releasedate")
            file.complaints.append((line, f"{name}: releaseDate {release} is not {patch}, the day of the first patch"))
        end = _day(entry, file, "endoflifedate")
        release = patch or release
        if release and end and end <= release:
            file.complaints.append((entry.line, f"{name}: support ends on {end}, before {release}; neither is taken"))
            release = end = None
        _add(file, name, ReleaseFacts(release=release, end_of_support=end), entry.line)
    return file


def read_eol_file(text: str) -> ReleaseFile:
    """Return the days of the end of support that `eol.yaml` names; of several of a release the last one counts."""
    file = ReleaseFile()
    for name, entry in _entries(text, "branches", file):
        end, known = _day(entry, file, "endoflifedate"), file.releases.get(name)
        if end and (known is None or known.end_of_support is None or known.end_of_support < end):
            file.releases[name] = ReleaseFacts(end_of_support=end)
    return file


def joined(schedule: Mapping[str, ReleaseFacts], eol: Mapping[str, ReleaseFacts]) -> dict[str, ReleaseFacts]:
    """Return what both files say: of a release that is in both, `eol.yaml` tells when support ended."""
    return {**schedule, **{name: facts.on_top_of(schedule.get(name)) for name, facts in eol.items()}}


def _entries(text: str, table: str, file: ReleaseFile) -> Iterator[tuple[str, Lined]]:
    try:
        root = read_yaml(text)
    except NoYamlError as error:
        file.complaints.append((error.line, str(error)))
        return
    found = root.get(table)
    if found is None or not found.items:
        file.complaints.append((root.line, f"has no list `{table}`"))
        return
    for entry in found.items:
        written = entry.said("release")
        name = parse_release(written)
        if name:
            yield name, entry
        else:
            file.complaints.append((entry.line, f"{shortened(written, 40)!r} is no release"))


def _add(file: ReleaseFile, name: str, facts: ReleaseFacts, line: int) -> None:
    if name in file.releases:
        file.complaints.append((line, f"{name} stands here twice; the first one counts"))
    file.releases.setdefault(name, facts)


def _day(entry: Lined, file: ReleaseFile, field_name: str) -> dt.date | None:
    written = entry.said(field_name)
    if not written:
        return None
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        shown = shortened(written, 40)
        file.complaints.append((entry.line_of(field_name), f"{field_name} {shown!r} is no day like 2026-04-22"))
        return None


def _first_patch(name: str, entry: Lined, file: ReleaseFile) -> dt.date | None:
    patches = entry.get("previouspatches")
    for patch in patches.items if patches else ():
        if f"v{patch.said('release').removeprefix('v')}" == f"{name}.0":
            return _day(patch, file, "targetdate")
    return None
