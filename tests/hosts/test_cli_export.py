"""`neco export`: files whole or not at all, nothing that is not public, what cannot be said told with its line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from neco_weekly.lock import whole_files

from tests.hosts.test_cli import folder as folder  # noqa: PLC0414 (a fixture)
from tests.hosts.test_cli import neco
from tests.pictures import drawn
from tests.sites import Folder, issue_path, kep

PICTURE = drawn(4, 3)
DAY = "2026-07-10"
PATH = issue_path(DAY)


def written(folder: Folder, out: str = "export") -> dict[str, bytes]:
    root = folder.root / out
    return {it.relative_to(root).as_posix(): it.read_bytes() for it in sorted(root.rglob("*")) if it.is_file()}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    noon = dt.datetime(2026, 10, 4, 12, tzinfo=dt.UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(noon.timestamp())))


@pytest.fixture
def site(folder: Folder) -> Folder:
    """A site with a lock, pictures and an issue that has a bit of all."""
    folder.lock(kep(127))
    folder.write("docs/issues/2026/07/p.png", PICTURE)
    folder.write("images/beside.png", PICTURE)
    folder.write("secret.png", PICTURE)
    folder.issue("2026-07-03", "Text.")
    folder.write(issue_path("2026-07-17"), "---\ndraft: true\n---\n# D\n\n![x](p.png)\n")
    folder.issue(
        DAY,
        "KEP-127 <!-- a note --> [old](2026-07-03.md#x) [held](2026-07-17.md) [kep](../../../keps/127.md)\n\n"
        "<!-- neco: ignore x -->\n![p](p.png) ![b](/images/beside.png) ![s](../../../../secret.png)\n\n"
        "[//]: # (a word of ours)\n\nhttps://user:word@a.test/\n\n<!--\n![secret](secret.png)\n\n"
        ":::details s\n-->\n:::details t\nu\n:::\n",
    )
    return folder


def test_markdown_is_written_with_its_pictures(site: Folder) -> None:
    done = neco(site, "export", "markdown", PATH)
    assert done.status == 0
    assert done.out.split() == [
        "export/markdown/2026-07-10.md",
        "export/markdown/images/2026-07-10/beside.png",
        "export/markdown/images/2026-07-10/p.png",
    ]
    found = written(site, "export/markdown")
    assert found["images/2026-07-10/p.png"] == PICTURE
    assert found["2026-07-10.md"].decode() == (
        "# Neco Weekly (2026-07-10号)\n\n"
        "KEP-127<!-- neco:badge -->（stable v1.36）<!-- /neco:badge -->"
        "  [old](https://neco.test/issues/2026/07/2026-07-03/#x) held"
        " [kep](https://github.com/kubernetes/enhancements/issues/127)\n\n"
        "![p](images/2026-07-10/p.png) ![b](images/2026-07-10/beside.png) s\n\n\n"
        "[a.test](https://a.test/)\n\n<details>\n<summary>t</summary>\n\nu\n\n</details>\n"
    )
    assert [line for line in done.error.splitlines() if line.startswith("docs/")] == [
        f"{PATH}:3: link to 2026-07-17.md: is an issue that is not public; only its text is left",
        f"{PATH}:6: picture ../../../../secret.png: lies outside of the docs folder; only its text is left",
    ]


def test_every_target_has_its_files(site: Folder) -> None:
    files = {}
    for target in ("zenn", "qiita", "hatena", "email"):
        done = neco(site, "export", target, DAY, "--out", f"out/{target}")
        files[target] = [it.removeprefix(f"out/{target}/") for it in done.out.split()]
    name = "neco-2026-07-10"
    assert files == {
        "zenn": [f"articles/{name}.md", f"images/{name}/beside.png", f"images/{name}/p.png"],
        "qiita": ["public/2026-07-10.md"],
        "hatena": ["2026-07-10.md"],
        "email": ["2026-07-10.html"],
    }
    texts = [text.decode() for path, text in written(site, "out").items() if path.endswith(("md", "html"))]
    assert len(texts) == 4
    for text in texts:
        for hidden in ("a note", "neco: ignore", "a word of ours", "user:word", "secret", "2026-07-17"):
            assert hidden not in text
    assert "![p](/images/neco-2026-07-10/p.png)" in written(site, "out")[f"zenn/articles/{name}.md"].decode()
    assert "![p](https://neco.test/issues/2026/07/p.png)" in written(site, "out")["qiita/public/2026-07-10.md"].decode()
    assert 'src="https://neco.test/issues/2026/07/p.png"' in written(site, "out")["email/2026-07-10.html"].decode()


def test_json_and_strict(site: Folder) -> None:
    done = neco(site, "export", "markdown", PATH, "--json", "--strict")
    told = done.json()
    assert done.status == 1
    assert told["target"] == "markdown"
    assert told["files"][0] == "export/markdown/2026-07-10.md"
    assert [(it["path"], it["line"], it["lost"]) for it in told["remarks"]] == [(PATH, 3, True), (PATH, 6, True)]
    assert neco(site, "export", "hatena", issue_path("2026-07-03"), "--strict").status == 0


def test_nothing_is_overwritten_without_being_asked(site: Folder) -> None:
    assert neco(site, "export", "zenn", DAY).status == 0
    before = written(site)
    assert neco(site, "export", "zenn", DAY).status == 0  # the same again
    site.write("export/zenn/images/neco-2026-07-10/p.png", b"mine")
    mine = written(site)
    refused = neco(site, "export", "zenn", DAY)
    assert refused.status == 2
    place = "export/zenn/images/neco-2026-07-10/p.png"
    assert refused.error == f"Error: {place}: is there already and stays as it is; overwrite it with --force\n"
    assert written(site) == mine
    assert neco(site, "export", "zenn", DAY, "--force").status == 0
    assert written(site) == before


def test_files_are_there_whole_or_not_at_all(site: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        """A disk that is full behind its first file."""

        left = 1

    real = whole_files._write_beside

    def write(path: Path, content: bytes, durable: bool) -> object:
        Full.left -= 1
        if Full.left < 0:
            raise OSError(28, "No space left on device", str(path))
        return real(path, content, durable)

    monkeypatch.setattr(whole_files, "_write_beside", write)
    done = neco(site, "export", "zenn", DAY)
    assert done.status == 2
    assert "cannot be written (No space left on device)" in done.error
    assert written(site) == {}


def test_links_out_of_the_folder_are_refused(site: Folder, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (site.root / "out").mkdir()
    (site.root / "out/images").symlink_to(elsewhere)
    done = neco(site, "export", "markdown", DAY, "--out", "out")
    assert done.status == 2
    assert "leads out of" in done.error
    assert list(elsewhere.iterdir()) == []
    site.write("issue.md", "x")
    (site.docs / "issues/2026/07/p.png").unlink()
    (site.docs / "issues/2026/07/p.png").symlink_to(site.root / "secret.png")
    assert f"{PATH}:6: picture p.png: lies outside of the docs folder" in neco(site, "export", "zenn", DAY).error


def test_drafts_stay_unless_they_are_meant(site: Folder) -> None:
    path = issue_path("2026-07-17")
    refused = neco(site, "export", "zenn", path)
    assert (refused.status, refused.out) == (2, "")
    assert refused.error == (
        f"Error: {path}:2: is not public, held back (draft: true); publish it, or export it as a draft with --draft\n"
    )
    assert not (site.root / "export").exists()
    assert neco(site, "export", "zenn", path, "--draft").status == 0
    assert b"published: false" in written(site)["zenn/articles/neco-2026-07-17.md"]
    site.write(path, "---\ntitle: [\n---\nx\n")
    assert "is not public, broken front matter" in neco(site, "export", "zenn", path, "--draft").error


def test_what_is_no_issue_is_refused(site: Folder) -> None:
    site.write("docs/index.md", "# Home\n")
    assert "docs/index.md: is no issue of docs/issues" in neco(site, "export", "zenn", "docs/index.md").error
    for named in ("2020-01-01", "../../etc/passwd", ""):
        done = neco(site, "export", "zenn", named)
        assert (done.status, "there is no such issue" in done.error or "is no issue" in done.error) == (2, True)


def test_names_are_held_to_the_rules(site: Folder) -> None:
    for target, name in (("zenn", "short"), ("zenn", "../../../../escape"), ("hatena", "a/b"), ("zenn", "x" * 51)):
        done = neco(site, "export", target, DAY, "--slug", name)
        assert (done.status, "is no name" in done.error) == (2, True)
    assert "export/zenn/articles/my-own-article.md" in neco(site, "export", "zenn", DAY, "--slug", "my-own-article").out


def test_site_without_an_address_says_what_it_lacks(site: Folder) -> None:
    config = site.root / "mkdocs.yml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("site_url: https://neco.test/\n", ""), encoding="utf-8"
    )
    done = neco(site, "export", "email", DAY)
    assert (done.status, done.out) == (2, "")
    assert done.error.endswith(
        "Error: mkdocs.yml: has no `site_url`, where the pictures and links of a mail lead; add the site's address\n"
    )
    error = neco(site, "export", "hatena", DAY).error
    assert f"{PATH}:3: link to 2026-07-03.md#x: needs `site_url` in mkdocs.yml; only its text is left" in error
    assert f"{PATH}:6: picture p.png: needs `site_url` in mkdocs.yml; only its text is left" in error


def test_address_is_recorded_in_the_issue(site: Folder) -> None:
    url = "https://zenn.dev/neco/articles/neco-2026-07-10"
    done = neco(site, "export", "zenn", DAY, "--record", url)
    assert (done.status, done.out) == (0, f"{PATH}\n")
    assert not (site.root / "export").exists()
    text = (site.root / PATH).read_text(encoding="utf-8")
    assert text.startswith(f'---\nalso:\n  - "{url}"\n---\n\n# Neco Weekly')
    again = neco(site, "export", "zenn", DAY, "--record", url)
    assert "names https://zenn.dev/neco/articles/neco-2026-07-10 already" in again.error
    assert (site.root / PATH).read_text(encoding="utf-8") == text
    path = site.write(issue_path("2026-07-24"), b"---\r\ntitle: T\r\n---\r\nx\r\n")
    neco(site, "export", "zenn", "2026-07-24", "--record", url)
    assert path.read_bytes() == f'---\r\ntitle: T\r\nalso:\r\n  - "{url}"\r\n---\r\nx\r\n'.encode()
    path.write_text('+++\ntitle = "T"\n+++\nx\n', encoding="utf-8")
    assert (
        "front matter of this form is yours to change; write there: also:"
        in neco(site, "export", "zenn", "2026-07-24", "--record", url).error
    )


def test_folder_that_cannot_be_written_is_told(site: Folder) -> None:
    site.write("out", "a file")
    done = neco(site, "export", "hatena", DAY, "--out", "out")
    assert (done.status, "cannot be written" in done.error or "no file" in done.error) == (2, True)
    assert (site.root / "out").is_file()
