"""What `neco serve --fetch` and the MkDocs it starts say to each other, through pipes.

MkDocs tells after each build what the issues mention. Who may touch the site's files is a matter of turns: MkDocs has
the turn while it builds, neco while it writes, so that nothing is fetched into the middle of a build.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from typing import Self

from ..issues.index import Index


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentioned:
    """What the issues mention, as the last build has read them: KEP numbers, and addresses of cards."""

    keps: tuple[int, ...] = ()
    cards: tuple[str, ...] = ()

    @classmethod
    def by(cls, index: Index) -> Self:
        """What these issues mention."""
        return cls(keps=tuple(index.by_kep), cards=index.card_urls)

    @classmethod
    def from_line(cls, line: str) -> Self:
        """From what `to_line` has made."""
        document = json.loads(line)
        return cls(keps=tuple(document["keps"]), cards=tuple(document["cards"]))

    def to_line(self) -> str:
        """One line of JSON."""
        return json.dumps({"keps": self.keps, "cards": self.cards}) + "\n"


@dataclass(frozen=True, slots=True)
class Turn:
    """The right to touch the site's files: one byte in a pipe, which is gone while somebody has it.

    The fields are the pipe's ends, the one to read first. A new turn is had by the one who makes it.
    """

    reading: int
    writing: int

    @classmethod
    def new(cls) -> Self:
        """A turn that nobody else can take before it is given away."""
        return cls(*os.pipe())

    def take(self) -> None:
        """Wait until nobody has it."""
        os.read(self.reading, 1)

    def give(self) -> None:
        """Let another have it."""
        os.write(self.writing, b".")

    def __enter__(self) -> None:
        self.take()

    def __exit__(self, *_: object) -> None:
        self.give()


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The pipes as MkDocs has them: one to tell what is mentioned, and the turn, which is MkDocs' at first."""

    mentions: int
    turn: Turn

    @property
    def pipes(self) -> tuple[int, int, int]:
        """Their numbers."""
        return self.mentions, self.turn.reading, self.turn.writing

    @property
    def argument(self) -> str:
        """The same for a command line, which `of` reads."""
        return ",".join(map(str, self.pipes))

    @classmethod
    def of(cls, argument: str) -> Self:
        """The pipes of a process that has inherited them."""
        mentions, reading, writing = map(int, argument.split(","))
        return cls(mentions=mentions, turn=Turn(reading, writing))

    def tell(self, mentioned: Mentioned) -> None:
        """Tell neco what is mentioned. That it has ended is not MkDocs' trouble."""
        with suppress(BrokenPipeError), os.fdopen(self.mentions, "w", encoding="utf-8", closefd=False) as pipe:
            pipe.write(mentioned.to_line())
