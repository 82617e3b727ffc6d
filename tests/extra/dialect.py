"""The dialect against what others say it is: CommonMark's examples, and articles as Zenn draws them.

Neither comes with the project. `NECO_COMMONMARK` names the JSON of CommonMark's examples, as the npm package
commonmark-spec and others have them. `NECO_ARTICLES` names a folder of articles, `a.md`, each with the HTML that
zenn-markdown-html makes of the article's body beside it, `a.html`.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from markdown import Markdown
from neco_weekly.extension.python_markdown import NecoWeeklyExtension
from neco_weekly.grammar.front_matter import take_apart
from neco_weekly.lock.store import Lock

from tests.lock_fixture import as_of_today

EXAMPLES, ARTICLES = os.environ.get("NECO_COMMONMARK", ""), os.environ.get("NECO_ARTICLES", "")

BY_DESIGN = {
    118: "white space at the end of a line of code is not kept by Python-Markdown",
    138: "nor is code that is white space alone",
    150: "a link without an address is a `span`, which hosts can take",
    163: "a word in angle brackets that no element is called is text",
    196: "a title is on one line",
    201: "a tag inside a line that no element is called is text",
}
"""CommonMark 0.31.2's examples about blocks that are drawn otherwise."""

_NOT_BLOCKS = frozenset(
    {"Backslash escapes", "Entity and numeric character references", "Code spans", "Emphasis and strong emphasis"}
    | {"Links", "Images", "Autolinks", "Raw HTML", "Hard line breaks", "Soft line breaks", "Textual content", "Inlines"}
)

_SIGNS = re.compile(r":::|```|~~~|~~|\$\$|[ \u3000]=(?:\d+x\d*|x\d+)\b")


def drawn(text: str) -> str:
    return Markdown(extensions=[NecoWeeklyExtension(keps_as_of=as_of_today(Lock()))]).convert(text)


# --- CommonMark ---------------------------------------------------------------------------------------------------


def _tokens(html: str) -> list[str]:
    """What a reader sees of HTML: tags with what matters, and texts without white space at the edges of blocks."""
    soup, found = BeautifulSoup(html, "html.parser"), list[str]()
    for code in soup.select("pre"):
        code.string = code.get_text()
    for box in soup.select("div.highlight"):
        box.unwrap()
    for it in soup.descendants:
        if isinstance(it, Tag):
            attributes = {name: unquote(str(it[name])) for name in ("href", "src", "title", "start") if it.get(name)}
            card = it.get("data-url")
            found.append(f"<a {card}" if card else f"<{it.name} {attributes}")
        elif type(it) is NavigableString and it.strip():
            found.append("".join(it.split()))
    return re.sub(r"(?<=[^>])\n(?=[^<])", "", "\n".join(found)).split("\n")


@pytest.mark.skipif(not EXAMPLES, reason="NECO_COMMONMARK names no file")
def test_commonmark_s_examples_about_blocks() -> None:
    examples = json.loads(Path(EXAMPLES).read_text(encoding="utf-8"))
    blocks = [it for it in examples if it["section"] not in _NOT_BLOCKS]
    assert len(blocks) == 296
    other = set()
    for it in blocks:
        text, html = (it[name].replace("→", "\t") for name in ("markdown", "html"))
        if _tokens(drawn(text)) != _tokens(html):
            other.add(it.get("example", it.get("number")))
    assert sorted(other - set(BY_DESIGN)) == []


# --- articles -----------------------------------------------------------------------------------------------------


def _lists(soup: BeautifulSoup) -> list[int]:
    return [len(it.find_parents(["ul", "ol"])) for it in soup.select("li") if not it.find_parent(class_="footnote")]


def _squeezed(soup: BeautifulSoup, names: str) -> Counter[str]:
    """Texts of elements; not those in which Zenn, which knows no HTML, shows a tag."""
    texts = ("".join(it.get_text().split()) for it in soup.select(names))
    return Counter(it for it in texts if names == "pre" or "<" not in it)


def _read(html: str) -> BeautifulSoup:
    soup = BeautifulSoup(html, "lxml")
    notes = ".footnotes, div.footnote, .footnote-ref, .header-anchor-link, .linenos, .filename"
    drawn_otherwise = ".code-block-filename-container, .mermaid, iframe, #neco-title, [data-search-exclude]"
    for it in soup.select(f"{notes}, {drawn_otherwise}, math, embed-katex, .neco-math-error"):
        it.extract()
    return soup


def _articles() -> Iterator[tuple[str, BeautifulSoup, BeautifulSoup]]:
    for path in sorted(Path(ARTICLES).rglob("*.md")):
        html = path.with_suffix(".html")
        if html.exists():
            text = path.read_text(encoding="utf-8-sig")
            yield path.name, _read(drawn(take_apart(text).body)), _read(html.read_text(encoding="utf-8"))


@pytest.mark.skipif(not ARTICLES, reason="NECO_ARTICLES names no folder")
def test_articles_are_what_their_writers_saw() -> None:
    other: dict[str, list[str]] = {name: [] for name in ("lists", "code", "headings", "tables", "details", "signs")}
    count = 0
    for name, ours, theirs in _articles():
        count += 1
        other["lists"] += [name] * (_lists(ours) != _lists(theirs))
        other["code"] += [name] * bool(_squeezed(theirs, "pre") - _squeezed(ours, "pre"))
        other["headings"] += [name] * bool(_squeezed(theirs, "h1, h2, h3") - _squeezed(ours, "h1, h2, h3, h4"))
        other["tables"] += [name] * (len(ours.select("table")) < len(theirs.select("table")))
        other["details"] += [name] * (len(ours.select("details")) < len(theirs.select("details")))
        for it in (*ours.select("pre, code"), *theirs.select("pre, code")):
            it.extract()
        ours_left, theirs_left = (Counter(_SIGNS.findall(it.get_text())) for it in (ours, theirs))
        other["signs"] += [name] * bool(ours_left - theirs_left)
    assert count >= 50
    assert len(other.pop("lists")) <= count / 100
    assert other == {name: [] for name in other}
