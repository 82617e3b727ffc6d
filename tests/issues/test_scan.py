"""Markdown in, a scan result out: what an issue mentions, under which heading and on which line of its file."""

from __future__ import annotations

from textwrap import dedent

import pytest
from neco_weekly.extension.locator import Locator
from neco_weekly.grammar.card_lines import KINDS
from neco_weekly.grammar.front_matter import take_apart
from neco_weekly.issues.index import build_index, make_issue
from neco_weekly.issues.scan import Scanner
from neco_weekly.lock.store import Lock
from neco_weekly.model.cards import CardText
from neco_weekly.model.issues import CardMention, Diagnostic, Heading, Mention, PullMention, ScanResult
from neco_weekly.refresh import plan
from pymdownx.slugs import slugify

SCANNER = Scanner(
    ["toc", "tables", "fenced_code", "footnotes", "admonition", "attr_list"],
    {"toc": {"slugify": slugify(case="lower")}},  # type: ignore[no-untyped-call]
)


def scan(text: str) -> ScanResult:
    return SCANNER.scan(dedent(text))


def mentions(text: str) -> list[tuple[int, str, int]]:
    """KEP, the author's words, line."""
    return [(found.kep, found.written, found.line) for found in scan(text).mentions]


def cards(text: str) -> list[tuple[str, int]]:
    return [(found.url, found.line) for found in scan(text).cards]


def diagnostics(text: str) -> list[tuple[str, str, str, int]]:
    return [
        (diagnostic.code, diagnostic.written, diagnostic.detail, diagnostic.line)
        for diagnostic in scan(text).diagnostics
    ]


URL = "https://kep.k8s.io/127"


def test_candidates_follow_from_the_text_and_are_asked_for() -> None:
    text = "KEP-127/9999\n\n- kep-128 と\n- KEP_129 と KEP-5〜9998\n"
    read = [(it.kep, it.written, it.line, it.candidate) for it in scan(text).mentions]
    assert read == [
        (127, "KEP-127", 1, False),
        (9999, "9999", 1, True),
        (128, "kep-128", 3, True),
        (5, "KEP-5", 4, False),
        (9998, "9998", 4, True),
    ]
    assert diagnostics(text) == [("looks-like-kep", "KEP_129", "", 4)]
    index = build_index([make_issue("issues/2022-08-26.md", take_apart(text), scan(text))])
    assert plan(index, Lock()).keps == (5, 127, 128, 9998, 9999)


def test_an_issue_s_findings() -> None:
    found = scan(
        """\
        # Neco Weekly (2022-08-26号)

        KEP-127 の話。

        ## [#5](https://github.com/kubernetes/enhancements/issues/5) PodSecurity

        ![絵](./a.png)

        https://example.com/

        KEP-0
        """
    )
    title = Heading(text="Neco Weekly (2022-08-26号)", anchor="neco-weekly-2022-08-26号")
    section = Heading(text="#5 PodSecurity", anchor="5-podsecurity")
    assert found.title == "Neco Weekly (2022-08-26号)"
    assert found.mentions == (
        Mention(kep=127, written="KEP-127", heading=title, line=3, paragraph="KEP-127 の話。"),
        Mention(
            kep=5,
            written="https://github.com/kubernetes/enhancements/issues/5",
            heading=section,
            line=5,
            paragraph="KEP-0",
        ),
    )
    assert found.cards == (CardMention(url="https://example.com/", text=CardText(), heading=section, line=9),)
    assert found.images == (("./a.png", 7),)
    assert found.diagnostics == (Diagnostic(code="bad-kep-number", written="KEP-0", line=11),)


LONG = "、".join(f"{number}番目の文" for number in range(100))


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        pytest.param("前の段落。\n\nKEP-1 の段落。\n\n後の段落。", ["KEP-1 の段落。"], id="its own"),
        pytest.param("## KEP-1\n\n続く段落。\n\n次の段落。", ["続く段落。"], id="of a heading: the one that follows"),
        pytest.param("## KEP-1\n\n### 節\n\n節の段落。", ["節の段落。"], id="of a heading: one below it"),
        pytest.param("## KEP-1\n\n## 別\n\n別の段落。", [""], id="of a heading without words"),
        pytest.param("### KEP-1\n\n## 別\n\n別の段落。", [""], id="not that of a greater heading"),
        pytest.param("## KEP-1 と KEP-2\n\n続く。", ["続く。", "続く。"], id="two in a heading"),
        pytest.param("KEP-1 と [KEP-2](https://kep.k8s.io/2)。", ["KEP-1 と KEP-2。"] * 2, id="without our badges"),
        pytest.param("- KEP-1 の項目\n- 別の項目", ["KEP-1 の項目"], id="an item"),
        pytest.param("|a|b|c|\n|-|-|-|\n|KEP-1|KEP-2 b||", ["KEP-1 · KEP-2 b"] * 2, id="the row of a table"),
        pytest.param("> KEP-1 の引用", ["KEP-1 の引用"], id="a quotation"),
        pytest.param("文。\n\nhttps://kep.k8s.io/1\n\n文。", [""], id="a card stands on its own"),
        pytest.param("- @[card](https://kep.k8s.io/1)", [""], id="a card in a list, too"),
        pytest.param("- KEP-1\n  @[card](https://a.jp/)\n  文", ["KEP-1 文"], id="an item without the card in it"),
        pytest.param(f"KEP-1 {LONG}", [f"KEP-1 {LONG}"[:240] + "…"], id="cut behind"),
        pytest.param(f"{LONG} KEP-1", ["…" + f"{LONG} KEP-1"[-240:]], id="cut before"),
    ],
)
def test_the_words_around_a_mention(text: str, paragraphs: list[str]) -> None:
    assert [mention.paragraph for mention in scan(text).mentions] == paragraphs


@pytest.mark.parametrize("text", ["", "\n\n", "   "])
def test_an_empty_text_mentions_nothing(text: str) -> None:
    scan("KEP-127")
    assert scan(text) == ScanResult()


def test_links_and_pictures_within_the_site_are_found_once_as_they_are_written() -> None:
    text = "[a](../a.md#b) ![c](c.png) [d](https://a.jp/) [a](../a.md#b) [e](#e) [f][f] <g.md>\n\n[f]: f.md"
    assert scan(text).links == ("../a.md#b", "c.png", "f.md")


def test_each_text_is_scanned_by_itself() -> None:
    first = scan("KEP-127\n\nhttps://example.com/\n\n[^1]\n\n[^1]: KEP-5")
    scan("# KEP-128")
    assert scan("KEP-127\n\nhttps://example.com/\n\n[^1]\n\n[^1]: KEP-5") == first


def test_anchors_are_those_of_the_host_s_settings() -> None:
    (mention,) = Scanner().scan("# 題\n\n## 題\n\nKEP-127").mentions
    assert mention.heading == Heading(text="題", anchor="_2")
    (mention,) = SCANNER.scan("# 題\n\n## 題\n\nKEP-127").mentions
    assert mention.heading == Heading(text="題", anchor="題_1")


@pytest.mark.parametrize(
    ("written", "text", "anchor"),
    [
        pytest.param("## KEP-127 の *話* `x`", "KEP-127 の 話 x", "kep-127-の-話-x", id="markup"),
        pytest.param("## Q&amp;A <br> KEP-127", "Q&A KEP-127", "qa-kep-127", id="entities and HTML"),
        pytest.param("## \\*KEP-127\\* {: #a\\_b }", "*KEP-127*", "a_b", id="escapes"),
        pytest.param("## KEP-127[^1]\n\n[^1]: x", "KEP-127", "kep-127", id="footnote"),
        pytest.param("KEP-127\n-------", "KEP-127", "kep-127", id="underlined"),
    ],
)
def test_a_heading_is_its_words_and_its_anchor(written: str, text: str, anchor: str) -> None:
    (mention, *_) = scan(written).mentions
    assert mention.heading == Heading(text=text, anchor=anchor)


def test_a_title_is_the_first_heading_of_the_first_level() -> None:
    assert scan("## 前\n\n# KEP-127 の *話* &amp; <b>x</b>\n\n# 後").title == "KEP-127 の 話 & x"
    assert scan("## 前").title == ""


# --- lines --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("KEP-127\nと\nKEP-127", [(127, "KEP-127", 1), (127, "KEP-127", 3)], id="the same twice"),
        pytest.param("KEP-1271\n\nKEP-127", [(1271, "KEP-1271", 1), (127, "KEP-127", 3)], id="a longer number before"),
        pytest.param("KEP-127-x\nkeps/KEP-127\nKEP-127", [(127, "KEP-127", 3)], id="parts of words before"),
        pytest.param("`KEP-127`\n``KEP-127 ` ``\nKEP-127", [(127, "KEP-127", 3)], id="code before"),
        pytest.param("```\nKEP-127\n```\n\nKEP-127", [(127, "KEP-127", 5)], id="fence before"),
        pytest.param("文\n\n```\nKEP-127\n```\n\nKEP-127", [(127, "KEP-127", 7)], id="text and fence before"),
        pytest.param(
            "KEP-127\n\n[KEP-127 ![](a)](b)", [(127, "KEP-127", 1), (127, "KEP-127", 3)], id="beside an image"
        ),
        pytest.param("~~~ x\nKEP-127\n~~~\n\nKEP-127", [(127, "KEP-127", 5)], id="fence of tildes before"),
        pytest.param(
            "```x``` と\n\nKEP-127\n\nKEP-128", [(127, "KEP-127", 3), (128, "KEP-128", 5)], id="code like a fence"
        ),
        pytest.param("<!--\nKEP-127\n-->\n\nKEP-127", [(127, "KEP-127", 5)], id="comment before"),
        pytest.param("[a](https://a.jp/KEP-127)\n\nKEP-127", [(127, "KEP-127", 3)], id="address before"),
        pytest.param("\\`KEP-127\\`\n\nKEP-128", [(127, "KEP-127", 1), (128, "KEP-128", 3)], id="escaped backticks"),
        pytest.param("文\nKEP \\#127", [(127, "KEP #127", 2)], id="escaped hash"),
        pytest.param("文\nKEPs 127,\n128", [(127, "KEPs 127", 2), (128, "128", 3)], id="list over two lines"),
        pytest.param("- 文\n- KEP-127\n\n> KEP-128", [(127, "KEP-127", 2), (128, "KEP-128", 4)], id="list and quote"),
        pytest.param("|a|\n|-|\n|KEP-127|", [(127, "KEP-127", 3)], id="table"),
    ],
)
def test_lines_of_words(text: str, expected: list[tuple[int, str, int]]) -> None:
    assert mentions(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"[a]({URL})\n\n[b]({URL})", [(127, URL, 1), (127, URL, 3)], id="the same twice"),
        pytest.param(f"[a]({URL}8)\n\n[b]({URL})", [(1278, f"{URL}8", 1), (127, URL, 3)], id="a longer number before"),
        pytest.param(f"[a]({URL}/)\n\n[b]({URL})", [(127, f"{URL}/", 1), (127, URL, 3)], id="a longer address before"),
        pytest.param(f"[a]({URL}#b)\n\n[b]({URL})", [(127, f"{URL}#b", 1), (127, URL, 3)], id="an anchor before"),
        pytest.param(f"`{URL}`\n\n[b]({URL})", [(127, URL, 3)], id="code before"),
        pytest.param(f"文 https://web.archive.org/web/{URL}\n\n[b]({URL})", [(127, URL, 3)], id="archive before"),
        pytest.param(
            f"[a]({URL}/b) [c]({URL}-d)\n\n[b]({URL})", [(127, URL, 3)], id="longer addresses of no KEP before"
        ),
        pytest.param(f"文\n\n[![](a.png) 題名][x]\n\n[x]: {URL}", [(127, URL, 3)], id="definition and picture"),
        pytest.param(f"[x]: {URL}\n\n[b][x]\n\n[c]({URL})", [(127, URL, 3), (127, URL, 5)], id="definition before"),
        pytest.param(f"[b][x]\n\n[x]: {URL}", [(127, URL, 1)], id="definition behind"),
        pytest.param(f"文\n\n[KEP の話][]\n\n[KEP の話]: <{URL}>", [(127, URL, 3)], id="definition of its own text"),
        pytest.param(f"文\n<{URL}> と\n{URL} を", [(127, URL, 2), (127, URL, 3)], id="in sentences"),
        pytest.param(f"文\n\n{URL}", [(127, URL, 3)], id="card"),
        pytest.param(f"文\n\n@[github]({URL})", [(127, URL, 3)], id="card of a kind"),
        pytest.param(
            f"文\n[{URL}:title] と\n[{URL}:title=題] と\n[{URL}:embed] と\n\n[{URL}:embed:cite]",
            [(127, URL, 2), (127, URL, 3), (127, URL, 4), (127, URL, 6)],
            id="forms of Hatena",
        ),
        pytest.param(f"文\n\n[長い\n題]({URL})", [(127, URL, 4)], id="text over two lines"),
        pytest.param(f"[KEP-127]({URL})\n\nKEP-127", [(127, URL, 1), (127, "KEP-127", 3)], id="text and address"),
        pytest.param(
            f"[KEP-128 と KEP-127]({URL})\n\nKEP-128",
            [(127, URL, 1), (128, "KEP-128", 1), (128, "KEP-128", 3)],
            id="two in one link",
        ),
        pytest.param(
            "[KEP-127](https://a.jp/)\n\n[KEP-127](https://a.jp/)",
            [(127, "KEP-127", 1), (127, "KEP-127", 3)],
            id="text of links to one place",
        ),
        pytest.param(
            f"[a]({URL}?b=1&amp;c=2)\n\n[a]({URL}?b=1&c=2)",
            [(127, f"{URL}?b=1&amp;c=2", 1), (127, f"{URL}?b=1&c=2", 3)],
            id="ampersands",
        ),
    ],
)
def test_lines_of_links(text: str, expected: list[tuple[int, str, int]]) -> None:
    assert mentions(text) == expected


PAGE = "https://a.jp/"
VIDEO = "dQw4w9WgXcQ"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"{PAGE}\n\n{PAGE}", [(PAGE, 1), (PAGE, 3)], id="the same twice"),
        pytest.param(f"{PAGE}b\n\n{PAGE}", [(f"{PAGE}b", 1), (PAGE, 3)], id="a longer address before"),
        pytest.param(
            f"[a]({PAGE}b) {PAGE}?c {PAGE}-\n\n{PAGE}", [(PAGE, 3)], id="longer addresses in a sentence before"
        ),
        pytest.param(f"[a]({PAGE}) と {PAGE} を\n- {PAGE}\n\n{PAGE}", [(PAGE, 4)], id="links before"),
        pytest.param(f"- {PAGE}\n- @[card]({PAGE})", [(PAGE, 2)], id="link in a list before"),
        pytest.param(f"1. {PAGE}\n\n    @[card](<{PAGE}>)", [(PAGE, 3)], id="in a loose item"),
        pytest.param(
            f"@[card]({PAGE}b/c)\n\n@[card]({PAGE}b)", [(f"{PAGE}b/c", 1), (f"{PAGE}b", 3)], id="longer card before"
        ),
        pytest.param(
            f"- [@[card]({PAGE}b/c)](d)\n- @[card]({PAGE}b)", [(f"{PAGE}b", 2)], id="what looks like a card before"
        ),
        pytest.param('文\n\n<a class="embedly-card" href="https:&#47;&#47;a.jp/">題</a>', [(PAGE, 1)], id="entities"),
        pytest.param(f"> {PAGE}\n> @[card]({PAGE}){{image=none}}", [(PAGE, 2)], id="in a quote"),
        pytest.param(f"!!! note\n    文\n    {PAGE}", [(PAGE, 3)], id="in an admonition"),
        pytest.param(f"```\n{PAGE}\n```\n<{PAGE}>", [(PAGE, 4)], id="fence before"),
        pytest.param(f'文\n\n<a class="embedly-card" href="{PAGE}">題</a>', [(PAGE, 3)], id="Embedly"),
        pytest.param(
            f"[a]({PAGE})\n\n<blockquote class='embedly-card'><a\nhref='{PAGE}?b=1&amp;c=2'>題</a></blockquote>",
            [(f"{PAGE}?b=1&c=2", 4)],
            id="Embedly with an entity",
        ),
        pytest.param(f"[^1]\n\n[^1]: @[card]({PAGE})", [(PAGE, 3)], id="in a footnote"),
        pytest.param(f"@[foo]({PAGE})\n\n@[x]({PAGE})", [(PAGE, 3)], id="what is no kind before"),
        pytest.param(
            f"`{VIDEO}` と {VIDEO}\n\n- 文\n- @[youtube]({VIDEO})",
            [(f"https://www.youtube.com/watch?v={VIDEO}", 4)],
            id="an id",
        ),
        pytest.param(
            f"@[youtube](https://youtu.be/{VIDEO})\n\n@[youtube]({VIDEO}){{image=none}}",
            [(f"https://youtu.be/{VIDEO}", 1), (f"https://www.youtube.com/watch?v={VIDEO}", 3)],
            id="an id behind an address with it",
        ),
        pytest.param(
            f"[{PAGE}](a) と [{PAGE}:embed] を\n\n> 文\n> [{PAGE}:embed:cite]", [(PAGE, 4)], id="Hatena, links before"
        ),
        pytest.param(f"[^1]\n\n[^1]: [{PAGE}:embed:cite]", [(PAGE, 3)], id="Hatena, in a footnote"),
        pytest.param(
            f"[a]({PAGE})\n{PAGE} と\n[{PAGE}:title=題] と\n[{PAGE}:title] と [{PAGE}:title]\n\n[{PAGE}:embed]",
            [(PAGE, 4), (PAGE, 4), (PAGE, 6)],
            id="links with the page's title",
        ),
        pytest.param(
            f"[{PAGE}:title=題]\n\n[{PAGE}:embed]", [(PAGE, 3)], id="Hatena, a link on a line of its own before"
        ),
        pytest.param(
            f"## [{PAGE}:title]\n\n|a|\n|-|\n|[{PAGE}b:title]|\n\n[^1]\n\n[^1]: [{PAGE}c:title]",
            [(PAGE, 1), (f"{PAGE}b", 5), (f"{PAGE}c", 9)],
            id="links with the page's title in a heading, a table and a footnote",
        ),
    ],
)
def test_lines_of_cards(text: str, expected: list[tuple[str, int]]) -> None:
    assert cards(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("![](a.png)\n\n![](a.png)", [("a.png", 1), ("a.png", 3)], id="the same twice"),
        pytest.param(
            "![](b/a.png) ![](./a.png)\n\n![](a.png)", [("b/a.png", 1), ("./a.png", 1), ("a.png", 3)], id="ends"
        ),
        pytest.param("![](a.png.jpg)\n\n![](a.png)", [("a.png.jpg", 1), ("a.png", 3)], id="beginnings"),
        pytest.param("[x](a.png.jpg) [x](b/a.png)\n\n![](a.png)", [("a.png", 3)], id="longer links"),
        pytest.param('a.png と\n\n![題](a.png "T")', [("a.png", 3)], id="words before"),
        pytest.param("文\n\n[![題](a.png)](https://a.jp/)", [("a.png", 3)], id="in a link"),
        pytest.param("文\n\n[**![題](a.png)**](https://a.jp/)", [("a.png", 3)], id="deep in a link"),
        pytest.param("![]()", [("", 1)], id="nothing"),
        pytest.param("# ![](a.png)\n\n| ![](b.png) |\n| - |", [("a.png", 1), ("b.png", 3)], id="heading and table"),
    ],
)
def test_lines_of_images(text: str, expected: list[tuple[str, int]]) -> None:
    assert list(scan(text).images) == expected


def test_only_a_link_that_asks_for_the_page_s_title_is_kept_to_be_fetched() -> None:
    text = (
        f"文 [{PAGE}a:title]、[{PAGE}b:title=題]、[{PAGE}c:embed]、\\[{PAGE}d:title]、[{PAGE}e]、`[{PAGE}f:title]`、"
        f"[{URL}:title]、[{ISSUE}/0:title]"
    )
    assert scan(text).cards == (CardMention(url=f"{PAGE}a", text=CardText(), line=1, link=True),)


def test_a_refresh_asks_for_the_pages_of_such_links_as_for_those_of_cards() -> None:
    parts = take_apart(f"文 [{PAGE}a:title]\n\n[{PAGE}b:embed:cite]\n\n@[youtube]({VIDEO})")
    index = build_index([make_issue("issues/a.md", parts, SCANNER.scan(parts.body))])
    assert plan(index, Lock()).cards == (f"{PAGE}a", f"{PAGE}b", f"https://www.youtube.com/watch?v={VIDEO}")


def test_footnotes_are_found_where_they_are_written() -> None:
    text = """\
        [^1] と[^2]

        [^1]: KEP-127 の注
            KEP-128

            KEP-129

        KEP-127 と KEP-129

        [^2]: [x](https://kep.k8s.io/127)

        KEP-128 と [x](https://kep.k8s.io/127)
        """
    assert mentions(text) == [
        (127, "KEP-127", 8),
        (129, "KEP-129", 8),
        (128, "KEP-128", 12),
        (127, URL, 12),
        (127, "KEP-127", 3),
        (128, "KEP-128", 4),
        (129, "KEP-129", 6),
        (127, URL, 10),
    ]


def test_what_was_passed_is_found_again() -> None:
    locator = Locator("文\nKEP-127\nKEP-128\n\n[^1]: KEP-129")
    assert [locator.find(f"KEP-{number}") for number in (128, 127, 129, 129, 1)] == [3, 2, 5, 5, 1]


def test_what_is_drawn_in_another_way_than_it_is_written_is_on_the_first_line() -> None:
    assert mentions("文\n\nKEP-&#49;27 [**KEP**-127](https://a.jp/)") == [(127, "KEP-127", 1)]


@pytest.mark.parametrize(
    "front",
    [
        pytest.param("", id="none"),
        pytest.param("\n\n", id="empty lines"),
        pytest.param("---\ntitle: 題\ndate: 2022-08-26\n---\n\n\n", id="front matter"),
        pytest.param("title: 題\n\n\n", id="metadata"),
        pytest.param("Note: swallowed\n", id="swallowed line"),
        pytest.param("---\ntitle: a: b\n---\n", id="broken front matter"),
    ],
)
def test_lines_are_those_of_the_file(front: str) -> None:
    text = front + f"# 題\n\nKEP-127\n\n{PAGE}\n\n![](a.png)\n\nKEP-0\n"
    parts = take_apart(text)
    issue = make_issue("issues/a.md", parts, SCANNER.scan(parts.body))
    lines = text.split("\n")
    assert lines[issue.mentions[0].line - 1] == "KEP-127"
    assert lines[issue.cards[0].line - 1] == PAGE
    assert lines[issue.images[0][1] - 1] == "![](a.png)"
    assert lines[issue.diagnostics[-1].line - 1] == "KEP-0"


# --- diagnostics ----------------------------------------------------------------------------------------------------

ISSUE, PULL = "https://github.com/kubernetes/enhancements/issues", "https://github.com/kubernetes/enhancements/pull"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            f"[KEP-128]({ISSUE}/127)\n\n[KEP-127]({ISSUE}/127)",
            [("kep-number-mismatch", "KEP-128", "KEP-127", 1)],
            id="numbers differ, the address again below",
        ),
        pytest.param(
            f"[KEP-127]({ISSUE}/127)\n\n[#128: *x* &amp; y]({ISSUE}/127)",
            [("kep-number-mismatch", "#128: x & y", "KEP-127", 3)],
            id="numbers differ, the address before",
        ),
        pytest.param(f"[KEP-127 と KEP-128]({ISSUE}/127)", [], id="one of two numbers is the address's"),
        pytest.param(f"[KEP-0127]({ISSUE}/127) [#0127]({ISSUE}/127)", [], id="zero padded"),
        pytest.param(f"[`KEP-128`]({ISSUE}/127)", [], id="code in the text"),
        pytest.param(
            f"[x]({PULL}/129)\n\n[KEP-129]({PULL}/129)",
            [("pull-request-as-kep", f"{PULL}/129", "KEP-129", 3)],
            id="pull request as KEP",
        ),
        pytest.param(f"[enhancements#129]({PULL}/129) [#129]({PULL}/129)", [], id="pull request as pull request"),
        pytest.param(
            "KEP-127、KEP-0\n\nKEP-0、KEPs 127, 12345678901234567890",
            [
                ("bad-kep-number", "KEP-0", "", 1),
                ("bad-kep-number", "KEP-0", "", 3),
                ("bad-kep-number", "12345678901234567890", "", 3),
            ],
            id="numbers that are none",
        ),
        pytest.param(
            f"[x]({ISSUE}/0)\n\n[KEP-0]({PULL}/1)\n\nhttps://kep.k8s.io/0",
            [
                ("bad-kep-number", f"{ISSUE}/0", "", 1),
                ("bad-kep-number", "KEP-0", "", 3),
                ("bad-kep-number", "https://kep.k8s.io/0", "", 5),
            ],
            id="numbers that are none, in links and cards",
        ),
        pytest.param("`KEP-0` [KEP-0](https://a.jp/keps/1/)", [], id="no reference at all"),
        pytest.param(
            "文\n@[card](b.jp)\n\n- @[card](a.jp)\n\n@[card](https://a.jp/",
            [
                ("bad-card", "@[card](b.jp)", "'b.jp' is not an http(s) URL", 2),
                ("bad-card", "@[card](a.jp)", "'a.jp' is not an http(s) URL", 4),
                ("bad-card", "@[card](https://a.jp/", "it does not end with `)` or with attributes in braces", 6),
            ],
            id="cards that cannot be read",
        ),
        pytest.param(
            "文\n  @[card](b.jp)\n文\n\n@[card](https://a.jp/) 文\n[x]: https://b.jp/",
            [
                ("bad-card", "@[card](b.jp)", "'b.jp' is not an http(s) URL", 2),
                (
                    "bad-card",
                    "@[card](https://a.jp/) 文",
                    "it does not end with `)` or with attributes in braces",
                    5,
                ),
            ],
            id="cards that cannot be read, in paragraphs, each once",
        ),
        pytest.param(
            "文\n@[foo](https://a.jp/)\n[x]: https://b.jp/\n\n- @[Card](https://a.jp/){image=none}",
            [
                ("bad-card", "@[foo](https://a.jp/)", f"there is no kind 'foo'; known are {', '.join(KINDS)}", 2),
                (
                    "bad-card",
                    "@[Card](https://a.jp/){image=none}",
                    f"there is no kind 'Card'; known are {', '.join(KINDS)}",
                    5,
                ),
                ("left-over-sign", "[x]: …", "link", 3),  # a definition ends no paragraph
            ],
            id="unknown kinds, each once",
        ),
        pytest.param(
            "@[foo]\n\n@[foo](bar)\n\n@[foo](https://a.jp/) さん\n\n文 @[foo](https://a.jp/)\n\n"
            "\\@[foo](https://a.jp/)\n\n    @[foo](https://a.jp/)\n\n`@[foo](https://a.jp/)`",
            [],
            id="names that are no kinds",
        ),
        pytest.param(f"[{ISSUE}/0:title]", [("bad-kep-number", f"{ISSUE}/0", "", 1)], id="number of a link's title"),
    ],
)
def test_diagnostics(text: str, expected: list[tuple[str, str, str, int]]) -> None:
    assert diagnostics(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "[x]({})",
        "[x](<>)",
        "![x](//[a)",
        "[x](http://[a)",
        "[x](https://a.jp:x/)",
        "<https://[a>",
        "@[card](https://[a)",
        "[x]{href}\n\n[x](y){href}\n\n![](a){src}",
        "\x02wzxhzdk:99\x03 \x0235\x03 \x02klzzwxh:0001\x03",
        "@neco-page:0@\n\n@neco-page:99999999999999999999@",
        "<a href='x'>KEP-127",
        '<a class="embedly-card" href="https://[a">x</a>',
        '<a class="embedly-card" href="https://a.jp/">&#0;&#xffff;\x0c</a>',
        '<blockquote class="embedly-card"></blockquote>',
        '<blockquote class="embedly-card"><a href="https://a.jp/',
        "> " * 200 + "KEP-127",
        "- " * 100 + "KEP-127",
    ],
)
def test_odd_text_is_scanned(text: str) -> None:
    scan(text)


# --- pull requests ------------------------------------------------------------------------------------------------

PULL = "https://github.com/kubernetes/enhancements/pull/6092"


def test_a_link_to_a_pull_request_is_found_with_its_place() -> None:
    """Whose KEP it is, the text does not say: the scan depends on the text alone."""
    text = f"# 題\n\nKEP-1 と [KEP-2 の PR]({PULL}/files) です。\n\n## 節\n\nKEP-3\n\n{PULL}\n\n"
    text += f"文 {PULL} と [{PULL}:title]"
    found = scan(text)
    assert [mention.kep for mention in found.mentions] == [1, 2, 3]
    section = Heading(text="節", anchor="節")
    assert found.pulls == (
        PullMention(
            pull=6092,
            written=f"{PULL}/files",
            named=(2,),
            before=1,
            heading=Heading(text="題", anchor="題"),
            line=3,
            paragraph="KEP-1 と KEP-2 の PR です。",
        ),
        PullMention(pull=6092, written=PULL, before=3, heading=section, line=9),
        *(
            PullMention(
                pull=6092,
                written=PULL,
                before=3,
                heading=section,
                line=11,
                paragraph=f"文 {PULL} と {PULL.removeprefix('https://')}",
            )
            for _ in range(2)
        ),
    )
    assert [(card.url, card.line, card.link) for card in found.cards] == [(PULL, 9, False), (PULL, 11, True)]
    assert [(section.keps, section.pulls) for section in found.sections] == [((1, 2), (6092,)), ((3,), (6092,))]


@pytest.mark.parametrize(
    "text",
    [
        f"`{PULL}`",
        f'<a href="{PULL}">PR</a>',
        "[PR](https://github.com/kubernetes/kubernetes/pull/6092)",
        "[PR](https://github.com/kubernetes/enhancements/pulls)",
        "[PR](https://github.com/kubernetes/enhancements/pull/999999)",
        "kubernetes/enhancements#6092",
    ],
)
def test_what_is_no_link_to_a_pull_request(text: str) -> None:
    assert scan(text).pulls == ()
