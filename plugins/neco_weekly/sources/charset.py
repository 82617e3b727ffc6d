"""Bytes of a web page -> text, for pages in Japanese above all.

Labels lie: servers say `ISO-8859-1` by default, templates keep the `meta` of another age. So what is evident from the
bytes comes first: a byte order mark, the escape sequences of ISO-2022-JP, and UTF-8, whose pattern no Japanese in
another encoding follows by chance (while `リリース` in UTF-8 is valid cp932, and reads `繝ｪ繝ｪ繝ｼ繧ｹ`). A label counts
after that, where the whole body can be read by it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

# WHATWG labels (encoding.spec.whatwg.org) that our readers meet, and Python's codecs: Shift_JIS on the web is
# Microsoft's cp932, and Latin-1 its cp1252.
_CODECS = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), "utf-8"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "ms932", "csshiftjis", "cp932"), "cp932"),
    **dict.fromkeys(("windows-31j", "cswindows31j"), "cp932"),
    **dict.fromkeys(("euc-jp", "x-euc-jp", "cseucpkdfmtjapanese", "eucjp"), "euc_jp"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk"), "gb18030"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "windows-949"), "cp949"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "us-ascii", "ascii", "windows-1252", "cp1252"), "cp1252"),
    **dict.fromkeys(("iso-8859-2", "latin2"), "iso8859_2"),
    **dict.fromkeys(("iso-8859-15", "latin-9"), "iso8859_15"),
    **{f"windows-{page}": f"cp{page}" for page in (1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258)},
    "koi8-r": "koi8_r",
}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LABEL = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:+-]+)", re.ASCII | re.IGNORECASE)
_META = re.compile(rb"<meta\b[^>]*?" + _LABEL.pattern.encode(), re.IGNORECASE)
_META_WITHIN = 4096
_JIS_ESCAPE = re.compile(rb"\x1b(\$[@B]|\(I)")
_JIS_RUN = re.compile(rb"\x1b(\$[@B]|\([BJI])([^\x1b]*)")
# What Python's cp932 makes of bytes that are no characters.
_NO_CHARACTERS = dict.fromkeys(range(0xF8F0, 0xF8F4), "\ufffd")
# EUC-JP first: its byte pairs read as cp932 become half-width katakana, while Japanese in cp932 is no EUC-JP.
_GUESSES = ("euc_jp", "cp932")
_MICROSOFT_ROWS = "neco_weekly.microsoft_rows"


def decode(body: bytes, content_type: str = "") -> str:
    """Text of a page. `content_type` is the header's value; a body that was cut in mid character is no error.

    What no encoding can read has U+FFFD in the places that are broken.
    """
    for mark, codec in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(codec, errors="replace")
    if _JIS_ESCAPE.search(body):
        body, content_type = _JIS_RUN.sub(_jis_run_as_euc, body), "charset=euc-jp"
    labelled = list(_labelled(body, content_type))
    for codec in ("utf-8", *labelled, *_GUESSES):
        text = _strictly(body, codec)
        if text is not None:
            return text
    return body.decode(next(iter(labelled), "utf-8"), errors="replace").translate(_NO_CHARACTERS)


def _labelled(body: bytes, content_type: str) -> Iterator[str]:
    """Codecs that the header and then the page's own `meta` name; unknown labels name none."""
    header, meta = _LABEL.search(content_type), _META.search(body[:_META_WITHIN])
    labels = [header[1]] if header else []
    labels += [meta[1].decode()] if meta else []
    for label in labels:
        if codec := _CODECS.get(label.lower()):
            yield codec


def _strictly(body: bytes, codec: str) -> str | None:
    """The whole body by one codec, but for a last character that was cut; None where that fails."""
    errors = _MICROSOFT_ROWS if codec == "euc_jp" else "strict"
    try:
        text = codecs.getincrementaldecoder(codec)(errors).decode(body, final=False)
    except UnicodeDecodeError:
        return None
    return None if codec == "cp932" and text.translate(_NO_CHARACTERS) != text else text


def _jis_run_as_euc(run: re.Match[bytes]) -> bytes:
    """What follows an escape of ISO-2022-JP, as EUC-JP; Python's own codec for it knows no Microsoft rows."""
    escape, characters = run.groups()
    if escape in (b"(B", b"(J"):
        return bytes(characters)
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


codecs.register_error(_MICROSOFT_ROWS, _microsoft_row)
