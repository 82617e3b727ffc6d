"""`neco serve`: MkDocs' live preview; with `--fetch`, what the lock does not know is fetched between two builds."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, NoReturn

import click

from ..fetchers import FetcherOptions, Outside, outside
from ..preview import Mentioned, Preview, Turn, answer
from ..project import Project
from . import INTERRUPTED, leave
from .fetch_while_serving import Fetching
from .fetcher_options import fetcher_options
from .printing import tell
from .site import open_project

SECONDS_TO_END = 10.0
"""Seconds that MkDocs has to end and to remove the site it has built."""

_NOT_WITH_FETCH = {
    "--no-livereload": "without live reload nothing would show what was fetched",
    "--dirty": "a dirty build does not draw again what was fetched",
}


@click.command(context_settings={"ignore_unknown_options": True})
@click.option("--fetch", is_flag=True, help="Fetch links and KEPs that the lock does not know, between two builds.")
@click.option("-f", "--config-file", type=click.Path(path_type=Path), help="In place of mkdocs.yml.")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[OPTIONS OF MKDOCS SERVE]…")
@fetcher_options
def serve(fetch: bool, config_file: Path | None, arguments: tuple[str, ...], **options: Any) -> NoReturn:
    """Show the site while it is written, and again at every change.

    All other options go to `mkdocs serve`: `--dev-addr 127.0.0.1:8001`, `--open`, `--strict`. Without --fetch nothing
    is fetched, unless `mkdocs.yml` says `fetch: missing`; with it, the options for whom to ask, and how, are those of
    `neco refresh`. What cannot be fetched is reported once, and asked for again when its address was taken out and
    written anew, or after ten minutes.
    """
    named = ("--config-file", str(config_file)) if config_file else ()
    try:
        if fetch:
            _refuse_what_hides_it(arguments)
            project = open_project(config_file or Path("mkdocs.yml"))
            with outside(FetcherOptions(**options), project, tell) as web:
                status = _serve_and_fetch((*named, *arguments), project, web)
        else:
            with _mkdocs((*named, *arguments)) as process:
                status = process.wait()
    except KeyboardInterrupt:
        status = INTERRUPTED
    leave(status if status >= 0 else 128 - status)  # as a shell reports a child that a signal has ended


def _refuse_what_hides_it(arguments: tuple[str, ...]) -> None:
    for refused, reason in _NOT_WITH_FETCH.items():
        if refused in arguments:
            raise click.UsageError(f"{refused} does not go with --fetch: {reason}")


def _serve_and_fetch(arguments: tuple[str, ...], project: Project, web: Outside) -> int:
    """Fetch after each build what the build found unknown, until MkDocs ends, and return the status of MkDocs."""
    (reading, writing), (answers, answering) = os.pipe(), os.pipe()
    preview = Preview(mentions=writing, answers=answers, turn=Turn.new())
    fetching = Fetching(project=project, web=web, turn=preview.turn)
    with _mkdocs(arguments, preview) as process:
        os.close(writing)
        with suppress(_EndedError), _until_the_end(process):
            reports = _heard(reading)
            while True:
                newest, count = _newest(reports)
                fetching.catch_up(newest)
                answer(answering, count)
        return process.wait()


@contextmanager
def _mkdocs(arguments: tuple[str, ...], preview: Preview | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """Run MkDocs as a child that ends with the context, or with this process. Ctrl-C comes to this process alone."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # `kill` ends the preview as Ctrl-C does
    command = [sys.executable, "-m", "neco_weekly.hosts.mkdocs", preview.argument if preview else "", *arguments]
    pipes = preview.pipes if preview else ()
    process = subprocess.Popen(command, stdin=subprocess.PIPE, pass_fds=pipes, process_group=0)
    try:
        yield process
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.stdin:
        process.stdin.close()
    try:
        process.wait(SECONDS_TO_END)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):  # who presses Ctrl-C again does not want to wait
        process.kill()
        process.wait()


class _EndedError(BaseException):
    """MkDocs has ended: nobody waits for a build any more."""


@contextmanager
def _until_the_end(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Raise _EndedError in the context as soon as MkDocs has ended, whatever is being waited for."""

    def look(*_: object) -> None:
        if process.poll() is not None:
            raise _EndedError

    before = signal.signal(signal.SIGCHLD, look)
    try:
        look()  # MkDocs may have ended before
        yield
    finally:
        signal.signal(signal.SIGCHLD, before)


def _heard(reading: int) -> SimpleQueue[Mentioned]:
    """Return a queue of what MkDocs reports: a build must not wait until somebody has time to read that."""
    reports = SimpleQueue[Mentioned]()

    def listen() -> None:
        with os.fdopen(reading, encoding="utf-8") as lines:
            for line in lines:
                reports.put(Mentioned.from_line(line))

    Thread(target=listen, daemon=True).start()
    return reports


def _newest(reports: SimpleQueue[Mentioned]) -> tuple[Mentioned, int]:
    """Return what the newest report found mentioned, and how many came: some were overtaken while neco fetched."""
    newest, count = reports.get(), 1
    with suppress(Empty):
        while True:
            newest, count = reports.get_nowait(), count + 1
    return newest, count
