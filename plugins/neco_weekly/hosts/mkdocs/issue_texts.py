"""The Markdown of issues beside their pages, wherever MkDocs and other plugins have put these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from html import escape
from urllib.parse import urlsplit

from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from ...grammar.front_matter_values import tags_of
from ...grammar.issue_files import is_issue
from ...grammar.urls import is_rooted, is_site_link, picture_path, site_path
from ...model.issues import Issue, ScanResult
from ...site.issue_markdown import SHOWN, issue_markdown, markdown_beside
from .build import Build
from .feed_files import relation_of
from .kept_drawings import Wanted
from .setup import Setup


def place_issue_texts(build: Build) -> None:
    """Add an empty file to the build for the Markdown of each public issue."""
    for issue, page in _issues(build):
        build.files.put_beside(issue.path, markdown_beside(page.file.dest_uri))


def add_issue_texts(setup: Setup, build: Build) -> None:
    """Give the files of issues' Markdown their content.

    To be called when the issues are drawn, and other plugins have put into their texts what they put there.
    """
    for issue, [text] in (*_drawn_anew(setup, build), *_kept(setup, build)):
        build.files.fill_beside(issue.path, text)


def _issues(build: Build) -> Iterator[tuple[Issue, Page]]:
    for issue in build.index.issues:
        page = build.files.page(issue.path)
        if page is not None and not page.file.inclusion.is_excluded() and page.markdown is not None:
            yield issue, page


def _linked(build: Build, *, rooted: bool) -> Iterator[tuple[Issue, Page, set[str]]]:
    """Yield the public issues with their pages and the addresses there, those in which some begin with a slash or not.

    Such an address may mean a picture beside the docs folder, which comes into the site by being asked for.
    """
    for issue, page in _issues(build):
        written = _written(build, page.file)
        if any(map(is_rooted, written)) == rooted:
            yield issue, page, written


def _drawn_anew(setup: Setup, build: Build) -> Iterator[tuple[Issue, Sequence[str]]]:
    for issue, page, _ in _linked(build, rooted=True):
        yield issue, _drawn(setup, build, issue, page)


def _kept(setup: Setup, build: Build) -> Iterator[tuple[Issue, Sequence[str]]]:
    found, wanted = list(_linked(build, rooted=False)), []
    for issue, page, written in found:
        files, shown = sorted(_lies(setup, build, page.file, written)), (page.content or "").count(SHOWN)
        said = [page.file.dest_uri, build.drawings.digest_of(issue), page.markdown, page.meta, shown, files]
        draw = partial(_drawn, setup, build, issue, page)
        wanted.append(Wanted(name=f"markdown {issue.path}", own=said, draw=draw, of_site=False))
    for (issue, _, _), texts in zip(found, build.drawings.each(wanted), strict=True):
        yield issue, texts


def _drawn(setup: Setup, build: Build, issue: Issue, page: Page) -> list[str]:
    meant = dict(_lies(setup, build, page.file, _written(build, page.file)))
    return [issue_markdown(issue, page.markdown or "", page.content or "", tags_of(page.meta), meant)]


def told_of_markdown(html: str, build: Build, page: Page) -> str:
    """Return the HTML of an issue's page with an element that says where its Markdown is; of another page as it was."""
    file = build.files.beside(page.file.src_uri)
    if file is None:
        return html
    address = escape(file.url_relative_to(page.file))
    element = f'<link rel="{relation_of(file)}" type="text/markdown" href="{address}">'
    return html.replace("</title>", f"</title>{element}", 1)


def _lies(setup: Setup, build: Build, own: File, addresses: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield those addresses in an issue that mean pages and files of the site, with where each lies as seen from there.

    What leads to an issue that is held back leads nowhere: not even its name is told.
    """
    for written in addresses:
        path = site_path(own.src_uri, written) if is_site_link(written) else picture_path(own.src_uri, written)
        if path is None:
            continue
        if is_rooted(written) and build.files.find(path) is None:
            path = setup.beside.take(path) or path
        file, parts = build.files.find(path), urlsplit(written)
        if file is not None and not file.inclusion.is_excluded():
            behind = parts._replace(scheme="", netloc="", path="").geturl()
            yield written, f"{file.url_relative_to(own)}{behind}"
        elif is_issue(path, setup.settings.issues):
            yield written, "#"


def _written(build: Build, own: File) -> set[str]:
    found = build.drawn.read(own.src_uri) or ScanResult()
    return {*found.links, *(it.address for it in found.site_links), *(address for address, _ in found.images)}
