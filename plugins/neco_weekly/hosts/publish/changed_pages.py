"""Which pages of a site say something else than those of another build: what a pull request changes for readers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup
from bs4.element import Tag

from ...display.github_text import as_text
from ...model.errors import NecoError
from ...model.text import counted, one_line

MOST = 50
"""The most pages of a kind that are named; the rest is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedPage:
    """A page that is another: its path below the site's folder, and its title."""

    path: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedPages:
    """How a site differs from another build: pages that are new, that say something else, and that are gone.

    `files` is how many other files differ: data, feeds, pictures, styles.
    """

    new: Sequence[ChangedPage]
    other: Sequence[ChangedPage]
    gone: Sequence[ChangedPage]
    files: int

    def markdown(self) -> str:
        """Return the difference as Markdown for people who review a pull request."""
        kinds = (("New pages", self.new), ("Changed pages", self.other), ("Pages that are gone", self.gone))
        parts = ["## Pages that this changes"]
        for title, pages in kinds:
            if pages:
                parts.append(f"### {title} ({len(pages)})")
                parts.append("\n".join(_listed(pages)))
        if len(parts) == 1:
            parts.append("No page says anything else.")
        if self.files:
            parts.append(f"Beside pages {counted(self.files, 'file')} differ{'s' if self.files == 1 else ''}.")
        return "\n\n".join(parts) + "\n"


def changed_pages(before: Path, after: Path) -> ChangedPages:
    """Return how the site in the folder `after` differs from the one in `before`.

    A page is another where what its article says is: its words, links and pictures, not what stands around it or is
    listed at the end of an issue.

    Raises:
        NecoError: there is no site in one of the folders.
    """
    old, now = _files(before), _files(after)
    same = {path for path in old.keys() & now.keys() if old[path].read_bytes() == now[path].read_bytes()}
    both = sorted((old.keys() & now.keys()) - same)
    pages = {path for path in old.keys() | now.keys() if path.endswith(".html")}
    return ChangedPages(
        new=[_page(path, now) for path in sorted(pages & now.keys() - old.keys())],
        other=[_page(path, now) for path in both if path in pages and _said(old[path]) != _said(now[path])],
        gone=[_page(path, old) for path in sorted(pages & old.keys() - now.keys())],
        files=len((old.keys() ^ now.keys()) - pages) + len([path for path in both if path not in pages]),
    )


def _files(folder: Path) -> Mapping[str, Path]:
    found = {it.relative_to(folder).as_posix(): it for it in folder.rglob("*") if it.is_file() and not it.is_symlink()}
    if not found:
        raise NecoError(f"{folder}: there is no site; build one there before")
    return found


def _page(path: str, files: Mapping[str, Path]) -> ChangedPage:
    soup = _soup(files[path])
    heading = soup.select_one("article h1, h1") or soup.title
    for mark in heading.select(".headerlink") if heading else ():
        mark.decompose()
    title = one_line(heading.get_text(" ", strip=True)) if heading else ""
    return ChangedPage(path=path.removesuffix("index.html") or "/", title=title or path)


def _said(file: Path) -> bytes:
    """Return a digest of what the article of a page says, all of the page where there is none."""
    soup = _soup(file)
    article: Tag = soup.select_one("article") or soup.select_one("main") or soup
    for end in article.select(".neco-end"):
        end.decompose()
    return hashlib.sha256(article.decode().encode()).digest()


def _soup(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_bytes(), "html.parser")


def _listed(pages: Sequence[ChangedPage]) -> Iterator[str]:
    for it in pages[:MOST]:
        yield f"- {as_text(it.title)} ({as_text(it.path)})"
    if len(pages) > MOST:
        yield f"- and {len(pages) - MOST} more"
