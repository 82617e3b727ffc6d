"""The errors that this package raises."""

from __future__ import annotations

from typing import TypeVar


class NecoError(Exception):
    """Work cannot go on. The message is one sentence for the person at the terminal: what, where, what to do."""


class FetchError(NecoError):
    """The outside did not give what was asked for. `status` is the HTTP status where there was one.

    `code` says in one word what went wrong: the status, or `dns`, `timeout`, `certificate`, `private-address`, ...

    `gone` tells a definite no (404, 410) from trouble that may pass (time-out, 5xx, no network): only the first is
    knowledge about the thing asked for.
    """

    def __init__(self, message: str, *, status: int | None = None, code: str = "unreadable") -> None:
        super().__init__(message)
        self.status = status
        self.code = code if status is None else str(status)

    @property
    def gone(self) -> bool:
        """Whether the server said that there is no such thing."""
        return self.status in (404, 410)


_Error = TypeVar("_Error", bound=BaseException)


def without_frames(error: _Error) -> _Error:
    """The error, without the frames it passed: they hold on to all that was theirs, whole pages and pictures."""
    error.__traceback__ = error.__cause__ = error.__context__ = None
    return error
