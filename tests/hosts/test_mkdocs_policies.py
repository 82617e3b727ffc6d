"""Policies in a build: every page that the build draws has one, whatever other plugins do, and no preview has any."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from tests.sites import MATERIAL, Built, Folder, issue_page, new_folder, succeeds

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
INLINE = re.compile(r"<script>(.*?)</script>")
WITH = {"plugins": ["search", {"neco-weekly": {"csp": True, "locale": "en"}}]}
WITHOUT = {"plugins": ["search", {"neco-weekly": {"locale": "en"}}]}
HOOKS = """\
from pathlib import Path
from mkdocs.plugins import event_priority

@event_priority(-1000)
def on_post_page(output, *, page, config):
    return output.replace("</article>", "</article><script>late()</script>")

def on_post_build(*, config):
    Path(config.site_dir, "moved.html").write_text("<!doctype html><script>location = 'keps/'</script>")
"""
STATIC = "<!doctype html><script>theirs()</script>"


def policies(built: Built) -> Mapping[str, str]:
    """The policy of each page of a site, by the path of its file; the empty string for one without."""
    texts = {path: built.text(path) for path in sorted(built.paths("**/*.html"))}
    found = {path: POLICY.findall(text) for path, text in texts.items()}
    assert all(len(it) <= 1 for it in found.values())
    return {path: next(iter(it), "") for path, it in found.items()}


def folder_with(root: Path, **settings: Any) -> Folder:
    """A site of Material's theme with an issue, a page of a hook, and a writer's own HTML."""
    folder = new_folder(root, theme=MATERIAL, hooks=["hooks.py"], **settings)
    folder.write("hooks.py", HOOKS)
    folder.write("docs/demo.html", STATIC)
    folder.issue("2026-09-04", "文。")
    return folder


def test_every_page_that_is_drawn_has_a_policy_and_a_copied_one_stays_as_it_is(tmp_path: Path) -> None:
    built = folder_with(tmp_path, **WITH).build(strict=True)
    found = policies(built)
    assert [path for path, policy in found.items() if not policy] == ["demo.html"]
    assert {"404.html", "moved.html", "index.html", "keps/index.html", issue_page("2026-09-04")} <= found.keys()
    assert built.text("demo.html") == STATIC
    for path, policy in found.items():
        hashes = 0 if path == "demo.html" else len(INLINE.findall(built.text(path)))
        assert policy.count("'sha256-") == hashes, path


def test_without_the_option_no_page_has_one(tmp_path: Path) -> None:
    assert set(policies(folder_with(tmp_path, **WITHOUT).build(strict=True)).values()) == {""}


def test_a_policy_changes_nothing_else(tmp_path: Path) -> None:
    without = folder_with(tmp_path / "a", **WITHOUT).build(strict=True).contents()
    given = folder_with(tmp_path / "b", **WITH).build(strict=True).contents()
    assert {path: POLICY.sub("", text.decode()) for path, text in given.items() if path.endswith(".html")} == {
        path: text.decode() for path, text in without.items() if path.endswith(".html")
    }
    assert given.keys() == without.keys()


def test_nothing_of_ours_is_inline(tmp_path: Path) -> None:
    built = folder_with(tmp_path, **WITH).build(strict=True)
    theirs = ("__md_scope=", "var palette=", "var target=document.getElementById", "late()", "location =")
    for path in built.paths("**/*.html") - {"demo.html"}:
        assert [it for it in INLINE.findall(built.text(path)) if not it.startswith(theirs)] == [], path
        assert "style=" not in built.text(path)
        assert "<style" not in built.text(path)


def test_a_preview_has_none_for_it_reloads_by_a_script(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, **WITH)
    with contextlib.chdir(folder.root):
        config = load_config("mkdocs.yml", site_dir=str(folder.root / "served"))
        config.plugins.on_startup(command="serve", dirty=False)
        build(config, serve_url="http://127.0.0.1:8000/")
        config.plugins.on_shutdown()
    assert set(policies(Built(folder.root / "served")).values()) == {""}


def test_a_site_that_is_read_from_a_disk_has_none(tmp_path: Path) -> None:
    plugins = ["search", "offline", {"neco-weekly": {"csp": True}}]
    assert set(policies(folder_with(tmp_path, plugins=plugins).build(strict=True)).values()) == {""}


def test_a_script_in_the_text_is_told_and_gets_no_hash(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, **WITH)
    folder.write("docs/own.md", "---\ntitle: 題\n---\n\n# 題\n\n<script>own()</script>\n")
    built = folder.build()
    assert [it.partition(";")[0] for it in built.warnings] == [
        "neco-weekly: docs/own.md:7: <script> in the text of the page does not work under the site's "
        "Content-Security-Policy"
    ]
    assert "<script>own()</script>" in built.text("own/index.html")
    found = policies(built)
    assert found["own/index.html"] == found["keps/index.html"]
    assert "neco-weekly" not in " ".join(folder_with(tmp_path / "other", **WITHOUT).build().warnings)


@pytest.mark.parametrize("program", ["mkdocs", "properdocs"])
def test_whichever_program_builds_policies_are_the_same(program: str, tmp_path: Path) -> None:
    folder = new_folder(tmp_path, theme=MATERIAL, **WITH)
    folder.issue("2026-09-04", "文。")
    succeeds(program, "build", "-q", "-d", "there", cwd=folder.root)
    found = policies(Built(folder.root / "there"))
    assert "" not in found.values()
    assert found == policies(folder.build(strict=True))


def test_pages_that_share_a_document_share_what_may_run_there(tmp_path: Path) -> None:
    theme = {**MATERIAL, "features": ["navigation.instant"]}
    folder = new_folder(tmp_path, theme=theme, **WITH)
    folder.issue("2026-09-04", "| a |\n| -: |\n| 1 |")
    folder.write("docs/drawn.md", '# 図\n\n<pre class="neco-diagram"><code>graph LR</code></pre>\n')
    folder.write("docs/seen.md", "# 絵\n\n![絵](https://img.example/a.png)\n")
    found = dict(policies(folder.build(strict=True)))
    drawn, seen = found.pop("drawn/index.html"), found.pop("seen/index.html")
    (ordinary,) = set(found.values())
    assert "style-src-attr 'unsafe-inline'" in drawn
    assert seen == ordinary.replace("img-src 'self' data:", "img-src 'self' data: https://img.example")
