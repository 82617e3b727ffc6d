"""The Node that comes inside Playwright's package, which the engine of the search is tested with."""

from __future__ import annotations

import subprocess
from pathlib import Path

from playwright._impl._driver import compute_driver_executable

from tests.sites import PROJECT


def run_node(*arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run Node in the project's folder, to its end."""
    node, _ = compute_driver_executable()
    command = [node, *map(str, arguments)]
    return subprocess.run(command, cwd=PROJECT, input=stdin, capture_output=True, encoding="utf-8", check=False)
