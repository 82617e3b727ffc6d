"""Gates that a release deprecates, or no longer has: a flag that names one then warns, or is an error.

Most gates go because their feature is stable and cannot be turned off; those are told apart from features that went.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from .gates import FeatureGate, Gates, GateStage
from .keps import Stage, release_order


@dataclass(frozen=True, slots=True, kw_only=True)
class GateEnd:
    """A gate that a release deprecates (`is_gone` False), or no longer has.

    `keps` are all that ever named the gate, maybe none; `last` is the stage before, None where there was none.
    """

    name: str
    keps: tuple[int, ...]
    is_gone: bool
    last: GateStage | None

    @property
    def is_routine(self) -> bool:
        """Whether the gate goes because its feature stays."""
        return self.is_gone and self.last is not None and self.last.stage is Stage.STABLE


def gate_ends(gates: Gates, release: str) -> tuple[GateEnd, ...]:
    """Return the gates that a release deprecates or no longer has, by name."""
    return tuple(end for name in sorted(gates.by_name) for end in _ends(gates.by_name[name], release))


def are_gone(gates: Collection[FeatureGate], release: str) -> bool:
    """Whether a release has none of a KEP's gates any more, of which none ever was stable: the feature is gone, too.

    It may come back with a gate of a later release.
    """
    if any(gate.first(Stage.STABLE) or gate.at(release) for gate in gates):
        return False
    return any(gate.gone and release_order(gate.gone) <= release_order(release) for gate in gates)


def _ends(gate: FeatureGate, release: str) -> Iterator[GateEnd]:
    before = None
    for stage in gate.stages:
        if stage.stage is Stage.DEPRECATED and stage.since == release and not stage.earlier and _is_other(before):
            yield GateEnd(name=gate.name, keps=gate.keps, is_gone=False, last=before)
        before = stage
    if gate.gone == release:
        yield GateEnd(name=gate.name, keps=gate.keps, is_gone=True, last=before)


def _is_other(stage: GateStage | None) -> bool:
    """Whether a stage is not deprecated: a default that changes while a gate is deprecated is no news."""
    return stage is None or stage.stage is not Stage.DEPRECATED
