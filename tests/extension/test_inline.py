"""What stands inside a line, where a pair of Markdown and HTML does not say it: settings, problems, costly text."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown
from neco_weekly.extension import NecoWeeklyExtension
from neco_weekly.extension.inline.brackets import Brackets
from neco_weekly.extension.inline.notes import with_references
from neco_weekly.extension.math import MathError, math_element
from neco_weekly.lock.store import Lock
from neco_weekly.model.issues import Diagnostic, ScanResult

from tests.guards import coming_to_an_end
from tests.lengthy import INSIDE_A_LINE, LONG, Lengthy
from tests.lock_fixture import as_of_today


def draw(text: str, *extensions: Any, **options: Any) -> tuple[str, tuple[Diagnostic, ...]]:
    """What is drawn for a text, and the problems in it. A `#` without a space is no heading, as in CommonMark."""
    found: list[ScanResult] = []
    ours = NecoWeeklyExtension(keps_as_of=as_of_today(Lock()), report=found.append, **options)
    md = Markdown(extensions=[*extensions, ours])
    md.parser.blockprocessors.deregister("hashheader")
    return md.convert(text), found[0].diagnostics


def problems(text: str) -> list[tuple[str, str, int]]:
    return [(it.code, it.written, it.line) for it in draw(text)[1]]


# --- the grammar of the page --------------------------------------------------------------------------------------

OF_GITHUB = """~~a~~ :tada: $a$ <pod名> [a](b c) \\~ ![a](b.png =1x)\\
<kbd>x</kbd> <br> [b][a] [b] <foo bar="x">

![図](a.png)
*説明*

[a]: b"""


def test_a_page_of_the_other_grammar_is_drawn_by_python_markdown_alone() -> None:
    plain = Markdown()
    plain.parser.blockprocessors.deregister("hashheader")
    html, found = draw(OF_GITHUB, grammar="python-markdown")
    assert html == plain.convert(OF_GITHUB)
    assert {it.code for it in found} == {"left-over-sign"}
    assert draw(OF_GITHUB)[0] != plain.convert(OF_GITHUB)


def test_brackets_without_number_are_read_in_one_way_through_the_text_in_both_grammars() -> None:
    text = "[a](" * 25_000
    with coming_to_an_end("brackets"):
        assert draw(text, grammar="python-markdown")[0] == f"<p>{text}</p>"


def test_emoji_and_math_are_left_to_extensions_that_the_site_has_for_them() -> None:
    html, _ = draw(":tada: $a$", "pymdownx.emoji", "pymdownx.arithmatex")
    assert "emojione" in html
    assert "<math" not in html


# --- ends of lines ------------------------------------------------------------------------------------------------

LINES = "一行目\n**二行目**\n  三行目と[リンクの\n中](x)\n{: .neco-x }"


@pytest.mark.parametrize(
    ("meta", "breaks"),
    [
        ("title: 題", False),
        ("breaks: true", True),
        ("breaks: True\ntitle: 題", True),
        ("emoji: 🐱\ntype: tech", True),
        ("emoji: 🐱\ntopics: kubernetes", True),
        ("topics: kubernetes\ntype: idea", True),
        ("emoji: 🐱\ntype: post", False),
        ("emoji: 🐱", False),
        ("topics: kubernetes", False),
        ("emoji: 🐱\ntype: tech\nbreaks: false", False),
        ("emoji: 🐱\ntype: tech\nbreaks: maybe", True),
    ],
)
def test_which_pages_keep_the_ends_of_their_lines(meta: str, breaks: bool) -> None:
    html, _ = draw(f"{meta}\n\n{LINES}", "meta", "attr_list")
    assert html.count("<br />") == (3 if breaks else 0)
    assert '<p class="neco-x">' in html


CAPTIONS = {
    "no caption": ("`a`、\nここで*体*", "<p><code>a</code>、<br />\nここで<em>体</em></p>"),
    "lines around a caption": (
        "一\n二 `a`\n![](/a.png)\n*説明*\n三\n四*体*",
        "<p>一<br />\n二 <code>a</code></p>\n<figure><img /><figcaption>説明</figcaption></figure>\n"
        "<p>三<br />\n四<em>体</em></p>",
    ),
    "two figures": (
        "![](/a.png)\n*一*\n![](/b.png)\n*二*",
        "<figure><img /><figcaption>一</figcaption></figure>\n<figure><img /><figcaption>二</figcaption></figure>",
    ),
    "in an item": (
        "- 一\n  ![](/a.png)\n  *説明*\n  - 二\n- *三*\n- ![](/b.png)\n  *四*\n  五",
        "<ul><li><p>一</p><figure><img /><figcaption>説明</figcaption></figure><ul><li>二</li></ul></li>"
        "<li><em>三</em></li><li><figure><img /><figcaption>四</figcaption></figure><p>五</p></li></ul>",
    ),
    "a figure of HTML": (
        '<figure markdown="span">\n![](/a.png)\n<figcaption>説明</figcaption>\n</figure>',
        "<figure>\n<img />\n<figcaption>説明</figcaption></figure>",
    ),
}


@pytest.mark.parametrize("text", CAPTIONS)
@pytest.mark.parametrize("written", ["breaks: true", "backslashes"])
def test_breaks_stay_beside_captions_and_nothing_is_there_twice(text: str, written: str) -> None:
    markdown, wanted = CAPTIONS[text]
    if written == "backslashes":
        markdown = "breaks: false\n\n" + re.sub(r"(?<=[^>])\n(?= *[^ <-])", "\\\\\n", markdown)
    else:
        markdown = f"{written}\n\n{markdown}"
    html, _ = draw(markdown, "meta", "md_in_html")
    html = re.sub(r"(?<=<img) [^>]*(?= />)| class=\"neco-figure\"", "", html)
    assert re.sub(r"\s+", "", html) == re.sub(r"\s+", "", wanted)


# --- footnotes ----------------------------------------------------------------------------------------------------

NOTES = """一^[これは **注** で [リンク](x) と ^[中の注] がある]、二[^b]、三^[ ]、`^[a]`、\\^[b]、^[閉じない

```
^[code]
```

[^b]: 普通の注と ^[その中の注]。"""


def test_footnotes_inside_a_line_are_numbered_with_all_others_in_the_order_of_reading() -> None:
    found: list[ScanResult] = []
    ours = NecoWeeklyExtension(keps_as_of=as_of_today(Lock()), report=found.append)
    options = {"footnotes": {"USE_DEFINITION_ORDER": False}}
    html = Markdown(extensions=["footnotes", "fenced_code", ours], extension_configs=options).convert(NOTES)
    soup = BeautifulSoup(html, "html.parser")
    text, notes = soup.select_one("p"), soup.select(".footnote li")
    assert text is not None
    assert text.get_text() == "一1、二2、三^[ ]、^[a]、^[b]、^[閉じない"
    assert [note.get_text().split("\xa0")[0].strip() for note in notes] == [
        "これは 注 で リンク と 3 がある",
        "普通の注と 4。",
        "中の注",
        "その中の注",
    ]
    assert [link["href"] for link in soup.select("sup > a")] == [f"#{note['id']}" for note in notes]
    assert "^[code]" in soup.select("pre")[0].get_text()


def test_footnotes_in_footnotes_come_before_those_that_hold_them() -> None:
    assert with_references("a^[b ^[c] d]e", 2) == (
        "a[^inline-4]e",
        {"inline-3": "c", "inline-4": "b [^inline-3] d"},
    )


# --- HTML ---------------------------------------------------------------------------------------------------------


def test_words_with_words_behind_are_no_tag() -> None:
    assert draw("<AWS VPC ID> と <Pod の名前>") == ("<p>&lt;AWS VPC ID&gt; と &lt;Pod の名前&gt;</p>", ())


def test_a_bare_id_is_none() -> None:
    assert draw('<a href="https://example.com/x" id>y</a> と <a href="#" id="z">z</a>')[0] == (
        '<p><a href="https://example.com/x">y</a> と <a href="#" id="z">z</a></p>'
    )


def test_a_name_that_was_meant_as_a_tag_is_told_with_its_line() -> None:
    text = "一 <pod名>\n\n二 <note kind='x'> と `</pod名>`\n\n三 <foo>と\n</foo>\n\n```\n</pod名>\n```\n"
    assert problems(text) == [("unknown-tag", "<note", 3), ("unknown-tag", "<foo", 5)]


def test_many_elements_of_tags_in_each_other_are_no_recursion() -> None:
    html, _ = draw("<b>" * 2000 + "a" + "</b>" * 2000)
    assert html == f"<p>{'<b>' * 2000}a{'</b>' * 2000}</p>"


def test_pictures_that_are_written_as_html_are_found() -> None:
    found: list[ScanResult] = []
    ours = NecoWeeklyExtension(keps_as_of=as_of_today(Lock()), report=found.append)
    Markdown(extensions=[ours]).convert('一\n\n二 <img src="a.png"> と <a href="x"><img src=b.png></a>')
    assert found[0].images == (("a.png", 3), ("b.png", 3))


# --- hints --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("#127 が beta に", ["#127"]),
        ("#127", ["#127"]),
        ("一行目\n#127、#128", ["#127"]),
        ("文中の #127", []),
        ("#127a と #0 と #1234567", []),
        ("\\#127", []),
        ("KEP\n\n- #127", []),
        ("**太字** #127", []),
    ],
)
def test_a_bare_number_that_begins_a_line_is_told(text: str, told: list[str]) -> None:
    assert [written for code, written, _ in problems(text) if code == "bare-number"] == told


# --- math ---------------------------------------------------------------------------------------------------------


def test_a_formula_that_cannot_be_drawn_is_told_with_its_line() -> None:
    html, found = draw("一\n\n二 $\\unknown{x}$ と $a$\n")
    assert '<code class="neco-math-error">\\unknown{x}</code>' in html
    assert [(it.code, it.line, it.detail) for it in found] == [("bad-math", 3, "\\unknown is not known")]


@pytest.mark.parametrize(
    "tex",
    [
        "{",
        "\\frac{1}",
        "x^",
        "a^b^c",
        "\\left(",
        "\\begin{matrix}",
        "\\begin{CD}a\\end{CD}",
        "\\sqrt" * 3000 + "x",
        "\\hat" * 300 + "x",
        "{" * 61 + "}" * 61,
        "\\left(" * 300 + "\\right)" * 300,
        "a" * 10_001,
    ],
    ids=lambda tex: tex[:20],
)
def test_tex_that_is_wrong_or_hostile_is_an_error_and_nothing_else(tex: str) -> None:
    with pytest.raises(MathError):
        math_element(tex, display=False)


@pytest.mark.parametrize(
    "tex",
    [
        "\\begin{aligned}a&=b\\\\c&=d\\end{aligned}",
        "\\begin{cases}1&x\\\\2&y\\end{cases}",
        "\\begin{gathered}a\\\\b\\end{gathered}",
        "{" * 50 + "a" + "}" * 50,
        "a" * 9_999,
        "\\text{\\日本語}",
        "\\alpha\\%\\_",
    ],
    ids=lambda tex: tex[:20],
)
def test_tex_that_can_be_drawn(tex: str) -> None:
    element = math_element(tex, display=True)
    assert (element.tag, element.get("display")) == ("math", "block")
    assert element.findtext(".//annotation") == tex.replace("&", "&amp;")


# --- links --------------------------------------------------------------------------------------------------------


def read(text: str) -> list[str]:
    """Addresses of links and pictures in a text; everything is defined."""
    return [it.target.address for it in Brackets(text, lambda label: (f"<{label}>", None)).read()]


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("[a](b)", ["b"]),
        ("[a] [b]", ["<a>", "<b>"]),
        ("[a][b]", ["<b>"]),
        ("[a][b][c]", ["<b>", "<c>"]),
        ("[a][]", ["<a>"]),
        ("[a][ ]", ["<a>", "< >"]),
        ("[a [b] c]", ["<b>"]),
        ("[a [b](c) d](e)", ["c"]),
        ("![a [b](c) d](e)", ["e"]),
        ("[![a](b)](c)", ["c"]),
        ("[![[a](b)](c)](d)", ["c"]),
        ("[a](b)[c](d)](e)", ["b", "d"]),
        ("[a](b(c)d)", ["b(c)d"]),
        ("[a](" + "(" * 32 + ")" * 32 + ")", ["(" * 32 + ")" * 32]),
        ("[a](" + "(" * 33 + ")" * 33 + ")", ["<a>"]),
        ("[a](b\tc)", ["<a>"]),
        ("[a](<b", ["<a>"]),
        ("[a <b>](c)", ["c"]),
        ("[a <b c='](d)'>](e)", ["e"]),
        ("<pod [a](b)>", ["b"]),
        ("<b[a]>", ["<a>"]),
        ("[a <https://b](c)>](d)", ["d"]),
        ("[" + "a" * 1000 + "]", []),
        ("[a][" + "b" * 1000 + "]", ["<a>"]),
        ("]", []),
        ("[", []),
    ],
    ids=lambda it: str(it)[:30],
)
def test_which_brackets_belong_together(text: str, addresses: list[str]) -> None:
    assert read(text) == addresses


def test_a_label_with_an_escaped_bracket_or_code_is_found_as_it_is_defined() -> None:
    found: list[ScanResult] = []
    ours = NecoWeeklyExtension(keps_as_of=as_of_today(Lock()), report=found.append)
    md = Markdown(extensions=[ours])
    for page in ("one", "two"):
        md.reset()
        md.references[r"a\]b"] = (page, "題")
        assert md.convert(r"[A\]b] と [c]") == f'<p><a href="{page}" title="題">A]b</a> と [c]</p>'


@pytest.mark.parametrize("long", INSIDE_A_LINE, ids=lambda long: long.name)
def test_reading_a_line_comes_to_an_end(long: Lengthy) -> None:
    with coming_to_an_end(long.name):
        long.work(long.text(LONG))
