"""Names that topics of `topics.yml` could have besides: what links to their pages say, abbreviations, shorter names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from ..grammar.common_words import is_common_word
from ..grammar.name_table import LONGEST, SHORTEST, folded_name
from ..grammar.topics_file import TopicsFile
from ..model.issues import Issue
from ..model.topics import Topic
from .index import Index
from .topic_suggestions import ReadIndex

_FEWEST_CALLING = 2
"""The number of issues that call a topic so, unless the words hardly stand elsewhere."""

_MOST_WORDS = 5

_LEAST_SHARE = 0.3
"""The part of the sections with the words that must be about the topic: `posted` and `paper` stand everywhere."""

_SURE_SHARE, _SURE_SECTIONS = 0.6, 3
"""The part, and the number of sections about the topic, that speak for words by which one issue alone calls it, and
for a common word: with `replace` the half of all sections are about anything."""

_ARTICLE = re.compile(r"(?:an?|the)\s+", re.IGNORECASE)

_NO_NAME = re.compile(r"[#@/<>=?!。、？！]|\d{4}")
"""What stands in numbers of pull requests, addresses and sentences."""

_WORD = re.compile(r"[A-Za-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasSuggestion:
    """A name that a topic could have, and what speaks for it.

    `issues` are those that call the topic so, newest first. The words stand in `sections` sections, of which `known`
    are mentions of the topic without them.
    """

    topic: Topic
    alias: str
    issues: tuple[Issue, ...]
    sections: int
    known: int

    @property
    def is_likely(self) -> bool:
        """Whether the name would find new mentions, and mostly right ones."""
        shortened = set(_words(self.alias)) < {word for name in self.topic.names for word in _words(name)}
        is_called = len(self.issues) >= (1 if shortened else _FEWEST_CALLING)
        sure = self.known >= max(_SURE_SECTIONS, _SURE_SHARE * self.sections)
        likely = is_called and not is_common_word(self.alias) and self.known >= _LEAST_SHARE * self.sections
        return self.known < self.sections and (sure or likely)


@dataclass(slots=True, kw_only=True)
class _Call:
    """What issues call a topic: the words as they are written, with how often, and these issues by their paths."""

    topic: Topic
    words: Counter[str] = field(default_factory=Counter)
    issues: dict[str, Issue] = field(default_factory=dict)

    @property
    def alias(self) -> str:
        """The words as most issues write them."""
        return self.words.most_common(1)[0][0]


def alias_suggestions(index: Index, written: TopicsFile, read: ReadIndex) -> tuple[AliasSuggestion, ...]:
    """Return names that topics could have, those that most sections about the topic use first.

    `index` is what `read` returns of `written`. If there may be any such name, all issues are read once more, with
    stand-ins for topics that have these names alone: what the words mean, the sections with them tell.
    """
    calls = {f"alias-{number}": call for number, call in enumerate(_calls(index, written))}
    if not calls:
        return ()
    stand_ins = (Topic(slug=slug, name=call.alias, kind="technique") for slug, call in calls.items())
    again = _sections(read(TopicsFile(topics=(*stand_ins, *written.topics))))
    before = _sections(index)
    found = (_suggestion(call, again.get(slug, set()), before) for slug, call in calls.items())
    return tuple(sorted((it for it in found if it.is_likely), key=lambda it: (-it.known, it.topic.slug, it.alias)))


def _suggestion(call: _Call, named: set[_Place], before: dict[str, set[_Place]]) -> AliasSuggestion:
    return AliasSuggestion(
        topic=call.topic,
        alias=call.alias,
        issues=tuple(call.issues.values()),
        sections=len(named),
        known=len(named & before.get(call.topic.slug, set())),
    )


def _calls(index: Index, written: TopicsFile) -> Iterator[_Call]:
    """Yield what may be a name of one topic, and is none of any: what issues call it, then its own names made short."""
    taken = {_key(name): topic.slug for topic in written.topics for name in topic.names}
    table: dict[str, dict[str, _Call]] = {}
    known = {topic.slug: topic for topic in written.topics}
    for issue in index.issues:
        for it in issue.topic_mentions:
            words = _ARTICLE.sub("", it.called.strip(" .,;:\"“”'"), count=1)
            if it.topic in known and _may_be_name(words) and taken.get(_key(words), it.topic) == it.topic:
                call = table.setdefault(_key(words), {}).setdefault(it.topic, _Call(topic=known[it.topic]))
                call.words[words] += 1
                call.issues[issue.path] = issue
    for topic in written.topics:
        for short in (it for name in topic.names for it in _shorter(name) if _key(it) not in taken):
            table.setdefault(_key(short), {}).setdefault(topic.slug, _Call(topic=topic, words=Counter([short])))
    yield from filter(None, map(_owner, table.values()))


def _owner(by_topic: dict[str, _Call]) -> _Call | None:
    """Return the call of the topic that words mean, if they mean one: `draft` leads to sources of many."""
    first, *others = sorted(by_topic.values(), key=lambda it: -len(it.issues))
    count = sum(len(it.issues) for it in others)
    return None if others and len(first.issues) <= 2 * count else first


def _may_be_name(words: str) -> bool:
    letters = len(folded_name(words))
    return letters >= SHORTEST and len(words) <= LONGEST and len(words.split()) <= _MOST_WORDS and not _no_name(words)


def _no_name(words: str) -> bool:
    return bool(_NO_NAME.search(words)) or folded_name(words).isdecimal()


def _shorter(name: str) -> Iterator[str]:
    """Yield a name of three words or four without one or two of them: `CLTV delta` of `CLTV expiry delta`."""
    words = name.split()
    if 2 < len(words) < _MOST_WORDS and all(map(_WORD.fullmatch, words)):
        for count in range(2, len(words)):
            yield from map(" ".join, combinations(words, count))


def _words(name: str) -> list[str]:
    return [word.lower().removesuffix("s") for word in _WORD.findall(name)]


def _key(words: str) -> str:
    """Return the form in which words are one: `CRDs` is CRD."""
    return folded_name(words).removesuffix("s")


_Place = tuple[str, str]
"""A section: the path of its issue, its anchor."""


def _sections(index: Index) -> dict[str, set[_Place]]:
    """Return for each topic the sections that name it."""
    found: dict[str, set[_Place]] = {}
    for issue in index.issues:
        for it in issue.topic_mentions:
            found.setdefault(it.topic, set()).add((issue.path, it.heading.anchor if it.heading else ""))
    return found
