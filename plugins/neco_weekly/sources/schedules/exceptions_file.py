"""The requests for exceptions in `releases/release-1.N/exceptions.yaml`, one bad entry of which costs no other."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from ...grammar.kep_references import UrlMeaning, kep_number, read_url
from ...grammar.urls import is_web_url
from ...model.exceptions import ExceptionRequest, Freeze, decision_of, freeze_of
from ...model.text import one_line, shortened, without_credentials
from .lined_yaml import Lined, NoYamlError, read_yaml

_LONGEST_TITLE, _LONGEST_RAW, _LONGEST_URL = 200, 100, 500

_ENTRY = re.compile(r"\s*-\s")

_SECTION = re.compile(r"(\w+):\s*(?:#.*)?", re.ASCII)

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(slots=True)
class Requests:
    """The requests of a file, and sentences on what could not be read, each with its line.

    `is_whole` says whether nothing was left out that may be a request.
    """

    found: list[ExceptionRequest] = field(default_factory=list)
    is_whole: bool = True
    complaints: list[tuple[int, str]] = field(default_factory=list)


def read_exceptions(text: str) -> Requests:
    """Return the requests in the text of `exceptions.yaml`, in order.

    A text that is not YAML as a whole is read entry by entry.
    """
    requests = Requests()
    for freeze, entry in _entries(text, requests):
        request = _request(freeze, entry, requests)
        if request is None:
            continue
        if request in requests.found:
            requests.complaints.append((entry.line, f"KEP-{request.kep}: the same request stands here twice"))
        else:
            requests.found.append(request)
    requests.found.sort(key=lambda it: it.order)
    requests.complaints.sort()
    return requests


# --- entries ---------------------------------------------------------------------------------------------------------


def _entries(text: str, requests: Requests) -> Iterator[tuple[Freeze, Lined]]:
    try:
        root = read_yaml(text)
    except NoYamlError as error:
        requests.complaints.append((error.line, f"{error}; each entry is read by itself"))
        requests.is_whole = False
        yield from _pieces(text, requests)
        return
    if not (root.items or root.fields):
        requests.complaints.append((1, "holds no requests for exceptions, nor a freeze without any"))
        requests.is_whole = False
    yield from (("other", item) for item in root.items)
    for name, section in root.fields:
        freeze = freeze_of(name)
        if freeze == "other":
            requests.complaints.append((section.line, f"{shortened(one_line(name), 40)!r} is no freeze that is known"))
        yield from ((freeze, item) for item in section.items)


def _pieces(text: str, requests: Requests) -> Iterator[tuple[Freeze, Lined]]:
    """Yield the entries of a file that is broken somewhere: those of its pieces that are YAML."""
    freeze: Freeze = "other"
    lines = text.split("\n")
    starts = [number for number, line in enumerate(lines) if _SECTION.fullmatch(line.rstrip()) or _is_entry(line)]
    for start, end in pairwise([*starts, len(lines)]):
        if section := _SECTION.fullmatch(lines[start].rstrip()):
            freeze = freeze_of(section[1])
            continue
        try:
            piece = read_yaml("\n".join(lines[start:end]), start + 1)
        except NoYamlError as error:
            requests.complaints.append((error.line, str(error)))
            continue
        yield from ((freeze, item) for item in piece.items)


def _is_entry(line: str) -> bool:
    return bool(_ENTRY.match(line)) and "://" not in line


# --- one entry -------------------------------------------------------------------------------------------------------


def _request(freeze: Freeze, entry: Lined, requests: Requests) -> ExceptionRequest | None:
    title = shortened(entry.said("name", "title", "enhancement"), _LONGEST_TITLE)
    written = entry.said("issue", "kep", "number", "enhancementissue")
    number = _number(written)
    if number is None:
        of = f" of {title!r}" if title else ""
        said = f"the request{of} names no KEP but {shortened(written, _LONGEST_RAW)!r}; it is left out"
        requests.complaints.append((entry.line_of("issue", "kep"), said))
        requests.is_whole = False
        return None
    reader = _Fields(number, entry, requests)
    requested, reviewed = reader.days()
    return ExceptionRequest(
        kep=number,
        freeze=freeze,
        decision=decision_of(reader.decision()),
        title=title,
        requested=requested,
        reviewed=reviewed,
        thread=reader.thread(),
        raw=tuple(sorted(reader.raw.items())),
    )


def _number(written: str) -> int | None:
    if "://" in written:
        named = read_url(written)
        return named.number if named.meaning is UrlMeaning.KEP else None
    digits = written.upper().removeprefix("KEP").lstrip("- #")
    return kep_number(digits) if digits.isascii() and digits.isdecimal() else None


@dataclass(slots=True)
class _Fields:
    """The fields of an entry. `raw` has those that could not be read, as they are written."""

    kep: int
    entry: Lined
    requests: Requests
    raw: dict[str, str] = field(default_factory=dict)

    def decision(self) -> str:
        written = self.entry.said("status", "decision", "state")
        if decision_of(written) == "unknown":
            self._odd("decision", written, "is no decision that is known", "status", "decision", "state")
        return written

    def days(self) -> tuple[dt.date | None, dt.date | None]:
        requested = self._day("requested", "daterequested", "requested", "requestdate")
        reviewed = self._day("reviewed", "datereviewed", "reviewed", "reviewdate")
        if requested and reviewed and reviewed < requested:
            self._odd("reviewed", reviewed.isoformat(), f"is before {requested}, when it was asked", "datereviewed")
            return requested, None
        return requested, reviewed

    def thread(self) -> str | None:
        written = self.entry.said("thread", "link", "discussion", "mail")
        if not written:
            return None
        if is_web_url(written) and len(written) <= _LONGEST_URL and without_credentials(written) == written:
            return written
        self._odd("thread", without_credentials(written), "is no address", "thread")
        return None

    def _day(self, name: str, *names: str) -> dt.date | None:
        written = self.entry.said(*names)
        if not written:
            if name == "requested" or decision_of(self.entry.said("status", "decision", "state")) != "pending":
                said = (
                    f"KEP-{self.kep}: names no day on which the request was {'made' if name == 'requested' else name}"
                )
                self.requests.complaints.append((self.entry.line, said))
            return None
        try:
            if _DAY.fullmatch(written):
                return dt.date.fromisoformat(written)
        except ValueError:
            pass
        self._odd(name, written, "is no day like 2026-02-12", *names)
        return None

    def _odd(self, name: str, written: str, why: str, *names: str) -> None:
        shown = shortened(written, _LONGEST_RAW)
        self.raw[name] = shown
        self.requests.complaints.append((self.entry.line_of(*names), f"KEP-{self.kep}: {name} {shown!r} {why}"))
