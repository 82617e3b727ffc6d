"""Which issues stand in the feeds of the newest issues, and each of them whole as an entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from ...model.issues import Issue
from .feed_values import Category, Entry, identifier
from .plain_html import plain_html

NEWEST_ISSUES = 20
"""The number of issues in a feed: for a weekly note a few months, and no more than a phone likes to load."""


def in_feed(dated: Sequence[Issue], corrected: Mapping[str, dt.date]) -> list[Issue]:
    """Return the issues of a feed: the newest, and older ones that one of these corrects, of which as many at most.

    `dated` come newest first; `corrected` has the day of the last correction of an issue, by its path. So a correction
    reaches readers also where the entry of the corrected issue has left the feed.
    """
    newest = list(dated[:NEWEST_ISSUES])
    since = newest[-1].date if newest else None
    later = (it for it in dated[NEWEST_ISSUES:] if since and it.path in corrected and corrected[it.path] >= since)
    return newest + list(islice(later, NEWEST_ISSUES))


def issue_key(issue: Issue, folder: str) -> str:
    """Return what an issue is known by, wherever the site and its folder of issues lie: `2026/01/2026-01-09`."""
    return issue.path.removeprefix(f"{folder}/").removesuffix(".md")


def issue_entry(
    issue: Issue,
    html: str,
    url: str,
    *,
    key: str,
    categories: Iterable[Category] = (),
    updated: dt.date | None = None,
) -> Entry:
    """Return an issue with a date as an entry: `html` is that of its page at `url`, `key` what it is known by.

    `updated` is the day on which a later issue has corrected this one.
    """
    assert issue.date is not None  # noqa: S101 (the feeds have issues with a date)
    return Entry(
        id=identifier("issue", key),
        url=url,
        title=issue.title,
        date=issue.date,
        html=plain_html(html, url=url),
        summary=issue.summary,
        updated=updated,
        categories=tuple(categories),
    )
