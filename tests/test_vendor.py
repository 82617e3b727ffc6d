"""What third parties built: it lies in one folder, unmodified but for a font, with version, digests and licences."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hatchling.builders.wheel import WheelBuilder

from scripts.vendor import (
    BUNDLES,
    LICENCES,
    MANIFEST,
    PROJECT,
    VENDOR,
    Bundle,
    VendorError,
    changed,
    main,
    manifest,
    present,
    unpacked,
    wanted,
    write,
)

BUNDLE = Bundle("drawing", "dist", ("drawing.mjs", "chunks/*.mjs"))


def lock(version: str = "1.2.3") -> dict[str, Any]:
    """A `package-lock.json` that pins the bundle's package."""
    pinned = {"version": version, "integrity": f"sha512-{version}", "license": "MIT", "dev": True}
    return {"packages": {"node_modules/drawing": pinned}}


def project(root: Path, *, asks: str = "1.2.3") -> Path:
    """A project whose `node_modules` has the bundle's package, and below it a package of lines and one of types."""
    files = {
        "package.json": json.dumps({"devDependencies": {"drawing": asks}}),
        "node_modules/drawing/package.json": json.dumps(
            {"version": "1.2.3", "license": "MIT", "dependencies": {"lines": "1", "@types/lines": "1"}}
        ),
        "node_modules/drawing/LICENSE": "May be used.\n",
        "node_modules/drawing/dist/drawing.mjs": 'import "./chunks/a.mjs"\n',
        "node_modules/drawing/dist/chunks/a.mjs": "draw()\n",
        "node_modules/drawing/dist/drawing.mjs.map": "{}",
        "node_modules/lines/package.json": json.dumps(
            {"version": "4.5.6", "license": "ISC", "repository": {"url": "https://code.example/lines"}}
        ),
        "node_modules/lines/LICENCE.md": "May be used, too.\n",
    }
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def vendor(tmp_path: Path) -> Path:
    """A folder into which the bundle was copied."""
    bundles = {BUNDLE: wanted(BUNDLE, project(tmp_path))}
    folder = tmp_path / "vendor"
    folder.mkdir()
    write(folder, bundles, manifest(bundles, lock()))
    return folder


# --- the folder of the package ---


def test_nobody_changed_what_lies_there() -> None:
    assert main(["--check"]) == 0


def test_every_bundle_has_version_digests_and_licences() -> None:
    known = json.loads((VENDOR / MANIFEST).read_text(encoding="utf-8"))
    assert known.keys() == {bundle.name for bundle in BUNDLES}
    for name, entry in known.items():
        licences = (VENDOR / name / LICENCES).read_text(encoding="utf-8")
        assert licences.startswith(f"{entry['package']} {entry['version']} — {entry['license']} — https://")
        assert "Permission is hereby granted" in licences


def test_nothing_else_lies_there() -> None:
    assert {it.name for it in VENDOR.iterdir()} == {MANIFEST, *(bundle.name for bundle in BUNDLES)}


def test_the_package_is_a_tool_of_the_project_at_the_version_that_lies_there() -> None:
    asked = json.loads((PROJECT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    known = json.loads((VENDOR / MANIFEST).read_text(encoding="utf-8"))
    assert all(asked[entry["package"]] == entry["version"] for entry in known.values())


def test_who_installs_the_package_has_all_of_it() -> None:
    packed = {file.distribution_path for file in WheelBuilder(str(PROJECT)).recurse_included_files()}
    there = {path.relative_to(VENDOR.parents[1]).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    assert there <= packed


# --- copying ---


def test_what_is_wanted_is_copied_byte_for_byte_with_all_licences(vendor: Path, tmp_path: Path) -> None:
    source = tmp_path / "node_modules/drawing/dist"
    files = present(vendor, "drawing")
    licences = files.pop(LICENCES).decode()
    assert files == {name: (source / name).read_bytes() for name in ("chunks/a.mjs", "drawing.mjs")}
    assert licences == (
        "drawing 1.2.3 — MIT — \n\nMay be used.\n\n".replace("— \n", "—\n")
        + "-" * 80
        + "\n\nlines 4.5.6 — ISC — https://code.example/lines\n\nMay be used, too.\n"
    )
    assert list(changed(vendor, lock())) == []


def test_what_is_packed_is_the_same_on_every_day(tmp_path: Path) -> None:
    bundle = replace(BUNDLE, patterns=("drawing.mjs",), packed=True)
    files = wanted(bundle, project(tmp_path))
    assert gzip.decompress(files["drawing.mjs.gz"]) == b'import "./chunks/a.mjs"\n'
    assert files.keys() == {"drawing.mjs.gz", LICENCES}
    assert files["drawing.mjs.gz"][4:8] == bytes(4)  # where gzip writes the time


def test_what_is_packed_is_compared_as_it_is_unpacked() -> None:
    text = b"aaaa" * 100
    quick, small = (gzip.compress(text, level, mtime=0) for level in (1, 9))
    assert unpacked({"a.gz": quick, "b.gzip": b""}) == unpacked({"a.gz": small, "b.gzip": b""})
    assert unpacked({"a.gz": quick}) != unpacked({"a.gz": gzip.compress(text + b"b")})


def test_what_an_older_version_had_is_removed(vendor: Path) -> None:
    write(vendor, {BUNDLE: {"drawing.mjs": b""}}, "{}\n")
    assert present(vendor, "drawing") == {"drawing.mjs": b""}


@pytest.mark.parametrize(
    ("path", "content", "told"),
    [
        ("drawing/drawing.mjs", "changed()\n", "drawing/drawing.mjs is not what manifest.json says."),
        ("drawing/more.mjs", "", "drawing/more.mjs is not what manifest.json says."),
        ("drawing/chunks/a.mjs", None, "drawing/chunks/a.mjs is not what manifest.json says."),
        (
            "other/a.mjs",
            "",
            "other is a folder without an entry in manifest.json, or an entry without a folder.",
        ),
    ],
)
def test_what_somebody_changed_added_or_removed_is_told(
    vendor: Path, path: str, content: str | None, told: str
) -> None:
    if content is None:
        (vendor / path).unlink()
    else:
        (vendor / path).parent.mkdir(exist_ok=True)
        (vendor / path).write_text(content, encoding="utf-8")
    assert set(changed(vendor, lock())) == {told}


def test_a_pin_of_another_version_is_told(vendor: Path) -> None:
    assert list(changed(vendor, lock("1.2.4"))) == ["drawing is of 1.2.3, and package-lock.json pins 1.2.4."]


def test_another_version_in_node_modules_is_not_copied(tmp_path: Path) -> None:
    with pytest.raises(VendorError, match=r"^node_modules has drawing 1\.2\.3, not 2\.0\.0; "):
        wanted(BUNDLE, project(tmp_path, asks="2.0.0"))


def test_without_npm_s_packages_one_sentence_says_what_installs_them(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"devDependencies": {"drawing": "1.2.3"}}', encoding="utf-8")
    with pytest.raises(VendorError, match=r"^node_modules has no drawing; scripts/javascript installs"):
        wanted(BUNDLE, tmp_path)
