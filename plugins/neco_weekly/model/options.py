"""The options of `mkdocs.yml`: one table of names, defaults and meanings.

Each option may stand under `markdown_extensions: [neco_weekly: {…}]` or under `plugins: [neco-weekly: {…}]`. The
extension itself asks for the first eight; the others are for the plugin and the command line, and mean nothing in plain
Markdown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Grammar = Literal["github", "python-markdown"]
"""The grammar of a page: of its blocks, and of what only GitHub's and Zenn's writers know inside a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option of `mkdocs.yml`: the value where nobody sets the option, and what the option is for."""

    default: Any
    about: str


OPTIONS: Mapping[str, Option] = {
    "metadata": Option(default="docs/_metadata", about="Folder of keps.json, cards.json and overrides.yml"),
    "issues": Option(default="issues", about="Folder of the issues, relative to the docs folder"),
    "locale": Option(default="ja", about="Language of the words we add: ja or en"),
    "releases": Option(default={}, about="Days of Kubernetes releases that the package does not know yet"),
    "grammar": Option(
        default="github", about="Grammar of blocks: github (CommonMark as GitHub has it) or python-markdown"
    ),
    "grammar_for": Option(default="issues", about="Pages that the grammar holds for: issues or all"),
    "pages": Option(default=False, about="Whether all pages may have cards, not issues alone"),
    "link": Option(default="never", about="Which mentions of a topic in an issue are links: never or first"),
    "now": Option(default=True, about="Whether a section that reports a release says which one is current"),
    "csp": Option(default=False, about="Whether pages carry a Content-Security-Policy"),
    "design": Option(default=False, about="Whether pages have our design, with heads and pictures for sharing"),
    "cache": Option(default=True, about="Whether rendered pages are kept between builds"),
    "cache_dir": Option(default=".cache/neco-weekly", about="Folder of what is kept between runs"),
    "ignore": Option(default=(), about="Codes of problems that are not told, as `neco check` names them"),
    "fetch": Option(default="never", about="When a build fetches what the lock does not know: never or missing"),
}
"""All options of `mkdocs.yml` by their names."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    "grammar": ("github", "python-markdown"),
    "grammar_for": ("issues", "all"),
    "link": ("never", "first"),
    "fetch": ("never", "missing"),
}
"""The values of options that have few."""
