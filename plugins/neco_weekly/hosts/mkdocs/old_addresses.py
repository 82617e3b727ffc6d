"""Old addresses of pages, `aliases:` in their front matter: each gets a page that leads on to where the page is now."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.utils import get_relative_url

from ...grammar.alias_addresses import ALIASES, aliases_of
from ...grammar.front_matter import take_apart
from ...grammar.front_matter_values import key_form
from ...issues.alias_checks import PageAlias, folders_of, in_the_way_of, sorted_out
from ...issues.problems import Problem
from ...site.moved_page import moved_page
from .build import Build
from .languages import language_of
from .setup import Setup

_OF_THE_HOST = frozenset({"404.html", "sitemap.xml", "sitemap.xml.gz"})
"""Files of a site that are no files of a build: MkDocs draws them beside its pages."""

_TAG = re.compile(r"<[^>]*>")


def add_old_addresses(setup: Setup, build: Build, config: MkDocsConfig, files: Files) -> list[Problem]:
    """Add a page at each old address of the site's pages, and return what is wrong with others.

    To be called when all pages are read and all other files are there. A page or a file of the site is never replaced.
    """
    there = {it.dest_uri for it in files if not it.inclusion.is_excluded()} | _OF_THE_HOST
    folders = folders_of(there)
    language = language_of(config)

    def taken_by(place: str) -> str | None:
        return in_the_way_of(language.place_of(place, place), there.__contains__, folders.__contains__)

    kept, problems = sorted_out(_written(build, files), taken_by, setup.docs)
    issues = {it.path: it for it in build.index.issues} if kept else {}
    for place, alias in kept.items():
        target, issue = files.src_uris[alias.path], issues.get(alias.path)
        at, title = language.place_of(place, place), build.site.headlines.of(issue).title if issue else ""
        build.files.put_at(at, _drawn(setup, config, target, at, title or _title(target)))
    return problems


def _written(build: Build, files: Files) -> Iterator[PageAlias]:
    for file in files.documentation_pages():
        if file.page is None or build.files.is_ours(file) or not (written := aliases_of(file.page.meta)):
            continue
        line = take_apart(file.content_string).key_lines.get(key_form(ALIASES), 1)
        yield from (PageAlias(path=file.src_uri, alias=it, line=line) for it in written)


def _title(file: File) -> str:
    """Return the title of a page as text; MkDocs has it as HTML, as themes print it."""
    return unescape(_TAG.sub("", str((file.page and file.page.title) or "")))


def _drawn(setup: Setup, config: MkDocsConfig, target: File, place: str, title: str) -> str:
    here = place.removesuffix("index.html") if place.endswith("/index.html") else place
    address = get_relative_url(target.url, here)
    canonical = urljoin(config.site_url, target.url) if config.site_url else address
    return moved_page(title or config.site_name, address, canonical, setup.words)
