"""Where addresses stand in a text: in every form that writers have, and nowhere in code."""

from __future__ import annotations

import pytest
from neco_weekly.extension.written_addresses import blocks_of, written_addresses

FORMS = {
    "a link": ("[a](b.md)", ["link b.md"]),
    "with a title": ('[a](b.md "t") [c]( d.md )', ["link b.md", "link d.md"]),
    "in angle brackets": ("[a](<b c.md>)", ["link b c.md"]),
    "with brackets in it": (
        "[a](https://ja.wikipedia.org/wiki/Rust_(言語))",
        ["link https://ja.wikipedia.org/wiki/Rust_(言語)"],
    ),
    "a picture": ("![a](./b.png)", ["picture ./b.png"]),
    "a picture with Zenn's width": ("![a](/images/b.png =250x)", ["picture /images/b.png"]),
    "a picture that is a link": ("[![a](b.png)](c.md)", ["picture b.png", "link c.md"]),
    "a definition": ("[a]\n\n[a]: b.md 'T'", ["link b.md"]),
    "in a list, a quote, a heading": (
        "- [a](a.md)\n\n> [b](b.md)\n\n## [c](c.md)",
        ["link a.md", "link b.md", "link c.md"],
    ),
    "twice in a table": ("| a | b |\n| - | - |\n| [a](x.md) | [a](x.md) |", ["link x.md", "link x.md"]),
    "in a box of Zenn": (":::message\n[a](b.md)\n:::", ["link b.md"]),
    "in a box of Material": ("!!! note\n    [a](b.md)", ["link b.md"]),
    "in a footnote": ("a[^1]\n\n[^1]: [a](b.md)", ["link b.md"]),
    "HTML": (
        '<img src="a.png"> <a href=\'b.md\'>c</a> <img alt="x" src=d.png>',
        ["picture a.png", "link b.md", "picture d.png"],
    ),
    "HTML as a block": ('<div>\n<img src="a.png">\n</div>', ["picture a.png"]),
    "over the end of a line": ("[a](\nb.md)", ["link b.md"]),
    "in code": ("`[a](b.md)` ``[a](`b.md)`` [c](d.md)", ["link d.md"]),
    "in a fence": ("```\n[a](b.md)\n```\n\n    [a](b.md)", []),
    "in a fence of a list": ("- a\n  ```\n  [a](b.md)\n  ```\n  [c](d.md)", ["link d.md"]),
    "in a comment": ("<!-- [a](b.md) --> [c](d.md)", ["link d.md"]),
    "escaped": (r"\[a](b.md) [c](d\).md)", [r"link d\).md"]),
    "no address": ("[a] (b.md) [a](b c) [x][y] ](z.md)", []),
    "behind a backtick without its like": ("` [a](b.md)", ["link b.md"]),
}


@pytest.mark.parametrize(("text", "expected"), FORMS.values(), ids=FORMS)
def test_addresses_are_found_as_they_are_written(text: str, expected: list[str]) -> None:
    found = written_addresses(text)
    assert [f"{it.kind} {it.address}" for it in found] == expected
    assert [text[it.start : it.end] for it in found] == [it.address for it in found]
    assert [text.count("\n", 0, it.start) + 1 for it in found] == [it.line for it in found]


def test_titles_and_code_are_told() -> None:
    found = blocks_of("Title\n=====\n\n```\n# no title\n```\n")
    assert found.has_title
    assert found.code_lines == {4, 5, 6}
    assert not blocks_of("## a\n\n```\n# b\n```\n").has_title


@pytest.mark.parametrize("piece", ["[a](b.md) ", "[", "`", "](", "<a ", "[x](<", "![", "<!--", "[a]: b\n\n"])
def test_what_is_long_is_read_once(piece: str) -> None:
    written_addresses(piece * 20_000)  # with the square of the length this would take minutes
