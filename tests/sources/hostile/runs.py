"""`neco refresh` as a process of its own against sites that mean harm: what it made, and in which memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from neco_weekly.lock.store import load_lock
from neco_weekly.model.cards import Card

from tests.sites import PATIENCE, QUIET, Folder, new_folder, squeezed
from tests.sources.sites import Handler, Route

MOST_MB = 300
"""The memory that no run may exceed."""

DATE = "2026-01-09"
FORBIDDEN = frozenset("script style iframe object embed link meta base form input svg math template video".split())
ADDRESSES = frozenset("href src srcset action formaction poster data background cite ping xlink:href".split())
# VmHWM and not getrusage, whose peak a process takes over from the one that started it.
_PROGRAM = """
import sys
from pathlib import Path
from neco_weekly.hosts.cli import main
try:
    main()
finally:
    lines = Path("/proc/self/status").read_text().splitlines()
    print(next(line for line in lines if line.startswith("VmHWM")), file=sys.stderr)
"""


@dataclass(frozen=True)
class Later:
    """A large route, made when its site opens: every worker imports all tests, and one opens the site."""

    make: Callable[[], Route]


@dataclass(frozen=True, kw_only=True)
class Case:
    """A page that means harm, and what must become of it: a counted failure with a code, or a clean card.

    `routes` are paths below the case's own address, "" the page itself. `notes` stand in what the run tells of it.
    """

    page: Route | Later
    routes: Mapping[str, Route | Later] | None = None
    code: str | None = None
    title: str | None = "A title"
    description: str | None = None
    image: bool = False
    icon: bool = False
    notes: tuple[str, ...] = ()


def routes(cases: Mapping[str, Case]) -> dict[str, Route]:
    """The routes of a site with all cases."""
    return {
        f"/{slug(name)}{path}": route.make() if isinstance(route, Later) else route
        for name, case in cases.items()
        for path, route in {"": case.page, **(case.routes or {})}.items()
    }


def slug(name: str) -> str:
    """The address of a case on its site; `x/` below it is its own."""
    return "".join(it if it.isalnum() else "-" for it in name)


@dataclass(frozen=True)
class Run:
    """A finished `neco refresh`: MB of memory at its peak, and the URLs that came to an end."""

    folder: Folder
    status: int
    out: str
    error: str
    peak_mb: float
    ended: frozenset[str]

    @cached_property
    def cards(self) -> Mapping[str, Card]:
        return load_lock(self.folder.docs / "_metadata").cards

    @cached_property
    def written(self) -> Mapping[str, Any]:
        """`cards.json` as a reviewer sees it."""
        text = (self.folder.docs / "_metadata/cards.json").read_text(encoding="utf-8")
        cards: Mapping[str, Any] = json.loads(text)["cards"]
        return cards

    @cached_property
    def page(self) -> BeautifulSoup:
        """The issue with all cards, built by MkDocs."""
        return self.folder.build().issue(DATE)

    def expect_failure(self, url: str, case: Case) -> None:
        """The failure is counted, tells why, and is all that is known."""
        entry = self.written[url]
        assert (entry["failures"]["count"], entry["failures"]["last"]) == (1, case.code)
        assert entry.keys() == {"failures"}
        (line,) = (line for line in self.out.splitlines() if line.startswith(f"not fetched: {url}: "))
        assert line.isprintable()
        self._expect_little(url)

    def expect_card(self, url: str, case: Case) -> None:
        """The card is good, and says what it should; what is no good is left out and told."""
        card = self.cards[url]
        assert (card.failures, card.title, card.description) == (None, case.title, case.description)
        assert (card.image is not None, card.icon is not None) == (case.image, case.icon)
        told = [line for line in self.out.splitlines() if line.startswith((f"{url}: ", f"to know: {url}: "))]
        for note in case.notes:
            assert any(note in line for line in told), told
        assert all(line.isprintable() for line in told)
        drawn = next(it for it in self.page.select(".neco-card") if it["data-url"] == url)
        assert squeezed(case.title or "") in squeezed(drawn.get_text(" "))
        expect_harmless(self.page)
        self._expect_little(url)

    def _expect_little(self, url: str) -> None:
        assert url in self.ended
        assert self.peak_mb < MOST_MB


def expect_harmless(page: BeautifulSoup) -> None:
    """Nothing in the page's own text runs, loads from elsewhere, or leads to anything but the web."""
    article = page.select_one("article")
    assert article
    for element in article.select("*"):
        assert element.name not in FORBIDDEN, element
        for name, value in element.attrs.items():
            assert not name.startswith("on"), element
            if name in ADDRESSES:
                assert urlsplit(str(value)).scheme in ("", "http", "https"), element
    assert not [it for it in article.select("[src]") if "//" in str(it["src"])]


def refresh_cases(root: Path, site: str, cases: Iterable[str], *arguments: str, private: str = "127.0.0.0/8") -> Run:
    """Refresh the cards of all cases of a site at once; `private` is the network that may be fetched from."""
    allowed = ("--allow-private", private, "--connections-per-host", "99")
    return refresh(root / "project", [f"{site}/{slug(name)}" for name in cases], *allowed, *arguments)


def refresh(root: Path, urls: Iterable[str], *arguments: str, environment: Mapping[str, str] | None = None) -> Run:
    """Write an issue with a line for each URL, and refresh its cards. What does not end is ended."""
    folder = new_folder(root)
    folder.issue(DATE, "\n\n".join(urls))
    command = [sys.executable, "-c", _PROGRAM, "refresh", "--only", "cards", "--per-host-delay", "0", *arguments]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        with subprocess.Popen(
            command,
            cwd=folder.root,
            env={**os.environ, **QUIET, **(environment or {})},
            stdout=out,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        ) as process:
            watch = threading.Timer(PATIENCE, process.kill)
            watch.start()
            assert process.stderr
            error = process.stderr.read()
            watch.cancel()
        out.seek(0)
        told = out.read()
    assert process.returncode >= 0, f"came to no end:\n{told}\n{error}"
    return Run(
        folder=folder,
        status=process.returncode,
        out=told,
        error=error,
        peak_mb=next(int(line.split()[1]) / 1000 for line in reversed(error.splitlines()) if line.startswith("VmHWM")),
        ended=frozenset(line.removeprefix("asked: ") for line in error.splitlines() if line.startswith("asked: ")),
    )


def raw(content: bytes) -> Handler:
    """A route that writes these very bytes, status line and all."""

    def route(asked: BaseHTTPRequestHandler) -> None:
        asked.wfile.write(content)

    return route
