"""The table of names of topics: each under the form in which names are compared, with when it counts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, Self

from ..model.topics import Topic
from .bracketed_names import names_beside_brackets
from .common_words import is_common_word
from .name_borders import WITHOUT_BORDERS, WORD

_SHORT = 5
"""The number of letters of a name in capitals that may be a word in small ones: `CEL`, `SOPS`, but no `ANYPREVOUT`."""

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

_LETTERS = re.compile(r"[^\W_]")

Case = Literal["any", "upper", "capital"]
"""How a name must be written to count: anyhow, with capitals inside as `CRD`, beginning with a capital."""


def folded_name(name: str) -> str:
    """Return the form in which names are compared: letters and digits alone, in lower case and of one width."""
    return "".join(_LETTERS.findall(unicodedata.normalize("NFKC", name).casefold()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name in the table: the topic that it names, and when it counts.

    `beside_link`: it is a common word, which counts only on a page that links to the topic's repository.
    """

    topic: str
    beside_link: bool = False
    case: Case = "any"

    def fits(self, written: str) -> bool:
        """Whether the name counts as it is written."""
        if self.case == "any":
            return True
        if self.case == "capital":
            return written[:1].isupper()
        return any(map(str.isupper, written[1:]))  # `PoDLE` is PODLE, and `crd` no CRD


SHORTEST, LONGEST = 2, 100
"""The number of letters that a name of a topic has at least and at most: one letter is found everywhere."""


@dataclass(slots=True, kw_only=True)
class NameTable:
    """A table of names: `words` by their folded form, `beginnings` of these, `free` those that are found anywhere."""

    words: dict[str, Name] = field(default_factory=dict)
    beginnings: set[str] = field(default_factory=set)
    free: dict[str, Name] = field(default_factory=dict)

    @classmethod
    def of(cls, topics: Sequence[Topic]) -> Self:
        """Return the table of topics of `topics.yml`, none of which has a name of another."""
        table = cls()
        for topic in topics:
            for name in topic.names:
                table.add(name, _meaning(topic, name))
        for topic in topics:  # what people write goes before what follows from it
            for name in topic.names:
                for part in names_beside_brackets(name):
                    table.add(part, _meaning(topic, part))
            if topic.repo:
                table.add_own(topic.repo, topic.slug)
            table.add_other_numbers(topic)
        return table

    def add(self, name: str, meaning: Name) -> None:
        """Add a name, unless the table has it."""
        narrow = unicodedata.normalize("NFKC", name)
        if WITHOUT_BORDERS.search(narrow):
            self.free.setdefault(" ".join(narrow.casefold().split()), meaning)
            return
        pieces = [folded_name(piece) for word in WORD.findall(narrow.replace("_", " ")) for piece in _CAMEL.split(word)]
        joined = ""
        for piece in pieces:
            joined += piece
            self.beginnings.add(joined)
        known = self.words.setdefault(joined, meaning) if joined else meaning
        if known.topic == meaning.topic and known.case != "any":
            self.words[joined] = meaning  # who writes `CRD` and `crd` means both

    def add_own(self, repo: str, topic: str) -> None:
        """Add the name that a repository has at GitHub; one of a common word, as `docs`, counts as `Docs` alone."""
        name = repo.partition("/")[2]
        if len(folded_name(name)) >= SHORTEST:
            common = is_common_word(name)
            self.add(name, Name(topic=topic, beside_link=common, case="capital" if common else "any"))

    def add_other_numbers(self, topic: Topic) -> None:
        """Add what one of a topic's several things is called: a vault of `vaults`, but no window of Windows.

        Things that are called by a name of one, `Policy`, have theirs with `s` in any text.
        """
        for name in topic.names:
            known = self.words.get(folded_name(name))
            plain = " " in name or name[:1].islower() or not (topic.repo or topic.kind == "project")
            if plain and known and known.topic == topic.slug:
                for other in _other_numbers(folded_name(name)):
                    self._add_number(other, known)

    def _add_number(self, folded: str, known: Name) -> None:
        mine = self.words.get(folded, known)
        if mine is known or (mine.topic == known.topic and mine.case == "capital"):  # `Vault` of who writes `vaults`
            self.words[folded] = known
            self.beginnings.add(folded)


def _other_numbers(folded: str) -> Iterator[str]:
    """Yield the singular of a plural of English, and the plural of a singular whose end changes."""
    if folded.endswith("ies") and len(folded) > _SHORT:
        yield f"{folded[:-3]}y"
    elif folded.endswith("s") and not folded.endswith(("ss", "us", "is")):
        yield folded[:-1]
        if folded.endswith(("ches", "shes", "sses", "xes")):
            yield folded[:-2]
    elif re.search("[^aeiou]y$", folded):
        yield f"{folded[:-1]}ies"
    elif folded.endswith(("ch", "sh", "ss", "x")):
        yield f"{folded}es"


def _meaning(topic: Topic, name: str) -> Name:
    common = topic.repo is not None and name not in topic.always and is_common_word(name)
    upper = name.isascii() and name.isalpha() and name.isupper() and (len(name) <= _SHORT or is_common_word(name))
    if upper or _is_proper(topic, name):
        return Name(topic=topic.slug, beside_link=common, case="upper" if upper else "capital")
    return Name(topic=topic.slug, beside_link=common)


def _is_proper(topic: Topic, name: str) -> bool:
    """Whether a name is a common word made a proper one: `Simplicity`; `Vaults` are things, and so is `Sharding`."""
    is_one = not name.endswith(("s", "ing")) and name not in topic.always
    return topic.repo is None and is_one and name[:1].isupper() and is_common_word(name)
