"""The Python-Markdown extension: finds KEP references and links, asks the lock, draws with `display`.

The extension is the whole grammar: `issues.scan` runs it to learn what an issue mentions, every host runs it to draw
the page. The same text gives the same references and cards under plain Python-Markdown, MkDocs, ProperDocs and
Zensical; only addresses differ, because a host alone knows which page it is drawing.
"""

from __future__ import annotations

from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from ..display.words import load_strings
from ..grammar.issue_files import IssueFile
from ..lock.kep_as_of import KepsAsOf
from ..lock.store import load_lock
from ..model.options import OPTIONS
from ..model.releases import load_releases
from .bare_tags import BareTags
from .blocks import register_blocks
from .credentials import LeaveOutCredentials
from .dangerous_links import DangerousLinks
from .foreign_requests import ForeignRequests
from .headings import IssueHeadings
from .held_links import HeldLinks
from .host import Beside, KepPage, TopicPage, project_folder
from .inline import register_inline
from .islands import TakeOutBodies
from .left_out_marks import LeaveOutMarks
from .order import register
from .page_context import Candidates, CurrentPage
from .pictures import Pictures
from .references import GiveBack, References, Report
from .structure import FootnotesInOrder, KeepTabs, ReadStructure


class NecoWeeklyExtension(Extension):
    """The extension of Python-Markdown: `markdown_extensions: [neco_weekly: {metadata: docs/_metadata}]`.

    A host that has the lock at hand passes its KEPs, and may pass `report` to get the scan result of each page,
    `beside` to bring pictures into the site that lie beside the docs folder, `kep_page` and `topic_page` to say where
    pages of ours are. `site_url` is the address of the site, where a host knows it. A preview passes the `candidates`
    that cards have passed over, and shows why each card is as it is. Who has no host's pages tells with `scanned` which
    issue's body the text is. By itself the extension reads the lock from `metadata` (in plain Markdown relative to the
    working folder).
    """

    def __init__(
        self,
        *,
        keps_as_of: KepsAsOf | None = None,
        report: Report | None = None,
        beside: Beside | None = None,
        kep_page: KepPage | None = None,
        topic_page: TopicPage | None = None,
        candidates: Candidates | None = None,
        site_url: str = "",
        **options: Any,
    ) -> None:
        self.config = {name: [option.default, option.about] for name, option in OPTIONS.items()}
        super().__init__(**options)
        self.keps_as_of = keps_as_of
        self.report = report
        self.beside = beside
        self.kep_page = kep_page
        self.topic_page = topic_page
        self.candidates = candidates
        self.site_url = site_url
        self.scanned: IssueFile | None = None

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        current = self._page_context(md)
        structure = ReadStructure(md, current)
        register(md, "neco_source", BeginPage(md, current, structure))
        register(md, "neco_credentials", LeaveOutCredentials(md, current))
        register(md, "neco_marks", LeaveOutMarks(md, current))
        register(md, "neco_tabs", KeepTabs(md, structure))
        register(md, "neco_structure", structure)
        register(md, "neco_bodies", TakeOutBodies(md, current))
        register_blocks(md, current)
        register_inline(md, current)
        register(md, "neco_footnotes", FootnotesInOrder(md, current))
        register(md, "neco_foreign", ForeignRequests(md, current))
        register(md, "neco_dangerous", DangerousLinks(md, current))
        register(md, "neco_pictures", Pictures(md, current))
        register(md, "neco_headings", IssueHeadings(md, current))
        register(md, "neco_references", References(md, current, self.report))
        register(md, "neco_held_links", HeldLinks(md, current))
        register(md, "neco_bare_tags", BareTags(md, current))
        register(md, "neco_title", GiveBack(md, current))
        md.registerExtension(current)

    def _page_context(self, md: Markdown) -> CurrentPage:
        grammar = self.getConfig("grammar")
        return CurrentPage(
            md,
            lambda: self._load(md),
            load_strings(self.getConfig("locale")),
            issues_dir=self.getConfig("issues"),
            scanned=lambda: self.scanned,
            grammar_of_issues=grammar,
            grammar_of_others=grammar if self.getConfig("grammar_for") == "all" else "python-markdown",
            pages=bool(self.getConfig("pages")),
            links_topics=self.getConfig("link") == "first",
            beside=self.beside,
            kep_page=self.kep_page,
            topic_page=self.topic_page,
            candidates=self.candidates,
            site_url=self.site_url,
        )

    def _load(self, md: Markdown) -> KepsAsOf:
        if self.keps_as_of is None:
            lock = load_lock(project_folder(md) / self.getConfig("metadata"))
            self.keps_as_of = KepsAsOf(lock, load_releases(self.getConfig("releases")))
        return self.keps_as_of


class BeginPage(Preprocessor):
    """A preprocessor that begins a page context with the text before anything is stashed away, to find lines later."""

    def __init__(self, md: Markdown, current: CurrentPage, structure: ReadStructure) -> None:
        super().__init__(md)
        self.current, self.structure = current, structure

    def run(self, lines: list[str]) -> list[str]:
        self.current.begin("\n".join(lines))
        self.structure.begin()
        return lines


def makeExtension(**options: Any) -> NecoWeeklyExtension:  # noqa: N802 (Python-Markdown's name)
    """Return the extension, for hosts that name this module instead of the entry point.

    The name is Python-Markdown's (https://python-markdown.github.io/extensions/api/, *makeExtension*).
    """
    return NecoWeeklyExtension(**options)
