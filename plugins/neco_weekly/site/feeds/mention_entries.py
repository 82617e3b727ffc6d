"""What issues wrote of a KEP, a SIG's KEPs or a topic, and what a topic's project released, as entries of feeds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from urllib.parse import quote

from markupsafe import Markup, escape

from ...display.words import Strings
from ...model.issues import Issue, Mention, TopicMention
from ...model.watched import WatchedRepository
from ..pages.appearances import Passage, appearance
from ..pages.topic import release_url
from .change_entries import bounded, link_to, list_of
from .feed_values import Category, Entry, identifier

NEWEST_MENTIONS = 10
"""The number of issues in the feed of a KEP, a SIG, a topic: who subscribes sees what there was, and no archive."""

NEWEST_RELEASES = 5
"""The number of releases that the feed of a topic has at most of those that came out long ago."""

_PASSAGES = 4
"""The number of passages of an issue that an entry quotes."""

AddressOf = Callable[[str], str]
"""A function from a page's path in the docs folder to its whole address."""

Found = Iterable[tuple[Issue, Sequence[Mention] | Sequence[TopicMention]]]
"""Issues, newest first, each with what is mentioned there."""


class MentionEntries:
    """Makes entries of mentions. `issue_key` is what an issue is known by, wherever the site lies."""

    def __init__(self, words: Strings, address_of: AddressOf, issue_key: Callable[[Issue], str]) -> None:
        self._words, self._address_of, self._issue_key = words, address_of, issue_key
        self._category = Category(term="issue", label=words("feeds.issue"))

    def of(self, kind: str, key: str, name: str, found: Found) -> Iterator[Entry]:
        """Yield an entry for each of the newest issues that mention a KEP or a topic, quoting what they wrote."""
        dated = ((issue, mentions) for issue, mentions in found if issue.date)
        for issue, mentions in islice(dated, NEWEST_MENTIONS):
            passages, url = appearance(issue, mentions).passages, self._address_of(issue.path)
            drawn = (self._passage(it, url) for it in passages[:_PASSAGES])
            yield self._entry(kind, key, name, issue, f"{url}{_anchor(passages[0])}", "".join(drawn))

    def of_issue(self, issue: Issue) -> Entry:
        """Return an entry for an issue with a date, with what the issue is about; its id is that of the whole issue."""
        assert issue.date is not None  # noqa: S101 (as for those that have one)
        return Entry(
            id=identifier("issue", self._issue_key(issue)),
            url=self._address_of(issue.path),
            title=issue.title,
            date=issue.date,
            html=f"<p>{escape(issue.summary)}</p>",
            summary=issue.summary,
        )

    def of_sig(
        self, sig: str, found: Iterable[tuple[Issue, Sequence[int]]], link_to: Callable[[int], Markup]
    ) -> Iterator[Entry]:
        """Yield an entry for each of the newest issues that mention KEPs of a SIG; `link_to` draws one of these."""
        dated = ((issue, numbers) for issue, numbers in found if issue.date)
        for issue, numbers in islice(dated, NEWEST_MENTIONS):
            keps = list_of(map(link_to, numbers))
            yield self._entry("sig", sig, sig, issue, self._address_of(issue.path), keps)

    def _entry(self, kind: str, key: str, name: str, issue: Issue, url: str, html: str) -> Entry:
        assert issue.date is not None  # noqa: S101 (undated issues were left out)
        return Entry(
            id=identifier(kind, key, "issue", self._issue_key(issue)),
            url=url,
            title=self._words("feeds.mention", name=name, issue=issue.title),
            date=issue.date,
            html=html,
            categories=(self._category,),
        )

    def _passage(self, passage: Passage, url: str) -> str:
        heading = passage.heading or self._words("kep.under_title")
        quoted = "".join(f"<blockquote><p>{escape(it)}</p></blockquote>" for it in passage.paragraphs)
        return f"<p>{link_to((heading, f'{url}{_anchor(passage)}'))}</p>{quoted}"

    def of_releases(self, name: str, repository: WatchedRepository, as_of: dt.date) -> Iterator[Entry]:
        """Yield an entry for each of a project's newest releases until the lock's day."""
        category = Category(term="release", label=self._words("feeds.release"))
        out = (it for it in repository.own_releases if it.day <= as_of and not it.version.is_prerelease)
        for it in bounded(out, as_of, newest=NEWEST_RELEASES):
            url, title = release_url(repository.name, it), f"{name} {it.tag}"
            yield Entry(
                id=identifier("release", repository.name.lower(), it.tag),
                url=url,
                title=title,
                date=it.day,
                html=f"<p>{link_to((title, url))}</p>",
                categories=(category,),
            )


def _anchor(passage: Passage) -> str:
    heading = passage.mention.heading
    return f"#{quote(heading.anchor)}" if heading and heading.anchor else ""
