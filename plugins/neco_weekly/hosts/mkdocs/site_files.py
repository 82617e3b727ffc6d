"""The files of a build, to which ours are added: at which address a page lies, and whose it is.

Whether a page exists is asked by its address in the site, not by its name: a writer's `keps/README.md` is drawn where
our `keps/index.md` would be, and with another plugin a file may be drawn anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from ...site.files import GeneratedPage
from ...site.own_paths import with_own_paths
from .languages import language_of
from .page_cache import digest
from .remembered import Remembered
from .site_output import OwnFile, SiteOutput

_NO_PAGE = ".neco-text"
"""The ending that a file has among MkDocs' for which its place in the site would be that of a page's source."""


class SiteFiles:
    """The files of one build, to which ours are added. A writer's own page stays.

    `elsewhere` are the paths of generated pages in whose places a writer's pages of other names are, with their paths.
    """

    def __init__(
        self,
        files: Files,
        config: MkDocsConfig,
        output: SiteOutput,
        ours: Iterable[File] = (),
        remembered: Remembered | None = None,
    ) -> None:
        """Look at the files of a build; `ours` are those that we have added to the same build before."""
        self._output = output
        self._remembered = remembered or Remembered(is_on=False)
        self.files, self.config = files, config
        self.elsewhere: dict[str, str] = {}
        self._beside: dict[str, File] = {}
        self._language = language_of(config)
        self._added = {file.src_uri: file for file in ours if files.src_uris.get(file.src_uri) is file}
        written = (it for it in files if not self.is_ours(it) and not it.inclusion.is_excluded())
        self._written = {file.dest_uri: file for file in written}

    @property
    def ours(self) -> list[File]:
        """The files that were added here."""
        return list(self._added.values())

    def find(self, path: str) -> File | None:
        """Return the file that is drawn where a file of this path would be; None where there is none."""
        return self.files.src_uris.get(self.elsewhere.get(path, path))

    def stands_for(self, path: str) -> str:
        """Return the path of the generated page in whose place a writer's page is; the path itself where in none's."""
        return next((ours for ours, written in self.elsewhere.items() if written == path), path)

    def page(self, path: str) -> Page | None:
        """Return the page that MkDocs makes of the file at a path, or None if the site has no such page."""
        file = self.find(path)
        return file.page if file is not None else None

    def url(self, path: str) -> str:
        """Return the address of a file from the site's root; where there is none, that of data of ours to come."""
        file = self.find(path)
        return file.url if file is not None else self._language.place_of(path, path)

    def add(self, pages: Iterable[GeneratedPage]) -> None:
        """Add files to the build, or give those that were provisional their content."""
        for page in pages:
            self.put(page.path, page.content)

    def put(self, path: str, content: str | bytes) -> File | None:
        """Give a file of the build this content and return the file; None where it is a writer's."""
        file = self._added.get(path) or self._new(path)
        if file is None or (path in self._added and file.content_string):
            return None
        if path not in self._added:
            self.files.append(file)
            self._added[path] = file
        if isinstance(content, bytes):
            file.content_bytes = self._same(path, content)
        elif path.endswith(".md"):
            file.content_string = content
        else:  # data waits until it is written: text with one Japanese letter takes twice as much memory as its bytes
            file.content_bytes = self._same(path, content.encode())
        return file

    def put_beside(self, path: str, place: str) -> None:
        """Add an empty file that goes with the page at a path, at a place of the site: no page for MkDocs."""
        self._beside[path] = self.put_at(place, "")

    def fill_beside(self, path: str, content: str) -> None:
        """Give the file that goes with the page at a path this text, as it is."""
        file = self._beside[path]
        file.content_bytes = self._same(file.dest_uri, content.encode())

    def put_at(self, place: str, content: str) -> File:
        """Add a text as it is at a place of the site where nothing is, and return its file: no page for MkDocs."""
        file = OwnFile.new(self.config, f"{place}{_NO_PAGE}", self._output)
        file.content_bytes = self._same(place, content.encode())
        file.dest_uri = place
        self.files.append(file)
        return file

    def beside(self, path: str) -> File | None:
        """Return the file of the text that goes with the page at a path; None where there is none."""
        return self._beside.get(path)

    def is_ours(self, file: File) -> bool:
        """Whether a file is one that was added here."""
        return self._added.get(file.src_uri) is file

    def is_written(self, path: str) -> bool:
        """Whether a page of a writer lies where the generated page of a path would."""
        return path not in self._added and self._new(path) is None

    def remove(self, path: str) -> None:
        """Remove a file that was added here; a writer's stays."""
        file = self._added.pop(path, None)
        if file is not None and self.files.src_uris.get(path) is file:
            self.files.remove(file)

    def remove_empty(self, paths: Iterable[str]) -> None:
        """Remove pages of ours that were provisional and got no content."""
        for path in paths:
            file = self._added.get(path)
            if file is not None and file.content_string == "":
                self.remove(path)

    def with_own_paths(self, body: str, path: str) -> str:
        """Return the body of the page at a path with its links to generated pages leading to the writer's of there."""
        return with_own_paths(body, path, self.elsewhere)

    def _same(self, path: str, data: bytes) -> bytes:
        """Return the data of the build before where that is equal; what is provisional is empty."""
        return self._remembered.same(("data", path), data) if data else data

    def _new(self, path: str) -> File | None:
        """Return a new file of ours, which is not in the build yet; None where a writer's is in its place."""
        if path in self.files.src_uris or path in self.elsewhere:
            return None
        file = OwnFile.new(self.config, path, self._output)
        file.dest_uri = self._language.place_of(path, file.dest_uri)
        written = self._written.get(file.dest_uri)
        if written is not None:
            self.elsewhere[path] = written.src_uri
            return None
        return file


def digest_of_places(files: Iterable[File]) -> bytes:
    """Return a digest of where files are in a site, and which are there at all: 32 bytes."""
    return digest([(it.src_uri, it.dest_uri, it.inclusion.name) for it in files])
