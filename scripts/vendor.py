"""Copies what third parties built from npm packages into the folder `vendor/` of our package: unmodified, but fonts.

The copies are committed, because who installs our package has no npm. `vendor/manifest.json` has each bundle's version,
npm's own digest of the package that it is from (which `package-lock.json` has, too), its licence, and the SHA-256 of
every file; so that without npm, too, a changed, missing or foreign file is told. Fonts are cut (`font_subset`) and
packed.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.font_subset import subset

PROJECT = Path(__file__).resolve().parents[1]
VENDOR = PROJECT / "plugins/neco_weekly/vendor"
MANIFEST = "manifest.json"
LICENCES = "LICENSES.txt"
"""The licences of a bundle and of all packages that its build may hold."""

_PACKED = ".gz"

_LICENCE_FILE = re.compile(r"(?:licen[cs]e|copying|notice)(?:[._-].*)?", re.IGNORECASE)


class VendorError(Exception):
    """What cannot be copied, in a sentence."""


@dataclass(frozen=True)
class Bundle:
    """What is copied of an npm package: a folder of it, and there the files of these patterns, as `made` makes of each.

    `name` is that of the folder in `vendor/`, the package's own without a scope. What is `packed` lies there gzipped.
    """

    package: str
    folder: str
    patterns: tuple[str, ...]
    made: Callable[[bytes], bytes] = bytes
    packed: bool = False

    @property
    def name(self) -> str:
        return self.package.rpartition("/")[2]


BUNDLES = (
    Bundle("mermaid", "dist", ("mermaid.esm.min.mjs", "chunks/mermaid.esm.min/*.mjs")),
    Bundle("@expo-google-fonts/noto-sans-jp", "700Bold", ("NotoSansJP_700Bold.ttf",), subset, packed=True),
)
"""The font is that of pictures for sharing. Of mermaid the build in modules: a page loads the core and what its kind of
diagram needs, a quarter of the whole.

Version 11 and not 12, because 12 adds a layout engine of 530 kB under the EPL, and asks for a Node.js newer than we do.
"""


def wanted(bundle: Bundle, project: Path) -> dict[str, bytes]:
    """The bundle's files by their paths in `vendor/<name>/`, as `node_modules` has them, with all licences.

    Raises:
        VendorError: node_modules has another version than `package.json` asks for, or none.
    """
    modules = project / "node_modules"
    asked = json.loads((project / "package.json").read_text(encoding="utf-8"))["devDependencies"][bundle.package]
    installed = _description(modules, bundle.package).get("version")
    if installed != asked:
        has = f"node_modules has {bundle.package} {installed}, not {asked}"
        raise VendorError(f"{has}; scripts/javascript installs package-lock.json.")
    folder = modules / bundle.package / bundle.folder
    paths = [path for pattern in bundle.patterns for path in sorted(folder.glob(pattern))]
    files = {path.relative_to(folder).as_posix(): bundle.made(path.read_bytes()) for path in paths}
    if bundle.packed:
        files = {f"{path}{_PACKED}": gzip.compress(content, mtime=0) for path, content in files.items()}
    return files | {LICENCES: _licences(bundle.package, modules)}


def _licences(package: str, modules: Path) -> bytes:
    """The licences of a package and of all packages below it: its build may hold any of these."""
    parts = []
    for name in _with_dependencies(package, modules):
        about = _description(modules, name)
        line = f"{name} {about['version']} — {about.get('license') or 'see below'} — {_home(about)}"
        texts = [
            path.read_text(encoding="utf-8").strip()
            for path in sorted((modules / name).iterdir())
            if path.is_file() and _LICENCE_FILE.fullmatch(path.name)
        ]
        parts.append("\n\n".join([line, *texts]))
    text = f"\n\n{'-' * 80}\n\n".join(parts)
    return ("\n".join(it.rstrip() for it in text.splitlines()) + "\n").encode()


def _home(about: Mapping[str, Any]) -> str:
    """Where a package's source is."""
    repository = about.get("repository") or about.get("homepage") or ""
    address: str = repository["url"] if isinstance(repository, dict) else repository
    return address.removeprefix("git+")


def _with_dependencies(package: str, modules: Path) -> list[str]:
    """A package, then all that it needs, by name; packages of types hold nothing that runs."""
    found, waiting = {package}, [package]
    while waiting:
        for name in _description(modules, waiting.pop()).get("dependencies", {}):
            if name not in found and not name.startswith("@types/"):
                found.add(name)
                waiting.append(name)
    return [package, *sorted(found - {package})]


def _description(modules: Path, package: str) -> dict[str, Any]:
    try:
        about: dict[str, Any] = json.loads((modules / package / "package.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise VendorError(f"node_modules has no {package}; scripts/javascript installs package-lock.json.") from None
    return about


def manifest(bundles: Mapping[Bundle, Mapping[str, bytes]], lock: Mapping[str, Any]) -> str:
    """The text of `manifest.json`, which has of each bundle what is in it; `lock` is `package-lock.json`."""
    entries = {it.name: _entry(files, _pinned(lock, it.package)) for it, files in bundles.items()}
    return json.dumps(entries, indent=2) + "\n"


def _entry(files: Mapping[str, bytes], pinned: Mapping[str, str]) -> dict[str, Any]:
    return {**pinned, "files": {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}}


def _pinned(lock: Mapping[str, Any], package: str) -> dict[str, str]:
    about = lock["packages"][f"node_modules/{package}"]
    return {"package": package} | {key: about[key] for key in ("version", "integrity", "license")}


def present(vendor: Path, name: str) -> dict[str, bytes]:
    """The files that lie in the folder of a bundle, by their paths there."""
    folder = vendor / name
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def unpacked(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Files as they are before they are packed, for not every zlib packs alike."""
    return {path: gzip.decompress(content) if path.endswith(_PACKED) else content for path, content in files.items()}


def changed(vendor: Path, lock: Mapping[str, Any]) -> Iterator[str]:
    """What differs from `manifest.json` and `package-lock.json`, a sentence each: nothing, if nobody changed a file."""
    path = vendor / MANIFEST
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    if foreign := {it.name for it in vendor.iterdir() if it.is_dir()} ^ known.keys():
        yield f"{', '.join(sorted(foreign))} is a folder without an entry in {MANIFEST}, or an entry without a folder."
    for name, entry in known.items():
        pinned = _pinned(lock, entry["package"])
        if pinned != {key: entry[key] for key in pinned}:
            yield f"{name} is of {entry['version']}, and package-lock.json pins {pinned['version']}."
        digests = _entry(present(vendor, name), {})["files"]
        for file, _ in sorted(digests.items() ^ entry["files"].items()):
            yield f"{name}/{file} is not what {MANIFEST} says."


def write(vendor: Path, bundles: Mapping[Bundle, Mapping[str, bytes]], text: str) -> None:
    """Write all bundles, and `text` as the manifest; what an older version had is removed."""
    for name, files in ((bundle.name, files) for bundle, files in bundles.items()):
        for old in present(vendor, name).keys() - files.keys():
            (vendor / name / old).unlink()
        for path, content in files.items():
            (vendor / name / path).parent.mkdir(parents=True, exist_ok=True)
            (vendor / name / path).write_bytes(content)
    (vendor / MANIFEST).write_text(text, encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Copy the bundles. 0: done, or they are up to date; 1: they are not; 2: they cannot be copied."""
    parser = argparse.ArgumentParser(prog="scripts/vendor", description=__doc__)
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--check", action="store_true", help="write nothing; compare digests, without npm")
    only.add_argument("--compare", action="store_true", help="write nothing; compare every byte with node_modules")
    options = parser.parse_args(arguments)
    lock = json.loads((PROJECT / "package-lock.json").read_text(encoding="utf-8"))
    if options.check:
        return _told(changed(VENDOR, lock))
    try:
        bundles = {bundle: wanted(bundle, PROJECT) for bundle in BUNDLES}
    except VendorError as error:
        print(f"scripts/vendor: {error}", file=sys.stderr)
        return 2
    if options.compare:
        lying = {it: present(VENDOR, it.name) for it in bundles}
        differ = [it.name for it, files in bundles.items() if unpacked(lying[it]) != unpacked(files)]
        return _told([*changed(VENDOR, lock), *(f"{name} is not what its package has." for name in differ)])
    write(VENDOR, bundles, manifest(bundles, lock))
    return 0


def _told(sentences: Iterator[str] | Sequence[str]) -> int:
    told = list(sentences)
    for sentence in told:
        print(f"scripts/vendor: {sentence} Run scripts/vendor.", file=sys.stderr)
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
