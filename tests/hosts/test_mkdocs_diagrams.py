"""Diagrams in a build: a page that has one loads the script, and only a site that has one gets mermaid."""

from __future__ import annotations

from pathlib import Path

from tests.sites import Built, attribute, issue_page, links, new_folder

DIAGRAM = '<pre class="neco-diagram"><code>graph TD; A--&gt;B</code></pre>'


def scripts(built: Built, path: str) -> list[str]:
    """The files that the scripts of diagrams on a page are, from the site's root."""
    sources = [attribute(it, "src") for it in built.page(path).select("script[src*=diagram]")]
    return [found for source in sources if (found := built.target(path, source))]


def test_only_pages_with_a_diagram_load_its_script(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    folder.issue("2026-09-04", DIAGRAM)
    folder.issue("2026-09-11", "文。")
    built = folder.build(strict=True)
    (script,) = built.paths("assets/diagram.*.js")
    assert scripts(built, issue_page("2026-09-04")) == [script]
    assert [path for path in built.paths("**/*.html") if scripts(built, path)] == [issue_page("2026-09-04")]
    assert len(built.paths("assets/mermaid.*/chunks/**/*.mjs")) > 50
    assert "<script" not in built.text("feed.xml")
    assert links(built.issue("2026-09-04"), "script[src^=http]") == []


def test_the_next_build_of_the_same_site_writes_them_anew(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    folder.issue("2026-09-04", DIAGRAM)
    assert folder.build(strict=True).contents() == folder.build(strict=True).contents()


def test_a_site_without_a_diagram_gets_nothing_of_it(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    folder.issue("2026-09-04", '`<pre class="neco-diagram">` は図です。')
    built = folder.build(strict=True)
    assert built.paths("assets/**/*mermaid*") | built.paths("assets/diagram*") == set()
