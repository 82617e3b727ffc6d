"""Checks of links between pages: those of issues that lead nowhere in the site, with file and line.

Only `neco check` tells of most of them: MkDocs says itself, in a build, which links it cannot follow. It is blind for
those to pages that might have been generated: whether they are, only the issues say, when all are read.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Iterable, Iterator
from difflib import get_close_matches
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from ..display.problem_words import Phrase
from ..grammar.urls import site_path
from ..model.issues import Issue, SiteLink
from ..model.paths import TOPIC_PAGE
from .index import Index
from .problem_kinds import make_problem
from .problems import Problem, in_order

_TOPIC_PAGE = re.compile(r"(?<![\w-])topics/([a-z0-9]+(?:-[a-z0-9]+)*)\.md", re.ASCII)


class Targets(Protocol):
    """What a link of a site may lead to. Paths are relative to the docs folder, with slashes.

    `held_back` are issues that are not published.
    """

    @property
    def held_back(self) -> Container[str]:
        """Paths of issues that are not published."""

    def has(self, path: str) -> bool:
        """Whether the site has a file, or a page written or generated, at a path."""

    def anchors(self, path: str) -> Iterable[str] | None:
        """Return the places of a page that a link may name; None if they are not known."""


def check_links(index: Index, targets: Targets, docs: str = "docs") -> list[Problem]:
    """Return the problems of all links between pages, sorted by file and line; `docs` is put before each path."""
    return in_order(problem for issue in index.issues for problem in _problems(issue, targets, docs))


def _problems(issue: Issue, targets: Targets, docs: str) -> Iterator[Problem]:
    path = posixpath.join(docs, issue.path)
    for it in issue.site_links:
        if it.names_site:  # what else lies at the site's address, nobody knows here
            continue
        written, line, link = it.address, it.line, urlsplit(it.address)
        target = target_of(issue.path, link, targets)
        is_rooted = link.path.startswith("/")
        if target is None or (is_rooted and target in targets.held_back):
            yield make_problem("missing-page", path, line, written=written)
        elif target in targets.held_back:
            yield make_problem("link-to-held-back", path, line, written=written)
        else:
            if is_rooted:
                yield make_problem("absolute-link", path, line, written=written, detail=_relative(target, issue.path))
            if is_gone(anchor := unquote(link.fragment), target, targets):
                yield missing_anchor(it, anchor, target, targets, (path, docs))


def links_to(paths: Container[str], index: Index, docs: str = "docs") -> Iterator[Problem]:
    """Yield a problem for each link of an issue, by the path of a file, to a page that might have been and is not."""
    for issue in index.issues:
        for it in issue.site_links:
            if site_path(issue.path, urlsplit(it.address).path) in paths:
                yield make_problem("missing-page", posixpath.join(docs, issue.path), it.line, written=it.address)


def topic_pages_in(texts: Iterable[str]) -> set[str]:
    """Return the paths of the pages of topics to which Markdown may link; which of them there are, nobody knows yet."""
    return {TOPIC_PAGE.format(slug=slug) for text in texts if "topics/" in text for slug in _TOPIC_PAGE.findall(text)}


def is_gone(anchor: str, page: str, targets: Targets) -> bool:
    """Whether a page has no such place. The theme's anchors begin with `__`."""
    if not anchor or anchor.lower() == "top" or anchor.startswith(("__", ":~:")):
        return False
    known = targets.anchors(page)
    return known is not None and anchor not in known


def missing_anchor(link: SiteLink, anchor: str, target: str, targets: Targets, where: tuple[str, str]) -> Problem:
    """Return the problem of a link whose anchor its page does not have; `where` is its file, and the docs folder."""
    known = targets.anchors(target) or ()
    close = get_close_matches(anchor, list(known), n=1)
    near = Phrase.of("problem.perhaps", anchor=close[0]) if close else ""
    path, docs = where
    detail = posixpath.join(docs, target)
    return make_problem("missing-anchor", path, link.line, written=link.address, detail=detail, near=near)


def target_of(page: str, link: SplitResult, targets: Targets) -> str | None:
    """Return the path of the file or page that a link on a page leads to; None if it leads nowhere.

    A link to a file is relative to the file it stands in; one that names no file is an address of the built site, and
    as such relative to the page's own, a folder.
    """
    if not link.path:
        return page
    address = unquote(link.path)
    if address.startswith("/"):
        return _found(address.strip("/"), targets)
    if posixpath.splitext(address)[1]:
        path = site_path(page, link.path)
        return path if _is_there(path, targets) else None
    folder = f"{page.removesuffix('.md')}/"
    return _found(site_path(folder, link.path), targets) or _found(site_path(page, link.path), targets)


def _found(path: str, targets: Targets) -> str | None:
    """Return the page at an address of the built site, without its slashes at both ends."""
    stem = "" if path == "." else path.rstrip("/")
    candidates = [f"{stem}.md", posixpath.join(stem, "index.md"), posixpath.join(stem, "README.md"), stem]
    return next((it for it in candidates if stem + it != ".md" and _is_there(it, targets)), None)


def _is_there(path: str, targets: Targets) -> bool:
    return bool(path) and (path in targets.held_back or targets.has(path))


def _relative(target: str, page: str) -> str:
    return posixpath.relpath(target, posixpath.dirname(page) or ".")
