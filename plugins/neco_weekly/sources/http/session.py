"""The session of one chain of redirects: `requests`, held to connections that were checked and to rules of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, Retry

from .cookies import Cookies
from .web_address import WebAddress

OpenPool = Callable[[WebAddress], HTTPConnectionPool]
"""A function from a web address to a pool for one request: there the host is looked up, and its addresses checked."""


class Session(requests.Session):
    """A session for one chain of redirects. Neither proxies, netrc nor certificates of the environment are looked for.

    It follows no redirect: that would be read to its end first, whatever its length, and followed by other rules.
    """

    def __init__(self, open_pool: OpenPool) -> None:
        super().__init__()
        self.trust_env = False
        self._adapter = _GuardedAdapter(open_pool)
        for scheme in ("http://", "https://"):
            self.mount(scheme, self._adapter)
        self._cookies_by_host = Cookies()

    @contextmanager
    def asked(self, address: WebAddress, headers: Mapping[str, str], *, timeout: float) -> Iterator[requests.Response]:
        """Send a GET request; within the context its response may be read, behind it the connection is closed.

        Raises:
            FetchError: no pool could be opened.
            requests.RequestException, urllib3.exceptions.HTTPError, TooMuchError: the request failed.
        """
        self.cookies = self._cookies_by_host.of(address)
        request = requests.PreparedRequest()
        request.prepare_method("GET")
        request.url = address.url  # not by `prepare_url`, which would spell it anew
        request.prepare_headers({**headers, "Host": address.netloc})
        request.prepare_cookies(self.cookies)
        request.prepare_hooks(None)
        try:
            with self.send(request, stream=True, allow_redirects=False, timeout=timeout) as response:
                yield response
        finally:
            self._adapter.close()

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Return that there is none: even without being told to follow one, `requests` reads the body of a redirect."""


class _GuardedAdapter(HTTPAdapter):
    """A transport adapter that opens a pool for each request, asks once, and leaves TLS to the pool's own context."""

    def __init__(self, open_pool: OpenPool) -> None:
        super().__init__(max_retries=Retry(total=False))
        self._open_pool = open_pool
        self._pool: HTTPConnectionPool | None = None

    def get_connection_with_tls_context(
        self, request: requests.PreparedRequest, *_args: object, **_kwargs: object
    ) -> HTTPConnectionPool:
        self._pool = self._open_pool(WebAddress.parse(request.url or ""))
        return self._pool

    def close(self) -> None:
        if self._pool:
            self._pool.close()
        super().close()

    def cert_verify(self, *_args: object, **_kwargs: object) -> None:
        """Do nothing: here `requests` would have each connection read all certificates again, and only Mozilla's."""
