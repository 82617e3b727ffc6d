"""What the tests of sources stand on: git repositories in temporary folders, and a clock."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kep_sample import kep_bundle

from .clock import Clock
from .repositories import GitFolder


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
    """The real history of a few KEPs, as a bundle."""
    return kep_bundle()
