"""What a web page says about itself."""

from __future__ import annotations

import pytest
from neco_weekly.model.errors import FetchError
from neco_weekly.model.extraction import Extraction, Found
from neco_weekly.sources.pages.read import extract_page

URL = "https://example.jp/blog/2022/page.html"


def page(html: str, *, url: str = URL) -> Extraction:
    return extract_page(html.encode(), url=url, content_type="text/html; charset=utf-8")


def expected(value: str | None, origin: str | None) -> Found | None:
    return Found(value, origin) if value and origin else None


def test_a_page_that_says_all() -> None:
    found = page("""\
<!DOCTYPE html>
<html lang="ja"><head>
<meta charset="utf-8">
<title>The document's title</title>
<meta property="og:title" content="猫でもわかる Kubernetes">
<meta property="og:description" content="The description">
<meta property="og:site_name" content="The site">
<meta property="og:image" content="/og.png">
<link rel="icon" href="/favicon.svg">
</head><body><h1>A heading</h1></body></html>""")
    assert found == Extraction(
        url=URL,
        title=Found("猫でもわかる Kubernetes", "og"),
        description=Found("The description", "og"),
        site=Found("The site", "og"),
        images=(Found("https://example.jp/og.png", "og"),),
        icons=(Found("https://example.jp/favicon.svg", "html"), Found("https://example.jp/favicon.ico", "host")),
        lang="ja",
    )


def test_a_page_that_says_little() -> None:
    assert page("<title>A title</title>") == Extraction(
        url=URL,
        title=Found("A title", "html"),
        site=Found("example.jp", "host"),
        icons=(Found("https://example.jp/favicon.ico", "host"),),
    )


@pytest.mark.parametrize(
    ("html", "title", "origin"),
    [
        ("<meta property=og:title content=O><meta name=twitter:title content=T><title>D</title>", "O", "og"),
        ("<title>D</title><meta name=twitter:title content=T>", "T", "twitter"),
        ("<meta property=og:title content=' '><meta name=twitter:title content=T>", "T", "twitter"),
        ("<meta property=og:title><title>D</title>", "D", "html"),
        ("<meta name=og:title content=O>", "O", "og"),
        ("<META PROPERTY='OG:Title' CONTENT='O'>", "O", "og"),
        ("<meta property=og:title value=O>", "O", "og"),
        ("<meta name=title property=' og:title ' content=O>", "O", "og"),
        ("<meta itemprop=og:title content=O>", "O", "og"),
        ("<meta property=og:title content='' value=O>", "O", "og"),
        ("<meta name=twitter:title value=T>", "T", "twitter"),
        ("<meta property=twitter:title content=T><title>D</title>", "T", "twitter"),
        ("<meta name=title content=M>", "M", "html"),
        ("<meta name=title content=M><title>D</title>", "D", "html"),
        ("<noscript><h1>Please enable scripts</h1></noscript><h1>H</h1>", "H", "html"),
        ("<meta property=og:title content='{{ title }}'><title>D</title>", "D", "html"),
        ("<head><noscript><img src=x></noscript><meta property=og:title content=O></head><title>D</title>", "O", "og"),
        ("<body><p>text<meta property=og:title content=O>", "O", "og"),
        ("<html><title>D</title></html><meta property=og:title content=O>", "O", "og"),
        ("<body><p>x</body></html ><html><head><meta property=og:title content=O></head></html>", "O", "og"),
        ("<meta property=og:title content=first><meta property=og:title content=second>", "first", "og"),
        ("<svg><title>icon</title></svg><title>D</title>", "D", "html"),
        ("<svg><g><title>icon</title></g></svg><title></title><title>D</title>", "D", "html"),
        ("<!-- <title>old</title> --><title>D</title>", "D", "html"),
        ("<script>'<title>code</title>'</script><title>D</title>", "D", "html"),
        ("<h1>H <b>and</b> more<svg><title>icon</title></svg></h1>", "H and more", "html"),
        ("<meta property=og:title content=undefined><title>D</title>", "D", "html"),
        ("<title>broken \ufffd</title><meta name=twitter:title content=T>", "T", "twitter"),
        ("<meta property=og:title content='broken \ufffd'><title>D</title>", "D", "html"),
        (
            "<?xml version='1.0' encoding='Shift_JIS'?><html xmlns='http://www.w3.org/1999/xhtml'><title>猫</title>",
            "猫",
            "html",
        ),
    ],
)
def test_title(html: str, title: str, origin: str) -> None:
    assert page(html).title == Found(title, origin)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("A &amp;amp; B", "A & B"),
        ("&lt;script&gt;", "<script>"),
        ("&#x732B;&hearts;", "猫♥"),
        ("  two\n\t lines\u3000here ", "two lines here"),
        ("bell\x07 \x1b[31mred \u202egnp.exe", "bell [31mred gnp.exe"),
        ("a\u061cb\u180ec\u200bd\ufeffe\u2066f", "abcdef"),
        ("X-Header: a\r\nSet-Cookie: b", "X-Header: a Set-Cookie: b"),
        ("①㈱髙ｶﾅ", "①㈱髙ｶﾅ"),
        ("👩\u200d💻", "👩\u200d💻"),
    ],
)
def test_text_is_one_clean_line(written: str, read: str) -> None:
    assert page(f"<title>{written}</title>").title.value == read
    assert page(f'<meta property=og:title content="{written}">').title.value == read


def test_text_has_an_end() -> None:
    found = page(
        f"<title>{'あ' * 400}</title><meta name=description content={'い' * 600}>"
        f"<meta property=og:site_name content={'う' * 200}>"
    )
    assert found.title.value == "あ" * 299 + "…"
    assert found.description == Found("い" * 499 + "…", "html")
    assert found.site == Found("う" * 99 + "…", "og")


@pytest.mark.parametrize(
    ("html", "description", "origin"),
    [
        ("<meta name=description content=D>", "D", "html"),
        ("<meta name=description content=D><meta name=twitter:description content=T>", "T", "twitter"),
        ("<meta name=twitter:description content=T><meta property=og:description content=O>", "O", "og"),
        ("<meta property=og:description content=' A  title '><meta name=description content=D>", "D", "html"),
        ("<meta name=description content='A title'>", None, None),
        ("", None, None),
    ],
)
def test_description(html: str, description: str | None, origin: str | None) -> None:
    assert page(f"<title>A title</title>{html}").description == expected(description, origin)


@pytest.mark.parametrize(
    ("html", "site", "origin"),
    [
        ("<meta property=og:site_name content=S><meta name=application-name content=A>", "S", "og"),
        ("<meta name=application-name content=A>", "A", "html"),
        ("", "example.jp", "host"),
    ],
)
def test_site(html: str, site: str, origin: str) -> None:
    assert page(f"<title>A title</title>{html}").site == Found(site, origin)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://cdn.example/a.png?x=1&amp;y=2#z", "https://cdn.example/a.png?x=1&y=2"),
        ("//cdn.example/a.png", "https://cdn.example/a.png"),
        ("/a.png", "https://example.jp/a.png"),
        ("a.png", "https://example.jp/blog/2022/a.png"),
        ("../a.png", "https://example.jp/blog/a.png"),
        (" a b/猫.png ", "https://example.jp/blog/2022/a%20b/%E7%8C%AB.png"),
        ("http://日本語.jp/a.png", "http://xn--wgv71a119e.jp/a.png"),
        ("", None),
        ("data:image/png;base64,AAAA", None),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("http://[", None),
        ("https://me:password@example.jp/a.png", None),
    ],
)
def test_addresses_are_absolute_and_of_the_web(written: str, address: str | None) -> None:
    for html in (f"<meta property=og:image content='{written}'>", f"<link rel=image_src href='{written}'>"):
        image = page(f"<title>A title</title>{html}").image
        assert (image and image.value) == address
    icon = page(f"<title>A title</title><link rel=icon href='{written}'>").icons[0]
    assert icon.value == (address or "https://example.jp/favicon.ico")


@pytest.mark.parametrize(
    ("base", "address"),
    [
        ("<base href=https://other.example/x/>", "https://other.example/x/a.png"),
        ("<base href=/x/>", "https://example.jp/x/a.png"),
        ("<base target=_blank><base href=//other.example/>", "https://other.example/a.png"),
        ("<base href=javascript:alert(1)>", "https://example.jp/blog/2022/a.png"),
    ],
)
def test_addresses_start_at_the_base(base: str, address: str) -> None:
    assert page(f"<title>A title</title>{base}<meta property=og:image content=a.png>").image == Found(address, "og")


@pytest.mark.parametrize(
    ("html", "image", "origin"),
    [
        ("<meta property=og:image content=/o><meta property=og:image:secure_url content=/s>", "/s", "og"),
        ("<meta property=og:image content=/o><meta property=og:image:url content=/u>", "/u", "og"),
        ("<meta name=twitter:image content=/t><meta property=og:image content=/o>", "/o", "og"),
        ("<meta property=og:image content=data:,x><meta name=twitter:image:src content=/t>", "/t", "twitter"),
        ("<link rel=image_src href=/l><meta name=twitter:image content=/t>", "/t", "twitter"),
        ("<link rel=image_src href=/l>", "/l", "html"),
    ],
)
def test_image(html: str, image: str, origin: str) -> None:
    assert page(f"<title>A title</title>{html}").image == Found(f"https://example.jp{image}", origin)


@pytest.mark.parametrize(
    ("html", "icon"),
    [
        ("<link rel='shortcut icon' href=/s>", "https://example.jp/s"),
        ("<link rel=apple-touch-icon href=/a><LINK REL='ICON' HREF=/i>", "https://example.jp/i"),
        ("<link rel=apple-touch-icon href=/a>", "https://example.jp/a"),
        ("<link rel=stylesheet href=/c><link rel=mask-icon href=/m><link href=/n>", "https://example.jp/favicon.ico"),
        (
            "<link rel=apple-touch-icon href=/a sizes=57x57><link rel=apple-touch-icon-x href=/b sizes=180x180>",
            "https://example.jp/b",
        ),
        ("<link rel=icon href=/16 sizes=16x16><link rel=icon href=/32 sizes=32x32>", "https://example.jp/32"),
        ("<link rel=icon href=/192 sizes=192x192><link rel=icon href=/512 sizes=512x512>", "https://example.jp/192"),
        ("<link rel=icon href=/512 sizes=512X512><link rel=icon href=/256 sizes=256x256>", "https://example.jp/256"),
        (
            "<link rel=icon href=/many sizes='16x16 48x48'><link rel=icon href=/32 sizes=32x32>",
            "https://example.jp/many",
        ),
        ("<link rel=icon href=/16 sizes=16x16><link rel=icon href=/unknown>", "https://example.jp/unknown"),
        ("<link rel=icon href=/i.svg sizes=any><link rel=icon href=/i.png>", "https://example.jp/i.png"),
        ("<link rel=icon type=image/svg+xml href=/i><link rel=apple-touch-icon href=/a>", "https://example.jp/a"),
        ("<link rel=icon type=image/svg+xml href=/i>", "https://example.jp/i"),
        (
            "<link rel='alternate icon' type=image/png href=/p><link rel=icon type=image/svg+xml href=/s>",
            "https://example.jp/p",
        ),
        ("<link rel=icon href=/d media='(prefers-color-scheme: dark)'><link rel=icon href=/l>", "https://example.jp/l"),
    ],
)
def test_icon(html: str, icon: str) -> None:
    assert page(f"<title>A title</title>{html}").icons[0].value == icon


@pytest.mark.parametrize(
    ("encoding", "label"),
    [("cp932", "Shift_JIS"), ("euc_jp", "EUC-JP"), ("iso2022_jp", "ISO-2022-JP"), ("utf-8", "UTF-8")],
)
def test_encodings(encoding: str, label: str) -> None:
    html = f"<html><head><meta http-equiv=content-type content='text/html; charset={label}'><title>日本語の題</title>"
    assert extract_page(html.encode(encoding), url=URL, content_type="text/html").title.value == "日本語の題"


def test_characters_of_windows_in_a_page_labelled_shift_jis() -> None:
    html = "<meta charset=Shift_JIS><title>①㈱髙</title><meta property=og:site_name content=㈱ねこ>"
    found = extract_page(html.encode("cp932"), url=URL, content_type="text/html; charset=Shift_JIS")
    assert (found.title.value, found.site) == ("①㈱髙", Found("㈱ねこ", "og"))


@pytest.mark.parametrize("content_type", ["text/html", "TEXT/HTML;charset=utf-8", "application/xhtml+xml", ""])
def test_html_by_its_content_type(content_type: str) -> None:
    assert extract_page(b"<title>A title</title>", url=URL, content_type=content_type).title.value == "A title"


@pytest.mark.parametrize(
    "content_type", ["application/pdf", "image/png; x=y", "text/plain", "application/json", "html"]
)
def test_no_html(content_type: str) -> None:
    with pytest.raises(FetchError, match=f"^{URL} is no HTML page but {content_type.partition(';')[0]}$"):
        extract_page(b"<title>A title</title>", url=URL, content_type=content_type)


@pytest.mark.parametrize(
    "html", ["", "plain text", "page.html", "<title> </title>", "<h2>A heading</h2>", "<!-- -->", "\0" * 99]
)
def test_no_title(html: str) -> None:
    with pytest.raises(FetchError, match=f"^{URL} has no title$"):
        page(html)
