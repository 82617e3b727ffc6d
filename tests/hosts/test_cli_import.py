"""`neco import`: a book in the shape of the team's comes in by one command, builds strictly, and stays."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from neco_weekly.hosts.cli import import_writing

from tests.hosts.test_cli import neco
from tests.pictures import drawn
from tests.sites import ENGLISH, PROJECT, Built, Folder, new_folder
from tests.sources.repositories import GitFolder

GUIDE = (PROJECT / "docs/guide/import.md").read_text(encoding="utf-8")

DAYS = ("07-22", "07-29", "08-05", "08-19", "08-26", "09-01", "09-08", "09-16", "09-30")


def issue(number: int, day: str) -> str:
    """An issue of a book: front matter nowhere, a heading, a picture beside it or a link to the issue before."""
    before = DAYS[number - 2]
    link = f"[前の号](../{before[:2]}/2022-{before}.md) の続きです。" if number > 1 else "はじめての号です。"
    picture = f"\n![図 {number}](./zu-{day}.png)\n" if number % 4 == 1 else ""
    head = f"# ねこ週報 (2022-{day}号)\n\n{link}\n今回は第{number}回目です。\n"
    return f"{head}\n## 話題 {number}\n\nねこは{number}回ねむります。\n{picture}"


def team_book() -> dict[str, str | bytes]:
    """A book of nine issues by year and month, with pictures, a list of contents and links between issues."""
    files: dict[str, str | bytes] = {
        "README.md": "# ねこ週報とは\n\nねこの一週間を書きます。[最新号](2022/09/2022-09-30.md)からどうぞ。\n",
        "book.js": 'module.exports = {"root": "./", "title": "ねこ週報"};\n',
        "node_modules/x/README.md": "# x\n",
    }
    lines = ["# Summary", "", "* [ねこ週報とは](README.md)", "* 2022年"]
    for number, day in enumerate(DAYS, 1):
        path = f"2022/{day[:2]}/2022-{day}.md"
        files[path] = issue(number, day)
        lines.append(f"  * [2022-{day}号]({path})")
        if number % 4 == 1:
            files[f"2022/{day[:2]}/zu-{day}.png"] = drawn(8, 4)
    return {**files, "SUMMARY.md": "\n".join((*lines, ""))}


def written(root: Path, files: dict[str, str | bytes]) -> Path:
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content.encode() if isinstance(content, str) else content)
    return root


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return new_folder(tmp_path / "site", **ENGLISH)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return written(tmp_path / "book", team_book())


def docs(folder: Folder) -> dict[str, bytes]:
    return Built(folder.docs).contents()


def test_a_book_of_nine_issues_comes_in_and_builds_strictly(folder: Folder, book: Path) -> None:
    done = neco(folder, "import", "honkit", book)
    assert (done.status, done.error) == (0, "")
    assert done.out.startswith(f"Imported 9 issues, 1 page, 3 pictures from {book}.\n")
    assert "\n".join(done.out.splitlines()).replace(str(book), "../neco-weekly") in GUIDE  # what the guide shows
    before = docs(folder)
    assert neco(folder, "check").status == 0
    built = folder.build(strict=True)
    assert len(built.paths("issues/2022/*/2022-*/index.html")) == 9
    assert len(built.paths("issues/2022/*/*.png")) == 3
    for day in DAYS:
        page = built.page(f"2022/{day[:2]}/2022-{day}.html")
        assert built.target(f"2022/{day[:2]}/2022-{day}.html", str(page.select_one("a")["href"]))  # type: ignore[index]
    assert built.target("about/index.html", "../issues/2022/09/2022-09-30/")
    again = neco(folder, "import", "honkit", book)
    assert (again.status, again.out.splitlines()[0]) == (0, f"Imported nothing new from {book}.")
    assert "  13 files already there, as imported" in again.out
    assert docs(folder) == before


def test_what_a_person_has_edited_since_stays_and_is_told(folder: Folder, book: Path) -> None:
    (book / "2022/08/2022-08-26.md").write_text("# 2022-08-26号\n\n![](none.png)\n", encoding="utf-8")
    first = neco(folder, "import", "honkit", book)
    path = "docs/issues/2022/08/2022-08-26.md"
    assert first.status == 1
    assert "\n".join(first.out.splitlines()[-2:]) in GUIDE
    assert (
        first.out.splitlines()[-1]
        == f"{path}:8: the picture none.png leads to nothing in the source; add it, or remove it"
    )
    assert "none.png" in (folder.root / path).read_text(encoding="utf-8").split("\n")[7]
    folder.write(path, "# mine\n")
    (folder.docs / "issues/2022/09/2022-09-08.md").unlink()
    again = neco(folder, "import", "honkit", book)
    assert again.status == 0
    assert f"kept {path}: it is there and is not what would be imported; it stays as it is" in again.out.splitlines()
    assert again.out.startswith("Imported 1 issue from ")
    assert (folder.root / path).read_text(encoding="utf-8") == "# mine\n"


def test_a_dry_run_writes_nothing_and_json_says_all(folder: Folder, book: Path) -> None:
    before = docs(folder)
    told = neco(folder, "import", "honkit", book, "--dry-run", "--json").json()
    assert docs(folder) == before
    assert (len(told["would_write"]), told["written"], told["remarks"]) == (13, [], [])
    assert neco(folder, "import", "honkit", book, "--json").json()["written"] == told["would_write"]


@pytest.mark.parametrize("form", ["a bare clone", "a URL", "a bundle", "a work tree"])
def test_a_repository_is_read_at_its_newest_commit(form: str, folder: Folder, tmp_path: Path) -> None:
    repository = GitFolder(tmp_path / "work")
    written(repository.path, team_book())
    (repository.path / "2022/link.md").symlink_to("/etc/passwd")
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message", "nine")
    repository.git("clone", "--quiet", "--bare", str(repository.path), str(tmp_path / "bare.git"))
    repository.git("bundle", "create", "--quiet", str(tmp_path / "a.bundle"), "HEAD", "master")
    source = {
        "a bare clone": str(tmp_path / "bare.git"),
        "a URL": (repository.path / ".git").as_uri(),
        "a bundle": str(tmp_path / "a.bundle"),
        "a work tree": str(repository.path),
    }[form]
    done = neco(folder, "import", "honkit", source)
    assert done.error == ""
    assert done.out.splitlines()[0] == f"Imported 9 issues, 1 page, 3 pictures from {source}."
    assert (
        done.out.splitlines()[-1]
        == "2022/link.md (source):1: is a link, which is not followed; copy the file, if it is wanted"
    )
    assert done.status == 1
    assert not (folder.docs / "issues/2022/link.md").exists()


def test_days_come_from_commits_where_a_person_wants_that(folder: Folder, tmp_path: Path) -> None:
    repository = GitFolder(tmp_path / "zenn")
    article = "---\ntitle: A\n---\n\nText.\n"
    repository.commit({"articles/a.md": article}, at="2022-08-26T20:00:00Z")
    repository.commit({"articles/a.md": f"{article}More.\n", "articles/b.md": article}, at="2022-09-01T00:00:00Z")
    assert neco(folder, "import", "zenn", repository.path, "--dry-run").out.count("has no day") == 2
    done = neco(folder, "import", "zenn", repository.path, "--date-from-commits")
    assert (done.status, done.error) == (0, "")
    dates = [(folder.docs / f"issues/{name}.md").read_text(encoding="utf-8").split("\n")[2] for name in "ab"]
    assert dates == ["date: 2022-08-27", "date: 2022-09-01"]
    folder.build(strict=True)
    for source in ("https://example.org/a.git", str(tmp_path)):
        refused = neco(folder, "import", "zenn", source, "--date-from-commits", "--cache-dir", str(tmp_path / "c"))
        assert refused.status != 0


def test_links_of_a_folder_are_not_followed_and_loops_end(folder: Folder, tmp_path: Path, book: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"secret")
    (book / "2022/08/loop").symlink_to(book)
    (book / "2022/08/secret.png").symlink_to(tmp_path / "secret.png")
    (book / "2022/08/self").symlink_to("self")
    os.mkfifo(book / "2022/08/pipe.png")
    page = book / "2022/08/2022-08-26.md"
    page.write_text(
        "# T\n\n![](secret.png) ![](pipe.png) ![](loop/2022/07/zu-07-22.png) ![](../../../secret.png)\n",
        encoding="utf-8",
    )
    done = neco(folder, "import", "honkit", book)
    said = [it.partition(": ")[2].partition(";")[0] for it in done.out.splitlines() if it.startswith("docs/")]
    assert said == [
        "the picture secret.png leads to a link, which is not followed",
        "the picture pipe.png leads to no ordinary file, which is not followed",
        "the picture loop/2022/07/zu-07-22.png leads to a link, which is not followed",
        "the picture ../../../secret.png leads out of the source, where nothing is read",
    ]
    assert b"secret" not in docs(folder).values()


def test_the_other_kinds(folder: Folder, tmp_path: Path) -> None:
    articles = written(
        tmp_path / "zenn",
        {"articles/weekly-20220826.md": "---\ntitle: A\n---\n\n![](/images/a.png)\n", "images/a.png": b"x"},
    )
    posts = written(
        tmp_path / "blog", {"_posts/2022-09-01-b.md": "---\ntitle: B\n---\n\n[a]({% post_url 2022-09-01-b %})\n"}
    )
    assert neco(folder, "import", "zenn", articles, "--dest", "docs/issues/zenn").status == 0
    assert neco(folder, "import", "jekyll", posts).status == 0
    assert set(docs(folder)) >= {
        "issues/zenn/weekly-20220826.md",
        "issues/zenn/images/a.png",
        "issues/2022/09/2022-09-01-b.md",
    }
    assert not (folder.docs / "images").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["honkit", "nowhere"], "nowhere: does not exist; name a folder, a git URL, or a bare clone"),
        (["honkit", "../book", "--dest", "docs"], "docs: is not in docs/issues, where the site's issues are"),
        (
            ["honkit", "../book", "--dest", "docs/issues/../.."],
            "docs/issues/../..: is not in docs/issues, where the site's issues are",
        ),
        (
            ["honkit", "../book", "--dest", "../elsewhere"],
            "../elsewhere: is not in docs/issues, where the site's issues are",
        ),
        (["honkit", "../book", "--dest", "docs/issues/a.md"], "docs/issues/a.md: is a file; name a folder"),
        (["honkit", "ext::sh -c true"], "ext::sh -c true: does not exist; name a folder, a git URL, or a bare clone"),
    ],
)
def test_what_cannot_be_imported_is_one_sentence(
    arguments: list[str], sentence: str, folder: Folder, book: Path
) -> None:
    folder.write("docs/issues/a.md", "# a\n")
    before = docs(folder)
    done = neco(folder, "import", *arguments)
    assert (done.status, done.out, done.error) == (2, "", f"Error: {sentence}\n")
    assert docs(folder) == before


def test_a_full_disk_leaves_nothing(folder: Folder, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, real, calls = docs(folder), os.fsync, list[int]()

    def full(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 5:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    done = neco(folder, "import", "honkit", book)
    assert done.status == 2
    assert done.error == (
        "Error: docs: No space left on device; make room on the disk, and run this again: nothing was imported\n"
    )
    assert docs(folder) == before
    assert not list(folder.docs.glob(".neco*"))


def test_ctrl_c_leaves_nothing(folder: Folder, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = docs(folder)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    def leave(status: int) -> None:
        raise SystemExit(status)

    monkeypatch.setattr(import_writing, "uninterrupted", interrupted)
    monkeypatch.setattr("neco_weekly.hosts.cli.leave", leave)
    done = neco(folder, "import", "honkit", book)
    assert (done.status, done.out, done.error.lstrip()) == (130, "", "Interrupted: nothing was written.\n")
    assert docs(folder) == before
    assert not list(folder.docs.glob(".neco*"))
