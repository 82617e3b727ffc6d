"""`scripts/bench search` on a built site: what it asks, counts and promises."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import Served
from tests.sites import PROJECT

pytestmark = pytest.mark.browser

BENCH = PROJECT / "benchmarks/bench.py"


def bench(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """It runs in the environment of the tests, which `scripts/bench search` would make."""
    command = [sys.executable, str(BENCH), "search", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=False)


def test_both_searches_are_asked_the_same_on_one_site(site: Served, tmp_path: Path) -> None:
    results = tmp_path / "results.json"
    run = bench(site.folder, "--count", "10", "--cold", "1", "--json", results)
    assert run.returncode == 0, run.stderr
    ours, theirs = json.loads(results.read_text(encoding="utf-8"))["results"]
    assert [it["search"] for it in (ours, theirs)] == ["ours", "Material"]
    assert asked(ours) == asked(theirs)
    assert set(asked(ours)) == {"known items", "perturbed", "KEP numbers"}
    assert found(ours, "KEP numbers") == asked(ours)["KEP numbers"]
    assert found(theirs, "KEP numbers") < asked(theirs)["KEP numbers"]
    assert sum(tally["empty"] for tally in ours["tallies"]) == 0
    assert 0 < ours["price"]["view_kb"] < 10 < theirs["price"]["view_kb"]
    assert 0 < ours["price"]["first_kb"] < 60  # 51.1: each example of the guide is found twice
    assert 0 < ours["price"]["p50"] <= ours["price"]["p95"]
    assert "KEP numbers" in run.stdout


def test_a_folder_that_is_no_site_is_told(tmp_path: Path) -> None:
    run = bench(tmp_path, "--json", tmp_path / "results.json")
    assert run.returncode == 2
    assert run.stderr.splitlines()[-1].startswith("bench: ")
    assert not (tmp_path / "results.json").exists()


def test_a_size_that_is_none_is_told(tmp_path: Path) -> None:
    run = bench("--sizes", "10,many", "--work", tmp_path)
    assert run.returncode == 2
    assert (
        run.stderr.splitlines()[-1]
        == "bench search: error: argument --sizes: many is neither sample nor a number above 1"
    )


def asked(result: dict[str, Any]) -> dict[str, int]:
    return {group: total(result, group, "asked") for group in dict.fromkeys(it["group"] for it in result["tallies"])}


def found(result: dict[str, Any], group: str) -> int:
    return total(result, group, "first")


def total(result: dict[str, Any], group: str, what: str) -> int:
    return sum(tally[what] for tally in result["tallies"] if tally["group"] == group)
