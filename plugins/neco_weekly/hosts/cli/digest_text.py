"""The digest of a project: what `neco digest` prints, and what the pull request of a refresh begins with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from ...display.words import load_strings
from ...issues.exchange.next_issue import next_day, next_issue
from ...issues.exchange.past_issue import PastIssue
from ...issues.index import Index
from ...lock.kep_as_of import KepsAsOf
from ...lock.releases_as_of import ReleasesAsOf
from ...lock.store import Lock
from ...model.digest import KnownBefore, digest_of
from ...model.errors import NecoError
from ...model.issues import Issue, Mention
from ...model.news import news_of
from ...model.releases import Releases
from ...site.digest_draft import DigestDraft, LinkTo
from ...site.issue_links import issue_link
from ..project import Project


def last_issue(index: Index) -> dt.date:
    """Return the day of the newest public issue.

    Raises:
        NecoError: no issue has a day.
    """
    days = [issue.date for issue in index.issues if issue.date]
    if not days:
        raise NecoError("there is no public issue with a date yet; name a day with --since")
    return max(days)


def digest_draft(
    project: Project,
    lock: Lock,
    index: Index,
    *,
    since: dt.date,
    until: dt.date,
    before: Lock | None = None,
    link_to: LinkTo | None = None,
) -> DigestDraft:
    """Return the digest of a time in words; `before` is the lock as it was on the day `since`, where that is known.

    Without `link_to`, links to earlier issues are those of the next issue's file.
    """
    words, found = load_strings(project.locale), index.decided(lock)
    releases = ReleasesAsOf(KepsAsOf(lock, project.releases))
    known = known_before(before, lock, project.releases) if before else None
    digest = digest_of(
        releases.events, releases.releases, since=since, until=until, covered=found.by_kep.keys(), before=known
    )
    path = _next_path(index, project, until)

    def beside(issue: Issue, mentions: Sequence[Mention], number: int) -> str:
        return issue_link(issue, mentions, number, path, words)

    return DigestDraft(
        digest=digest,
        releases=releases,
        index=found,
        words=words,
        link_to=link_to or beside,
        news=news_of(lock.watched.values(), since=since, until=until),
        names={topic.repo.lower(): topic.name for topic in lock.topics.topics if topic.repo},
    )


def known_before(before: Lock, now: Lock, releases: Releases) -> KnownBefore:
    """Return what an earlier lock knew, for a digest from the one of now."""
    ids = frozenset(it.id for it in ReleasesAsOf(KepsAsOf(before, releases)).events)
    had_witnesses = now.gates.sources.keys() <= before.gates.sources.keys()
    day = before.as_of or dt.date.min
    return KnownBefore(day=day, ids=ids, keps=before.all_numbers, had_witnesses=had_witnesses)


def _next_path(index: Index, project: Project, day: dt.date) -> str:
    """Return the path that the next issue will have, beside those there are; without any, that of an issue of a day."""
    past = [replace(PastIssue.of(it.path, ""), title=it.title, date=it.date, number=it.number) for it in index.issues]
    coming = next_day([it.date for it in past if it.date]) or day
    return next_issue(past, coming, folder=project.issues, title=None, unnamed="").path
