"""What hosts leave on a Markdown instance: which page is being drawn, where the project is, which pages there are.

MkDocs and ProperDocs leave their link resolver, Zensical a rendering context, plain Python-Markdown nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from markdown import Markdown


def page_path(md: Markdown) -> str | None:
    """Return the path of the page being drawn, relative to the docs folder; None where no host has left a path."""
    if "relpath" in md.treeprocessors:
        file = getattr(md.treeprocessors["relpath"], "file", None)
        return getattr(file, "src_uri", None)
    if "rendering_context" in md.preprocessors:
        page = getattr(md.preprocessors["rendering_context"], "page", None)
        return getattr(page, "path", None)
    return None


def page_meta(md: Markdown) -> Mapping[str, Any]:
    """Return the front matter of the page being drawn; in plain Markdown what its `meta` extension has read."""
    if "relpath" in md.treeprocessors:
        page = getattr(getattr(md.treeprocessors["relpath"], "file", None), "page", None)
    elif "rendering_context" in md.preprocessors:
        page = getattr(md.preprocessors["rendering_context"], "page", None)
    else:
        lines: Mapping[str, list[str]] = getattr(md, "Meta", {})
        return {name: " ".join(values) for name, values in lines.items()}
    return getattr(page, "meta", None) or {}


def project_folder(md: Markdown) -> Path:
    """Return the folder of `mkdocs.yml` as the author sees it from the working folder, which it is without a host."""
    if "relpath" in md.treeprocessors:
        config = getattr(md.treeprocessors["relpath"], "config", None)
        config_file = getattr(config, "config_file_path", None)
        return Path(os.path.relpath(Path(config_file).parent)) if config_file else Path()
    if "rendering_context" in md.preprocessors:
        config = getattr(md.preprocessors["rendering_context"], "config", None) or {}
        return Path(os.path.relpath(config.get("root_dir", os.curdir)))
    return Path()


def has_page(md: Markdown, path: str) -> bool:
    """Whether the site has a page, as far as the host knows: a KEP named only outside of issues has none."""
    files = getattr(md.treeprocessors["relpath"], "files", None) if "relpath" in md.treeprocessors else None
    return files is None or path in files.src_uris


def has_file(md: Markdown, path: str) -> bool:
    """Whether the site will have a file of the docs folder: MkDocs knows its files, for Zensical the disk is asked."""
    if "relpath" in md.treeprocessors:
        files = getattr(md.treeprocessors["relpath"], "files", None)
        file = files.src_uris.get(path) if files is not None else None
        return files is None or bool(file is not None and file.inclusion.is_included())
    docs = _docs_of_zensical(md)
    return docs is not None and (docs / path).is_file()


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture of the site: its path below the docs folder, and its file, None where that is made by a plugin."""

    path: str
    file: Path | None


Beside = Callable[[str], str | None]
"""A function that takes a picture beside the docs folder into the site, and returns its path there; None without one.

It gets the path below the project's folder, `images/a.png`.
"""


class KepPage(Protocol):
    """A function that returns the path of a KEP's page below the docs folder; None where the site has none.

    `for_issue`: an issue asks, which is why the page is to be there from now on.
    """

    def __call__(self, number: int, *, for_issue: bool) -> str | None:
        """Return the path of the page of a KEP, or None."""


TopicPage = Callable[[str], str | None]
"""A function from a topic's slug to the path of its page below the docs folder; None where the site has none."""


def picture_file(md: Markdown, path: str, beside: Beside | None = None) -> PictureFile | None:
    """Return the picture at a path below the docs folder, else what `beside` finds beside that folder; None without."""
    if "relpath" in md.treeprocessors:
        files = getattr(md.treeprocessors["relpath"], "files", None)
        if files is None:
            return None
        if path not in files.src_uris and beside is not None:
            path = beside(path) or path
        file = files.src_uris.get(path)
        if file is None or not file.inclusion.is_included():
            return None
        return PictureFile(path, Path(file.abs_src_path) if file.abs_src_path else None)
    docs = _docs_of_zensical(md)
    return PictureFile(path, docs / path) if docs and ".." not in path and (docs / path).is_file() else None


def _docs_of_zensical(md: Markdown) -> Path | None:
    if "rendering_context" not in md.preprocessors:
        return None
    config = getattr(md.preprocessors["rendering_context"], "config", None) or {}
    return project_folder(md) / str(config.get("docs_dir", "docs"))


def resolves(md: Markdown, attribute: str) -> bool:
    """Whether the host resolves such an attribute of films and candidates as it does `<img src>`; MkDocs does not."""
    return "rendering_context" in md.preprocessors and attribute in ("src", "srcset")


def address_from(md: Markdown, path: str) -> str:
    """Return the address of a file of the site as a browser needs it on the page; in plain Markdown a relative path."""
    if "relpath" in md.treeprocessors:
        processor: Any = md.treeprocessors["relpath"]
        file = processor.files.src_uris.get(path) if getattr(processor, "files", None) is not None else None
        if file is not None:
            return str(file.url_relative_to(processor.file))
    elif "rendering_context" in md.preprocessors:
        page = getattr(md.preprocessors["rendering_context"], "page", None)
        return "../" * str(getattr(page, "url", "")).count("/") + quote(path)
    return "../" * (page_path(md) or "").count("/") + quote(path)


def is_left_out(md: Markdown, path: str) -> bool:
    """Whether a file of the docs folder will not be in the site, as far as the host knows."""
    files = getattr(md.treeprocessors["relpath"], "files", None) if "relpath" in md.treeprocessors else None
    file = files.src_uris.get(path) if files is not None else None
    return file is not None and bool(file.inclusion.is_excluded())
