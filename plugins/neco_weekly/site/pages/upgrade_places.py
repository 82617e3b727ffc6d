"""What we wrote of a KEP, as comparisons show it: the newest headings, few enough for a page and the chooser's data."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

from ...display.words import Strings
from ...issues.index import Index
from ...model.issues import Issue, Mention
from ...model.text import one_line, shortened

MOST_OF_A_KEP = 3
"""How many headings stand beside a KEP at most."""

MOST_IN_ALL = 160
"""How many headings all KEPs may have, unless each has only one: they are most of a page's and a file's bytes."""

LONGEST_HEADING = 60
"""The number of characters of a heading that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A heading of an issue under which a KEP is mentioned. `day` is empty where the text says it, or nobody does."""

    issue: Issue
    mention: Mention
    day: str
    text: str

    @property
    def anchor(self) -> str:
        """The heading's anchor; empty under the issue's own title."""
        return self.mention.heading.anchor if self.mention.heading else ""

    def label(self, words: Strings) -> str:
        """Return the day and the heading, as a link has them."""
        return words("upgrade.place", day=self.day, text=self.text) if self.day else self.text


class Places:
    """The headings of all KEPs that have a page, whose numbers are `own`."""

    def __init__(self, index: Index, own: Collection[int]) -> None:
        self.index, self.own = index, frozenset(own)

    @cached_property
    def of_each(self) -> int:
        """How many headings stand beside each KEP."""
        return max(1, min(MOST_OF_A_KEP, MOST_IN_ALL // max(1, len(self.own))))

    def of(self, number: int) -> tuple[tuple[Place, ...], int]:
        """Return the newest headings on a KEP, and how many more there are."""
        found = list(self._of(number))
        return tuple(found[: self.of_each]), max(0, len(found) - self.of_each)

    def _of(self, number: int) -> Iterator[Place]:
        """Yield each heading once, those of the newest issue first; an issue's own title says less than a heading."""
        seen = set()
        for issue, mentions in self.index.by_kep.get(number, ()):
            for mention in sorted(mentions, key=partial(_says_little, issue)):
                key = issue.path, mention.heading.anchor if mention.heading else ""
                if key not in seen:
                    seen.add(key)
                    yield _place(issue, mention)


def _place(issue: Issue, mention: Mention) -> Place:
    text = one_line((mention.heading.text if mention.heading else "") or issue.title)
    day = str(issue.date) if issue.date and str(issue.date) not in text else ""
    return Place(issue=issue, mention=mention, day=day, text=shortened(text, LONGEST_HEADING))


def _says_little(issue: Issue, mention: Mention) -> bool:
    return mention.heading is None or mention.heading.text == issue.title
