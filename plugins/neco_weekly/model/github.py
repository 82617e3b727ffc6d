"""Issues, pull requests, releases and repositories of GitHub: what their days tell of a past day and of today.

A day is Tokyo's, and what happened on a day is so at the day's end, as for KEPs. What days alone cannot tell of a past
day (labels, a milestone, whether something was closed and opened again) is a Moment, read once: the past stays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal, Self

GitHubKind = Literal["issue", "pull", "release", "repository"]
"""The kinds of things of GitHub whose state is known."""


class GitHubState(StrEnum):
    """The state of a thing of GitHub, as `github.<value>` in the table of words."""

    OPEN = "open"
    DRAFT = "draft"
    CLOSED = "closed"
    NOT_PLANNED = "not_planned"
    MERGED = "merged"
    PRERELEASE = "prerelease"
    ARCHIVED = "archived"

    @property
    def is_open(self) -> bool:
        """Whether nothing has ended: a draft is an open pull request."""
        return self in (GitHubState.OPEN, GitHubState.DRAFT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What was so at the end of a day: of issues and pull requests all but `release`, of repositories `release`.

    `labels` are None where nobody knows them, nor the milestone: of a thing with very many events.
    """

    state: GitHubState | None = None
    labels: tuple[str, ...] | None = None
    milestone: str | None = None
    release: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a thing stands on a day: its state with the day `since` which that holds, its milestone and release."""

    state: GitHubState | None = None
    since: dt.date | None = None
    milestone: str | None = None
    release: str | None = None
    labels: tuple[str, ...] = ()

    @property
    def seen(self) -> tuple[object, ...]:
        """What a reader sees as different: an archived repository has no other state, and a draft is open."""
        if self.state is GitHubState.ARCHIVED:
            return (self.state,)
        return self.state, self.milestone if self.state is None or self.state.is_open else None, self.release


@dataclass(frozen=True, slots=True, kw_only=True)
class GitHubFacts:
    """What GitHub says of a thing: days, and what is so today. `created` of a release is the day of its publication.

    `archived` is the day on which a repository was archived, where its page names the day; else `seen_archived` is the
    first day on which it was found so. `release` is the newest release of the repository, published on `released`.
    `past` has the Moments of the days of issues that link to the thing.
    """

    kind: GitHubKind
    created: dt.date | None = None
    closed: dt.date | None = None
    merged: dt.date | None = None
    not_planned: bool = False
    draft: bool = False
    prerelease: bool = False
    archived: dt.date | None = None
    seen_archived: dt.date | None = None
    milestone: str | None = None
    release: str | None = None
    released: dt.date | None = None
    past: Mapping[dt.date, Moment] = field(default_factory=dict)

    @property
    def today(self) -> Standing:
        """Where the thing stands today, that is on the day of the lock's newest answer."""
        state, since = self.by_days(dt.date.max)
        return Standing(state=state, since=since, milestone=self.milestone, release=self.release)

    def on(self, day: dt.date) -> Standing | None:
        """Return where the thing stood at the end of a day; None where it was not there yet, or nothing tells."""
        if self.created and day < self.created:
            return None
        moment = self.past.get(day, Moment())
        state = moment.state or self.by_days(day)[0]
        if self._is_repository and moment.release is None and state is not GitHubState.ARCHIVED:
            return None
        return Standing(state=state, milestone=moment.milestone, release=moment.release, labels=moment.labels or ())

    def before(self, day: dt.date | None) -> Standing | None:
        """Return where the thing stood on a day, where a reader sees a difference from today; else None.

        Where only days tell of the past, a milestone of today, or that an open pull request is a draft, is none.
        """
        then, now = self.on(day) if day else None, self.today
        if then is None or day is None or then.seen == now.seen:
            return None
        told = self._is_repository or self.past.get(day, Moment()).labels is not None
        same = then.state is now.state or (then.state is GitHubState.OPEN and now.state is GitHubState.DRAFT)
        return None if same and not told else then

    def joined(self, old: GitHubFacts | None) -> Self:
        """Return these facts of today with what older ones know of the past."""
        if old is None or old.kind != self.kind:
            return self
        archived = self.archived or (old.archived if self.seen_archived else None)
        seen = old.seen_archived or self.seen_archived if self.seen_archived and not archived else None
        release, day = (self.release, self.released) if self.release else (old.release, old.released)
        past = {**old.past, **self.past}
        return replace(self, archived=archived, seen_archived=seen, release=release, released=day, past=past)

    @property
    def _is_repository(self) -> bool:
        return self.kind in ("repository", "release")

    def by_days(self, day: dt.date) -> tuple[GitHubState | None, dt.date | None]:
        """Return the state at the end of a day by days alone, and the day since which it holds."""
        if self._is_repository:
            archived = self.archived or self.seen_archived
            if archived and archived <= day:
                return GitHubState.ARCHIVED, self.archived
            return (GitHubState.PRERELEASE, None) if self.prerelease else (None, None)
        if self.merged and self.merged <= day:
            return GitHubState.MERGED, self.merged
        if self.closed and self.closed <= day:
            return (GitHubState.NOT_PLANNED if self.not_planned else GitHubState.CLOSED), self.closed
        is_draft = self.draft and day == dt.date.max
        return (GitHubState.DRAFT if is_draft else GitHubState.OPEN), None


MOST_CODE_LINES, LONGEST_CODE_LINE = 10, 200
"""The number of lines of code that a card shows, and the number of characters of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """Lines of a file as they were in one commit: `lines` begin with line `first`, the link names all up to `last`.

    `language` is the name of the language where the file's name tells.
    """

    first: int
    last: int
    lines: tuple[str, ...]
    language: str | None = None
