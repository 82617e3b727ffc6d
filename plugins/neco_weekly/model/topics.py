"""A topic: what the team writes about that is no KEP. Where issues name topics, `issues` says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from .keps import Link

TopicKind = Literal["project", "standard", "technique", "vulnerability"]
"""What a topic is: a project has a repository, a vulnerability a number."""

KINDS: tuple[TopicKind, ...] = ("project", "standard", "technique", "vulnerability")
"""All kinds of topics, in the order in which pages list them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic: one that people wrote into `topics.yml` (`is_written`), or one that issues themselves name.

    `repo` is `owner/name` of GitHub as written, which compares without case. `aliases` are other names, `always` those
    names that count wherever they stand, though they may be common words. `docs` are the addresses below which the
    topic's own pages lie. `summary` is a paragraph, `see_also` are slugs of other topics. `line` (from 1) is that of
    `topics.yml`, 0 for a topic that nobody wrote there.
    """

    slug: str
    name: str
    kind: TopicKind = "project"
    aliases: tuple[str, ...] = ()
    always: frozenset[str] = frozenset()
    repo: str | None = None
    docs: tuple[str, ...] = ()
    summary: str | None = None
    sources: tuple[Link, ...] = ()
    see_also: tuple[str, ...] = ()
    is_written: bool = False
    line: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """All names, the topic's own first."""
        return (self.name, *self.aliases)

    @property
    def facts(self) -> dict[str, Any]:
        """What programs are told of a topic first, wherever they ask, as JSON values."""
        return {
            "slug": self.slug,
            "name": self.name,
            "kind": self.kind,
            "aliases": list(self.aliases),
            "repo": self.repo,
        }
