"""Text files of a bounded size: a file that somebody else may have written must not fill the memory."""

from __future__ import annotations

from pathlib import Path


class TooLargeError(ValueError):
    """A file has more bytes than it may have."""


def read_text_within(path: Path, largest: int) -> str:
    """Return the text of a UTF-8 file of at most so many bytes; of a larger one only that much is read.

    Raises:
        TooLargeError: the file is larger.
        OSError: the file cannot be read.
        UnicodeDecodeError: the file is not UTF-8.
    """
    with path.open("rb") as file:
        content = file.read(largest + 1)
    if len(content) > largest:
        raise TooLargeError(f"it has more than {largest:,} bytes")
    # As Python reads text: the line ends of other systems are ends of lines.
    return content.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
