"""Boxes of an issue, `:::message`, `!!!`, `???`, `=== "Tab"` and `> [!NOTE]`, written for another dialect."""

from __future__ import annotations

import re

from markdown_it.token import Token

from ..markdown_text import as_markdown
from .box_forms import Box, BoxForm, kind_of
from .export_work import Work

_HEADER = re.compile(r'(?P<mark>!{3}|\?{3}\+?|={3}[+!]*) ?(?P<words>[\w\- ]*?) *(?:"(?P<title>[^\n]*)")? *')


def write_box(work: Work, token: Token, inside: int, *, is_nested: bool) -> None:
    """Write the box that a token opens, which holds boxes `inside` each other at most."""
    assert token.map is not None  # noqa: S101 (every box has its lines)
    first, behind = token.map
    if token.type == "alert_open":
        _write_alert(work, token, inside, is_nested=is_nested)
        return
    if token.type == "neco_box_open":
        box, column, strip = _colon_box(work, token, inside, is_nested=is_nested)
        closed = work.source.lines[behind - 1].lstrip(" \t>").startswith(":::") and behind - 1 > first
        last = behind - 1 if closed else behind
    else:
        box, column, strip = _indented_box(work, token, inside, is_nested=is_nested)
        closed, last = False, behind
    form = _form(work, box, first)
    _write_opening(work, form, first, column)
    for line in range(first + 1, last):
        _write_inner(work, form, line, column, strip)
    if closed:
        _write_closing(work, form, behind - 1, work.prefix_below(first, column))
    elif form.below:
        end = work.line_end(_last_written(work, first, last))
        lead = work.prefix_below(first, column)
        work.edits.insert(end, "".join(f"\n{(lead + it).rstrip()}" for it in form.below))
    if form.prefix or not closed or form.below[-1:] == ("</details>",):
        _end_apart(work, behind, column)


def _form(work: Work, box: Box, line: int) -> BoxForm:
    form = work.dialect.box(box)
    if form.remark:
        work.remark(line, form.remark)
    return form


def _colon_box(work: Work, token: Token, inside: int, *, is_nested: bool) -> tuple[Box, int, int]:
    """Return what a box of Zenn's is, the column where it stands, and how far its lines are indented."""
    line = work.source.lines[token.map[0] if token.map else 0]
    rest, name = str(token.meta["rest"]), token.info
    if name == "details":
        box = Box(kind="details", title=rest, inside=inside, is_nested=is_nested)
    elif name == "message":
        box = Box(kind=kind_of(rest or "note"), inside=inside, is_nested=is_nested)
    else:
        address = work.link(rest, token.map[0] if token.map else 0) if rest else None
        title = f"[{work.issue.correction}]({address})" if address else work.issue.correction
        box = Box(kind="important", title=title, inside=inside, is_nested=is_nested)
    return box, line.index(":::"), 0


def _indented_box(work: Work, token: Token, inside: int, *, is_nested: bool) -> tuple[Box, int, int]:
    line = work.source.lines[token.map[0] if token.map else 0]
    header = _HEADER.fullmatch(token.content)
    words = (header["words"] if header else "").split()
    title = header["title"] if header else None
    if title is None:
        title = words[0].capitalize() if words else ""
    kind = {"details": "details", "tabbed": "tab"}.get(token.info)
    found = Box(
        kind="details" if kind == "details" else "tab" if kind == "tab" else kind_of(words[0] if words else "note"),
        title=title,
        inside=inside,
        is_nested=is_nested,
    )
    return found, line.index(token.content), 4


def _write_opening(work: Work, form: BoxForm, line: int, column: int) -> None:
    lead = work.prefix_below(line, column)
    lines = form.above
    if lines and lines[-1] in ("", ">") and _is_blank(work, line + 1):
        lines = lines[:-1]
    above = [lines[0], *(f"{lead}{it}".rstrip() for it in lines[1:])] if lines else []
    if above:
        work.edits.replace(work.source.starts[line] + column, work.line_end(line), "\n".join(above), swallows=True)
    else:
        work.edits.delete_lines(work.source.starts[line], work.below_line(line))


def _write_inner(work: Work, form: BoxForm, line: int, column: int, strip: int) -> None:
    """Write a line of a box: with the form's prefix, and without the box's own indentation."""
    text = work.source.lines[line]
    lead = len(work.prefix(line, column))
    taken = 0
    while taken < strip and text[lead + taken : lead + taken + 1] in (" ", "\t") and text[lead + taken :]:
        taken += 4 if text[lead + taken] == "\t" else 1
    taken = min(taken, len(text) - lead)
    start = work.source.starts[line] + lead
    prefix = form.prefix if text[lead:].strip() else form.prefix.rstrip()
    work.edits.replace(start, start + taken, prefix)


def _write_closing(work: Work, form: BoxForm, line: int, lead: str) -> None:
    """Write the lines below a box, as far to the right as its first one, `lead`, wherever its last one stands."""
    if not form.below:
        work.edits.delete_lines(work.source.starts[line], work.below_line(line))
        return
    lines = form.below[1:] if not form.below[0] and _is_blank(work, line - 1) else form.below
    if not lines[0]:
        work.set_apart.add(line)
    below = [lines[0], *(f"{lead}{it}".rstrip() for it in lines[1:])]
    start = work.source.starts[line] + len(work.prefix(line, len(lead)))
    work.edits.replace(start, work.line_end(line), "\n".join(below))


def _is_blank(work: Work, line: int) -> bool:
    return 0 <= line < len(work.source.lines) and not work.source.lines[line].strip(" \t>")


def _last_written(work: Work, first: int, behind: int) -> int:
    return next((it for it in range(behind - 1, first, -1) if not _is_blank(work, it)), first)


def _end_apart(work: Work, behind: int, column: int) -> None:
    """Keep the text below a box out of it, where no empty line stands between them."""
    if behind < len(work.source.lines) and not _is_blank(work, behind) and behind not in work.set_apart:
        lead = work.prefix(behind, column).rstrip()
        work.edits.insert(work.source.starts[behind], f"{lead}\n")


def _write_alert(work: Work, token: Token, inside: int, *, is_nested: bool) -> None:
    """Write GitHub's `> [!NOTE]`, of which each line has a `>`; it stays where the target is GitHub."""
    assert token.map is not None  # noqa: S101 (every box has its lines)
    first, behind = token.map
    line = work.source.lines[first]
    column = line.rindex(">", 0, line.index("[!"))
    form = _form(work, Box(kind=kind_of(token.info), inside=inside, is_nested=is_nested), first)
    if form.above and form.above[0].startswith("> [!"):
        return
    last = _last_written(work, first, behind) + 1
    if form.prefix:
        work.edits.delete_lines(work.source.starts[first], work.below_line(first))
        return
    _write_opening(work, form, first, column)
    for number in range(first + 1, last):
        text = work.source.lines[number]
        if text[column : column + 1] == ">":
            start = work.source.starts[number] + column
            work.edits.replace(start, start + 1 + (text[column + 1 : column + 2] == " "), "")
    lead = work.prefix_below(first, column)
    work.edits.insert(work.line_end(last - 1), "".join(f"\n{(lead + it).rstrip()}" for it in form.below))


def title_of_summary(html: str) -> str:
    """Return the text of a `<summary>` as Markdown."""
    return as_markdown(re.sub(r"<[^<>]*>", "", html))
