"""Sites that break TLS: certificates that prove nothing, connections that end in the middle."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.certificates import self_signed
from tests.sources.sites import PAGE, Route, Site

from .runs import Case, Run, raw, refresh, routes

TIMEOUT = 3
FAILURES = {
    "a certificate for another name": Case(page=PAGE, code="certificate"),
    "a certificate that nobody signed": Case(page=PAGE, code="certificate"),
    "cut off in the handshake": Case(page=PAGE, code="connection"),
    "a handshake of garbage": Case(page=PAGE, code="connection"),
    "a handshake that never ends": Case(page=PAGE, code="timeout"),
    "plain HTTP": Case(page=PAGE, code="connection"),
    "cut off in the body": Case(
        page=raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n<title>A page</title>"), code="connection"
    ),
    "cut off in a chunk": Case(
        page=raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n99\r\n<title>A page</title>"), code="connection"
    ),
}


@dataclass(frozen=True)
class Certificates:
    """Files with a key and its certificate. The child process trusts the first two."""

    right: Path
    other: Path
    unsigned: Path


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    folder = tmp_path_factory.mktemp("certificates")
    return Certificates(
        right=self_signed(folder / "right.pem", "127.0.0.1"),
        other=self_signed(folder / "other.pem", "127.0.0.2"),
        unsigned=self_signed(folder / "unsigned.pem", "127.0.0.1"),
    )


def secure(page: Route, file: Path, stack: ExitStack) -> str:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)
    site = Site({"/": page}, tls=context)
    stack.callback(site.close)
    return f"{site.url}/"


def bare(speak: Callable[[socket.socket], None], stack: ExitStack) -> str:
    """A port where `speak` does what it likes with each connection."""
    server = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
    connections: list[socket.socket] = []

    def accept() -> None:
        while True:
            try:
                connections.append(server.accept()[0])
            except OSError:  # the test is over
                break
            speak(connections[-1])
        for connection in connections:
            connection.close()

    threading.Thread(target=accept, daemon=True).start()
    stack.callback(server.shutdown, socket.SHUT_RDWR)
    return f"https://127.0.0.1:{server.getsockname()[1]}/"


def cut_off(connection: socket.socket) -> None:
    connection.recv(99)
    connection.shutdown(socket.SHUT_RDWR)


def garbage(connection: socket.socket) -> None:
    connection.sendall(b"\x16\x03\x01\xff\xff" + bytes(999))


def silence(_: socket.socket) -> None:
    """Say nothing."""


@pytest.fixture(scope="module")
def urls(certificates: Certificates) -> Iterator[dict[str, str]]:
    with ExitStack() as stack:
        plain, broken = Site({"/": PAGE}), routes(FAILURES)
        stack.callback(plain.close)
        yield {
            "a certificate for another name": secure(PAGE, certificates.other, stack),
            "a certificate that nobody signed": secure(PAGE, certificates.unsigned, stack),
            "cut off in the handshake": bare(cut_off, stack),
            "a handshake of garbage": bare(garbage, stack),
            "a handshake that never ends": bare(silence, stack),
            "plain HTTP": f"https://127.0.0.1:{plain.port}/",
            "cut off in the body": secure(broken["/cut-off-in-the-body"], certificates.right, stack),
            "cut off in a chunk": secure(broken["/cut-off-in-a-chunk"], certificates.right, stack),
            "as it should be": secure(PAGE, certificates.right, stack),
        }


@pytest.fixture(scope="module")
def run(urls: dict[str, str], certificates: Certificates, tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("hostile")
    trusted = folder / "trusted.crt"
    trusted.write_bytes(b"".join(Path(f"{it}.crt").read_bytes() for it in (certificates.right, certificates.other)))
    return refresh(
        folder / "project",
        urls.values(),
        *("--allow-private", "127.0.0.0/8", "--connections-per-host", "99", "--timeout", str(TIMEOUT)),
        environment={"SSL_CERT_FILE": str(trusted)},
    )


@pytest.mark.parametrize("name", FAILURES)
def test_ends_as_a_counted_failure(name: str, run: Run, urls: dict[str, str]) -> None:
    run.expect_failure(urls[name], FAILURES[name])


def test_a_certificate_that_was_signed_is_trusted(run: Run, urls: dict[str, str]) -> None:
    run.expect_card(urls["as it should be"], Case(page=PAGE, title="A page"))
