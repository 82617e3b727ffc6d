"""What the page of changes and the home show: what happened to the KEPs that issues mention, newest first."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from ...display.event_words import event_text
from ...display.words import Strings
from ...lock.releases_as_of import ReleasesAsOf
from ...model.kep_events import Event
from ...model.keps import Enhancement
from ...model.paths import CHANGES_PAGE
from .templates import DeferredPage

MOST = 150
"""The most lines of the page, but for the rest of a month; older ones are on the pages of KEPs."""

RECENT = 8
"""How many lines the home has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """A line: what happened to KEPs on one day, and the pull requests with which it did.

    `is_shipped`: it came, or did not come, with a release; else it is of plans. One line never tells of both.
    """

    keps: tuple[Enhancement, ...]
    day: str
    texts: tuple[str, ...]
    pulls: tuple[int, ...]
    is_shipped: bool


class ChangeViews:
    """What happened to the KEPs `covered`, in the words of a site."""

    def __init__(self, releases: ReleasesAsOf, covered: Collection[int], words: Strings) -> None:
        self._releases, self._covered, self._words = releases, frozenset(covered), words

    @cached_property
    def months(self) -> Sequence[tuple[int, int, Sequence[ChangeView]]]:
        """The newest changes by year and month, whole months, newest first."""
        found: list[tuple[int, int, Sequence[ChangeView]]] = []
        for month, events in itertools.groupby(self._events(), key=lambda it: it.day.replace(day=1)):
            if sum(len(views) for _, _, views in found) >= MOST:
                break
            found.append((month.year, month.month, tuple(self._views(events))))
        return found

    @cached_property
    def recent(self) -> Sequence[ChangeView]:
        """The newest changes."""
        return tuple(itertools.islice(self._views(self._events()), RECENT))

    def _events(self) -> Iterator[Event]:
        return (it for it in self._releases.events if not self._covered.isdisjoint(it.keps))

    def _views(self, events: Iterator[Event]) -> Iterator[ChangeView]:
        """Yield the lines of events; what was planned of one KEP on one day is one line."""
        for (day, keps, category), same in itertools.groupby(events, key=lambda it: (it.day, it.keps, it.category)):
            told = tuple(same)
            lives = (life for number in keps if (life := self._releases.lives.get(number)))
            yield ChangeView(
                keps=tuple(life.enhancement for life in lives),
                day=day.isoformat(),
                texts=tuple(event_text(it, self._words) for it in told),
                pulls=tuple(dict.fromkeys(it.pull for it in told if it.pull)),
                is_shipped=category == "shipped",
            )


def changes_page(draw: Callable[..., str], words: Strings) -> DeferredPage:
    """Return the page of the last changes, which `draw` draws of a template and the page's path."""
    return DeferredPage(
        path=CHANGES_PAGE, title=words("change.title"), draw=partial(draw, "changes.html", CHANGES_PAGE)
    )
