"""`topics.json`: the releases of watched repositories and their days, a line for each minor version.

`"v2.4.*": "2022-06-10 06-27 4:07-14"` are v2.4.0, v2.4.1 and v2.4.4 with their days: a patch has the number after the
one before unless it is named, and a day the year of the one before unless that is named. So ten years of three hundred
repositories are 400 kB, and a new release changes one line. A tag of another form has a line of its own.

The table of repositories is read when the lock is loaded, the releases of one when they are asked for.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..grammar.github_repositories import repository_name
from ..model.watched import Release, WatchedRepository, newest_first
from . import json_values as read
from .failures_json import failures_to_dict, read_failures
from .json_documents import naming, read_document, to_text

SCHEMA = 1
"""The schema version of `topics.json` that this program writes; a newer one is refused."""

_TABLES = frozenset({"schema", "watched"})

_FIELDS = frozenset({"releases", "moved_to", "failures"})

_MONTH_DAY = r"(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|[12]\d))"

_DAY = re.compile(rf"\d{{4}}-{_MONTH_DAY}", re.ASCII)

_DAYS = re.compile(rf"(?:\d{{1,9}}:)?\d{{4}}-{_MONTH_DAY}(?: (?:\d{{1,9}}:)?(?:\d{{4}}-)?{_MONTH_DAY})*", re.ASCII)

_MINOR = re.compile(r"(.*(?<!\d)\d{1,9}\.\d{1,9}\.)(0|[1-9]\d{0,8})", re.ASCII)
"""A tag whose patches can share a line: what stands before the number of the patch, and that."""

_TAG = re.compile(r"(?=.*\d)[\w.@/+~-]{1,120}", re.ASCII)

_PATCHES = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicsDocument:
    """What `topics.json` holds: watched repositories by `owner/name` in lower case."""

    watched: Mapping[str, WatchedRepository] = field(default_factory=dict)


def read_topics(path: Path) -> TopicsDocument:
    """Return the content of `topics.json`; a file that does not exist holds nothing.

    Raises:
        NecoError: the file is damaged, wrongly edited, or of a newer schema.
    """
    document = read_document(path, schema=SCHEMA)
    with naming(path):
        return topics_from_dict(document)


def topics_from_dict(document: Mapping[str, Any]) -> TopicsDocument:
    """Return what a JSON object says that `topics_to_dict` made; raises WrongError for another one."""
    read.fields(document, _TABLES)
    entries = read.table(document, "watched", lambda name, value: (name.lower(), _checked(name, value)))
    if len(entries) < len(document.get("watched", {})):
        raise read.WrongError("holds a repository twice", ".watched")
    return TopicsDocument(watched=_Watched(entries))


def topics_text(document: TopicsDocument) -> str:
    """Return the canonical text of `topics.json`, sorted by repository, its releases from the newest version on."""
    return to_text({"schema": SCHEMA, **topics_to_dict(document, by_minor=True)})


def topics_to_dict(document: TopicsDocument, *, by_minor: bool = False) -> dict[str, Any]:
    """Return what `topics.json` holds as a JSON object: a day for each tag, or with `by_minor` as the file has it."""
    repositories = sorted(document.watched.values(), key=lambda it: it.name.lower())
    return {"watched": {it.name: _repository_to_dict(it, by_minor=by_minor) for it in repositories}}


class _Watched(Mapping[str, WatchedRepository]):
    """Watched repositories, made of their checked JSON when they are asked for: a build needs few of them."""

    def __init__(self, entries: Mapping[str, tuple[str, Mapping[str, Any]]]) -> None:
        self._entries = entries
        self._made: dict[str, WatchedRepository] = {}

    def __getitem__(self, name: str) -> WatchedRepository:
        if name not in self._made:
            self._made[name] = _repository(*self._entries[name])
        return self._made[name]

    def __eq__(self, other: object) -> bool:
        """Whether another table has the same; that need not be made for two that were read from the same JSON."""
        return (isinstance(other, _Watched) and self._entries == other._entries) or super().__eq__(other)

    __hash__ = None  # type: ignore[assignment]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


# --- reading ---------------------------------------------------------------------------------------------------------


def _checked(name: str, value: Any) -> tuple[str, Mapping[str, Any]]:
    """Return a repository's JSON after a look at each line of it, which takes no dates apart."""
    _name(name)
    document = read.fields(value, _FIELDS)
    read.table(document, "releases", _checked_line)
    read.optional(document, "moved_to", _name)
    read.optional(document, "failures", read_failures)
    return name, document


def _name(value: Any) -> str:
    if repository_name(read.text(value)) is None:
        raise read.WrongError(f"expected a repository like owner/name, found {read.shown(value)}")
    return str(value)


def _checked_line(tag: str, value: Any) -> tuple[str, str]:
    is_minor = tag.endswith(_PATCHES)
    days = read.text(value)
    if not _TAG.fullmatch(tag.removesuffix(_PATCHES)) or (is_minor and not _MINOR.fullmatch(f"{tag[:-1]}0")):
        raise read.WrongError("expected a tag with a version, or v1.2.* for all patches of v1.2")
    if not (_DAYS if is_minor else _DAY).fullmatch(days):
        example = "days like 2026-08-31 09-30" if is_minor else "a date like 2026-08-31"
        raise read.WrongError(f"expected {example}, found {read.shown(value)}")
    if "02-29" in days:  # the pattern knows no leap years
        list(_released(tag, days))
    return tag, days


def _repository(name: str, document: Mapping[str, Any]) -> WatchedRepository:
    days = (it for tag, written in document.get("releases", {}).items() for it in _released(tag, written))
    found = {tag: release for tag, day in days if (release := Release.of(tag, day))}
    return WatchedRepository(
        name=name,
        releases=newest_first(found.values()),
        moved_to=document.get("moved_to"),
        failures=read.optional(document, "failures", read_failures),
    )


def _released(tag: str, days: str) -> Iterator[tuple[str, dt.date]]:
    """Yield the tags of a line, each with its day."""
    patch, year = 0, ""
    for part in days.split():
        number, _, day = part.rpartition(":")
        patch, year = int(number or patch), day[:-6] or year
        yield (tag if not tag.endswith(_PATCHES) else f"{tag[:-1]}{patch}"), read.date(f"{year}-{day[-5:]}")
        patch += 1


# --- writing ---------------------------------------------------------------------------------------------------------


def _repository_to_dict(repository: WatchedRepository, *, by_minor: bool) -> dict[str, Any]:
    newest = sorted(repository.releases, key=lambda it: (it.version.order, it.tag), reverse=True)
    days = {it.tag: it.day.isoformat() for it in newest}
    return read.without_empty(
        {
            "releases": _lines(newest) if by_minor else days,
            "moved_to": repository.moved_to,
            "failures": failures_to_dict(repository.failures),
        }
    )


def _lines(newest: Iterable[Release]) -> dict[str, str]:
    """Return the lines of releases, which come from the newest version on."""
    lines: dict[str, str | dict[int, dt.date]] = {}
    for release in newest:
        minor = None if release.version.pre else _MINOR.fullmatch(release.tag)
        patches = lines.setdefault(f"{minor[1]}{_PATCHES}", {}) if minor else None
        if minor and isinstance(patches, dict):
            patches[int(minor[2])] = release.day
        else:
            lines[release.tag] = release.day.isoformat()
    return {tag: it if isinstance(it, str) else _days(it) for tag, it in lines.items()}


def _days(patches: Mapping[int, dt.date]) -> str:
    """Return the days of patches by their numbers as one line."""
    parts, following, year = [], 0, 0
    for patch, day in sorted(patches.items()):
        named = "" if patch == following else f"{patch}:"
        parts.append(f"{named}{day.isoformat() if day.year != year else f'{day:%m-%d}'}")
        following, year = patch + 1, day.year
    return " ".join(parts)
