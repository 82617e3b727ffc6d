"""`api/changes.json`: what happened lately, for who follows a KEP, a SIG or a topic; a schema beside it says how.

It is one file that a browser can load whole, so that it holds a year at most: KEPs with what happened to each, releases
of topics' projects, and the issues of that time. The whole past of a KEP is in `api/keps/N.json`. What has a page is
named, for what a reader follows may have lost its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any

from ...display.event_words import event_text
from ...display.words import Strings
from ...issues.index import Index
from ...lock.releases_as_of import ReleasesAsOf
from ...model.kep_events import Event
from ...model.news import news_of
from ...model.paths import KEP_PAGE
from ..files import GeneratedPage
from ..news_draft import release_url, version_text
from .data import AddressOf, as_json
from .topic import TopicViews

PATH, SCHEMA = "api/changes.json", "api/changes.schema.json"
"""The paths of the file and of its JSON Schema, from the site's root."""

SPAN = dt.timedelta(days=366)
"""The time that the file looks back from the lock's day."""

MOST = 1000
"""The most changes in the file, the newest: a year has half as many, a first reading of a source may find more."""

MOST_RELEASES = 400
"""The most releases of projects in the file, the newest."""


Pages = Mapping[str, Sequence[int | str]]
"""The KEPs, SIGs and topics that have a page, by folder: `keps`, `sigs`, `topics`."""


def change_data(
    index: Index, releases: ReleasesAsOf, topics: TopicViews, pages: Pages, address_of: AddressOf, words: Strings
) -> Iterator[GeneratedPage]:
    """Yield the file of what happened lately, and its JSON Schema; nothing where the lock has no day."""
    until = releases.lock.as_of
    if until is None:
        return
    told = _Told(index, releases, topics, pages, address_of, words)
    yield as_json(PATH, told.document(until - SPAN, until))
    schema = files("neco_weekly.site").joinpath("schemas/changes.schema.json").read_text(encoding="utf-8")
    yield GeneratedPage(path=SCHEMA, content=schema)


class _Told:
    """What is told of the changes of a time."""

    def __init__(
        self,
        index: Index,
        releases: ReleasesAsOf,
        topics: TopicViews,
        pages: Pages,
        address_of: AddressOf,
        words: Strings,
    ) -> None:
        self._index, self._releases, self._topics, self._pages = index, releases, topics, pages
        self._address_of, self._words = address_of, words

    def document(self, since: dt.date, until: dt.date) -> dict[str, Any]:
        """Return what happened after the day `since` until the day `until`."""
        events = [it for it in self._releases.events if it.day > since][:MOST]
        if len(events) == MOST:  # of a day of which not all is told nothing is: whoever counts, counts whole days
            since = events[-1].day
            events = [it for it in events if it.day > since]
        numbers = sorted({number for it in events for number in it.keps})
        return {
            "generated": until.isoformat(),
            "since": since.isoformat(),
            "changes": [self._change(it) for it in events],
            "keps": {str(number): self._kep(number) for number in numbers},
            "releases": list(self._project_releases(since, until)),
            "issues": list(self._issues(since)),
            "pages": self._pages,
        }

    def _change(self, event: Event) -> dict[str, Any]:
        found = {
            "id": event.id,
            "day": event.day.isoformat(),
            "kind": event.kind,
            "keps": list(event.keps),
            "stage": event.stage,
            "release": event.release,
            "missed": event.missed,
            "pull": event.pull,
            "text": event_text(event, self._words),
        }
        return {name: value for name, value in found.items() if value is not None}

    def _kep(self, number: int) -> Mapping[str, Any]:
        life = self._releases.lives.get(number)
        state = life.enhancement.state if life else None
        url = self._address_of(KEP_PAGE.format(number=number)) if number in self._pages["keps"] else None
        return {"title": state and state.title, "sig": state and state.sig, "url": url}

    def _project_releases(self, since: dt.date, until: dt.date) -> Iterator[dict[str, Any]]:
        """Yield the releases of the projects of topics that have a page, patches too, the newest first."""
        found = []
        for slug, row in self._topics.rows.items():
            repository = self._releases.lock.repository(row.topic.repo) if row.topic.repo else None
            for news in news_of((repository,), since=since, until=until) if repository else ():
                for release in (*news.headlines, *news.patches):
                    text = f"{row.topic.name} {version_text(release)}"
                    url = release_url(news.repository, release)
                    found.append((release.day, slug, release.tag, text, url))
        for day, slug, tag, text, url in sorted(found, key=lambda it: (-it[0].toordinal(), *it[1:]))[:MOST_RELEASES]:
            yield {"id": f"topic/{slug}/{tag}", "day": day.isoformat(), "topic": slug, "text": text, "url": url}

    def _issues(self, since: dt.date) -> Iterator[dict[str, Any]]:
        """Yield the issues of the time, the newest first, with the KEPs, their SIGs and the topics that each names."""
        lives = self._releases.lives
        for issue in self._index.issues:
            if issue.date and issue.date > since:
                sigs = {lives[number].enhancement.state.sig for number in issue.keps if number in lives}
                yield {
                    "day": issue.date.isoformat(),
                    "title": issue.title,
                    "url": self._address_of(issue.path),
                    "keps": list(issue.keps),
                    "sigs": sorted(filter(None, sigs)),
                    "topics": [it for it in self._topics.index.by_issue[issue.path] if it in self._topics.rows],
                }
