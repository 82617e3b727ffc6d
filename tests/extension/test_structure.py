"""The structure of pages of the grammar `github`: what pairs of Markdown and HTML cannot say of it.

Which grammar holds for a page, which lines things are told in, what bad input does, how other extensions are served.
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from neco_weekly.extension.parsable_html import parsable
from neco_weekly.extension.python_markdown import NecoWeeklyExtension
from neco_weekly.model.issues import ScanResult

from tests.extension.test_markdown import PAIRS, markdown
from tests.lock_fixture import LOCK, Host, as_of_today


def ours(**options: Any) -> NecoWeeklyExtension:
    return NecoWeeklyExtension(keps_as_of=as_of_today(LOCK), **options)


def draw(text: str, *more: Extension | str) -> tuple[BeautifulSoup, ScanResult]:
    """Draw a text with the extensions of the pairs."""
    reports: list[ScanResult] = []
    html = markdown(*more, ours(report=reports.append)).convert(text)
    return BeautifulSoup(html, "html.parser"), reports[0]


def html_of(text: str, *more: Extension | str) -> str:
    return markdown(*more, ours()).convert(text)


def problems(text: str) -> list[tuple[str, str, int]]:
    return [(it.code, it.written, it.line) for it in draw(text)[1].diagnostics]


def lines(text: str) -> list[tuple[str, int]]:
    """What a text mentions, as written, and the lines of that."""
    found = draw(text)[1]
    return [(it.written, it.line) for it in found.mentions]


# --- which grammar ------------------------------------------------------------------------------------------------

NESTED = "- 親\n  - 子"
"""Text that has another structure in each grammar."""

GITHUB, PYTHON_MARKDOWN = 2, 1


def lists_in(html: str) -> int:
    return len(BeautifulSoup(html, "html.parser").select("ul"))


@pytest.mark.parametrize(
    ("path", "options", "lists"),
    [
        (None, {}, GITHUB),
        ("issues/2026/07/2026-07-24.md", {}, GITHUB),
        ("about.md", {}, PYTHON_MARKDOWN),
        ("issues/index.md", {}, PYTHON_MARKDOWN),
        ("about.md", {"grammar_for": "all"}, GITHUB),
        (None, {"grammar": "python-markdown"}, PYTHON_MARKDOWN),
        ("issues/2026/07/2026-07-24.md", {"grammar": "python-markdown"}, PYTHON_MARKDOWN),
        ("about.md", {"grammar": "python-markdown", "grammar_for": "all"}, PYTHON_MARKDOWN),
        ("weekly/2026-07-24.md", {"issues": "weekly"}, GITHUB),
    ],
)
def test_a_page_has_one_grammar(path: str | None, options: dict[str, Any], lists: int) -> None:
    host = [Host(path)] if path else []
    assert lists_in(markdown(*host, ours(**options)).convert(NESTED)) == lists


def test_what_is_of_the_dialect_is_none_elsewhere() -> None:
    boxes = PAIRS["dialect/blocks/boxes"].read_text(encoding="utf-8").replace("KEP-", "")
    text = f"{boxes}\n```js:app.js\nx\n```\n\n- [x] a\n\n> [!NOTE]\n> b\n"
    drawn = markdown(Host("about.md"), ours(pages=True)).convert(text)
    assert drawn == markdown(ours(grammar="python-markdown")).convert(text)
    found = BeautifulSoup(drawn, "html.parser").select(".message, .neco-details, .filename, .task-list, .admonition")
    assert found == []


def test_an_instance_is_used_for_pages_of_both_grammars() -> None:
    host = Host("about.md")
    md = markdown(host, ours())
    texts = [PAIRS[name].read_text(encoding="utf-8") for name in PAIRS if name.startswith("dialect/blocks/")]
    for text in texts:
        drawn = []
        for path in ("about.md", "issues/2026-07-24.md", "about.md", "issues/2026-07-24.md"):
            md.treeprocessors["relpath"].file.src_uri = path  # type: ignore[attr-defined]
            md.reset()
            drawn.append(re.sub(r"(fn(ref)?\d*):\d*-?", r"\1:", md.convert(text)))
        assert drawn[:2] == drawn[2:]
        fresh = markdown(Host("issues/2026-07-24.md"), ours()).convert(text)
        assert drawn[1] == re.sub(r"(fn(ref)?\d*):\d*-?", r"\1:", fresh)


NEEDS_NOTHING = [it for it in PAIRS if it.startswith("dialect/blocks/") and "/material/" not in it]


@pytest.mark.parametrize("name", NEEDS_NOTHING)
def test_the_dialect_needs_no_other_extension(name: str) -> None:
    alone = Markdown(extensions=[ours()]).convert(PAIRS[name].read_text(encoding="utf-8"))
    expected = PAIRS[name].with_suffix(".html").read_text(encoding="utf-8").rstrip("\n")
    expected = re.sub(r'<(h[1-6]) id="(?!own")[^"]*">', r"<\1>", expected)  # anchors are of the extension `toc`
    expected = re.sub(r'title="Jump back to footnote (\d+) in the text"', r'title="本文の脚注 \1 へ戻る"', expected)
    assert alone == expected


# --- problems -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n\n```sh\nls\n", [("unclosed-fence", "```sh", 3)]),
        ("```sh\nls\n```\n", []),
        ("```sh\n```\n", []),
        ("```sh", [("unclosed-fence", "```sh", 1)]),
        ("```\n\n\n", [("unclosed-fence", "```", 1)]),
        ("```\na\n~~~\n", [("unclosed-fence", "```", 1)]),
        ("````\na\n```\n", [("unclosed-fence", "````", 1)]),
        ("~~~ a b\n", [("unclosed-fence", "~~~a b", 1)]),
        ("> a\n> ```\n> b\n\nc", [("unclosed-fence", "```", 2)]),
        ("- a\n\n  ```\n  b\n- c", [("unclosed-fence", "```", 3)]),
        ("!!! note\n    ```\n    a\nb", [("unclosed-fence", "```", 2)]),
        ("<div markdown>\n\n```\na\n</div>\n", [("unclosed-fence", "```", 3)]),
        (":::message\n```\na\n:::\n", [("unclosed-fence", "```", 2)]),
        ("a[^1]\n\n[^1]: b\n\n    ```\n    c\n", [("unclosed-fence", "```", 5)]),
        ("a\n\n:::message\nb\n", [("unclosed-box", ":::message", 3)]),
        (":::message\nb\n:::\n", []),
        ("::::details 題\n:::\n", [("unclosed-box", "::::details 題", 1)]),
        ("- a\n\n  :::details 題\n- b", [("unclosed-box", ":::details 題", 3)]),
        (":::message\n:::details a\nb\n:::\n", [("unclosed-box", ":::message", 1)]),
        ("<div markdown>\n\n:::message\na\n\n</div>\n", [("unclosed-box", ":::message", 3)]),
    ],
)
def test_what_is_not_closed_is_told_with_its_line(text: str, expected: list[tuple[str, str, int]]) -> None:
    assert problems(text) == expected


# --- lines --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KEP-127 と\nKEP-127 と\n\nKEP-127", [1, 2, 4]),
        ("# KEP-127\n\nKEP-127\n===", [1, 3]),
        ("- KEP-127\n  - KEP-127\n    KEP-127\n\n  KEP-127\n- KEP-127", [1, 2, 3, 5, 6]),
        ("1. KEP-127\n2. 二\n\n   > KEP-127\n   > KEP-127", [1, 4, 5]),
        ("```\nKEP-127\n```\n\nKEP-127", [5]),
        ("`KEP-127` と\nKEP-127", [2]),
        ("> KEP-127\nKEP-127\n\n> KEP-127", [1, 2, 4]),
        ("> [!NOTE]\n> KEP-127\n> KEP-127", [2, 3]),
        ("| a |\n| - |\n| KEP-127 |\n| KEP-127 |", [3, 4]),
        ("| KEP-127 | KEP-127 |\n| - | - |\n| a | KEP-127 |", [1, 1, 3]),
        (":::message\nKEP-127\n\n- KEP-127\n:::\n\nKEP-127", [2, 4, 7]),
        (":::details KEP-127\nKEP-127\n:::", [1, 2]),
        ("!!! note\n    KEP-127\n\n    - KEP-127\n\nKEP-127", [2, 4, 6]),
        ('??? note "KEP-127"\n    KEP-127', [1, 2]),
        ('=== "a"\n\n    KEP-127\n\n=== "b"\n    KEP-127', [3, 6]),
        ("用語 KEP-127\n:   KEP-127\n\n    KEP-127", [1, 2, 4]),
        ("用語 KEP-127\n用語 KEP-127\n:   KEP-127", [1, 2, 3]),
        ("<div>\nKEP-127\n\nKEP-127\n</div>\n\nKEP-127", [2, 4, 7]),
        ("<details>\n<summary>KEP-127</summary>\n\n- KEP-127\n\n</details>\nKEP-127", [2, 4, 7]),
        ("<table>\n<tr><td>KEP-127</td></tr>\n<tr><td>\n\nKEP-127\n\n</td></tr>\n</table>", [2, 5]),
        ("<div markdown>\n\nKEP-127\nKEP-127\n\n- KEP-127\n</div>\n\nKEP-127", [3, 4, 6, 9]),
        ("<div markdown>KEP-127\nKEP-127\n</div>", [1, 2]),
        ("<p markdown>\nKEP-127\nKEP-127</p>\n\nKEP-127", [2, 3, 5]),
        ("- a\n\n    <div markdown>\n    KEP-127\n    </div>\n\n- KEP-127", [4, 7]),
        ("KEP-127\n\n[^1]: KEP-127\n\nKEP-127[^1]", [1, 5, 3]),
        ("a[^1]\n\n[^1]: b\n\n    KEP-127\n\n    - KEP-127", [5, 7]),
        ("<b>a</b>\n<div>\n</div> KEP-127\n\n- a\n  <div></div> KEP-127", [3, 6]),
        ("a\n\n<!-- b --> KEP-127\n\n<hr> KEP-127", [3, 5]),
        ("<!-- KEP-127\n\nKEP-127 -->\nKEP-127", [4]),
        ("[a]: https://kep.k8s.io/127\n\n[KEP-127][a]\n[KEP-127][a]", [3, 4]),
        ("\n\n\nKEP-127", [4]),
    ],
)
def test_each_mention_has_its_own_line(text: str, expected: list[int]) -> None:
    assert [line for _, line in lines(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://example.com/\nhttps://example.com/", [1, 2]),
        ("> a\n\nhttps://example.com/\n\n:::message\nhttps://example.com/\n:::", [3, 6]),
        ("- @[card](https://example.com/)\n- @[card](https://example.com/)", [1, 2]),
        ("<details>\n\nhttps://example.com/\n\n</details>\n\nhttps://example.com/", [3, 7]),
        ("<div markdown>\nhttps://example.com/\n</div>\n\nhttps://example.com/", [2, 5]),
        ("!!! note\n    https://example.com/\n\nhttps://example.com/", [2, 4]),
    ],
)
def test_each_card_has_its_own_line(text: str, expected: list[int]) -> None:
    assert [card.line for card in draw(text)[1].cards] == expected


# --- bad input ----------------------------------------------------------------------------------------------------

DEEP = 60
NESTS = {
    "lists": "".join(f"{'  ' * depth}- {depth}段\n" for depth in range(DEEP)),
    "lists in one line": "- " * DEEP + "59段",
    "numbers": "".join(f"{'   ' * depth}1. {depth}段\n" for depth in range(DEEP)),
    "quotes": ">" * DEEP + " 59段",
    "quotes and lists": "> - " * (DEEP // 2) + "59段",
    "boxes": "".join(f"{':' * (3 + DEEP - depth)}message\n{depth}段\n" for depth in range(DEEP))
    + "".join(f"{':' * (4 + depth)}\n" for depth in range(DEEP)),
    "boxes of as many colons": ":::message\n" * DEEP + "59段\n" + ":::\n" * DEEP,
    "admonitions": "".join(f"{'    ' * depth}!!! note\n" for depth in range(DEEP)) + "    " * DEEP + "59段",
    "tabs": "".join(f'{"    " * depth}=== "a"\n' for depth in range(DEEP)) + "    " * DEEP + "59段",
    "HTML": "<div>\n\n" * DEEP + "59段" + "\n\n</div>" * DEEP,
    "HTML in one block": "<div>\n" * DEEP + "59段" + "\n</div>" * DEEP,
    "HTML with Markdown": "<div markdown>\n" * DEEP + "59段" + "\n</div>" * DEEP,
}


def depth_of(tree: BeautifulSoup) -> int:
    """How many elements that hold blocks lie inside each other."""
    counted = "ul ol blockquote details div".split()
    return max((sum(parent.name in counted for parent in it.parents) for it in tree.find_all(string=True)), default=0)


@pytest.mark.parametrize("name", NESTS)
def test_what_is_nested_too_deep_is_text_of_the_deepest_and_one_problem(name: str) -> None:
    drawn, found = draw(NESTS[name])
    for part in re.findall(r"\d+段", NESTS[name]):
        assert part in drawn.get_text()
    assert depth_of(drawn) <= 50 * (3 if name == "tabs" else 1)
    assert [it.code for it in found.diagnostics] == ["too-deep"]


@pytest.mark.parametrize(
    "name",
    [*"lists|quotes|boxes of as many colons|HTML in one block|emphasis|notes|notes below|definitions".split("|")],
)
def test_five_hundred_levels_come_to_an_end(name: str) -> None:
    texts = {
        "lists": "- " * 500 + "最後",
        "quotes": ">" * 500 + "最後",
        "boxes of as many colons": ":::message\n" * 500 + "最後\n" + ":::\n" * 500,
        "HTML in one block": "<div>\n" * 500 + "最後",
        "emphasis": "*あ **い " * 250 + "最後" + " い** あ*" * 250,
        "notes": "".join(f"[^{i}]: " for i in range(500)) + "最後",
        "notes below": "\n\n".join(f"{'    ' * i}[^{i}]: 脚注" for i in range(500)) + "最後",
        "definitions": "\n\n".join(f"{'    ' * i}語\n{'    ' * i}:   説明" for i in range(500)) + "最後",
    }
    assert "最後" in draw(texts[name])[0].get_text()


@pytest.mark.parametrize(
    "text",
    ["<!--" * 20_000, "<div markdown> a\n\n" * 5_000, "[^a] " * 5_000 + "\n\n[^a]: b"],
    ids=["comments", "HTML with Markdown", "references to one footnote"],
)
def test_signs_without_an_end_come_to_one(text: str) -> None:
    """Each of these took a minute and more where a sign looked through all that follows."""
    assert draw(f"{text}\n\n最後")[0].get_text(strip=True).count("最後") == 1


def test_fifty_levels_are_drawn_without_a_problem() -> None:
    drawn, found = draw(">" * 50 + " 最後")
    assert len(drawn.select("blockquote")) == 50
    assert found.diagnostics == ()


WINDOWS = "# 題\n\n- 親 KEP-127\n  - 子\n\n```js:app.js\nlet x\n\n```\n\n:::message\n箱\n:::\n\n| a |\n| - |\n| 1 |\n"


def test_line_ends_of_windows_are_line_ends() -> None:
    assert html_of(WINDOWS.replace("\n", "\r\n")) == html_of(WINDOWS)
    assert html_of(WINDOWS.replace("\n", "\r")) == html_of(WINDOWS)


def test_a_byte_order_mark_is_no_text() -> None:
    assert html_of(f"\ufeff{WINDOWS}") == html_of(WINDOWS)


@pytest.mark.parametrize("sign", ["\x00", "\ud800", chr(0xDFFF), "\x02", "\x03"])
def test_signs_that_no_file_can_hold_are_shown_as_replaced(sign: str) -> None:
    for text in ("前{}後", "```\n前{}後\n```", "- 前{}後", "<div>\n前{}後\n</div>", ":::details 前{}後\na\n:::"):
        drawn = html_of(text.format(sign))
        assert sign not in drawn
        assert "前\ufffd後" in drawn or "前後" in drawn
        drawn.encode()


def test_a_table_of_three_hundred_columns_is_drawn() -> None:
    row = "|" + "a|" * 300
    drawn, _ = draw(f"{row}\n|{'-|' * 300}\n{row}\n")
    assert len(drawn.select("th")) == len(drawn.select("td")) == 300


def test_an_info_string_of_ten_thousand_signs_is_code_all_the_same() -> None:
    drawn, _ = draw(f"```js:{'a' * 10_000}\nlet x\n```\n\n本文")
    assert [it.get_text().strip() for it in drawn.select("code, p")] == ["let x", "本文"]
    assert len(drawn.select_one(".filename").get_text()) < 600  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        "[a]: [b]\n[b]: [a]\n\n[a][b] [b][a]",
        "[^a]: [^a]\n\n[^a]",
        "[^a]: [^b]\n[^b]: [^a]",
        "[^a]:",
        ":::",
        "!!!",
        "```",
        "$$",
        "|\n|-",
        "<",
        "</",
        "<div",
        "<div markdown",
        "<div markdown>",
        "<![CDATA[",
        "<!--",
        "<?",
        "- [x]",
        "> [!NOTE]",
        "[^",
        "[a]:",
        ": ",
        '=== ""',
    ],
)
def test_what_is_begun_and_no_more_is_kept_and_ends_nothing(text: str) -> None:
    drawn, _ = draw(f"前\n\n{text}\n\n後 KEP-127")
    assert "前" in drawn.get_text()
    assert "後 KEP-127" in drawn.get_text() or text in ("```", "<![CDATA[", "<!--", "<?", "<div")
    draw(text)


# --- other extensions ---------------------------------------------------------------------------------------------


class Shouts(Extension):
    """Another extension, with a block processor that draws blocks which begin with `!>`, in the way of tutorials."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        md.parser.blockprocessors.register(ShoutProcessor(md.parser), "shout", 75)


class ShoutProcessor(BlockProcessor):
    def test(self, parent: Element, block: str) -> bool:
        return block.startswith("!>")

    def run(self, parent: Element, blocks: list[str]) -> None:
        words, _, rest = blocks.pop(0).partition("\n")
        self.parser.parseBlocks(SubElement(parent, "aside"), [words[2:].strip()])
        if rest:
            blocks.insert(0, rest)


def test_a_block_processor_of_another_extension_is_served() -> None:
    text = (
        "前\n\n!> **叫ぶ** KEP-127\n残りの行\n\n- 項目\n\n  !> 項目の中\n- 次の項目\n\n```\n!> コード\n```\n\n"
        ":::message\n!> 箱の中\n:::\n\n後"
    )
    drawn, found = draw(text, Shouts())
    shouted = drawn.select("aside")
    assert [it.get_text().strip() for it in shouted] == ["叫ぶ KEP-127 stable v1.36", "項目の中", "箱の中"]
    assert [it.parent.name for it in shouted if it.parent] == ["[document]", "li", "div"]
    assert [it.get_text() for it in drawn.select("aside strong")] == ["叫ぶ"]
    rest = "前 残りの行 項目 次の項目 !> コード 後".split(" ")
    assert [it for it in rest if it not in drawn.get_text()] == []
    assert [it.get_text() for it in drawn.select("aside + p")] == ["残りの行"]
    assert [it.line for it in found.mentions] == [3]


def test_a_block_processor_of_another_extension_works_as_before_on_other_pages() -> None:
    text = "!> **叫ぶ**\n残りの行"
    assert markdown(Shouts(), Host("about.md"), ours()).convert(text) == markdown(Shouts()).convert(text)


class Seen(Preprocessor):
    """What a host's preprocessor sees of a page: MkDocs looks for anchors there, at this priority."""

    lines: tuple[str, ...] = ()

    def run(self, lines: list[str]) -> list[str]:
        self.lines = tuple(lines)
        return lines


class Host21(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        self.seen = Seen(md)
        md.preprocessors.register(self.seen, "mkdocs_raw_html", 21)


@pytest.mark.parametrize(
    "code",
    [
        '```\n<a id="x">\n```',
        '```html\n<a id="x">',
        '    <a id="x">',
        '- a\n\n  ```\n  <a id="x">\n  ```',
        '> ```\n> <a id="x">\n> ```',
        ':::message\n```\n<a id="x">\n```\n:::',
        '!!! note\n    ```\n    <a id="x">\n    ```',
        '`<a id="x">`',
        '`` ` <a id="x">``',
        '`二行の\n<a id="x">`',
        '$$\n<a id="x">\n$$',
        '<div markdown>\n\n```\n<a id="x">\n```\n\n</div>',
    ],
)
def test_hosts_see_no_anchor_in_code(code: str) -> None:
    host = Host21()
    html_of(f'{code}\n\n<a id="own"></a>', host)
    assert "x" not in re.findall(r'id="(\w+)"', "\n".join(host.seen.lines))
    assert "own" in "\n".join(host.seen.lines) or code.startswith("```html")


@pytest.mark.parametrize("tag", ["<a href='x' id>", "<AWS VPC ID>", "<pod id>", "<a id >", "<a name>"])
def test_hosts_see_no_bare_id(tag: str) -> None:
    host = Host21()
    html_of(f"本文 {tag}y</a> と <a id='own'></a>", host)
    assert re.findall(r"<[^<>]*\b(?:id|ID|name)\b(?!=)", "\n".join(host.seen.lines)) == []


def test_hosts_see_each_line_in_its_place() -> None:
    text = PAIRS["dialect/blocks/html-blocks"].read_text(encoding="utf-8")
    host = Host21()
    html_of(text, host)
    seen = host.seen.lines
    assert [number for number, line in enumerate(seen) if 'id="anchor"' in line] == [
        number for number, line in enumerate(text.split("\n")) if 'id="anchor"' in line
    ]


def test_nobody_can_write_what_stands_for_markdown_in_html() -> None:
    drawn, _ = draw('<div>\n<neco-slot id="0"></neco-slot>\n<neco-slot id="x"></neco-slot>\n\n本文\n\n</div>')
    assert [it.get_text() for it in drawn.select("div > p")] == ["本文"]


def test_a_site_without_pygments_has_names_of_files_too() -> None:
    md = Markdown(
        extensions=["pymdownx.highlight", "pymdownx.superfences", ours()],
        extension_configs={"pymdownx.highlight": {"use_pygments": False}},
    )
    text = '```js:<app>.js\nlet x\n```\n\n```yaml title="b.yaml" linenums="1"\na: 1\n```\n'
    text += "\n```diff yaml:c.yaml\n+a: 1\n```\n"
    drawn = BeautifulSoup(md.convert(text), "html.parser")
    assert [it.get_text() for it in drawn.select(".highlight > .filename")] == ["<app>.js", "b.yaml", "c.yaml"]
    assert [it.get_text() for it in drawn.select("pre > code")] == ["let x", "a: 1", "+a: 1\n"]
    assert [it.get_text() for it in drawn.select(".neco-diff-add")] == ["+a: 1\n"]


# --- snippets -----------------------------------------------------------------------------------------------------


def test_snippets_are_read_in_the_grammar_of_the_page(tmp_path: Path) -> None:
    snippet = "- 親 KEP-128\n  - 子\n\n```js:app.js\nlet x\n```\n\n*[SIG]: グループ\n"
    (tmp_path / "a.md").write_text(snippet, encoding="utf-8")
    configs = {"pymdownx.snippets": {"base_path": [str(tmp_path)]}}
    md = Markdown(extensions=["pymdownx.snippets", "abbr", ours()], extension_configs=configs)
    drawn = BeautifulSoup(md.convert('KEP-127 の SIG\n\n--8<-- "a.md"\n\n後'), "html.parser")
    assert len(drawn.select("ul ul")) == 1
    assert drawn.select_one(".filename").get_text() == "app.js"  # type: ignore[union-attr]
    assert drawn.select_one("abbr").get_text() == "SIG"  # type: ignore[union-attr]


# --- HTML that Python's parser refuses ----------------------------------------------------------------------------


@pytest.mark.parametrize("sign", ["<![", "<![foo[", "<![]", "<![a", "<![if"])
@pytest.mark.parametrize("around", ["<div>\n{}猫\n</div>", "<div>\n<iframe src='https://a.jp/'>{}猫</iframe>\n</div>"])
def test_a_section_that_html_does_not_know_is_text(around: str, sign: str) -> None:
    assert "猫" in draw(around.format(sign))[0].text


def test_what_is_pasted_from_embedly_may_hold_one_too() -> None:
    pasted = '<blockquote class="embedly-card"><![x<h4><a href="https://a.jp/">題</a></h4></blockquote>'
    assert draw(pasted)[1].cards[0].url == "https://a.jp/"


@pytest.mark.parametrize("section", ["<![CDATA[a]]>", "<![if IE]>a<![endif]>", "<!-- a -->"])
def test_whole_sections_and_comments_stay_what_they_are(section: str) -> None:
    assert parsable(f"<p>{section}<b>x</b>") == f"<p>{section}<b>x</b>"


@pytest.mark.parametrize("written", ["a <b", "<p>a <!-- b", "<p>a</p> <", "<i>a</i> <![CDATA[ b"])
def test_what_nothing_ends_is_text(written: str) -> None:
    assert unescape(parsable(written)) == written
    assert parsable(written) != written
