"""What an export writes: all of its files or none, and none over another without being asked."""

from __future__ import annotations

from pathlib import Path

from ...lock.whole_files import ChangedError, bytes_of, write_over
from ...model.errors import NecoError
from ...site.export.export_values import Exported


def write_export(exported: Exported, out: Path, *, force: bool) -> list[Path]:
    """Write the texts and pictures of an export below a folder, and return their paths; a picture alike stays.

    Raises:
        NecoError: something is there already, leads out of the folder, or cannot be written.
    """
    contents: dict[Path, str | bytes] = {}
    try:
        for path, file in exported.pictures.items():
            contents[out / path] = file.read_bytes()
        contents |= {out / path: text for path, text in exported.texts.items()}
        for place, content in contents.items():
            _check(place, content, out, force=force)
        before = {place: bytes_of(place) for place in contents}
        write_over(contents, before)
    except ChangedError as error:
        raise NecoError(f"{out}: something else was written there at once; export again") from error
    except OSError as error:
        raise NecoError(
            f"{error.filename or out}: cannot be written ({error.strerror}); name another folder with --out"
        ) from error
    return sorted(contents)


def _check(place: Path, content: str | bytes, out: Path, *, force: bool) -> None:
    """Refuse a place that holds something else, or that a link leads out of the folder to."""
    there = next(it for it in (place.parent, *place.parent.parents) if it.exists())
    if there.is_relative_to(out) and not there.resolve().is_relative_to(out.resolve()):
        raise NecoError(f"{there.as_posix()}: leads out of {out.as_posix()}; remove that link, or name another folder")
    if place.is_symlink() or (place.exists() and not place.is_file()):
        raise NecoError(
            f"{place.as_posix()}: is no file that can be replaced; remove it, or name another folder with --out"
        )
    old = bytes_of(place)
    new = content.encode() if isinstance(content, str) else content
    if old is not None and old != new and not force:
        raise NecoError(f"{place.as_posix()}: is there already and stays as it is; overwrite it with --force")
