"""The Content-Security-Policy of every page of a build, made from the files as they are after all plugins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from ...issues.problem_kinds import make_problem
from ...issues.problems import Problem
from ...site.page_sources import Sources, inline_elements, sources_of, stopped_in
from ...site.policy import policy, with_policy
from .search import is_on

_ALIGNED = "".join(f'<td style="text-align: {side};">' for side in ("left", "center", "right"))
"""The style attributes of Python-Markdown's tables, the only ones that an ordinary page has."""


def policies_for(config: MkDocsConfig) -> Policies | None:
    """Return the policies of a build, which is no preview: MkDocs reloads that by a script of its own in every page.

    None for a site that is read from a disk, where no file belongs to a host.
    """
    return None if is_on(config, "material/offline") else Policies(is_instant(config))


def is_instant(config: MkDocsConfig) -> bool:
    """Whether the theme exchanges what is in a page instead of loading another one."""
    return "navigation.instant" in (config.theme.get("features") or ())


class Policies:
    """The policies of one build, with a method for each hook of the plugin in the order of the hooks.

    `is_instant`: a page's document stays while the theme exchanges what is in it, and with it the policy of the first.
    Then pages of one kind must have one policy, to the letter: each has the scripts of all.
    """

    def __init__(self, is_instant: bool) -> None:
        self._is_instant = is_instant
        self._refused: set[str] = set()
        self._copied: frozenset[str] = frozenset()

    def follow(self, before: Policies) -> None:
        """Know what a build before has known: mkdocs-static-i18n builds each language into the folder of all."""
        self._refused |= before._refused
        self._copied |= before._copied

    def script(self, asset: Callable[[str], str]) -> str:
        """Return what pages load so that each is shown under its own policy; `asset` gives a text of the package."""
        return asset("policy.js") if self._is_instant else ""

    def read(self, files: Files, docs: str) -> Iterator[Problem]:
        """Take note of the scripts that stand in the text of pages, which are not the theme's and get no hash.

        Yield, for each page, what will not run. `docs` is the docs folder as authors see it.
        """
        self._copied |= frozenset(file.dest_uri for file in files if file.is_static_page())
        for file in files.documentation_pages():
            content = (file.page.content if file.page else None) or ""
            for written in dict.fromkeys(stopped_in(content)):
                yield make_problem("stopped-by-policy", f"{docs}/{file.src_uri}", _line(file, written), written=written)
            self._refused.update(it.key for it in inline_elements(content) if it.tag == "script")

    def finish(self, config: MkDocsConfig) -> None:
        """Write a policy into every page that the build has drawn; what a writer has as HTML is copied as it is."""
        shared = self._shared(config) if self._is_instant else Sources()
        for path in self._pages(config):
            html = _text(path)
            sources = sources_of(html, self._refused)
            sources.scripts |= shared.scripts
            sources.styles |= shared.styles
            sources.style_attributes |= shared.style_attributes
            path.write_bytes(with_policy(html, policy(sources)).encode("utf-8", "surrogateescape"))

    def _shared(self, config: MkDocsConfig) -> Sources:
        """Return what all pages may run, where they are shown in one document."""
        shared = sources_of(_ALIGNED)
        for path in self._pages(config):
            found = sources_of(_text(path), self._refused)
            shared.scripts |= found.scripts
            shared.styles |= found.styles
        return shared

    def _pages(self, config: MkDocsConfig) -> Iterator[Path]:
        root = Path(config.site_dir)
        for path in root.rglob("*.html"):
            if path.relative_to(root).as_posix() not in self._copied:
                yield path


def _line(file: File, written: str) -> int:
    """Return the line of a page's file that has this first; the first line where another plugin has written it."""
    before, found, _ = file.content_string.lower().partition(written.rstrip(">"))
    return before.count("\n") + 1 if found else 1


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "surrogateescape")
