"""The digest of a project: what `neco digest` prints, and what the pull request of a refresh begins with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote, urljoin

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
from ...site.digest_draft import DigestDraft, LinkTo
from ...site.issue_links import best_heading, issue_link, issue_name
from ...site.own_paths import directory_address
from ..project import Project
from .earlier_lock import lock_known_on


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
    before: ReleasesAsOf | None = None,
    link_to: LinkTo | str | None = None,
) -> DigestDraft:
    """Return the digest of a time in words; `before` is the lock as it was on the day `since`, where that is known.

    `link_to` may be the path of the file in which links to earlier issues will stand; without it, of the next issue.
    """
    words, found = load_strings(project.locale), index.decided(lock)
    releases = ReleasesAsOf(KepsAsOf(lock, project.releases))
    known = known_before(before, since, lock) if before else None
    digest = digest_of(
        releases.events, releases.releases, since=since, until=until, covered=found.by_kep.keys(), before=known
    )
    path = link_to if isinstance(link_to, str) else _next_path(index, project, until)

    def beside(issue: Issue, mentions: Sequence[Mention], number: int) -> str:
        return issue_link(issue, mentions, number, path, words)

    return DigestDraft(
        digest=digest,
        releases=releases,
        index=found,
        words=words,
        link_to=link_to if callable(link_to) else beside,
        news=news_of(lock.watched.values(), since=since, until=until),
        names={topic.repo.lower(): topic.name for topic in lock.topics.topics if topic.repo},
    )


def refresh_news(project: Project, before: Lock, after: Lock) -> str:
    """Return what a refresh has to tell of the time since the last issue as a section of its report; maybe nothing.

    Its links lead to the site, where that has an address. What the lock before the refresh had of that time is told,
    too: nobody has written of it yet.
    """
    index = project.read_index()
    days = [issue.date for issue in index.issues if issue.date]
    if not days or after.as_of is None:
        return ""
    since = min(max(days), before.as_of or dt.date.max)
    if after.as_of <= since:
        return ""
    earlier = lock_known_on(project, since) or (before if before.as_of else None)
    draft = digest_draft(
        project,
        after,
        index,
        since=since,
        until=after.as_of,
        before=ReleasesAsOf(KepsAsOf(earlier, project.releases)) if earlier else None,
        link_to=_on_site(project),
    )
    return f"## {draft.words('digest.news')}\n\n{draft.markdown(level=3)}\n"


def _on_site(project: Project) -> LinkTo:
    """Return a function that links to an issue's page of the site, or names the issue where the site has no address."""
    words = load_strings(project.locale)

    def link_to(issue: Issue, mentions: Sequence[Mention], number: int) -> str:
        name, heading = issue_name(issue, words), best_heading(issue, mentions, number)
        if not project.site_url:
            return name
        page = directory_address(issue.path) if project.without_endings else f"{issue.path.removesuffix('.md')}.html"
        anchor = f"#{heading.anchor}" if heading and heading.anchor else ""
        return f"[{name}]({quote(urljoin(project.site_url, page) + anchor, safe=_URL_SIGNS)})"

    return link_to


_URL_SIGNS = "/:?#[]@!$&*+,;=%~"
"""What stays as it is in an address: all but what would end a Markdown link."""


def known_before(before: ReleasesAsOf, since: dt.date, now: Lock) -> KnownBefore:
    """Return what an earlier lock knew, for a digest of the time after the day `since` from the lock of now."""
    lock = before.lock
    ids = frozenset(it.id for it in before.events if it.day <= since)
    had_witnesses = now.gates.sources.keys() <= lock.gates.sources.keys()
    day = lock.as_of or dt.date.min
    return KnownBefore(day=day, ids=ids, keps=lock.all_numbers, had_witnesses=had_witnesses)


def _next_path(index: Index, project: Project, day: dt.date) -> str:
    """Return the path that the next issue will have, beside those there are; without any, that of an issue of a day."""
    past = [replace(PastIssue.of(it.path, ""), title=it.title, date=it.date, number=it.number) for it in index.issues]
    coming = next_day([it.date for it in past if it.date]) or day
    return next_issue(past, coming, folder=project.issues, title=None, unnamed="").path
