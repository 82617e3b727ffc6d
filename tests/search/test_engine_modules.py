"""The modules' own tests, `engine/*.test.mjs` and `box/*.test.mjs`, under Node."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.search.node import run_node

FILES = sorted(Path(__file__).parent.glob("*/*.test.mjs"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name.removesuffix(".test.mjs"))
def test_a_module_does_what_its_tests_say(file: Path) -> None:
    run = run_node("--test", "--test-reporter=tap", file)
    failed = [line for line in run.stdout.splitlines() if line.strip().startswith("not ok")]
    assert (failed, run.stderr) == ([], "")
    assert run.returncode == 0
    assert "# pass 0" not in run.stdout
