"""`neco new`: the next issue's file in sites of many shapes, a draft on a release that passes every check."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from neco_weekly.lock import whole_files
from neco_weekly.lock.store import Lock, save_lock

from tests.histories import BETA, STABLE, enhancement, record, state
from tests.hosts.test_cli import folder as folder  # noqa: PLC0414 (a fixture)
from tests.hosts.test_cli import neco
from tests.sites import TODAY, Folder, issue_path, new_folder

DAY = "1785283200"
"""2026-07-29 in Tokyo, in seconds since 1970."""


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)


def files(folder: Folder) -> dict[str, str]:
    found = (it for it in folder.docs.rglob("*") if it.is_file())
    return {it.relative_to(folder.docs).as_posix(): it.read_text(encoding="utf-8") for it in found}


def test_next_issue_is_written_and_named(folder: Folder) -> None:
    for day in ("2026-07-17", "2026-07-24"):
        folder.issue(day, "Text.")
    before = files(folder)
    done = neco(folder, "new")
    assert (done.status, done.out, done.error) == (0, f"{issue_path('2026-07-31')}\n", "")
    assert files(folder) == before | {"issues/2026/07/2026-07-31.md": "# Neco Weekly (2026-07-31号)\n"}
    assert neco(folder, "check").status == 0


def test_json_names_path_date_and_number(folder: Folder) -> None:
    folder.issue("2026-07-24", "Text.", title="Weekly #4: naps")
    folder.issue("2026-07-17", "Text.", title="Weekly #3: beds")
    told = neco(folder, "new", "--json").json()
    assert told == {"path": issue_path("2026-07-31"), "date": "2026-07-31", "number": 5, "title": "Weekly #5"}


def test_title_and_day_of_the_writer(folder: Folder) -> None:
    folder.issue("2026-07-24", "Text.")
    told = json.loads(neco(folder, "new", "--date", "2026-08-03", "--title", "Summer\n# special", "--json").out)
    assert (told["date"], told["title"], told["number"]) == ("2026-08-03", "Summer # special", None)
    assert (folder.root / told["path"]).read_text(encoding="utf-8") == "# Summer # special\n"


def test_first_issue_is_of_today(folder: Folder) -> None:
    assert neco(folder, "new").out == f"{issue_path('2026-07-29')}\n"
    assert files(folder)["issues/2026/07/2026-07-29.md"] == "# Neco (2026-07-29)\n"


def test_drafts_and_what_cannot_be_read_count(folder: Folder) -> None:
    folder.issue("2026-07-24", "Text.")
    folder.write(issue_path("2026-07-31"), "---\ndraft: true\n---\n\n# Neco Weekly (2026-07-31号)\n")
    folder.write(issue_path("2026-08-07"), b"\xff\xfe\x00")
    assert neco(folder, "new").out == f"{issue_path('2026-08-14')}\n"
    assert files_of(folder, "2026-08-14") == "---\ndraft: true\n---\n\n# Neco Weekly (2026-08-14号)\n"


def files_of(folder: Folder, day: str) -> str:
    return (folder.root / issue_path(day)).read_text(encoding="utf-8")


def test_day_that_has_passed_is_told(folder: Folder) -> None:
    for day in ("2026-06-26", "2026-07-03"):
        folder.issue(day, "Text.")
    done = neco(folder, "new")
    assert done.out == f"{issue_path('2026-07-10')}\n"
    assert done.error == (
        "2026-07-10 has passed; for the next day in the rhythm of the issues write --date 2026-07-31.\n"
    )


IN_THE_WAY = ("file", "folder", "link", "link that leads nowhere")


@pytest.mark.parametrize("kind", IN_THE_WAY)
def test_nothing_that_is_there_is_overwritten(folder: Folder, kind: str) -> None:
    folder.issue("2026-07-24", "Text.")
    there = folder.root / issue_path("2026-07-31")
    if kind == "file":
        there = folder.write(issue_path("2026-07-31"), "Mine.\n")
    elif kind == "folder":
        there.mkdir(parents=True)
    else:
        there.symlink_to(folder.write("docs/mine.txt", "Mine.\n") if kind == "link" else "nowhere")
    done = neco(folder, "new", "--date", "2026-07-31")
    assert (done.status, done.out) == (2, "")
    what = "is the issue of 2026-07-31; write there, or name another day with --date"
    assert done.error == f"Error: {issue_path('2026-07-31')}: {what}\n"
    assert there.is_symlink() == kind.startswith("link")
    assert not there.is_file() or there.read_text(encoding="utf-8") == "Mine.\n"


def test_issue_of_that_day_elsewhere(folder: Folder) -> None:
    folder.write("docs/issues/naps.md", "---\ndate: 2026-07-31\n---\n# Naps\n")
    done = neco(folder, "new", "--date", "2026-07-31")
    assert (done.status, done.error) == (
        2,
        "Error: docs/issues/naps.md: is the issue of 2026-07-31; write there, or name another day with --date\n",
    )


def test_two_at_once_write_one(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written between a look and the writing stays."""
    path = folder.root / issue_path("2026-07-31")

    def after_another(*arguments: Any, **options: Any) -> None:
        path.write_text("Mine.\n", encoding="utf-8")
        write(*arguments, **options)

    write = whole_files.write_together
    monkeypatch.setattr(whole_files, "write_together", after_another)
    done = neco(folder, "new", "--date", "2026-07-31")
    assert (done.status, path.read_text(encoding="utf-8")) == (2, "Mine.\n")
    assert done.error.endswith("2026-07-31.md: is there already and stays as it is; name another day with --date\n")


def test_folder_that_cannot_be_written_is_one_sentence(folder: Folder) -> None:
    folder.write("docs/issues", "no folder")
    done = neco(folder, "new")
    assert (done.status, done.error.count("\n")) == (2, 1)
    assert done.error.startswith(f"Error: {issue_path('2026-07-29')}: ")
    assert "Traceback" not in done.error


def test_wrong_options(folder: Folder) -> None:
    for arguments in (("--date", "31.7."), ("--release", "next"), ("--release", "1.x")):
        assert neco(folder, "new", *arguments).status == 2
    assert neco(folder, "new", "--release", "1.36").error == (
        "Error: the lock knows no KEP; run `neco refresh`, then draft the issue\n"
    )
    assert not list(folder.docs.rglob("*.md"))


# --- sites of other shapes ----------------------------------------------------------------------------------------


def test_posts_of_a_blog(tmp_path: Path) -> None:
    plugins = ["search", {"neco-weekly": {"issues": "blog/posts", "locale": "en"}}]
    blog = new_folder(tmp_path, plugins=plugins)
    for day, slug in (("2026-07-17", "beds"), ("2026-07-24", "naps")):
        front = f"---\ndate:\n  created: {day}\ndraft: false\nauthors: [neco]\ncategories: [{slug}]\n---\n"
        blog.write(f"docs/blog/posts/{day}-{slug}.md", f"{front}\n# {slug.title()}\n\nText.\n\n<!-- more -->\n")
    done = neco(blog, "new", "--title", "Mats")
    assert done.out == "docs/blog/posts/2026-07-31.md\n"
    assert (blog.root / done.out.strip()).read_text(encoding="utf-8") == (
        "---\ndate:\n  created: 2026-07-31\ndraft: true\nauthors: [neco]\n---\n\n# Mats\n"
    )
    assert neco(blog, "check").status == 0


def test_site_without_mkdocs_yml(tmp_path: Path) -> None:
    done = neco(Folder(tmp_path), "new")
    assert (done.status, done.error) == (
        2,
        "Error: mkdocs.yml: not found; run neco in the folder of the site's mkdocs.yml\n",
    )


# --- a draft on a release -----------------------------------------------------------------------------------------

KEPS = (
    enhancement(record("2026-01-10", state(BETA, title="Naps", alpha="v1.34", beta="v1.36")), number=1),
    enhancement(record("2026-01-10", state(STABLE, title="Beds", stable="v1.36")), number=2),
)


def locked(folder: Folder, *, mentioned: bool = False) -> None:
    keps = {it.number: it for it in KEPS}
    lock = Lock(as_of=TODAY, fetched=keps) if mentioned else Lock(as_of=TODAY, others=keps)
    save_lock(lock, folder.docs / "_metadata")


def test_draft_on_a_release_passes_checks_and_a_strict_build(folder: Folder) -> None:
    locked(folder, mentioned=True)
    folder.issue("2026-07-24", "## KEP-1 (naps)\n\nText.")
    told = json.loads(neco(folder, "new", "--release", "1.36", "--json").out)
    assert (told["path"], told["release"]) == (issue_path("2026-07-31"), "v1.36")
    assert {it["number"] for it in told["keps"]} == {1, 2}
    checked = neco(folder, "check", "--format", "json")
    assert [it for it in json.loads(checked.out) if it["severity"] != "info"] == []
    built = folder.build(strict=True)
    assert built.warnings == []
    assert {it["number"] for it in built.json("api/keps.json")["keps"] if it["mentions"]} == {1, 2}
    (link,) = [it for it in built.issue("2026-07-31").select("article li a") if it.get_text() == "2026-07-24"]
    assert built.leads_somewhere("issues/2026/07/2026-07-31/index.html", str(link["href"]))


def test_keps_without_a_page_are_counted_and_mentioned_from_then_on(folder: Folder) -> None:
    locked(folder)
    folder.issue("2026-07-24", "Text.")
    done = neco(folder, "new", "--release", "v1.36", "--no-digest")
    assert done.error == "The site has no page yet for 2 KEPs of the draft: run `neco refresh` when it is written.\n"
    codes = {it["code"] for it in json.loads(neco(folder, "check", "--format", "json").out)}
    assert "kep-not-fetched" in codes
    assert "unknown-kep" not in codes


def test_release_that_cannot_be_drafted_writes_nothing(folder: Folder) -> None:
    locked(folder)
    done = neco(folder, "new", "--release", "1.99")
    assert (done.status, done.out) == (2, "")
    assert done.error.startswith("Error: v1.99 is a release that nobody knows")
    assert not list(folder.docs.rglob("*.md"))
