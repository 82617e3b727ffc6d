"""The scripts that pages load: they are of today's modules, and small; and what is told where they are not."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
from pathlib import Path

import pytest

from scripts.bundle import (
    ASSETS,
    PROJECT,
    SCRIPTS,
    BundleError,
    build,
    head,
    main,
    pinned_version,
    sources,
    stale,
)

LIMITS = {
    "compare.js": 4_780,
    "diagram.js": 540,
    "diagram-drawing.js": 3_550,
    "filter.js": 3_650,
    "follow.js": 1_300,
    "following.js": 3_100,
    "live.js": 900,
    "popover.js": 2_850,
    "my-release.js": 1_850,
    "new-issue.js": 830,
    "policy.js": 430,
    "search.js": 5_500,
    "search-worker.js": 600,
    "search-engine.js": 11_800,
    "zoom.js": 650,
}
"""Bytes that each script may have as it travels."""


def modules(folder: Path, **texts: str) -> Path:
    """A folder of modules, each `name.js`."""
    for name, text in texts.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return folder


# --- the scripts of the package ---


def test_the_scripts_are_of_these_modules() -> None:
    assert stale(ASSETS, SCRIPTS, pinned_version()) == [], "run scripts/bundle"
    assert main(["--check"]) == 0


def test_every_script_has_a_limit() -> None:
    assert LIMITS.keys() == SCRIPTS.keys()


@pytest.mark.parametrize(("script", "limit"), LIMITS.items())
def test_a_script_is_small(script: str, limit: int) -> None:
    assert limit * 0.9 < len(gzip.compress((ASSETS / script).read_bytes(), mtime=0)) <= limit


def test_all_javascript_of_the_package_is_a_script_or_a_module_of_one() -> None:
    theirs = set((PROJECT / "plugins/neco_weekly/vendor").rglob("*"))
    ours = set((PROJECT / "plugins").rglob("*.*js")) - theirs
    written = {path.relative_to(ASSETS).as_posix() for path in ours}
    assert written == SCRIPTS.keys() | {name for entry in SCRIPTS.values() for name in sources(ASSETS, entry)}


def test_the_lock_of_npm_names_no_address_to_load_from() -> None:
    packages = json.loads((PROJECT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


def test_every_tool_is_pinned() -> None:
    wanted = json.loads((PROJECT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    packages = json.loads((PROJECT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert wanted == {name: packages[f"node_modules/{name}"]["version"] for name in wanted}


# --- sources ---


def test_sources_are_all_modules_that_are_reached_by_name(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    folder = modules(
        tmp_path,
        entry='import { b } from "./b.js"\nimport {\n  c,\n  d,\n} from "./deep/c.js"\nimport "./a.js"\n\nb(c, d)\n',
        a='export { z } from "./z.js"\n',
        b='import { y } from "./z.js"\nexport const b = "import x from ./w.js"\n',
        z='// import { x } from "./w.js"\nexport const z = 1\nexport const y = `from "./w.js"`\n',
        unused="",
    )
    modules(tmp_path / "deep", c='import { z } from "../z.js"\nimport { entry } from "../entry.js"\n')
    assert list(sources(folder, "entry.js")) == ["a.js", "b.js", "deep/c.js", "entry.js", "z.js"]


def test_an_import_of_nothing_is_told(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r"^entry\.js imports b\.js, which is not there\.$"):
        sources(modules(tmp_path, entry='import { b } from "./b.js"\n'), "entry.js")


# --- heads ---


def test_a_head_follows_from_text_names_entry_and_version() -> None:
    heads = {
        head("a.js", {"a.js": b"f()"}, "1.2.3"),
        head("a.js", {"a.js": b"g()"}, "1.2.3"),
        head("a.js", {"a.js": b"f()"}, "1.2.4"),
        head("a.js", {"a.js": b"f()", "b.js": b""}, "1.2.3"),
        head("b.js", {"a.js": b"f()", "b.js": b""}, "1.2.3"),
        head("a.js", {"a.js": b"", "b.js": b"f()"}, "1.2.3"),
        head("a.js", {"a.js": b"f()", "c.js": b""}, "1.2.3"),
    }
    assert len(heads) == 7
    assert all(line.startswith("// Built by scripts/bundle from ") and "\n" not in line for line in heads)


def test_a_script_is_stale_when_a_module_changes(tmp_path: Path) -> None:
    folder = modules(tmp_path, entry='import { b } from "./b.js"\nb()\n', b="export const b = () => 1\n")
    scripts = {"built.js": "entry.js"}
    assert stale(folder, scripts, "1.2.3") == ["built.js"]
    modules(folder, built=f"{head('entry.js', sources(folder, 'entry.js'), '1.2.3')}\nb()\n")
    assert stale(folder, scripts, "1.2.3") == []
    assert stale(folder, scripts, "1.2.4") == ["built.js"]
    modules(folder, b="export const b = () => 2\n")
    assert stale(folder, scripts, "1.2.3") == ["built.js"]


# --- without npm ---


def test_without_its_packages_a_build_says_what_installs_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("scripts.bundle._ESBUILD", tmp_path / "esbuild")
    with pytest.raises(BundleError, match=r"^node_modules is missing; scripts/bundle installs it\.$"):
        build(modules(tmp_path, entry="f()\n"), "entry.js", "1.2.3")


def test_without_npm_one_sentence_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "dirname").symlink_to("/usr/bin/dirname")
    command = ["/bin/bash", os.fspath(PROJECT / "scripts/javascript"), "biome"]
    run = subprocess.run(command, env={"PATH": os.fspath(tmp_path)}, capture_output=True, encoding="utf-8", check=False)
    missing = "node, which checks and builds JavaScript, is not on PATH"
    cure = "install Node.js 20 or newer with npm, and run this again."
    assert (run.returncode, run.stderr) == (2, f"neco-weekly: {missing}; {cure}\n")
