"""The body of a response: never more of it than wanted, and what may be used of one that broke off."""

from __future__ import annotations

import re
from typing import cast

from requests import Response
from urllib3 import BaseHTTPResponse
from urllib3.exceptions import ProtocolError, ReadTimeoutError, SSLError

from ...model.errors import FailureCode, FetchError

_CHUNK = 64 * 1024

# Compressions that nobody asked for; other words in their place ("utf-8", "none") are mistakes and mean nothing.
_NOT_READ = frozenset({"br", "zstd", "compress", "x-compress"})

_END_OF_PAGE = re.compile(rb"</html\s*>\s*(?:<!--[^>]*-->\s*)*\Z", re.ASCII | re.IGNORECASE)

# What stands behind a page's head, where all of it was written.
_BEHIND_HEAD = re.compile(rb"</head\s*>|<(?:body|main|article|header|h1|p)[\s>]", re.ASCII | re.IGNORECASE)


class CutOffError(ProtocolError):
    """The connection ended before the body did. `body` is what came of it."""

    def __init__(self, told: object, body: bytes) -> None:
        super().__init__(str(told))
        self.body = body

    @property
    def holds_a_head(self) -> bool:
        """Whether the head of a page came whole, so that most of what is looked for in a page is there."""
        return _BEHIND_HEAD.search(self.body) is not None


def check_compression(response: Response) -> None:
    """Check that a response is not compressed in a way that could only be read where some package happens to be there.

    Raises:
        FetchError: it is, though nobody asked for that.
    """
    for name in response.headers.get("content-encoding", "").lower().split(","):
        if name.strip() in _NOT_READ:
            message = f"{response.url}: the answer is compressed in a way nobody asked for"
            raise FetchError(message, code=FailureCode.COMPRESSION)


def read_body(response: Response, limit: int) -> tuple[bytes, bool]:
    """Return at most `limit` bytes of a response's body, and whether that is all; what came in time counts.

    A page that ends as pages do counts as well where the connection broke off behind its end, or where its length was
    announced as too large. Bodies are read as they come (`read1`): all else in requests and urllib3 waits until a
    block is full, and loses the block when time is up.

    Raises:
        CutOffError: the connection ended too early.
        urllib3.exceptions.HTTPError, TooMuchError: reading failed otherwise.
    """
    raw, body = cast(BaseHTTPResponse, response.raw), bytearray()
    while len(body) <= limit:
        try:
            chunk = raw.read1(min(_CHUNK, limit + 1 - len(body)), decode_content=True)
        except ReadTimeoutError:
            if body:
                return bytes(body), False
            raise
        except (ProtocolError, SSLError) as error:
            if _has_length_of_unpacked(response, body):
                return bytes(body), True
            if _END_OF_PAGE.search(body[-1000:]):
                return bytes(body), False
            raise CutOffError(_how_it_ended(raw) or error.args[-1], bytes(body)) from error
        if not chunk:
            return bytes(body), True
        body += chunk
    return bytes(body[:limit]), False


def _has_length_of_unpacked(response: Response, body: bytearray) -> bool:
    """Whether a body is whole though fewer bytes came than announced, for the length is that of the unpacked body.

    So it is where a server packs what has its length already. Browsers accept just this (Chromium's
    `URLRequestHttpJob::ShouldFixMismatchedContentLength`).
    """
    return bool(response.headers.get("content-encoding")) and response.headers.get("content-length") == str(len(body))


def _how_it_ended(raw: BaseHTTPResponse) -> str:
    """Return how a body ended before its announced length, "" where none was announced."""
    left = raw.length_remaining
    return f"the answer ended after {raw.tell():,} of {raw.tell() + left:,} bytes" if left else ""
