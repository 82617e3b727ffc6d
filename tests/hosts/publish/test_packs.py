"""From the job that fetches to the job that writes: what a pack carries, and what is refused of it."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest
from neco_weekly.hosts.publish import pack as packs
from neco_weekly.hosts.publish import pictures
from neco_weekly.lock.store import load_lock
from neco_weekly.sources.pictures.thumbnail import read_picture
from PIL import Image

from tests.hosts.test_cli import LOOPBACK, neco
from tests.sites import Folder
from tests.sources.sites import Serve

from .world import (
    CARDS,
    ICON,
    KEPS,
    NEW,
    OLD,
    PICTURES,
    REPORT,
    WRITER,
    Outcome,
    World,
    lock_of,
    pack,
    path_of,
    put,
    refresh,
    titles,
    webp,
)


def commit_pack(world: World, name: str = "other") -> Outcome:
    """What the second job does, in a checkout of its own."""
    other = world.checkout(name, "--depth=1", "--branch=feature")
    return lock_of(world, other, "--from", str(world.folder / "lock"))


def test_a_pack_carries_the_change_to_a_job_that_fetched_nothing(world: World, feature: Path) -> None:
    put(feature, {path_of(OLD): None, path_of(NEW): NEW.content, path_of(ICON): ICON.content, "notes": "mine"})
    packed = pack(world, feature, GITHUB_TOKEN="")
    assert (packed.status, packed.step_outputs) == (0, "changed=true\n")
    assert packed.summary == REPORT
    assert commit_pack(world).status == 0
    assert set(world.changed("feature")) == {
        f"M {CARDS}",
        *(f"A {path_of(it)}" for it in (NEW, ICON)),
        f"D {path_of(OLD)}",
    }
    assert [world.content("feature", path_of(it)) for it in (NEW, ICON)] == [NEW.content, ICON.content]
    assert sorted(titles(world, "feature")) == ["a", "b", "m", "z"]


def test_a_pack_is_the_text_of_the_scheduled_request(world: World) -> None:
    refresh(main := world.checkout("main"), "b")
    assert pack(world, main).status == 0
    outcome = world.publish("refresh-request", "--from", str(world.folder / "lock"), at=world.checkout("other"))
    assert (outcome.status, outcome.out) == (0, "Opened https://github.test/team/site/pull/1")
    assert world.pulls[0]["body"].startswith(REPORT)


def test_a_pack_of_nothing_is_no_folder(world: World) -> None:
    outcome = pack(world, world.checkout("main"))
    assert (outcome.status, outcome.step_outputs) == (0, "changed=false\n")
    assert not (world.folder / "lock").exists()


def test_a_refresh_that_ended_before_its_report_is_packed_without(world: World) -> None:
    main = world.checkout("main")
    (world.folder / "report.md").unlink()
    outcome = pack(world, main)
    assert (outcome.status, outcome.step_outputs, outcome.summary) == (0, "changed=false\n", "")


def test_a_fork_is_told_what_to_do_with_the_files(world: World, feature: Path) -> None:
    put(feature, {path_of(NEW): NEW.content, path_of(OLD): None})
    outcome = pack(world, feature, "--head-repository", "stranger/site")
    assert outcome.status == 0
    [_, notice] = outcome.out.splitlines()
    assert notice.startswith("::notice title=The lock of this pull request::This pull request comes from a fork")
    assert "the artifact `lock` of this run" in outcome.summary
    files = world.folder / "lock/files"
    assert {path.relative_to(files).as_posix(): path.read_bytes() for path in files.rglob("*") if path.is_file()} == {
        CARDS: (feature / CARDS).read_bytes(),
        path_of(NEW): NEW.content,
    }


def test_a_branch_of_the_repository_itself_is_no_fork(world: World, feature: Path) -> None:
    assert "::notice" not in pack(world, feature, "--head-repository", "team/site").out


def test_a_pack_goes_into_a_new_folder(world: World, feature: Path) -> None:
    pack(world, feature)
    outcome = pack(world, feature)
    assert (outcome.status, "is not empty; name a new folder" in outcome.error) == (2, True)


# --- pictures -----------------------------------------------------------------------------------------------------


def test_what_neco_refresh_fetches_arrives_as_it_was_kept(world: World, serve: Serve) -> None:
    file = BytesIO()
    Image.linear_gradient("L").resize((1200, 630)).save(file, "PNG")
    page = b"<html lang=ja><title>A page</title><meta property=og:image content=/image.png>"
    site = serve({"/": (200, {"Content-Type": "text/html"}, page), "/image.png": (200, {}, file.getvalue())})
    world.write({"docs/issues/2026-01-09.md": f"# One\n\n{site.url}/\n"}, branch="feature")
    fetching = world.checkout("fetching", "--branch=feature")
    done = neco(Folder(fetching), "refresh", "--only", "cards", "--prune", *LOOPBACK)
    assert f"assets/cards/{OLD.name}: no card shows it; it is removed" in done.out
    pack(world, fetching)
    assert commit_pack(world).status == 0
    again = Folder(world.checkout("again", "--branch=feature"))
    card = load_lock(again.docs / "_metadata").card(f"{site.url}/")
    assert card
    assert card.image
    assert [path.name for path in (again.root / PICTURES).iterdir()] == [card.image.file]
    assert (again.root / PICTURES / card.image.file).read_bytes() == (
        fetching / PICTURES / card.image.file
    ).read_bytes()
    assert neco(again, "check", "docs/issues/2026-01-09.md").out == ""


def test_a_picture_alone_is_a_change(world: World, feature: Path) -> None:
    world.git("checkout", "--quiet", "--", ".", at=feature)
    put(feature, {path_of(OLD): None})
    assert pack(world, feature).step_outputs == "changed=true\n"
    assert commit_pack(world).status == 0
    assert world.changed("feature") == [f"D {path_of(OLD)}"]


def test_a_damaged_picture_is_repaired(world: World) -> None:
    world.write({path_of(OLD): "damaged"}, branch="feature")
    place = world.checkout("feature", "--branch=feature")
    put(place, {path_of(OLD): OLD.content})
    pack(world, place)
    assert commit_pack(world).status == 0
    assert world.content("feature", path_of(OLD)) == OLD.content


def test_what_people_keep_beside_the_pictures_is_their_own(world: World, feature: Path) -> None:
    theirs: dict[str, str | bytes | None] = {f"{PICTURES}/logo.png": "mine", f"{PICTURES}/README.md": "mine"}
    before = world.write(theirs, branch="feature")
    place = world.checkout("place", "--branch=feature")
    put(place, {f"{PICTURES}/logo.png": None, f"{PICTURES}/README.md": "other", f"{PICTURES}/new.png": "new"})
    assert pack(world, place).step_outputs == "changed=false\n"
    assert world.git("rev-parse", "feature") == before


def test_the_picture_that_a_writer_has_pushed_meanwhile_is_the_same(world: World, feature: Path) -> None:
    put(feature, {path_of(ICON): ICON.content, path_of(OLD): None})
    refresh(theirs := world.checkout("theirs", "--branch=feature"), "y")
    world.write(
        {CARDS: (theirs / CARDS).read_bytes(), path_of(ICON): ICON.content, path_of(OLD): None}, branch="feature"
    )
    assert lock_of(world, feature).status == 0
    assert world.changed("feature") == [f"M {CARDS}"]
    assert sorted(titles(world, "feature")) == ["a", "b", "m", "y", "z"]


def test_pictures_of_an_earlier_run_make_no_branch_of_people(world: World, feature: Path) -> None:
    put(feature, {path_of(NEW): NEW.content})
    lock_of(world, feature)
    put(feature, {path_of(NEW): None, path_of(ICON): ICON.content})
    assert lock_of(world, feature, "--built", "success").status == 0
    assert set(world.changed("feature")) == {f"D {path_of(NEW)}", f"A {path_of(ICON)}"}
    assert world.asked[-1][1] == f"statuses/{world.git('rev-parse', 'feature')}"


def test_a_picture_is_committed_as_an_ordinary_file_whatever_the_artifact_says(world: World, feature: Path) -> None:
    put(feature, {path_of(NEW): NEW.content})
    pack(world, feature)
    (world.folder / "lock/files" / path_of(NEW)).chmod(0o755)
    assert commit_pack(world).status == 0
    assert world.git("ls-tree", "feature", path_of(NEW)).startswith("100644 blob ")


def test_a_picture_is_committed_byte_for_byte_where_all_files_are_said_to_be_text(world: World, feature: Path) -> None:
    put(feature, {".gitattributes": "* text\n", path_of(ICON): ICON.content})
    assert lock_of(world, feature).status == 0
    assert world.content("feature", path_of(ICON)) == ICON.content


def test_the_largest_picture_that_we_make_may_come_in() -> None:
    file = BytesIO()
    Image.frombytes("RGBA", (480, 480), os.urandom(480 * 480 * 4)).save(file, "PNG")  # the worst there is to encode
    assert 250_000 < len(read_picture(file.getvalue(), kind="image").content) < pictures.LARGEST


@pytest.mark.parametrize("name", [path_of(NEW), path_of(ICON)])
def test_in_a_pull_request_a_picture_is_no_text(world: World, name: str) -> None:
    shutil.copy(Path(__file__).parents[3] / ".gitattributes", main := world.checkout("main"))
    told = world.git("check-attr", "diff", "text", "linguist-generated", "--", name, at=main).splitlines()
    assert [line.removeprefix(f"{name}: ") for line in told] == [
        "diff: unset",
        "text: unset",
        "linguist-generated: set",
    ]


# --- what is refused ----------------------------------------------------------------------------------------------


def named(content: bytes, suffix: str) -> dict[str, bytes]:
    """A file that begins as it likes, under the name that its content has."""
    return {f"{hashlib.sha256(content).hexdigest()[:20]}.{suffix}": content}


SCRIPT = b"<script>alert(1)</script>"
HOSTILE_FILES: dict[str, tuple[Mapping[str, bytes], str]] = {
    "another name": ({"logo.png": ICON.content}, "'logo.png' is not the name of a card's picture"),
    "a page": (named(SCRIPT, "html"), ".html' is not the name of a card's picture"),
    "a name of lines": ({f"{NEW.name}\n": NEW.content}, "is not the name of a card's picture"),
    "another picture's name": ({OLD.name: NEW.content}, f"{OLD.name} does not hold the picture that its name says"),
    "nothing": ({NEW.name: b""}, f"{NEW.name} does not hold the picture that its name says"),
    "a PNG by name": (named(SCRIPT, "png"), "is neither WebP nor PNG"),
    "a PNG in the middle": (named(SCRIPT + ICON.content, "png"), "is neither WebP nor PNG"),
    "a WebP by name": (named(SCRIPT, "webp"), "does not hold the picture that its name says"),
    "a WebP in the middle": (named(b"<svg/>  WEBP" + SCRIPT, "webp"), "is neither WebP nor PNG"),
    "a PNG that is called WebP": (named(ICON.content, "webp"), "does not hold the picture that its name says"),
    "a huge one": (
        named(webp(bytes(pictures.LARGEST)).content, "webp"),
        f"has {pictures.LARGEST + 16:,} bytes, and a picture has at most {pictures.LARGEST:,}",
    ),
}


def refused(world: World, outcome: Outcome, said: str) -> None:
    """One sentence, and nothing else has happened."""
    [line] = outcome.error.splitlines()
    assert (outcome.status, outcome.out) == (2, "")
    assert said in line
    assert line.endswith("; nothing was published")
    assert world.history("feature") == [WRITER]


@pytest.fixture
def packed(world: World, feature: Path) -> Path:
    """A pack with two pictures, before somebody lays hands on it."""
    put(feature, {path_of(NEW): NEW.content, path_of(ICON): ICON.content})
    assert pack(world, feature).status == 0
    return world.folder / "lock"


@pytest.mark.parametrize("case", HOSTILE_FILES)
def test_a_file_that_is_no_picture_is_refused(world: World, packed: Path, case: str) -> None:
    files, said = HOSTILE_FILES[case]
    put(packed / "files" / PICTURES, dict(files))
    refused(world, commit_pack(world), said)


@pytest.mark.parametrize("target", ["a picture", "nothing"])
def test_a_symbolic_link_is_refused(world: World, packed: Path, target: str) -> None:
    picture, elsewhere = packed / "files" / path_of(NEW), world.folder / "elsewhere"
    picture.rename(elsewhere)
    picture.symlink_to(elsewhere if target == "a picture" else "nowhere")
    refused(world, commit_pack(world), f"{NEW.name} is no ordinary file")


@pytest.mark.parametrize("name", [webp(b"a folder").name, "more"])
def test_a_folder_among_the_pictures_is_refused(world: World, packed: Path, name: str) -> None:
    put(packed / "files" / PICTURES / name, {NEW.name: NEW.content})
    refused(world, commit_pack(world), name)


@pytest.mark.parametrize(
    "name",
    ["../../../mkdocs.yml", "logo.png", "", f"{OLD.name}\0" + "100644 " + "a" * 40 + "\tmkdocs.yml", f"./{OLD.name}"],
    ids=["a path", "a person's file", "nothing", "two entries", "a way round"],
)
def test_nothing_but_pictures_is_removed(world: World, packed: Path, name: str) -> None:
    (packed / "removed.txt").write_text(f"{name}\n", encoding="utf-8")
    refused(world, commit_pack(world), f"{name!r} is not the name of a card's picture")


def test_more_pictures_than_any_refresh_brings_are_refused(
    world: World, packed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "MOST", 1)
    [line] = commit_pack(world).error.splitlines()
    assert "the change brings 2 pictures, and 1 are taken; nothing was published; run `neco refresh` yourself" in line
    monkeypatch.setattr(pictures, "MOST", 2)
    monkeypatch.setattr(pictures, "MOST_BYTES", size := len(NEW.content) + len(ICON.content) - 1)
    [line] = commit_pack(world, "another").error.splitlines()
    assert f"the pictures of the change have {size + 1} bytes, and {size} are taken; nothing was published" in line
    assert world.history("feature") == [WRITER]
    monkeypatch.setattr(pictures, "MOST_BYTES", size + 1)
    assert commit_pack(world, "a third").status == 0


def test_files_for_people_are_not_what_is_published(world: World, packed: Path) -> None:
    put(packed / "files", {"mkdocs.yml": "hooks: [evil.py]\n", "docs/assets/a.webp": NEW.content, CARDS: "{}\n"})
    assert commit_pack(world).status == 0
    assert set(world.changed("feature")) == {f"M {CARDS}", f"A {path_of(NEW)}", f"A {path_of(ICON)}"}
    assert sorted(titles(world, "feature")) == ["a", "b", "m", "z"]


@pytest.mark.parametrize("name", ["lock.patch", "removed.txt", "report.md"])
def test_a_link_to_a_secret_is_not_read(world: World, packed: Path, name: str) -> None:
    secret = world.folder / "secret"
    (packed / name).rename(secret)
    (packed / name).symlink_to(secret)
    refused(world, commit_pack(world), f"{packed / name} is a link")


def test_text_longer_than_any_lock_is_not_read(world: World, packed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "LONGEST", 10)
    refused(world, commit_pack(world), f"{packed / packs.PATCH_FILE} is a link or has more than 10 bytes")


# --- patches that somebody wrote by hand --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    ["mkdocs.yml", "docs/_metadata/overrides.yml", "docs/_metadata/cards.json.html", f"{PICTURES}-of-mine/{NEW.name}"],
)
def test_a_patch_of_other_files_is_refused(world: World, feature: Path, path: str) -> None:
    refused(world, smuggle(world, feature, path), f"the change holds {path}, which is no ordinary file of the lock")


def test_a_picture_comes_in_as_a_file_and_not_in_the_patch(world: World, feature: Path) -> None:
    refused(world, smuggle(world, feature, path_of(NEW)), f"the change holds {path_of(NEW)}, which is no ordinary file")


@pytest.mark.parametrize("mode", ["120000", "100755", "160000"], ids=["symbolic link", "program", "submodule"])
@pytest.mark.parametrize("path", [KEPS, path_of(NEW)])
def test_a_patch_of_unusual_files_is_refused(world: World, feature: Path, path: str, mode: str) -> None:
    refused(world, smuggle(world, feature, path, mode), f"the change holds {path}, which is no ordinary file")


def smuggle(world: World, feature: Path, path: str, mode: str = "100644") -> Outcome:
    """Publish a pack whose patch has another file in it."""
    pack(world, feature)
    blob = world.git("rev-parse", "HEAD" if mode == "160000" else "HEAD:docs/issues/two.md", at=feature)
    world.git("update-index", "--add", "--cacheinfo", f"{mode},{blob},{path}", at=feature)
    patch = world.git("diff-index", "--cached", "--patch", "--binary", "--full-index", "HEAD", at=feature)
    (world.folder / "lock/lock.patch").write_text(patch + "\n", encoding="utf-8")
    return lock_of(world, feature, "--from", str(world.folder / "lock"))


@pytest.mark.parametrize("path", ["../outside", "/etc/passwd", ".git/config", "docs/_metadata/../../mkdocs.yml"])
def test_a_patch_of_places_that_no_repository_has_is_refused_by_git(world: World, packed: Path, path: str) -> None:
    patch = f"diff --git a/{path} b/{path}\nnew file mode 100644\n--- /dev/null\n+++ b/{path}\n@@ -0,0 +1 @@\n+x\n"
    (packed / "lock.patch").write_text(patch, encoding="utf-8")
    outcome = commit_pack(world)
    assert (outcome.status, len(outcome.error.splitlines())) == (1, 1)
    assert "git apply failed: invalid path" in outcome.error
    assert "meanwhile" not in outcome.error
    assert world.history("feature") == [WRITER]


def test_a_folder_that_is_a_link_is_not_written_through(world: World, feature: Path) -> None:
    put(feature, {path_of(NEW): NEW.content})
    pack(world, feature)
    writer = world.folder / "writer"
    shutil.rmtree(writer / PICTURES)
    (writer / PICTURES).symlink_to("../issues")
    world.git("add", "--all", at=writer)
    world.git("commit", "--quiet", "--message", "A link", at=writer)
    world.git("push", "--quiet", "origin", "feature", at=writer)
    before = world.git("rev-parse", "feature")
    outcome = lock_of(world, feature, "--from", str(world.folder / "lock"))
    assert f"the change holds {PICTURES}, which is no ordinary file of the lock" in outcome.error
    assert world.git("rev-parse", "feature") == before


# --- what is no pack ----------------------------------------------------------------------------------------------


def test_a_folder_that_is_no_pack_is_refused(world: World, feature: Path) -> None:
    (world.folder / "empty").mkdir()
    outcome = lock_of(world, feature, "--from", str(world.folder / "empty"))
    assert (outcome.status, "is not what `neco publish pack` wrote" in outcome.error) == (2, True)


def test_a_folder_without_a_site_is_refused(world: World, feature: Path) -> None:
    outcome = lock_of(world, feature / "docs")
    assert (outcome.status, "mkdocs.yml: not found" in outcome.error) == (2, True)
