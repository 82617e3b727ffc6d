"""What the tests of sources stand on: git repositories in temporary folders, and a clock."""

from __future__ import annotations

from pathlib import Path

import pytest

from .clock import Clock
from .repositories import GitFolder

HISTORY = Path(__file__).parents[3] / "shared/keps/kep-history.bundle"


@pytest.fixture
def upstream(tmp_path: Path) -> GitFolder:
    """An empty repository with a work tree, to be filled by the test."""
    return GitFolder(tmp_path / "enhancements")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    clock.stop(monkeypatch)
    return clock


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture(scope="session")
def kep_history() -> Path:
    """The history of every kep.yaml of kubernetes/enhancements, which lies beside the project and not in it."""
    if not HISTORY.exists():
        pytest.skip(f"{HISTORY} is absent")
    return HISTORY
