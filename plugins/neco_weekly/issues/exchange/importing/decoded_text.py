"""The text of a file in whatever encoding it was saved: converted where that is certain, else nothing is guessed."""

from __future__ import annotations

import codecs
import re

from ....sources.pages.charset_likeness import LIKELY, like_japanese

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
"""Byte order marks, those first that begin with another one."""

_ESCAPE = re.compile(rb"\x1b\$[@B]|\x1b\(J")

_JAPANESE = (("euc_jp", "EUC-JP"), ("cp932", "Shift_JIS"))

_CERTAIN = 0.9
"""The share of a text's letters, usual ones of Japanese, from which on nothing else is meant."""


class UnknownEncodingError(ValueError):
    """A file is in no encoding that is certain; the message says what it looks like."""


def decoded(data: bytes) -> tuple[str, str]:
    """Return a file's text with the line ends of this system, and the name of its encoding.

    Raises:
        UnknownEncodingError: it is no text, or which encoding it is in is not certain.
    """
    text, name = _decoded(data)
    if "\0" in text:
        raise UnknownEncodingError("holds a NUL byte, so that it is no text")
    return text.replace("\r\n", "\n").replace("\r", "\n"), name


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], codec, name), name
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _japanese(data)
    if _ESCAPE.search(data) and data.isascii():
        return _strictly(data, "iso2022_jp_ext", "ISO-2022-JP"), "ISO-2022-JP"
    return text, "UTF-8"


def _strictly(data: bytes, codec: str, name: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise UnknownEncodingError(f"begins as {name} does and cannot be read so") from error


def _japanese(data: bytes) -> tuple[str, str]:
    """Return the text by the encoding of Japanese by which nearly all of it is usual Japanese.

    By the other one it is not: no two usual letters of one are usual letters of the other.
    """
    likeness: dict[str, float] = {}
    for codec, name in _JAPANESE:
        try:
            likeness[name] = like_japanese(data.decode(codec), rare=0)
        except UnicodeDecodeError:
            likeness[name] = 0
    best, most = max(likeness.items(), key=lambda it: it[1])
    if most >= _CERTAIN:
        return data.decode(next(codec for codec, name in _JAPANESE if name == best)), best
    looks = f"; it may be {best}" if most >= LIKELY else ""
    raise UnknownEncodingError(f"is not UTF-8, and which encoding it is in is not certain{looks}")
