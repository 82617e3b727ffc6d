"""What a benchmark prints: tables of plain text, and targets with a verdict."""

from __future__ import annotations

import json
import math
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from measure import progress

Cell = str | int | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A promise: what was measured is at most, or at least, so much, in the unit that `name` ends with."""

    name: str
    measured: float | None
    at_most: float | None = None
    at_least: float | None = None

    @property
    def missed(self) -> bool:
        """Whether it was measured and is more, or less, than promised."""
        return self.measured is not None and not (self._least <= self.measured <= self._most)

    @property
    def _most(self) -> float:
        return math.inf if self.at_most is None else self.at_most

    @property
    def _least(self) -> float:
        return -math.inf if self.at_least is None else self.at_least

    @property
    def verdict(self) -> str:
        """One word or two for the reader of the table."""
        if self.measured is None:
            return "not measured"
        if not self.missed:
            return "ok"
        return "over" if self.measured > self._most else "under"


def targets_table(targets: Sequence[Target]) -> str:
    """Each target with what was measured; bounds of a kind that none has are left out."""
    bounds = [it for it in ("at_least", "at_most") if any(getattr(target, it) is not None for target in targets)]
    head = ("target", "measured", *(bound.replace("_", " ") for bound in bounds), "")
    rows = ((it.name, it.measured, *(getattr(it, bound) for bound in bounds), it.verdict) for it in targets)
    return table(head, rows)


def write_results(path: Path, packages: Sequence[str], targets: Sequence[Target], **measured: Sequence[Any]) -> None:
    """Write as JSON what was measured, lists of dataclasses by their names, and where, with which packages."""
    machine = {"cpus": os.cpu_count(), "platform": platform.platform(), "python": platform.python_version()}
    document = {
        "machine": machine | {name: version(name) for name in packages},
        **{name: [asdict(it) for it in results] for name, results in measured.items()},
        "targets": [asdict(target) | {"verdict": target.verdict} for target in targets],
    }
    path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    progress(f"results are in {path}")


def table(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Aligned columns: words to the left, numbers to the right; a missing value is a dash."""
    rows = [tuple(row) for row in rows]
    lines = [tuple(head), *(tuple(map(_text, row)) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    words = [any(isinstance(row[column], str) for row in rows) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if word else cell.rjust(width)
            for cell, width, word in zip(line, widths, words, strict=True)
        ).rstrip()
        for line in lines
    )


def _text(cell: Cell) -> str:
    """Three significant digits are what a repeated measurement can tell."""
    if cell is None:
        return "–"
    if isinstance(cell, float):
        return f"{cell:.2f}" if cell < 10 else f"{cell:.1f}" if cell < 100 else f"{cell:,.0f}"
    return str(cell)
