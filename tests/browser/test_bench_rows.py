"""`scripts/bench rows` and `ends`: that they measure all they promise. What they measured is for their readers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.sites import PROJECT

pytestmark = pytest.mark.browser


def measured(tmp_path: Path, *arguments: str) -> dict[str, Any]:
    """What a benchmark wrote, run in the environment of the tests, which `scripts/bench` would make."""
    file = tmp_path / "results.json"
    command = [sys.executable, str(PROJECT / "benchmarks/bench.py"), *arguments, "--json", str(file)]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=False)
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    assert all(target["name"] in done.stdout for target in document["targets"])
    return document


def test_every_long_page_is_typed_into_at_both_widths(tmp_path: Path) -> None:
    results = measured(tmp_path, "rows", "--turns", "2")["results"]
    assert {(it["rows"], it["width"]) for it in results} == {
        (rows, width) for rows in (700, 5000, 145, 200) for width in (360, 1280)
    }
    assert all(0 < it["quickest"] <= it["median"] for it in results)


def test_every_end_is_waited_for(tmp_path: Path) -> None:
    results = measured(tmp_path, "ends")["results"]
    assert sum("Ctrl-C" in it["what"] for it in results) == 4
    assert sum(it["what"].startswith("request") for it in results) == 10
