"""The behaviours of `tests/engines` in the engines of other browsers: Gecko in Firefox, WebKit in its MiniBrowser.

They need browsers that the other tests do not, so `scripts/test-browsers` brings these and runs this.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.chromium import KINDS, Served, served_below
from tests.sites import PROJECT, built_sample

ENGINES = PROJECT / "tests/engines"
LATE = 900
"""Seconds after which an engine counts as standing still."""
TROUBLES = "neco-troubles.js"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The sample site, each page of which notes what goes wrong on it before anything else runs there."""
    root = tmp_path_factory.mktemp("engines") / "site"
    shutil.copytree(built_sample().site, root)
    shutil.copy(ENGINES / "troubles.js", root / TROUBLES)
    for page in root.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        head, found, others = text.partition("<script")
        if found:
            page.write_text(f'{head}<script src="/{TROUBLES}"></script>{found}{others}', encoding="utf-8")
    with served_below(root, "") as served:
        yield served


@pytest.mark.parametrize("asked", os.environ.get("NECO_ENGINES", "").split())
def test_an_engine_does_what_the_others_do(asked: str, site: Served) -> None:
    engine, _, program = asked.partition("=")
    command: list[str | Path] = ["node", ENGINES / "run.mjs", engine, program, site.url]
    told = {"NECO_KINDS": json.dumps(KINDS)}
    run = subprocess.run(
        command, env=os.environ | told, cwd=PROJECT, stdout=subprocess.PIPE, text=True, timeout=LATE, check=True
    )
    found = json.loads(run.stdout.splitlines()[-1])
    assert found["behaviours"] > 0
    assert not found["failed"], "\n".join(found["failed"])


def test_there_is_an_engine_to_try() -> None:
    missing = [it for it in os.environ.get("NECO_ENGINES", "").split() if not Path(it.partition("=")[2]).exists()]
    assert (os.environ.get("NECO_ENGINES", ""), missing) > ("", [])
