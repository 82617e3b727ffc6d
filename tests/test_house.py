"""The house: ten rooms, and the sizes that keep them worth living in. Who may import whom, import-linter holds."""

from __future__ import annotations

import ast
import functools
import re
import statistics
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import neco_weekly

from tests.sites import PROJECT

PACKAGE = Path(neco_weekly.__file__).parent
ROOMS = "model grammar lock display sources extension issues refresh site hosts".split()
SAME_NAMES = "cards elements files git github history kep keps pages pictures".split()
"""File names that occur more than once, where the room completes the name: docs/decisions/0020."""

READ = (".py", ".js", ".css", ".html", ".toml")
"""Endings of the files that people read."""

_OF_PAGE = frozenset("content markdown meta title toc present_anchor_ids links_to_anchors _title_from_render".split())
OF_FOREIGN_CLASSES = {"DrawnPage": _OF_PAGE, "CachedPage": _OF_PAGE, "Connection": frozenset({"sock"})}
OF_FOREIGN_CLASSES |= {"Session": frozenset({"cookies"})}
"""What MkDocs' `Page`, `HTTPConnection` and the session of `requests` declare, and have their heirs fill."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@functools.cache
def trees() -> dict[Path, ast.Module]:
    files = sorted(PACKAGE.rglob("*.py"))
    return {path.relative_to(PACKAGE): ast.parse(path.read_text(encoding="utf-8")) for path in files}


def functions() -> Iterator[tuple[Path, Function]]:
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, Function):
                yield path, node


def length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_there_are_ten_rooms_and_nothing_beside_them() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    files = {path.name for path in PACKAGE.iterdir() if path.is_file()}
    assert folders == {*ROOMS, "vendor"}  # what third parties built has a folder of its own, and no room
    assert files == {"__init__.py", "py.typed"}


def test_every_room_and_every_folder_in_it_has_a_map_that_names_all_it_holds() -> None:
    missing = []
    for path, tree in trees().items():
        if path.name != "__init__.py":
            continue
        text = ast.get_docstring(tree) or ""
        beside = [it for it in (PACKAGE / path).parent.iterdir() if it.suffix == ".py" or (it / "__init__.py").exists()]
        names = {it.stem for it in beside} - {"__init__"}
        missing += [f"{path}: {name}" for name in sorted(names) if f"`{name}`" not in text]
    assert missing == []


def test_a_name_occurs_twice_only_where_the_room_completes_it() -> None:
    counts = Counter(path.stem for path in trees() if not path.stem.startswith("__"))
    assert sorted(name for name, count in counts.items() if count > 1) == SAME_NAMES
    assert len(SAME_NAMES) <= 10


def test_functions_fit_on_a_screen() -> None:
    lengths = [length(function) for _, function in functions()]
    assert [f"{path}:{it.lineno} {it.name}" for path, it in functions() if length(it) > 35] == []
    assert statistics.median(lengths) <= 6


def test_no_file_is_too_long_to_be_read_at_once() -> None:
    """What is built, the scripts beside the folders of their modules, is minified and not read."""
    built = set((PACKAGE / "site/assets").glob("*.js"))
    read = {path for ending in READ for path in PACKAGE.rglob(f"*{ending}")} - built
    assert {str(path): count for path in read if (count := path.read_text(encoding="utf-8").count("\n")) > 350} == {}


def test_few_arrows_lead_from_room_to_room() -> None:
    arrows = {(path.parts[0], room) for path, tree in trees().items() for room in rooms_of(path, tree)}
    assert len({(one, other) for one, other in arrows if one != other}) <= 41


def rooms_of(path: Path, tree: ast.Module) -> Iterator[str]:
    """Rooms that a module of ours imports from."""
    package = [*path.parent.parts]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            above = package[: len(package) - node.level + 1]
            place = [*above, *(node.module or "").split(".")]
            if place[0] in ROOMS:
                yield place[0]


def test_nothing_is_born_outside_of_a_class_s_own_beginning() -> None:
    """An attribute is declared in the class, or made by its `__init__`: whoever reads these knows all there is."""
    born_elsewhere = [
        f"{path}:{target.lineno} {owner.name}.{target.attr}"
        for path, tree in trees().items()
        for owner in ast.walk(tree)
        if isinstance(owner, ast.ClassDef)
        for target in assigned(owner)
        if target.attr not in declared(owner) | OF_FOREIGN_CLASSES.get(owner.name, frozenset())
    ]
    assert born_elsewhere == []


def declared(owner: ast.ClassDef) -> set[str]:
    names = {it.target.id for it in owner.body if isinstance(it, ast.AnnAssign) and isinstance(it.target, ast.Name)}
    for method in owner.body:
        if isinstance(method, Function) and method.name in ("__init__", "__post_init__", "__new__"):
            names |= {
                it.attr for it in ast.walk(method) if isinstance(it, ast.Attribute) and isinstance(it.ctx, ast.Store)
            }
    return names


def assigned(owner: ast.ClassDef) -> Iterator[ast.Attribute]:
    """What methods assign to `self`."""
    for method in owner.body:
        for node in ast.walk(method) if isinstance(method, Function) else ():
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.ctx, ast.Store)
                and ast.unparse(node.value) == "self"
            ):
                yield node


Described = ast.Module | ast.ClassDef | Function

NOT_BY_ITSELF = ("The same", "It ", "Its ", "They ", "As above")
"""Beginnings of docstrings that can be understood only next to another one."""


def described(owner: Described, name: str, *, prescribed: bool = False) -> Iterator[tuple[str, Described, bool]]:
    """A module or class with what is in it, each with its name and whether a base may say what it does."""
    yield name, owner, prescribed
    for child in () if isinstance(owner, Function) else owner.body:
        if isinstance(child, Described):
            inherited = isinstance(owner, ast.ClassDef) and bool(owner.bases)
            yield from described(child, f"{name}.{child.name}", prescribed=inherited)


def all_described() -> Iterator[tuple[str, Described, bool]]:
    for path, tree in trees().items():
        yield from described(tree, str(path))


def is_public(name: str) -> bool:
    _, _, inside = name.partition(".py")
    return not any(part.startswith("_") for part in inside.split("."))


def test_what_is_public_has_a_docstring() -> None:
    """But for methods of classes with a base: it may be the base that says what they do, as with ruff's D102."""
    missing = [
        f"{name}:{getattr(node, 'lineno', 1)}"
        for name, node, prescribed in all_described()
        if is_public(name) and not prescribed and not ast.get_docstring(node)
    ]
    assert missing == []


def test_a_docstring_is_understood_without_its_neighbours() -> None:
    first_lines = [(name, (ast.get_docstring(node) or "").partition("\n")[0]) for name, node, _ in all_described()]
    unclear = [
        f"{name}: {line}"
        for name, line in first_lines
        if line and (line.startswith(NOT_BY_ITSELF) or len(line.split()) < 3)
    ]
    assert unclear == []


# --- what programs of tests and benchmarks name -------------------------------------------------------------------

_TOLD = (".py", ".js", ".mjs", ".md", ".toml", ".yml", ".css")
_PATH = re.compile(r"(?<![\w./:{}-])((?:tests|plugins|scripts|benchmarks|\.github)/[\w./-]*[\w/-])(?![\w*{<…])")
_MODULE = re.compile(rf"`((?:{'|'.join(ROOMS)})(?:\.[a-z_]+)+)`")
_IMPORTED = re.compile(r"from (neco_weekly[\w.]*) import (\w+(?:, \w+)*)")


def test_what_programs_in_strings_import_is_there() -> None:
    """Programs that are started as processes of their own stand in strings, which no type checker reads."""
    named = {
        (path.relative_to(PROJECT).as_posix(), module, name)
        for folder in ("tests", "benchmarks", "scripts")
        for path in (PROJECT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for module, names in _IMPORTED.findall(node.value)
        for name in names.split(", ")
    }
    assert len({path for path, *_ in named}) > 5
    assert [it for it in sorted(named) if not is_there(*it[1:])] == []


def test_paths_that_are_named_are_there() -> None:
    """Of what stands in comments and in documents nothing else notices that a file was moved."""
    folders = ("plugins", "tests", "benchmarks", "scripts", "docs", ".github")
    texts = {path for folder in folders for path in (PROJECT / folder).rglob("*") if path.suffix in _TOLD}
    texts -= {*(PACKAGE / "site/assets").glob("*.js"), *(PACKAGE / "vendor").rglob("*")}  # are built
    named = {
        (path.relative_to(PROJECT).as_posix(), name)
        for path in (*texts, PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", PROJECT / "pyproject.toml")
        for name in _PATH.findall(path.read_text(encoding="utf-8"))
    }
    assert len({path for path, _ in named}) > 20
    assert [it for it in sorted(named) if not (PROJECT / it[1]).exists()] == []


def test_modules_that_decisions_name_are_there() -> None:
    """A room's module or folder, with what it may hold: `sources.pictures.avif`, `hosts.mkdocs`."""
    named = {
        (path.name, name)
        for path in (PROJECT / "docs/decisions").glob("*.md")
        for name in _MODULE.findall(path.read_text(encoding="utf-8"))
    }
    assert len(named) > 5
    assert [it for it in sorted(named) if not is_module_or_name(f"neco_weekly.{it[1]}")] == []


def test_tests_in_browsers_wait_for_what_happens_and_not_for_a_while() -> None:
    """Playwright's own `wait_for_function` comes to no second look where a policy lets no text become a program."""
    waits = re.compile(r"wait_for_(?:timeout|function)\(|networkidle\"")
    files = (PROJECT / "tests").rglob("*.py")
    found = {path.name: len(waits.findall(path.read_text(encoding="utf-8"))) for path in files}
    assert {name: count for name, count in found.items() if count} == {"waiting.py": 1}


def is_module_or_name(dotted: str) -> bool:
    try:
        import_module(dotted)
    except ModuleNotFoundError:
        return is_there(*dotted.rsplit(".", 1))
    return True


def is_there(module: str, name: str) -> bool:
    try:
        return hasattr(import_module(module), name)
    except ImportError:
        return False
