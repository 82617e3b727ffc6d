"""Which topics an address leads to: by their repository, by their documentation, by a source that explains them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from ..model.topics import Topic
from .github_repositories import read_repository

_ISSUE = re.compile(r"(github\.com/[^/]+/[^/]+)/(?:issues|pull)/(\d+)(?:/.*)?")
"""An issue or a pull request, which share their numbers, so that GitHub leads from one address to the other."""

_FILE = re.compile(r"(github\.com/[^/]+/[^/]+)/(?:blob|tree)/[^/]+/(.+)")
"""A file of a repository, on whatever branch."""


@dataclass(frozen=True, kw_only=True)
class TopicAddresses:
    """The addresses of topics: `repos` has the slug by repository, `docs` by an address above that of their pages.

    `sources` has by the form in which pages are compared the slugs of all topics that the page explains.
    """

    repos: Mapping[str, str]
    docs: Mapping[str, str]
    sources: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, topics: Iterable[Topic]) -> Self:
        """Return the addresses of topics of `topics.yml`."""
        known = tuple(topics)
        sources: dict[str, tuple[str, ...]] = {}
        for topic in known:
            for source in topic.sources:
                page, fragment = _page_of(source.url)
                key = f"{page}#{fragment}" if fragment else page
                sources[key] = tuple(dict.fromkeys((*sources.get(key, ()), topic.slug)))
        return cls(
            repos={topic.repo.lower(): topic.slug for topic in known if topic.repo},
            docs={address: topic.slug for topic in known for address in topic.docs},
            sources=sources,
        )

    def topics_at(self, url: str) -> tuple[str, ...]:
        """Return the topics that an address leads to, each once: slugs, or a repository that no topic names.

        The one whose repository or documentation it is comes first, then those which it explains as a source.
        """
        own = self._owner_of(url)
        explained = self._explained_at(url) if self.sources else ()
        return tuple(dict.fromkeys(filter(None, (own, *explained))))

    def _owner_of(self, url: str) -> str | None:
        if link := read_repository(url):
            return self.repos.get(link.repo, link.repo)
        below = self._docs_by_host.get(_host(url), ()) if self.docs else ()
        return next((slug for address, slug in below if _is_below(url, address)), None)

    def _explained_at(self, url: str) -> tuple[str, ...]:
        page, fragment = _page_of(url)
        whole = self.sources.get(page, ())
        return (*self.sources.get(f"{page}#{fragment}", ()), *whole) if fragment else whole

    @cached_property
    def _docs_by_host(self) -> Mapping[str, list[tuple[str, str]]]:
        table: dict[str, list[tuple[str, str]]] = {}
        for address in sorted(self.docs, key=len, reverse=True):
            table.setdefault(_host(address), []).append((address, self.docs[address]))
        return table


def _page_of(url: str) -> tuple[str, str]:
    """Return the page of an address in the form in which pages are compared, and the place on it."""
    address, _, fragment = url.partition("://")[2].partition("#")
    host, _, path = address.partition("/")
    page = f"{host.lower().removeprefix('www.')}/{path}".rstrip("/")
    if page.startswith("github.com/"):
        page = _FILE.sub(r"\1:\2", _ISSUE.sub(r"\1#\2", page)).lower()
    return page, fragment


def _host(url: str) -> str:
    """Return what stands in an address between its scheme and its path."""
    return url.partition("://")[2].partition("/")[0].partition("?")[0].partition("#")[0].lower()


def _is_below(url: str, address: str) -> bool:
    """Whether a URL is an address or lies below it, by whatever scheme: the next sign begins a part of its own."""
    url, address = url.partition("://")[2], address.partition("://")[2].rstrip("/")
    return url.startswith(address) and url[len(address) : len(address) + 1] in ("", "/", "?", "#")
