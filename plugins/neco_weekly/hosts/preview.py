"""A preview: what `neco serve --fetch` and the MkDocs it starts say to each other, through pipes.

After each save and each build MkDocs reports what the issues mention, and neco answers when it has written what that
needs. Who may touch the site's files is a matter of the turn: MkDocs
has the turn while it builds, neco while it writes, so that nothing is fetched into the middle of a build.
"""

from __future__ import annotations

import json
import os
import select
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Self

from ..issues.index import Index


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentioned:
    """What the issues mention, as the last build has read them: KEPs, cards, pictures, pull requests.

    KEPs and pull requests are numbers, cards and pictures addresses.
    """

    keps: tuple[int, ...] = ()
    cards: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    pulls: tuple[int, ...] = ()

    @classmethod
    def by(cls, index: Index) -> Self:
        """Return what the issues of an index mention."""
        return cls(keps=tuple(index.by_kep), cards=index.card_urls, pictures=index.picture_urls, pulls=index.pulls)

    @classmethod
    def from_line(cls, line: str) -> Self:
        """Return what the issues mention from a line that `to_line` made."""
        document = json.loads(line)
        return cls(**{name: tuple(found) for name, found in document.items()})

    def to_line(self) -> str:
        """Return what the issues mention as one line of JSON."""
        return json.dumps({name: getattr(self, name) for name in self.__slots__}) + "\n"


@dataclass(frozen=True, slots=True)
class Turn:
    """The turn, the right to touch the site's files: one byte in a pipe, which is gone while somebody has the turn.

    The fields are the pipe's ends, the one to read first. A new turn belongs to the process that makes it.
    """

    reading: int
    writing: int

    @classmethod
    def new(cls) -> Self:
        """Return a turn that nobody else can take before it is given away."""
        return cls(*os.pipe())

    def take(self) -> None:
        """Wait until nobody has the turn, and take it."""
        os.read(self.reading, 1)

    def give(self) -> None:
        """Let another have the turn."""
        os.write(self.writing, b".")

    def __enter__(self) -> None:
        self.take()

    def __exit__(self, *_: object) -> None:
        self.give()


@dataclass(kw_only=True)
class Preview:
    """The pipes of a preview as MkDocs has them: to report mentions, to be answered, and the turn, MkDocs' at first.

    `unanswered` counts the reports of which neco may still write something.
    """

    mentions: int
    answers: int
    turn: Turn
    unanswered: int = 0

    @property
    def pipes(self) -> tuple[int, int, int, int]:
        """The file descriptors of the pipes: mentions, answers, the turn's end to read, the turn's end to write."""
        return self.mentions, self.answers, self.turn.reading, self.turn.writing

    @property
    def argument(self) -> str:
        """The file descriptors of the pipes as an argument of a command line, which `of` reads."""
        return ",".join(map(str, self.pipes))

    @classmethod
    def of(cls, argument: str) -> Self:
        """Return the preview of a process that has inherited the pipes, from `argument`."""
        mentions, answers, reading, writing = map(int, argument.split(","))
        return cls(mentions=mentions, answers=answers, turn=Turn(reading, writing))

    def tell(self, mentioned: Mentioned) -> None:
        """Report to neco what the issues mention; a neco that has ended is not MkDocs' trouble."""
        with suppress(BrokenPipeError):
            with os.fdopen(self.mentions, "w", encoding="utf-8", closefd=False) as pipe:
                pipe.write(mentioned.to_line())
            self.unanswered += 1

    def wait(self, is_enough: Callable[[], bool]) -> None:
        """Wait until neco has written all that its reports need, or until that is enough; not while having the turn."""
        while self.unanswered and not is_enough():
            if select.select([self.answers], [], [], _BETWEEN_LOOKS)[0]:
                answers = os.read(self.answers, 4096)
                self.unanswered = max(0, self.unanswered - len(answers)) if answers else 0


_BETWEEN_LOOKS = 0.05
"""Seconds between two looks at whether somebody has waited enough."""


def answer(answers: int, reports: int) -> None:
    """Answer so many reports from neco's end of the pipe."""
    with suppress(BrokenPipeError):
        os.write(answers, b"." * reports)
