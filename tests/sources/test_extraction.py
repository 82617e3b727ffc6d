"""Every field of what would be stored for a link, from pages as they are in the wild and from bad ones."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap

import pytest
from neco_weekly.model import FetchError
from neco_weekly.sources.extraction import Extraction, Found
from neco_weekly.sources.webpage import extract_page

URL = "https://blog.example.jp/2022/page.html"
TITLE = "<title>A title</title>"


def page(html: str, *, url: str = URL) -> Extraction:
    return extract_page(html.encode(), url=url, content_type="text/html; charset=utf-8")


def linked(document: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(document, ensure_ascii=False)}</script>'


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
        ("<meta property=article:published_time content='2022-08-26 12:00:00 +0900'>", "2022-08-26T12:00:00+09:00"),
        ("<meta property=article:published_time content='2022-08-26T12:00:00+0900'>", "2022-08-26T12:00:00+09:00"),
        ("<meta property=article:published_time content='2022/8/26'>", "2022-08-26"),
        ("<meta property=article:published_time content='2022年8月26日'>", "2022-08-26"),
        ("<meta property=article:published_time content='Fri, 26 Aug 2022 03:00:00 GMT'>", "2022-08-26T03:00:00+00:00"),
        ("<meta property=article:published_time content='2022-13-45'>", None),
        ("<meta property=article:published_time content='yesterday'>", None),
        ("<meta property=article:published_time content='99999999999999999999'>", None),
        ("<meta property=article:published_time content='x'>"
         "<script type=application/ld+json>{'@type':'Article','datePublished':'2022-08-26'}</script>".replace("'", '"'),
         "2022-08-26"),
        ("<article><time datetime=2022-08-27>x</time><time datetime=2022-08-26 itemprop=datePublished>y</time>",
         "2022-08-26"),
        ("<article><time datetime=2022-08-27>x</time></article>", "2022-08-27"),
        ("<time datetime=2022-08-27>x</time>", None),
        ("<article><footer><time datetime=2022-08-27>x</time></footer></article>", None),
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
        (f"<main><nav><p>{LONG}</p></nav><footer><p>{LONG}</p></footer></main>", None),
        (f"<main><div hidden><p>{LONG}</p></div><p aria-hidden=true>{LONG}</p></main>", None),
        (f"<main><style>p{{}}</style><p><script>{LONG}</script></p></main>", None),
        (f"<main><p>{LONG}</p></main><meta name=description content=D>", "D"),
        (f"<main><p>{LONG}</p></main><meta name=description content=null>", LONG),
        ('<meta name=description content="You can\'t perform that action at this time.">', None),
        ("<meta name=description content='A  TITLE!'>", None),
    ],
)
def test_description_of_the_text_itself(html: str, description: str | None) -> None:
    found = page(f"{TITLE}{html}").description
    assert (found and found.value) == description


GRAPH = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "Organization", "@id": "#org", "name": "猫 &amp; 社"},
        {"@type": "WebSite", "@id": "#site", "name": "The site"},
        {"@type": "ImageObject", "@id": "#image", "url": "/graph.png"},
        {"@type": "WebPage", "name": "The page", "description": "Of the page", "datePublished": "2022-08-27"},
        {
            "@type": ["TechArticle"],
            "headline": "A &lt;b&gt; headline",
            "publisher": {"@id": "#org"},
            "image": {"@id": "#image"},
            "datePublished": "2022-08-26",
        },
    ],
}


class TestJsonLd:
    def test_a_graph_whose_parts_refer_to_each_other(self) -> None:
        found = page(linked(GRAPH))
        assert found.title == Found("A <b> headline", "json-ld")
        assert found.site == Found("猫 & 社", "json-ld")
        assert found.image == Found("https://blog.example.jp/graph.png", "json-ld")
        assert found.description == Found("Of the page", "json-ld")
        assert found.published == "2022-08-26"

    @pytest.mark.parametrize(
        "script",
        [
            '{"@type":"Article","headline":"H"}',
            '[{"@type":"BreadcrumbList","name":"B"},[{"@type":"Article","headline":"H"}]]',
            '{"@type":"http://schema.org/Article","headline":["H","I"]}',
            '{"@type":"Article","headline":{"@value":"H"}}',
            '{"@type":"VideoObject","name":"H"}',
            '{"@type":"WebPage","mainEntity":{"@type":"Article","headline":"H"}}',
            '//<![CDATA[\n{"@type":"Article","headline":"H"}\n//]]>',
            '<!-- {"@type":"Article","headline":"H"} -->',
            '/*<![CDATA[*/ {"@type":"Article","headline":"H"}; /*]]>*/',
            '{"@type":"Article","headline":"H",}',
            '{"@type":"Article","headline":"H"}{"@type":"Article","headline":"I"}',
            '{"@type":"Article","headline":"H"} and then junk',
            '\ufeff{"@type":"Article","headline":"H","articleBody":"a\nb\tc"}',
        ],
    )
    def test_as_it_is_in_the_wild(self, script: str) -> None:
        found = page(f"<script type='application/ld+json; charset=utf-8'>{script}</script><title>D</title>")
        assert (found.title, found.problems) == (Found("H", "json-ld"), ())

    @pytest.mark.parametrize(
        "script", ["{", "undefined", '{"@type":', "[" * 100_000, '{"@graph":' * 100_000, f"[{'9' * 5000}]"]
    )  # fmt: skip
    def test_a_broken_one_is_a_problem_and_the_others_count(self, script: str) -> None:
        good = linked({"@type": "Article", "headline": "H"})
        found = page(f"<script type=application/ld+json>{script}</script>{good}")
        assert found.title == Found("H", "json-ld")
        assert found.problems == ("1 JSON-LD script cannot be read",)

    @pytest.mark.parametrize(
        "deep", ['[{"@type":"Article","headline":"H"}]', '{"@graph":[{"@type":"Article","headline":"H"}]}']
    )
    def test_absurd_nesting_ends(self, deep: str) -> None:
        for _ in range(100):
            deep = f'{{"@graph":[{deep}]}}'
        assert page(f"<script type=application/ld+json>{deep}</script>{TITLE}").title == Found("A title", "html")

    @pytest.mark.parametrize(
        "node",
        [
            {"@type": "Organization", "name": "O"},
            {"@type": "WebSite", "name": "S"},
            {"@type": "BreadcrumbList", "name": "B"},
            {"headline": "no type"},
            {"@type": 7, "headline": "H"},
            {"@type": "Article", "headline": 7, "image": 7, "publisher": 7, "datePublished": 7},
            {"@type": "Article", "headline": None, "image": [[]], "publisher": [None]},
            {"@type": "Article", "image": "javascript:alert(1)", "publisher": {"name": []}},
        ],
    )
    def test_what_is_no_title_of_the_page(self, node: object) -> None:
        found = page(f"{TITLE}{linked(node)}")
        assert (found.title, found.image) == (Found("A title", "html"), None)


@pytest.mark.parametrize(
    ("title", "site", "url", "read"),
    [
        ("Pods | Kubernetes", "", "https://kubernetes.io/", "Pods"),
        ("Pods ｜ 猫の部屋", "猫の部屋", URL, "Pods"),
        ("Pods｜猫の部屋", "猫の部屋", URL, "Pods"),
        ("Pods - Cat Room", "CatRoom", URL, "Pods"),
        ("Pods – Example", "", URL, "Pods"),
        ("Pods — example.jp", "example.jp", URL, "Pods"),
        ("Pods · blog.example.jp", "", URL, "Pods"),
        ("Pods: Cat Room", "Cat Room", URL, "Pods"),
        ("Cat Room: Pods", "Cat Room", URL, "Pods"),
        ("Cat Room | Pods | Cat Room", "Cat Room", URL, "Pods"),
        ("Pods | A - B", "A - B", URL, "Pods"),
        ("Pods | ＣＡＴ ＲＯＯＭ", "Cat Room", URL, "Pods"),
        ("Pods - Speaker Deck", "", "https://speakerdeck.com/a/b", "Pods"),
        ("Pods | Example", "", "https://www.example.co.jp/", "Pods"),
        ("Cat Room", "Cat Room", URL, "Cat Room"),
        ("Pods | Cats", "Cat Room", URL, "Pods | Cats"),
        ("Pods-Example", "", URL, "Pods-Example"),
        ("Example: Pods", "", URL, "Example: Pods"),
        ("KEP-127: Pods", "", URL, "KEP-127: Pods"),
        ("| Cat Room", "Cat Room", URL, "| Cat Room"),
    ],
)
def test_a_title_does_not_repeat_the_site(title: str, site: str, url: str, read: str) -> None:
    assert page(f"<title>{title}</title><meta property=og:site_name content='{site}'>", url=url).title.value == read


@pytest.mark.parametrize(
    "title",
    ["Just a moment...", "Just a moment…", "Attention Required! | Cloudflare", "Access Denied", "Are you a robot?",
     "Checking your browser before accessing example.jp", "DDoS-Guard", "Please Wait... | Cloudflare",
     "しばらくお待ちください...", "Making sure you're not a bot!", "Vercel Security Checkpoint"],
)  # fmt: skip
def test_a_challenge_is_no_page(title: str) -> None:
    with pytest.raises(FetchError, match=r"answers programs with .* instead of the page"):
        page(f"<title>{title}</title>")


def test_a_challenge_is_known_by_its_script() -> None:
    with pytest.raises(FetchError, match=r"answers programs with 'example\.jp' instead of the page"):
        page("<title>example.jp</title><script>window._cf_chl_opt={}</script>")


@pytest.mark.parametrize(
    "html",
    [
        "<title>Page not found</title>",
        "<title>404</title>",
        "<title>404 Not Found</title><center><h1>404 Not Found</h1></center>",
        "<title>Error 404 (Not Found)!!1</title>",
        "<title>404: This page could not be found.</title>",
        "<title>Page not found | Kubernetes</title><meta property=og:site_name content=Kubernetes>",
        "<title>404 - Page not found | Some Company</title>",
        "<title>Page not found – Some Company</title>",
        "<title>お探しのページは見つかりませんでした</title>",
        "<title>ページが見つかりません｜猫の部屋</title><meta name=description content=猫の部屋です>"
        "<h1>ページが見つかりません</h1>",
        "<title>指定されたページは存在しません</title>",
        "<title>株式会社ねこ</title><meta name=robots content=noindex><h1>お探しのページは見つかりません。</h1>",
        "<title>503 Service Temporarily Unavailable</title>",
        "<title>ただいまメンテナンス中です</title>",
        "<title>Before you continue to YouTube</title>",
        "<title>Sign in · GitHub</title>",
        "<title>ログイン</title>",
    ],
)
def test_a_page_that_stands_in_for_another_is_a_failure(html: str) -> None:
    with pytest.raises(FetchError, match=r"says|asks"):
        page(html)


@pytest.mark.parametrize(
    "title",
    [
        "HTTP 404 の話", "404 Not Found – what it means", "404 Not Found とは", "Kubernetes 404 default backend",
        "Just a moment in time", "Attention is all you need", "Access denied errors explained",
        "「ファイルが見つかりません」を直す", "kubectl で error: not found が出たとき", "Sign in with Apple を試す",
        "Nginx 502 Bad Gateway を調べる", "Login Shell 入門",
    ],
)  # fmt: skip
def test_a_page_about_such_things_is_one(title: str) -> None:
    assert page(f"<title>{title}</title>").title.value == title


@pytest.mark.parametrize(
    "html",
    [
        "<title>Not Found</title><meta property=og:type content=article>",
        f"<title>Access Denied</title>{linked({'@type': 'BlogPosting', 'datePublished': '2022-08-26'})}",
        "<title>404 Not Found | 猫の部屋</title><meta name=description content=歌です><h1>404 Not Found について</h1>",
    ],
)
def test_an_article_may_be_called_anything(html: str) -> None:
    assert page(html).title.value


def test_a_login_that_was_asked_for_is_a_page() -> None:
    assert page("<title>Log in</title>", url="https://example.jp/login").title.value == "Log in"


@pytest.mark.parametrize(
    "html",
    [
        "<script>document.title='X'</script><body onload=alert(1)>",
        "<meta property=og:image content='javascript:alert(1)'><meta property=og:image content='data:image/png,x'>",
        "<link rel=icon href='data:image/png;base64,AA'><link rel=canonical href='vbscript:x'>",
        "<meta property=og:title content='\0\0'><meta property=og:description content='\u202e\u2066\x1b'>",
        "<a <b <c 'x=\"<title>no</title>",
        "<style><title>no</title></style><textarea><title>no</title></textarea><iframe><title>no</title></iframe>",
    ],
)
def test_hostile_markup_is_no_data(html: str) -> None:
    found = page(f"{TITLE}{html}").to_dict()
    assert found == page(TITLE).to_dict()


def test_markup_in_texts_stays_text() -> None:
    found = page(
        "<title>&lt;img src=x onerror=alert(1)&gt;\0</title><meta name=description content='<b>&amp;amp;</b>'>"
    )
    assert found.title.value == "<img src=x onerror=alert(1)>"
    assert found.description == Found("<b>&amp;</b>", "html")


SIZE = 2_000_000
HEAD = '<meta property=og:title content="A title">'
BIG = {
    "prose": HEAD + '<main><p>ここは <a href="/x?y=1">猫の文章</a> です。<b>text &amp; more</b></p>' * 17_000,
    "10,000 metas": HEAD + '<meta property="og:x" content="猫">' * 10_000 + "<p>x" * 300_000,
    "metas of one name": '<meta property=og:title content="A title">' * 45_000,
    "deep": HEAD + "<div>" * 400_000,
    "deep articles": HEAD + "<article><p>" * 160_000,
    "deep paragraphs": HEAD + "<main>" + "<div>" * 2_000 + "<p>abc" * 300_000,
    "svg titles": HEAD + "<svg><title>x</title></svg>" * 70_000,
    "links": HEAD + "<link rel=icon href=/a sizes=16x16>" * 55_000,
    "attributes": f"{HEAD}<b {' '.join(f'a{it}' for it in range(200_000))}>",
    "quoted attributes": HEAD + "<b " + " ".join(f"a{it}='> <i '" for it in range(120_000)) + ">",
    "linked data": HEAD + "<script type=application/ld+json>[" + '{"@type":"Article","headline":"a"},' * 55_000,
    "many scripts": HEAD + '<script type=application/ld+json>{"@type":"Article"}</script>' * 30_000,
    "separators": HEAD + "<title>a" + " | a" * 500_000,
    "unclosed": HEAD + "<meta" * 400_000,
    "labels": HEAD + "<meta charset" * 150_000,
    "entities": HEAD + "&" * SIZE,
    "spaces": HEAD + "<main><p>" + " " * SIZE,
    "NULs": HEAD + "\0" * SIZE,
}
_MEASURE = """
    import sys, time
    from pathlib import Path
    from neco_weekly.sources.webpage import extract_page
    body, started = sys.stdin.buffer.read(), time.monotonic()
    title = extract_page(body, url="https://example.jp/", content_type="text/html").title.value
    seconds = time.monotonic() - started
    # Not getrusage, whose peak a process takes over from the one that started it.
    peak = next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
    print(title, int(peak) // 1024, seconds, sep="|")
"""


@pytest.mark.parametrize("kind", BIG)
def test_big_pages_take_little(kind: str) -> None:
    """In a process of its own, whose peak is this page's: 150 MB with Python and lxml; far less than a second."""
    body = BIG[kind].encode()[:SIZE]
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(_MEASURE)], input=body, capture_output=True, check=True, timeout=60
    )
    title, megabytes, seconds = done.stdout.decode().strip().split("|")
    assert title == "A title"
    assert int(megabytes) < 150
    assert float(seconds) < 5
