"""Bytes of a page to text: Japanese encodings with and without labels, right ones and lying ones."""

from __future__ import annotations

import pytest
from neco_weekly.sources.charset import decode

TEXT = "<title>今週のリリースノート、ｶﾅも</title>"
ENCODINGS = {"utf-8": "utf-8", "shift_jis": "cp932", "euc-jp": "euc_jp", "iso-2022-jp": "iso2022_jp_ext"}

# ①㈱髙 stand in rows that Microsoft added; Python encodes them in cp932 only.
MICROSOFT = {
    "shift_jis": b"\x87\x40\x87\x8a\xfb\xfc",
    "euc-jp": b"\xad\xa1\xad\xea\xfc\xe2",
    "iso-2022-jp": b"\x1b$B-!-j|b\x1b(B",
}


@pytest.mark.parametrize("label", ENCODINGS)
class TestEveryEncoding:
    def test_with_a_label_in_the_header(self, label: str) -> None:
        assert decode(TEXT.encode(ENCODINGS[label]), f'text/html; charset="{label.upper()}"') == TEXT

    def test_with_a_label_in_the_page(self, label: str) -> None:
        page = f"<meta charset={label}>{TEXT}"
        assert decode(page.encode(ENCODINGS[label])) == page

    def test_with_an_old_label_in_the_page(self, label: str) -> None:
        page = f"<META http-equiv='Content-Type' content='text/html; charset={label}'>{TEXT}"
        assert decode(page.encode(ENCODINGS[label]), "text/html") == page

    def test_without_a_label(self, label: str) -> None:
        assert decode(TEXT.encode(ENCODINGS[label])) == TEXT

    @pytest.mark.parametrize("lie", ["utf-8", "shift_jis", "euc-jp", "iso-2022-jp", "utf-16", "no-such-thing", "rot13"])
    def test_with_a_label_that_lies(self, label: str, lie: str) -> None:
        assert decode(TEXT.encode(ENCODINGS[label]), f"text/html; charset={lie}") == TEXT

    @pytest.mark.parametrize("cut", range(1, 9))
    def test_cut_in_mid_character(self, label: str, cut: int) -> None:
        body = f"{TEXT}{'猫' * 9}".encode(ENCODINGS[label]).removesuffix(b"\x1b(B")
        assert decode(body[:-cut], f"text/html; charset={label}").startswith(f"{TEXT}猫猫猫猫猫")
        assert "\ufffd" not in decode(body[:-cut])


@pytest.mark.parametrize("label", MICROSOFT)
@pytest.mark.parametrize("labelled", [True, False], ids=["labelled", "unlabelled"])
def test_characters_that_the_standards_lack(label: str, labelled: bool) -> None:
    kana = "ひらがな".encode(ENCODINGS[label])
    assert decode(kana + MICROSOFT[label], f"text/html; charset={label}" if labelled else "") == "ひらがな①㈱髙"


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("\ufeff猫".encode(), "text/html; charset=shift_jis", "猫"),
        ("\ufeff猫".encode("utf-16-le"), "", "猫"),
        ("\ufeff猫".encode("utf-16-be"), "text/html; charset=utf-8", "猫"),
        ("リリース".encode(), "text/html; charset=shift_jis", "リリース"),
        ("猫".encode(), "text/html; charset=iso-8859-1", "猫"),
        ("テスト".encode("euc_jp"), "", "テスト"),
        ("Café “déjà”".encode("cp1252"), "text/html; charset=ISO-8859-1", "Café “déjà”"),
        ("Привет".encode("koi8_r"), "text/html; charset=koi8-r", "Привет"),
        ("中文网页".encode("gb18030"), "text/html; charset=gb2312", "中文网页"),
        ("한국어".encode("cp949"), "text/html; charset=euc-kr", "한국어"),
        (b"<meta charset=euc-kr>" + "猫".encode("cp932"), "text/html; charset=shift_jis", "<meta charset=euc-kr>猫"),
        (b"plain", "text/html; charset=", "plain"),
        (b"+ADw-script+AD4-", "text/html; charset=utf-7", "+ADw-script+AD4-"),
        (b"", "", ""),
    ],
    ids=["UTF-8 mark", "UTF-16 mark", "UTF-16 BE mark", "UTF-8 that is valid cp932", "Apache's default",
         "EUC-JP that is valid cp932",
         "cp1252", "Russian", "Chinese", "Korean", "header before meta", "empty label", "UTF-7 is none", "empty"],
)  # fmt: skip
def test_other_pages(body: bytes, content_type: str, text: str) -> None:
    assert decode(body, content_type) == text


def test_a_broken_place_is_marked_and_the_rest_is_read() -> None:
    body = "前".encode("cp932") + b"\xfd\xfd" + "後の文".encode("cp932") + b"\xa0\xff\x80<p>"
    text = decode(body, "text/html; charset=shift_jis")
    assert text.startswith("前")
    assert "後の文" in text
    assert "\ufffd" in text
