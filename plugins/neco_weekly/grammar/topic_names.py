"""Names of topics in a text: `Argo CD`, `argocd`, `Argo-CD` and `ArgoCD` are one, `argo-cd-image-updater` is another.

A name is compared without case, hyphens and spaces, so that a table of names is looked up word by word: a text costs
the same with ten names and with a thousand. Words of letters and digits, and words in katakana, end where the script
does (`Argo CDを`); a name with kanji or hiragana, whose words have no borders, is found anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from typing import Self

from ..model.topics import Topic
from .kep_references import narrowed
from .name_borders import WORD, ends_freely, stands_alone
from .name_table import Name, NameTable, folded_name
from .topic_addresses import TopicAddresses

_JOINTS = frozenset(["", ") ", " (", "-\n", *" -_./・\u00a0\u2010\u2011\u3000\n"])
"""What may stand between two words of a name."""

_MOST_WORDS = 12

_VULNERABILITY = re.compile(
    r"(?<![A-Za-z0-9])CVE[-_\u2010\u2011](\d{4})-(\d{4,7})(?![A-Za-z0-9_])", re.IGNORECASE | re.ASCII
)
"""A number of a vulnerability (https://www.cve.org/about/Process)."""

_IS_WIDE = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")


@dataclass(frozen=True, slots=True, kw_only=True)
class NameFound:
    """A name in a text, `text[start:end]`."""

    start: int
    end: int
    name: Name


@dataclass(frozen=True, kw_only=True)
class TopicNames:
    """All names of topics: `words` by their folded form, `beginnings` of those, `free` those found anywhere.

    `addresses` are what leads to topics. `own` are the names of repositories that one page links to, in front of which
    those of the table come.
    """

    words: Mapping[str, Name]
    beginnings: frozenset[str]
    free: Mapping[str, Name]
    addresses: TopicAddresses
    slugs: frozenset[str]
    own: NameTable = field(default_factory=NameTable)

    @classmethod
    def of(cls, topics: Iterable[Topic]) -> Self:
        """Return the names of topics of `topics.yml`, none of which two topics have."""
        known = tuple(topics)
        table = NameTable.of(known)
        return cls(
            words=table.words,
            beginnings=frozenset(table.beginnings),
            free=table.free,
            addresses=TopicAddresses.of(known),
            slugs=frozenset(it.slug for it in known),
        )

    @cached_property
    def digest(self) -> str:
        """A digest of all that a scan result depends on; one of no names is empty."""
        if not (self.words or self.free):
            return ""
        places = self.addresses
        tables: tuple[Mapping[str, object], ...] = (self.words, self.free, places.repos, places.docs, places.sources)
        return sha256(repr([sorted(it.items(), key=str) for it in tables]).encode()).hexdigest()

    def with_repositories(self, repos: Iterable[str]) -> TopicNames:
        """Return these names with those of repositories, which no topic of the table has: `owner/name` in lower case.

        A name that two of them have is of neither.
        """
        new = [repo for repo in repos if repo not in self.addresses.repos]
        if not new:
            return self
        called = [folded_name(repo.partition("/")[2]) for repo in new]
        own = NameTable()
        for repo, name in zip(new, called, strict=True):
            if called.count(name) == 1:
                own.add_own(repo, repo)
        page = replace(self, own=own)
        for made in ("_free_signs", "_free_by_sign"):  # they follow from what is the same
            page.__dict__[made] = getattr(self, made)
        return page

    def numbers_in(self, url: str) -> tuple[str, ...]:
        """Return the topics of the vulnerabilities whose numbers stand in an address, each once."""
        found = (Name(topic=f"CVE-{year}-{number}") for year, number in _VULNERABILITY.findall(url))
        return tuple(dict.fromkeys(self.words.get(folded_name(it.topic), it).topic for it in found))

    def signs_in(self, page: str) -> tuple[str, ...]:
        """Return what of a whole page may belong to a name: a text of the page without any of these has none.

        To ask a text for a few signs takes a tenth of the time of a look for names.
        """
        folded = lowered(page)
        words = set(WORD.findall(folded))
        found = {*(words & self.beginnings), *(words & self.own.beginnings), *({"cve"} & words)}
        for word in words:
            if "_" in word:  # emphasis, or a name as programs write it
                bare = word.strip("_")
                found.update(it for it in (bare, *bare.split("_")) if self._begins(_word(it or "_")))
            elif word[-1] == "s" and self._name(word[:-1]):
                found.add(word)
        free = (folded[it.start : it.end] for it in self._free_in(folded, everywhere=True))
        return tuple(sorted({*found, *free}))

    def find(self, text: str) -> Iterator[NameFound]:
        """Yield the names in a run of plain text, in order; of two that overlap the longer counts, else the first."""
        folded = lowered(text)
        yield from _apart([*self._words_in(text, folded), *self._free_in(folded)])

    # --- words with borders -----------------------------------------------------------------------------------------

    def _words_in(self, text: str, folded: str) -> Iterator[NameFound]:
        spans = [match.span() for match in WORD.finditer(folded)]
        for number, (start, stop) in enumerate(spans):
            word = _word(folded[start:stop])
            if self._begins(word) or word == "cve" or self._name(word.removesuffix("s")):
                found = self._longest(text, folded, spans, number) or self._number_at(text, start)
                if found:
                    yield found

    def _name(self, folded: str) -> Name | None:
        return self.words.get(folded) or self.own.words.get(folded)

    def _begins(self, folded: str) -> bool:
        return folded in self.beginnings or folded in self.own.beginnings

    def _longest(self, text: str, folded: str, spans: list[tuple[int, int]], number: int) -> NameFound | None:
        """Return the longest name that begins with a word of the text and may stand there; None without one."""
        start, joined, before = spans[number][0], "", spans[number][0]
        longest = None
        for begin, end in spans[number : number + _MOST_WORDS]:
            gap = folded[before:begin]
            if gap not in _JOINTS and not gap.isspace():
                break
            joined += _word(folded[begin:end])
            name = self._name(joined)
            if name is None and text[end - 1] == "s":
                name = self._name(joined[:-1])  # CRDs are a CRD more than once
            if name and name.fits(text[start:end]) and stands_alone(text, start, end):
                longest = NameFound(start=start, end=end, name=name)
            if not self._begins(joined):
                break
            before = end
        return longest

    def _number_at(self, text: str, start: int) -> NameFound | None:
        """Return the number of a vulnerability that begins at a place, and that no topic of `topics.yml` has."""
        match = _VULNERABILITY.match(text, start)
        if match is None or text[:start].endswith(("-", "@")):
            return None
        return NameFound(start=start, end=match.end(), name=Name(topic=f"CVE-{match[1]}-{match[2]}"))

    # --- words without ----------------------------------------------------------------------------------------------

    @cached_property
    def _free_signs(self) -> re.Pattern[str] | None:
        return re.compile("[" + "".join(map(re.escape, {name[0] for name in self.free})) + "]") if self.free else None

    @cached_property
    def _free_by_sign(self) -> Mapping[str, list[str]]:
        table: dict[str, list[str]] = {}
        for name in sorted(self.free, key=len, reverse=True):
            table.setdefault(name[0], []).append(name)
        return table

    def _free_in(self, folded: str, *, everywhere: bool = False) -> Iterator[NameFound]:
        for match in self._free_signs.finditer(folded) if self._free_signs else ():
            start = match.start()
            for name in self._free_by_sign[match[0]]:
                end = start + len(name)
                if folded.startswith(name, start) and (everywhere or ends_freely(folded, start, end, name)):
                    yield NameFound(start=start, end=end, name=self.free[name])
                    break


def _apart(found: list[NameFound]) -> list[NameFound]:
    """Return the names that stand when of two that overlap only the longer does, in the order of the text."""
    kept: list[NameFound] = []
    for it in sorted(found, key=lambda it: (it.start - it.end, it.start)) if len(found) > 1 else found:
        if all(it.end <= other.start or other.end <= it.start for other in kept):
            kept.append(it)
    return sorted(kept, key=lambda it: it.start)


# --- folding ----------------------------------------------------------------------------------------------------------


def _word(written: str) -> str:
    """Return a word as names are compared: `op_cat` is `opcat`, and `_cat` is a word of its own."""
    return written.replace("_", "") if written[0] != "_" != written[-1] else written


def lowered(text: str) -> str:
    """Return a text in lower case and of one width, sign for sign: places in one are places in the other."""
    narrow = narrowed(text) if _IS_WIDE.search(text) else text
    lower = narrow.lower()
    return lower if len(lower) == len(text) else "".join(it.lower() if len(it.lower()) == 1 else it for it in narrow)
