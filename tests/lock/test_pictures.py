"""Pictures of cards as files: named by content, written whole, removed when no card names them."""

from __future__ import annotations

import hashlib
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from neco_weekly.lock.pictures import (
    Picture,
    is_picture_name,
    remove_pictures,
    save_picture,
    unused_names,
    unused_pictures,
)
from neco_weekly.model.errors import NecoError

WEBP = Picture(content=b"RIFF\x10\0\0\0WEBPVP8 one", width=480, height=252)
PNG = Picture(content=b"\x89PNG\r\n\x1a\n two", width=32, height=32)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "docs/assets/cards"


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


class TestNames:
    @pytest.mark.parametrize(("picture", "suffix"), [(WEBP, ".webp"), (PNG, ".png")])
    def test_the_name_is_the_digest_of_the_content(self, picture: Picture, suffix: str) -> None:
        assert picture.name == hashlib.sha256(picture.content).hexdigest()[:20] + suffix
        assert is_picture_name(picture.name)

    @pytest.mark.parametrize(
        "name",
        [
            "",
            "logo.png",
            "0123456789abcdef0123.svg",
            "0123456789abcdef0123.webp.bak",
            "0123456789ABCDEF0123.webp",
            "0123456789abcdef012.png",
            "0123456789abcdef0123.png\n",
            ".0123456789abcdef0123.webp.x7y8z9ab",
            "../0123456789abcdef0123.webp",
            "/0123456789abcdef0123.webp",
            "０123456789abcdef0123.webp",
        ],
    )
    def test_other_names_are_not_ours(self, name: str) -> None:
        assert not is_picture_name(name)
        assert unused_names([name], []) == []

    def test_what_no_card_names(self) -> None:
        assert unused_names([WEBP.name, PNG.name, "logo.png"], {WEBP.name}) == [PNG.name]


class TestSaving:
    def test_a_picture_is_written_once(self, folder: Path) -> None:
        assert save_picture(WEBP, folder)
        path = folder / WEBP.name
        assert (path.read_bytes(), path.stat().st_mode & 0o777) == (WEBP.content, 0o644)
        before = path.stat()
        assert not save_picture(WEBP, folder)
        assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)

    def test_the_same_picture_of_two_cards_is_one_file(self, folder: Path) -> None:
        for picture in (WEBP, PNG, Picture(content=WEBP.content, width=480, height=252)):
            save_picture(picture, folder)
        assert names(folder) == {WEBP.name, PNG.name}

    def test_a_damaged_file_is_written_again(self, folder: Path) -> None:
        save_picture(WEBP, folder)
        (folder / WEBP.name).write_bytes(b"damaged")
        assert save_picture(WEBP, folder)
        assert (folder / WEBP.name).read_bytes() == WEBP.content

    def test_a_link_in_its_place_is_replaced_and_not_followed(self, folder: Path, tmp_path: Path) -> None:
        target = tmp_path / "elsewhere"
        target.write_bytes(WEBP.content)
        folder.mkdir(parents=True)
        (folder / WEBP.name).symlink_to(target)
        assert save_picture(WEBP, folder)
        assert not (folder / WEBP.name).is_symlink()
        target.write_bytes(b"changed")
        assert (folder / WEBP.name).read_bytes() == WEBP.content

    def test_a_full_disk_leaves_nothing_behind(self, folder: Path) -> None:
        save_picture(PNG, folder)
        with files_of_at_most(5), pytest.raises(NecoError, match=rf"{WEBP.name}: cannot write the picture \(.+\)"):
            save_picture(WEBP, folder)
        assert names(folder) == {PNG.name}

    def test_a_folder_that_cannot_be(self, folder: Path) -> None:
        folder.parent.parent.mkdir()
        folder.parent.write_text("a file")
        with pytest.raises(NecoError, match=r"cannot write the picture \(.+\); nothing of it was kept"):
            save_picture(WEBP, folder)

    def test_a_folder_in_its_place(self, folder: Path) -> None:
        (folder / WEBP.name).mkdir(parents=True)
        with pytest.raises(NecoError, match="cannot write the picture"):
            save_picture(WEBP, folder)
        assert names(folder) == {WEBP.name}


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """The system lets no file grow larger, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


class TestRemoving:
    @pytest.fixture
    def folder(self, folder: Path) -> Path:
        for picture in (WEBP, PNG):
            save_picture(picture, folder)
        return folder

    def test_what_no_card_names_goes_and_all_else_stays(self, folder: Path) -> None:
        (folder / "logo.png").write_bytes(b"a person's")
        (folder / "aaaaaaaaaaaaaaaaaaaa.png").mkdir()
        unused = unused_pictures(folder, {WEBP.name})
        assert unused == [PNG.name]
        remove_pictures(folder, unused)
        assert names(folder) == {WEBP.name, "logo.png", "aaaaaaaaaaaaaaaaaaaa.png"}
        assert unused_pictures(folder, {WEBP.name}) == []

    def test_nothing_is_unused_in_a_folder_that_is_missing(self, tmp_path: Path) -> None:
        assert unused_pictures(tmp_path / "missing", []) == []

    def test_links_are_not_ours(self, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "precious").write_text("kept")
        (folder / "bbbbbbbbbbbbbbbbbbbb.webp").symlink_to(tmp_path / "precious")
        assert unused_pictures(folder, {WEBP.name, PNG.name}) == []

    @pytest.mark.parametrize("name", ["logo.png", "../precious", "/etc/passwd", ""])
    def test_no_other_name_is_removed(self, folder: Path, name: str) -> None:
        (folder.parent / "precious").write_text("kept")
        with pytest.raises(NecoError, match="is not the name of a card's picture"):
            remove_pictures(folder, [name])
        assert (folder.parent / "precious").exists()

    def test_what_is_gone_already_is_no_trouble(self, folder: Path) -> None:
        remove_pictures(folder, [PNG.name, PNG.name])
        assert names(folder) == {WEBP.name}

    def test_what_cannot_be_removed(self, folder: Path) -> None:
        (folder / "aaaaaaaaaaaaaaaaaaaa.png").mkdir()
        with pytest.raises(NecoError, match=r"aaaaaaaaaaaaaaaaaaaa\.png: cannot be removed \(.+\)"):
            remove_pictures(folder, ["aaaaaaaaaaaaaaaaaaaa.png"])


class TestAFolderThatIsALink:
    @pytest.fixture
    def folder(self, folder: Path, tmp_path: Path) -> Path:
        elsewhere = tmp_path / "elsewhere"
        save_picture(PNG, elsewhere)
        folder.parent.mkdir(parents=True)
        folder.symlink_to(elsewhere)
        return folder

    def test_nothing_is_written_listed_or_removed(self, folder: Path, tmp_path: Path) -> None:
        with pytest.raises(NecoError, match="is a link to another place"):
            save_picture(WEBP, folder)
        with pytest.raises(NecoError, match="is a link to another place"):
            unused_pictures(folder, [])
        with pytest.raises(NecoError, match="is a link to another place"):
            remove_pictures(folder, [PNG.name])
        assert names(tmp_path / "elsewhere") == {PNG.name}
