"""What a page with a diagram loads: our script and, when the diagram comes near, mermaid as its authors built it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from importlib.resources import files as package_files
from importlib.resources.abc import Traversable

from ..display.words import Strings
from .files import GeneratedPage

_DIAGRAM = re.compile(r'<pre class="(?:neco-diagram|mermaid)[" ]|<div class="mermaid[" ]')
"""How a diagram begins: ours, or one that the theme draws because a site's own options ask for that."""


def has_diagram(html: str) -> bool:
    """Return whether a page has a diagram to draw."""
    return _DIAGRAM.search(html) is not None


def diagram_files(script: str, words: Strings) -> Iterator[GeneratedPage]:
    """Yield the script of diagrams, then mermaid's files and their licences, all with names that follow from content.

    Mermaid's modules name each other by relative paths, so their folder has the digest.
    """
    library = dict(_library())
    digest = hashlib.sha256("".join(f"{path}\0{text}\0" for path, text in library.items()).encode()).hexdigest()[:8]
    folder = f"mermaid.{digest}"
    head = f"globalThis.necoDiagramWords={json.dumps(_words(words, folder), ensure_ascii=False)};\n"
    yield GeneratedPage.named_by_content("assets/diagram.js", head + script)
    for path, text in library.items():
        yield GeneratedPage(path=f"assets/{folder}/{path}", content=text)


def _words(words: Strings, folder: str) -> dict[str, str]:
    return {
        "library": f"{folder}/mermaid.esm.min.mjs",
        "label": words("diagram.label"),
        "source": words("diagram.source"),
        "failed": words("diagram.failed", reason="{reason}"),
        "foreign": words("diagram.foreign"),
    }


def _library() -> Iterator[tuple[str, str]]:
    """Yield the paths and texts of mermaid's files as they lie in the package, in the order of their paths."""
    root = package_files("neco_weekly").joinpath("vendor", "mermaid")
    yield from sorted(_below(root, ""))


def _below(folder: Traversable, path: str) -> Iterator[tuple[str, str]]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _below(item, f"{path}{item.name}/")
        else:  # not as text, where line ends would change
            yield f"{path}{item.name}", item.read_bytes().decode("utf-8")
