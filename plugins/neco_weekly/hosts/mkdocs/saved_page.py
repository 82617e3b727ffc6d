"""The page of a saved file, drawn before the whole site is: from what the last build of a preview has in memory.

Only a page whose text alone is another is drawn so, by the public steps of MkDocs, with the hooks of all plugins. What
other pages say of it follows with the whole build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file

from ...issues.follow_ups import corrected_days
from ...issues.index import build_index
from ...issues.link_checks import topic_pages_in
from ...model.issues import Issue
from ...site.files import GeneratedPage
from .build import Build
from .design import design_pages
from .dressing import Dressing
from .heads import Heads, heads_of
from .languages import has_languages
from .later import show_later, show_topics
from .one_page import CAN_DRAW, Drawing
from .page_languages import mark_foreign_texts
from .pages import CachedPage
from .setup import Setup
from .site_as_drawn import SiteAsDrawn


@dataclass
class LastBuild:
    """What the last build of a preview has left in memory. `fronts` is the front matter of its pages, by path."""

    setup: Setup
    build: Build
    heads: Heads | None
    dressing: Dressing
    drawing: Drawing
    fronts: Mapping[str, str]

    @property
    def config(self) -> MkDocsConfig:
        """The configuration of the last build."""
        return self.drawing.config

    @property
    def files(self) -> Files:
        """The files of the last build."""
        return self.drawing.files

    def lay_down(self) -> None:
        """Lay down on the disk what pages say, each to be read when somebody asks for it, as long as there is room."""
        for file in self.files.documentation_pages(inclusion=lambda _: True):
            self.setup.remembered.lay_down(file.page)

    def page_of(self, path: str) -> Page | None:
        """Return the page of a file of writers that can be drawn alone; None where only the whole build can tell."""
        file = self.files.src_uris.get(path)
        page = file.page if file else None
        if file is None or page is None or file.inclusion.is_excluded() or self.build.files.is_ours(file):
            return None
        if not CAN_DRAW or has_languages(self.config) or self.setup.policies:
            return None
        return page if type(page) in (Page, CachedPage) and path in self.fronts else None


def draw_saved(last: LastBuild, path: str, take_up: Callable[[LastBuild], None], root: Path) -> bool:
    """Draw the page of a file of the docs folder from what is in memory, and write it into the site below `root`.

    Return False where more than the page's text is another by now: then nothing is written.

    `take_up` has the plugin's hooks work on this build, before and after the page was read.
    """
    page = last.page_of(path)
    if page is None:
        return False
    take_up(last)
    build = _read(last, page)
    if build is None:
        return False
    last.build = build
    take_up(last)
    page = _rendered(last, last.files.src_uris[path].page or page)
    take_up(last)
    _write(last, page, root)
    return True


def _read(last: LastBuild, page: Page) -> Build | None:
    """Return the build with what the file of a page says now; None where more than the page's text is another.

    The page of an issue is another one afterwards.
    """
    path, file = page.file.src_uri, page.file
    if not isinstance(page, CachedPage):
        page.read_source(last.config)
        return last.build if repr(page.meta) == last.fronts[path] else None
    was_held = any(it.path == path for it in last.build.index.held_back)
    issue, now = _read_again(last, file, was_held=was_held), last.files.src_uris[path].page
    if issue is None or now is None or repr(now.meta) != last.fronts[path]:
        file.page = page
        return None
    now.parent, now.update_date = page.parent, page.update_date
    now.previous_page, now.next_page = page.previous_page, page.next_page
    return _with_issue(last, issue, is_draft=was_held)


def _read_again(last: LastBuild, file: File, *, was_held: bool) -> Issue | None:
    """Return what an issue says now, read as when all are read: with the pages to which it may lead from now on."""
    before, files, come = file.page, last.build.files, list[str]()

    def expect(texts: Iterable[str]) -> None:
        wanted = {*last.setup.provisional_pages, *topic_pages_in(texts)}
        come[:] = (it for it in wanted if files.find(it) is None)
        files.add(GeneratedPage(path=path, content="") for path in come)

    file.page = None
    try:
        return last.build.reader.read_again(file, expect, was_held=was_held)
    except BaseException:
        file.page = before
        raise
    finally:
        files.remove_empty(come)


def _with_issue(last: LastBuild, issue: Issue, *, is_draft: bool) -> Build:
    build, drafts = last.build, last.build.drafts
    issues = {it.path: it for it in build.drawn.written}
    if is_draft:
        drafts = tuple(issue if it.path == issue.path else it for it in drafts)
    else:
        issues[issue.path] = issue
    index = build_index(issues.values(), build.index.held_back, drafts)
    heading = (last.config.site_name, last.config.site_description or "")
    drawn = SiteAsDrawn(replace(build.drawn.first, index=index), index, build.reader.scan_results, heading)
    for path, found in build.drawn.changed.items():
        drawn.note(path, found)
    # Nothing is kept of it: the whole build does that.
    source = replace(build.source, page=drawn.page, drawings=replace(build.source.drawings, key=lambda: None))
    return replace(build, drawn=drawn, source=source, drafts=drafts)


def _rendered(last: LastBuild, page: Page) -> Page:
    """Render a page with the hooks of all plugins, put into it what follows from other issues, and return it."""
    config, files = last.config, last.files
    page = config.plugins.on_pre_page(page, config=config, files=files)
    page.read_source(config)
    page.markdown = config.plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
    page.render(config, files)
    page.content = config.plugins.on_page_content(page.content or "", page=page, config=config, files=files)
    setup, build, path = last.setup, last.build, page.file.src_uri
    corrected = corrected_days(show_later(setup, build, only=path))
    show_topics(setup, build, only=path)
    design_pages(setup, build)
    mark_foreign_texts(setup, build, [page.file])
    last.heads = heads_of(setup, build, config, corrected)
    return page


def _write(last: LastBuild, page: Page, root: Path) -> None:
    """Give a page that is rendered to the theme's template, with the hooks of all plugins, and write what comes out."""
    config = last.config
    html = last.drawing.html(page, lambda drawn: config.plugins.on_post_page(drawn, page=page, config=config))
    if html.strip():
        write_file(html.encode("utf-8", errors="xmlcharrefreplace"), str(root / page.file.dest_uri))
