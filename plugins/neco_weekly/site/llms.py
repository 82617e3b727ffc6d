"""`llms.txt`: what a site has, for programs that read texts (https://llmstxt.org/): issues as Markdown, and data."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..display.words import Strings
from ..model.issues import Issue
from ..model.paths import LINKS_PAGE, TOPICS_PAGE
from .files import GeneratedPage
from .markdown_text import address_in_brackets, as_markdown

LISTED = 52
"""How many issues are listed: a year of a weekly note. The data have all."""

_DATA = {
    "api/keps.json": "about_keps",
    "api/issues.json": "about_issues",
    "api/topics.json": "about_topics",
    "api/changes.json": "about_changes",
}
"""The files of data, each with its word of the table `llms`."""

_PAGES = {
    "keps/index.md": "kep.index_title",
    TOPICS_PAGE: "topic.index_title",
    "sigs/index.md": "sig.index_title",
    LINKS_PAGE: "links.title",
}
"""Pages that lead to all others, each with its title in the table of words."""

AddressOf = Callable[[str], str]
"""A function from the path of a file to its address, absolute where the site has one."""


def llms_text(
    issues: Sequence[Issue], name: str, description: str, address_of: AddressOf, words: Strings
) -> GeneratedPage:
    """Return the file. `issues` come newest first; `address_of` an issue's path is the address of its Markdown."""
    lines = [f"# {as_markdown(name)}", ""]
    if description.strip():
        lines += [f"> {as_markdown(description)}", ""]
    if issues:
        listed = (_line(it.title, address_of(it.path), it.summary) for it in issues[:LISTED])
        lines += [f"## {words('llms.issues')}", "", *listed, ""]
    data = (_line(path, address_of(path), words(f"llms.{about}")) for path, about in _DATA.items())
    lines += [f"## {words('llms.data')}", "", *data, "", f"## {words('llms.more')}", ""]
    lines += [_line(words(title), address_of(path)) for path, title in _PAGES.items()]
    return GeneratedPage(path="llms.txt", content="\n".join(lines) + "\n")


def _line(title: str, address: str, about: str = "") -> str:
    link = f"- [{as_markdown(title)}]({address_in_brackets(address)})"
    return f"{link}: {as_markdown(about)}" if about else link
