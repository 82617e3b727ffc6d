"""Gates that a release turns on or off by default while their stage stays: news that no stage tells."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from .gates import FeatureGate, Gates, GateStage


@dataclass(frozen=True, slots=True, kw_only=True)
class GateTurn:
    """A gate whose default a release turned. `keps` are all that ever named the gate, maybe none; `stage` is as now."""

    name: str
    keps: tuple[int, ...]
    stage: GateStage


def gate_turns(gates: Gates, release: str) -> tuple[GateTurn, ...]:
    """Return the gates whose default another than before is since a release, of the same stage, by name."""
    return tuple(turn for name in sorted(gates.by_name) for turn in _turns(gates.by_name[name], release))


def _turns(gate: FeatureGate, release: str) -> Iterator[GateTurn]:
    for before, after in itertools.pairwise(gate.stages):
        known = None not in (before.default, after.default)
        if after.since == release and known and before.stage is after.stage and before.default != after.default:
            yield GateTurn(name=gate.name, keps=gate.keps, stage=after)
