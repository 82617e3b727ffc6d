"""When each page was last read, for `--max-age`: kept in the cache folder, for in the lock it would be no news.

Where the cache is lost, the day counts on which the lock's card was new.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from ..grammar.urls import normal_url
from ..lock.store import Lock
from ..lock.whole_files import write_whole
from ..model.days import beginning_of

FILE = "visits.json"
"""The name of the file with the visits, in the cache folder."""


@dataclass(frozen=True, slots=True)
class Visits:
    """The moments at which pages were last read, by normal URL."""

    moments: Mapping[str, dt.datetime] = field(default_factory=dict)

    @classmethod
    def load(cls, cache: Path) -> Visits:
        """Return the visits kept in the cache folder; none where there is nothing that can be read."""
        with suppress(OSError, ValueError, RecursionError, AttributeError, TypeError):
            written = json.loads((cache / FILE).read_text(encoding="utf-8"))
            moments = {url: dt.datetime.fromisoformat(moment) for url, moment in written.items()}
            return cls({url: moment for url, moment in moments.items() if moment.tzinfo})
        return cls()

    def save(self, cache: Path) -> None:
        """Write the visits to the cache folder; a cache that cannot be written is no trouble."""
        written = {url: self.moments[url].isoformat(timespec="seconds") for url in sorted(self.moments)}
        with suppress(OSError):
            write_whole(cache / FILE, json.dumps(written, ensure_ascii=False, indent=0))

    def joined(self, later: Mapping[str, dt.datetime]) -> Visits:
        """Return these visits with later ones on top."""
        return Visits({**self.moments, **later})

    def is_fresh(self, url: str, lock: Lock, *, since: dt.datetime, now: dt.datetime) -> bool:
        """Whether a page has a good card in the lock, or a picture a copy, and was read after the moment `since`.

        A visit that is still to come, by a clock that was wrong, is none: else the page would never be read again.
        """
        card, picture = lock.card(url), lock.picture(url)
        known = picture if picture and picture.copy else card if card and card.title is not None else None
        if known is None or known.failures:
            return False
        new = beginning_of(known.fetched) if known.fetched else None
        return any(moment and since < moment <= now for moment in (self.moments.get(normal_url(url)), new))
