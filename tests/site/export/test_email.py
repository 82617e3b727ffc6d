"""An issue as a mail: what programs for mail know, nothing that is asked for elsewhere, nothing that runs."""

from __future__ import annotations

import re
import sys

import pytest
from bs4 import BeautifulSoup
from neco_weekly.display.words import load_strings
from neco_weekly.model.errors import NecoError
from neco_weekly.site.export.email_page import CUT_OFF_AT, Mail
from neco_weekly.site.export.export_values import Exported

from tests.site.export.exporting import AROUND, SITE, issue

KNOWN = {
    "background-color": "css-background-color",
    "border": "css-border",
    "border-bottom": "css-border",
    "border-collapse": "css-border-collapse",
    "border-left": "css-border",
    "border-top": "css-border",
    "color": "",
    "font-family": "css-system-ui",
    "font-size": "css-font-size",
    "height": "css-height",
    "line-height": "css-line-height",
    "margin": "css-margin",
    "max-width": "css-max-width",
    "overflow": "css-overflow",
    "padding": "css-padding",
    "text-align": "css-text-align",
    "vertical-align": "css-vertical-align",
    "white-space": "css-white-space",
    "word-break": "css-word-break",
}
"""The properties that a mail may use, each with the page of https://www.caniemail.com/features/ that was read for it.

As of June 2026 most of its 41 programs know each; where one is unknown, the text stays readable: lines of code are then
long (`white-space`), a wide table is cut to the screen by the program (`overflow`). `color` has no page: all know it.
"""

TAGS = frozenset(
    "a b blockquote br code dd del div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img li ol p pre s small span"
    " strong sub sup table tbody td th thead tr u ul".split()
)
"""The elements of a mail's body: none of them is one that programs for mail take out."""


def mail(html: str, body: str = "text") -> Exported:
    """A mail of an issue whose page has this HTML."""
    return Mail(
        issue=issue(body),
        html=html,
        address=f"{SITE}issues/2026/07/2026-07-10/",
        around=AROUND,
        words=load_strings("en"),
        kep_address=lambda number: f"{SITE}keps/{number}/",
        picture_address=lambda path: f"{SITE}{path}",
    ).exported()


def page(found: Exported) -> BeautifulSoup:
    return BeautifulSoup(found.texts["2026-07-10.html"], "lxml")


EVERYTHING = """
<h1>Neco (2026-07-10)</h1><!-- a note for us --><h2 id="a">A <a class="neco-kep" data-kep="127" href="x"><span
class="neco-hidden">KEP-127 </span><b>stable v1.36</b></a></h2>
<p class="x" style="color: red">t <code>c</code> <a href="b.md">b</a> <a href="javascript:x()">c</a> <del>d</del></p>
<div class="admonition note"><p class="admonition-title">N</p><p>n</p></div>
<details><summary>S <em>s</em></summary><p>d</p></details>
<div class="neco-card" data-url="https://a.test/"><a class="neco-card__link" href="https://a.test/">T <i>t</i></a></div>
<p><img src="p.png" alt="P" width="1200" height="600" loading="lazy"> <img src="data:image/png;base64,AA" alt="Q">
<img src="https://b.test/c.png" alt="C"> <img src="../../etc/p.png" alt="R"></p>
<table><tr><th>a</th></tr><tr><td>b</td></tr></table><pre><span></span><code>x &lt; y</code></pre>
<script>run()</script><style>p { color: blue }</style><iframe src="https://c.test/"></iframe><hr>
"""


def test_mail_has_what_programs_for_mail_know() -> None:
    read = page(mail(EVERYTHING))
    styles = [it["style"] for it in read.select("[style]")]
    used = {name.strip() for it in styles for name in re.findall(r"(?:^|;)\s*([\w-]+)\s*:", str(it))}
    assert used <= KNOWN.keys()
    assert used >= {"color", "border-collapse", "white-space"}
    assert read.body
    assert {it.name for it in read.body.find_all(True)} <= TAGS
    assert {name for it in read.body.find_all(True) for name in it.attrs} <= {
        *(
            "align",
            "alt",
            "cellpadding",
            "cellspacing",
            "class",
            "height",
            "href",
            "id",
            "role",
            "src",
            "style",
            "width",
        )
    }


def test_text_is_there_once_and_in_order() -> None:
    read = page(mail(EVERYTHING))
    assert [it.get_text() for it in read.select("h1")] == ["Neco (2026-07-10)"]
    assert read.h2
    assert " ".join(read.h2.get_text().split()) == "A"
    assert [it.get_text(" ", strip=True) for it in read.select("h2 + p")] == ["stable v1.36"]
    assert [it.get_text(" ", strip=True) for it in read.select("blockquote")] == ["N n", "S s d"]
    assert "T t" in read.get_text()


def test_addresses_are_those_of_the_site() -> None:
    found = mail(EVERYTHING)
    read = page(found)
    assert [it.get("href") for it in read.select("a")] == [
        f"{SITE}issues/2026/07/2026-07-10/",
        f"{SITE}keps/127/",
        f"{SITE}b/",
        None,
        "https://a.test/",
        "https://b.test/c.png",
    ]
    assert [(it["src"], it["width"], it["height"]) for it in read.select("img")] == [(f"{SITE}p.png", "568", "284")]
    (text,) = found.texts.values()
    assert not re.search(r"data:|javascript|run\(\)|note for us|<!--|\burl\(|@import", text)
    assert [it.what.partition(":")[0] for it in found.remarks] == [
        "link to javascript",
        "picture data",
        "picture https",
        "picture ../../etc/p.png",
    ]


def test_styles_that_stay_are_colours_of_a_dark_screen_alone() -> None:
    (text,) = mail("<p>x</p>").texts.values()
    (kept,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    assert re.fullmatch(r"@media \(prefers-color-scheme:dark\)\{.*\}\s*", kept)
    assert set(re.findall(r"[{;]([a-z-]+):", kept)) == {"background-color", "color", "border-color"}
    assert text.index("charset") < text.index("<style>")


def test_formulas_and_diagrams_and_length_are_told() -> None:
    found = mail(f"<p>{'長い' * (CUT_OFF_AT // 6)}</p>", "a $x$\n\n$$\ny\n$$\n\n```mermaid\nflowchart\n```\n")
    assert [(it.line, it.what.partition(":")[0].partition(" has ")[0]) for it in found.remarks] == [
        (1, "a formula"),
        (1, "the mail"),
        (3, "a formula"),
        (7, "a diagram of mermaid"),
    ]


def test_hostile_title_is_text() -> None:
    one = Mail(
        issue=issue("x", title="</title><script>x</script>&"),
        html="<p>x</p>",
        address=SITE,
        around=AROUND,
        words=load_strings("ja"),
        kep_address=lambda _: None,
        picture_address=lambda _: None,
        name="other",
    )
    read = BeautifulSoup(one.exported().texts["other.html"], "lxml")
    assert read.script is None
    assert read.h1
    assert read.h1.get_text() == "</title><script>x</script>&"


def test_missing_package_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "css_inline", None)
    with pytest.raises(NecoError, match=r"css-inline is not installed; run `pip install 'neco-weekly\[email\]'`"):
        mail("<p>x</p>")
