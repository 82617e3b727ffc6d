"""The first large pictures of a page's text, where the page names none."""

from __future__ import annotations

from neco_weekly.model.extraction import Found

from .webpages import TITLE, page

BASE = "https://blog.example.jp"
IMG = "<img src=/cat.png>"
CAT = f"{BASE}/cat.png"


def pictures(html: str) -> list[str]:
    return [it.value for it in page(TITLE + html).images]


def article(inside: str) -> str:
    return f"<body><article><h1>A title</h1>{inside}</article>"


TAKEN = {
    "in an article": (article(f"<p>{IMG}"), [CAT]),
    "in main": (f"<main><p>{IMG}</main>", [CAT]),
    "in a place with a usual name": (f"<div class='entry-content'>{IMG}</div>", [CAT]),
    "in a figure": (article(f"<figure>{IMG}<figcaption>A cat</figcaption></figure>"), [CAT]),
    "three at most, each once": (
        article("".join(f"<img src=/{it}.png>" for it in "aabcde")),
        [f"{BASE}/{it}.png" for it in "abc"],
    ),
    "shown later by a script": (article("<img src=data:image/gif;base64,R0 data-src=/cat.png>"), [CAT]),
    "shown later, with a small one before": (article("<img src=/tiny.gif data-original=/cat.png>"), [CAT]),
    "without scripts": (article("<img src=data:,><noscript><img src=/cat.png></noscript>"), [CAT]),
    "the largest that anybody needs": (
        article("<img src=/x.png srcset='/s.png 300w, /cat.png 1200w, /huge.png 4000w'>"),
        [CAT],
    ),
    "the smallest of huge ones": (article("<img src=/x.png srcset='/huge.png 9000w, /cat.png 4000w'>"), [CAT]),
    "by its density": (article("<img src=/x.png srcset='/cat.png 2x, /a.png 1x'>"), [CAT]),
    "a set that is none": (article("<img src=/cat.png srcset=', ,x'>"), [CAT]),
    "large enough": (article("<img src=/cat.png width=200 height=120>"), [CAT]),
    "its height alone": (article("<img src=/cat.png height=150>"), [CAT]),
    "a width that is no number": (article("<img src=/cat.png width=100%>"), [CAT]),
    "of the article with the heading": (f"<article><img src=/x.png></article>{article(IMG)}", [CAT]),
    "words that hold others": (article("<img src=/iconography/advent.png>"), [f"{BASE}/iconography/advent.png"]),
    "comments inside an article of comments": (
        article(f"{IMG}<article><img src=/x.png></article>"),
        [CAT, f"{BASE}/x.png"],
    ),
}

LEFT = {
    "outside the text": f"<body><p>{IMG}<article><h1>A title</h1></article>",
    "in a menu": article(f"<nav>{IMG}</nav>"),
    "in what stands beside": article(f"<aside>{IMG}</aside>"),
    "hidden": article(f"<div hidden>{IMG}</div><div style='display: none'>{IMG}</div>"),
    "a face": article("<div class='post-author'><img src=/neko.jpg></div>"),
    "a face by its class": article("<img class='avatar photo' src=/neko.jpg>"),
    "a face by its address": article("<img src=/images/avatar/neko.jpg>"),
    "a face of a service": article("<img src=https://www.gravatar.com/abc>"),
    "a badge": article("<img src=https://img.shields.io/a/b><img src=https://a.example/badge.svg>"),
    "an emoji": article("<img class=emoji src=/cat.png>"),
    "an icon": article("<img src=/img/icon-mail.png><img src=/AppIcon.png>"),
    "a logo": article("<img src=/site_logo@2x.png>"),
    "a way to pay": article("<img src=/img/wechatpay.png><img src=/WeChat-QR.jpg>"),
    "what is shown while a script loads": article("<img src=/loading.gif><img src=/blank.png>"),
    "an advertisement": article(f"<div id=ad-top>{IMG}</div><div class='google-ads'>{IMG}</div>"),
    "a thing to buy": article("<img src=https://m.media-amazon.com/images/I/a.jpg>"),
    "related ones": article(f"<section class='related-posts'>{IMG}</section>"),
    "a counter": article("<img src=https://t.example/x.png width=1 height=1>"),
    "small": article(
        "<img src=/cat.png width=64 height=64><img src=/a.png width=48><img src=/b.png style='width: 30px'>"
    ),
    "a line": article("<img src=/cat.png width=900 height=120>"),
    "a column": article("<img src=/cat.png width=200 height=900>"),
    "a list of articles": f"<main><article><h2>a</h2>{IMG}</article><article><h2>b</h2>{IMG}</article></main>",
    "no address of the web": article("<img src=data:image/png;base64,AA><img src=file:///a.png><img><img src='  '>"),
    "an address that is none": article("<img src='http://[/a.png'>"),
}


def test_large_pictures_of_the_text_are_taken() -> None:
    found = {name: pictures(html) for name, (html, _) in TAKEN.items()}
    assert {name: it for name, it in found.items() if it != TAKEN[name][1]} == {}


def test_what_is_no_part_of_the_text_is_left() -> None:
    found = {name: pictures(html) for name, html in LEFT.items()}
    assert {name: it for name, it in found.items() if it} == {}


def test_what_the_page_names_is_all_there_is() -> None:
    named = ("<meta property=og:image content=/a.png>", "<link rel=image_src href=/a.png>")
    assert [page(TITLE + it + article(IMG)).images for it in named] == [
        (Found(f"{BASE}/a.png", "og"),),
        (Found(f"{BASE}/a.png", "html"),),
    ]
    assert page(TITLE + article(IMG)).images == (Found(CAT, "article"),)
