"""Builds the scripts that pages load from the modules that people change, with esbuild.

The scripts are committed, because who installs the package has no npm. The first line of each carries a digest of its
sources, so that without npm, too, it can be told from a script that nobody has built anew.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
ASSETS = PROJECT / "plugins/neco_weekly/site/assets"
SCRIPTS = {
    "compare.js": "compare/main.js",
    "diagram.js": "diagram/main.js",
    "diagram-drawing.js": "diagram/drawing.js",
    "filter.js": "filter/main.js",
    "follow.js": "following/star.js",
    "following.js": "following/main.js",
    "popover.js": "popover/main.js",
    "new-issue.js": "new-issue/main.js",
    "live.js": "live/main.js",
    "my-release.js": "my-release/main.js",
    "policy.js": "policy/main.js",
    "search.js": "search-box/main.js",
    "search-engine.js": "search/session.js",
    "search-worker.js": "search/worker.js",
    "zoom.js": "zoom/main.js",
}
"""What is built, and the module that each begins with."""

OPTIONS = (
    "--bundle",
    "--minify",
    "--format=iife",
    "--target=es2022",
    "--charset=utf8",
    "--legal-comments=none",
    "--log-level=warning",
    "--tsconfig-raw={}",
)
"""What esbuild is told. The last keeps every file that lies around out of it."""

_ESBUILD = PROJECT / "node_modules/.bin/esbuild"
_IMPORT = re.compile(r'^(?:import|export)\s+(?:[\w\s{},*$]+\bfrom\s+)?"(\.[^"]+)"', re.MULTILINE)


class BundleError(Exception):
    """What cannot be built, in a sentence."""


def sources(folder: Path, entry: str) -> dict[str, bytes]:
    """The modules of a script by their paths, in the order of these.

    Raises:
        BundleError: one imports what is not there.
    """
    found: dict[str, bytes] = {}
    waiting = [(folder / entry, entry)]
    while waiting:
        path, importer = waiting.pop()
        name = path.relative_to(folder).as_posix()
        if name in found:
            continue
        try:
            found[name] = path.read_bytes()
        except FileNotFoundError:
            raise BundleError(f"{importer} imports {name}, which is not there.") from None
        imports = _IMPORT.findall(found[name].decode("utf-8"))
        waiting += [((path.parent / imported).resolve(), name) for imported in imports]
    return dict(sorted(found.items()))


def head(entry: str, modules: Mapping[str, bytes], version: str) -> str:
    """The first line of a script: where it comes from, and a digest of all that it follows from."""
    digest = hashlib.sha256("\0".join((*OPTIONS, version, entry)).encode())
    for name, content in modules.items():
        digest.update(b"\0".join((b"", name.encode(), str(len(content)).encode(), content)))
    return f"// Built by scripts/bundle from {entry}, esbuild {version}, sources {digest.hexdigest()[:16]}"


def pinned_version(project: Path = PROJECT) -> str:
    """The esbuild that `package.json` asks for."""
    version: str = json.loads((project / "package.json").read_text(encoding="utf-8"))["devDependencies"]["esbuild"]
    return version


def build(folder: Path, entry: str, version: str) -> str:
    """The script.

    Raises:
        BundleError: esbuild is missing or another, or does not take the modules, or takes others than `sources` names.
    """
    modules = sources(folder, entry)
    if not _ESBUILD.exists():
        raise BundleError("node_modules is missing; scripts/bundle installs it.")
    if (installed := _esbuild("--version", folder=folder).strip()) != version:
        raise BundleError(f"node_modules has esbuild {installed}, not {version}; scripts/bundle installs that.")
    with tempfile.TemporaryDirectory() as temporary:
        script, meta = Path(temporary, "script.js"), Path(temporary, "meta.json")
        banner = f"--banner:js={head(entry, modules, version)}"
        _esbuild(entry, *OPTIONS, banner, f"--outfile={script}", f"--metafile={meta}", folder=folder)
        bundled = sorted(json.loads(meta.read_text(encoding="utf-8"))["inputs"])
        if bundled != list(modules):
            raise BundleError(f"{entry}: the digest is of {', '.join(modules)}, but esbuild took {', '.join(bundled)}.")
        return script.read_text(encoding="utf-8")


def _esbuild(*arguments: str, folder: Path) -> str:
    run = subprocess.run([_ESBUILD, *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=False)
    if run.returncode or run.stderr:
        raise BundleError(f"esbuild: {run.stderr.strip()}")
    return run.stdout


def stale(folder: Path, scripts: Mapping[str, str], version: str) -> list[str]:
    """The scripts whose heads do not say that they are of these sources."""
    heads = {name: head(entry, sources(folder, entry), version) for name, entry in scripts.items()}
    return [name for name, line in heads.items() if _first_line(folder / name) != line]


def _first_line(path: Path) -> str:
    return path.read_text(encoding="utf-8").partition("\n")[0] if path.exists() else ""


def different(folder: Path, scripts: Mapping[str, str], version: str) -> dict[str, str]:
    """The scripts that a build does not give as they are, with what it gives."""
    built = {name: build(folder, entry, version) for name, entry in scripts.items()}
    return {
        name: script
        for name, script in built.items()
        if not (folder / name).exists() or (folder / name).read_text(encoding="utf-8") != script
    }


def main(arguments: Sequence[str]) -> int:
    """Write the scripts. 0: done, or they are up to date; 1: they are not; 2: they cannot be built."""
    parser = argparse.ArgumentParser(prog="scripts/bundle", description=__doc__)
    only = parser.add_mutually_exclusive_group()
    only.add_argument(
        "--check", action="store_true", help="write nothing; compare digests, for which npm is not needed"
    )
    only.add_argument("--compare", action="store_true", help="write nothing; build, and compare every byte")
    options = parser.parse_args(arguments)
    try:
        version = pinned_version()
        if options.check:
            return _told(stale(ASSETS, SCRIPTS, version))
        scripts = different(ASSETS, SCRIPTS, version)
    except BundleError as error:
        print(f"scripts/bundle: {error}", file=sys.stderr)
        return 2
    if options.compare:
        return _told(scripts)
    for name, script in scripts.items():
        (ASSETS / name).write_text(script, encoding="utf-8")
    return 0


def _told(names: Sequence[str] | Mapping[str, str]) -> int:
    for name in names:
        print(f"scripts/bundle: {name} is not what its modules give; run scripts/bundle.", file=sys.stderr)
    return 1 if names else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
