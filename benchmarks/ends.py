"""`bench ends`: how soon what would never end does: a request to a site that does not, an interrupted refresh."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from measure import BenchmarkError, progress
from neco_weekly.model.errors import FetchError
from neco_weekly.sources.http import Http
from options import add_results
from report import Target, table, targets_table, write_results

from tests.previews import eventually
from tests.sites import PATIENCE, interruptible, new_folder
from tests.sources.sites import POLICY, Handler, Site, drip, endless, silence

RESULTS = Path(__file__).with_name("ends-results.json")
TIMEOUT = 0.3
HEAD, CHUNKED = b"HTTP/1.0 200 OK\r\n", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
PAGE = HEAD + b"Content-Type: text/html\r\n\r\n<title>"
SITES: dict[str, Handler] = {
    "drip of the status line": drip(b"", b"H"),
    "drip of headers": drip(HEAD, b"X-More: .\r\n"),
    "drip of one header": drip(HEAD + b"X-Long: ", b"."),
    "drip of a chunk's size": drip(CHUNKED, b"0"),
    "drip of a body": drip(PAGE, b"."),
    "drip of chunks": drip(CHUNKED + b"1\r\nx\r\n", b"1\r\n.\r\n"),
    "silence": silence(),
    "silence after the headers": silence(HEAD + b"\r\n"),
    "endless body": endless,
    "error whose body never comes": silence(b"HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\n"),
}
REPOSITORY = "/k.git/info/refs?service=git-upload-pack"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Wall seconds until the end, and those in which it has to come."""

    what: str
    seconds: float
    at_most: float


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command line of `bench ends`."""
    add_results(parser, RESULTS)


def run(options: argparse.Namespace) -> int:
    """Measure, print the tables, write the results; the exit status."""
    results = [*_requests(), *_interrupts()]
    targets = [Target(name=f"{it.what}, s", measured=it.seconds, at_most=it.at_most) for it in results]
    print(
        "\n\n".join((table(("until it ends", "s"), ((it.what, it.seconds) for it in results)), targets_table(targets)))
    )
    write_results(options.json, ("urllib3",), targets, results=results)
    return 1 if options.strict and any(target.missed for target in targets) else 0


def _requests() -> Iterator[Result]:
    """Requests that may take 0.3 seconds."""
    http = Http(replace(POLICY, timeout=TIMEOUT, max_bytes=1000))
    for name, route in SITES.items():
        progress(name)
        with closing(Site({"/": route})) as site:
            began = time.perf_counter()
            with suppress(FetchError):
                http.get(site.url)
            yield Result(what=f"request for {TIMEOUT:g} s, {name}", seconds=time.perf_counter() - began, at_most=1.5)


def _interrupts() -> Iterator[Result]:
    """Ctrl-C while a refresh waits for a page, and while git waits for a repository."""
    for what, only, path in (("page", "cards", "/slow"), ("repository", "keps", REPOSITORY)):
        for whom, interrupt in (("the process", os.kill), ("its group", os.killpg)):
            progress(f"Ctrl-C to {whom} while it waits for a {what}")
            seconds = _seconds_to_end(only, path, interrupt)
            yield Result(what=f"refresh, Ctrl-C to {whom} while it waits for a {what}", seconds=seconds, at_most=5)


def _seconds_to_end(only: str, path: str, interrupt: Callable[[int, int], None]) -> float:
    with (
        tempfile.TemporaryDirectory(prefix="neco-bench-") as temporary,
        closing(Site({path: drip(PAGE, b"x")})) as site,
    ):
        folder = new_folder(Path(temporary))
        folder.issue("2026-01-09", f"KEP-127\n\n{site.url}/slow")
        asking = ("--only", only, "--allow-private", "127.0.0.0/8", "--timeout", str(PATIENCE))
        with subprocess.Popen(
            interruptible("neco", "refresh", *asking, "--source", f"{site.url}/k.git"),
            cwd=folder.root,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as process:
            eventually(lambda: any(it.path == path for it in site.asked), f"{path} was never asked for")
            began = time.perf_counter()
            interrupt(process.pid, signal.SIGINT)
            status = process.wait(PATIENCE)
            seconds = time.perf_counter() - began
    if status != 130:
        raise BenchmarkError(f"an interrupted refresh ended with status {status}, not 130")
    return seconds
