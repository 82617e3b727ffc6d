"""Many new files at once: all or none, whatever the disk or a person does meanwhile."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from neco_weekly.hosts.interrupts import uninterrupted
from neco_weekly.lock.all_or_none import staged
from neco_weekly.lock.whole_files import ChangedError
from neco_weekly.model.errors import NecoError

from tests.file_operations import Operations, watched

FILES = {"issues/2022/08/a.md": b"a", "issues/2022/08/a.png": b"png", "about.md": b"about"}


def write(docs: Path) -> None:
    with staged(docs) as stage:
        for path, content in FILES.items():
            stage.write(path, content)
        with uninterrupted():
            stage.put_in_place()


def contents(docs: Path) -> dict[str, bytes | None]:
    return {it.relative_to(docs).as_posix(): it.read_bytes() if it.is_file() else None for it in docs.rglob("*")}


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_bytes(b"home")
    return docs


def test_all_files_are_there_and_nothing_else(docs: Path) -> None:
    write(docs)
    files = {path: it for path, it in contents(docs).items() if it is not None}
    assert files == {**FILES, "index.md": b"home"}
    assert (docs / "about.md").stat().st_mode & 0o777 == 0o644


def _full(number: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _interrupt(number: int) -> None:
    os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.parametrize(
    ("happens", "error"),
    [pytest.param(_full, OSError, id="full"), pytest.param(_interrupt, KeyboardInterrupt, id="^C")],
)
def test_what_is_stopped_leaves_all_or_nothing(
    happens: Callable[[int], None], error: type[BaseException], docs: Path, tmp_path: Path
) -> None:
    before = contents(docs)
    previous = signal.signal(signal.SIGINT, signal.default_int_handler)
    stopped = number = 0
    try:
        while True:
            number += 1
            operations = Operations(docs, lambda count, name, at=number: happens(count) if count == at else None)  # type: ignore[misc]
            try:
                with watched(operations):
                    write(docs)
            except error:
                stopped += 1
                assert contents(docs) == before, operations.names[-1]
            if operations.count < number:
                break
            for path in FILES:
                (docs / path).unlink(missing_ok=True)
            for folder in ("issues/2022/08", "issues/2022", "issues"):
                if (docs / folder).exists():
                    (docs / folder).rmdir()
    finally:
        signal.signal(signal.SIGINT, previous)
    assert stopped >= len(FILES)


def test_what_comes_to_be_meanwhile_stays(docs: Path) -> None:
    with staged(docs) as stage:
        for path, content in FILES.items():
            stage.write(path, content)
        (docs / "about.md").write_bytes(b"mine")
        with pytest.raises(ChangedError):
            stage.put_in_place()
    assert contents(docs) == {"index.md": b"home", "about.md": b"mine"}


def test_a_disk_without_second_names_of_files(docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no")

    monkeypatch.setattr(os, "link", refuse)
    write(docs)
    assert (docs / "about.md").read_bytes() == b"about"
    with pytest.raises(ChangedError):
        write(docs)


def test_a_link_that_leads_out_is_refused(docs: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (docs / "issues").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NecoError, match="leads out of"):
        write(docs)
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert [it.name for it in docs.iterdir() if it.name.startswith(".neco")] == []


def test_what_a_dead_process_left_goes_and_what_a_living_one_has_stays(docs: Path) -> None:
    (docs / ".neco-import-dead0001").mkdir()
    (docs / ".neco-import-dead0001/0").write_bytes(b"half")
    with staged(docs) as other:
        write(docs)
        assert other.work.exists()
        assert not (docs / ".neco-import-dead0001").exists()
