"""A book of HonKit or GitBook as issues: the pages of its SUMMARY.md, or where there is none those of its folders.

Sources: https://honkit.netlify.app/structure, https://honkit.netlify.app/pages.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from ....extension.written_addresses import blocks_of
from ....grammar.front_matter import take_apart
from .carried_addresses import Lookup
from .carried_files import MARKDOWN
from .carrying import Prepared, carry
from .material import Destination, Import, Material, PageToImport, Remark
from .own_addresses import OUTSIDE, own_address, source_path
from .summary_list import Entry, listed_in

SUMMARY = "SUMMARY.md"

ABOUT = "about.md"
"""The page in the docs folder that a book's README becomes."""

_README = ("readme.md", "index.md")

_NO_PAGES = ("summary.md", "glossary.md", "langs.md", "license.md", "contributing.md", "changelog.md")
"""Names of files that are no pages of a book, in small letters, where no SUMMARY.md says which are."""

_ROOT = re.compile(r"""["']?\broot["']?[ \t]*:[ \t]*["'](?P<root>[^"'\n]*)["']""")

_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}")

_RAW = re.compile(r"\{%-?[ \t]*(?:end)?raw[ \t]*-?%\}[ \t]*")


def import_honkit(material: Material, to: Destination) -> Import:
    """Return the pages and pictures of a book as issues below a folder of the site.

    A path below the book's root is kept, so that links between pages stay as they are; the README becomes `about.md`.
    """
    remarks: list[Remark] = []
    root = _root(material)
    entries = list(_listed(material, root, remarks))
    pages = [_page(it, root, to.folder) for it in entries]
    summary = posixpath.join(root, SUMMARY)
    found = carry(material, pages, _lookup(material, root), to, prepare=_without_raw, root=root)
    remarks += _not_listed(material, root, {it.source for it in pages}, from_list=bool(entries and entries[0].line))
    return Import(
        pages=found.pages,
        files=found.files,
        remarks=(*remarks, *found.remarks),
        counts=found.counts,
        left=tuple(it for it in found.left if it not in {summary, *(remark.source for remark in remarks)}),
    )


def _root(material: Material) -> str:
    """Return the folder of a book in its repository: that its settings name, or that with the only SUMMARY.md."""
    for name in ("book.json", "book.js"):
        if name in material.files and (match := _ROOT.search(material.text(name))):
            root = source_path("", match["root"])
            if root == "" or any(it.startswith(f"{root}/") for it in material.files):
                return "" if root == OUTSIDE else root
    summaries = [it for it in material.files if posixpath.basename(it) == SUMMARY]
    return posixpath.dirname(summaries[0]) if len(summaries) == 1 else ""


def _listed(material: Material, root: str, remarks: list[Remark]) -> Iterator[Entry]:
    """Yield the pages of a book, each once; what is listed and is none becomes a remark."""
    summary = posixpath.join(root, SUMMARY)
    entries = list(listed_in(material.text(summary))) if summary in material.files else []
    if not entries:
        why = "lists no page" if summary in material.files else "is not there"
        what = f"{why}, so that all Markdown below its folder was taken"
        remarks.append(Remark(source=summary, what=what, hint="see whether all of that is meant for readers"))
        yield from (Entry(path=it, title="", line=0) for it in _in_folders(material, root))
        return
    readme = next((it for it in ("README.md", "index.md") if posixpath.join(root, it) in material.files), "")
    seen: set[str] = set()
    for entry in ([Entry(path=readme, title="", line=1)] if readme else []) + entries:
        address = own_address(entry.path)
        path = source_path(root, f"./{address.path}".replace(".//", "./")) if address else ""
        if address is None or path == OUTSIDE or (root and not path.startswith(f"{root}/")):
            what = f"lists {entry.path}, which is no page of the book"
            remarks.append(Remark(source=summary, line=entry.line, what=what, hint="link it from a page"))
        elif (page := next((it for it in _candidates(path) if it in material.files), None)) is None:
            linked = material.passed_over.get(path)
            what = f"lists {entry.path}, which is {f'{linked} and not followed' if linked else 'not there'}"
            remarks.append(Remark(source=summary, line=entry.line, what=what, hint="write it, or correct the list"))
        elif not page.lower().endswith(MARKDOWN):
            what = f"lists {entry.path}, which is no Markdown, and is not imported"
            remarks.append(Remark(source=summary, line=entry.line, what=what, hint="write it as Markdown"))
        elif page not in seen:
            seen.add(page)
            yield Entry(path=page, title=entry.title, line=entry.line)


def _in_folders(material: Material, root: str) -> list[str]:
    inside = [it for it in sorted(material.files) if it.endswith(".md") and it.startswith(f"{root}/" if root else "")]
    return [it for it in inside if posixpath.basename(it).lower() not in _NO_PAGES]


def _not_listed(material: Material, root: str, taken: set[str], *, from_list: bool) -> Iterator[Remark]:
    for path in _in_folders(material, root) if from_list else ():
        if path not in taken:
            what = "is not in SUMMARY.md, so that the book did not show it, and is not imported"
            yield Remark(source=path, what=what, hint="list it there and import again, if it is meant for readers")


def _candidates(path: str) -> list[str]:
    """Return the files of a source that may be the page at a path: itself, its Markdown, the first page of a folder."""
    stem = re.sub(r"\.html?$", "", path)
    below = [posixpath.join(path.rstrip("/"), name) for name in ("README.md", "index.md")]
    folder = posixpath.dirname(path)
    of_index = [posixpath.join(folder, "README.md")] if posixpath.basename(stem) == "index" else []
    return [path, f"{stem}.md", *of_index, *below]


def _page(entry: Entry, root: str, dest: str) -> PageToImport:
    below = posixpath.relpath(entry.path, root) if root else entry.path
    if below.lower() in _README:
        return PageToImport(source=entry.path, target=ABOUT)
    name = posixpath.basename(below)
    of_folder = name.lower() in _README
    old = posixpath.join(posixpath.dirname(below), "index.html") if of_folder else f"{below.removesuffix('.md')}.html"
    target = posixpath.join(posixpath.dirname(below), "README.md") if of_folder else below
    target = target if target.endswith(".md") else f"{posixpath.splitext(target)[0]}.md"
    return PageToImport(source=entry.path, target=posixpath.join(dest, target), aliases=(old,), title=entry.title)


def _lookup(material: Material, root: str) -> Lookup:
    def lookup(page: PageToImport, written: str) -> tuple[str, str] | None:
        address = own_address(written)
        if address is None:
            return None
        folder = root if address.path.startswith("/") else posixpath.dirname(page.source)
        path = source_path(folder, address.path.lstrip("/") or ".")
        if path == OUTSIDE:
            return OUTSIDE, address.behind
        return next((it for it in _candidates(path) if it in material.files), path), address.behind

    return lookup


def _without_raw(text: str) -> Prepared:
    """Return a page's text without `{% raw %}`; other tags of templates, which no site fills in, are told by lines."""
    parts = take_apart(text)
    code, above = blocks_of(parts.body).code_lines, parts.body_line - 1
    lines, remarks, removed = text.split("\n"), list[tuple[int, str, str]](), 0
    raw = False
    for number, line in enumerate(lines, 1):
        if "{" not in line or number <= above:
            continue
        for tag in _TAG.findall(line):
            if _RAW.fullmatch(tag):
                raw, removed = "end" not in tag, removed + 1
            elif not raw and number - above not in code:
                remarks.append(
                    (number, f"`{tag}` was filled in by the book and stays as it is", "write what it stood for")
                )
        lines[number - 1] = _RAW.sub("", line)
    return Prepared(text="\n".join(lines), remarks=tuple(remarks), counts={"tags of raw text removed": removed})
