"""`neco check`: mends, marks, settings, annotations, and links that are asked for."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from pathlib import Path

import pytest
import yaml
from neco_weekly.hosts.cli.external_links import STATUSES_FILE
from neco_weekly.model.keps import Stage

from tests.hosts.test_cli import DATE, LOOPBACK, neco
from tests.sites import ENGLISH, PROJECT, Folder, issue_page, kep, new_folder
from tests.sources.sites import PAGE, Serve

URL = "https://example.com/a"
MARK = "<!-- neco: ignore {} -->"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = new_folder(tmp_path / "project", **ENGLISH)
    folder.lock(kep(127))
    return folder


# --- mending ------------------------------------------------------------------------------------------------------


def test_a_diff_shows_what_would_be_mended_and_writes_nothing(folder: Folder) -> None:
    issue = folder.issue(DATE, f"KEP 127 と {URL}?utm_source=x。")
    before = issue.read_bytes()
    for options in (["--diff"], ["--fix", "--diff"]):
        done = neco(folder, "check", *options)
        assert done.status == 1
        assert f"-KEP 127 と {URL}?utm_source=x。\n+KEP-127 と <{URL}>。\n" in done.out
        assert issue.read_bytes() == before


def test_a_diff_can_be_applied_by_git(folder: Folder) -> None:
    issue = folder.issue(DATE, f"KEP 127 と {URL}?utm_source=x。")
    patch = folder.write("a.patch", neco(folder, "check", "--diff").out)
    subprocess.run(["git", "apply", "--unsafe-paths", patch.name], cwd=folder.root, check=True)
    assert f"KEP-127 と <{URL}>。" in issue.read_text(encoding="utf-8")
    done = neco(folder, "check", "--diff")
    assert (done.out, done.status) == ("", 0)


def test_what_is_mended_is_written_and_what_is_left_is_told(folder: Folder) -> None:
    issue = folder.issue(DATE, "KEP 127 と KEP 127\n\n![](none.png)")
    issue.chmod(0o640)
    draft = folder.write("docs/issues/draft.md", "---\ndraft: true\n---\n# 題\n\nKEP 127\n")
    done = neco(folder, "check", "--fix", "--json")
    assert done.error == "docs/issues/2026/01/2026-01-09.md: 2 mended\ndocs/issues/draft.md: 1 mended\n"
    assert {it["code"] for it in json.loads(done.out)} >= {"missing-image", "image-without-alt", "held-back"}
    assert "KEP-127 と KEP-127" in issue.read_text(encoding="utf-8")
    assert "KEP-127" in draft.read_text(encoding="utf-8")
    assert issue.stat().st_mode & 0o777 == 0o640


def test_only_what_is_named_is_mended(folder: Folder) -> None:
    named, other = folder.issue(DATE, "KEP 127"), folder.issue("2026-01-16", "KEP 127")
    assert neco(folder, "check", "--fix", named).status == 0
    assert ("KEP-127" in named.read_text(), "KEP-127" in other.read_text()) == (True, False)


def test_a_file_behind_a_link_is_mended_there(folder: Folder) -> None:
    real = folder.write("texts/a.md", "# 題\n\nKEP 127\n")
    link = folder.docs / "issues/2026-01-09.md"
    link.parent.mkdir(parents=True)
    link.symlink_to(real)
    assert neco(folder, "check", "--fix").status == 0
    assert link.is_symlink()
    assert "KEP-127" in real.read_text(encoding="utf-8")


def test_what_cannot_be_read_stays(folder: Folder) -> None:
    text = "# 題\n\nKEP 127\n".encode("cp932")
    issue = folder.write("docs/issues/2026-01-09.md", text)
    broken = folder.write("docs/issues/2026-01-16.md", "---\na: [\n---\nKEP 127\n")
    before = broken.read_bytes()
    assert neco(folder, "check", "--fix").status == 1
    assert (issue.read_bytes(), broken.read_bytes()) == (text, before)


def test_what_only_the_files_and_the_lock_know_is_told(folder: Folder) -> None:
    folder.lock(kep(127, stage=Stage.ALPHA, milestone="v1.30"))
    folder.write("docs/issues/2026/01/large.png", b"x" * 500_001)
    folder.write("docs/issues/2026/01/small.png", b"x" * 500_000)
    folder.issue(DATE, "![図](large.png)\n\n![図](small.png)\n\nKEP-127 は stable です。")
    told = json.loads(neco(folder, "check", "--json").out)
    assert [(it["code"], it["line"], it["severity"]) for it in told] == [
        ("large-image", 3, "info"),
        ("stage-contradiction", 7, "warning"),
    ]
    assert folder.build(strict=True).warnings == []


# --- silence ------------------------------------------------------------------------------------------------------


def test_marks_silence_a_line_and_settings_the_site(folder: Folder) -> None:
    folder.issue(DATE, f"![](none.png) {MARK.format('missing-image')}\n\n#127 と `#127`\n\nサーバーとサーバ")
    assert [it["code"] for it in json.loads(neco(folder, "check", "--json").out)] == [
        "image-without-alt",
        "bare-number",
        "term-in-two-ways",
    ]
    folder.configure(
        plugins=["search", {"neco-weekly": {"ignore": ["bare-number", "image-without-alt", "term-in-2-ways"]}}]
    )
    (term, unknown) = sorted(json.loads(neco(folder, "check", "--json").out), key=lambda it: str(it["path"]))
    assert (term["code"], unknown["code"], unknown["path"]) == ("term-in-two-ways", "unknown-code", "mkdocs.yml")
    assert "term-in-two-ways" in unknown["message"]


def test_a_list_of_codes_is_one(folder: Folder) -> None:
    folder.configure(plugins=["search", {"neco-weekly": {"ignore": {"a": 1}}}])
    done = neco(folder, "check")
    assert done.status == 2
    assert "ignore: expected a list of codes such as [bare-number] in mkdocs.yml" in done.error


def test_no_mark_reaches_readers_and_a_build_hears_them(folder: Folder) -> None:
    folder.configure(
        site_url="https://neco.test/",
        plugins=["search", {"neco-weekly": {"ignore": "bare-number", "locale": "en"}}],
    )
    folder.issue(
        DATE,
        f"""#127 の話 {MARK.format("bare-number")}

## 見出し {MARK.format("too-deep")}

{MARK.format("image-without-alt")}
<b>文</b>

| 一 | 二 |
| --- | --- |
| 1 | 2 | {MARK.format("lost-cells")}

https://example.com/card {MARK.format("card-not-fetched")}

### 飛ばした見出しではない

##### 飛ばした見出し

サーバーとサーバ {MARK.format("no-such-code")}""",
    )
    built = folder.build(strict=True)
    assert {path for path, content in built.contents().items() if b"neco: ignore" in content} == set()
    page = built.page(issue_page(DATE))
    assert page.select_one('.neco-card[data-url="https://example.com/card"]')
    assert len(page.select("td")) == 2
    heading = page.find("h2")
    assert heading is not None
    assert heading.get_text(strip=True).startswith("見出し")
    told = "\n".join(built.infos)
    assert "no problem has the code 'no-such-code'" in told
    assert "reference to a KEP" not in told
    assert "skips a level" not in told
    assert "サーバ" not in told


# --- GitHub -------------------------------------------------------------------------------------------------------


def test_annotations_have_columns_and_the_line_as_it_would_be(folder: Folder) -> None:
    folder.issue(DATE, "これは KEP 127 です。")
    lines = neco(folder, "check", "--format", "github").out.splitlines()
    (line,) = [it for it in lines if "kep-spelling" in it]
    assert line.startswith(
        "::notice file=docs/issues/2026/01/2026-01-09.md,line=3,col=5,endColumn=12,title=kep-spelling::"
    )
    assert line.endswith("%0A%0Aこれは KEP-127 です。")
    assert json.loads(neco(folder, "check", "--json").out) == []


# --- other sites --------------------------------------------------------------------------------------------------


def test_links_are_asked_for_once_and_kept(folder: Folder, serve: Serve) -> None:
    site = serve({"/a": PAGE, "/b": (403, {}, b"")})
    folder.issue(
        DATE,
        f"[一]({site.url}/a)と[一]({site.url}/a#x)\n\n- {site.url}/gone\n- <{site.url}/b>\n\n"
        f"`{site.url}/code`\n\n<!-- {site.url}/comment -->\n\n![図]({site.url}/picture.png)\n\n{site.url}/gone?card",
    )
    folder.write("docs/issues/draft.md", f"---\ndraft: true\n---\n{site.url}/draft\n")
    done = neco(folder, "check", "--external", "--json", *LOOPBACK)
    found = {(it["code"], it["line"]) for it in json.loads(done.out)}
    assert {("broken-link", 5), ("unreached-link", 6), ("broken-link", 12), ("broken-link", 14)} <= found
    assert sorted(it.path for it in site.asked) == ["/a", "/b", "/gone", "/gone?card", "/picture.png"]
    assert done.status == 1
    kept = json.loads((folder.root / ".cache/neco-weekly" / STATUSES_FILE).read_text(encoding="utf-8"))
    assert kept[f"{site.url}/a"] == {"life": "alive", "day": kept[f"{site.url}/a"]["day"]}
    dt.date.fromisoformat(kept[f"{site.url}/a"]["day"])
    site.asked.clear()
    neco(folder, "check", "--external", *LOOPBACK)
    assert sorted(it.path for it in site.asked) == ["/b", "/gone", "/gone?card", "/picture.png"]


def test_a_private_network_is_not_spoken_to(folder: Folder, serve: Serve) -> None:
    site = serve({"/": PAGE})
    folder.issue(DATE, f"[一]({site.url}/)と[二](http://[::1]:{site.port}/)")
    done = neco(folder, "check", "--external", "--json", "--per-host-delay", "0")
    assert [it["code"] for it in json.loads(done.out)] == ["private-link", "private-link"]
    assert (done.status, site.asked) == (0, [])


def test_without_the_option_nobody_is_asked(folder: Folder, serve: Serve) -> None:
    site = serve({"/": PAGE})
    folder.issue(DATE, f"[一]({site.url}/)")
    assert neco(folder, "check", *LOOPBACK).status == 0
    assert site.asked == []


def test_only_links_of_what_is_named_are_asked_for(folder: Folder, serve: Serve) -> None:
    site = serve({"/a": PAGE, "/b": PAGE})
    named, _ = folder.issue(DATE, f"[一]({site.url}/a)"), folder.issue("2026-01-16", f"[一]({site.url}/b)")
    assert neco(folder, "check", "--external", *LOOPBACK, named).status == 0
    assert [it.path for it in site.asked] == ["/a"]


# --- hooks --------------------------------------------------------------------------------------------------------


def test_the_hooks_of_commits_run(folder: Folder) -> None:
    issue = folder.issue(DATE, "KEP 127")
    for hook in yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")):
        command = hook["entry"].split()
        assert command[0] == "neco"
        files = [issue] if hook.get("pass_filenames", True) else []
        assert neco(folder, *command[1:], *files).status == 0
    assert "KEP-127" in issue.read_text(encoding="utf-8")
