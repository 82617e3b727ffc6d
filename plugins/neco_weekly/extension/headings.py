"""The headings of an issue: one title at the top, which its author or its day gives, and all others below it.

Whoever comes from Zenn or Hugo has the title in front matter and `#` for each section; readers, contents and search of
a page know one `h1`.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from ..display.elements import verbatim
from ..grammar.front_matter_values import written_title
from ..grammar.issue_files import IssueFile
from ..grammar.issue_titles import is_same_title, is_topic
from .page_context import CurrentPage
from .sections import HEADINGS, plain_text

TITLE_ANCHOR = "neco-title"
"""The anchor of a title that is drawn: one of its own, so that no other anchor of the page changes."""


_ENTITY = re.compile(r"&#?\w+;")
"""What Python-Markdown would draw as a character; such a title is drawn as written, and no reference is read in it."""


class IssueHeadings(Treeprocessor):
    """A tree processor that draws an issue's title where the body has none, and moves headings below the title."""

    def __init__(self, md: Markdown, current: CurrentPage) -> None:
        super().__init__(md)
        self.current = current

    def run(self, root: Element) -> None:
        file = self.current.page.issue_file
        if file is None:
            return
        headings = [it for it in root.iter() if it.tag in HEADINGS]
        highest = [it for it in headings if it.tag == "h1"]
        title = self._title(root, highest, file)
        if title is None:
            title = self._draw(root, file)
        if title is not None and highest not in ([], [title]):
            for heading in headings:
                _move_down(heading, title)

    def _title(self, root: Element, highest: list[Element], file: IssueFile) -> Element | None:
        """Return the heading that is the issue's title; None where the title stands elsewhere, or nowhere."""
        if not highest:
            return None
        first, written = highest[0], written_title(file.meta)
        begins = self._begins(root, first)
        if not written:
            return first if begins or len(highest) == 1 else None
        said = self._text(first)
        if is_same_title(written, said):
            return first
        if begins and len(highest) == 1 and is_topic(said):
            self.current.page.complain("titles-differ", said, written)
        return None

    def _begins(self, root: Element, heading: Element) -> bool:
        """Whether nothing to read stands before a heading: a picture or a comment may."""
        children = list(root)
        if heading not in children:
            return False
        before = children[: children.index(heading)]
        return not any(self._text(it) or (it.tail or "").strip() for it in before)

    def _text(self, element: Element) -> str:
        return plain_text(element, self.md.htmlStash.rawHtmlBlocks)

    def _draw(self, root: Element, file: IssueFile) -> Element | None:
        """Draw the title that front matter gives, else the issue's day, else the file's name; a mere text has none."""
        page = self.current.page
        text = written_title(file.meta)
        if not text and file.path:
            page.complain("issue-without-title", "", line=1)
            text = page.words("site.issue_of", day=page.day) if page.day else PurePosixPath(file.path).stem
        if not text:
            return None
        title = Element("h1", {"id": TITLE_ANCHOR})
        title.text, title.tail = verbatim(text) if _ENTITY.search(text) else text, "\n"
        root.insert(0, title)
        return title


def _move_down(heading: Element, title: Element) -> None:
    if heading is not title:
        heading.tag = f"h{min(int(heading.tag[1]) + 1, 6)}"
