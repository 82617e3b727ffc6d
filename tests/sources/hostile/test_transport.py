"""Sites that are slow, endless or broken below HTML: bytes that never come, never end, or are not what they say."""

from __future__ import annotations

import gzip
import io
import time
import zlib
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler

import pytest

from tests.sources.sites import Route, Site, drip, endless

from .runs import Case, Later, Run, raw, refresh_cases, routes, slug

TIMEOUT = 3
MANY = 50_000_000
HTML = b"<title>A title</title>"
STATUS = b"HTTP/1.1 200 OK\r\n"
OK, CHUNKED = b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
LONG = b"X: " + b"y" * 1000 + b"\r\n"


def compressed(coding: str, body: bytes, headers: Mapping[str, str] | None = None) -> Route:
    return (200, {"Content-Encoding": coding, **(headers or {})}, body)


def flood(head: bytes, drops: bytes) -> Route:
    """Write without end and as fast as can be."""

    def route(asked: BaseHTTPRequestHandler) -> None:
        asked.wfile.write(head)
        while True:
            asked.wfile.write(drops)

    return route


def gzip_of_nothing() -> bytes:
    """A kilobyte that tells the name of a file without a content."""
    file = io.BytesIO()
    gzip.GzipFile("x" * 1000, "wb", fileobj=file).close()
    return file.getvalue()


def silence(_: BaseHTTPRequestHandler) -> None:
    time.sleep(60)


def kept_open(content: bytes) -> Route:
    def route(asked: BaseHTTPRequestHandler) -> None:
        asked.wfile.write(content)
        time.sleep(60)

    return route


MANY = 24
"""How many sites do the same at once, which are more than a refresh asks at once together with the others here."""

WHOLE = b"<html><head>" + HTML + b"</head><body><p>Text</body></html>"
COOKIES = b"".join(b"Set-Cookie: c%d=%s; Path=/\r\n" % (it, b"x" * 2000) for it in range(80))


def cookies_first(asked: BaseHTTPRequestHandler) -> None:
    """Redirect to itself until a cookie comes back, and set 160 kB of others and one that is broken."""
    if "seen=1" in asked.headers.get("Cookie", ""):
        raw(OK + HTML)(asked)
    else:
        head = b"HTTP/1.1 302 Found\r\nSet-Cookie: seen=1; Path=/\r\nSet-Cookie: a=1; Max-Age\r\n" + COOKIES
        raw(head + b"Location: %s\r\nContent-Length: 0\r\n\r\n" % asked.path.encode())(asked)


FAILURES = {
    **{f"accepts and never answers {it}": Case(page=silence, code="timeout") for it in range(MANY)},
    **{f"answers byte by byte {it}": Case(page=drip(b"", b"H"), code="timeout") for it in range(MANY)},
    "endless Accept-Ranges": Case(
        page=flood(b"HTTP/1.1 206 Partial Content\r\n", b"Accept-Ranges: bytes\r\n"), code="connection"
    ),
    "endless Set-Cookie": Case(page=flood(b"HTTP/1.1 200 OK\r\n", b"Set-Cookie: a=1\r\n"), code="connection"),
    "huge cookies": Case(
        page=raw(b"HTTP/1.1 200 OK\r\n" + (b"Set-Cookie: a=" + b"x" * 60_000 + b"\r\n") * 9 + b"\r\n"), code="too-long"
    ),
    "circle that sets cookies": Case(
        page=raw(b"HTTP/1.1 302 Found\r\nLocation: circle-that-sets-cookies\r\n" + COOKIES + b"\r\n"), code="redirects"
    ),
    "chunks that never end nor hold a title": Case(page=drip(CHUNKED, b"1\r\n.\r\n"), code="no-title"),
    "slow drip of the status line": Case(page=drip(b"", b"H"), code="timeout"),
    "slow drip of headers": Case(page=drip(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", every=0.2), code="timeout"),
    "slow drip of one header": Case(page=drip(b"HTTP/1.1 200 OK\r\nX: ", b"y"), code="timeout"),
    "slow drip of the size of a chunk": Case(page=drip(CHUNKED, b"0"), code="timeout"),
    "slow drip before the title": Case(page=drip(OK, b"<p>"), code="no-title"),
    "silence": Case(page=silence, code="timeout"),
    "silence after the headers": Case(page=kept_open(OK), code="timeout"),
    "endless body without a title": Case(page=endless, code="no-title"),
    "endless headers": Case(page=flood(b"HTTP/1.1 200 OK\r\n", b"X: " + b"y" * 50_000 + b"\r\n"), code="too-long"),
    "100 MB of headers": Case(page=Later(lambda: raw(STATUS + b"X: y\r\n" * 16_000_000 + b"\r\n")), code="connection"),
    "one header of 100 MB": Case(page=Later(lambda: raw(STATUS + b"X: " + bytes(100_000_000))), code="connection"),
    "flood of 100 Continue": Case(page=flood(b"", b"HTTP/1.1 100 Continue\r\n" + LONG + b"\r\n"), code="too-long"),
    "flood of 103 Early Hints": Case(
        page=flood(b"", b"HTTP/1.1 103 Early Hints\r\n" + LONG + b"\r\n"), code="too-long"
    ),
    "gzip that is none": Case(page=compressed("gzip", HTML), code="compression"),
    "deflate that is none": Case(page=compressed("deflate", HTML), code="compression"),
    "brotli that nobody asked for": Case(page=compressed("br", b"\x8b\x0a\x80" + HTML + b"\x03"), code="compression"),
    "zstd that nobody asked for": Case(page=compressed("zstd", b"\x28\xb5\x2f\xfd\0\0\0\0"), code="compression"),
    "gzip in gzip, six times": Case(page=compressed(", ".join(["gzip"] * 6), gzip.compress(HTML)), code="compression"),
    "gzip of nothing without end": Case(
        page=flood(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", gzip_of_nothing() * 100), code="too-long"
    ),
    "body cut off": Case(page=raw(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n" + HTML), code="connection"),
    "huge Content-Length": Case(
        page=raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n" + HTML), code="connection"
    ),
    "two Content-Lengths": Case(
        page=raw(b"HTTP/1.1 200 OK\r\nContent-Length: 22\r\nContent-Length: 9\r\n\r\n" + HTML), code="connection"
    ),
    "chunk cut off": Case(page=raw(CHUNKED + b"99\r\n" + HTML), code="connection"),
    "cut off between chunks": Case(page=raw(CHUNKED + b"16\r\n" + HTML + b"\r\n"), code="connection"),
    "chunk of no size": Case(page=raw(CHUNKED + b"zz\r\n" + HTML + b"\r\n0\r\n\r\n"), code="connection"),
    "chunk of less than nothing": Case(page=raw(CHUNKED + b"-16\r\n" + HTML + b"\r\n0\r\n\r\n"), code="connection"),
    "chunk of an endless size": Case(page=raw(CHUNKED + b"f" * 100_000 + b"\r\n" + HTML), code="connection"),
    "endless extension of a chunk": Case(page=flood(CHUNKED, b"1;" + b"x" * 50_000 + b"\r\n.\r\n"), code="too-long"),
    "endless trailer": Case(page=flood(CHUNKED + b"0\r\n", b"X: " + b"y" * 50_000 + b"\r\n"), code="too-long"),
    "HTTP/0.9": Case(page=raw(HTML), code="connection"),
    "another protocol": Case(page=raw(b"SSH-2.0-OpenSSH_9.9 \x1b[31m\r\n"), code="connection"),
    "status line of garbage": Case(page=raw(b"HTTP/1.1 \xff\xfe\x1b]0;evil\x07\r\n\r\n" + HTML), code="connection"),
    "status 999": Case(page=(999, {}, HTML), code="999"),
    "304 that nobody asked for": Case(page=(304, {}, b""), code="304"),
    "nothing at all": Case(page=raw(b""), code="connection"),
}
CLEAN = {
    "Content-Length larger than the page": Case(page=raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n" + WHOLE)),
    "Content-Length larger than what came of the page": Case(
        page=raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n" + WHOLE[:-20])
    ),
    "Content-Length smaller than the page": Case(page=raw(b"HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\n" + WHOLE)),
    "Content-Length of the unpacked page": Case(
        page=compressed("gzip", gzip.compress(WHOLE * 99), {"Content-Length": str(99 * len(WHOLE))})
    ),
    "Content-Range that is none": Case(
        page=raw(b"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 9-2/x\r\nAccept-Ranges: none\r\n\r\n" + HTML)
    ),
    "chunks that never end": Case(page=drip(CHUNKED + b"16\r\n" + HTML + b"\r\n", b"1\r\n.\r\n")),
    "chunk that never comes": Case(page=kept_open(CHUNKED + b"16\r\n" + HTML + b"\r\n99\r\n")),
    "cookies first": Case(page=cookies_first),
    "160 kB of cookies": Case(page=raw(b"HTTP/1.1 200 OK\r\n" + COOKIES + b"\r\n" + HTML)),
    "slow drip of the body": Case(page=drip(OK + HTML, b".")),
    "endless body": Case(page=flood(OK + HTML, b"<p>x" * 10_000)),
    "endless chunks": Case(page=flood(CHUNKED + b"16\r\n" + HTML + b"\r\n", b"400\r\n" + b"<p>x" * 256 + b"\r\n")),
    "gzip bomb": Case(page=Later(lambda: compressed("gzip", gzip.compress(HTML + bytes(MANY))))),
    "deflate bomb": Case(page=Later(lambda: compressed("deflate", zlib.compress(HTML + bytes(MANY))))),
    "gzip bomb in gzip": Case(
        page=Later(lambda: compressed("gzip, gzip", gzip.compress(gzip.compress(HTML + bytes(MANY)))))
    ),
    "gzip cut off": Case(page=compressed("gzip", gzip.compress(HTML + bytes(range(256)) * 99)[:-20])),
    "negative Content-Length": Case(page=raw(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n" + HTML)),
    "connection that is never closed": Case(page=kept_open(OK + HTML)),
    "keep-alive that is never closed": Case(
        page=kept_open(b"HTTP/1.1 200 OK\r\nContent-Length: 22\r\n\r\n" + HTML + b"!")
    ),
    "103 Early Hints": Case(page=raw(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK + HTML)),
    "line breaks in an ETag": Case(page=raw(b'HTTP/1.1 200 OK\r\nETag: "a\r X-Evil: 1"\r\n\r\n' + HTML)),
    "another header in an ETag": Case(page=raw(b'HTTP/1.1 200 OK\r\nETag: "a\r\n X-Evil: 1"\r\n\r\n' + HTML)),
    "control characters in a Content-Type": Case(
        page=raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html;\x00charset=\x1b[31m\r\n\r\n" + HTML)
    ),
    "cookies": Case(page=(200, {"Set-Cookie": "a=s3cret; Path=/"}, HTML)),
    "icon that never ends": Case(
        page=(200, {}, HTML + b"<link rel=icon href=never-ending-icon>"), routes={}, title="A title"
    ),
    "image that drips": Case(
        page=(200, {}, HTML + b"".join(b"<meta property=og:image content=dripping-%d>" % it for it in range(3))),
        notes=("its image is not kept", "took too long"),
    ),
}
CASES = {**FAILURES, **CLEAN}


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    more: dict[str, Route] = {f"/dripping-{it}": drip(OK + b"\x89PNG", b".") for it in range(3)}
    opened = Site({**routes(CASES), **more, "/never-ending-icon": flood(OK + b"\0\0\1\0", bytes(10_000))})
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def run(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """All of them at once, which takes no more memory and hardly more time than the worst of them."""
    return refresh_cases(tmp_path_factory.mktemp("hostile"), site.url, CASES, "--timeout", str(TIMEOUT))


@pytest.mark.parametrize("name", FAILURES)
def test_ends_as_a_counted_failure(name: str, run: Run, site: Site) -> None:
    run.expect_failure(f"{site.url}/{slug(name)}", FAILURES[name])


@pytest.mark.usefixtures("run")
def test_a_page_does_not_cost_the_time_of_all_pictures_that_it_names(site: Site) -> None:
    assert [asked.path for asked in site.asked if asked.path.startswith("/dripping")] == ["/dripping-0"]


@pytest.mark.parametrize("name", CLEAN)
def test_ends_as_a_clean_card(name: str, run: Run, site: Site) -> None:
    run.expect_card(f"{site.url}/{slug(name)}", CLEAN[name])
