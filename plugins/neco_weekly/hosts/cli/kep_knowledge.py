"""Where `neco kep` looks KEPs and feature gates up: in the lock, or in a repository of kep.yaml files."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ...lock.kep_as_of import KepsAsOf
from ...lock.store import Lock, load_lock
from ...model.gates import FeatureGate
from ...model.issues import Issue, Mention
from ...model.keps import Enhancement
from ...model.options import OPTIONS
from ...model.releases import load_releases
from .known_kep import THE_LOCK, KnownKep

if TYPE_CHECKING:
    from ..project import Project  # it knows Markdown, which a repository is asked without

Mentions = Mapping[int, tuple[tuple[Issue, tuple[Mention, ...]], ...]]
"""The issues that mention a KEP, each with its mentions, by the KEP's number."""


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """All KEPs of the place that is asked; `project` is the site whose issues mention them, None where none is asked.

    `where` is what messages call the place.
    """

    keps: KepsAsOf
    where: str = THE_LOCK
    project: Project | None = None

    def ask(self, numbers: Sequence[int], day: dt.date | None) -> Iterator[KnownKep]:
        """Yield what is known of KEPs as of a day, or of today."""
        mentions = self._mentions(numbers)
        for number in numbers:
            yield KnownKep(
                number=number,
                kep=self.keps.of(number, day),
                keps=self.keps,
                where=self.where,
                day=day,
                issues=mentions.get(number, ()),
            )

    def gate(self, name: str) -> FeatureGate | None:
        """Return a feature gate with the numbers of all KEPs that ever named it; None if nobody here knows the name."""
        gate = self.keps.lock.gates.by_name.get(name) or FeatureGate(name=name)
        numbers = gate.keps or tuple(sorted(self._named.get(name, ())))
        return replace(gate, keps=numbers) if numbers else None

    def nearest_gate(self, name: str) -> str | None:
        """Return the name of a gate that somebody who wrote another name may have meant."""
        recorded = (gate.name for gate in self.keps.lock.gates.by_name.values() if gate.keps)
        names = {it.casefold(): it for it in sorted({*recorded, *self._named})}
        found = difflib.get_close_matches(name.casefold(), names, n=1, cutoff=0.8)
        return names[found[0]] if found else None

    @cached_property
    def _named(self) -> Mapping[str, set[int]]:
        """The numbers of the KEPs that ever named a gate, by the gate's name."""
        named: dict[str, set[int]] = {}
        for number in self.keps.lock.numbers:
            enhancement = self.keps.lock.enhancement(number)
            for name in _gates_ever(enhancement) if enhancement else ():
                named.setdefault(name, set()).add(number)
        return named

    def _mentions(self, numbers: Sequence[int]) -> Mentions:
        if self.project is None:
            return {}
        # Reading takes 15 ms an issue: those that hold neither a number of the KEPs nor that of a pull request about
        # them cannot mention them.
        lock = self.keps.lock
        pulls = [pull for pull in lock.pulls if lock.kep_of_pull(pull) in numbers]
        written = {*pulls, *(it for number in numbers for it in (number, *lock.aliases_of(number)))}
        pattern = rf"(?<!\d)[0０]*(?:{'|'.join(map(_in_any_width, sorted(written)))})(?!\d)"
        return self.project.read_index(re.compile(pattern)).decided(lock).by_kep


def _in_any_width(number: int) -> str:
    return "".join(f"[{digit}{chr(ord(digit) + 0xFEE0)}]" for digit in str(number))


def knowledge_of_lock() -> Knowledge:
    """Return what the lock of the site that is here knows."""
    from .site import open_project

    project = open_project()
    return Knowledge(keps=KepsAsOf(load_lock(project.metadata), project.releases), project=project)


def knowledge_of_source(source: str, cache_dir: Path | None, asked: int | str) -> Knowledge:
    """Return what a repository knows of a KEP, or for a gate's name of all KEPs.

    What a repository of kep.yaml does not know, gates, aliases and which releases are out, the lock of the site tells,
    if a site is here.
    """
    from ...sources.keps.repository import open_repository, without_credentials

    project = _project_here()
    lock = load_lock(project.metadata) if project else Lock()
    cache = project.cache if project else Path(OPTIONS["cache_dir"].default)
    repository = open_repository(source, cache_dir=cache_dir or cache)
    if isinstance(asked, int):
        number = lock.canonical(asked)
        as_of, found = repository.enhancement(number)
        enhancements: Mapping[int, Enhancement] = {number: found} if found else {}
    else:
        snapshot = repository.snapshot()
        as_of, enhancements = snapshot.date, snapshot.enhancements
    there = Lock(
        as_of=as_of,
        fetched=enhancements,
        aliases=lock.aliases,
        gates=lock.gates,
        released=lock.released,
        known_releases=lock.known_releases,
    )
    releases = project.releases if project else load_releases()
    return Knowledge(keps=KepsAsOf(there, releases), where=without_credentials(source))


def _project_here() -> Project | None:
    """Return the site that is here, if one is: with `--source` the command works in any folder."""
    if not Path("mkdocs.yml").is_file():
        return None
    from .site import open_project

    return open_project()


def _gates_ever(enhancement: Enhancement) -> Iterator[str]:
    yield from enhancement.state.feature_gates
    for record in enhancement.history:
        if record.state:
            yield from record.state.feature_gates
