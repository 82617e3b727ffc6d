"""The title and the author that a PDF names: programs put the names of files and of themselves there."""

from __future__ import annotations

import re

from .accounts import texts
from .charset import decode
from .graphemes import clipped
from .titles import plain_words

_LONGEST, _LONGEST_AUTHOR = 300, 80

# What PDFDocEncoding has at 0x80 to 0x9E (ISO 32000-2, annex D.2), and the euro sign at 0xA0.
_SIGNS = "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž"
_BYTES = {sign: 0x80 + place for place, sign in enumerate(_SIGNS)} | {"€": 0xA0}

_PROGRAM = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)|powerpoint|adobe \w+|print|impress|keynote|pages)(?: ?[-–:] .*)?",
    re.IGNORECASE,
)

_FILE = re.compile(
    r".*\.(?:ai|docm?|docx|dvi|eps|fm|hwpx?|indd|jtd|key|od[pst]|pages|pdf|pmd|pptm?|pptx|ps|psd|pub|qxd|rtf|tex"
    r"|txt|xdw|xlsm?|xlsx|html?)",
    re.IGNORECASE,
)

# What PowerPoint calls each presentation, in the languages of its users.
_PRESENTATION = (
    "(?:presentation|プレゼンテーション|프레젠테이션|演示文稿|簡報|презентация|präsentation|présentation|presentación|apresentação|"
    "presentazione)"
)

# As `plain_words` writes them: in lower case, without signs.
_NO_TITLE = re.compile(
    r"(?:untitled|無題|名称未設定|タイトルなし|no title|title|タイトル|document|文書|ドキュメント|slide|スライド|"
    rf"{_PRESENTATION}|powerpoint {_PRESENTATION}|{_PRESENTATION}(?: de| do)? powerpoint|新規 microsoft .*|doc|pdf|"
    r"test|テスト|template|テンプレート|anonymous|unknown|about blank|none|null)(?: ?(?:no )?[\d ]*)"
)

_NO_AUTHOR = re.compile(
    r"(?:anonymous|unknown|microsoft corporation|microsoft office user|user|users|admin|administrator|owner|author|"
    r"guest|root|pc|ユーザー?|作成者|none|null|unspecified)(?: ?\d*)"
)

_LETTER = re.compile(r"[^\W\d_]")


def pdf_title(written: str) -> str | None:
    """Return a PDF's title; None for a file's (`Microsoft Word - a.docx`), a program's, and words for no title."""
    title = _line(written)
    if title is None or _PROGRAM.fullmatch(title) or _FILE.fullmatch(title) or not _LETTER.search(title):
        return None
    words = plain_words(title)
    return None if "://" in title or _NO_TITLE.fullmatch(words) else title


def pdf_author(written: str) -> str | None:
    """Return a PDF's author; None for names of accounts that everybody has."""
    author = _line(written)
    if author is None or not _LETTER.search(author) or _NO_AUTHOR.fullmatch(plain_words(author)):
        return None
    return clipped(author, _LONGEST_AUTHOR)


def _line(written: str) -> str | None:
    text = next(texts([_decoded(written)]), None)
    return text if text is not None and len(text) <= _LONGEST else None


def _decoded(written: str) -> str:
    """Return a text that older programs wrote in Shift_JIS or another encoding where PDF knows but its own.

    Only what reads as Japanese is taken: else the text is as it stands.
    """
    if written.isascii():
        return written
    codes = [_BYTES.get(sign, ord(sign)) for sign in written]
    if max(codes) > 0xFF:
        return written
    read = decode(bytes(codes), "")
    return read if re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", read) else written
