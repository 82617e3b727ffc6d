"""Encoders for what Python lacks: EUC-JP and ISO-2022-JP with the characters that Microsoft added."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import groupby


def euc_jp(text: str) -> bytes:
    """EUC-JP as pages have it, ①㈱髙～ in the rows of cp932."""
    return b"".join(map(_euc_jp, text))


def iso_2022_jp(text: str) -> bytes:
    """ISO-2022-JP with half-width kana, which mail forbids and pages have."""
    return b"".join(_run(kind, "".join(letters)) for kind, letters in groupby(text, _kind))


ENCODERS: Mapping[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "shift_jis": lambda text: text.encode("cp932"),
    "euc-jp": euc_jp,
    "iso-2022-jp": iso_2022_jp,
}
"""By the labels that pages have."""


def _euc_jp(character: str) -> bytes:
    if _kind(character) != "kanji":
        return character.encode("euc_jp")
    lead, trail = character.encode("cp932")
    row = (lead - (0x81 if lead < 0xA0 else 0xC1)) * 2 + 1 + (trail >= 0x9F)
    cell = trail - (0x9E if trail >= 0x9F else 0x3F if trail < 0x7F else 0x40)
    return bytes((row + 0xA0, cell + 0xA0))


def _kind(character: str) -> str:
    return "ascii" if character.isascii() else "half" if "ｦ" <= character <= "ﾟ" else "kanji"


def _run(kind: str, text: str) -> bytes:
    if kind == "half":
        return b"\x1b(I" + bytes(ord(it) - 0xFF40 for it in text) + b"\x1b(B"
    written = bytes(it & 0x7F for it in euc_jp(text))
    return b"\x1b$B" + written + b"\x1b(B" if kind == "kanji" else written
