"""The Wayback Machine: the address of a copy of a page made near a day, and the request to keep a page.

The availability API is described at https://archive.org/help/wayback_api.php. "Save Page Now" is asked as its form
does, with the page's address behind `/save/`; it answers with the copy, or with a page that says that it makes one.
"""

from __future__ import annotations

import datetime as dt
import re
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from ...grammar.urls import is_web_url
from ...model.errors import FailureCode, FetchError
from ..http import Get, Response

WAYBACK_API = "https://archive.org/wayback/available"
"""The address of the Wayback Machine's availability API."""

WAYBACK_SAVE = "https://web.archive.org/save/"
"""The address behind which Save Page Now takes the address of a page."""

SAVING_PAUSE = 15.0
"""Seconds between two requests to keep a page: without an account the Wayback Machine takes a few a minute."""

_ANSWER_BYTES = 100_000

_LONGEST_ADDRESS = 2_000

_COPY = re.compile(r"/web/\d{14}(?:[a-z]{2}_)?/https?:", re.ASCII)


def find_snapshot(url: str, get: Get, *, day: dt.date | None, api: str = WAYBACK_API) -> str | None:
    """Return the address of the copy of a page made closest to a day, the newest without one; None without a good copy.

    Raises:
        FetchError: no response, or one of another shape.
    """
    question = {"url": url} | ({"timestamp": f"{day:%Y%m%d}"} if day else {})
    address = f"{api}{'&' if '?' in api else '?'}{urlencode(question)}"
    response = get(address, headers={"Accept": "application/json"}, max_bytes=_ANSWER_BYTES)
    try:
        document: Any = response.json()
        closest = document["archived_snapshots"].get("closest")
    except (FetchError, KeyError, TypeError, AttributeError) as error:
        raise FetchError(f"{address} gave no answer about copies") from error
    return _address(closest)


class SavePageNow:
    """The requests to keep pages: one at a time, with a pause between two."""

    def __init__(
        self,
        get: Get,
        *,
        address: str = WAYBACK_SAVE,
        pause: float = SAVING_PAUSE,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._get, self._address = get, address.rstrip("/")
        self._pause, self._sleep = pause, sleep
        self._mutex = threading.Lock()
        self._has_asked = False

    def keep(self, url: str) -> str | None:
        """Ask for a copy of a page to be kept; return the copy's address, None where the answer names none yet.

        That an answer takes long is no failure: the copy is being made.

        Raises:
            FetchError: the request was refused, with status 429 because there were too many.
        """
        with self._mutex:
            if self._has_asked:
                self._sleep(self._pause)
            self._has_asked = True
            try:
                response = self._get(f"{self._address}/{url.partition('#')[0]}", max_bytes=_ANSWER_BYTES)
            except FetchError as error:
                if error.reason is FailureCode.TIMEOUT:
                    return None
                raise
        return self._copy(response)

    def _copy(self, response: Response) -> str | None:
        """Return the address of the copy to which an answer led or which it names, at the archive itself."""
        with suppress(ValueError):  # an answer may name what is no address
            for address in (response.url, urljoin(response.url, response.headers.get("content-location", ""))):
                same = urlsplit(address).netloc == urlsplit(self._address).netloc
                if same and _COPY.search(address) and _is_address(address):
                    return address
        return None


def _address(closest: Any) -> str | None:
    """Return the address of a copy over https, where the copy is of a page and not of an error."""
    if not isinstance(closest, dict) or closest.get("available") is not True or str(closest.get("status")) != "200":
        return None
    address = closest.get("url")
    if not isinstance(address, str) or not _is_address(address):
        return None
    return f"https:{address.removeprefix('http:')}" if address.startswith("http://web.archive.org/") else address


def _is_address(written: str) -> bool:
    return len(written) <= _LONGEST_ADDRESS and written.isprintable() and is_web_url(written)
