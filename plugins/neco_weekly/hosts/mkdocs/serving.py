"""A live preview beside which somebody writes: builds and writing have the turn one after the other.

What was written at once is one build.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from ..preview import Turn


def take_turns(server: LiveReloadServer, turn: Turn, docs: Path, metadata: Path) -> None:
    """Have each build of the preview take the turn and begin with a fresh look at the files.

    MkDocs looks at the files twice a second and builds when one is another. Where it looks in the middle of a writing,
    or while it walks through the folders, it would find the other half at its next look and build, and reload, again.
    """
    folders = [str(docs)]  # the folder that MkDocs watches by itself
    if not metadata.is_relative_to(docs):
        metadata.mkdir(parents=True, exist_ok=True)
        folders.append(str(metadata))
        server.watch(str(metadata))
    build = server.builder

    def build_in_turn() -> None:
        for folder in folders:
            server.unwatch(folder)
        with turn:
            for folder in folders:
                server.watch(folder)
            build()

    def serve_forever() -> None:
        turn.give()  # the first look at the files is done: what is written from now on will be noticed
        server.serve_forever(server.shutdown_delay)

    server.builder = build_in_turn
    server.serve_thread = threading.Thread(target=serve_forever)


@contextmanager
def unnoticed(server: LiveReloadServer | None, docs: str) -> Iterator[None]:
    """Have a preview not notice what is written into the docs folder in the context, right before it builds.

    The build that follows sees all of that; noticed, it would be another build, and another reload.
    """
    if server is None:  # there is no preview, or it does not watch yet
        yield
        return
    server.unwatch(docs)
    try:
        yield
    finally:
        server.watch(docs)
