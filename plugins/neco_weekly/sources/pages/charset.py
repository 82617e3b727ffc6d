"""The charset of a web page: bytes -> text, for pages in Japanese above all.

Labels lie: servers say `ISO-8859-1` by default, templates keep the `meta` of another age. So what is evident from the
bytes comes first: a byte order mark, the zeros of UTF-16, the escape sequences of ISO-2022-JP, and UTF-8, whose pattern
no Japanese in another encoding follows by chance (while `リリース` in UTF-8 is valid cp932, and reads `繝ｪ繝ｪ繝ｼ繧ｹ`).
A few broken bytes do not change what is evident. A page that one encoding reads as full of kana is in that one, too. A
label counts after that; without one, what reads as Japanese, and at last what charset-normalizer makes of the bytes: on
real pages of other languages it is right five times of six, on short Japanese ones two of three, so it comes last.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

from .charset_likeness import CODECS, KANA, LIKELY, like_japanese, most_like_text

# WHATWG labels (encoding.spec.whatwg.org) and Python's codecs: Shift_JIS on the web is Microsoft's cp932, and Latin-1
# its cp1252. Labels without Python codec (x-user-defined, hz-gb-2312) name none; utf-16 is evident or a lie.
_CODECS = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8", "unicode11utf8", "x-unicode20utf8"), "utf-8"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "ms932", "csshiftjis", "cp932"), "cp932"),
    **dict.fromkeys(("windows-31j", "cswindows31j", "shift_jisx0213"), "cp932"),
    **dict.fromkeys(("euc-jp", "x-euc-jp", "cseucpkdfmtjapanese", "eucjp", "eucjp-ms", "cp51932"), "euc_jp"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "gb_2312-80", "gb_2312", "x-gbk", "chinese", "csgb2312"), "gb18030"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "ks_c_5601-1989", "ksc5601", "korean", "windows-949"), "cp949"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5", "cn-big5", "csbig5"), "big5hkscs"),
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "l1", "us-ascii", "ascii"), "cp1252"),
    **dict.fromkeys(("iso-8859-9", "latin5", "l5", "windows-1254", "cp1254"), "cp1254"),
    **dict.fromkeys(("iso-8859-11", "tis-620", "dos-874", "windows-874"), "cp874"),
    **dict.fromkeys(("iso-8859-2", "latin2", "l2"), "iso8859_2"),
    **dict.fromkeys(("iso-8859-15", "latin-9", "l9"), "iso8859_15"),
    **{f"iso-8859-{part}": f"iso8859_{part}" for part in (3, 4, 5, 6, 7, 8, 10, 13, 14, 16)},
    **{
        f"{prefix}{page}": f"cp{page}"
        for prefix in ("windows-", "cp", "x-cp")
        for page in (*range(1250, 1254), *range(1255, 1259))
    },
    **dict.fromkeys(("koi8-r", "koi8", "koi"), "koi8_r"),
    **dict.fromkeys(("koi8-u", "koi8-ru"), "koi8_u"),
    **dict.fromkeys(("macintosh", "mac", "x-mac-roman"), "mac_roman"),
    **dict.fromkeys(("x-mac-cyrillic", "x-mac-ukrainian"), "mac_cyrillic"),
    **dict.fromkeys(("ibm866", "cp866"), "cp866"),
}

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

_LABEL = re.compile(r"charset\s*+=\s*+[\"']?\s*+([\w.:+-]+)", re.ASCII | re.IGNORECASE)

_META = re.compile(rb"<meta\b[^>]*?" + _LABEL.pattern.encode(), re.IGNORECASE)

_XML = re.compile(rb"\s*<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([\w.:+-]+)")

_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)

_META_WITHIN = _EVIDENCE_WITHIN = 4096

_JIS_ESCAPE = re.compile(rb"\x1b(\$[@B]|\$\(D|\(I)")

_JIS_RUN = re.compile(rb"\x1b(\$[@B]|\$\(D|\([BJI])([^\x1b]*)")

_JIS_LABEL = re.compile("iso-2022-jp", re.IGNORECASE)

_JIS_CUT = re.compile(rb"\x1b(\$\(?|\()?\Z")

# In these encodings Japanese reads as Chinese or Korean, and the other way round.
_OF_NEIGHBOURS = frozenset({"gb18030", "cp949", "big5hkscs"})

# A few characters of two bytes in these encodings are by chance others in UTF-8: 猫 in EUC-JP is `ǭ`.
_PAIRS = _OF_NEIGHBOURS | {"euc_jp"}

_THREE_BYTES, _RARE_LETTERS = re.compile(rb"[\xe0-\xff]"), re.compile(rb"[\xc6-\xcd]")

# Letters of the West stand alone between those of ASCII; Japanese has bytes from 80 to 9F, or pairs.
_NOT_WESTERN = re.compile(rb"[\x80-\x9f]|[\xa0-\xff]{2}")

# Between the texts of a page; none of these bytes is part of a character in any encoding that is looked for.
_TEXT_ENDS = re.compile(rb"[<>\r\n]+")

# Quotation marks, dashes and no-break spaces in UTF-8, which by chance are nothing else.
_TYPOGRAPHY = re.compile(rb"\xe2\x80[\x90-\xbb]|\xc2\xa0")

# What Python's cp932 makes of bytes that are no characters.
_NO_CHARACTERS = re.compile("[\uf8f0-\uf8f3]")

# Signs that Python reads in EUC-JP as others than cp932 and all browsers do.
_AS_BROWSERS_DO = str.maketrans("〜‖−¢£¬", "～∥－￠￡￢")

# EUC-JP first: its byte pairs read as cp932 become half-width katakana, while Japanese in cp932 is no EUC-JP.
_GUESSES = ("euc_jp", "cp932")

_A_FEW, _HALF, _MOST, _DETECTED_WITHIN = 0.2, 0.5, 0.9, 20_000

_MICROSOFT_PAIR = re.compile(rb"[\xad\xf9-\xfc][\xa1-\xfe]")

_PIECE, _MOST_REFUSED = 4_096, 5_000

_MICROSOFT_ROWS, _MICROSOFT_ROWS_OR_MARK = "neco_weekly.microsoft_rows", "neco_weekly.microsoft_rows_or_mark"


def decode(body: bytes, content_type: str = "") -> str:
    """Return the text of a page from its bytes; a body that was cut in mid character is no error.

    `content_type` is the value of the response's Content-Type header. Where no encoding can read the body, U+FFFD
    stands in the places that are broken.
    """
    for mark, codec in _MARKS:
        if body.startswith(mark):
            return _cut(body[len(mark) :], codec)
    if utf_16 := _evident_utf_16(body):
        return _cut(body, utf_16)
    if _JIS_ESCAPE.search(body) and (body.isascii() or _JIS_LABEL.search(content_type)):
        return _cut(_JIS_RUN.sub(_jis_run_as_euc, _JIS_CUT.sub(b"", body)), "euc_jp")
    readings = []
    for codec, believed in _candidates(body, list(_labelled(body, content_type))):
        text = _cut(body, codec)
        broken = text.count("\ufffd")
        # U+FFFD may stand in the page itself, where somebody else's program wrote it.
        if broken <= believed * _letters(text) or (codec == "utf-8" and _strictly(body, codec)):
            return text
        readings.append((-broken, text))
    return max(readings, key=lambda it: it[0])[1]


def _candidates(body: bytes, labelled: list[str]) -> Iterator[tuple[str, float]]:
    """Yield codecs of a page in the order of belief in them, each with the share of letters that may be broken."""
    by_default = labelled[:1] == ["cp1252"]  # servers say ISO-8859-1 of all pages
    yield from ((it, 0) for it in _like_utf_8(body, [] if by_default else labelled))
    yield "utf-8", _HALF if "utf-8" in labelled else _A_FEW
    yield from ((it, 0) for it in _evident_japanese(body))
    others = [it for it in labelled if it != "utf-8"]  # that label lies
    yield from ((it, 1 - LIKELY) for it in (_likely_japanese(body) if by_default else ()))
    yield from ((it, 0) for it in others)
    yield from ((it, _A_FEW) for it in others if it in _OF_NEIGHBOURS)
    if _TYPOGRAPHY.search(body):
        yield "utf-8", _MOST
    yield from ((it, 1 - LIKELY) for it in (() if others else _likely(body)))
    yield from ((it, 1 - LIKELY) for it in _likely_japanese(body))
    yield from ((it, _A_FEW) for it in others)
    yield from ((it, 0) for it in (_GUESSES if others else _detected(body)))


def _evident_utf_16(body: bytes) -> str | None:
    """Return the codec of UTF-16 without a byte order mark, seen by the zeros beside the letters of markup, or None."""
    first, second = body[:_EVIDENCE_WITHIN:2], body[1:_EVIDENCE_WITHIN:2]
    for codec, empty, letters in (("utf-16-le", second, first), ("utf-16-be", first, second)):
        if empty.count(0) * 6 > len(empty) and letters.count(0) * 50 <= len(letters):
            return codec
    return None


def _evident_japanese(body: bytes) -> Iterator[str]:
    """Yield the codec in which the whole page is readable and full of kana, whatever a label says."""
    for codec in () if body.isascii() else _GUESSES:
        text = _strictly(body, codec)
        if text is not None and len(KANA.findall(text)) * 3 >= _letters(text):
            yield codec


def _like_utf_8(body: bytes, labelled: list[str]) -> list[str]:
    """Return the codec of a page with few characters that UTF-8 reads as others: that of its label, or EUC-JP.

    EUC-JP stands in place of rare letters. Japanese in UTF-8 has three bytes.
    """
    if body.isascii() or _THREE_BYTES.search(body):
        return []
    candidates = (
        ["euc_jp"] if not labelled and _RARE_LETTERS.search(body) else [it for it in labelled[:1] if it in _PAIRS]
    )
    return [it for it in candidates if (text := _strictly(body, it)) and (labelled or like_japanese(text) > LIKELY)]


def _likely_japanese(body: bytes) -> list[str]:
    """Return the codec in which most of a page reads like Japanese, as a list of at most one."""
    if not _NOT_WESTERN.search(body):
        return []
    likeness = {it: like_japanese(_cut(body, it)) for it in _GUESSES}
    return [it for it in (max(_GUESSES, key=likeness.__getitem__),) if likeness[it] > LIKELY]


def _likely(body: bytes) -> list[str]:
    """Return the codec by which most of a page reads like text, as a list of at most one."""
    sample = _sample(body)
    best = most_like_text((it, _cut(sample, it)) for it in CODECS) if sample else None
    return [best] if best else []


def _sample(body: bytes) -> bytes:
    """Return the beginning of a page's texts that are not ASCII, without what stands between them."""
    pieces, length = list[bytes](), 0
    for piece in _TEXT_ENDS.split(body):
        if not piece.isascii():
            pieces.append(piece)
            length += len(piece)
            if length > _DETECTED_WITHIN:
                break
    return b"\n".join(pieces)[: 2 * _DETECTED_WITHIN]


def _detected(body: bytes) -> Iterator[str]:
    """Yield guesses of the codec for a page without a label that is not like Japanese."""
    if not _NOT_WESTERN.search(body):
        yield "cp1252"
    elif best := from_bytes(body[:_DETECTED_WITHIN]).best():
        yield best.encoding
    yield from _GUESSES


def _labelled(body: bytes, content_type: str) -> Iterator[str]:
    """Yield the codecs that a page's header, then its `meta` and XML declaration, name; unknown labels name none."""
    beginning = _COMMENT.sub(b"", body[:_META_WITHIN])
    header, meta, xml = _LABEL.search(content_type), _META.search(beginning), _XML.match(beginning)
    labels = [header[1]] if header else []
    labels += [written[1].decode() for written in (meta, xml) if written]
    for label in labels:
        if codec := _CODECS.get(label.lower()):
            yield codec


def _cut(body: bytes, codec: str) -> str:
    """Return a page's text by one codec, without a last character that was cut, with U+FFFD where broken."""
    if codec == "euc_jp":
        return _euc_jp(body, _MICROSOFT_ROWS_OR_MARK)
    text = codecs.getincrementaldecoder(codec)("replace").decode(body)
    return _NO_CHARACTERS.sub("\ufffd", text) if codec == "cp932" else text


def _strictly(body: bytes, codec: str) -> str | None:
    """Return a page's whole text by one codec, but for a last character that was cut; None where that fails."""
    try:
        if codec == "euc_jp":
            text = _euc_jp(body, _MICROSOFT_ROWS)
        else:
            text = codecs.getincrementaldecoder(codec)().decode(body)
    except UnicodeDecodeError:
        return None
    return None if codec in _GUESSES and (_NO_CHARACTERS.search(text) or "\ufffd" in text) else text


def _euc_jp(body: bytes, errors: str) -> str:
    """Return text in EUC-JP, decoded piece by piece.

    What Python refuses is decoded again with Microsoft's rows, which is slow, until there is too much of that to be
    real.
    """
    decoder, texts, refused = codecs.getincrementaldecoder("euc_jp")("replace"), list[str](), 0
    for place in range(0, len(body), _PIECE):
        piece, state = body[place : place + _PIECE], decoder.getstate()
        text = decoder.decode(piece)
        if "\ufffd" in text and refused < _MOST_REFUSED:
            refused += text.count("\ufffd") + len(_MICROSOFT_PAIR.findall(piece))
            again = codecs.getincrementaldecoder("euc_jp")(errors)
            again.setstate(state)
            text = again.decode(piece)
            decoder.setstate(again.getstate())
        texts.append(text)
    return "".join(texts).translate(_AS_BROWSERS_DO)


def _letters(text: str) -> int:
    """Return how many characters of a text are not ASCII: those tell one encoding from another."""
    return len(text) - len(text.encode("ascii", "ignore"))


def _jis_run_as_euc(run: re.Match[bytes]) -> bytes:
    """Return what follows an escape of ISO-2022-JP as EUC-JP; Python's codec for ISO-2022-JP lacks Microsoft's rows."""
    escape, characters = run.groups()
    if escape in (b"(B", b"(J"):
        return bytes(characters)
    if escape == b"$(D":
        pairs = (characters[place : place + 2] for place in range(0, len(characters), 2))
        return b"".join(b"\x8f" + bytes(byte | 0x80 for byte in pair) for pair in pairs)
    kana = b"\x8e" if escape == b"(I" else b""
    return b"".join(kana + bytes((byte | 0x80,)) if byte > 0x20 else bytes((byte,)) for byte in characters)


def _microsoft_row(error: UnicodeError) -> tuple[str, int]:
    """Decode a pair that Python's euc_jp refuses: ①㈱髙 stand in rows that Microsoft added, as they do on the web."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    pair = error.object[error.start : error.start + 2]
    if len(pair) < 2 or min(pair) < 0xA1 or max(pair) > 0xFE:
        raise error
    row, cell = pair[0] - 0xA0, pair[1] - 0xA0
    lead = (row + 1) // 2 + (0x80 if row <= 62 else 0xC0)
    trail = cell + 0x9E if row % 2 == 0 else cell + (0x3F if cell <= 63 else 0x40)
    return bytes((lead, trail)).decode("cp932"), error.start + 2


def _microsoft_row_or_mark(error: UnicodeError) -> tuple[str, int]:
    """Decode a pair in Microsoft's rows as `_microsoft_row` does; U+FFFD for what is no pair."""
    try:
        return _microsoft_row(error)
    except UnicodeDecodeError:
        return "\ufffd", getattr(error, "start", 0) + 1


codecs.register_error(_MICROSOFT_ROWS, _microsoft_row)

codecs.register_error(_MICROSOFT_ROWS_OR_MARK, _microsoft_row_or_mark)
