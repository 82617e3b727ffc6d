"""How tests are spread over the cores, and what many of them stand on: web sites on loopback."""

from __future__ import annotations

import contextlib
import gc
import os
import ssl
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from .once import folder_of_this_run
from .sources.sites import Route, Serve, Site
from .templates import keep_compiled_templates


def pytest_configure() -> None:
    folder_of_this_run()  # before there are workers, so that all have the same one
    keep_compiled_templates()


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """A worker for each core and one more, for many tests wait; without workers what one process does better.

    A part that is named by its path or by words is done before workers have begun, and a person who looks at what a
    test prints needs it in this terminal. `--numprocesses` on the command line comes before all this.
    """
    everything = config.args_source is pytest.Config.ArgsSource.TESTPATHS and not config.getoption("keyword")
    watched = config.getoption("capture") == "no" or config.getoption("collectonly") or config.getoption("trace")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores + 1 if everything and not watched else 0


LONGEST = ("browser", "hosts", "test_package.py", "test_planned_form.py", "test_fuzz.py", "sources", "extension")
"""What of this folder takes longest comes first: else one worker would still be busy with it when all else is done."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    ranks = {name: rank for rank, name in enumerate(LONGEST)}
    items.sort(key=lambda item: ranks.get(item.path.relative_to(here).parts[0], len(ranks)))


def pytest_collection_finish() -> None:
    """Do not look through ten thousand collected tests again and again for what is no longer needed: they stay."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


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
