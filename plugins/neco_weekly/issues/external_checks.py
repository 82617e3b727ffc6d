"""Checks of links to other sites, whose servers were asked: those that lead nowhere, or where no reader gets."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from ..grammar.urls import is_web_url, normal_url, own_route, web_address
from ..model.errors import FailureCode
from ..model.issues import Issue
from ..model.link_status import LinkStatus
from .index import Index
from .problem_kinds import make_problem
from .problems import Problem

_CODES = {"broken": "broken-link", "unreached": "unreached-link", "private": "private-link"}

_EXPLAINED = {it.value: it.explanation for it in FailureCode}


def external_addresses(index: Index, site_url: str = "") -> list[str]:
    """Return the addresses of other sites that public issues link to or show, each once, the newest issues' first."""
    found = (url for issue in index.issues for url, _ in _links(issue))
    return [url for url in dict.fromkeys(found) if not site_url or own_route(url, site_url) is None]


def external_problems(index: Index, statuses: Mapping[str, LinkStatus], docs: str) -> Iterator[Problem]:
    """Yield a problem for each link that is not alive, once for each issue, where it first stands."""
    for issue in index.issues:
        path, told = posixpath.join(docs, issue.path), set[str]()
        for url, line in _links(issue):
            status = statuses.get(url)
            if url in told or status is None or status.life == "alive":
                continue
            told.add(url)
            code = _CODES[status.life]
            yield make_problem(code, path, line, written=url, detail=_EXPLAINED.get(status.detail, status.detail))


def _links(issue: Issue) -> Iterator[tuple[str, int]]:
    """Yield the addresses of other sites in an issue, as they are asked for, with their lines."""
    pictures = ((address, line) for address, line in issue.images)
    for address, line in (*issue.web_links, *pictures):
        if (url := web_address(address)) and is_web_url(url):
            yield normal_url(url), line
