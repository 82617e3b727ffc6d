"""What many tests stand on: web sites on loopback."""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Iterator, Mapping

import pytest

from .sources.sites import Route, Serve, Site


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
