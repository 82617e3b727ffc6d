"""What a refresh did, for the person who reads the pull request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..display.github_text import as_text
from ..model.errors import FailureCode, FetchError, NecoError
from ..model.keps import Enhancement


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Something that could not be fetched; what was known of it stays.

    `code` is a word of FailureCode or an HTTP status, `may_pass` whether another attempt at another time may succeed.
    """

    what: str
    message: str
    code: str = FailureCode.UNREADABLE.value
    may_pass: bool = False

    @classmethod
    def of(cls, what: str, error: NecoError) -> Failure:
        """From an error whose sentence may begin with the thing itself."""
        message = str(error).removeprefix(f"{what}: ").removeprefix(f"{what} ")
        if not isinstance(error, FetchError):
            return cls(what=what, message=message)
        return cls(what=what, message=message, code=error.code, may_pass=error.may_pass)

    @classmethod
    def gone(cls, known: Enhancement, source: str) -> Failure:
        """For an enhancement whose source is no longer where it was read."""
        message = f"its {source} is gone; the last known state stays"
        return cls(what=known.name, message=message, code=FailureCode.SOURCE_GONE.value)


@dataclass(slots=True)
class Report:
    """What a refresh did: changes and notes as lines a person reads, failures, and how many answers there were at all.

    A note is nothing that failed: it says the same after every refresh.
    """

    changes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    answers: int = 0

    @property
    def nothing_answered(self) -> bool:
        """Whether something was asked for and nothing could be fetched."""
        return bool(self.failures) and not self.answers

    def lines(self) -> Iterator[str]:
        """The text for a terminal."""
        yield from self.changes
        yield from (f"not fetched: {failure.what}: {failure.message}" for failure in self.failures)
        yield from (f"to know: {note}" for note in self.notes)

    def markdown(self) -> str:
        """The text of the pull request. Fetched titles are text in it, never markup."""
        failures = [f"{item.what}: {item.message}" for item in self.failures]
        parts = [("Changes", self.changes or ["none"]), ("Could not be fetched", failures), ("To know", self.notes)]
        texts = [
            f"## {title}\n\n" + "".join(f"- {as_text(line)}\n" for line in lines) for title, lines in parts if lines
        ]
        return "\n".join(texts)

    def to_dict(self) -> dict[str, object]:
        """For `--json`."""
        failures = [
            {"what": item.what, "message": item.message, "code": item.code, "may_pass": item.may_pass}
            for item in self.failures
        ]
        return {"changes": self.changes, "failures": failures, "notes": self.notes}
