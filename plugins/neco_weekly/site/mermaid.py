"""What a page with a diagram loads: a script and, when the diagram comes near, what draws it, with mermaid as it is."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files as package_files
from importlib.resources.abc import Traversable

from ..display.words import Strings
from .files import GeneratedPage

_DIAGRAM = re.compile(r'<pre class="(?:neco-diagram|mermaid)[" ]|<div class="mermaid[" ]')
"""How a diagram begins: ours, or one that the theme draws because a site's own options ask for that."""

_ENTRY = "mermaid.esm.min.mjs"

_LAYOUT = re.compile(r"/dagre-\w+\.mjs$")
"""The module that lays out most kinds of diagrams."""

_TOOLS = '"createCommonLayoutRenderer"'
"""The name of the function with which mermaid makes a layout of its steps; only the module that has it names it."""

_COMPILED = "//# allFunctionsCalledOnLoad\n"
"""What stands above each module: Chromium compiles all of it on another thread then, before anything is called.

See https://v8.dev/blog/explicit-compile-hints; to other engines it is a comment. Without it a diagram is
drawn in longer tasks, for most of its code runs once.
"""

_IMPORT = re.compile(r"""\b(?:from|import)\s*"(\.[^"]+)\"""")
"""A module that has to run before the one that names it; `import(…)` is of one that is loaded when it is needed."""


def has_diagram(html: str) -> bool:
    """Return whether a page has a diagram to draw."""
    return _DIAGRAM.search(html) is not None


def diagram_files(script: str, drawing: str, words: Strings) -> Iterator[GeneratedPage]:
    """Yield the script of pages with diagrams, the one that draws them, then mermaid's files and their licences.

    All names follow from content. Mermaid's modules name each other by relative paths, so their folder has the digest.
    """
    library = dict(_library())
    digest = hashlib.sha256("".join(f"{path}\0{text}\0" for path, text in library.items()).encode()).hexdigest()[:8]
    folder = f"mermaid.{digest}"
    told = {
        "modules": [f"{folder}/{it}" for it in run_order(library, _ENTRY)],
        "layout": [
            next(f"{folder}/{it}" for it in library if _LAYOUT.search(it)),
            next(f"{folder}/{it}" for it, text in library.items() if _TOOLS in text),
        ],
        **_words(words),
    }
    head = f"globalThis.necoDiagramWords={json.dumps(told, ensure_ascii=False)};\n"
    draws = GeneratedPage.named_by_content("assets/diagram-drawing.js", head + drawing)
    address = json.dumps(draws.path.removeprefix("assets/"))
    yield GeneratedPage.named_by_content("assets/diagram.js", f"globalThis.necoDiagram={address};\n{script}")
    yield draws
    for path, text in library.items():
        yield GeneratedPage(path=f"assets/{folder}/{path}", content=text)


def run_order(modules: Mapping[str, str], entry: str) -> list[str]:
    """Return the paths of the module at `entry` and of all that run before it, each behind what it imports.

    The order is that of ECMAScript: the imports of a module as they stand in it, depth first.
    """
    seen, order = set(), list[str]()

    def visit(path: str) -> None:
        if path not in seen:
            seen.add(path)
            for address in _IMPORT.findall(modules[path]):
                visit(posixpath.normpath(posixpath.join(posixpath.dirname(path), address)))
            order.append(path)

    visit(entry)
    return order


def _words(words: Strings) -> dict[str, str]:
    return {
        "label": words("diagram.label"),
        "source": words("diagram.source"),
        "whole": words("diagram.whole"),
        "failed": words("diagram.failed", reason="{reason}"),
        "foreign": words("diagram.foreign"),
    }


def _library() -> Iterator[tuple[str, str]]:
    """Yield the paths and texts of mermaid's files in the order of their paths, the modules with a line above."""
    root = package_files("neco_weekly").joinpath("vendor", "mermaid")
    yield from ((path, _COMPILED * path.endswith(".mjs") + text) for path, text in sorted(_below(root, "")))


def _below(folder: Traversable, path: str) -> Iterator[tuple[str, str]]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _below(item, f"{path}{item.name}/")
        else:  # not as text, where line ends would change
            yield f"{path}{item.name}", item.read_bytes().decode("utf-8")
