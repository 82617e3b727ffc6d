"""Text from elsewhere stays text in each dialect: titles of cards and links, names of files, words of badges."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from neco_weekly.grammar.export_marks import marked, without_marked
from neco_weekly.site.export.dialects import DIALECTS
from neco_weekly.site.export.markdown_export import export_markdown

from tests.site.export.exporting import AROUND, issue, text_of

HOSTILE = (
    "](javascript:x) <script>x()</script>",
    "![x](https://evil.test/p.png)",
    "a [b](https://evil.test/) <https://evil.test/>",
    "`` ` ``` --> <!-- # x\n\n# y\n\n- z",
    "<details><img src=x onerror=y>",
    "{.x onclick=y} $a$ https://evil.test/ [^1] | *b* _c_ ~~d~~ \\",
    "&lt;script&gt; :tada: [https://evil.test/:embed]",
    ":::message\nx\n:::",
)

WRITTEN = (
    "@[card](https://a.test/)\n\n- @[card](https://a.test/)\n\nsee [https://a.test/:title]\n\n"
    '<blockquote class="embedly-card"><h4><a href="https://a.test/">x</a></h4></blockquote>\n'
)


@pytest.mark.parametrize("target", DIALECTS)
def test_titles_of_pages_are_text(target: str) -> None:
    wrong = []
    for hostile in HOSTILE:
        around = replace(AROUND, card_title=lambda _: hostile, link_title=lambda _: hostile)  # noqa: B023
        text = text_of(export_markdown(issue(WRITTEN), target, around))
        html = MarkdownIt("gfm-like", {"linkify": False}).render(text)
        read = BeautifulSoup(html, "html.parser")
        tags = {it.name for it in read.find_all(True)} - {"p", "a", "ul", "li"}
        addresses = {str(it["href"]) for it in read.select("a")} - {"https://a.test/"}
        if tags or addresses or "<!--" in html:
            wrong.append((hostile, tags, addresses, text))
    assert wrong == []


@pytest.mark.parametrize("target", DIALECTS)
def test_names_of_files_are_of_their_code(target: str) -> None:
    for name in ('a" onload="b', "a]](x)*b*", "</code><script>", "x{y}", "a'b"):
        text = text_of(export_markdown(issue(f"~~~py:{name}\n<b>\n~~~\n\n*end*"), target, AROUND))
        tokens = MarkdownIt("commonmark", {"html": True}).parse(text)
        assert [it.content for it in tokens if it.type == "fence"] == ["<b>\n"]
        read = BeautifulSoup(MarkdownIt("commonmark", {"html": True}).render(text), "html.parser")
        assert {it.name for it in read.find_all(True)} <= {"p", "pre", "code", "em", "strong"}, (name, text)


def test_words_of_a_badge_end_no_mark() -> None:
    for words in ("a --> b", "<!-- a", "a\n\n# b", "<!-- /neco:badge --> x"):
        text = f"A{marked(words)}B"
        assert without_marked(text) == "AB"
        assert "\n" not in text
