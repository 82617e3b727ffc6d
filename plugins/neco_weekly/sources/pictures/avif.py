"""What an AVIF holds before it is decoded: the size of each coded picture, and its still without the film.

A decoder trusts the size in the container for nothing: a file of 1 kB may declare 100×100 pixels and hold 16384×16384,
which libavif decodes and then scales down. So the AV1 sequence headers are read here, and only the plain form that
encoders write passes: every coded picture in one piece, with one frame.

The rules are ISO/IEC 14496-12 (boxes), 23008-12 (items) and the AV1 bitstream specification, 5.3 and 5.5 (OBUs).
"""

from __future__ import annotations

from collections.abc import Iterator

_SEQUENCE_HEADER, _FRAME_HEADER, _FRAME = 1, 3, 6


def still_only(body: bytes) -> bytes:
    """Return an AVIF file with its film, if there is one, out of sight: sample tables may claim millions of entries.

    Raises:
        ValueError: a box of the file has the wrong size.
    """
    still = bytearray(body)
    for kind, start, end in _boxes(body, 0, len(body)):
        if kind == b"moov":
            still[start - 4 : start] = b"free"
        elif kind == b"ftyp":
            still[start:end] = body[start:end].replace(b"avis", b"avif")
    return bytes(still)


def coded_sizes(body: bytes) -> Iterator[tuple[int, int]]:
    """Yield width and height in pixels of every coded picture of an AVIF: the picture itself, tiles, transparency.

    Raises:
        ValueError, IndexError: the file is damaged or of a form that encoders do not write.
    """
    meta = _only(body, b"meta", 0, len(body))
    start, end = meta[0] + 4, meta[1]
    coded = _coded_items(body, *_only(body, b"iinf", start, end))
    for item, pieces in _places(_Bytes(body, *_only(body, b"iloc", start, end))):
        if item in coded:
            ((first, last),) = pieces
            yield _coded_size(body[first:last])


def _boxes(body: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield for each box (ISO/IEC 14496-12) its type, and where its content begins and ends."""
    while start < end:
        size, header = int.from_bytes(body[start : start + 4]), 8
        if size == 1:
            size, header = int.from_bytes(body[start + 8 : start + 16]), 16
        size = size or end - start
        if size < header or start + size > end:
            raise ValueError("a box of the wrong size")
        yield body[start + 4 : start + 8], start + header, start + size
        start += size


def _only(body: bytes, wanted: bytes, start: int, end: int) -> tuple[int, int]:
    ((first, last),) = [(first, last) for kind, first, last in _boxes(body, start, end) if kind == wanted]
    return first, last


def _coded_items(body: bytes, start: int, end: int) -> set[int]:
    """Return the numbers of the items that hold AV1."""
    items = set()
    start += 8 if body[start] else 6  # version, flags and the number of entries
    for kind, first, last in _boxes(body, start, end):
        entry = _Bytes(body, first, last)
        version, _flags = entry.number(1), entry.number(3)
        if kind != b"infe" or version not in (2, 3):
            raise ValueError("an item of an unknown form")
        item, _protection = entry.number(2 if version == 2 else 4), entry.number(2)
        if entry.number(4) == int.from_bytes(b"av01"):
            items.add(item)
    return items


def _places(table: _Bytes) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Yield each item's number, and where its pieces begin and end; no pieces if the item does not lie in the file."""
    version, _flags = table.number(1), table.number(3)
    sizes, more = table.number(1), table.number(1)
    offset, length, base, index = sizes >> 4, sizes & 15, more >> 4, (more & 15 if version else 0)
    wide = 4 if version == 2 else 2
    for _ in range(table.number(wide)):
        item, method = table.number(wide), (table.number(2) & 15 if version else 0)
        _file, start = table.number(2), table.number(base)
        pieces = []
        for _ in range(table.number(2)):
            table.number(index)
            first = start + table.number(offset)
            pieces.append((first, first + table.number(length)))
        yield item, [] if method else pieces


def _coded_size(data: bytes) -> tuple[int, int]:
    """Return the size of the one frame of a coded picture; where a frame may choose, the largest possible."""
    sizes, frames, rest = [], 0, _Bytes(data, 0, len(data))
    while rest.left:
        header = rest.number(1)
        if header & 4:
            rest.number(1)
        if not header & 2:
            raise ValueError("a unit without its size")
        size = rest.leb128()
        kind = header >> 3 & 15
        unit = data[rest.place : rest.place + size]
        rest.skip(size)
        if kind == _SEQUENCE_HEADER:
            sizes.append(_sequence_size(unit))
        frames += kind in (_FRAME_HEADER, _FRAME)
    if len(sizes) != 1 or frames != 1:
        raise ValueError("not one frame")
    return sizes[0]


def _sequence_size(unit: bytes) -> tuple[int, int]:
    bits = _Bits(unit)
    bits.take(4)  # profile, still picture
    reduced = bits.take(1)
    if reduced:
        bits.take(5)  # level
    else:
        if bits.take(1) or bits.take(1) or bits.take(5):
            raise ValueError("timing of a film")
        bits.take(12)  # operating point
        if bits.take(5) > 7:
            bits.take(1)
    wide, high = bits.take(4) + 1, bits.take(4) + 1
    return (bits.take(wide) + 1, bits.take(high) + 1) if reduced else (1 << wide, 1 << high)


class _Bytes:
    """A stretch of bytes from which numbers are read; reading beyond its end is a ValueError."""

    def __init__(self, body: bytes, start: int, end: int) -> None:
        self._body, self.place, self._end = body, start, end

    @property
    def left(self) -> int:
        return self._end - self.place

    def skip(self, size: int) -> None:
        if size > self.left:
            raise ValueError("more announced than there is")
        self.place += size

    def number(self, size: int) -> int:
        start = self.place
        self.skip(size)
        return int.from_bytes(self._body[start : self.place])

    def leb128(self) -> int:
        value = 0
        for position in range(8):
            byte = self.number(1)
            value |= (byte & 127) << 7 * position
            if byte < 128:
                return value
        raise ValueError("a number without an end")


class _Bits:
    """A unit of bits from which numbers are read, the highest bit first."""

    def __init__(self, unit: bytes) -> None:
        self._bits = "".join(f"{byte:08b}" for byte in unit[:16])
        self._place = 0

    def take(self, count: int) -> int:
        start, self._place = self._place, self._place + count
        if self._place > len(self._bits):
            raise ValueError("more announced than there is")
        return int(self._bits[start : self._place], 2)
