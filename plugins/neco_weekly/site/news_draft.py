"""News of watched projects as a draft for the next issue: headings with links, patches beside them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from ..display.words import Strings
from ..model.news import RepositoryNews
from ..model.watched import Release, WatchedRepository
from .markdown_text import as_markdown

GITHUB = "https://github.com"


def news_markdown(
    news: Sequence[RepositoryNews], names: Mapping[str, str], words: Strings, *, since: dt.date, until: dt.date
) -> str:
    """Return news as Markdown: a third-level heading for each new version, one line for all other patches.

    `names` are how people call the projects, by `owner/name` in lower case; others go by the repository's name. Where
    nothing came out, one sentence says so.
    """
    parts = [part for it in news for part in _told(it, names, words)]
    if others := [it for it in news if not it.headlines]:
        listed = "; ".join(f"{_name(it, names)} {_tags(it.patches, words)}" for it in others)
        parts.append(words("news.others", projects=listed))
    return "\n\n".join(parts or [words("news.quiet", since=since, until=until)]) + "\n"


def news_document(
    news: Sequence[RepositoryNews], names: Mapping[str, str], *, since: dt.date, until: dt.date
) -> dict[str, Any]:
    """Return news as a JSON object: a list of repositories, each with its new versions and patches."""
    projects = [
        {
            "repository": it.repository.name,
            "name": _called(it.repository, names),
            "releases": [
                {**_release(it.repository, release), "step": step}
                for release, step in zip(it.headlines, it.steps, strict=True)
            ],
            "patches": [_release(it.repository, release) for release in it.patches],
        }
        for it in news
    ]
    return {"since": since.isoformat(), "until": until.isoformat(), "projects": projects}


def release_url(repository: WatchedRepository, release: Release) -> str:
    """Return the address of a release, of a project that has moved at its new place."""
    return f"{GITHUB}/{repository.moved_to or repository.name}/releases/tag/{quote(release.tag, safe='')}"


def version_text(release: Release) -> str:
    """Return a release's version as people write it, with the `v` of its tag and without the word before: `v5.0.1`."""
    found = _VERSION.search(release.tag) if release.version.family else None
    return found[0] if found else release.tag


_VERSION = re.compile(r"(?<![a-z0-9])v?\d+[._]\d.*|v\d+", re.IGNORECASE)


def _told(news: RepositoryNews, names: Mapping[str, str], words: Strings) -> Iterator[str]:
    """Yield the headings of a project, the last with its patches."""
    for release in news.headlines:
        yield f"### {_link(news, release, f'{_name(news, names)} {as_markdown(version_text(release))}')}"
    if news.headlines and news.patches:
        yield words("news.also", tags=_tags(news.patches, words))


def _name(news: RepositoryNews, names: Mapping[str, str]) -> str:
    return as_markdown(_called(news.repository, names))


def _called(repository: WatchedRepository, names: Mapping[str, str]) -> str:
    return names.get(repository.name.lower(), repository.name.rpartition("/")[2])


def _link(news: RepositoryNews, release: Release, text: str) -> str:
    return f"[{text}]({release_url(news.repository, release)})"


def _tags(releases: Sequence[Release], words: Strings) -> str:
    return words("news.between").join(as_markdown(version_text(it)) for it in releases)


def _release(repository: WatchedRepository, release: Release) -> dict[str, str]:
    return {"tag": release.tag, "day": release.day.isoformat(), "url": release_url(repository, release)}
