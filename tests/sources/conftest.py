"""What the tests of sources stand on: web sites on loopback, git repositories in temporary folders."""

from __future__ import annotations

import contextlib
import os
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingTCPServer

import pytest

Handler = Callable[[BaseHTTPRequestHandler], None]
Route = Handler | tuple[int, Mapping[str, str], bytes]

HISTORY = Path(__file__).parents[3] / "shared/keps/kep-history.bundle"


@dataclass(frozen=True)
class Asked:
    """A request that reached a site."""

    path: str
    headers: Mapping[str, str]
    at: float = field(default_factory=time.monotonic)


class Site:
    """A web site on loopback. A route is an answer, or a function that writes one; others answer 404."""

    def __init__(
        self, routes: Mapping[str, Route], *, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
    ) -> None:
        self.asked: list[Asked] = []
        self._server = _Server((host, 0), _handler(routes, self.asked))
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self.port = int(self._server.server_address[1])
        self.url = f"{'https' if tls else 'http'}://{host}:{self.port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingTCPServer):
    request_queue_size = 64
    daemon_threads = True
    block_on_close = False  # a hostile route may never end

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is what many tests want."""


def _handler(routes: Mapping[str, Route], asked: list[Asked]) -> type[BaseHTTPRequestHandler]:
    class Routes(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(Asked(self.path, {name.lower(): value for name, value in self.headers.items()}))
            route = routes.get(self.path, (404, {}, b""))
            if not isinstance(route, tuple):
                route(self)
                return
            status, headers, body = route
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Routes


Serve = Callable[..., Site]


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


class GitFolder:
    """A git repository under construction, deaf to the configuration of the machine."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=master", "--template=")
        with (path / ".git/config").open("a") as config:
            config.write("[uploadpack]\n\tallowFilter = true\n")

    def git(self, *arguments: str, at: str = "2024-01-01T00:00:00Z") -> str:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.path),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "A",
            "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "A",
            "GIT_COMMITTER_EMAIL": "a@example.org",
            "GIT_AUTHOR_DATE": at,
            "GIT_COMMITTER_DATE": at,
        }
        command = ["git", "-C", str(self.path), *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()

    def commit(
        self, files: Mapping[str, str | None], *, subject: str = "a change", at: str = "2024-01-01T00:00:00Z"
    ) -> None:
        """Write files (None: delete) and commit."""
        for name, text in files.items():
            file = self.path / name
            if text is None:
                file.unlink()
            else:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", subject, at=at)


@pytest.fixture
def upstream(tmp_path: Path) -> GitFolder:
    """An empty repository with a work tree, to be filled by the test."""
    return GitFolder(tmp_path / "enhancements")


@pytest.fixture(scope="session")
def kep_history() -> Path:
    """The history of every kep.yaml of kubernetes/enhancements, which lies beside the project and not in it."""
    if not HISTORY.exists():
        pytest.skip(f"{HISTORY} is absent")
    return HISTORY
