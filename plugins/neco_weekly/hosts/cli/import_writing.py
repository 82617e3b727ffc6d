"""What an import writes: what is not there yet, all of it or nothing. What is there stays, whatever it holds."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ...issues.exchange.importing.material import Import, Material
from ...lock.all_or_none import staged
from ...lock.folder_locks import only_writer
from ...lock.whole_files import ChangedError
from ...model.errors import NecoError
from ..interrupts import uninterrupted
from ..machine_trouble import machine_trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What became of the files of an import, by their paths in the docs folder.

    `same` were there as they are imported, `kept` are there and say something else.
    """

    new: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def write_import(found: Import, material: Material, docs: Path, *, dry: bool) -> Written:
    """Write what is not there yet, and return what became of each file; with `dry` nothing is written.

    Raises:
        NecoError: it cannot be written; nothing is.
    """
    contents: dict[str, Callable[[], bytes]] = {it.target: it.text.encode for it in found.pages}
    contents |= {target: partial(material.read, source) for target, source in found.files.items()}
    there = {path for path in contents if os.path.lexists(docs / path)}
    same = {path for path in there if _holds(docs / path, contents[path])}
    new = tuple(path for path in contents if path not in there)
    if new and not dry:
        _write_new(docs, {path: contents[path] for path in new})
    return Written(new=new, same=tuple(sorted(same)), kept=tuple(sorted(there - same)))


def _holds(place: Path, content: Callable[[], bytes]) -> bool:
    """Whether a file is what is imported; one that cannot be read may be another."""
    try:
        return place.is_file() and place.read_bytes() == content()
    except OSError:
        return False


def _write_new(docs: Path, contents: dict[str, Callable[[], bytes]]) -> None:
    try:
        with only_writer(docs), staged(docs) as stage:
            for path, content in contents.items():
                stage.write(path, content())
            with uninterrupted():
                stage.put_in_place()
    except ChangedError as error:
        raise NecoError(f"{docs}: somebody else writes there; nothing was imported, run this again") from error
    except OSError as error:
        told = machine_trouble(error, docs.as_posix()) or f"{docs}: cannot be written ({error.strerror}); correct that"
        raise NecoError(f"{told}, and run this again: nothing was imported") from error
