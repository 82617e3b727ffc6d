"""What a GET request brings: a response, or the error that a response with another status is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from ...model.errors import FetchError


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An HTTP response. `url` is where it came from after redirects, the keys of `headers` are lower case.

    `complete` is False where `max_bytes` or the time ended the body: enough for a page's head, not for JSON.
    """

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    complete: bool = True

    def json(self) -> object:
        """Return what the body says in JSON.

        Raises:
            FetchError: a body that was cut off by us, or is no JSON.
        """
        if not self.complete:
            raise FetchError(f"{self.url} is too long")
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise FetchError(f"{self.url} answered no JSON") from error


class StatusError(FetchError):
    """The final response, from `url`, had a status outside 2xx; `headers` are the response's, with lower-case keys."""

    def __init__(self, message: str, *, status: int, headers: Mapping[str, str], url: str = "") -> None:
        super().__init__(message, status=status)
        self.headers = headers
        self.url = url


class Get(Protocol):
    """The function that readers of the outside take: `Http.get`, or a function over saved responses."""

    def __call__(self, url: str, *, headers: Mapping[str, str] | None = None, max_bytes: int | None = None) -> Response:
        """Return the HTTP response of an address.

        Raises:
            FetchError: there is no good response.
        """
