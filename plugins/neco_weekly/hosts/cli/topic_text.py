"""What `neco topics` tells of topics: one of them, all of them, and what could become one, for a person and as JSON."""

from __future__ import annotations

import difflib
import json
import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ...grammar.name_table import folded_name
from ...issues.alias_suggestions import AliasSuggestion
from ...issues.topic_index import TopicIndex
from ...issues.topic_suggestions import Suggestion
from ...lock.store import Lock
from ...model.issues import Issue, ReportedRelease, TopicMention
from ...model.topics import Topic
from ...model.watched import Release


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTopic:
    """A topic with the issues that name it, newest first, what they report, and the newest release in the lock.

    `docs` is put before paths of issues, so that they are as their author knows them.
    """

    topic: Topic
    mentions: tuple[tuple[Issue, tuple[TopicMention, ...]], ...]
    releases: tuple[tuple[Issue, tuple[ReportedRelease, ...]], ...]
    latest: Release | None
    docs: str

    @classmethod
    def of(cls, slug: str, index: TopicIndex, lock: Lock, docs: str) -> KnownTopic:
        """Return what is known of a topic of the index."""
        topic = index.topics[slug]
        watched = lock.repository(topic.repo) if topic.repo else None
        return cls(
            topic=topic,
            mentions=index.mentions.get(slug, ()),
            releases=index.releases.get(slug, ()),
            latest=watched.current(lock.as_of) if watched else None,
            docs=docs,
        )

    def lines(self) -> Iterator[str]:
        """Yield what is known, as lines for a person."""
        topic = self.topic
        yield f"{topic.name} ({topic.kind}), topics/{topic.slug}/"
        if len(topic.names) > 1:
            yield f"also: {', '.join(topic.aliases)}"
        if topic.repo:
            yield f"repository: {topic.repo}"
        if self.latest:
            yield f"now: {self.latest.tag} ({self.latest.day})"
        yield from filter(None, [topic.summary])
        yield from (
            f"source: {it.title} {it.url}" if it.title != it.url else f"source: {it.url}" for it in topic.sources
        )
        if topic.see_also:
            yield f"see also: {', '.join(topic.see_also)}"
        for issue, found in self.releases:
            yield from (f"reported: {it.version} in {self._place(issue, it.line)}" for it in found)
        yield f"named in {_count(len(self.mentions), 'issue')}"
        for issue, mentions in self.mentions:
            for it in mentions:
                yield f"  {self._place(issue, it.line)}: {it.heading.text if it.heading else issue.title}"

    def document(self) -> dict[str, Any]:
        """Return what is known, as JSON values."""
        topic = self.topic
        return {
            **topic.facts,
            "summary": topic.summary,
            "sources": [{"title": it.title, "url": it.url} for it in topic.sources],
            "see_also": list(topic.see_also),
            "latest": {"version": self.latest.tag, "date": f"{self.latest.day}"} if self.latest else None,
            "releases": [
                {"version": it.version, "issue": issue.path, "line": it.line}
                for issue, found in self.releases
                for it in found
            ],
            "mentions": [
                {"issue": issue.path, "line": it.line, "heading": it.heading and it.heading.text, "by": it.by}
                for issue, found in self.mentions
                for it in found
            ],
        }

    def _place(self, issue: Issue, line: int) -> str:
        return f"{posixpath.join(self.docs, issue.path)}:{line}"


def slug_of(asked: str, index: TopicIndex) -> str | None:
    """Return the topic that a person means, by its slug, one of its names, its repository or its number; else None."""
    if asked in index.topics:
        return asked
    folded = folded_name(asked)
    for slug, topic in index.topics.items():
        is_repository = topic.repo is not None and topic.repo.lower() == asked.lower()
        if is_repository or folded in map(folded_name, topic.names):
            return slug
    return None


def nearest_to(asked: str, index: TopicIndex) -> str | None:
    """Return the slug of the topic whose slug or name is most like what was asked; None if none is like it."""
    names = {name.lower(): slug for slug, topic in index.topics.items() for name in (slug, *topic.names)}
    near = difflib.get_close_matches(asked.lower(), names, n=1)
    return names[near[0]] if near else None


def list_lines(index: TopicIndex) -> Iterator[str]:
    """Yield a line for each topic: slug, name, how many issues name it, and the newest day; the most named first."""
    order = sorted(index.topics, key=lambda slug: (-len(index.mentions.get(slug, ())), slug))
    wide = max(map(len, order), default=0)
    for slug in order:
        named = index.mentions.get(slug, ())
        last = next((f", last {issue.date}" for issue, _ in named if issue.date), "")
        yield f"{slug:<{wide}}  {index.topics[slug].name}: {_count(len(named), 'issue')}{last}"


# --- what could become a topic ----------------------------------------------------------------------------------------


def suggestion_lines(found: Sequence[Suggestion], docs: str) -> Iterator[str]:
    """Yield suggestions as YAML for `topics.yml`, each below a comment with what speaks for it."""
    for it in found:
        yield f"# {'; '.join(_evidence(it, docs))}"
        yield f"{it.topic.slug}:"
        yield f"  name: {_as_yaml(it.topic.name)}"
        if it.topic.repo:
            yield f"  repo: {it.topic.repo}"


def alias_lines(found: Sequence[AliasSuggestion]) -> Iterator[str]:
    """Yield suggested names as YAML, to put in place of the `aliases` of each topic, below what speaks for them."""
    for topic in {it.topic.slug: it.topic for it in found}.values():
        new = [it for it in found if it.topic.slug == topic.slug]
        yield from (f"# {it.alias}: {'; '.join(_alias_evidence(it))}" for it in new)
        aliases = ", ".join(_as_yaml(name) for name in (*topic.aliases, *(it.alias for it in new)))
        yield f"{topic.slug}:\n  aliases: [{aliases}]"


def alias_documents(found: Sequence[AliasSuggestion]) -> list[dict[str, Any]]:
    """Return suggested names as JSON values."""
    return [
        {
            "slug": it.topic.slug,
            "alias": it.alias,
            "issues": [issue.path for issue in it.issues],
            "sections": it.sections,
            "known": it.known,
        }
        for it in found
    ]


def _alias_evidence(found: AliasSuggestion) -> Iterator[str]:
    yield f"in {_count(found.sections, 'section')}, {found.known} of them about it"
    if found.issues:
        yield f"called so in {_count(len(found.issues), 'issue')}"


def suggestion_documents(found: Sequence[Suggestion]) -> list[dict[str, Any]]:
    """Return suggestions as JSON values."""
    return [
        {
            "slug": it.topic.slug,
            "name": it.topic.name,
            "repo": it.topic.repo,
            "issues": [issue.path for issue in it.issues],
            "headings": it.headings,
            "links": it.links,
        }
        for it in found
    ]


def _evidence(found: Suggestion, docs: str) -> Iterator[str]:
    yield _count(len(found.issues), "issue")
    if found.headings:
        yield _count(found.headings, "heading")
    if found.links:
        yield f"linked in {_count(found.links, 'issue')}"
    yield f"first in {posixpath.join(docs, found.issues[-1].path)}"


_PLAIN = re.compile(r"[A-Za-z][\w./+-]*(?: [\w./+-]+)*")

_NO_TEXT = frozenset("true false yes no on off null y n".split())


def _as_yaml(text: str) -> str:
    """Return a text as YAML reads it as one."""
    return text if _PLAIN.fullmatch(text) and text.lower() not in _NO_TEXT else json.dumps(text, ensure_ascii=False)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
