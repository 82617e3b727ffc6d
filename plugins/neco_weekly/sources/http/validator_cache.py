"""The validator cache: responses of earlier runs, so that what did not change is not sent again.

Validators are ETag and Last-Modified (RFC 9110, 8.8 and 13). They lie in the cache folder and not in the lock, for they
change with every deployment of a site, and nobody wants to review that. Without the cache everything is asked for
again, and nothing else is different. Not kept are responses that came in part, of which a site says `no-store`, or that
a secret was sent for, but for those of which the caller knows that they are public.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from ...lock.whole_files import sweep, write_whole
from . import Get, Response, StatusError

FORGOTTEN_AFTER = 180 * 24 * 3600.0
"""Seconds after which a response that nobody asked for is removed from the cache."""

_FORMAT = 2  # a new one where pictures are made in another way, or pages read with other headers

_KEPT_HEADERS = ("content-type", "content-disposition", "etag", "last-modified")

_CONDITIONS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}

_NOT_MODIFIED = 304

_LONGEST_BODY = 10_000_000

Keep = Callable[[Response], bytes]
"""A function from a response to what of it is kept and given back; may raise FetchError for a useless response."""


class ValidatorCache:
    """GET requests of many threads with the validators of earlier responses, which a 304 (not modified) gives back."""

    def __init__(self, get: Get, folder: Path) -> None:
        self._get = get
        self._folder = folder

    def get(self, url: str, *, headers: Mapping[str, str] | None = None, max_bytes: int | None = None) -> Response:
        """Return the response of an address as `Http.get` does, from the cache where the server says not modified.

        A response from the cache has status 200, and those of its headers that say what the body is.

        Raises:
            FetchError: as `Http.get`.
        """
        return self.ask(url, headers=headers, max_bytes=max_bytes, keep=lambda response: response.body)

    def get_public(
        self, url: str, *, headers: Mapping[str, str] | None = None, max_bytes: int | None = None
    ) -> Response:
        """Return a response as `get` does, where the secret that is sent is known to show nothing but what is public.

        Only responses from that very address are kept: where a redirect leads, nobody knows who may read.

        Raises:
            FetchError: as `Http.get`.
        """
        return self.ask(url, headers=headers, max_bytes=max_bytes, keep=lambda response: response.body, public=True)

    def ask(
        self,
        url: str,
        *,
        keep: Keep,
        purpose: str = "",
        public: bool = False,
        headers: Mapping[str, str] | None = None,
        max_bytes: int | None = None,
    ) -> Response:
        """Return the response of an address, with a body that is what `keep` makes of the server's.

        `purpose` names the way in which `keep` works, so that two ways with one address do not share a place in the
        cache. `public` is as `get_public` says.

        Raises:
            FetchError: as `Http.get`, and as `keep`.
        """
        sent = dict(headers or {})
        secret = [name for name in sent if name.lower() == "authorization"]
        if secret and not public:
            response = self._get(url, headers=sent, max_bytes=max_bytes)
            return replace(response, body=keep(response))
        path = self._path(url, purpose, {name: value for name, value in sent.items() if name not in secret})
        known = _load(path)
        response = self._asked(url, known, sent, max_bytes)
        if response is known:
            _touch(path)
            return known
        response = replace(response, body=keep(response))
        if _may_be_kept(response) and (not secret or response.url == url):
            _save(path, response)
        return response

    def tidy(self) -> None:
        """Remove cached responses that nobody asked for in a long time (`FORGOTTEN_AFTER`), and what the dead left."""
        sweep(self._folder)
        limit = time.time() - FORGOTTEN_AFTER
        for path in self._folder.glob("*"):
            with suppress(OSError):
                if path.stat().st_mtime < limit:
                    path.unlink(missing_ok=True)

    def _asked(self, url: str, known: Response | None, headers: Mapping[str, str], max_bytes: int | None) -> Response:
        """Return the known response itself where the server says that nothing changed, else a new one."""
        if known:
            try:
                return self._get(url, headers={**headers, **_conditions(known)}, max_bytes=max_bytes)
            except StatusError as error:
                if error.status != _NOT_MODIFIED:
                    raise
                if error.url == known.url:
                    return known
            # A redirect led elsewhere: "not modified" is said of a page that was not read before.
        return self._get(url, headers=headers, max_bytes=max_bytes)

    def _path(self, url: str, purpose: str, headers: Mapping[str, str]) -> Path:
        question = json.dumps([_FORMAT, purpose, url, sorted(headers.items())])
        return self._folder / hashlib.sha256(question.encode()).hexdigest()


def _conditions(known: Response | None) -> dict[str, str]:
    """Return headers that ask for a response only if it differs; validators with odd characters are left out."""
    stored = {name: known.headers.get(key, "") for key, name in _CONDITIONS.items()} if known else {}
    return {name: value for name, value in stored.items() if value and value.isascii() and value.isprintable()}


def _may_be_kept(response: Response) -> bool:
    """Whether a response has a validator and came whole: half a page would come back for ever."""
    forbidden = "no-store" in response.headers.get("cache-control", "").lower()
    short = len(response.body) <= _LONGEST_BODY  # a longer one could not be read back
    return response.complete and short and bool(_conditions(response)) and not forbidden


def _touch(path: Path) -> None:
    with suppress(OSError):  # a cache that cannot be written is no cache, and no trouble
        os.utime(path)


def _load(path: Path) -> Response | None:
    """Return the response in a cache file; None where there is none, or a damaged one."""
    try:
        first, _, packed = path.read_bytes().partition(b"\n")
        stored: dict[str, Any] = json.loads(first)
        unpacker = zlib.decompressobj()
        body = unpacker.decompress(packed, _LONGEST_BODY)
        headers = {str(name): str(value) for name, value in stored["headers"].items()}
        # zlib's checksum stands at the end: a file that was cut never reaches it.
        return Response(url=str(stored["url"]), status=200, headers=headers, body=body) if unpacker.eof else None
    except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError, zlib.error):
        return None


def _save(path: Path, response: Response) -> None:
    stored = {
        "url": response.url,
        "headers": {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers},
    }
    content = json.dumps(stored).encode() + b"\n" + zlib.compress(response.body)
    with suppress(OSError):  # a cache that cannot be written costs only time
        write_whole(path, content)
