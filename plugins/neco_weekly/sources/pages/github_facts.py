"""Objects of GitHub's API -> the facts of a card: days of issues, pull requests, releases and repositories.

The objects are those of https://docs.github.com/rest; what is of another shape than documented says nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...model.days import TOKYO
from ...model.github import GitHubFacts, GitHubState, Moment
from ...model.text import one_line, shortened
from .github import GitHubLink

_MOST_LABELS, _LONGEST_NAME = 10, 100

_REPOSITORY = re.compile(r"https?://[^?#]*/repos/([\w.-]+/[\w.-]+)(?:/|\Z)", re.ASCII)

_VERSION = re.compile(r"(?P<name>.*?)v?(?P<numbers>\d+(?:\.\d+)+)", re.ASCII)

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()

_BANNER = re.compile(
    r"archived by the owner on (?P<month>[A-Z][a-z]{2}) (?P<day>\d{1,2}), (?P<year>\d{4})\. It is now read-only",
    re.ASCII,
)

_NOT_PLANNED = frozenset({"not_planned", "duplicate"})
"""Reasons for which an issue was closed without being done."""


def named_repository(answer: Mapping[str, Any]) -> str | None:
    """Return the `owner/name` of the repository in which an object lies, by the object's own address."""
    match = _REPOSITORY.match(str(answer.get("url")))
    return match[1] if match else None


def repository_facts(answer: Mapping[str, Any], today: dt.date) -> GitHubFacts:
    """Return the facts of a repository: the API says that one is archived, and not since when."""
    archived = today if answer.get("archived") is True else None
    return GitHubFacts(kind="repository", created=_day_until(today, answer, "created_at"), seen_archived=archived)


def facts_of(kind: str, answer: Mapping[str, Any], today: dt.date) -> GitHubFacts | None:
    """Return the facts of an issue, pull request or release (`kind` is the word in its address); None without a day.

    A day that is still to come is none.
    """
    if kind == "releases/tag":
        published = _day_until(today, answer, "published_at")
        is_early = answer.get("prerelease") is True
        return GitHubFacts(kind="release", created=published, prerelease=is_early) if published else None
    pull = answer.get("pull_request")  # at an issue's address there may be a pull request, too
    is_pull = kind == "pull" or isinstance(pull, dict)
    created, closed = (_day_until(today, answer, name) for name in ("created_at", "closed_at"))
    if created is None:
        return None
    return GitHubFacts(
        kind="pull" if is_pull else "issue",
        created=created,
        closed=closed,
        merged=_day_until(today, pull if isinstance(pull, dict) else answer, "merged_at"),
        not_planned=_is_not_planned(answer) and closed is not None,
        draft=answer.get("draft") is True and closed is None,
        milestone=_name(answer.get("milestone"), "title"),
    )


def banner(html: str, url: str) -> GitHubFacts | None:
    """Return what the banner of an archived repository's page says, which alone names the day; None on other pages."""
    link = GitHubLink.parse(url)
    match = _BANNER.search(html) if link and not link.kind else None
    if match is None:
        return None
    try:
        day = dt.date(int(match["year"]), _MONTHS.index(match["month"]) + 1, int(match["day"]))
    except ValueError:
        return None
    return GitHubFacts(kind="repository", archived=day)


def with_banner(facts: GitHubFacts | None, page: GitHubFacts | None) -> GitHubFacts | None:
    """Return facts of the API with the day of the page's banner, if the API says that the repository is archived.

    A text of the page, such as a README, may have the words of the banner. Without the API the page's word counts.
    """
    if facts is None or page is None:
        return facts or page
    return replace(facts, archived=page.archived, seen_archived=None) if facts.seen_archived else facts


# --- events -------------------------------------------------------------------------------------------------------


def moments(answer: Mapping[str, Any], events: Iterable[Any], days: Iterable[dt.date]) -> dict[dt.date, Moment]:
    """Return what was so at the end of days of an issue or pull request, by all its events, the oldest first.

    Labels and milestone are those of today (`answer`) less what changed since: a label's first days have no event.
    """
    dated = [(day, it) for it in events if isinstance(it, dict) and (day := _day(it.get("created_at")))]
    return {day: _moment(answer, dated, day) for day in days}


Dated = Sequence[tuple[dt.date, Mapping[str, Any]]]


def _moment(answer: Mapping[str, Any], events: Dated, day: dt.date) -> Moment:
    listed = answer.get("labels")
    labels = {name for it in (listed if isinstance(listed, list) else []) if (name := _text(it, "name"))}
    milestone = _name(answer.get("milestone"), "title")
    for when, event in reversed(events):
        if when <= day:
            break
        label = _name(event.get("label"), "name")
        match event.get("event"):
            case "labeled":
                labels.discard(label or "")
            case "unlabeled" if label:
                labels.add(label)
            case "milestoned":
                milestone = None
            case "demilestoned":
                milestone = _name(event.get("milestone"), "title")
    before = [event for when, event in events if when <= day]
    after = [event for when, event in events if when > day]
    kept = tuple(sorted(labels)[:_MOST_LABELS])
    return Moment(state=_state(answer, before, after), labels=kept, milestone=milestone)


def _state(
    answer: Mapping[str, Any], before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> GitHubState:
    state = GitHubState.OPEN
    for event in before:
        match event.get("event"):
            case "merged":
                state = GitHubState.MERGED
            case "closed" if state is not GitHubState.MERGED:
                state = GitHubState.NOT_PLANNED if _is_not_planned(event) else GitHubState.CLOSED
            case "reopened":
                state = GitHubState.OPEN
    return GitHubState.DRAFT if state is GitHubState.OPEN and _was_draft(answer, before, after) else state


def _was_draft(
    answer: Mapping[str, Any], before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> bool:
    """Whether a pull request was a draft: by the last word before, else the first word after, else that of today."""
    last = next((it for it in reversed(before) if it.get("event") in _OF_DRAFTS), None)
    if last:
        return bool(last["event"] == "convert_to_draft")
    first = next((it for it in after if it.get("event") in _OF_DRAFTS), None)
    return bool(first["event"] == "ready_for_review") if first else answer.get("draft") is True


_OF_DRAFTS = ("convert_to_draft", "ready_for_review")


# --- releases -----------------------------------------------------------------------------------------------------


def newest_release(releases: Iterable[Any], day: dt.date) -> tuple[str, dt.date] | None:
    """Return the newest release that was out at the end of a day, with its own day; None where none was.

    Where all of them are versions of one thing, the highest is the newest: a fix of an old version may come later.
    """
    out = [(name, when) for name, when, is_early in _releases(releases) if when <= day and not is_early]
    versions = [_VERSION.fullmatch(name) for name, _ in out]
    if all(versions) and len({it["name"] for it in versions if it}) == 1:
        return max(out, key=lambda it: (_numbers(it[0]), it[1]))
    return max(out, key=lambda it: it[1], default=None)


def _releases(releases: Iterable[Any]) -> Iterator[tuple[str, dt.date, bool]]:
    for it in releases:
        name, day = _text(it, "tag_name"), _day(it.get("published_at")) if isinstance(it, dict) else None
        if name and day and it.get("draft") is not True:
            yield name, day, it.get("prerelease") is True


def _numbers(name: str) -> tuple[int, ...]:
    match = _VERSION.fullmatch(name)
    return tuple(int(it[:9]) for it in match["numbers"].split(".")) if match else ()


# --- values -------------------------------------------------------------------------------------------------------


def _is_not_planned(answer: Mapping[str, Any]) -> bool:
    reason = answer.get("state_reason")
    return isinstance(reason, str) and reason in _NOT_PLANNED


def _text(value: Any, key: str) -> str | None:
    text = value.get(key) if isinstance(value, dict) else value
    return shortened(one_line(text), _LONGEST_NAME) or None if isinstance(text, str) else None


def _name(value: Any, key: str) -> str | None:
    return _text(value, key) if isinstance(value, dict) else None


def _day_until(today: dt.date, answer: Mapping[str, Any], key: str) -> dt.date | None:
    """Return the day of a moment that an object names, unless that is still to come."""
    day = _day(answer.get(key))
    return day if day and day <= today else None


def _day(written: Any) -> dt.date | None:
    """Return the day in Tokyo of a moment that the API names, `2026-03-01T23:59:00Z`; its moments are of UTC."""
    try:
        moment = dt.datetime.fromisoformat(written) if isinstance(written, str) else None
        return moment.replace(tzinfo=moment.tzinfo or dt.UTC).astimezone(TOKYO).date() if moment else None
    except (ValueError, OverflowError):
        return None
