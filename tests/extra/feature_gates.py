"""The page of every feature gate of kubernetes/website, as of v1.35: all are read, and what is odd in them is told."""

from __future__ import annotations

import datetime as dt
from pathlib import PurePosixPath

import pytest
from neco_weekly.model.gates import GateSnapshot
from neco_weekly.model.keps import Stage
from neco_weekly.sources.gates.website import open_gates

from tests.extra.shared import GATES
from tests.sources.gates import told


@pytest.fixture(scope="module")
def gates(tmp_path_factory: pytest.TempPathFactory) -> GateSnapshot:
    return open_gates(str(GATES), cache_dir=tmp_path_factory.mktemp("cache")).snapshot()


def test_every_gate_is_read(gates: GateSnapshot) -> None:
    assert (len(gates.gates), gates.date, gates.since) == (440, dt.date(2026, 1, 15), None)
    assert sum(it.removed for it in gates.gates.values()) == 225
    days = {it.date for it in gates.gates.values()}
    assert (len(days), min(days)) == (20, dt.date(2024, 9, 9))
    stages = [stage for it in gates.gates.values() for stage in it.stages]
    assert {it.stage for it in stages} == {Stage.ALPHA, Stage.BETA, Stage.STABLE, Stage.DEPRECATED}
    assert all(PurePosixPath(it.path).stem == name for name, it in gates.gates.items())


@pytest.mark.parametrize(
    ("name", "stages"),
    [
        ("UserNamespacesSupport", ["alpha v1.28 to v1.29 off", "beta v1.30 to v1.32 off", "beta v1.33… on"]),
        ("ContextualLogging", ["alpha v1.24 to v1.29 off", "beta v1.30… on"]),
        (
            "DisableNodeKubeProxyVersion",
            [
                "alpha v1.29 to v1.30 off",
                "deprecated v1.31 to v1.31 off",
                "deprecated v1.32 to v1.32 off",
                "deprecated v1.33… on",
            ],
        ),
        ("PodHostIPs", ["alpha v1.28 to v1.28 off", "beta v1.29 to v1.29 on", "stable v1.30 to v1.31 on"]),
    ],
)
def test_stages_as_written_or_as_cut(name: str, stages: list[str], gates: GateSnapshot) -> None:
    assert told(gates.gates[name].stages) == stages


def test_what_is_odd_is_told(gates: GateSnapshot) -> None:
    assert {PurePosixPath(path).stem: why for path, why in gates.irregular.items()} == {
        "DisableNodeKubeProxyVersion": "of beta and deprecated, both from v1.31, the later counts",
        "DynamicProvisioningScheduling": "it is removed, but its last stage has no toVersion",
        "KubeProxyDrainingTerminatingNodes": "its alpha until v1.30 overlaps its beta from v1.30",
        "LoadBalancerIPMode": "its alpha until v1.30 overlaps its beta from v1.30",
        "PodHostIPs": "its beta until v1.30 overlaps its stable from v1.30",
    }
