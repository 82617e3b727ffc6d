"""What happened to KEPs as entries of feeds, bounded: neither who comes late nor who gets all at once is flooded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from markupsafe import Markup, escape

from ...display.event_words import event_text
from ...display.phrases import field_name, field_value, planned_release
from ...display.words import Strings
from ...model.history import Difference
from ...model.kep_events import Event
from ...model.keps import issue_url
from ...model.releases import Releases
from .feed_values import Category, Entry, identifier

NEWEST = 20
"""The number of entries that a feed has at most of what happened long ago."""

RECENT = dt.timedelta(weeks=5)
"""The time for which all that happened stays in a feed, so that who looks once a month misses nothing."""

MOST = 200
"""The number of entries that a feed has at most of one kind: in the week of a freeze about a hundred things happen."""

RELEASE_FOR = dt.timedelta(weeks=17)
"""The time for which what shipped stays in a feed: until the next release, which comes after fifteen weeks or so."""

_PULL = "https://github.com/kubernetes/enhancements/pull/{number}"


class Dated(Protocol):
    """Something that has a day."""

    @property
    def day(self) -> dt.date:
        """The day on which it happened."""


T = TypeVar("T", bound=Dated)


def bounded(happened: Iterable[T], as_of: dt.date, *, newest: int = NEWEST) -> Iterator[T]:
    """Yield what a feed tells of what happened, given newest first: all of the last weeks, and else the `newest`.

    An entry that has left stays away: it has become old, or enough newer ones have come.
    """
    for count, it in enumerate(happened):
        if count >= MOST or (count >= newest and it.day <= as_of - RECENT):
            return
        yield it


def told(
    events: Sequence[Event], as_of: dt.date, *, newest: int = NEWEST, shipped_for: dt.timedelta = RELEASE_FOR
) -> Iterator[Event]:
    """Yield the events of a feed, given newest first: plans bounded, and what shipped within a time.

    What shipped is not counted: it is read from the files of today, which may take back what they said, and in the
    place of an event that is gone an older one would return.
    """
    plans = {it.id for it in bounded((it for it in events if it.category == "plan"), as_of, newest=newest)}
    return (it for it in events if (it.id in plans if it.category == "plan" else it.day > as_of - shipped_for))


class ChangeEntries:
    """Makes entries of events of KEPs, each once: an event stands in the feeds of a KEP, of a SIG, and of all.

    `releases` have the days of releases, `name_of` names a KEP, and `page_of` returns the whole address of a KEP's
    page, None where the site has none: then an entry leads to the KEP's own issue on GitHub. `mentions` returns the
    issues that wrote of a KEP last, titles and addresses.
    """

    def __init__(
        self,
        words: Strings,
        releases: Releases,
        name_of: Callable[[int], str],
        page_of: Callable[[int], str | None],
        mentions: Callable[[int], Sequence[tuple[str, str]]],
    ) -> None:
        self._words, self._releases = words, releases
        self._name_of, self._page_of, self._mentions = name_of, page_of, mentions
        self._made: dict[str, Entry] = {}

    def of(self, events: Iterable[Event]) -> Iterator[Entry]:
        """Yield the entries of events."""
        for event in events:
            if event.id not in self._made:
                self._made[event.id] = self._entry(event)
            yield self._made[event.id]

    def _entry(self, event: Event) -> Entry:
        told = event_text(event, self._words)
        return Entry(
            id=identifier("event", event.id),
            url=self._url(event.number),
            title=self._words("feeds.change", name=self._name_of(event.number), told=told),
            date=event.day,
            html=self._html(event, told),
            categories=tuple(self._categories(event)),
        )

    def _url(self, number: int) -> str:
        return self._page_of(number) or issue_url(number)

    def _categories(self, event: Event) -> Iterator[Category]:
        yield Category(term=event.category, label=self._words(f"feeds.category_{event.category}"))
        yield from (Category(term=f"kep-{it}", label=f"KEP-{it}") for it in event.keps)

    def _html(self, event: Event, told: str) -> str:
        parts = [f"<p>{escape(told)}</p>"]
        if event.differences:
            parts.append(list_of(self._difference(it, event.day) for it in event.differences))
        links = [(f"PR #{event.pull}", _PULL.format(number=event.pull))] if event.pull else []
        links += [(self._name_of(it), self._url(it)) for it in event.keps]
        parts.append(list_of(map(link_to, links)))
        if written := [it for number in event.keps for it in self._mentions(number)]:
            parts += [f"<p>{escape(self._words('feeds.our_mentions'))}</p>", list_of(map(link_to, written))]
        return "".join(parts)

    def _difference(self, it: Difference, day: dt.date) -> Markup:
        name, before, after = (
            field_name(it.field, self._words),
            self._value(it, it.before, day),
            self._value(it, it.after, day),
        )
        return Markup(f"{escape(name)}: {escape(before)} → <b>{escape(after)}</b>")  # noqa: S704 (all are escaped)

    def _value(self, it: Difference, value: str | None, day: dt.date) -> str:
        """Return a value in words; a release that was not out on the event's day is one that is planned."""
        is_release = it.field == "latest_milestone" or it.field.startswith("milestones.")
        if is_release and value and not self._releases.is_out(value, day):
            return planned_release(value, self._words)
        return field_value(it.field, value, self._words)


def link_to(link: tuple[str, str]) -> Markup:
    """Return a link of a text and an address, drawn."""
    text, url = link
    # Markup.format reads its pattern at each call, which took a fifth of the time of all feeds.
    return Markup(f'<a href="{escape(url)}">{escape(text)}</a>')  # noqa: S704 (both are escaped)


def list_of(items: Iterable[Markup]) -> Markup:
    """Return drawn items as a list."""
    return Markup(f"<ul>{''.join(f'<li>{escape(it)}</li>' for it in items)}</ul>")  # noqa: S704 (escaped)
