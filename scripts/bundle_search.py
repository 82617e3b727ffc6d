"""Joins the modules of the search into the classic scripts that a browser loads: the worker, and its engine.

Only comments and indentation are taken away, so that the engine can be read in the browser too. The modules keep to
what this can join: imports of names on one line, declarations at the beginning of a line, names that no other module
declares, templates that end on their line.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ASSETS = Path(__file__).resolve().parents[1] / "plugins/neco_weekly/site/assets"
MODULES = ASSETS / "search"
SCRIPTS = {"search-worker.js": "worker.js", "search-engine.js": "session.js"}
"""What is built, and the module that each begins with."""

HEAD = "// Joined by scripts/bundle-search from the modules in search/: change those.\n"

_IMPORT = re.compile(r'import \{ (\w+(?:, \w+)*) \} from "\./([\w-]+\.js)"')
_DECLARATION = re.compile(r"(export )?(?:async )?(?:const|let|class|function\*?) (\w+)")
_DOC_COMMENT = re.compile(r"^[ ]*/\*\*.*?\*/\n", re.DOTALL | re.MULTILINE)
_LINE_COMMENT = re.compile(r"(?:^|\s)// .*$")


class BundleError(Exception):
    """What cannot be joined: module, line, why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Module:
    """`imports` are the names taken from each other module, `names` those declared, `code` has no comments."""

    name: str
    imports: dict[str, list[str]]
    names: list[str]
    exports: frozenset[str]
    code: str


def bundle(folder: Path, entry: str) -> str:
    """The script: every module after those it imports.

    Raises:
        BundleError: the modules do not fit together, or are written in a way that cannot be joined.
    """
    modules = list(_in_order(folder, entry, {}, ()))
    owners: dict[str, str] = {}
    for module in modules:
        for name in module.names:
            if (owner := owners.setdefault(name, module.name)) != module.name:
                raise BundleError(f"{module.name}: {name} is a name of {owner} too")
    return HEAD + "(() => {\n" + "".join(module.code for module in modules) + "})()\n"


def _in_order(folder: Path, name: str, done: dict[str, Module], above: tuple[str, ...]) -> Iterator[Module]:
    if name in above:
        raise BundleError(f"{' -> '.join((*above, name))}: modules import each other")
    if name in done:
        return
    module = _parsed(name, (folder / name).read_text(encoding="utf-8"))
    for other, names in module.imports.items():
        yield from _in_order(folder, other, done, (*above, name))
        if missing := [it for it in names if it not in done[other].exports]:
            raise BundleError(f"{name}: {other} does not export {', '.join(missing)}")
    done[name] = module
    yield module


def _parsed(name: str, text: str) -> Module:
    imports: dict[str, list[str]] = {}
    declared: list[str] = []
    exported: set[str] = set()
    code: list[str] = []
    for line in map(_without_comment, _DOC_COMMENT.sub("", text).splitlines()):
        if line.count("`") % 2:
            raise BundleError(f"{name}: a template goes on after its line: {line.strip()}")
        if found := _IMPORT.fullmatch(line):
            imports[found[2]] = found[1].split(", ")
            continue
        if line.startswith(("import", "export {", "export default", "export *")):
            raise BundleError(f"{name}: {line}")
        if declaration := _DECLARATION.match(line):
            declared.append(declaration[2])
            exported |= {declaration[2]} if declaration[1] else set()
        if stripped := line.removeprefix("export ").strip():
            code.append(f"{stripped}\n")
    return Module(name=name, imports=imports, names=declared, exports=frozenset(exported), code="".join(code))


def _without_comment(line: str) -> str:
    comment = _LINE_COMMENT.search(line)
    before = line[: comment.start()] if comment else line
    return before if all(before.count(quote) % 2 == 0 for quote in "\"'`") else line


def main(arguments: list[str]) -> int:
    """Write the scripts. 0: done, or with --check up to date; 1: they are not; 2: the modules do not fit together."""
    parser = argparse.ArgumentParser(prog="bundle-search", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing, fail if a script is not what the modules give"
    )
    options = parser.parse_args(arguments)
    try:
        scripts = {ASSETS / name: bundle(MODULES, entry) for name, entry in SCRIPTS.items()}
    except BundleError as error:
        print(f"bundle-search: {error}", file=sys.stderr)
        return 2
    stale = [
        path for path, script in scripts.items() if not path.exists() or path.read_text(encoding="utf-8") != script
    ]
    for path in stale:
        if options.check:
            print(f"bundle-search: {path.name} is not what search/ gives; run scripts/bundle-search.", file=sys.stderr)
        else:
            path.write_text(scripts[path], encoding="utf-8")
    return 1 if stale and options.check else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
