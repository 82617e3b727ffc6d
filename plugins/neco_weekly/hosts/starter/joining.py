"""What a site of MkDocs that is there still needs from us: lines for its own files, which only its people change."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..settings import EXTENSION, PLUGIN
from .new_files import Place


def lines_for_config(document: Mapping[str, Any], place: Place, *, github: bool = False) -> str:
    """Return the lines that a site's `mkdocs.yml` lacks, as YAML; empty where it lacks none.

    Each key stands as the site has it, a list or a mapping, so that the lines can be put below that key. With `github`
    a site without an address is to take that which the workflows find.
    """
    extensions, plugins = document.get("markdown_extensions"), document.get("plugins")
    found = "site_url: !ENV [NECO_SITE_URL, null]\n" if github and "site_url" not in document else ""
    if EXTENSION not in _names(extensions):
        found += _entry("markdown_extensions", extensions, EXTENSION, f"metadata: {place.metadata}")
    if PLUGIN not in _names(plugins):
        # MkDocs' own search runs without being named only as long as no plugin is.
        search = "  - search\n" if plugins is None else ""
        found += _entry("plugins", plugins, PLUGIN, f"issues: {place.issues}", before=search)
    return found


def _entry(key: str, written: Any, name: str, option: str, before: str = "") -> str:
    if isinstance(written, dict):
        return f"{key}:\n  {name}:\n    {option}\n"
    return f"{key}:\n{before}  - {name}:\n      {option}\n"


def _names(written: Any) -> set[str]:
    items = written if isinstance(written, list) else [written]
    return {str(name) for item in items if item for name in (item if isinstance(item, dict) else [item])}


def lines_for_ignored(text: str, wanted: str) -> str:
    """Return those lines of `wanted` that a `.gitignore` with this text lacks, however it writes their slashes."""
    there = {line.strip().strip("/") for line in text.splitlines()}
    return "".join(line for line in wanted.splitlines(keepends=True) if line.strip().strip("/") not in there)


def lines_for_required(text: str, wanted: str) -> str:
    """Return those lines of `wanted`, without its comments, that name a package which a `requirements.txt` does not."""
    lines = [line for line in wanted.splitlines(keepends=True) if not line.startswith("#")]
    return "".join(line for line in lines if not _named(re.split("[=<>~!]", line)[0], text))


def _named(package: str, text: str) -> bool:
    """Whether a `requirements.txt` names a package, by its name or by the path of its wheel."""
    name = package.replace("-", "[-_]")
    pattern = rf"^[^#\n]*\b{name}(?![\w.]|[-_](?!\d))"  # not a longer name; a wheel's has its version behind it
    return re.search(pattern, text, re.MULTILINE | re.IGNORECASE) is not None
