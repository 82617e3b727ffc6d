"""Lighthouse and the HTML checker of the Nu project, as `npm/package-lock.json` pins them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from measure import BenchmarkError, progress

from tests.browser.chromium import find_chromium
from tests.sites import PROJECT

PINNED = Path(__file__).with_name("npm")
INSTALLED = PROJECT / ".cache/page-tools"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
_QUIET = "--headless=new --disable-gpu --disable-quic --disable-background-networking --disable-component-update"
_CHROME = f"{_QUIET} --disable-sync --no-first-run --no-sandbox"
OF_THE_THEME = (
    "Attribute “autocomplete” is only allowed when the input type is",  # of its two hidden check boxes
    "The value of the “for” attribute of the “label” element must be the ID of a non-hidden form control.",
    "Bad value “” for attribute “tabindex” on element “label”",  # a section of the navigation
    "Trailing slash on void elements",  # pages of ours are XHTML, which HTML allows
)
"""What the checker says of the theme's own markup, and of a way to write that is no fault; beginnings of sentences."""

OF_NO_HOST = "violates Content Security Policy (meta tag)"
"""A file on a disk is of no host, so the checker takes all that it loads for foreign: tests/browser hold the policy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What Lighthouse gives a page: each category from 0 to 100, and the audits that cost something."""

    page: str
    performance: int
    accessibility: int
    best_practices: int
    seo: int
    audits: tuple[str, ...]


def install() -> None:
    """Install both tools into the cache, if what is there is not what is pinned.

    Raises:
        BenchmarkError: Node.js, npm or Java is missing, or npm fails.
    """
    for program, what in (("node", "Node.js 20"), ("npm", "npm"), ("java", "a Java runtime, 11 or newer")):
        if not shutil.which(program):
            raise BenchmarkError(f"{program} is not on PATH; install {what}, and run this again.", status=2)
    lock = INSTALLED / "package-lock.json"
    done = INSTALLED / "node_modules/.installed"
    if done.exists() and lock.read_bytes() == (PINNED / "package-lock.json").read_bytes():
        return
    progress("install Lighthouse and vnu")
    shutil.copytree(PINNED, INSTALLED, dirs_exist_ok=True)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    if subprocess.run(command, cwd=INSTALLED, check=False).returncode:
        raise BenchmarkError("npm could not install what benchmarks/npm pins; its message is above.", status=2)
    done.touch()


def lighthouse(name: str, address: str) -> Score:
    """Look at a page as Lighthouse does: a phone, a slow network, a processor four times slower."""
    program = INSTALLED / "node_modules/lighthouse/cli/index.js"
    command: list[str | Path] = ["node", program, address, "--output=json", "--quiet", f"--chrome-flags={_CHROME}"]
    found = json.loads(_run(command, {**os.environ, "CHROME_PATH": find_chromium()}))
    scores = {key.replace("-", "_"): round(100 * found["categories"][key]["score"]) for key in CATEGORIES}
    costs = {it["id"] for key in CATEGORIES for it in found["categories"][key]["auditRefs"] if it["weight"]}
    audits = (
        f"{key} {it.get('displayValue') or ''}".strip()
        for key, it in found["audits"].items()
        if key in costs and it["score"] is not None and it["score"] < 0.9
    )
    return Score(page=name, audits=tuple(audits), **scores)


def faults(places: Sequence[Path]) -> list[str]:
    """Return what the HTML checker says of pages, files or folders that have one, without what it says of the theme."""
    jar = INSTALLED / "node_modules/vnu-jar/build/dist/vnu.jar"
    files = [it / "index.html" if it.is_dir() else it for it in places]
    options = ["--format", "json", "--stdout", "--exit-zero-always"]
    said = json.loads(_run(["java", "-jar", jar, *options, *files], os.environ))["messages"]
    return [
        f"{it['url']}: {it['message']} {' '.join(it.get('extract', '').split())[:120]}"
        for it in said
        if not it["message"].startswith(OF_THE_THEME) and OF_NO_HOST not in it["message"]
    ]


def _run(command: Sequence[str | Path], environment: Mapping[str, str]) -> str:
    run = subprocess.run(command, env=environment, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    if run.returncode:
        raise BenchmarkError(f"{command[1]} ended with status {run.returncode}; its message is above.")
    return run.stdout
