"""After a build that fails the last good site is there again, whatever made it fail; hidden files stay."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort
from neco_weekly.hosts.mkdocs.last_good_site import FOLDER, LastGoodSite

from tests.sites import QUIET, Built, Folder, interruptible, new_folder

HOOK = "import sys\n\ndef on_env(env, **_):\n    print('here', flush=True)\n    sys.stdin.read()\n"
"""A build that waits in its middle."""

DATE, LATER = "2026-01-09", "2026-01-16"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = new_folder(tmp_path)
    folder.issue(DATE, "Text.")
    return folder


def kept(folder: Folder) -> list[Path]:
    """What a finished build leaves in the cache of sites: nothing."""
    return list((folder.root / ".cache/neco-weekly").glob(f"{FOLDER}*"))


def broken_picture(folder: Folder) -> None:
    folder.issue(LATER, "![](gone.png)")


def broken_theme(folder: Folder) -> None:
    folder.write("theme/main.html", "{{ undefined.attribute }}")


def broken_lock(folder: Folder) -> None:
    folder.write("docs/_metadata/keps.json", "{")


@pytest.mark.parametrize("change", [broken_picture, broken_theme, broken_lock])
def test_a_build_that_fails_leaves_the_last_site(folder: Folder, change: Callable[[Folder], None]) -> None:
    before = folder.build().contents()
    (folder.root / "site/.nojekyll").write_text("mine")
    change(folder)
    for _ in range(2):
        with pytest.raises(Exception):  # noqa: B017, PT011 (each fails in its own way)
            folder.build(strict=True)
        after = Built(folder.root / "site").contents()
        assert after.pop(".nojekyll") == b"mine"
        assert after == before
    assert kept(folder) == []


def test_the_next_build_that_succeeds_takes_its_place(folder: Folder) -> None:
    folder.build()
    broken_picture(folder)
    with pytest.raises(Abort):
        folder.build(strict=True)
    (folder.docs / f"issues/2026/01/{LATER}.md").unlink()
    folder.issue(LATER, "More.")
    built = folder.build(strict=True)
    assert built.issue(LATER)
    assert kept(folder) == []


def test_what_is_gone_from_the_site_stays_gone(folder: Folder) -> None:
    folder.issue(LATER, "More.")
    folder.build()
    (folder.docs / f"issues/2026/01/{LATER}.md").unlink()
    assert not [path for path in folder.build().paths() if LATER in path]


def test_a_first_build_that_fails_leaves_what_it_wrote(folder: Folder) -> None:
    broken_picture(folder)
    with pytest.raises(Abort):
        folder.build(strict=True)
    assert (folder.root / "site/index.html").exists()


def test_without_a_cache_mkdocs_does_as_ever(folder: Folder) -> None:
    folder.configure(plugins=[{"neco-weekly": {"cache": False}}])
    folder.build()
    broken_picture(folder)
    with pytest.raises(Abort):
        folder.build(strict=True)
    assert Built(folder.root / "site").issue(LATER)


NESTED = """
from mkdocs.commands.build import build
from mkdocs.plugins import event_priority

languages = ["en", "fr"]

@event_priority(-100)
def on_post_build(config, **_):
    if languages:
        name = languages.pop()
        build(config, dirty=True)
        (__import__("pathlib").Path(config.site_dir) / f"{name}.txt").write_text(name)
"""
"""A plugin that builds once more for each language, beside what is there, as mkdocs-static-i18n does."""


def test_builds_within_a_build_are_one(folder: Folder) -> None:
    before = folder.build().contents()
    folder.write("nested.py", NESTED)
    folder.configure(hooks=["nested.py"])
    built = folder.build()
    assert before.keys() | {"en.txt", "fr.txt"} == built.contents().keys()
    broken_theme(folder)
    with pytest.raises(Exception):  # noqa: B017, PT011 (as above)
        folder.build()
    assert Built(folder.root / "site").contents() == built.contents()


def test_a_build_that_fails_before_it_begins_leaves_the_one_before(folder: Folder) -> None:
    folder.build()
    folder.issue(LATER, "More.")
    before = folder.build().contents()
    broken_lock(folder)
    with pytest.raises(Exception):  # noqa: B017, PT011 (as above)
        folder.build()
    assert Built(folder.root / "site").contents() == before


def test_ctrl_c_leaves_the_last_site(folder: Folder) -> None:
    before = folder.build().contents()
    folder.write(
        "hook.py", "import sys\n\ndef on_env(env, **_):\n    print('here', flush=True)\n    sys.stdin.read()\n"
    )
    folder.configure(hooks=["hook.py"])
    command = interruptible("mkdocs", "build", "--quiet")
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=folder.root, env={**os.environ, **QUIET}, **pipes) as process:  # type: ignore[call-overload]
        assert process.stdout.readline() == b"here\n"
        assert not (folder.root / "site/index.html").exists()
        process.send_signal(signal.SIGINT)
    assert Built(folder.root / "site").contents() == before


def test_a_build_that_was_killed_is_no_site_to_go_back_to(tmp_path: Path) -> None:
    site, place = tmp_path / "site", tmp_path / "place"
    (site / "a").mkdir(parents=True)
    (site / "a/index.html").write_text("good")
    LastGoodSite(site, place)
    (site / "half.html").write_text("half")  # and then nothing more: as after SIGKILL
    second = LastGoodSite(site, place)
    second.fail()
    second.end()
    assert [it.relative_to(site).as_posix() for it in site.rglob("*.html")] == ["a/index.html"]


def test_a_folder_that_cannot_be_moved_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site, place = tmp_path / "site", tmp_path / "place"
    for name in ("a", "b"):
        (site / name).mkdir(parents=True)
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self.name == "b":
            raise OSError(18, "Invalid cross-device link")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    kept = LastGoodSite(site, place)
    assert sorted(it.name for it in site.iterdir()) == ["a", "b"]
    kept.fail()
    kept.end()
    assert sorted(it.name for it in site.iterdir()) == ["a", "b"]
    assert not place.exists()
