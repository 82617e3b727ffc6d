"""The fetchers of days of Kubernetes releases, made from the options of a refresh."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from ..grammar.bounded_files import TooLargeError, read_text_within
from ..grammar.urls import is_web_url
from ..model.days import today
from ..model.errors import FetchError, NecoError
from ..model.official_lists import ReleasePost
from ..model.release_facts import ReleaseReading
from ..model.releases import Releases
from ..model.removed_apis import DeprecationGuide
from ..sources.announcements.guide_page import read_guide_page
from ..sources.announcements.post import MAX_BYTES, read_post
from ..sources.http import Get
from ..sources.pages.charset import decode
from ..sources.repositories import without_credentials
from ..sources.schedules.sig_release import UPSTREAM as SIG_RELEASE
from ..sources.schedules.sig_release import read_sig_release
from ..sources.schedules.website_days import UPSTREAM as WEBSITE
from ..sources.schedules.website_days import read_website

Say = Callable[[str], None]
"""A function that tells a person a line of progress."""


T = TypeVar("T")


def fetch_post(address: str, get: Get) -> ReleasePost:
    """Return what a release post lists, at an address or in a file of this machine.

    Raises:
        FetchError: the address could not be read.
        NecoError: the file could not be read, or the post lists nothing.
    """
    if is_web_url(address):
        response = get(address, max_bytes=MAX_BYTES)
        if not response.complete:
            raise NecoError(f"{address}: it has more than {MAX_BYTES:,} bytes; name the page of a release post")
        text = decode(response.body, response.headers.get("content-type", ""))
        return read_post(text, source=address, today=today())
    path = Path(address)
    try:
        return read_post(read_text_within(path, MAX_BYTES), source=path.name, today=today(), place=address)
    except (TooLargeError, UnicodeDecodeError) as error:
        raise NecoError(f"{address}: {error}; name the page of a release post") from error
    except OSError as error:
        raise NecoError(f"{address}: cannot be read ({error.strerror}); name a release post") from error


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

    def removed_apis(self, source: str | None) -> Callable[[], DeprecationGuide] | None:
        """Return the function that reads the guide to deprecated APIs, None where it is not to be asked."""
        if not (source or self.usual):
            return None
        return lambda: self._read(
            lambda: read_guide_page(source, cache_dir=self.cache), source, WEBSITE, "removed APIs"
        )

    def _read(self, read: Callable[[], T], source: str | None, usual: str, what: str = "days of releases") -> T:
        self.say(f"Reading {what} from {without_credentials(source or usual)}")
        try:
            return read()
        except NecoError as error:
            if source is None:  # without them, our own table has days
                raise FetchError(str(error)) from error
            raise
