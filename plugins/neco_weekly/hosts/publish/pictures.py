"""Pictures that come in with a change of the lock: nothing but what a refresh could have made.

None is decoded: a decoder is the weak side of a program that reads foreign pictures, and where this runs a token may
write. A name is the digest of its content, so one that is there already is the same picture, and nothing to merge.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ...lock.pictures import Picture, is_picture_name
from ...model.errors import NecoError

LARGEST = 500_000
"""The most bytes of one picture of a change.

Noise with transparency, the worst that can be shown at 480×480, has 314 kB as our WebP.
"""

MOST, MOST_BYTES = 20_000, 250_000_000
"""The most pictures of one change, and their most bytes: ten years of issues have about 10,000 and 80 MB."""

_BEGINNINGS = {
    ".webp": re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
    ".png": re.compile(rb"\x89PNG\r\n\x1a\n"),
}


NOTHING_DONE = "nothing was published"


def insist_on_pictures(added: Sequence[Path], removed: Sequence[str]) -> None:
    """Check that the files `added` are pictures of cards, each with its own name, and that `removed` are names of such.

    Raises:
        NecoError: one is something else, or they are more than any refresh brings; nothing may be taken of them.
    """
    if len(added) > MOST:
        raise NecoError(f"the change brings {len(added):,} pictures, and {MOST:,} are taken; {_WAY_OUT}")
    for name in (*(path.name for path in added), *removed):
        if not is_picture_name(name):
            raise NecoError(f"{name!r} is not the name of a card's picture; {NOTHING_DONE}")
    total = sum(map(_checked_size, added))
    if total > MOST_BYTES:
        raise NecoError(f"the pictures of the change have {total:,} bytes, and {MOST_BYTES:,} are taken; {_WAY_OUT}")


_WAY_OUT = f"{NOTHING_DONE}; run `neco refresh` yourself and commit what it brings"


def _checked_size(path: Path) -> int:
    """Return the bytes of a picture that may come in with a change."""
    if path.is_symlink() or not path.is_file():
        raise NecoError(f"{path.name} is no ordinary file; {NOTHING_DONE}")
    size = path.stat().st_size
    if size > LARGEST:
        raise NecoError(f"{path.name} has {size:,} bytes, and a picture has at most {LARGEST:,}; {NOTHING_DONE}")
    content = path.read_bytes()
    if Picture(content=content, width=0, height=0).name != path.name:
        raise NecoError(f"{path.name} does not hold the picture that its name says; {NOTHING_DONE}")
    if not _BEGINNINGS[path.suffix].match(content):
        raise NecoError(f"{path.name} is neither WebP nor PNG; {NOTHING_DONE}")
    return size
