"""Links without an address and pictures without a file, which writers' HTML has and hosts do not expect.

`<a name="x"></a>` is an anchor. MkDocs takes for granted that every link of a page's tree has an address and every
picture a file, for those of Markdown have; otherwise the whole build ends.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from .page_context import CurrentPage


class BareTags(Treeprocessor):
    """A tree processor that makes an anchor of a link without an address, and gives each picture an address."""

    def __init__(self, md: Markdown, current: CurrentPage) -> None:
        super().__init__(md)
        self.current = current

    def run(self, root: Element) -> None:
        if self.current.page.grammar != "github":
            return
        for element in root.iter():
            if element.tag == "a" and "href" not in element.attrib:
                element.tag = "span"
                if name := element.attrib.pop("name", ""):
                    element.attrib.setdefault("id", name)
            elif element.tag == "img":
                element.attrib.setdefault("src", "")
