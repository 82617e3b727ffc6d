"""The fetchers of days of Kubernetes releases, made from the options of a refresh."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..model.errors import FetchError, NecoError
from ..model.release_facts import ReleaseReading
from ..model.releases import Releases
from ..sources.repositories import without_credentials
from ..sources.schedules.sig_release import UPSTREAM as SIG_RELEASE
from ..sources.schedules.sig_release import read_sig_release
from ..sources.schedules.website_days import UPSTREAM as WEBSITE
from ..sources.schedules.website_days import read_website

Say = Callable[[str], None]
"""A function that tells a person a line of progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseFetchers:
    """The fetchers of releases. `usual` says whether the usual sources are asked where none is named."""

    cache: Path
    say: Say
    usual: bool

    def sig_release(self, source: str | None) -> Callable[[Releases], ReleaseReading] | None:
        """Return the function that reads kubernetes/sig-release, None where it is not to be asked."""
        if not (source or self.usual):
            return None
        return lambda known: self._read(
            lambda: read_sig_release(source, known, cache_dir=self.cache), source, SIG_RELEASE
        )

    def website(self, source: str | None) -> Callable[[], ReleaseReading] | None:
        """Return the function that reads the website's days of releases, None where they are not to be asked."""
        if not (source or self.usual):
            return None
        return lambda: self._read(lambda: read_website(source, cache_dir=self.cache), source, WEBSITE)

    def _read(self, read: Callable[[], ReleaseReading], source: str | None, usual: str) -> ReleaseReading:
        self.say(f"Reading days of releases from {without_credentials(source or usual)}")
        try:
            return read()
        except NecoError as error:
            if source is None:  # without them, our own table has days
                raise FetchError(str(error)) from error
            raise
