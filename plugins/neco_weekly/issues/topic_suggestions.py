"""What could become a topic of `topics.yml`: names and repositories of three issues or more that have no entry."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from ..grammar.common_words import is_common_word
from ..grammar.heading_names import may_be_called, names_in_heading
from ..grammar.issue_titles import plain_form
from ..grammar.name_table import LONGEST, SHORTEST, folded_name
from ..grammar.topics_file import TopicsFile
from ..model.issues import Issue
from ..model.topics import Topic
from .index import Index
from .topic_index import NO_TOPICS, as_slug

FEWEST = 3
"""The number of issues that name what is suggested."""

MOST_SUGGESTED = 20
"""The number of suggestions that a person reads at once."""

_MOST_PART = 0.8
"""The part of all issues that name a thing which names none in particular, from `_MANY` issues on."""

_MANY = 5

_FEW_LINKS = 5
"""In one of so many issues that name a thing there is a link to its repository at least."""

ReadIndex = Callable[[TopicsFile], Index]
"""A function that reads all issues with these topics."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A topic that `topics.yml` could have, and what speaks for it.

    `issues` are those that name it or link to its repository, newest first; `headings` how many headings name it, and
    `links` how many issues link to its repository.
    """

    topic: Topic
    issues: tuple[Issue, ...]
    headings: int
    links: int

    @property
    def weight(self) -> int:
        """How much speaks for it: the issues that name it, twice as much where it has a repository."""
        return len(self.issues) * (2 if self.topic.repo else 1)


def suggestions(index: Index, written: TopicsFile, read: ReadIndex) -> tuple[Suggestion, ...]:
    """Return what could become topics, what most issues name first. `index` is what `read` returns of `written`.

    Headings and linked repositories say what may be a name. All issues are read once more for these.
    """
    linking = _linking(index)
    candidates = _candidates(index, written, linking)
    again = read(TopicsFile(topics=(*written.topics, *candidates)))
    found = (_suggestion(topic, again, linking) for topic in candidates)
    wanted = (it for it in found if len(it.issues) >= FEWEST and not (_is_of_all(it, again) or _is_word(it)))
    return tuple(sorted(wanted, key=lambda it: (-it.weight, -it.headings, it.topic.slug)))


def _linking(index: Index) -> Counter[str]:
    """Return how many issues link to each repository that no topic has."""
    linking: Counter[str] = Counter()
    for issue in index.issues:
        repos = {it.topic for it in issue.topic_mentions if it.by == "repository" and "/" in it.topic}
        linking.update(repos - NO_TOPICS)
    return linking


def _candidates(index: Index, written: TopicsFile, linking: Counter[str]) -> list[Topic]:
    """Return topics to look for: names of headings and repositories, each once, with the repository of that name.

    A repository that is called by words alone (`community`, `test-infra`) is a project where a release was reported.
    """
    taken = {folded_name(name) for topic in written.topics for name in topic.names}
    repos: dict[str, str] = {}
    for linked in sorted(linking, key=lambda it: (-linking[it], it)):
        repos.setdefault(folded_name(linked.partition("/")[2]), linked)
    names = dict.fromkeys(name for it in _headings(index) for name in names_in_heading(it))
    own = filter(may_be_called, (repo.partition("/")[2] for repo in repos.values()))
    released = {it.topic for issue in index.issues for it in issue.releases}
    slugs = set(written.slugs)
    found: dict[str, Topic] = {}
    for name in (*names, *own):
        folded, repo = folded_name(name), repos.get(folded_name(name))
        is_plain = all(map(is_common_word, re.split(r"[\W_]+", name))) and " " not in name
        if folded in taken or folded.isdecimal() or (is_plain and repo not in released):
            continue
        if folded in found or f"{folded}s" in found or folded.removesuffix("s") in found:
            continue
        if SHORTEST <= len(folded) <= LONGEST:
            slug = next(it for it in _slugs(name, repo) if it not in slugs)
            slugs.add(slug)
            found[folded] = Topic(slug=slug, name=name, kind="project" if repo else "technique", repo=repo)
    return list(found.values())


def _headings(index: Index) -> Iterator[str]:
    """Yield the headings of all issues but for rubrics: what several issues are divided by says nothing of a subject.

    One that is a name and nothing else may well come again, in a fifth of all issues.
    """
    issues = Counter(it for issue in index.issues for it in {plain_form(it) for it in issue.headings})
    often = max(FEWEST, len(index.issues) // 5)
    for heading in (it for issue in index.issues for it in issue.headings):
        count, is_name = issues[plain_form(heading)], names_in_heading(heading)[:1] == (heading.strip(),)
        if count < FEWEST or (is_name and count <= often):
            yield heading


def _slugs(name: str, repo: str | None) -> Iterator[str]:
    """Yield the slugs that a topic may have, the best first."""
    own = as_slug(name) or "topic"
    yield own
    if repo:
        yield as_slug(repo)
    yield from (f"{own}-{number}" for number in itertools.count(2))


def _suggestion(topic: Topic, index: Index, linking: Counter[str]) -> Suggestion:
    named = [issue for issue in index.issues if any(it.topic == topic.slug for it in issue.topic_mentions)]
    folded = folded_name(topic.name)
    headings = sum(folded in folded_name(it) for issue in named for it in issue.headings)
    links = linking[topic.repo or ""]
    if topic.repo and links * _FEW_LINKS < len(named):  # somebody's repository of the name, and not what all mean
        topic, links = replace(topic, repo=None, kind="technique"), 0
    return Suggestion(topic=topic, issues=tuple(named), headings=headings, links=links)


def _is_word(found: Suggestion) -> bool:
    """Whether a name is a word that issues write small more often than not, and no repository makes it a name."""
    name = found.topic.name
    if found.links >= FEWEST or not name.isalpha() or any(map(str.isupper, name[1:])):
        return False
    named = (it.written for issue in found.issues for it in issue.topic_mentions if it.topic == found.topic.slug)
    written = [it for it in named if "://" not in it]
    return bool(written) and 2 * sum(it[:1].islower() for it in written) >= len(written)


def _is_of_all(found: Suggestion, index: Index) -> bool:
    """Whether nearly all issues name a thing, so that its page would be the archive once more."""
    many = len(index.issues) >= _MANY
    return many and len(found.issues) > _MOST_PART * len(index.issues)
