"""User names and passwords in the addresses of an issue: left out before anything is read, and told.

So no page, index, feed, lock or message can have them. Code is no exception: what is published once cannot be called
back, and an example is as clear without.
"""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from ..model.text import MASK, without_credentials
from .page_context import CurrentPage

_SCHEME, _HOST = re.compile(r"\w+://\Z"), re.compile(r"[\w.:\[\]-]+")


class LeaveOutCredentials(Preprocessor):
    """A preprocessor that takes user names and passwords out of web addresses, once snippets are put in."""

    def __init__(self, md: Markdown, current: CurrentPage) -> None:
        super().__init__(md)
        self.current = current

    def run(self, lines: list[str]) -> list[str]:
        page = self.current.page
        if page.issue_file is None or not any("@" in line for line in lines):
            return lines
        page.source = without_credentials(page.source)
        kept = []
        for number, line in enumerate(lines, 1):
            kept.append(without_credentials(line))
            if kept[-1] != line:
                page.complain("credentials-in-address", _first_address(without_credentials(line, MASK)), line=number)
        return kept


def _first_address(line: str) -> str:
    """Return the first masked address of a line: a scheme, the mask, a host."""
    before, _, behind = line.partition(MASK)
    scheme, host = _SCHEME.search(before), _HOST.match(behind)
    return f"{scheme[0] if scheme else ''}{MASK}{host[0] if host else ''}"
