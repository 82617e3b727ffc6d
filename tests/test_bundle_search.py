"""The scripts of the search are what their modules give, and modules that cannot be joined are refused."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from scripts.bundle_search import ASSETS, MODULES, SCRIPTS, BundleError, bundle, main

HEAD_LINES = 1


def modules(folder: Path, **texts: str) -> Path:
    """A folder of modules, each `name.js`."""
    for name, text in texts.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("script", "entry"), SCRIPTS.items())
def test_a_script_is_what_its_modules_give(script: str, entry: str) -> None:
    built = (ASSETS / script).read_text(encoding="utf-8")
    assert built == bundle(MODULES, entry), "run scripts/bundle-search"


def test_what_every_page_loads_is_small() -> None:
    assert len(gzip.compress((ASSETS / "search-worker.js").read_bytes())) < 1_000
    assert len(gzip.compress((ASSETS / "search-engine.js").read_bytes())) < 15_000


def test_check_says_whether_the_scripts_are_up_to_date() -> None:
    assert main(["--check"]) == 0


def test_modules_come_after_those_they_import_each_once(tmp_path: Path) -> None:
    folder = modules(
        tmp_path,
        entry='import { b } from "./b.js"\nimport { c } from "./c.js"\n\nb(c)\n',
        b='import { c } from "./c.js"\nexport const b = it => it + c\n',
        c="export const c = 1\n",
    )
    lines = bundle(folder, "entry.js").splitlines()[HEAD_LINES:]
    assert lines == ["(() => {", "const c = 1", "const b = it => it + c", "b(c)", "})()"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("// a\nf() // b\n  // c\n", ["f()"]),
        ("/** a\n * b\n */\nf()\n/** c */\n  /** d */\n  g()\n", ["f()", "g()"]),
        ('f("https://x") // y\n', ['f("https://x")']),
        ('f("a // b")\n', ['f("a // b")']),
        ("f(`a // b`)\n", ["f(`a // b`)"]),
        ("f(/[/]/g)\n", ["f(/[/]/g)"]),
        ("if (a) {\n  b()\n\n}\n", ["if (a) {", "b()", "}"]),
        ("export async function f() {}\nexport class G {}\n", ["async function f() {}", "class G {}"]),
    ],
)
def test_comments_and_indentation_go_and_nothing_else(text: str, code: list[str], tmp_path: Path) -> None:
    folder = modules(tmp_path, entry=text)
    assert bundle(folder, "entry.js").splitlines()[HEAD_LINES + 1 : -1] == code


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        ({"entry": 'import { b } from "./b.js"\n', "b": "const b = 1\n"}, "entry.js: b.js does not export b"),
        (
            {"entry": 'import { b } from "./b.js"\nconst it = 1\n', "b": "export const b = 1\nconst it = 2\n"},
            "entry.js: it is a name of b.js too",
        ),
        (
            {"entry": 'import { b } from "./b.js"\n', "b": 'import { c } from "./entry.js"\nexport const b = 1\n'},
            "entry.js -> b.js -> entry.js: modules import each other",
        ),
        ({"entry": 'import b from "./b.js"\n'}, 'entry.js: import b from "./b.js"'),
        ({"entry": 'import { b as c } from "./b.js"\n'}, 'entry.js: import { b as c } from "./b.js"'),
        ({"entry": "export default 1\n"}, "entry.js: export default 1"),
        ({"entry": "const b = `c\n d`\n"}, "entry.js: a template goes on after its line: const b = `c"),
    ],
    ids=["missing", "clash", "cycle", "default import", "alias", "default export", "template"],
)
def test_modules_that_do_not_fit_are_refused(texts: dict[str, str], why: str, tmp_path: Path) -> None:
    with pytest.raises(BundleError) as refused:
        bundle(modules(tmp_path, **texts), "entry.js")
    assert str(refused.value) == why
