"""HTML of an issue on lines of its own, written for another dialect: Embedly's cards, text that folds, any tag."""

from __future__ import annotations

import re

from markdown_it.token import Token

from ...extension.embedly import pieces
from ...grammar.html_names import is_element
from .box_edits import title_of_summary
from .box_forms import Box
from .export_work import Work
from .markdown_lines import write_embedly, write_tag

_FOLD = re.compile(
    r"\s*<details(?:\s[^<>]*)?>\s*(?:<summary(?:\s[^<>]*)?>(?P<title>.*?)</summary>)?\s*", re.DOTALL | re.IGNORECASE
)

_FOLDED = re.compile(r"\s*</details>\s*", re.IGNORECASE)

_TAG = re.compile(r"</?(?P<name>[A-Za-z][A-Za-z0-9-]*)(?=[\s/>])(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")


def write_html(work: Work, token: Token, *, folds: list[bool], in_list: bool) -> None:
    """Write a block of HTML. `folds` are the folding texts that are open, each with whether it became a box."""
    assert token.map is not None  # noqa: S101 (every block has its lines)
    first, behind = token.map
    start, end = work.source.starts[first], work.line_end(behind - 1)
    html = work.source.text[start:end]
    if any(pasted for _, pasted in pieces(html)):
        write_embedly(work, html, first, start, in_list=in_list)
        return
    if not work.dialect.has_html and _write_fold(work, html, start, end, folds):
        return
    for tag in _TAG.finditer(html):
        if is_element(tag["name"]):
            write_tag(work, tag[0], start + tag.start(), first + html.count("\n", 0, tag.start()))


def _write_fold(work: Work, html: str, start: int, end: int, folds: list[bool]) -> bool:
    """Write the beginning or the end of `<details>` as a box; return whether the HTML is one of them."""
    if fold := _FOLD.fullmatch(html):
        form = work.dialect.box(
            Box(kind="details", title=title_of_summary(fold["title"] or ""), inside=3 * (not folds))
        )
        folds.append(bool(form.above))
        work.edits.replace(start, end, form.above[0] if form.above else "", swallows=True)
        return True
    if _FOLDED.fullmatch(html) and folds:
        folds.pop()
        form = work.dialect.box(Box(kind="details", inside=3 * (not folds)))
        work.edits.replace(start, end, form.below[0] if form.below else "", swallows=True)
        return True
    return False
