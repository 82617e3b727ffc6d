"""Files that are written whole or not at all: whoever reads one sees the old content, or all of the new.

Each file is written under a temporary name beside its place and then renamed, which replaces a file in one step (POSIX,
rename). Two processes that write at once do not meet: the last one's file stays.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write_whole(path: Path, content: str | bytes) -> None:
    """Write one file and the folders above it, whole or not at all; text is written as UTF-8 with the line ends it has.

    A crash of the machine itself may leave half of it: for what can be made again.

    Raises:
        OSError: the disk is full or read-only; what was there before is still there.
    """
    write_together({path: content}, durable=False)


def write_together(contents: Mapping[Path, str | bytes], *, durable: bool = True) -> None:
    """Write several files as `write_whole` does: none is in its place before all are written.

    With `durable` the content is on the disk before a file is there, so that not even a crash leaves half of it.

    Raises:
        OSError: the disk is full or read-only; what was there before is still there.
    """
    written: dict[Path, Path] = {}
    try:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            written[path] = _write_beside(path, content.encode() if isinstance(content, str) else content, durable)
        for path, temporary in written.items():
            temporary.replace(path)
    finally:
        for temporary in written.values():
            temporary.unlink(missing_ok=True)


def _write_beside(path: Path, content: bytes, durable: bool) -> Path:
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        temporary.chmod(0o644)  # mkstemp makes files for their owner alone
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary
