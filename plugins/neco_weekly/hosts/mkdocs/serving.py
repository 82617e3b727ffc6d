"""MkDocs' live preview with our eyes, our builds and our pages in the places of its own.

All that is changed of MkDocs' server is public: `observer`, `builder`, `build_delay`, and the application of a WSGI
server. Beside a program that writes, builds and writing have the turn one after the other; what was written at once is
one build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files as package_files
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from watchdog.observers.api import BaseObserver

from ...display.words import Strings
from ..preview import Preview
from .preview_builds import PreviewBuilds
from .preview_site import SCRIPT, STYLE, PreviewSite
from .telling import Teller
from .watching import WITH_EVENTS, Watcher

_SECONDS_TO_SETTLE = 0.03
"""Seconds without news after which MkDocs' server builds: the watcher has waited for a writer before."""


def system_events() -> BaseObserver:
    """Return an observer of the system's own events; on some platforms that is one that looks.

    Raises:
        Exception: the platform's module cannot be used.
    """
    from watchdog.observers import Observer  # noqa: PLC0415 (it looks at the platform, and warns of some)

    return Observer()


def watch_with(server: LiveReloadServer, watcher: Watcher, paths: Iterable[str]) -> None:
    """Let a watcher look at what the server's own observer was told to look at; `paths` are what is known of that."""
    for path in paths:
        with suppress(KeyError):  # not watched
            server.unwatch(path)
    server.observer = watcher  # type: ignore[assignment]  # it does all that the server asks of one
    for path in paths:
        server.watch(path)


def serve_live(
    server: LiveReloadServer,
    config: MkDocsConfig,
    draw_saved: Callable[[str], bool],
    rest: Callable[[], object],
    teller: Teller,
    words: Strings,
    events: Callable[[], BaseObserver] | None = system_events,
) -> PreviewBuilds:
    """Let a server that has built its site once build and show what we say, and return its builds from now on.

    `draw_saved` and `rest` are those of `PreviewBuilds`.
    """
    watcher, root = Watcher(server.observer, events, every=WITH_EVENTS), Path(server.root)
    watch_with(server, watcher, [it for it in (config.docs_dir, config.config_file_path) if it])
    site = PreviewSite(root, server.mount_path, {SCRIPT: _asset("live.js"), STYLE: _asset("live.css")}, words)
    builds = PreviewBuilds(
        whole=server.builder,
        draw_saved=draw_saved,
        rest=rest,
        docs=Path(config.docs_dir),
        watcher=watcher,
        teller=teller,
        site=site,
        folders=(root, root.with_name(f"{root.name}-next")),
    )
    server.builder, server.build_delay = builds, _SECONDS_TO_SETTLE
    server.set_app(site)
    return builds


def take_turns(server: LiveReloadServer, builds: PreviewBuilds, preview: Preview, metadata: Path) -> None:
    """Have each build of a preview take the turn, and watch the folder of the lock, whose absolute path `metadata` is.

    Whatever was written before a build belongs to it. From now on another may have the turn.
    """
    if not metadata.is_relative_to(builds.docs):
        metadata.mkdir(parents=True, exist_ok=True)
        server.watch(str(metadata))
    builds.fetching = preview
    preview.turn.give()


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


def _asset(name: str) -> str:
    return package_files("neco_weekly.site").joinpath("assets", name).read_text(encoding="utf-8")
