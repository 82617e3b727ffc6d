"""The feed of a repository's releases, `releases.atom`: GitHub shows it to everybody, without a token.

It has the ten newest releases, and the newest tags where a repository has no releases, each with its day. It is
described at https://docs.github.com/en/repositories/releasing-projects-on-github/viewing-your-repositorys-releases-and-tags.
"""

from __future__ import annotations

import datetime as dt
from urllib.parse import quote, unquote

from ...grammar.github_repositories import repository_name
from ...model.errors import FailureCode, FetchError
from ...model.watched import ReleaseFeed
from ..http import Get
from ..http.web_address import WebAddress
from .atom import read_atom

GITHUB_WEB = "https://github.com"
"""The address of GitHub's pages."""

_MAX_BYTES = 5_000_000
"""The size of the largest feed that is read: ten release notes of the longest that GitHub lets people write."""

_FEED = "/releases.atom"


def read_release_feed(repository: str, get: Get, *, today: dt.date, web: str = GITHUB_WEB) -> ReleaseFeed:
    """Return what the feed of a repository, `owner/name`, says of its releases, wherever it has moved to.

    Raises:
        FetchError: no response, or none that is a feed of releases.
    """
    base = WebAddress.parse(web).url.rstrip("/")
    response = get(
        f"{base}/{quote(repository)}{_FEED}", headers={"Accept": "application/atom+xml"}, max_bytes=_MAX_BYTES
    )
    answered = _repository_of(response.url, base)
    if answered is None:
        raise FetchError(f"{base}/{repository}{_FEED} leads to {response.url}, which is no feed of releases")
    if not response.complete:
        raise FetchError(f"{response.url} is too long", code=FailureCode.TOO_LONG)
    releases, notes = read_atom(response.body, url=response.url, today=today)
    moved_to = answered if answered.lower() != repository.lower() else None
    return ReleaseFeed(releases=releases, moved_to=moved_to, notes=notes)


def _repository_of(url: str, base: str) -> str | None:
    """Return the repository of the feed that a request was led to in the end; None where that is no feed of GitHub."""
    if not (url.startswith(f"{base}/") and url.endswith(_FEED)):
        return None
    return repository_name(unquote(url[len(base) + 1 : -len(_FEED)]))
