"""What an import tells: what was written and converted, by kind, and what a person has to look at."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath
from typing import Any

from ...grammar.urls import PICTURE_NAMES
from ...issues.exchange.importing.honkit_book import ABOUT
from ...issues.exchange.importing.material import Import, Material, Remark
from ...model.text import counted
from .import_writing import Written

_NAMED = (".md", ".png", ".jpg", ".jpeg", ".gif", ".webp")

_MOST_NAMED = 20
"""How many files that were left the report names; as JSON it names all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an import told; `docs` is the docs folder as a person names it, `issues` that of issues in it."""

    found: Import
    written: Written
    material: Material
    docs: str
    issues: str
    dry: bool = False

    @property
    def remarks(self) -> list[Remark]:
        """What a person has to look at; what was said of a page that somebody has changed since is left out."""
        links = (
            Remark(source=path, what=f"is {what}, which is not followed", hint="copy the file, if it is wanted")
            for path, what in sorted(self.material.passed_over.items())
        )
        return [*links, *(it for it in self.found.remarks if it.target not in self.written.kept)]

    def lines(self) -> Iterator[str]:
        """Yield the report, a line each."""
        would = "Would import" if self.dry else "Imported"
        new = {kind: len(paths) for kind, paths in self._by_kind(self.written.new).items()}
        what = ", ".join(counted(count, kind) for kind, count in new.items() if count) or "nothing new"
        yield f"{would} {what} from {self.material.name}."
        for kind, count in sorted(self.found.counts.items()):
            yield f"  {kind}: {count}"
        if self.written.same:
            yield f"  {counted(len(self.written.same), 'file')} already there, as imported"
        if self.found.left:
            yield f"  left in the source, for no imported page names it: {self._left()}"
        if ABOUT in self.written.new:
            hint = "put it into `nav:` of mkdocs.yml, where there is one"
            yield f"  {self._place(ABOUT)} is the book's README: {hint}"
        for path in self.written.kept:
            yield f"kept {self._place(path)}: it is there and is not what would be imported; it stays as it is"
        if remarks := self.remarks:
            yield f"For a person to look at ({len(remarks)}):"
        for it in remarks:
            yield f"{self._where(it)}: {it.what}; {it.hint}"

    @property
    def document(self) -> dict[str, Any]:
        """The report as JSON has it."""
        return {
            "source": self.material.name,
            "written": [] if self.dry else [self._place(it) for it in self.written.new],
            "would_write": [self._place(it) for it in self.written.new] if self.dry else [],
            "same": [self._place(it) for it in self.written.same],
            "kept": [self._place(it) for it in self.written.kept],
            "counts": {**self._counts_of_pages(), **dict(sorted(self.found.counts.items()))},
            "left": list(self.found.left),
            "remarks": [self._remark(it) for it in self.remarks],
        }

    def _remark(self, remark: Remark) -> dict[str, str | int]:
        path = self._place(remark.target) if remark.target else remark.source
        return {"path": path, "line": remark.line, "source": remark.source, "message": remark.what, "hint": remark.hint}

    def _where(self, remark: Remark) -> str:
        return f"{self._place(remark.target) if remark.target else f'{remark.source} (source)'}:{remark.line}"

    def _place(self, path: str) -> str:
        return posixpath.join(self.docs, path)

    def _counts_of_pages(self) -> dict[str, int]:
        return {f"{kind}s": len(paths) for kind, paths in self._by_kind(self.written.new).items() if paths}

    def _by_kind(self, paths: tuple[str, ...]) -> dict[str, list[str]]:
        kinds: dict[str, list[str]] = {"issue": [], "page": [], "picture": [], "other file": []}
        for path in paths:
            is_issue = path.startswith(f"{self.issues}/") and PurePosixPath(path).name not in ("index.md", "README.md")
            of_page = "issue" if is_issue else "page"
            of_file = "picture" if path.lower().endswith(PICTURE_NAMES) else "other file"
            kind = of_file if path in self.found.files else of_page
            kinds[kind].append(path)
        return kinds

    def _left(self) -> str:
        """Return what was left in words: a few pages and pictures by their names, others by the ends of theirs."""
        named = (it for it in self.found.left if it.lower().endswith(_NAMED))
        shown = list(islice(named, _MOST_NAMED))
        rest = Counter(PurePosixPath(it).suffix or "no ending" for it in self.found.left if it not in set(shown))
        return ", ".join([*shown, *(f"{count} × {ending}" for ending, count in sorted(rest.items()))])
