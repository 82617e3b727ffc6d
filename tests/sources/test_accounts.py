"""Every field of what would be stored for a link, from pages as they are in the wild."""

from __future__ import annotations

import pytest
from neco_weekly.model.extraction import Found

from .webpages import TITLE, URL, page


def test_a_page_that_says_all_its_document() -> None:
    found = page("""\
<!DOCTYPE html><html lang="ja-JP"><head>
<meta property="og:title" content="猫でもわかる Kubernetes | 猫の部屋">
<meta property="og:site_name" content="猫の部屋">
<meta property="og:image" content="/og.png">
<meta property="article:published_time" content="2022-08-26T12:00:00+09:00">
<link rel="canonical" href="/canonical"><link rel="icon" href="/i.png" sizes="32x32">
</head><body><main><p>短い段落。</p>
<p>この段落は四十字より長く、ページの内容を初めて読む人に伝えるために書かれている、本物の段落です。</p></main></body>""")
    assert found.to_dict() == {
        "url": URL,
        "title": {"value": "猫でもわかる Kubernetes", "origin": "og"},
        "description": {
            "value": "この段落は四十字より長く、ページの内容を初めて読む人に伝えるために書かれている、本物の段落です。",
            "origin": "html",
        },
        "site": {"value": "猫の部屋", "origin": "og"},
        "image": {"value": "https://blog.example.jp/og.png", "origin": "og"},
        "icon": {"value": "https://blog.example.jp/i.png", "origin": "html"},
        "lang": "ja-JP",
        "canonical": "https://blog.example.jp/canonical",
        "published": "2022-08-26T12:00:00+09:00",
        "problems": [],
    }


def test_what_is_absent_is_null() -> None:
    absent = {name for name, value in page(TITLE).to_dict().items() if value is None}
    assert absent == {"description", "image", "lang", "canonical", "published"}


def test_all_candidates_for_pictures_are_kept_the_best_first() -> None:
    found = page(f"""{TITLE}
        <meta name=twitter:image content=/t.png>
        <meta property=og:image content=/a.png><meta property=og:image content=/b.png>
        <meta property=og:image:secure_url content=/a.png><link rel=image_src href=/b.png>
        <link rel=icon href=/i.svg><link rel=apple-touch-icon href=/touch.png><link rel=icon href=/i.png>
        <link rel=icon href=/i.png sizes=32x32>""")
    site = "https://blog.example.jp"
    assert found.images == (
        Found(f"{site}/a.png", "og"),
        Found(f"{site}/b.png", "og"),
        Found(f"{site}/t.png", "twitter"),
    )
    assert found.icons == (
        Found(f"{site}/i.png", "html"),
        Found(f"{site}/touch.png", "html"),
        Found(f"{site}/i.svg", "html"),
        Found(f"{site}/favicon.ico", "host"),
    )
    assert (found.image, found.icon) == (found.images[0], found.icons[0])


def test_candidates_for_pictures_are_few_and_end_with_the_usual_icon() -> None:
    many = "".join(f"<meta property=og:image content=/{it}><link rel=icon href=/{it}>" for it in range(9))
    found = page(TITLE + many)
    assert [it.value[-1] for it in found.images] == list("01234")
    assert [it.value.rpartition("/")[2] for it in found.icons] == ["0", "1", "2", "3", "favicon.ico"]


def test_the_usual_icon_may_be_named() -> None:
    found = page(f"{TITLE}<link rel=icon href=/favicon.ico><link rel=apple-touch-icon href=/touch.png>")
    assert [(it.value.rpartition("/")[2], it.origin) for it in found.icons] == [
        ("favicon.ico", "html"),
        ("touch.png", "html"),
    ]


def test_no_picture_is_no_candidate() -> None:
    assert (page(TITLE).images, page(TITLE).image) == ((), None)


@pytest.mark.parametrize(
    ("html", "lang"),
    [
        ("<html lang=ja>", "ja"),
        ("<html xml:lang=en-US>", "en-US"),
        ("<meta http-equiv=Content-Language content=ja>", "ja"),
        ("<meta property=og:locale content=ja_JP>", "ja-JP"),
        ("<html lang=''><meta property=og:locale content=en_US>", "en-US"),
        ("<html lang='日本語'>", None),
        ("<html lang='x y'>", None),
        ("", None),
    ],
)
def test_language(html: str, lang: str | None) -> None:
    assert page(f"{html}{TITLE}").lang == lang


@pytest.mark.parametrize(
    ("html", "canonical"),
    [
        ("<link rel=canonical href=/c><meta property=og:url content=/o>", "https://blog.example.jp/c"),
        ("<meta property=og:url content=/o>", "https://blog.example.jp/o"),
        ("<base href=//cdn.example/x/><link rel=canonical href=c>", "https://cdn.example/x/c"),
        ("<link rel=canonical href='javascript:alert(1)'>", None),
    ],
)
def test_canonical(html: str, canonical: str | None) -> None:
    assert page(f"{TITLE}{html}").canonical == canonical


@pytest.mark.parametrize(
    ("html", "published"),
    [
        ("<meta property=article:published_time content=2022-08-26>", "2022-08-26"),
        ("<meta name=article:published_time content='2022-08-26T03:00:00Z'>", "2022-08-26T03:00:00Z"),
        ("<meta property=og:published_time content=2022-08-26>", "2022-08-26"),
        ("<meta itemprop=datePublished content=2022-08-26>", "2022-08-26"),
        ("<meta itemprop=uploadDate content=2022-08-26>", "2022-08-26"),
        ("<meta name=citation_date content=2022/08/26>", "2022-08-26"),
        ("<meta name=DCTERMS.issued content=2022-08-26>", "2022-08-26"),
        ("<meta name=parsely-pub-date content=2022-08-26>", "2022-08-26"),
        ("<meta name=pubdate content=2022-08-26>", "2022-08-26"),
        ("<meta name=date content=2022-08-27><meta property=article:published_time content=2022-08-26>", "2022-08-26"),
        ("<meta name=date content=2022-08-26><article><time datetime=2022-08-27>x</time></article>", "2022-08-26"),
        ("<meta property=article:modified_time content=2022-08-26>", None),
        ("<meta property=article:published_time content=yesterday><meta name=date content=2022-08-27>", "2022-08-27"),
        ("<meta property=article:published_time content='x'>"
         "<script type=application/ld+json>{'@type':'Article','datePublished':'2022-08-26'}</script>".replace("'", '"'),
         "2022-08-26"),
        ("<article><time datetime=2022-08-27>x</time><time datetime=2022-08-26 itemprop=datePublished>y</time>",
         "2022-08-26"),
        ("<article><time datetime=2022-08-27>x</time></article>", "2022-08-27"),
        ("<time datetime=2022-08-27>x</time>", "2022-08-27"),
        ("<article><footer><time datetime=2022-08-27>x</time></footer></article>", "2022-08-27"),
        ("<footer><time datetime=2022-08-27>x</time></footer>", None),
        ("<meta name=bt:pubDate content=2022-08-26>", "2022-08-26"),
        ("<meta name=publication_date content=2022-08-26>", "2022-08-26"),
    ],
)  # fmt: skip
def test_published(html: str, published: str | None) -> None:
    assert page(f"{TITLE}{html}").published == published


LONG = "四十字より長い段落は、そのページについて何かを語っているので、説明の代わりになる。なお短い段落は違う。"


@pytest.mark.parametrize(
    ("html", "description"),
    [
        (f"<main><p>short</p><p>{LONG}</p></main>", LONG),
        (f"<article><p>{LONG[:20]}<b>{LONG[20:]}</b><script>x()</script></p></article>", LONG),
        (f"<div role=main><p>{LONG}</p></div>", LONG),
        (f"<p>{LONG}</p>", None),
        (f"<div id=sidebar><p>x{LONG}</p></div><div id=content><p>{LONG}</p></div>", LONG),
        (f"<div class='x Entry-Content'><p>{LONG}</p></div>", LONG),
        (f"<section itemprop=articleBody><p>{LONG}</p></section>", LONG),
        (f"<div id=content><p>x{LONG}</p></div><main><p>{LONG}</p></main>", LONG),
        (f"<main><p>{LONG[:20]}<sup><a href=#1>[1]</a></sup>{LONG[20:]}</p></main>", LONG),
        (f"<main><p style='color: red; display : none'>x{LONG}</p><p style='color: red'>{LONG}</p></main>", LONG),
        (f"<main><p>{LONG[:39]}</p><p>{LONG[:40]}</p></main>", LONG[:40]),
        (f"<main><p>{LONG[:20]}<ruby>猫<rp>(</rp><rt>ねこ</rt><rp>)</rp></ruby>{LONG[20:]}</p></main>",
         f"{LONG[:20]}猫{LONG[20:]}"),
        (f"<main><nav><p>{LONG}</p></nav><footer><p>{LONG}</p></footer></main>", None),
        (f"<main><div hidden><p>{LONG}</p></div><p aria-hidden=true>{LONG}</p></main>", None),
        (f"<main><style>p{{}}</style><p><script>{LONG}</script></p></main>", None),
        (f"<main><p>{LONG}</p></main><meta name=description content=D>", "D"),
        (f"<main><p>{LONG}</p></main><meta name=description content=null>", LONG),
        ("<meta name=description content='{{ page.description }}'>", None),
        ("<meta name=description content='<%= description %>'>", None),
        ("<meta name=description content='${description}'>", None),
        ("<meta name=description content='{{ x }} is what Helm writes'>", "{{ x }} is what Helm writes"),
        ('<meta name=description content="You can\'t perform that action at this time.">', None),
        ("<meta name=description content='A  TITLE!'>", None),
        ("<meta name=description content='A title - Cats'><meta name=application-name content=Cats>", "A title - Cats"),
    ],
)  # fmt: skip
def test_description_of_the_text_itself(html: str, description: str | None) -> None:
    found = page(f"{TITLE}{html}").description
    assert (found and found.value) == description


def test_a_description_repeats_the_title_with_the_site_or_without() -> None:
    for description in ("Pods", "Pods - Cats", "pods — cats!"):
        found = page(
            f"<title>Pods - Cats</title><meta property=og:site_name content=Cats>"
            f"<meta property=og:description content='{description}'><meta name=description content=D>"
        )
        assert (found.title, found.description) == (Found("Pods", "html"), Found("D", "html"))


def test_an_address_has_an_end() -> None:
    found = page(f"{TITLE}<meta property=og:image content='/{'a' * 2000}'><meta name=twitter:image content=/t>")
    assert found.image == Found("https://blog.example.jp/t", "twitter")
