"""Public sites of others, built with our plugin and without: no page of theirs is another.

`scripts/test-sites` runs this. The sites are not in the project: each folder below
`NECO_SITES` is a copy of one, with its `mkdocs.yml`.
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from bs4.element import Comment, NavigableString

from tests.sites import PROJECT, Built, attribute

from .beside import QUIET

SITES = sorted(it.parent for it in Path(os.environ.get("NECO_SITES", "/nonexistent")).glob("*/mkdocs.yml"))

OUR_FILES = re.compile(r"(^|/)assets/(neco|popover|filter|search|reach)\.[0-9a-f]{8}\.(css|js)$")
"""Our styles and scripts, whose names change with what they say."""

OUR_PAGES = re.compile(r"^(keps|sigs|links|issues)/")

_SPACE = re.compile(r"\s+")


def built(site: Path, out: Path, *ours: str) -> Built:
    copy = out / f"copy{''.join(ours)}"
    shutil.copytree(site, copy, symlinks=True)
    target = out / f"site{''.join(ours)}"
    done = subprocess.run(
        [sys.executable, "-m", "tests.extra.public_site", copy, target, *ours],
        cwd=PROJECT,
        env={**os.environ, **QUIET, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1750000000"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    print(done.stdout)
    return Built(target)


def of_its_authors(html: str) -> list[str]:
    """A page without what is ours: its tags and texts, one a line."""
    page = BeautifulSoup(html, "lxml")
    for element in page.select(".neco-kep__stage, .neco-kep__plan, .neco-kep__then, .neco-kep__stale, .neco-hidden"):
        element.decompose()
    for element in page.select(".neco-kep"):
        if element.get_text(strip=True):
            element.unwrap()  # a plain mention, whose words are the author's
        else:
            element.decompose()
    for element in page.select("link, script, meta"):
        address = attribute(element, "href") or attribute(element, "src")
        if OUR_FILES.search(address) or address.endswith("feed.xml"):
            element.decompose()
    for element in page.find_all("script", string=re.compile("necoSearch")):
        element.decompose()
    for element in page.select("script#__config"):
        element.string = re.sub(r'"search": *"[^"]*"', '"search": ""', element.get_text())
    return list(lines(page))


def lines(page: Tag) -> list[str]:
    found: list[str] = []
    text = ""
    for node in page.descendants:
        if isinstance(node, Comment):
            continue
        if isinstance(node, NavigableString):
            text += str(node)
        elif isinstance(node, Tag):
            found += [squeezed] if (squeezed := _SPACE.sub(" ", text).strip()) else []
            text = ""
            found.append(f"<{node.name} {sorted((name, str(value)) for name, value in node.attrs.items())}>")
    return [*found, _SPACE.sub(" ", text).strip()]


@pytest.mark.parametrize("site", SITES, ids=lambda it: it.name)
def test_no_page_of_a_public_site_is_another(site: Path, tmp_path: Path) -> None:
    without, with_ours = built(site, tmp_path), built(site, tmp_path, "ours")
    pages = sorted(without.paths("**/*.html"))
    assert set(pages) <= with_ours.paths("**/*.html")
    added = {path for path in with_ours.paths("**/*.html") - set(pages) if not OUR_PAGES.match(path)}
    assert added <= {"index.html"}
    different: dict[str, str] = {}
    for path in pages:
        before, after = of_its_authors(without.text(path)), of_its_authors(with_ours.text(path))
        if before != after:
            changes = difflib.unified_diff(before, after, lineterm="", n=0)
            different[path] = "\n".join(it[:200] for it in list(changes)[2:8])
    print(f"{site.name}: {len(pages)} pages, {len(different)} different")
    shown = "\n".join(f"{path}:\n{changes}" for path, changes in list(different.items())[:12])
    assert not different, f"{len(different)} of {len(pages)} pages are different\n{shown}"
