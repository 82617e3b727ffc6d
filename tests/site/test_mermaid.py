"""What a page with a diagram loads: our script with its words, and mermaid as it lies in the package."""

from __future__ import annotations

import json

import pytest
from neco_weekly.display.words import load_strings
from neco_weekly.site.mermaid import diagram_files, has_diagram, run_order
from neco_weekly.site.page_places import with_script

from scripts.vendor import VENDOR, present

HEAD = "globalThis.necoDiagramWords="


@pytest.mark.parametrize(
    ("html", "has"),
    [
        ('<p>a</p><pre class="neco-diagram"><code>graph TD</code></pre>', True),
        ('<pre class="neco-diagram wide"><code>graph TD</code></pre>', True),
        ('<pre class="mermaid"><code>graph TD</code></pre>', True),
        ('<div class="mermaid">graph TD</div>', True),
        ('<pre class="neco-diagrams"><code>graph TD</code></pre>', False),
        ('<pre><code>&lt;pre class="neco-diagram"&gt;</code></pre>', False),
        ('<p class="mermaid">A mermaid.</p>', False),
    ],
)
def test_a_page_has_a_diagram_where_one_is_drawn_from(html: str, has: bool) -> None:
    assert has_diagram(html) is has


@pytest.mark.parametrize(
    ("html", "loaded"),
    [
        ("<body><article>a</article><p>b</p></body>", "<body><article>a{}</article><p>b</p></body>"),
        ("<body>a</body>", "<body>a{}</body>"),
        ("a", "a{}"),
    ],
)
def test_the_script_comes_after_the_text(html: str, loaded: str) -> None:
    tag = '<script src="../assets/diagram.js"></script>'
    assert with_script(html, "../assets/diagram.js") == loaded.format(tag)


def test_mermaid_s_files_are_those_of_the_package_in_a_folder_named_by_their_content() -> None:
    script, drawing, *library = diagram_files("begin()\n", "draw()\n", load_strings("ja"))
    folder = library[0].path.split("/")[1]
    assert folder.startswith("mermaid.")
    hint = b"//# allFunctionsCalledOnLoad\n"  # for Chromium's compiler, above each module
    assert {file.path: file.content.encode() for file in library} == {
        f"assets/{folder}/{path}": hint * path.endswith(".mjs") + content
        for path, content in present(VENDOR, "mermaid").items()
    }
    assert script.path.startswith("assets/diagram.")
    assert script.content == f'globalThis.necoDiagram="{drawing.path.removeprefix("assets/")}";\nbegin()\n'
    words, _, program = drawing.content.removeprefix(HEAD).partition(";\n")
    assert program == "draw()\n"
    said = json.loads(words)
    assert {f"assets/{it}" for it in (*said["modules"], *said["layout"])} <= {file.path for file in library}
    assert said["modules"][-1] == f"{folder}/mermaid.esm.min.mjs"
    assert len(said["modules"]) > 10


def test_a_module_runs_behind_what_it_imports_and_without_what_it_may_need_later() -> None:
    modules = {
        "a.mjs": 'import{b}from"./parts/b.mjs";import"./parts/c.mjs";const d=()=>import("./parts/d.mjs");',
        "parts/b.mjs": 'import{c}from"./c.mjs";export{c as b};',
        "parts/c.mjs": 'export{x}from "../e.mjs";',
        "parts/d.mjs": "",
        "e.mjs": 'import "./parts/b.mjs"',
    }
    assert run_order(modules, "a.mjs") == ["e.mjs", "parts/c.mjs", "parts/b.mjs", "a.mjs"]


def test_the_script_speaks_the_language_of_the_site() -> None:
    said = [list(diagram_files("", "", load_strings(locale)))[1].content for locale in ("ja", "en")]
    assert "図を描けなかったので" in said[0]
    assert "The diagram could not be drawn" in said[1]
    assert all("{reason}" in it for it in said)
