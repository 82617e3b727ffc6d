"""The Atom feed: what becomes of a page's HTML, and what stands in the file of a built site."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from xml.etree import ElementTree

import pytest
from neco_weekly.site.feed import NEWEST, Entry, Feed, atom, plain_html

from tests.sites import MATERIAL, attribute, new_folder

URL = "https://neco.test/issues/2026/01/2026-01-09/"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def _formula(display: str, tex: str) -> str:
    annotation = f'<annotation encoding="application/x-tex">{tex}</annotation>'
    return f'<math display="{display}"><semantics><mi>e</mi>{annotation}</semantics></math>'


PAIRS = {
    "a card is a link with its title": (
        """<div class="neco-card" data-url="https://a.jp/"><img src="../../../../assets/cards/x.webp" alt="">
        <a class="neco-card__link" href="https://a.jp/">題 &lt;b&gt;</a>
        <span class="neco-card__text">説明</span></div>""",
        '<p><a href="https://a.jp/">題 &lt;b&gt;</a></p>',
    ),
    "so is the card of a KEP": (
        """<div class="neco-card"><a class="neco-kep neco-card__link" href="https://kep.k8s.io/1">KEP-1: x</a>
        <small>alpha</small></div>""",
        '<p><a href="https://kep.k8s.io/1">KEP-1: x</a></p>',
    ),
    "a link of the site": (
        '<p><a href="../../../../keps/127/#x">KEP</a></p>',
        '<p><a href="https://neco.test/keps/127/#x">KEP</a></p>',
    ),
    "a picture": (
        '<p><img src="cat.png" alt="猫"></p>',
        f'<p><img src="{URL}cat.png" alt="猫"></p>',
    ),
    "headings": (
        '<h1 id="t">題</h1><h2 id="a">話<a class="headerlink" href="#a">¶</a></h2>',
        '<h2 id="a">話</h2>',
    ),
    "the list of KEPs": (
        '<nav class="neco-issue-keps"><ul><li>KEP</li></ul></nav><p>話</p>',
        "<p>話</p>",
    ),
    "hidden words": (
        '<p><a class="neco-kep" href="https://a.jp/"><span class="neco-hidden">KEP の段階 </span><b>alpha</b></a></p>',
        '<p><a href="https://a.jp/"><b>alpha</b></a></p>',
    ),
    "a formula is what its author wrote, once": (
        f"<p>式 {_formula('inline', 'e^{i} &lt; 0')} と</p>{_formula('block', 'a^2')}",
        "<p>式 <code>e^{i} &lt; 0</code> と</p><p><code>a^2</code></p>",
    ),
    "a formula of HTML has its signs": ("<p><math><mi>x</mi></math></p>", "<p><code>x</code></p>"),
    "a task is done or not, and nobody ticks it": (
        '<ul><li class="task-list-item"><input type="checkbox" disabled checked aria-label="完了"> 済み</li>'
        '<li><p><input type="checkbox" disabled> まだ</p></li></ul>',
        "<ul><li>☑ 済み</li><li><p>☐ まだ</p></li></ul>",
    ),
    "tabs stand one below the other, each with its name": (
        """<div class="tabbed-set tabbed-alternate" data-tabs="1:2"><input id="__tabbed_1_1" type="radio">
<input id="__tabbed_1_2" type="radio"><div class="tabbed-labels"><label for="__tabbed_1_1">YAML</label><label
 for="__tabbed_1_2"><code>a</code></label></div><div class="tabbed-content"><div class="tabbed-block"><p>一</p></div>
<div class="tabbed-block"><p>二</p></div></div></div>""",
        "<div>\n<div><p><strong>YAML</strong></p><div><p>一</p></div>\n"
        "<p><strong>a</strong></p><div><p>二</p></div></div></div>",
    ),
    "the name of a file stands above its code": (
        '<div class="highlight"><span class="filename">a.yaml</span><pre><code>a</code></pre></div>',
        "<div><p>a.yaml</p><pre><code>a</code></pre></div>",
    ),
    "a diagram is its source": (
        '<pre class="neco-diagram"><code>graph TD</code></pre>',
        "<pre><code>graph TD</code></pre>",
    ),
    "code keeps its lines": ("<pre><code>a\n\n  b &lt;</code></pre>", "<pre><code>a\n\n  b &lt;</code></pre>"),
    "scripts": (
        '<p onclick="x()" style="y" data-z="1">話<script>alert(1)</script><iframe src="//a.jp"></iframe></p>',
        "<p>話</p>",
    ),
    "an address that is none": ('<a href="javascript:alert(1)">x</a>', "<a>x</a>"),
    "nothing": ("", ""),
    "text outside of elements": ("文だけ <b>と</b> 文\x00\x08", "文だけ <b>と</b> 文"),
}


@pytest.mark.parametrize(("html", "plain"), PAIRS.values(), ids=PAIRS)
def test_html_that_stands_on_its_own(html: str, plain: str) -> None:
    assert plain_html(html, url=URL) == plain


def test_a_feed() -> None:
    feed = Feed(url="https://neco.test/", title="猫 & 犬", subtitle="", language="ja")
    entry = Entry(url=URL, title="第1号 <b>", date=dt.date(2026, 1, 9), html="<p>話</p>")
    assert atom(feed, [entry, Entry(url=f"{URL}old/", title="前", date=dt.date(2025, 1, 9), html="")]).startswith(
        """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ja">
<title>猫 &amp; 犬</title>
<id>https://neco.test/</id>
<link rel="alternate" type="text/html" href="https://neco.test/" />
<link rel="self" type="application/atom+xml" href="https://neco.test/feed.xml" />
<updated>2026-01-09T00:00:00+09:00</updated>
<author>
<name>猫 &amp; 犬</name>
</author>
<entry>
<title>第1号 &lt;b&gt;</title>
<id>https://neco.test/issues/2026/01/2026-01-09/</id>
<link rel="alternate" type="text/html" href="https://neco.test/issues/2026/01/2026-01-09/" />
<published>2026-01-09T00:00:00+09:00</published>
<updated>2026-01-09T00:00:00+09:00</updated>
<content type="html">&lt;p&gt;話&lt;/p&gt;</content>
</entry>
<entry>
<title>前</title>"""
    )


def test_the_feed_of_a_site(tmp_path: Path) -> None:
    folder = new_folder(tmp_path / "project")
    for week in range(NEWEST + 3):
        day = dt.date(2026, 1, 2) + dt.timedelta(weeks=week)
        folder.issue(day.isoformat(), f"https://a.jp/{week}\n\n[前](../../../index.md)", title=f"第{week}号")
    folder.write("docs/issues/draft.md", "---\ndraft: true\n---\n# 下書き (2027-01-01)")
    built = folder.build()
    root = ElementTree.fromstring(built.text("feed.xml"))
    titles = [it.findtext("a:title", namespaces=ATOM) for it in root.findall("a:entry", ATOM)]
    assert titles == [f"第{week}号" for week in reversed(range(3, NEWEST + 3))]
    content = root.findtext("a:entry/a:content", namespaces=ATOM) or ""
    assert f'<p><a href="https://a.jp/{NEWEST + 2}">' in content
    assert "neco-" not in content


@pytest.mark.parametrize(("settings", "issue"), [({"site_url": ""}, "2026-01-09"), ({}, "")])
def test_without_an_address_or_an_issue_there_is_no_feed(settings: dict[str, str], issue: str, tmp_path: Path) -> None:
    folder = new_folder(tmp_path / "project", **settings)
    if issue:
        folder.issue(issue, "話")
    built = folder.build()
    assert "feed.xml" not in built.paths()
    assert "atom+xml" not in built.text("index.html")


def test_pages_of_material_tell_where_the_feed_is(tmp_path: Path) -> None:
    folder = new_folder(tmp_path / "project", theme=MATERIAL)
    folder.issue("2026-01-09", "話")
    found = folder.build().issue("2026-01-09").select("link[type='application/atom+xml']")
    assert [attribute(link, "href") for link in found] == ["../../../../feed.xml"]
