"""How `neco refresh` treats hosts: few connections at once, over pages, images and icons alike; who it says it is."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from neco_weekly import __version__

from tests.hosts.test_cli import LOOPBACK, neco
from tests.hosts.test_cli_cards import picture
from tests.sites import PATIENCE, Folder, new_folder
from tests.sources.sites import PAGE, Route, Serve, silence

PAGES = 12
ICON = picture("tan", (64, 64))


class Crowded:
    """Routes of a host that counts who is there at once; pages, images and icons are its own.

    Nobody gets an answer before `expected` have been there at once.
    """

    def __init__(self, expected: int = 2) -> None:
        self.most = self._now = 0
        self._expected, self._full = expected, threading.Event()
        self._mutex = threading.Lock()
        self.routes: dict[str, Route] = {}
        for number in range(PAGES):
            image, icon = f"<meta property=og:image content=/{number}.png>", f"<link rel=icon href=/{number}.ico>"
            self.routes[f"/{number}"] = self._slow(f"<title>Page {number}</title>{image}{icon}".encode())
            self.routes[f"/{number}.png"] = self.routes[f"/{number}.ico"] = self._slow(ICON)

    def _slow(self, body: bytes) -> Route:
        def route(asked: BaseHTTPRequestHandler) -> None:
            with self._mutex:
                self._now += 1
                self.most = max(self.most, self._now)
                if self.most >= self._expected:
                    self._full.set()
            self._full.wait(PATIENCE)
            time.sleep(0.03)  # in which one more would come
            with self._mutex:
                self._now -= 1
            asked.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n" + body)

        return route


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return new_folder(tmp_path / "project")


def refresh(folder: Folder, urls: Sequence[str], *options: str) -> None:
    folder.issue("2026-01-09", "\n\n".join(urls))
    done = neco(folder, "refresh", "--only", "cards", "--strict", *LOOPBACK, *options)
    assert done.status == 0, done.out


@pytest.mark.parametrize(
    ("options", "most"), [((), 2), (("--connections-per-host", "1"), 1), (("--connections-per-host", "5"), 5)]
)
def test_few_connections_to_a_host_at_once(options: Sequence[str], most: int, serve: Serve, folder: Folder) -> None:
    hosts = {"127.0.0.1": Crowded(most), "127.0.0.2": Crowded(most)}
    sites = [serve(crowd.routes, host=host) for host, crowd in hosts.items()]
    refresh(folder, [f"{site.url}/{number}" for site in sites for number in range(PAGES)], *options)
    assert [crowd.most for crowd in hosts.values()] == [most, most]
    assert [len(site.asked) for site in sites] == [3 * PAGES, 3 * PAGES]


def test_ports_of_a_host_are_one_host(serve: Serve, folder: Folder) -> None:
    crowd = Crowded()
    sites = [serve(crowd.routes) for _ in range(2)]
    refresh(folder, [f"{site.url}/{number}" for site in sites for number in range(PAGES)])
    assert crowd.most == 2


@pytest.mark.parametrize(
    ("settings", "agent"),
    [
        ({}, f"neco-weekly/{__version__} (link metadata for a newsletter; +https://neco.test/)"),
        ({"site_url": None}, f"neco-weekly/{__version__} (link metadata for a newsletter)"),
    ],
    ids=["a site with an address", "a site without"],
)
def test_everybody_hears_who_asks(settings: dict[str, None], agent: str, serve: Serve, folder: Folder) -> None:
    folder.configure(**settings)
    site = serve({"/": PAGE})
    refresh(folder, [f"{site.url}/"])
    assert {(it.headers["user-agent"], it.headers["accept-language"]) for it in site.asked} == {(agent, "ja,en;q=0.8")}


def test_a_request_may_be_given_less_time(serve: Serve, folder: Folder) -> None:
    site = serve({"/": silence()})
    folder.issue("2026-01-09", f"{site.url}/")
    done = neco(folder, "refresh", "--only", "cards", *LOOPBACK, "--timeout", "0.3")
    assert done.out.splitlines()[0] == f"not fetched: {site.url}/: took longer than 0.3 s"


@pytest.mark.parametrize("timeout", ["0", "-1", "soon"])
def test_no_time_at_all_is_none(timeout: str, folder: Folder) -> None:
    done = neco(folder, "refresh", "--timeout", timeout)
    assert (done.status, "--timeout" in done.error) == (2, True)
