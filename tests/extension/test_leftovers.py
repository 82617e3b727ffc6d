"""Signs of Markdown that readers would see: each is found wherever it stands, and nothing that is meant as text is."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from neco_weekly.extension.leftovers import SIGNS, leftovers
from neco_weekly.extension.prose import Run
from neco_weekly.extension.stash import prose_of_html
from neco_weekly.grammar.issue_files import IssueFile
from neco_weekly.hosts.project import load_project
from neco_weekly.issues.scan import Scanner
from neco_weekly.model.issues import Diagnostic

from tests.guards import coming_to_an_end
from tests.sites import PROJECT

_SITE = load_project(PROJECT / "mkdocs.yml")
SCANNER = Scanner(_SITE.extensions, _SITE.extension_configs)
CODES = {"left-over-sign", "looks-like-markup", "fence-in-code", "prose-in-code"}

PLACES = {
    "prose": "前の文\n\n{}\n\n後の文",
    "the second line of a paragraph": "前の文\n{}",
    "list": "- 前の項目\n- {}\n- 後の項目",
    "quote": "> 前の文\n>\n> {}",
    "table": "| 列 | 列 |\n| --- | --- |\n| 前 | 前 |\n| {} | 後 |",
    "admonition": "!!! note\n\n    前の文\n\n    {}",
    "details": "??? note\n\n    前の文\n\n    {}",
    "raw HTML": "<div>\n前の文\n{}\n</div>",
}
LINES = {"prose": 3, "the second line of a paragraph": 2, "list": 2, "quote": 3, "table": 4, "raw HTML": 3}
"""The line at which each place has its text, where that is not the fifth."""


@dataclass(frozen=True)
class Planted:
    """A text with one sign, the name of the sign, and in which places it is none, for there it is read as Markdown."""

    text: str
    name: str
    sure: bool = True
    only: tuple[str, ...] = tuple(PLACES)
    without: tuple[str, ...] = ()

    @property
    def places(self) -> list[str]:
        return [place for place in self.only if place not in self.without]


NO_BLOCKS = ("table", "raw HTML")
SIGNS_IN_TEXT = {
    "the end of a container": Planted(":::", "container"),
    "a container": Planted(":::message", "container", only=NO_BLOCKS),
    "a fence": Planted("```yaml", "fence", only=NO_BLOCKS),
    "a fence of tildes": Planted("~~~ yaml", "fence", only=NO_BLOCKS),
    "a strike that is not closed": Planted("これは~~取り消し", "strike", sure=False),
    "a strike": Planted("これは~~取り消し~~です", "strike", only=("raw HTML",)),
    "a link that is not closed": Planted("[題](a.md", "link"),
    "a link that has only its end": Planted("題](a.md)", "link"),
    "a picture that is not closed": Planted("![題](a.png", "link"),
    "a picture without an address": Planted("![題] です", "link"),
    "a link to a name that is nowhere": Planted("[題][どこにもない]", "link", sure=False),
    "a definition": Planted("[題]: ../a.md", "link", only=("the second line of a paragraph", *NO_BLOCKS)),
    "a footnote that is nowhere": Planted("本文[^nowhere]です", "footnote"),
    "an inline footnote": Planted("本文^[注]です", "footnote", only=("raw HTML",)),
    "a delimiter row": Planted("|---|:--|", "table", without=("table", "the second line of a paragraph")),
    "a row": Planted("| 一 | 二 |", "table", sure=False, without=("table",)),
    "strong with spaces": Planted("これは** 太字 **です", "bold"),
    "strong that is not closed": Planted("これは**太字です", "bold", sure=False),
    "strong by underscores between letters": Planted("これは__太字__です", "bold"),
    "a width": Planted("図 =250x です", "width", sure=False),
    "a formula's end": Planted("式 $$", "math"),
    "a formula": Planted("式 $\\alpha + 1$ です", "math", only=("raw HTML",)),
    "an alert with words behind it": Planted("[!NOTE] 注意", "alert"),
    "a task": Planted("[ ] 仕事", "task", without=("list", "table")),
    "a task in a cell": Planted("- [x] 仕事", "task", only=NO_BLOCKS),
    "a heading without a space": Planted("##見出し", "heading"),
    "a heading with a full-width space": Planted("##\u3000見出し", "heading"),
    "a heading of one sign without a space": Planted("#見出し です", "heading", sure=False),
    "a heading in HTML": Planted("## 見出し", "heading", only=("raw HTML",)),
    "an admonition": Planted("!!! note", "box", only=NO_BLOCKS),
    "details": Planted('??? "題"', "box", only=NO_BLOCKS),
    "a tab": Planted('=== "題"', "box", only=NO_BLOCKS),
    "a list": Planted("- 項目", "list", sure=False, only=NO_BLOCKS),
    "an item behind text": Planted("2. 項目", "list", sure=False, only=("the second line of a paragraph", "raw HTML")),
    "a quote": Planted("> 引用", "quote", sure=False, only=("raw HTML",)),
    "attributes": Planted("{.wide} な文", "attributes", sure=False),
    "code that is not closed": Planted("これは`コードです", "code", sure=False),
}
CASES = [
    pytest.param(planted, place, id=f"{name}, {place}")
    for name, planted in SIGNS_IN_TEXT.items()
    for place in planted.places
]


def told(text: str) -> list[Diagnostic]:
    return [it for it in SCANNER.scan(text).diagnostics if it.code in CODES]


@pytest.mark.parametrize(("planted", "place"), CASES)
def test_a_sign_is_found_where_it_stands(planted: Planted, place: str) -> None:
    found = [it for it in told(PLACES[place].format(planted.text)) if it.detail == planted.name]
    assert [(it.code, it.line) for it in found] == [
        ("left-over-sign" if planted.sure else "looks-like-markup", LINES.get(place, 5))
    ]


def test_every_sign_is_planted() -> None:
    assert {sign.name for sign in SIGNS} == {planted.name for planted in SIGNS_IN_TEXT.values()}


@pytest.mark.parametrize("place", PLACES)
def test_every_place_is_silent_without_a_sign(place: str) -> None:
    assert told(PLACES[place].format("ふつうの文")) == []


# --- what is meant ------------------------------------------------------------------------------------------------

MEANT = {
    "escaped": r"\*\*太字\*\* と \_\_init\_\_ と \[題](a.md) と \`コード と \!\[図](a.png)",
    "escaped at the beginning of a line": "文\n\\# 見出し\n\\- 項目\n1\\. 項目\n\\## 見出し",
    "code": "`**太字**` と `[題](a.md)` と ``a`b`` と `~~x~~` と `[^1]` と `$$` と `|---|---|` と `=250x`",
    "fenced code": "```text\n:::message\n**太字**\n[題](a.md\n##見出し\n| a | b |\n[^x] $$ ~~x~~\n```",
    "indented code": "文\n\n    **x** [a](b ~~y~~ $$ [^x]\n    :::\n    # comment",
    "code in HTML": "<pre>\n**太字** ~~x~~\n- a\n</pre>\n\n<div><code>[題](a.md</code></div>",
    "comments": "<!-- **太字** ~~x~~\n:::message\n-->\n\n文",
    "addresses": "https://example.com/a__b__c/**/~~x と <https://example.com/[^1]> と [題](https://example.com/a__b)",
    "names of Python": "型は__init__です。snake__case__name と __main__",
    "globs and powers": "src/**/*.go と **/*.md と 2**3 と x**y と a/**",
    "hash tags and numbers": "#127 が beta に\n\n#KubeCon\n\n> #ask-anything\n\n#KubeCon #CloudNative の話\n\nC# と F#",
    "prices and shells": "$5 と $10、${HOME} と $HOME、{{ .Values.a }}",
    "signs of Japanese": "〜〜とか、・項目、※注、「：：」、＊注",
    "dashes and dates": "2026. 1. 9 の号 - 続き\n\n1–2 個、-1 と +1",
    "colons": "12:30:45 と a::b と std::vector",
    "waves of a casual writer that are far from words": "えー ~~ と",
    "a negative number in a table": "| 値 | 差 |\n| --- | --- |\n| - 5 | + 3 |\n| 1. 一 | - |\n| [x] | [ ] |",
    "a bold number that is a heading of its own": "**1. 概要**\n\n文",
    "a numbered heading": "## 1. 概要\n\n## - と +\n\n### #見出し",
    "footnotes": "文[^1]\n\n[^1]: 注 **太字**",
    "indices": "a[0][1] と [x] と [y]",
    "math of sets": "{ x | x > 0 } と a > b と a => b",
    "a card that cannot be read, which has its own problem": "@[card](https://example.org/a){titel=x}",
    "a card": '@[card](https://example.com/){title="**題** ~~x~~ [a](b"}',
    "contents": "[TOC]\n\n## 一",
    "entities": "&#42;&#42;太字&#42;&#42; と &lt;a&gt; と &amp;",
}


@pytest.mark.parametrize("text", MEANT.values(), ids=MEANT)
def test_what_is_meant_as_text_is_no_sign(text: str) -> None:
    assert told(f"文\n\n{text}") == []


@pytest.mark.parametrize(
    "path", [path.relative_to(PROJECT).as_posix() for path in sorted(PROJECT.glob("docs/**/*.md"))]
)
def test_our_own_pages_hold_no_sign(path: str) -> None:
    text = (PROJECT / path).read_text(encoding="utf-8")
    assert told(text.split("---\n", 2)[-1] if text.startswith("---\n") else text) == []


def test_fetched_words_are_not_looked_at() -> None:
    assert told("文 [https://example.com/:title] です\n\nhttps://example.com/\n\nKEP-127 と") == []


def test_a_title_of_front_matter_is_no_markdown() -> None:
    """It is drawn as it is written, at Zenn as well."""
    file = IssueFile(path="issues/a.md", meta={"title": "`std::io` と **太字**", "date": "2026-10-02"})
    assert SCANNER.scan("文", file).diagnostics == ()


# --- how they are told --------------------------------------------------------------------------------------------


def test_what_is_told_begins_at_the_sign_and_ends_somewhere() -> None:
    (found,) = told("前 `code` と **太字" + "あ" * 99)
    assert found.written == "**太字" + "あ" * 35 + "…"


def test_code_and_addresses_in_what_is_told_are_left_out() -> None:
    (found,) = told("[題 `a`](https://example.com/x y")
    assert found.written == "[題 …](… y"


def test_the_surer_sign_of_a_line_is_told_and_each_line_has_its_own() -> None:
    found = told("** a ** と **b\n\n** a **\n** b **")
    assert [(it.code, it.line) for it in found] == [("left-over-sign", line) for line in (1, 3, 4)]


def test_rows_of_a_table_and_items_of_a_list_are_told_once() -> None:
    found = told("<div>\n| 一 | 二 |\n|---|---|\n| 三 | 四 |\n- 五\n- 六\n</div>")
    assert [(it.code, it.detail, it.line) for it in found] == [
        ("left-over-sign", "table", 3),
        ("looks-like-markup", "list", 5),
    ]


def test_equal_signs_have_each_their_line() -> None:
    assert [it.line for it in told("**太字\n\n文\n\n**太字\n\n`**太字`\n\n- **太字")] == [1, 5, 9]


# --- code that swallows -------------------------------------------------------------------------------------------


def test_a_fence_in_the_code_of_another_is_told_with_both_lines() -> None:
    (found,) = told("文\n\n```js\nlet x\n\n段落\n\n```sh\nls\n```\n\n文")
    assert (found.code, found.written, found.detail, found.line) == ("fence-in-code", "```sh", "3", 8)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("````md\n```js\nx\n```\n````", id="a longer fence around"),
        pytest.param("~~~md\n```js\nx\n```\n~~~", id="another fence around"),
        pytest.param("```js\nx\n```\n\n```sh\ny\n```", id="one after the other"),
        pytest.param("- 一\n\n    ```js\n    x\n    ```\n\n- 二\n\n    ```sh\n    y\n    ```", id="in a list"),
        pytest.param("`` ```js `` と\n\n```sh\nx\n```", id="in code of a line"),
    ],
)
def test_code_that_swallows_nothing(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize("line", ["## 見出し", "- 項目です", "2. 項目です"])
def test_prose_in_indented_code_is_told(line: str) -> None:
    (found,) = told(f"文\n\n    $ ls\n    {line}\n    {line}\n")
    assert (found.code, found.written, found.line) == ("prose-in-code", line, 4)


@pytest.mark.parametrize("line", ["# 一覧を見る", "- name: a", "## heading", "echo 日本語 # 説明"])
def test_comments_and_lists_of_code_are_code(line: str) -> None:
    assert told(f"文\n\n    $ ls\n    {line}\n") == []


# --- cost ---------------------------------------------------------------------------------------------------------


COSTLY = "[ ]( ![ ** ~~ ~~a ` $ $\\ | [^ ^[ __ {.a <pre> <!-- </pre> : # - > ][ ]: =25".split(" ")


@pytest.mark.parametrize("part", COSTLY)
def test_looking_for_signs_comes_to_an_end(part: str) -> None:
    for text in (part * 28_000, f"{part} " * 28_000, f"{part}\n" * 28_000):
        with coming_to_an_end(part):
            leftovers(Run("p", text))
            prose_of_html(text, "")
