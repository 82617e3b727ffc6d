"""What is shown to others of a page whose blocks were read: its lines, each in its place, with code left empty."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

from ...grammar.html_names import is_element
from ..locator import without_fences

_CODE_SPAN = re.compile(r"(?<![\\`])(`++)(?:[^`\n]++|\n(?![ \t]*\n)|(?!\1(?!`))`++)*+\1(?!`)")

_TAG = re.compile(r"<(?P<name>[A-Za-z][^\s/>]*)(?P<rest>[^<>]*)>?")

_BARE_ID = re.compile(r"\b(?:id|name)(?!\s*=|[\w-])", re.IGNORECASE)


def without_code(text: str, tokens: Sequence[Token]) -> str:
    """Return a page's text with code and formulas on lines of their own left empty."""
    lines = text.split("\n")
    for token in tokens:
        first, behind = token.map or (0, 0)
        if token.type in ("fence", "code_block", "neco_formula"):
            lines[first:behind] = [""] * (behind - first)
        elif token.type == "neco_markdown_html":
            lines[first:behind] = without_fences("\n".join(lines[first:behind])).split("\n")
    return "\n".join(lines)


def shown_to_hosts(text: str) -> str:
    """Return a page's text without code of its lines, and without what is no tag: a host looks for anchors there."""
    shown = _CODE_SPAN.sub(lambda span: "\n" * span[0].count("\n"), text) if "`" in text else text
    return _TAG.sub(_only_elements, shown) if "<" in shown else shown


def _only_elements(tag: re.Match[str]) -> str:
    if not is_element(tag["name"]) and "-" not in tag["name"]:
        return tag[0].replace("<", " ").replace(">", " ")
    return _BARE_ID.sub(lambda bare: " " * len(bare[0]), tag[0]) if _BARE_ID.search(tag["rest"]) else tag[0]
