"""User names and passwords in the addresses of an issue: left out before anything is read, and told.

So no page, index, feed, lock or message can have them. Code is no exception: what is published once cannot be called
back, and an example is as clear without.
"""

from __future__ import annotations

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from ..model.text import masked_addresses, without_credentials
from .page_context import CurrentPage


class LeaveOutCredentials(Preprocessor):
    """A preprocessor that takes user names and passwords out of web addresses, once snippets are put in."""

    def __init__(self, md: Markdown, current: CurrentPage) -> None:
        super().__init__(md)
        self.current = current

    def run(self, lines: list[str]) -> list[str]:
        page = self.current.page
        if not page.may_be_issue or not any("@" in line for line in lines):
            return lines
        page.source = without_credentials(page.source)
        for address, number in masked_addresses(lines):
            page.complain("credentials-in-address", address, line=number)
        return [without_credentials(line) for line in lines]
