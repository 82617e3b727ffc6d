"""The tests that JavaScript has of its modules, `*.test.mjs`, under Node."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.search.node import run_node

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.rglob("*.test.mjs"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(FOLDER).as_posix().removesuffix(".test.mjs"))
def test_a_module_does_what_its_tests_say(file: Path) -> None:
    run = run_node("--test", "--test-reporter=tap", file)
    failed = [line for line in run.stdout.splitlines() if line.strip().startswith("not ok")]
    assert (failed, run.stderr) == ([], "")
    assert run.returncode == 0
    assert "# pass 0" not in run.stdout
