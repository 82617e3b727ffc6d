"""Links to issues that are not public: drawn as text, so that no reader is led to a page that is not there."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from ..grammar.issue_files import is_issue
from ..grammar.urls import is_site_link, site_path
from .host import is_left_out, page_path
from .page_context import CurrentPage


class HeldLinks(Treeprocessor):
    """A tree processor that takes the address of a link to an issue that is held back."""

    def __init__(self, md: Markdown, current: CurrentPage) -> None:
        super().__init__(md)
        self.current = current

    def run(self, root: Element) -> None:
        path = page_path(self.md)
        if path is None:
            return
        for link in root.iter("a"):
            address = link.get("href") or ""
            if is_site_link(address) and self._is_held_back(site_path(path, address)):
                link.tag, link.attrib = "span", {}

    def _is_held_back(self, path: str) -> bool:
        return is_issue(path, self.current.page.issues_dir) and is_left_out(self.md, path)
