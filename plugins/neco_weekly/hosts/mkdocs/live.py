"""A preview as the plugin's hooks see it: what is kept for the next save, where the site is built, what is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from ..preview import Mentioned, Preview
from .build_memory import settle
from .preview_builds import OvertakenError, PreviewBuilds
from .remembered import Remembered
from .saved_page import LastBuild, draw_saved
from .serving import serve_live, take_turns
from .setup import Setup
from .telling import Teller


class Live:
    """What the plugin of a preview knows beside its build; outside of a preview nothing.

    `builds` are there once the site was built the first time, `last` is what the last build has left in memory, `nav`
    and `fronts`, the front matter of pages by their paths, are of the build that runs. `remembered` is what was read.
    """

    def __init__(self) -> None:
        self.builds: PreviewBuilds | None = None
        self.last: LastBuild | None = None
        self.nav = Navigation([], [])
        self.fronts: dict[str, str] = {}
        self.remembered = Remembered(is_on=False)
        self._before: Page | None = None
        self._is_preview = False
        self._teller = Teller()

    def begin(self, *, is_preview: bool) -> None:
        """Begin with a command of MkDocs."""
        self.builds, self.last, self.remembered = None, None, Remembered(is_on=is_preview)
        self._is_preview = is_preview
        if is_preview:
            self._teller.hold()

    def begin_build(self, config: MkDocsConfig) -> None:
        """Have the site built into another folder than the one that browsers get."""
        self.nav, self.fronts = Navigation([], []), {}
        self._lay_down()
        self.remembered.begin()
        if self.builds:
            config.site_dir = str(self.builds.next_folder)

    @property
    def folders(self) -> tuple[Path, Path] | None:
        """The folder of the site that is built, and the one that browsers get meanwhile; None before a preview."""
        return (self.builds.next_folder, self.builds.site.root) if self.builds else None

    def put(self, last: LastBuild) -> None:
        """Put what a build has in memory, for the next save, into the place of the build before; only in a preview."""
        if self.last:
            self.last.setup.let_go()
        self.last = last if self._is_preview else None

    def note(self, page: Page) -> None:
        """Take note of what a page's front matter says, which nobody has changed yet; the page before is read."""
        self.fronts[page.file.src_uri] = repr(page.meta)
        self.remembered.lay_down(self._before)
        self._before = page

    def give_way(self, setup: Setup | None) -> None:
        """Let a save be shown first that comes while the whole site is built; to be called between two pages.

        Raises:
            OvertakenError: something was saved.
        """
        try:
            if self.builds:
                self.builds.give_way()
        except OvertakenError:
            if setup:
                setup.close()
            raise

    def end_build(self, *, failed: bool = False) -> None:
        """Tell of the first build; whoever calls the later ones tells of these."""
        if not self.builds:
            if not failed:
                self._lay_down()
            self._teller.let_go() if failed else self._teller.tell()

    def serve(
        self,
        server: LiveReloadServer,
        config: MkDocsConfig,
        setup: Setup,
        preview: Preview | None,
        take_up: Callable[[LastBuild], None],
    ) -> None:
        """Let a server build and show what we say; `take_up` has the plugin's hooks work on what is in memory."""

        def draw(path: str) -> bool:
            if self.last is None or not draw_saved(self.last, path, take_up, self._root(config)):
                return False
            if preview:
                preview.tell(Mentioned.by(self.last.build.index_with_drafts))
            return True

        self.builds = serve_live(server, config, draw, self._lay_down, self._teller, setup.words)
        if preview:
            take_turns(server, self.builds, preview, setup.metadata.absolute())
        settle()

    def _lay_down(self) -> None:
        if self.last:
            self.last.lay_down()

    def _root(self, config: MkDocsConfig) -> Path:
        return self.builds.site.root if self.builds else Path(config.site_dir)

    def end(self) -> None:
        """Leave nothing behind."""
        if self.builds:
            self.builds.clean()
        self.builds, self.last = None, None
