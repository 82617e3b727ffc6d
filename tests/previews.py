"""`neco serve` as a process, and what a browser and a writer see of it."""

from __future__ import annotations

import contextlib
import os
import random
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

from bs4 import BeautifulSoup

from tests.sites import PATIENCE, QUIET, Folder, interruptible, issue_page

QUIET_AFTER = 1.5
"""Seconds without a word after which nothing more is to come: MkDocs looks at its files twice a second."""


def eventually(happens: Callable[[], object], what: str) -> None:
    """Wait for a condition.

    Raises:
        AssertionError: it did not come true.
    """
    end = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < end, what
        time.sleep(0.02)


def free_port() -> int:
    """One that nobody listens at, and below those that systems give away, so that it is still free a moment later."""
    for port in random.sample(range(10_000, 30_000), 100):
        with socket.socket() as sock, contextlib.suppress(OSError):
            sock.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


@contextlib.contextmanager
def serving(
    folder: Folder,
    *arguments: str | Path,
    port: int,
    temporary: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[subprocess.Popen[str]]:
    """`neco serve` in a session of its own, with a folder for its temporary files. It ends with the block."""
    process = subprocess.Popen(
        interruptible("neco", "serve", "--dev-addr", f"127.0.0.1:{port}", *arguments),
        cwd=folder.root,
        env={**os.environ, **QUIET, **({"TMPDIR": str(temporary)} if temporary else {}), **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    with process:
        try:
            yield process
        finally:
            process.terminate()


@dataclass
class Preview:
    """A running preview. `said` is what was written to the terminal, line by line."""

    folder: Folder
    process: subprocess.Popen[str]
    url: str
    said: list[str] = field(default_factory=list)
    last: float = field(default_factory=time.monotonic)

    @cached_property
    def listener(self) -> threading.Thread:
        """Gathers what is said, until nobody is there any more to say anything."""
        return threading.Thread(target=self._listen)

    def _listen(self) -> None:
        for line in self.process.stdout or ():
            self.said.append(line.rstrip())
            self.last = time.monotonic()

    def times(self, words: str) -> int:
        """How many lines have these words."""
        return sum(words in line for line in self.said)

    @property
    def builds(self) -> int:
        """How often the whole site was built."""
        return self.times("Documentation built in") + self.times("All pages are as they were written")

    def until(self, happens: Callable[[], object]) -> None:
        """Wait for a condition; where it does not come true, tell what was said."""
        try:
            eventually(happens, "")
        except AssertionError as error:
            raise AssertionError("\n".join(self.said)) from error

    def until_quiet(self) -> None:
        self.until(lambda: time.monotonic() - self.last > QUIET_AFTER)

    def issue(self, date: str) -> BeautifulSoup:
        """An issue's page as a reader gets it now."""
        with urlopen(self.url + issue_page(date).removesuffix("index.html")) as answer:
            return BeautifulSoup(answer.read(), "lxml")

    def cards(self, date: str) -> list[tuple[str, bool]]:
        """Titles of the cards of an issue, and whether they are pending."""
        cards = self.issue(date).select(".neco-card")
        return [(card.get_text(" ", strip=True), "neco-card--pending" in (card.get("class") or [])) for card in cards]

    def reloads(self, date: str) -> list[str]:
        """How often a browser loads the page again from now on: versions of the page, as they come."""
        address = issue_page(date).removesuffix("index.html")
        seen = str(self.issue(date).select("script[data-seen]")[0]["data-seen"])
        versions: list[str] = []

        def wait() -> None:
            version = seen
            with contextlib.suppress(OSError, HTTPException):
                while self.process.poll() is None:
                    query = urlencode({"page": f"/{address}", "seen": version})
                    with urlopen(f"{self.url}neco-preview/wait?{query}", timeout=PATIENCE) as answer:
                        newest = answer.read().decode()
                    if newest != version:
                        versions.append(newest)
                        version = newest

        threading.Thread(target=wait, daemon=True).start()
        return versions


@contextlib.contextmanager
def preview(
    folder: Folder,
    *arguments: str | Path,
    temporary: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Preview]:
    """A preview that has drawn the site once, and ends with the block."""
    port = free_port()
    with serving(folder, *arguments, port=port, temporary=temporary, environment=environment) as process:
        shown = Preview(folder, process, f"http://127.0.0.1:{port}/")
        shown.listener.start()
        try:
            shown.until(lambda: shown.times("Serving on"))
            with urlopen(shown.url) as answer:  # an interrupt before the first answer upsets MkDocs
                answer.read()
            yield shown
        finally:
            process.terminate()
            shown.listener.join()
