"""Texts that were escaped once too often, beside texts about entities and tags."""

from __future__ import annotations

from html import escape

from neco_weekly.model.extraction import Found
from neco_weekly.sources.pages.escaped_text import readable

from .webpages import linked, page

READ = {
    # as it is after one decoding: as it is meant
    "It&#8217;s here": "It’s here",
    "It&amp;#8217;s here": "It’s here",
    "AT&amp;T": "AT&T",
    "Tom &amp; Jerry": "Tom & Jerry",
    "A &amp;amp; B": "A & B",
    "HTML &amp; CSS for all": "HTML & CSS for all",
    "Tips &amp; Tricks for XML": "Tips & Tricks for XML",
    "Pods &#8211; The Site": "Pods – The Site",
    "Home &gt; Blog": "Home > Blog",
    "p &lt; 0.05": "p < 0.05",
    "&quot;Hello&quot;, she said": '"Hello", she said',
    "<p>In the <b>big</b> house</p>": "In the big house",
    "&copy; 2022 Cats": "© 2022 Cats",
    "Q&A: It&#039;s late": "Q&A: It's late",
    "10&nbsp;GB": "10\xa0GB",
    "猫&amp;犬": "猫&犬",
    "C#&#x2F;Java の話": "C#/Java の話",
    "猫&#12539;犬": "猫・犬",
    "Vec&lt;T&gt; in Rust": "Vec<T> in Rust",
    "Use &amp;nbsp; in HTML": "Use &nbsp; in HTML",
    "<p>Pods are started.</p>": "Pods are started.",
    "&lt;p&gt;Pods are started.&lt;/p&gt;": "Pods are started.",
    "<p>Pods are started, and then the te": "Pods are started, and then the te",
    "one.</p> <p>Two, and then the te": "one.   Two, and then the te",
    "ends here.</p>": "ends here.",
    "一行目。<br>二行目。": "一行目。 二行目。",
    "one line<br />another": "one line another",
    "<i>Felis catus</i> in Kyoto": "Felis catus in Kyoto",
    "See <a href='/x'>this</a> now": "See this now",
    'See the docs <a href="https://cats.exa': "See the docs",
    "<span>Pods at home": "Pods at home",
    "<strong> Pods&nbsp;at home</strong>": "Pods\xa0at home",
    "Pods at home&#13;": "Pods at home\r",
    "Pods at ho&#82...": "Pods at ho...",
    f"{'The pods of this week are described at some length. ' * 3}And &nbsp; the end": (
        f"{'The pods of this week are described at some length. ' * 3}And \xa0 the end"
    ),
    f"{'この週の話をここに書いています。' * 9}なるほどな&hellip;ってなりました": (
        f"{'この週の話をここに書いています。' * 9}なるほどな…ってなりました"
    ),
    f"{'The pods of this week are here. ' * 4} <p> A cat said so </p> <p> <br /> And the end": (
        f"{'The pods of this week are here. ' * 4}   A cat said so       And the end"
    ),
    "<h1>Pods</h1><p>They start.</p>": "Pods  They start.",
    "<!-- wp:paragraph -->Pods": "Pods",
}

KEPT = (
    "How to use &nbsp; in HTML", "How do I write &amp; in XML?", "What is &amp;?", "Replace & with &amp;",
    "Turns the HTML entities &amp;, &lt;, &gt;, &quot;, and &#39; in a text into characters",
    "XML spaces: &nbsp; &ensp;",
    "Use <br>, please",
    "Out of <div>地獄",
    "All between <b> and </b>",
    "An & becomes &amp; there",
    f"{'The pods of this week are here. ' * 4} The <p> element and the <b> element are there",
    "A list of entities: &lt;",
    "Difference between &nbsp; and &ensp;", "Escape &lt; and &gt; as entities", "Fix &lt; escaping in titles",
    "「&amp;」の話", "&nbsp;とは", "&amp;と&lt;の違い", "HTMLの&nbsp;を使う",
    "What does `&quot;` do?", "foo &unknown; bar",
    "The <template> element", "The <p> element", "<div> and <span>", "What does <b> do?", "Why <b> is not <strong>",
    "<p>タグの使い方", "<p>の使い方", "`<br>` を使う", "List<String>", "Vec<T>", "<T> generics", "Array<object>",
    "#include <iostream>", "I <3 cats", "x <- y", "<Button> in React", "map<a> of b", "<details> という要素",
)  # fmt: skip


def test_what_was_escaped_twice_is_read_as_meant() -> None:
    assert [(it, read) for it, meant in READ.items() if (read := readable(it)) != meant] == []


def test_what_is_about_entities_and_tags_stays() -> None:
    assert [(it, read) for it in KEPT if (read := readable(it)) != it] == []


def test_another_place_without_escapes_decides() -> None:
    raw = "How to use &lt;br&gt;, &amp; and more"
    assert readable("What is &amp; for", ["What is & for"]) == "What is & for"
    assert readable("What is &amp; for", [raw, "What is &amp; for"]) == "What is &amp; for"


def test_in_every_place_of_a_page() -> None:
    raw = escape("Cats&#8217; <b>house</b>")
    for html in (
        f"<title>{raw}</title><meta name=description content='{raw} too'><meta name=application-name content='{raw}'>",
        f"<meta property=og:title content='{raw}'><meta property=og:description content='{raw} too'>"
        f"<meta property=og:site_name content='{raw}'>",
        linked({"@type": "Article", "headline": raw, "description": f"{raw} too", "publisher": {"name": raw}}),
    ):
        found = page(html)
        assert found.description
        assert found.site
        texts = [found.title.value, found.description.value, found.site.value]
        assert texts == ["Cats’ house", "Cats’ house too", "Cats’ house"]


def test_what_was_meant_for_the_page_is_read_from_its_heading() -> None:
    raw = "What is &amp;amp;"
    assert page(f"<meta property=og:title content='{raw}'>").title == Found("What is &amp;", "og")
    assert page(f"<meta property=og:title content='{raw}'><h1>What is &amp;</h1>").title == Found("What is &", "og")


def test_a_text_of_nothing_else_stays_where_it_is_the_title() -> None:
    assert page("<title>A</title><meta name=description content='&lt;p&gt;&lt;br&gt;&lt;/p&gt;'>").description is None
    assert page("<title>&lt;br&gt;&lt;br&gt;</title>").title.value == "<br><br>"
