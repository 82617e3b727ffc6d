"""The report of a refresh: what it did, for the person who reads the pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlsplit

from ..display.github_text import as_text
from ..grammar.urls import ascii_host, host_of, is_web_url
from ..model.errors import FailureCode, FetchError, NecoError
from ..model.keps import Enhancement


def without_address(sentence: str, what: str) -> str:
    """Return a sentence without the thing `what` at its beginning, for a line that has named the thing already.

    An address counts in either spelling: a request asks for `%E7%8C%AB` and `xn--…` where people write 猫 and 日本.jp.
    """
    named, separator, rest = re.split(r"(: |(?<!:) )", sentence, maxsplit=1) if " " in sentence else (sentence, "", "")
    return rest if separator and _plain(named) == _plain(what) else sentence


def _plain(address: str) -> str:
    """Return an address in the spelling of a request, for comparing only."""
    if not is_web_url(address):
        return address
    parts = urlsplit(address)
    host = ascii_host(host_of(address))
    return quote(unquote(parts._replace(scheme="", netloc=f"{host}:{parts.port or ''}").geturl())).removesuffix("/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A failure to fetch something; what was known of that stays in the lock.

    `code` is a word of FailureCode or an HTTP status, `may_pass` whether another attempt at another time may succeed.
    """

    what: str
    message: str
    code: str = FailureCode.UNREADABLE.value
    may_pass: bool = False

    @classmethod
    def of(cls, what: str, error: NecoError) -> Failure:
        """Return the failure of an error, whose sentence may begin with the thing `what` itself."""
        message = without_address(str(error), what)
        if not isinstance(error, FetchError):
            return cls(what=what, message=message)
        return cls(what=what, message=message, code=error.code, may_pass=error.may_pass)

    @classmethod
    def gate_gone(cls, name: str, witness: str) -> Failure:
        """Return the failure for a feature gate that a witness no longer names."""
        message = f"{witness} no longer names it; what was known stays"
        return cls(what=f"feature gate {name}", message=message, code=FailureCode.SOURCE_GONE.value)

    @classmethod
    def gone(cls, known: Enhancement, source: str) -> Failure:
        """Return the failure for an enhancement whose source is no longer where it was read."""
        message = f"its {source} is gone; the last known state stays"
        return cls(what=known.name, message=message, code=FailureCode.SOURCE_GONE.value)


@dataclass(slots=True)
class Report:
    """What a refresh did: changes and notes as lines a person reads, failures, and the number of responses.

    A note is nothing that failed: it says the same after every refresh. A proposal is what a person has to look at, and
    is told until it is decided.
    """

    changes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    proposals: list[str] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    responses: int = 0

    @property
    def nothing_fetched(self) -> bool:
        """Whether the refresh asked for something and nothing could be fetched."""
        return bool(self.failures) and not self.responses

    def lines(self) -> Iterator[str]:
        """Yield the lines of the report for a terminal."""
        yield from self.changes
        yield from (f"proposed: {proposal}" for proposal in self.proposals)
        yield from (f"not fetched: {failure.what}: {failure.message}" for failure in self.failures)
        yield from (f"to know: {note}" for note in self.notes)

    def markdown(self) -> str:
        """Return the report as Markdown, the text of the pull request; fetched titles are text there, never markup."""
        failures = [f"{item.what}: {item.message}" for item in self.failures]
        parts = [
            ("Changes", self.changes or ["none"]),
            ("To look at: proposed, and not taken", self.proposals),
            ("Could not be fetched", failures),
            ("To know", self.notes),
        ]
        texts = [
            f"## {title}\n\n" + "".join(f"- {as_text(line)}\n" for line in lines) for title, lines in parts if lines
        ]
        return "\n".join(texts)

    def to_dict(self) -> dict[str, object]:
        """Return the report as a JSON object, for `neco refresh --json`."""
        failures = [
            {"what": item.what, "message": item.message, "code": item.code, "may_pass": item.may_pass}
            for item in self.failures
        ]
        return {"changes": self.changes, "proposals": self.proposals, "failures": failures, "notes": self.notes}
