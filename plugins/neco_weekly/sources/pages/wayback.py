"""The Wayback Machine's availability API -> the address of a copy of a page that is gone.

The API is described at https://archive.org/help/wayback_api.php.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from ...grammar.urls import is_web_url
from ...model.errors import FetchError
from ..http import Get

WAYBACK_API = "https://archive.org/wayback/available"
"""The address of the Wayback Machine's availability API."""

_ANSWER_BYTES = 100_000

_LONGEST_ADDRESS = 2_000


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


def _address(closest: Any) -> str | None:
    """Return the address of a copy over https, where the copy is of a page and not of an error."""
    if not isinstance(closest, dict) or closest.get("available") is not True or str(closest.get("status")) != "200":
        return None
    address = closest.get("url")
    if not isinstance(address, str) or len(address) > _LONGEST_ADDRESS or not is_web_url(address):
        return None
    return f"https:{address.removeprefix('http:')}" if address.startswith("http://web.archive.org/") else address
