"""Hugo and Eleventy on the same Markdown, where they are installed: for orientation, for they draw no more than that.

Neither makes pages of KEPs, cards, feeds, search or a navigation here; Hugo puts a page into a template of one line.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import measure
from measure import BenchmarkError, Cost, progress

_ELEVENTY = Path(__file__).resolve().parents[1] / ".cache/page-tools/node_modules/@11ty/eleventy/cmd.cjs"
"""Where `bench pages` installs what `npm/package-lock.json` pins."""

_FILES = {
    "hugo.toml": 'baseURL = "https://neco-weekly.example/"\ndisableKinds = ["taxonomy", "term"]\n'
    '[[module.mounts]]\nsource = "docs/issues"\ntarget = "content/issues"\n'  # an index.md is no home there
    "[markup.goldmark.renderer]\nunsafe = true\n",
    "layouts/_default/single.html": "<!doctype html><title>{{ .Title }}</title><article>{{ .Content }}</article>\n",
    "layouts/_default/list.html": "<!doctype html>{{ range .Pages }}<a href={{ .Permalink }}></a>{{ end }}\n",
    "eleventy.config.mjs": 'export default config => { config.ignores.add("docs/_metadata/**")\n'
    "  return { markdownTemplateEngine: false, htmlTemplateEngine: false } }\n",
}


def cold_builds(folder: Path, issues: int) -> Mapping[str, Cost | None]:
    """Return what building the Markdown of `docs/` costs each of them; None for one that is not installed."""
    for path, text in _FILES.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return {name: _build(folder, name, command, issues) for name, command in _commands().items()}


def _commands() -> Mapping[str, list[str]]:
    """Return the command of each, without the place where it writes; empty for one that is not installed."""
    hugo, node = shutil.which("hugo"), shutil.which("node")
    return {
        "Hugo": [hugo, "--quiet", "--destination"] if hugo else [],
        "Eleventy": [node, str(_ELEVENTY), "--quiet", "--input=docs", "--output"]
        if node and _ELEVENTY.exists()
        else [],
    }


def _build(folder: Path, name: str, command: list[str], issues: int) -> Cost | None:
    if not command:
        return None
    progress(f"{issues} issues, {name}")
    place = folder / f"site-of-{name.lower()}"
    shutil.rmtree(place, ignore_errors=True)
    cost = measure.run([*command, place.name], cwd=folder)
    if (found := len(list(place.glob("issues/**/index.html")))) < issues:
        raise BenchmarkError(f"{name} has written {found} pages of {issues} issues")
    return cost
