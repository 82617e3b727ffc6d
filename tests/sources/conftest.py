"""What the tests of sources stand on: web sites on loopback, git repositories in temporary folders."""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from .repositories import GitFolder
from .sites import Route, Serve, Site

HISTORY = Path(__file__).parents[3] / "shared/keps/kep-history.bundle"


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Open sites that close with the test: `serve({"/": (200, {}, b"…")})`."""
    with contextlib.ExitStack() as stack:

        def open_site(
            routes: Mapping[str, Route], *, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
        ) -> Site:
            site = Site(routes, host=host, tls=tls)
            stack.callback(site.close)
            return site

        yield open_site


@pytest.fixture
def upstream(tmp_path: Path) -> GitFolder:
    """An empty repository with a work tree, to be filled by the test."""
    return GitFolder(tmp_path / "enhancements")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture(scope="session")
def kep_history() -> Path:
    """The history of every kep.yaml of kubernetes/enhancements, which lies beside the project and not in it."""
    if not HISTORY.exists():
        pytest.skip(f"{HISTORY} is absent")
    return HISTORY
