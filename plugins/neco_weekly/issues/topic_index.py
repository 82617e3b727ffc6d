"""The index of topics: which there are, and which issues name each; one for the site, the refresh and the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..model.issues import Issue, ReportedRelease, TopicMention
from ..model.topics import Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicIndex:
    """All topics by slug, and where public issues name them, newest first.

    `mentions` has for each topic the issues that name it, with its mentions there in the order of the text; `releases`
    the releases of it that issues report. `by_issue` has the slugs of an issue, by its path, in the order of the text.
    """

    topics: Mapping[str, Topic]
    mentions: Mapping[str, tuple[tuple[Issue, tuple[TopicMention, ...]], ...]]
    releases: Mapping[str, tuple[tuple[Issue, tuple[ReportedRelease, ...]], ...]]
    by_issue: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """An issue that is related to another, and what both share: numbers of KEPs, names of SIGs, slugs of topics."""

    issue: Issue
    keps: tuple[int, ...] = ()
    sigs: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
