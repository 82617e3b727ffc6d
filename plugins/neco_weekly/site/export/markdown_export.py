"""An issue as a file of Markdown for GitHub, Zenn, Qiita or Hatena Blog, with the pictures that go with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from ...extension.source_spans import SourceBlocks
from ..markdown_text import as_markdown
from .article_front_matter import Remarks, no_front_matter, qiita_front_matter, zenn_front_matter, zenn_slug
from .dialects import DIALECTS, Dialect
from .export_values import Around, Exported, IssueToExport, Remark
from .export_work import Work
from .markdown_blocks import BlockWalk
from .text_edits import Edits

_FRONT_MATTER: Mapping[str, Callable[[IssueToExport], tuple[str, Remarks]]] = {
    "zenn": zenn_front_matter,
    "qiita": qiita_front_matter,
}

_EMPTY_LINES = re.compile(r"\n{4,}")


def export_markdown(issue: IssueToExport, target: str, around: Around, *, name: str = "") -> Exported:
    """Return an issue as a target of `DIALECTS` has it.

    `name` is that of the file without its end, where it is not the issue's own.
    """
    dialect = DIALECTS[target]
    name = name or (zenn_slug(issue) if target == "zenn" else PurePosixPath(issue.path).stem)
    work = Work(issue=_without_inline_notes(issue, dialect), dialect=dialect, around=around, name=name)
    walk = BlockWalk(work=work)
    walk.write()
    body = work.edits.applied().strip("\n")
    front, said = _FRONT_MATTER.get(target, no_front_matter)(issue)
    if dialect.has_title and walk.title is None:
        body = f"# {as_markdown(issue.title)}\n\n{body}"
    of_front = tuple(Remark(line=1, what=it, is_lost=True) for it in said)
    return Exported(
        texts={dialect.file.format(name=name): f"{front}{body}\n"},
        pictures=work.pictures,
        remarks=(*of_front, *sorted(work.remarks, key=lambda it: it.line)),
    )


def _without_inline_notes(issue: IssueToExport, dialect: Dialect) -> IssueToExport:
    """Return an issue with footnotes of their own for those inside a line, where the dialect knows these alone."""
    if dialect.has_inline_notes or "^[" not in issue.body:
        return issue
    source, edits, notes = SourceBlocks(issue.body), Edits(issue.body), list[str]()
    for token in source.tokens:
        run = source.run(token) if token.type == "inline" and token.map else None
        for piece in source.pieces(run.text) if run else ():
            if run and piece.kind == "note":
                label = _unused(f"note-{len(notes) + 1}", issue.body)
                notes.append(f"[^{label}]: {' '.join(piece.text.split())}")
                ends = "\n" * piece.text.count("\n")
                edits.replace(run.place(piece.start), run.place(piece.end), f"[^{label}]{ends}")
    below = "".join(f"\n\n{it}" for it in notes)
    added = below.count("\n")
    last = issue.line_of[-1] if issue.line_of else 1
    return replace(issue, body=edits.applied().rstrip("\n") + below, line_of=(*issue.line_of, *[last] * added))


def _unused(label: str, text: str) -> str:
    while f"[^{label}]" in text:
        label += "-"
    return label
