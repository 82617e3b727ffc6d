"""Bytes of a page to text: encodings with and without labels, right ones and lying ones, whole and cut."""

from __future__ import annotations

import pytest
from neco_weekly.model.errors import FailureCode, FetchError
from neco_weekly.sources.pages.charset import decode
from neco_weekly.sources.pages.read import extract_page

from .encodings import ENCODERS, euc_jp, iso_2022_jp

TEXT = "<title>今週のリリースノート、ｶﾅも</title>"
HARD = "<title>①㈱髙～ｶﾅ－∥の仕様について</title>"
"""Signs that Microsoft added, that Python reads otherwise than browsers, and half-width kana."""


@pytest.mark.parametrize("text", [TEXT, HARD], ids=["usual", "hard"])
@pytest.mark.parametrize("label", ENCODERS)
class TestJapanese:
    def test_with_a_label_in_the_header(self, label: str, text: str) -> None:
        assert decode(ENCODERS[label](text), f'text/html; charset="{label.upper()}"') == text

    def test_with_a_label_in_the_page(self, label: str, text: str) -> None:
        page = f"<meta charset={label}>{text}"
        assert decode(ENCODERS[label](page)) == page

    def test_with_an_old_label_in_the_page(self, label: str, text: str) -> None:
        page = f"<META http-equiv='Content-Type' content='text/html; charset={label}'>{text}"
        assert decode(ENCODERS[label](page), "text/html") == page

    def test_with_a_label_as_xml(self, label: str, text: str) -> None:
        page = f"<?xml version='1.0' encoding='{label}'?>{text}"
        assert decode(ENCODERS[label](page), "application/xhtml+xml") == page

    def test_without_a_label(self, label: str, text: str) -> None:
        assert decode(ENCODERS[label](text)) == text

    @pytest.mark.parametrize(
        "lie",
        [
            "utf-8",
            "shift_jis",
            "euc-jp",
            "iso-2022-jp",
            "utf-16",
            "iso-8859-1",
            "windows-1251",
            "no-such-thing",
            "rot13",
        ],
    )
    def test_with_a_label_that_lies(self, label: str, text: str, lie: str) -> None:
        assert decode(ENCODERS[label](text), f"text/html; charset={lie}") == text
        page = f"<meta charset={lie}>{text}"
        assert decode(ENCODERS[label](page)) == page

    @pytest.mark.parametrize("cut", range(1, 9))
    def test_cut_in_mid_character(self, label: str, text: str, cut: int) -> None:
        body = ENCODERS[label](f"{text}{'ねこ' * 9}").removesuffix(b"\x1b(B")[:-cut]
        for content_type in (f"text/html; charset={label}", ""):
            read = decode(body, content_type)
            assert read.startswith(f"{text}ねこねこねこ")
            assert "\ufffd" not in read


def short(title: str) -> str:
    return f"<html><head><title>{title}</title></head><body class=page><p>Kubernetes v1.25</p></body></html>"


TITLES = ("東京", "猫", "発表", "会", "憂鬱", "者向け", "㈱髙", "①", "第1回 砂箱", "開発～入門", "ねこ", "リリース")


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("label", ENCODERS)
class TestShortTitles:
    """A few Japanese characters in a page that is ASCII otherwise."""

    def test_with_a_label(self, label: str, title: str) -> None:
        assert decode(ENCODERS[label](short(title)), f"text/html; charset={label}") == short(title)

    def test_without_a_label(self, label: str, title: str) -> None:
        assert decode(ENCODERS[label](short(title)), "text/html") == short(title)

    def test_with_the_label_that_servers_give_by_default(self, label: str, title: str) -> None:
        assert decode(ENCODERS[label](short(title)), "text/html; charset=ISO-8859-1") == short(title)


LE, BE = "utf-16-le", "utf-16-be"
# fmt: off
OTHERS = {
    # name: bytes, content type, text
    "UTF-8 mark over a lying header": ("\ufeff猫".encode(), "text/html; charset=shift_jis", "猫"),
    "UTF-8 mark over a lying meta": ("\ufeff<meta charset=euc-jp>猫".encode(), "", "<meta charset=euc-jp>猫"),
    "UTF-16 mark": ("\ufeff猫".encode(LE), "", "猫"),
    "UTF-16 BE mark over a lying header": ("\ufeff猫".encode(BE), "text/html; charset=utf-8", "猫"),
    "UTF-16 mark, cut in mid character": ("\ufeff猫と犬".encode(LE)[:-1], "", "猫と"),
    "UTF-16 without a mark": ("<title>猫</title>".encode(LE), "", "<title>猫</title>"),
    "UTF-16 BE without a mark": ("<title>猫</title>".encode(BE), "text/html; charset=utf-16", "<title>猫</title>"),
    "UTF-16 labelled UTF-8": ("<p>今週の猫".encode(LE), "text/html; charset=utf-8", "<p>今週の猫"),
    "UTF-16, cut in mid surrogate": ("<p>猫と😺".encode(LE)[:-2], "", "<p>猫と"),
    "UTF-8 that is valid cp932": ("リリース".encode(), "text/html; charset=shift_jis", "リリース"),
    "UTF-8 under Apache's default": ("猫".encode(), "text/html; charset=iso-8859-1", "猫"),
    "UTF-8 with é labelled EUC-KR": ("Café 猫".encode(), "text/html; charset=euc-kr", "Café 猫"),
    "UTF-8 with a few broken places": (
        "前の文だ".encode() + b"\xff" + "後の文だ".encode(), "text/html; charset=shift_jis", "前の文だ\ufffd後の文だ",
    ),
    "EUC-JP that is valid cp932": ("テスト".encode("euc_jp"), "", "テスト"),
    "EUC-JP that is valid UTF-8, labelled": ("猫".encode("euc_jp"), "text/html; charset=euc-jp", "猫"),
    "EUC-JP with half-width kana": (euc_jp("ﾘﾘｰｽのお知らせ"), "", "ﾘﾘｰｽのお知らせ"),
    "EUC-JP with JIS X 0212": ("丂の字".encode("euc_jp"), "text/html; charset=euc-jp", "丂の字"),
    "EUC-JP with broken places": (euc_jp("前の文") + b"\xff\x80" + euc_jp("後の文"), "", "前の文\ufffd\ufffd後の文"),
    "Shift_JIS of kana only, half of its width": ("ﾘﾘｰｽ".encode("cp932"), "text/html; charset=shift_jis", "ﾘﾘｰｽ"),
    "Shift_JIS with a backslash in a character": ("表示ソフト".encode("cp932"), "", "表示ソフト"),
    "ISO-2022-JP with half-width kana": (iso_2022_jp("今週のﾈｺ"), "", "今週のﾈｺ"),
    "ISO-2022-JP of JIS Roman": (b"\x1b(Jneko\x1b$BG-\x1b(B", "", "neko猫"),
    "ISO-2022-JP of 1978": (b"\x1b$@G-\x1b(J", "text/html; charset=iso-2022-jp", "猫"),
    "ISO-2022-JP with a stray byte": (iso_2022_jp("猫") + b"\xff<p>", "text/html; charset=ISO-2022-JP", "猫\ufffd<p>"),
    "ISO-2022-JP, cut in an escape": (iso_2022_jp("猫の話")[:-1], "", "猫の話"),
    "windows-1252": ("Café “déjà”".encode("cp1252"), "text/html; charset=ISO-8859-1", "Café “déjà”"),
    "windows-1252 labelled ASCII": ("Café – déjà".encode("cp1252"), "text/html; charset=us-ascii", "Café – déjà"),
    "windows-1252 without a label": ("Un café déjà vu, naïve".encode("cp1252"), "", "Un café déjà vu, naïve"),
    "windows-1252 labelled UTF-8 in vain": (
        b"<meta charset=windows-1252>caf\xe9s", "text/html; charset=utf-8", "<meta charset=windows-1252>cafés",
    ),
    "Latin-2": ("Příliš žluťoučký".encode("iso8859_2"), "text/html; charset=iso-8859-2", "Příliš žluťoučký"),
    "Turkish": ("İstanbul'da güneş".encode("cp1254"), "text/html; charset=iso-8859-9", "İstanbul'da güneş"),
    "Russian": ("Привет".encode("koi8_r"), "text/html; charset=koi8-r", "Привет"),
    "Russian without a label": (
        ("Новая версия программы вышла сегодня, и в ней много нового. " * 5).encode("cp1251"), "",
        "Новая версия программы вышла сегодня, и в ней много нового. " * 5,
    ),
    "Chinese": ("中文网页".encode("gb18030"), "text/html; charset=gb2312", "中文网页"),
    "Chinese, cut in mid character": ("中文网页".encode("gbk")[:-1], "text/html; charset=gbk", "中文网"),
    "Chinese with a broken place": (
        "中文网页".encode("gbk") + b"\xff" + "中文".encode("gbk"), "text/html; charset=gbk", "中文网页\ufffd中文",
    ),
    "Big5": ("繁體中文".encode("big5"), "text/html; charset=big5", "繁體中文"),
    "Korean": ("한국어".encode("cp949"), "text/html; charset=euc-kr", "한국어"),
    "Korean, cut in mid character": ("한국어".encode("cp949")[:-1], "text/html; charset=ks_c_5601-1987", "한국"),
    "Thai": ("ภาษาไทย".encode("cp874"), "text/html; charset=tis-620", "ภาษาไทย"),
    "header before meta": (
        b"<meta charset=euc-kr>" + "猫".encode("cp932"), "text/html; charset=shift_jis", "<meta charset=euc-kr>猫",
    ),
    "meta where the header is unknown": (
        b"<meta charset=sjis>" + "会".encode("cp932"), "text/html; charset=x-unknown", "<meta charset=sjis>会",
    ),
    "meta in a comment is none": (
        b"<!-- <meta charset=koi8-r> -->caf\xe9 vu", "", "<!-- <meta charset=koi8-r> -->café vu",
    ),
    "empty label": (b"plain", "text/html; charset=", "plain"),
    "label in single quotes": ("会".encode("cp932"), "text/html; charset='Shift_JIS'; x=y", "会"),
    "label with spaces": ("会".encode("cp932"), "text/html;  Charset = Windows-31J", "会"),
    "UTF-7 is none": (b"+ADw-script+AD4-", "text/html; charset=utf-7", "+ADw-script+AD4-"),
    "nothing": (b"", "text/html; charset=utf-16", ""),
}
# fmt: on


@pytest.mark.parametrize("name", OTHERS)
def test_other_pages(name: str) -> None:
    body, content_type, text = OTHERS[name]
    assert decode(body, content_type) == text


def test_a_broken_place_is_marked_and_the_rest_is_read() -> None:
    body = "前".encode("cp932") + b"\xfd\xfd" + "後の文".encode("cp932") + b"\xa0\xff\x80<p>"
    text = decode(body, "text/html; charset=shift_jis")
    assert text.startswith("前")
    assert "後の文" in text
    assert "\ufffd" in text


@pytest.mark.parametrize("title", [b"\xfd\xff", b"A \xfd\xff\xfd\xff\xfd\xff B"])
def test_a_title_that_could_not_be_read_is_refused(title: bytes) -> None:
    body = b"<title>" + title + b"</title><meta name=description content=x>"
    with pytest.raises(FetchError, match=r"has a title that cannot be decoded$") as caught:
        extract_page(body, url="https://example.jp/", content_type="text/html; charset=shift_jis")
    assert caught.value.code == FailureCode.NO_TITLE


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("今週のリリース".encode() + b"\xff" + "ノート".encode(), "今週のリリース\ufffdノート"),
        ("今週のリリースノート".encode()[:-1], "今週のリリースノー"),
    ],
    ids=["within", "at the end"],
)
def test_a_broken_place_in_the_only_title_does_not_cost_the_card(title: bytes, read: str) -> None:
    body = b"<title>" + title + b"</title><p>" + "本文です。".encode() * 9
    assert extract_page(body, url="https://example.jp/", content_type="text/html; charset=utf-8").title.value == read
    described = body + b"<h1>A heading</h1>"
    assert extract_page(described, url="https://example.jp/", content_type="text/html").title.value == "A heading"


def test_a_description_that_was_cut_within_a_character_counts_to_there() -> None:
    cut = "今週のリリースノートの要約".encode()[:-1]
    body = b"<title>A title</title><meta name=description content='" + cut + b"...'>" + "本文です。".encode() * 9
    found = extract_page(body, url="https://example.jp/", content_type="text/html; charset=utf-8").description
    assert found
    assert found.value == "今週のリリースノートの要..."


@pytest.mark.parametrize("kind", ["cp932", "half", "random", "zeros", "escapes"])
def test_two_megabytes_of_anything_are_read(kind: str) -> None:
    bodies = {
        "cp932": "猫の話".encode("cp932") * 333_333,
        "half": b"\xb1" * 2_000_000,
        "random": bytes(range(256)) * 7_800,
        "zeros": b"\0" * 2_000_000,
        "escapes": b"\x1b$B" * 666_666,
    }
    assert isinstance(decode(bodies[kind]), str)
