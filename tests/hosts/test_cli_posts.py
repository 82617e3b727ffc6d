"""`neco refresh --post`: an official list from a page or a file into `releases.json`, and no path of this machine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.hosts.test_cli import LOOPBACK, neco
from tests.sites import Folder, new_folder
from tests.sources.sites import Site

POST = "---\ntitle: Kubernetes v1.36\n---\n\n## Graduated to stable\n\n- [Naps](https://kep.k8s.io/127)\n"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return new_folder(tmp_path)


def official(folder: Folder) -> dict[str, object]:
    document = json.loads((folder.docs / "_metadata/releases.json").read_text(encoding="utf-8"))
    found: dict[str, object] = document["releases"]["1.36"]["official"]
    return found


def test_a_file_is_read_and_its_folder_is_never_recorded(folder: Folder, tmp_path: Path) -> None:
    post = tmp_path / "secret-folder" / "post.md"
    post.parent.mkdir()
    post.write_text(POST, encoding="utf-8")
    done = neco(folder, "refresh", "--post", str(post))
    assert (done.status, done.out.splitlines()[0]) == (0, "v1.36: 1 KEP stable by post.md")
    assert (official(folder)["source"], official(folder)["stages"]) == ("post.md", {"stable": [127]})
    assert "secret-folder" not in (folder.docs / "_metadata/releases.json").read_text(encoding="utf-8")
    assert neco(folder, "refresh", "--post", str(post)).out.splitlines()[-1] == "The lock is unchanged."


PAGE = """<html><head><title>Kubernetes v1.36</title></head><body><h3>Graduated to stable</h3>
<ul><li><a href="https://kep.k8s.io/127">Naps</a></li></ul></body></html>"""


def test_a_page_is_read_and_nothing_else(folder: Folder) -> None:
    path = "/blog/2026/04/22/kubernetes-v1-36-release/"
    site = Site({path: (200, {"Content-Type": "text/html"}, PAGE.encode())})
    url = f"{site.url}{path}"
    done = neco(folder, "refresh", "--post", url)
    site.close()
    assert (done.status, official(folder)["source"], official(folder)["date"]) == (0, url, "2026-04-22")
    assert [it.path for it in site.asked] == [path]


def test_what_is_no_post_changes_nothing(folder: Folder, tmp_path: Path) -> None:
    bad = tmp_path / "bad.md"
    for content, wrong in ((b"# Kubernetes v1.36\n", "has no list of KEPs"), (b"\xff\xfe\xff", "name the page")):
        bad.write_bytes(content)
        done = neco(folder, "refresh", "--post", str(bad))
        assert done.status == 2
        assert str(bad) in done.error
        assert wrong in done.error
    assert not (folder.docs / "_metadata/releases.json").exists()


def test_a_page_that_cannot_be_reached_is_reported(folder: Folder) -> None:
    done = neco(folder, "refresh", "--post", "http://127.0.0.1:9/post", *LOOPBACK)
    assert done.status == 1
    assert "not fetched: release post: http://127.0.0.1:9/post" in done.out
