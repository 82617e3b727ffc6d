"""What is done to a page as the theme made it, before other plugins see what came of it: all this is kept with it.

A page gets the language that its writer names, its KEPs beside it, links that tell of previews, and what it needs that
the theme does not give: the search, scripts, sheets, large pictures. A file that only some pages load is written with
the first one of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from ...site.files import GeneratedPage
from ...site.mermaid import has_diagram
from ...site.my_release import says_release
from ...site.needed_scripts import LATE, needed_scripts
from ...site.page_places import with_script
from .build import Build
from .design import with_design
from .page_cache import digest
from .setup import ZOOM_SCRIPT, Setup
from .while_reading import Previews, with_pictures

_DIAGRAMS = "diagram.js"
"""What draws diagrams, as something that a page needs; else that is another script, or sheets: `kep+about.css`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dressed:
    """A page with all that was done to it as the theme made it.

    `asked` are the addresses to which its links lead, each with what kind of page is there. `needs` is what the page
    loads that not every page does, each with its address from the site's root.
    """

    html: str
    asked: Mapping[str, str | None]
    needs: Mapping[str, str]


class Dressing:
    """What is done to the pages of one build; to be made when the search has read all pages.

    With `is_writing` turned off, in a worker, no file is written.
    """

    def __init__(self, setup: Setup, build: Build, config: MkDocsConfig, previews: Previews) -> None:
        self._setup, self._build, self._config, self._previews = setup, build, config, previews
        self.is_writing = True
        self._written: set[str] = set()

    def key(self) -> bytes:
        """Return a digest of what every page gets."""
        return digest(self._setup.search.key)

    def is_as_now(self, kept: Dressed) -> bool:
        """Whether a page that was kept leads to what is there now, and loads what is there now."""
        return all(self._previews.kinds.get(address) == kind for address, kind in kept.asked.items()) and all(
            self._address_of(need) == address for need, address in kept.needs.items()
        )

    def is_written(self, page: Page) -> bool:
        """Whether a page is a writer's."""
        return not self._build.files.is_ours(page.file)

    def dressed(self, html: str, page: Page) -> Dressed:
        """Return a page as it is to be kept; what other pages have of their own is not yet in it."""
        html, asked = self._previews.drawn(with_design(html, self._setup, page), page)
        html, needs = self._with_needs(html, page)
        return Dressed(html=html, asked=asked, needs=needs)

    def _with_needs(self, html: str, page: Page) -> tuple[str, Mapping[str, str]]:
        setup, needs = self._setup, list[str]()
        drawn = setup.search.drawn(html)
        if self._build.is_ours_to_read(page.file):
            if has_diagram(drawn):
                needs.append(_DIAGRAMS)
                drawn = with_script(drawn, get_relative_url(setup.diagrams.address, page.url))
            shown = with_pictures(drawn, setup, page, self._config)
            needs += [ZOOM_SCRIPT] * (shown is not drawn)
            drawn = shown
        is_written = self.is_written(page)
        for script in () if is_written else needed_scripts(drawn):
            needs.append(script)
            drawn = with_script(drawn, get_relative_url(setup.asset(script), page.url), is_late=script in LATE)
        if sheets := setup.styles.needed(drawn, is_written=is_written):
            needs.append(f"{'+'.join(sheets)}.css")
            drawn = setup.styles.drawn(drawn, page.url, sheets)
        return drawn, {need: self._address_of(need) for need in needs}

    def _address_of(self, need: str) -> str:
        if need == _DIAGRAMS:
            return self._setup.diagrams.address
        return self._sheets(need).path if need.endswith(".css") else self._setup.asset(need)

    def _sheets(self, need: str) -> GeneratedPage:
        return self._setup.styles.file_of(need.removesuffix(".css").split("+"))

    def with_release(self, html: str, page: Page) -> str:
        """Return a page that loads the script of the reader's own release, where the page says something of releases.

        The script has the day of the lock in it: after each refresh it lies at another address.
        """
        if not says_release(html):
            return html
        self._write("release", [self._setup.my_release.file])
        return self._setup.my_release.drawn(html, page.url, self._config)

    def write(self, needs: Iterable[str]) -> None:
        """Write the files of what a page needs, unless another page needed that before."""
        for need in needs:
            if need == _DIAGRAMS:
                self._write(need, self._setup.diagrams.files())
            elif need.endswith(".css"):  # another script is a file of the build
                self._write(need, [self._sheets(need)])

    def _write(self, need: str, files: Iterable[GeneratedPage]) -> None:
        if self.is_writing and need not in self._written:
            self._written.add(need)
            for file in files:
                self._setup.output.put(file, self._config.site_dir)
