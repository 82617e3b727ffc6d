"""The errors that this package raises.

NecoError             work cannot go on: one sentence for a person
└── FetchError        something could not be fetched; `code` says why in a word
    └── StatusError   an HTTP response with a status outside 2xx (in `sources.http`)

Other errors are raised and caught within one room, and are no part of this tree.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self, TypeVar

from .text import MASK, without_credentials


class NecoError(Exception):
    """An error after which work cannot go on.

    The message is one sentence for the person at the terminal: what went wrong, where, and what to do about that. It
    names no user and no password of an address.
    """

    def __init__(self, message: str) -> None:
        super().__init__(without_credentials(message, MASK))


class FailureCode(StrEnum):
    """Why a page, a picture or a source could not be fetched, in one word: for the lock, for messages and for `--json`.

    `explanation` is a line for people. `gone` marks a definite no: knowledge that the page asked for does not exist.
    `may_pass` marks trouble that another attempt at another time may not meet. An HTTP status is its own code, `404`.
    """

    explanation: str
    gone: bool
    may_pass: bool

    def __new__(cls, word: str, explanation: str, gone: bool = False, may_pass: bool = False) -> Self:
        member = str.__new__(cls, word)
        member._value_ = word
        member.explanation, member.gone, member.may_pass = explanation, gone, may_pass
        return member

    ADDRESS = "address", "the address is none that can be fetched"
    CERTIFICATE = "certificate", "the certificate of the host cannot be trusted"
    COMPRESSION = "compression", "the answer is compressed in a way that cannot be read"
    CONNECTION = "connection", "the connection failed or broke", False, True
    DNS = "dns", "there is no host of that name", True
    NO_DNS = "no-dns", "the name of the host could not be looked up", False, True
    NO_HTML = "no-html", "the answer is no HTML page"
    NO_PICTURE = "no-picture", "the answer is no picture that can be shown"
    NO_TITLE = "no-title", "the page has no title that can be read"
    PRIVATE_ADDRESS = "private-address", "the host is in a private network that `--allow-private` does not name"
    REDIRECTS = "redirects", "the address leads from one to the next too often"
    SOURCE_GONE = "source-gone", "the file or issue that a KEP was read from is no longer there", True
    STAND_IN = "stand-in", "another page stands in for it: a challenge, a log-in, an error with status 200", False, True
    STOPPED = "stopped", "it was not asked, because the work was stopped", False, True
    TIMEOUT = "timeout", "the answer took too long", False, True
    TOO_LONG = "too-long", "the answer is longer than is read"
    UNREADABLE = "unreadable", "the answer is not what was expected"


_GONE = frozenset({404, 410})
_TOO_MANY_REQUESTS, _SERVER_ERRORS = 429, range(500, 600)


class FetchError(NecoError):
    """A page, a picture or a source could not be fetched.

    `status` is the HTTP status of the response where that is the reason, else None; `reason` is the failure code.
    """

    def __init__(self, message: str, *, status: int | None = None, code: FailureCode = FailureCode.UNREADABLE) -> None:
        super().__init__(message)
        self.status = status
        self.reason = code

    @property
    def code(self) -> str:
        """The reason of the failure in one word: the HTTP status, `404`, or a word of FailureCode."""
        return self.reason.value if self.status is None else str(self.status)

    @property
    def gone(self) -> bool:
        """Whether the page asked for is known not to exist: status 404 or 410, or a failure code that says so.

        A response that merely failed to come says nothing of that kind (RFC 9110, 15.5.5 and 15.5.11).
        """
        return self.reason.gone if self.status is None else self.status in _GONE

    @property
    def may_pass(self) -> bool:
        """Whether another attempt at another time may succeed: status 429 or 5xx, or a failure code that says so."""
        if self.status is None:
            return self.reason.may_pass
        return self.status == _TOO_MANY_REQUESTS or self.status in _SERVER_ERRORS


_Error = TypeVar("_Error", bound=BaseException)


def without_frames(error: _Error) -> _Error:
    """Return an error without its traceback, cause and context, so that memory of the frames can be freed.

    Frames that an error has passed hold on to everything that was theirs: whole pages and pictures.
    """
    error.__traceback__ = error.__cause__ = error.__context__ = None
    return error
