"""What hosts leave on a Markdown instance: which page is being drawn, where the project is, which pages there are.

MkDocs and ProperDocs leave their link resolver, Zensical a rendering context, plain Python-Markdown nothing.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

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
    if "rendering_context" in md.preprocessors:
        config = getattr(md.preprocessors["rendering_context"], "config", None) or {}
        return (project_folder(md) / str(config.get("docs_dir", "docs")) / path).is_file()
    return False


def is_left_out(md: Markdown, path: str) -> bool:
    """Whether a file of the docs folder will not be in the site, as far as the host knows."""
    files = getattr(md.treeprocessors["relpath"], "files", None) if "relpath" in md.treeprocessors else None
    file = files.src_uris.get(path) if files is not None else None
    return file is not None and bool(file.inclusion.is_excluded())
