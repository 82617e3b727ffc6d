"""The index of topics: which there are, and which issues name each; one for the site, the refresh and the terminal.

People write topics into `topics.yml`. Others find themselves: a repository to which two issues link, a number of a
vulnerability. What the index says follows from public issues alone, and in a
preview from drafts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from ..grammar.name_table import folded_name
from ..model.issues import Issue, ReportedRelease, TopicMention
from ..model.paths import TOPIC_PAGE
from ..model.topics import Topic
from .index import Index

T = TypeVar("T", TopicMention, ReportedRelease)

IsWritten = Callable[[str], bool]
"""A function that says whether a writer's own page lies where the generated page of a path would."""

FEWEST_ISSUES = 2
"""The number of issues that link to a repository which is a topic by itself."""

NO_TOPICS = frozenset({"kubernetes/kubernetes"})
"""Repositories that are no topic by themselves: what all issues are about has pages by KEP and by release."""

_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+", re.ASCII)

Placed = tuple[tuple[Issue, tuple[T, ...]], ...]
"""Issues, newest first, each with what is found there in the order of its text."""


@dataclass(frozen=True, kw_only=True)
class TopicIndex:
    """All topics by slug, those of `topics.yml` first, and where public issues name them.

    `keys` has the slug of each topic by what a mention calls it: a slug, a repository, a number.
    """

    index: Index
    topics: Mapping[str, Topic]
    keys: Mapping[str, str]

    @cached_property
    def mentions(self) -> Mapping[str, Placed[TopicMention]]:
        """For each topic that is named the issues that name it, newest first, with its mentions there."""
        return self._placed(lambda issue: issue.topic_mentions)

    @cached_property
    def releases(self) -> Mapping[str, Placed[ReportedRelease]]:
        """For each topic of which releases were reported the issues that report one, newest first, with these."""
        return self._placed(lambda issue: issue.releases)

    @cached_property
    def by_issue(self) -> Mapping[str, tuple[str, ...]]:
        """For each issue, by its path, the slugs of the topics that it names, in the order of its text."""
        keys = self.keys
        return {
            issue.path: tuple(dict.fromkeys(keys[it.topic] for it in issue.topic_mentions if it.topic in keys))
            for issue in self.index.read
        }

    def slug_of(self, found: TopicMention | ReportedRelease) -> str | None:
        """Return the slug of the topic that a mention or a release is of; None where it is no topic."""
        return self.keys.get(found.topic)

    def _placed(self, found_in: Callable[[Issue], Iterable[T]]) -> dict[str, Placed[T]]:
        table: dict[str, list[tuple[Issue, tuple[T, ...]]]] = {}
        for issue in self.index.read:
            here: dict[str, list[T]] = {}
            for it in found_in(issue):
                if it.topic in self.keys:
                    here.setdefault(self.keys[it.topic], []).append(it)
            for slug, items in here.items():
                table.setdefault(slug, []).append((issue, tuple(items)))
        return {slug: tuple(found) for slug, found in table.items()}


def build_topic_index(index: Index, written: Iterable[Topic], is_written: IsWritten = lambda path: False) -> TopicIndex:
    """Return the index of topics: those that people have written, and those that issues themselves name.

    A topic of the latter never has the page of one of the former, nor one that a writer has written.
    """
    topics = {topic.slug: topic for topic in written}
    keys = {slug: slug for slug in topics}
    taken = {*topics, "index"}
    for key, topic in _found_topics(index, keys):
        free = (it for it in _slugs(topic, key) if it not in taken and not is_written(TOPIC_PAGE.format(slug=it)))
        slug = next(free)
        taken.add(slug)
        topics[slug], keys[key] = replace(topic, slug=slug), slug
    return TopicIndex(index=index, topics=topics, keys=keys)


def _found_topics(index: Index, known: Mapping[str, str]) -> Iterator[tuple[str, Topic]]:
    """Yield topics that issues themselves name, each with what its mentions call it; `slug` is the one it asks for."""
    numbers: set[str] = set()
    linking: Counter[str] = Counter()
    called: dict[str, Counter[str]] = {}
    for issue in reversed(index.read):  # the oldest words come first
        mentions = [it for it in issue.topic_mentions if it.topic not in known]
        numbers.update(it.topic for it in mentions if it.by == "number")
        linking.update({it.topic for it in mentions if it.by == "repository"} - NO_TOPICS)
        for it in mentions:
            if "://" not in it.written:
                called.setdefault(it.topic, Counter())[it.written] += 1
    for number in sorted(numbers):
        yield number, Topic(slug=number.lower(), name=number, kind="vulnerability")
    repos = sorted(repo for repo, count in linking.items() if count >= FEWEST_ISSUES)
    shared = Counter(as_slug(repo.partition("/")[2]) for repo in repos)
    for repo in repos:
        own = repo.partition("/")[2]
        slug = as_slug(own) if shared[as_slug(own)] == 1 else as_slug(repo)
        yield repo, Topic(slug=slug, name=_name_of(own, called.get(repo, Counter())), repo=repo)


def _name_of(own: str, called: Counter[str]) -> str:
    """Return the name of a repository as issues write it most: `Argo CD` of `argo-cd`."""
    same = (name for name, _ in called.most_common() if folded_name(name) == folded_name(own))
    return next(same, own)


def _slugs(topic: Topic, key: str) -> Iterator[str]:
    """Yield the slugs that a topic may have, the one it asks for first."""
    if topic.slug:
        yield topic.slug
    whole = as_slug(key) or "topic"
    yield whole
    number = 1
    while True:
        number += 1
        yield f"{whole}-{number}"


def as_slug(text: str) -> str:
    """Return a text as the slug of a topic: small letters and digits, with hyphens between; empty without any."""
    return _NOT_IN_SLUG.sub("-", text.lower()).strip("-")
