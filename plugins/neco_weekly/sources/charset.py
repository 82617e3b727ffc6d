"""Bytes of a web page -> text, for pages in Japanese above all.

Labels lie: servers say `ISO-8859-1` by default, templates keep the `meta` of another age. So what is evident from the
bytes comes first: a byte order mark, the zeros of UTF-16, the escape sequences of ISO-2022-JP, and UTF-8, whose pattern
no Japanese in another encoding follows by chance (while `リリース` in UTF-8 is valid cp932, and reads `繝ｪ繝ｪ繝ｼ繧ｹ`).
A few broken bytes do not change what is evident. A page that one encoding reads as full of kana is in that one, too. A
label counts after that, and at last what Japanese pages are usually written in.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import chain

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
    **dict.fromkeys(("ibm866", "cp866"), "cp866"),
}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LABEL = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:+-]+)", re.ASCII | re.IGNORECASE)
_META = re.compile(rb"<meta\b[^>]*?" + _LABEL.pattern.encode(), re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([\w.:+-]+)")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_META_WITHIN = _EVIDENCE_WITHIN = 4096
_JIS_ESCAPE = re.compile(rb"\x1b(\$[@B]|\$\(D|\(I)")
_JIS_RUN = re.compile(rb"\x1b(\$[@B]|\$\(D|\([BJI])([^\x1b]*)")
_JIS_CUT = re.compile(rb"\x1b(\$\(?|\()?\Z")
# Letters of the West stand alone between those of ASCII; Japanese has bytes from 80 to 9F, or pairs.
_NOT_WESTERN = re.compile(rb"[\x80-\x9f]|[\xa0-\xff]{2}")
_KANA = re.compile("[ぁ-んァ-ヶー]")
# What Python's cp932 makes of bytes that are no characters.
_NO_CHARACTERS = re.compile("[\uf8f0-\uf8f3]")
# EUC-JP first: its byte pairs read as cp932 become half-width katakana, while Japanese in cp932 is no EUC-JP.
_GUESSES = ("euc_jp", "cp932")
_MICROSOFT_ROWS, _MICROSOFT_ROWS_OR_MARK = "neco_weekly.microsoft_rows", "neco_weekly.microsoft_rows_or_mark"


def decode(body: bytes, content_type: str = "") -> str:
    """Text of a page. `content_type` is the header's value; a body that was cut in mid character is no error.

    What no encoding can read has U+FFFD in the places that are broken.
    """
    for mark, codec in _MARKS:
        if body.startswith(mark):
            return _cut(body[len(mark) :], codec)
    if utf_16 := _evident_utf_16(body):
        return _cut(body, utf_16)
    if _JIS_ESCAPE.search(body) and body.isascii():
        body, content_type = _JIS_RUN.sub(_jis_run_as_euc, _JIS_CUT.sub(b"", body)), "charset=euc-jp"
    labelled = list(_labelled(body, content_type))
    guesses = ("cp1252",) if not labelled and not _NOT_WESTERN.search(body) else _GUESSES
    readings = []
    for codec in chain(("utf-8",), _evident_japanese(body), labelled, guesses):
        text = _cut(body, codec)
        broken = text.count("\ufffd")
        is_told = codec == "utf-8" or codec in labelled
        # U+FFFD may stand in the page itself, where somebody else's program wrote it.
        if not broken or (is_told and _is_clear(text, broken)) or (codec == "utf-8" and _strictly(body, codec)):
            return text
        readings.append((-broken, text))
    return max(readings, key=lambda it: it[0])[1]


def _evident_utf_16(body: bytes) -> str | None:
    """UTF-16 without a mark, by the zeros beside the letters of its markup."""
    first, second = body[:_EVIDENCE_WITHIN:2], body[1:_EVIDENCE_WITHIN:2]
    for codec, empty, letters in (("utf-16-le", second, first), ("utf-16-be", first, second)):
        if empty.count(0) * 6 > len(empty) and letters.count(0) * 50 <= len(letters):
            return codec
    return None


def _evident_japanese(body: bytes) -> Iterator[str]:
    """The encoding in which the whole body is readable and full of kana, whatever a label says."""
    for codec in () if body.isascii() else _GUESSES:
        text = _strictly(body, codec)
        if text is not None and len(_KANA.findall(text)) * 3 >= _letters(text):
            yield codec


def _labelled(body: bytes, content_type: str) -> Iterator[str]:
    """Codecs that the header and then the page's own `meta` and XML declaration name; unknown labels name none."""
    beginning = _COMMENT.sub(b"", body[:_META_WITHIN])
    header, meta, xml = _LABEL.search(content_type), _META.search(beginning), _XML.match(beginning)
    labels = [header[1]] if header else []
    labels += [written[1].decode() for written in (meta, xml) if written]
    for label in labels:
        if codec := _CODECS.get(label.lower()):
            yield codec


def _cut(body: bytes, codec: str) -> str:
    """The body by one codec, without a last character that was cut, and with U+FFFD where it is broken."""
    errors = _MICROSOFT_ROWS_OR_MARK if codec == "euc_jp" else "replace"
    text = codecs.getincrementaldecoder(codec)(errors).decode(body)
    return _NO_CHARACTERS.sub("\ufffd", text) if codec == "cp932" else text


def _strictly(body: bytes, codec: str) -> str | None:
    """The whole body by one codec, but for a last character that was cut; None where that fails."""
    errors = _MICROSOFT_ROWS if codec == "euc_jp" else "strict"
    try:
        text = codecs.getincrementaldecoder(codec)(errors).decode(body)
    except UnicodeDecodeError:
        return None
    return None if codec == "cp932" and _NO_CHARACTERS.search(text) else text


def _is_clear(text: str, broken: int) -> bool:
    """Whether so much was read beside the broken places that the encoding cannot be another one."""
    return broken * 4 <= _letters(text) - broken


def _letters(text: str) -> int:
    """How many characters are not ASCII's: what tells one encoding from another."""
    return len(text) - len(text.encode("ascii", "ignore"))


def _jis_run_as_euc(run: re.Match[bytes]) -> bytes:
    """What follows an escape of ISO-2022-JP, as EUC-JP; Python's own codec for it knows no Microsoft rows."""
    escape, characters = run.groups()
    if escape in (b"(B", b"(J"):
        return bytes(characters)
    if escape == b"$(D":
        pairs = (characters[place : place + 2] for place in range(0, len(characters), 2))
        return b"".join(b"\x8f" + bytes(byte | 0x80 for byte in pair) for pair in pairs)
    kana = b"\x8e" if escape == b"(I" else b""
    return b"".join(kana + bytes((byte | 0x80,)) if byte > 0x20 else bytes((byte,)) for byte in characters)


def _microsoft_row(error: UnicodeError) -> tuple[str, int]:
    """Read a pair that Python's euc_jp refuses: ①㈱髙 stand in rows that Microsoft added, as on the web they do."""
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
    """The same, and U+FFFD for what is no pair."""
    try:
        return _microsoft_row(error)
    except UnicodeDecodeError:
        return "\ufffd", getattr(error, "start", 0) + 1


codecs.register_error(_MICROSOFT_ROWS, _microsoft_row)
codecs.register_error(_MICROSOFT_ROWS_OR_MARK, _microsoft_row_or_mark)
