"""A site beside another plugin: written, built by MkDocs in a process of its own, and looked at."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.searched import search_index
from tests.sites import CONFIG, MATERIAL, Built, Folder, attribute, kep, links, new_folder, run

QUIET = {"PYTHONWARNINGS": "default", "DISABLE_MKDOCS_2_WARNING": "true"}
"""What other plugins warn of is theirs; the second is the notice of those that know properdocs."""

OURS: dict[str, Any] = {"neco-weekly": {"issues": "issues"}}

ISSUES = {
    "docs/issues/2026-09-04.md": "# 一号 (2026-09-04号)\n\n## 話題\n\nKEP-127 が beta に。\n\n![図](a.png)\n",
    "docs/issues/2026-09-11.md": "# 二号 (2026-09-11号)\n\n## つづき\n\n- KEP-2579 と KEP-127\n",
}
ABOUT = {
    "docs/about.md": "---\ntags: [案内]\n---\n\n# About\n\nKEP-127, [一号](issues/2026-09-04.md), [KEP](keps/127.md)\n"
}

ORDERS = ("before", "behind")
"""Whether the other plugin stands in `mkdocs.yml` before ours or behind."""


@dataclass(frozen=True, kw_only=True)
class Beside:
    """A site with another plugin: the plugin as `mkdocs.yml` has it, files and settings, and what must be so then."""

    plugin: Any
    seen: Callable[[Built], object] = lambda built: True
    files: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    issues: Mapping[str, str] = field(default_factory=lambda: ISSUES)
    folder: str = "issues"

    def write(self, root: Path, order: str) -> Folder:
        """Write the site, in a repository of git with one commit."""
        ours: dict[str, Any] = {"neco-weekly": {"issues": self.folder, "locale": "ja"}}
        theirs = [self.plugin] if not isinstance(self.plugin, list) else self.plugin
        plugins = [*theirs, ours] if order == "before" else [ours, *theirs]
        theme = {**MATERIAL, "custom_dir": "overrides"}
        folder = new_folder(root, plugins=["search", *plugins], theme=theme, **self.settings)
        folder.write("overrides/.keep", "")
        for path, text in {**ABOUT, **self.issues, **self.files}.items():
            folder.write(path, text)
        folder.write(f"docs/{self.folder}/a.png", picture())
        folder.lock(kep(127), kep(2579))
        commit(folder.root)
        return folder


def picture() -> bytes:
    file = BytesIO()
    Image.new("RGB", (40, 30)).save(file, "PNG")
    return file.getvalue()


def commit(root: Path) -> None:
    who = ["-c", "user.name=Neco", "-c", "user.email=neco@example.com"]
    for arguments in (
        ["init", "--quiet"],
        ["remote", "add", "origin", "https://github.example/neco/neco.git"],
        ["add", "--all"],
        [*who, "commit", "--quiet", "--message=all"],
    ):
        subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True)


def build(folder: Folder, *options: str) -> Built:
    """Build a site strictly, as a person would."""
    done = run("mkdocs", "build", "--strict", *options, cwd=folder.root, environment=QUIET)
    if done.returncode:
        pytest.fail(done.stdout + done.stderr)
    return Built(folder.root / "site")


PLACES = ("issues/2026-09-04/", "issues/2026-09-11/")


def works(built: Built, *, issues: Sequence[str] = PLACES, prefix: str = "") -> None:
    """Everything of ours is there: references drawn, backlinks, archive, home, data, search, feed.

    `issues` are the addresses of the two issues, `prefix` is that of the language.
    """
    old, new = issues
    for address, names in ((old, ["127"]), (new, ["2579", "127"])):
        page = built.page(f"{address}index.html")
        drawn = page.select("article a.neco-kep")
        assert [attribute(it, "data-kep") for it in drawn] == names, address
        for link in drawn:
            target = built.target(f"{address}index.html", attribute(link, "href"))
            assert target == f"{prefix}keps/{attribute(link, 'data-kep')}/index.html", link
    for listing in (f"{prefix}keps/127/index.html", f"{prefix}index.html"):
        found = {built.target(listing, href) for href in links(built.page(listing), "article a")}
        assert {f"{old}index.html", f"{new}index.html"} <= found, (listing, found)
    data = {it["url"]: it["keps"] for it in built.json(f"{prefix}api/issues.json")["issues"]}
    assert (data[old], data[new]) == ([127], [2579, 127])
    mentions = built.json(f"{prefix}api/keps/127.json")["mentions"]
    assert [it["url"].partition("#")[0] for it in mentions][-2:] == [new, old]
    feed = built.text(f"{prefix}feed.xml")
    assert f"{CONFIG['site_url']}{old}" in feed
    assert f"{CONFIG['site_url']}{new}" in feed
    index = search_index(built, f"{prefix}index.html")
    assert {old, new, f"{prefix}keps/127/"} <= {page["u"] for page in index.pages}
    assert "KEP-127" in " ".join(index.texts(old))
