"""The Content-Security-Policy of a page: as narrow as what the page has, and written before all that obeys it."""

from __future__ import annotations

import base64
import hashlib

import pytest
from neco_weekly.site.page_sources import host_source, inline_elements, sources_of, stopped_in
from neco_weekly.site.policy import policy, with_policy

from tests.lengthy import LONG, POLICIES, Lengthy


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def directives(html: str, *refused: str) -> dict[str, list[str]]:
    """The directives of the policy of a page, each with its sources."""
    parts = (part.split(" ") for part in policy(sources_of(html, refused)).split("; "))
    return {name: sources for name, *sources in parts}


PLAIN = {
    "default-src": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "object-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
}
"""The policy of a page that has nothing inline and nothing of another host."""

MORE: dict[str, tuple[str, dict[str, list[str]]]] = {
    "nothing": ("<p>文</p>", {}),
    "its own": ('<script src="../a.js"></script><img src="/a.png"><link rel="stylesheet" href="a.css">', {}),
    "a script": ("<script>a()</script>", {"script-src": [digest("a()")]}),
    "a module": ('<script type=module>\r\na("猫")\r\n</script>', {"script-src": [digest('\na("猫")\n')]}),
    "data": ('<script id="__config" type="application/json">{}</script>', {}),
    "a script without an end": ("<script>a()", {}),
    "a script that speaks of tags": (
        "<script>'<img src=https://x.example/>'</script>",
        {"script-src": [digest("'<img src=https://x.example/>'")]},
    ),
    "a script of another host": (
        '<SCRIPT SRC="https://cdn.example/a.js"></SCRIPT>',
        {"script-src": ["https://cdn.example"]},
    ),
    "a style": ("<style>p{}</style>", {"style-src": [digest("p{}")]}),
    "a style attribute": (
        "<td style=\"text-align: left;\"><td style='font: &quot;x&quot;'>",
        {"style-src-attr": ["'unsafe-hashes'", *sorted([digest("text-align: left;"), digest('font: "x"')])]},
    ),
    "a picture": ('<img alt="a > b" src="//img.example/a.png?b=c">', {"img-src": ["img.example"]}),
    "its candidates": (
        '<img srcset="https://a.example/x,1.png 1x,https://b.example:8443/y.png 2x, z.png 3x">',
        {"img-src": ["https://a.example", "https://b.example:8443"]},
    ),
    "a film": (
        '<video src="https://m.example/a.mp4" poster="http://p.example/a.png"></video>',
        {"img-src": ["http://p.example"], "media-src": ["'self'", "https://m.example"]},
    ),
    "a frame": ('<iframe src="https://f.example/a"></iframe>', {"frame-src": ["'self'", "https://f.example"]}),
    "an address of many signs": (
        "<img src='https://猫.example/;script-src *'>",
        {"img-src": ["https://xn--z7x.example"]},
    ),
    "no host": ("<img src='https://a;script-src *'><img src='https://[::1]/'><img src='data:,'>", {}),
    "a comment": ("<!-- <iframe src='https://f.example/'></iframe> --><!-- <img src=https://a.example>", {}),
    "fonts": (
        '<link rel="preconnect" href="https://fonts.gstatic.com" crossorigin>'
        '<link rel="stylesheet" href="https://fonts.googleapis.com/css?family=Roboto">',
        {"font-src": ["'self'", "https://fonts.gstatic.com"], "style-src": ["https://fonts.googleapis.com"]},
    ),
    "the stars of a repository": (
        '<a href="https://github.com/a/b" class="md-source" data-md-component="source">',
        {"connect-src": ["'self'", "https://api.github.com"]},
    ),
    "a link": ('<a href="https://github.com/a/b">', {}),
    "a formula": ("<math><mi>x</mi></math>", {}),
}


@pytest.mark.parametrize("name", MORE)
def test_a_policy_allows_what_the_page_has_and_no_more(name: str) -> None:
    html, more = MORE[name]
    expected = {key: PLAIN.get(key, []) + more.get(key, []) for key in {**PLAIN, **more}}
    assert directives(html) == expected


@pytest.mark.parametrize(
    "html", ['<pre class="neco-diagram">', '<pre class="mermaid"><code>', '<span class="arithmatex">']
)
def test_every_style_is_allowed_only_where_a_script_draws(html: str) -> None:
    found = directives(f'{html}<p style="color: red"><style>p{{}}</style>')
    assert found["style-src"] == ["'self'", "'unsafe-inline'"]  # a hash beside it would undo it (CSP 3, 6.7.3.2)
    assert found["style-src-attr"] == ["'unsafe-inline'"]
    assert "'unsafe-inline'" not in found["script-src"]


def test_a_script_of_the_text_is_refused_even_when_its_white_space_is_squeezed() -> None:
    text = "<script>\n  a( 1 )\n</script><script src='https://cdn.example/a.js'></script>"
    refused = [it.key for it in inline_elements(text)]
    assert directives(f"<script>b()</script>{text}", *refused)["script-src"] == ["'self'", digest("b()")]
    assert directives("<script>a(1)</script>", *refused)["script-src"] == ["'self'"]


META = '<meta http-equiv="Content-Security-Policy" content="{}">'


@pytest.mark.parametrize(
    ("html", "before"),
    [
        ('<!doctype html>\n<html lang="ja"><head>\n <meta charset="utf-8"><script>', '<meta charset="utf-8">'),
        ("<!DOCTYPE html><html><head lang='ja'><script><meta charset=utf-8>", "<head lang='ja'>"),
        ('\n<!doctype html>\n<html lang="ja">\n<title>文</title>', '<html lang="ja">'),
        ("<!doctype html><title>文</title>", "<!doctype html>"),
    ],
    ids=["behind the encoding", "first", "without a head", "without anything"],
)
def test_a_policy_stands_before_all_that_obeys_it(html: str, before: str) -> None:
    start, _, rest = html.partition(before)
    assert with_policy(html, "default-src 'self'") == start + before + META.format("default-src 'self'") + rest


@pytest.mark.parametrize("html", ["", "<p>文</p>", "<header><head></header>"])
def test_a_part_of_a_page_gets_no_policy(html: str) -> None:
    assert with_policy(html, "default-src 'self'") == html


@pytest.mark.parametrize(
    "meta", [META.format("default-src *"), "<META content='' HTTP-EQUIV = content-security-policy>"]
)
def test_a_page_that_has_a_policy_keeps_it_alone(meta: str) -> None:
    html = f"<!doctype html><html><head>{meta}</head>"
    assert with_policy(html, "default-src 'self'") == html


def test_a_policy_in_the_text_of_a_page_is_none() -> None:
    text = f"<body>{META.format('default-src *')}"
    assert (
        with_policy(f"<!doctype html><head></head>{text}", "x")
        == f"<!doctype html><head>{META.format('x')}</head>{text}"
    )


@pytest.mark.parametrize(
    ("html", "stopped"),
    [
        ("<p title='onclick=1'>文 onclick=1</p>", []),
        ("<script type='application/json'>{}</script><script src='a.js'></script>", []),
        ("<script>a()</script>", ["<script>"]),
        ("<script src='https://cdn.example/a.js'></script>", ["<script>"]),
        ("<img src='a.png' OnError='a()'>", ["onerror"]),
        ("<object data='a.svg'></object><embed src='b'>", ["<object>", "<embed>"]),
        ("<form action='https://f.example/'></form><FORM><input></FORM>", ["<form>"]),
        ("&lt;script&gt;", []),
        ("<!-- <script>a()</script> <p onclick='a()'> -->", []),
    ],
)
def test_what_a_writer_has_inline_is_named(html: str, stopped: list[str]) -> None:
    assert list(stopped_in(html)) == stopped


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://user:secret@Example.com:8443/a", "https://example.com:8443"),
        ("//example.com", "example.com"),
        ("a.png", None),
        ("javascript:a()", None),
        ("https://*/", None),
        ("https://[oops", None),
    ],
)
def test_hosts_are_named_as_a_policy_can(address: str, host: str | None) -> None:
    assert host_source(address) == host


@pytest.mark.parametrize("hostile", [pytest.param(it, id=it.name) for it in POLICIES])
def test_a_page_that_means_harm_comes_to_an_end(hostile: Lengthy) -> None:
    hostile.work(hostile.text(LONG))
