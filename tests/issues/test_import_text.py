"""Texts on their way into a site: their encodings, their front matter, the addresses in them."""

from __future__ import annotations

import pytest
from neco_weekly.grammar.front_matter import take_apart
from neco_weekly.issues.exchange.front_matter_text import with_entries, yaml_text
from neco_weekly.issues.exchange.importing.decoded_text import UnknownEncodingError, decoded
from neco_weekly.issues.exchange.importing.own_addresses import OUTSIDE, address_of, own_address, source_path

TEXT = "# 週刊ノート\n\n今週は Kubernetes の話題を三つ取り上げます。ひとつめはスケジューラーです。\n"

ENCODINGS = {
    "UTF-8": TEXT.encode(),
    "UTF-8 with a mark": TEXT.encode("utf-8-sig"),
    "UTF-16": TEXT.encode("utf-16"),
    "UTF-16, big end first": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "Shift_JIS": TEXT.encode("cp932"),
    "EUC-JP": TEXT.encode("euc_jp"),
    "ISO-2022-JP": TEXT.encode("iso2022_jp"),
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_what_is_certain_is_converted(name: str) -> None:
    text, encoding = decoded(ENCODINGS[name].replace(b"\n", b"\r\n") if name == "EUC-JP" else ENCODINGS[name])
    assert (text, encoding) == (TEXT, name.split(" with", maxsplit=1)[0].split(",", maxsplit=1)[0])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param("Grüße".encode("latin-1"), "which encoding it is in is not certain", id="Latin-1"),
        pytest.param(b"\xff\xfea", "begins as UTF-16 does", id="half of UTF-16"),
        pytest.param(TEXT.encode("utf-16-le"), "not certain|NUL", id="UTF-16 without a mark"),
        pytest.param(b"a\0b", "NUL", id="no text"),
        pytest.param(bytes(range(128, 256)), "not certain", id="anything"),
    ],
)
def test_what_is_not_certain_is_told(data: bytes, words: str) -> None:
    with pytest.raises(UnknownEncodingError, match=words):
        decoded(data)


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "「引用」",
        '"quoted" 🐈',
        "a: b",
        "- a",
        "#1",
        "yes",
        "2022-08-26",
        "1.25",
        "",
        " a",
        "it's",
        "x #y",
        "\x7f",
        "a\\b",
        "@x",
        "null",
        "[a",
        "K8s: 1.25 'リリース'",
    ],
)
def test_a_value_of_front_matter_is_read_as_it_was(text: str) -> None:
    made = with_entries("body\n", {"title": text, "aliases": (text, "b")})
    assert made is not None
    assert take_apart(made).meta == {"title": text, "aliases": [text, "b"]}
    assert take_apart(made).body == "body\n"
    assert yaml_text("KEP の話") == "KEP の話"


def test_entries_come_behind_those_that_are_there_and_nothing_else_changes() -> None:
    before = "---\n# note\ntitle: 'A'   # own\n\nlist:\n  - x\n---\n\n\nBody\n"
    assert with_entries(before, {}) == before
    made = with_entries(before, {"aliases": ("a.html",)})
    assert made == "---\n# note\ntitle: 'A'   # own\n\nlist:\n  - x\naliases:\n  - a.html\n---\n\n\nBody\n"
    assert with_entries(made, {"aliases": ("b.html",)}) == made.replace("a.html", "b.html")
    assert with_entries("+++\ntitle = 'A'\n+++\nx\n", {"tags": ("a",)}) == "+++\ntitle = 'A'\ntags = [\"a\"]\n+++\nx\n"


def test_front_matter_of_other_forms() -> None:
    assert with_entries("---\n---\nx\n", {"a": "b"}) == "---\na: b\n---\n\nx\n"
    assert (
        with_entries("title: A\ndate: 2022-08-26\n\nx\n", {"a": "b"})
        == '---\ntitle: A\ndate: "2022-08-26"\na: b\n---\n\nx\n'
    )
    assert with_entries("Neco: the first line\n\nx\n", {"a": "b"}) == "---\na: b\n---\n\nNeco: the first line\n\nx\n"
    assert with_entries("---\n: [\n---\nx\n", {"a": "b"}) is None


@pytest.mark.parametrize(
    ("folder", "path", "expected"),
    [
        ("2022/08", "../07/a.md", "2022/07/a.md"),
        ("2022/08", "./a.md", "2022/08/a.md"),
        ("2022", "../../etc/passwd", OUTSIDE),
        ("", "../a", OUTSIDE),
        ("a", "b/../../../a/b", OUTSIDE),
        ("a", "/b", "b"),
        ("a", "/../b", OUTSIDE),
        ("a", "b\0", OUTSIDE),
        ("", ".", ""),
    ],
)
def test_what_leads_out_is_told_from_what_does_not(folder: str, path: str, expected: str) -> None:
    assert source_path(folder, path) == expected


def test_addresses_of_this_site() -> None:
    for address in (
        "https://a/b",
        "//a/b",
        "mailto:a@b",
        "data:x",
        "#a",
        "",
        "/\\a",
        "{{ x }}/a",
        "http://[",
        "javascript:x",
    ):
        assert own_address(address) is None, address
    found = own_address("../a%20b.md?x#y")
    assert found is not None
    assert (found.path, found.behind) == ("../a b.md", "?x#y")
    assert address_of("issues/2022/08/a.md", "about.md", "#x") == "../../../about.md#x"
    assert address_of("issues/a.md", "issues/日本 (語).md") == "日本%20%28語%29.md"
    assert address_of("issues/a.md", "issues/a:b.md") == "./a:b.md"
