"""The table of a KEP's gates by release: those that are supported, some before, and the next one."""

from __future__ import annotations

from dataclasses import dataclass

from ...lock.kep_as_of import KepAsOf, KepsAsOf
from ...lock.kep_at_releases import AtRelease, gate_at, kep_at, shown_releases, supported
from ...model.keps import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseTableRow:
    """A gate in each release of the table, by its name; None stands for the KEP itself, of which no gate is known."""

    gate: str | None
    cells: tuple[AtRelease, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseTable:
    """The table of a KEP: its releases, oldest first, of which `supported` are supported and the last is to come.

    `stays`: a gate of it is gone because its feature is stable, and has not gone.
    """

    releases: tuple[str, ...]
    supported: tuple[str, ...]
    rows: tuple[ReleaseTableRow, ...]
    stays: bool = False

    @property
    def to_come(self) -> str:
        """The release that is not out yet."""
        return self.releases[-1]

    @property
    def beyond_gates(self) -> bool:
        """Whether the table has releases of which no witness of a gate speaks."""
        return any(cell.kind == "unknown" for row in self.rows if row.gate for cell in row.cells)


def release_table(kep: KepAsOf, keps: KepsAsOf) -> ReleaseTable | None:
    """Return the table of a KEP; None where no release is known to be out."""
    releases = shown_releases(keps.releases, keps.now)
    if not releases:
        return None
    names = kep.gate_names  # those of today first
    rows = tuple(
        ReleaseTableRow(gate=gate.name, cells=tuple(gate_at(gate, kep, it, keps) for it in releases))
        for gate in sorted(kep.gates, key=lambda it: names.index(it.name) if it.name in names else len(names))
    )
    own = ReleaseTableRow(gate=None, cells=tuple(kep_at(kep, it, keps) for it in releases))
    return ReleaseTable(
        releases=releases,
        supported=supported(keps.releases, keps.now),
        rows=rows or (own,),
        stays=any(gate.gone and gate.first(Stage.STABLE) for gate in kep.gates),
    )
