"""The errors that this package raises.

NecoError             work cannot go on: one sentence for a person
└── FetchError        the outside did not give what was asked for; `code` says why in a word
    └── StatusError   an answer with a status outside 2xx (in `sources.http`)

Others are raised and caught within one room, and are no part of this tree.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self, TypeVar


class NecoError(Exception):
    """Work cannot go on. The message is one sentence for the person at the terminal: what, where, what to do."""


class FailureCode(StrEnum):
    """Why something could not be fetched, in one word: for the lock, for messages and for `--json`.

    `explanation` is a line for people. `gone` tells a definite no, which is knowledge about the thing asked for;
    `may_pass` tells trouble that another attempt at another time may not meet. A status of HTTP is its own code, `404`.
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
    NO_TITLE = "no-title", "the page has no title"
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
    """The outside did not give what was asked for. `status` is the HTTP status where that is the reason, else None."""

    def __init__(self, message: str, *, status: int | None = None, code: FailureCode = FailureCode.UNREADABLE) -> None:
        super().__init__(message)
        self.status = status
        self.reason = code

    @property
    def code(self) -> str:
        """The reason in one word: the status, `404`, or a word of FailureCode."""
        return self.reason.value if self.status is None else str(self.status)

    @property
    def gone(self) -> bool:
        """Whether there is no such thing, and not only no answer: 404, 410, or a reason that says so."""
        return self.reason.gone if self.status is None else self.status in _GONE

    @property
    def may_pass(self) -> bool:
        """Whether it may be there at another time: 429, 5xx, or a reason that says so."""
        if self.status is None:
            return self.reason.may_pass
        return self.status == _TOO_MANY_REQUESTS or self.status in _SERVER_ERRORS


_Error = TypeVar("_Error", bound=BaseException)


def without_frames(error: _Error) -> _Error:
    """The error, without the frames it passed: they hold on to all that was theirs, whole pages and pictures."""
    error.__traceback__ = error.__cause__ = error.__context__ = None
    return error
