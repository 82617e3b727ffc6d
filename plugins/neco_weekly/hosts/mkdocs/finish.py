"""The end of the reading: what other plugins have put into issues is in ours, and the data for machines follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from ...issues.checks import check
from ...issues.index import build_index
from ...issues.problem_kinds import make_problem
from ...issues.problems import Problem, in_words
from ...site.calendar import release_calendar
from ...site.files import GeneratedPage
from ...site.llms import llms_text
from .build import Build, add_pages
from .issue_texts import add_issue_texts, place_issue_texts
from .laid_down_page import is_rendered
from .pages import DrawnPage
from .setup import Setup

_DATA = "data"

_OF_PLUGINS = frozenset({"unknown-kep", "looks-like-kep", "bad-kep-number", "kep-number-mismatch", "card-not-fetched"})
"""The codes of problems that are told of what another plugin has put into an issue."""


def finish_reading(setup: Setup, build: Build, config: MkDocsConfig, files: Files) -> list[Problem]:
    """Bring generated pages to what the issues say as they are drawn, and add the data; return what is wrong with that.

    Where no other plugin puts text into issues, nothing is drawn again.
    """
    build.source.ahead.end()
    if build.drawn.version:
        removed = _remove_forgotten(build)
        added = add_pages(setup, build, build.drawn.pages.values())
        for file in _unrendered([*added, *build.files.ours]):
            _place(build, file)
            _populate(file, config, files)
        for path in build.drawn.outdated:
            if path not in removed:
                _draw_again(build, path, config, files)
    place_issue_texts(build)  # data tell of them

    def data() -> list[GeneratedPage]:
        return build.drawings.files(_DATA, (), lambda: _data(setup, build, config))

    with build.drawings.beside(_DATA, data) as wait:
        add_issue_texts(setup, build)
        wait()
        build.files.add(data())
    return _problems(setup, build)


def _data(setup: Setup, build: Build, config: MkDocsConfig) -> Iterator[GeneratedPage]:
    """Yield the files for machines: data, badges, the calendar of releases, the list for programs that read texts."""
    files = build.files
    yield from build.site.data(files.url, lambda path: it.url if (it := files.beside(path)) else None)
    yield from build.site.badges.files()
    yield release_calendar(setup.keps_as_of, setup.words)
    yield _llms(build, config)


def _llms(build: Build, config: MkDocsConfig) -> GeneratedPage:
    site, description, files = build.site, config.site_description or "", build.files
    whole = site.absolute or files.url

    def address_of(path: str) -> str:
        return whole(text.src_uri if (text := files.beside(path)) else path)

    return llms_text(site.index.issues, config.site_name, description, address_of, site.words)


def _remove_forgotten(build: Build) -> set[str]:
    """Remove the pages of KEPs and SIGs that no issue names as it is drawn, and return their paths."""
    forgotten = {
        file.src_uri
        for file in build.files.ours
        if isinstance(file.page, DrawnPage) and file.src_uri not in build.drawn.pages
    }
    for path in forgotten:
        build.files.remove(path)
    return forgotten


def _unrendered(files: Iterable[File]) -> list[File]:
    return [file for file in files if file.is_documentation_page() and file.page and not is_rendered(file.page)]


def _place(build: Build, file: File) -> None:
    """Give a page that came late its parent."""
    parent = build.files.page(f"{file.src_uri.partition('/')[0]}/index.md")
    if file.page is not None and parent is not None:
        file.page.parent = parent  # type: ignore[assignment]  # a page is one, as MkDocs knows


def _populate(file: File, config: MkDocsConfig, files: Files) -> None:
    """Read and render a page with the hooks of all plugins, as MkDocs does with those it has known before."""
    assert file.page is not None  # noqa: S101 (made when the page was added)
    page = config.plugins.on_pre_page(file.page, config=config, files=files)
    page.read_source(config)
    page.markdown = config.plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
    _render(page, config, files)


def _render(page: Page, config: MkDocsConfig, files: Files) -> None:
    page.render(config, files)
    page.content = config.plugins.on_page_content(page.content or "", page=page, config=config, files=files)


def _draw_again(build: Build, path: str, config: MkDocsConfig, files: Files) -> None:
    """Draw a page once more that was drawn when less was known: a plugin has changed the order of files."""
    page = build.files.page(path)
    if page is None:
        return
    if build.files.is_ours(page.file):
        page.read_source(config)
        page.markdown = config.plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
    else:
        page.markdown = build.fill_again(path)
    _render(page, config, files)


def _problems(setup: Setup, build: Build) -> list[Problem]:
    """Return what is wrong with text that another plugin has put into an issue; there is no line of a file for it."""
    changed = [it for it in build.drawn.issues if it.path in build.drawn.changed]
    if not changed:
        return []
    told = {(it.path, it.code, it.message) for it in build.problems}
    found = check(build_index(changed), setup.lock, lambda _: True, setup.docs)
    lock = setup.lock
    not_fetched = [
        make_problem("kep-from-plugin", f"{setup.docs}/{issue.path}", 1, number=number)
        for issue in build.index.issues
        if issue.path in build.drawn.changed
        for number in issue.keps
        if lock.enhancement(number) is None and number not in lock.missing
    ]
    problems = [replace(it, line=1) for it in found if it.code in _OF_PLUGINS] + not_fetched
    said = [in_words(it, setup.words) for it in problems]
    return [it for it in dict.fromkeys(said) if (it.path, it.code, it.message) not in told]
