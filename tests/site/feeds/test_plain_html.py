"""What becomes of a page's HTML in a feed."""

from __future__ import annotations

import pytest
from neco_weekly.site.feeds.plain_html import plain_html

URL = "https://neco.test/issues/2026/01/2026-01-09/"


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
    "a drawing is its name": (
        '<p><span class="twemoji" title=":cat:"><svg><path d="M0"/></svg></span>と<svg><title>図</title></svg></p>',
        '<p><span title=":cat:">:cat:</span>と図</p>',
    ),
    "what can be pressed, and what is for those without scripts": (
        "<p>話<button>x</button><select><option>y</option></select><noscript>z</noscript></p>",
        "<p>話</p>",
    ),
    "the place of a quotation": (
        '<blockquote cite="javascript:x"><p>a</p></blockquote><q cite="../x/">b</q>',
        '<blockquote><p>a</p></blockquote><q cite="https://neco.test/issues/2026/01/x/">b</q>',
    ),
    "pictures in several sizes": (
        '<picture><source srcset="a.avif"><img src="a.png" srcset="b.png 2x" alt="図"></picture>',
        f'<picture><img src="{URL}a.png" alt="図"></picture>',
    ),
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


def test_no_address_that_a_writer_can_write_stops_a_feed() -> None:
    strange = ("http://[", "//[x", "java\nscript:alert(1)", "data:text/html,x", "http://a.jp:x/", "\x01")
    left = [it for it in strange if "href" in plain_html(f'<a href="{it}">x</a>', url=URL).replace('href="https', "")]
    assert left == ["http://a.jp:x/"]
