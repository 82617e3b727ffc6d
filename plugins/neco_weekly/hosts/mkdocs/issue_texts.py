"""The Markdown of issues beside their pages, wherever MkDocs and other plugins have put these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
from .setup import Setup


def add_issue_texts(setup: Setup, build: Build) -> None:
    """Add the Markdown of each public issue to the build.

    To be called when the issues are drawn, and other plugins have put into their texts what they put there.
    """
    found = list(_texts(setup, build))  # before any is added: the site's key follows from which files there are
    for path, place, text in found:
        build.files.put_beside(path, place, text)


def _texts(setup: Setup, build: Build) -> Iterator[tuple[str, str, str]]:
    """Yield the path of each public issue, the place of its Markdown, and that."""
    for issue in build.index.issues:
        page = build.files.page(issue.path)
        if page is None or page.file.inclusion.is_excluded() or page.markdown is None:
            continue
        draw, written = partial(_drawn, setup, build, issue, page), _written(build, page.file)
        if any(map(is_rooted, written)):
            [text] = draw()  # which may take a picture into the site
        else:
            files, shown = sorted(_lies(setup, build, page.file, written)), (page.content or "").count(SHOWN)
            said = [page.file.dest_uri, build.drawings.digest_of(issue), page.markdown, page.meta, shown, files]
            [text] = build.drawings.texts(f"markdown {issue.path}", said, draw, of_site=False)
        yield issue.path, markdown_beside(page.file.dest_uri), text


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
