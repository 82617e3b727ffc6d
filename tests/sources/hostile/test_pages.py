"""Pages whose content means harm: markup and programs in every place, shapes that take memory, types that are none."""

from __future__ import annotations

import json

import pytest

from tests.sources.sites import Route, Site

from .runs import Case, Run, raw, slug

TITLE = "<title>A title</title>"
SCRIPT = "<script>alert(1)</script>"
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;"
ADDRESSES = (
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "\x01javascript:x",
)


def html(*markup: str, kind: str = "text/html; charset=utf-8") -> Route:
    return (200, {"Content-Type": kind}, "".join(markup).encode())


def described(text: str) -> Route:
    return html(TITLE, f'<meta property=og:description content="{text}">')


def linked_data(text: str) -> Route:
    return html(TITLE, f'<script type="application/ld+json">{text}</script>')


def of_type(kind: str, body: bytes = b"<title>A title</title>") -> Route:
    return (200, {"Content-Type": kind}, body)


FAILURES = {
    "octets with HTML": Case(page=of_type("application/octet-stream"), code="no-html"),
    "plain text with HTML": Case(page=of_type("text/plain"), code="no-html"),
    "a type of garbage": Case(page=of_type("text/html\x1b[31m/evil"), code="no-html"),
    "a ZIP that calls itself HTML": Case(page=of_type("text/html", b"PK\x03\x04" + bytes(99_000)), code="no-title"),
    "an empty page": Case(page=html(), code="no-title"),
    "nothing but a program": Case(page=html(SCRIPT), code="no-title"),
    "a challenge": Case(page=html("<title>Just a moment...</title>"), code="stand-in"),
    "a page that is not there, with status 200": Case(page=html("<title>404 Not Found</title>"), code="stand-in"),
}
CLEAN = {
    "a program as the title": Case(page=html(f"<title>{SCRIPT}</title>"), title=SCRIPT),
    "an escaped program as the title": Case(page=html(f"<title>{ESCAPED}</title>"), title=SCRIPT),
    "a program escaped twice": Case(page=html(f"<title>{ESCAPED.replace('&', '&amp;')}</title>"), title=SCRIPT),
    "a title that closes its element": Case(
        page=html("<title>A &lt;/a&gt;&lt;/div&gt;&lt;img src=x onerror=alert(1)&gt;</title>"),
        title="A",
    ),
    "a title that leaves its attribute": Case(
        page=html("<title>A title&quot; onmouseover=&quot;alert(1)</title>"), title='A title" onmouseover="alert(1)'
    ),
    "Markdown in the title": Case(
        page=html("<title>[A](javascript:alert(1)) ![x](https://evil.example/x.png) `KEP-127`</title>"),
        title="[A](javascript:alert(1)) ![x](https://evil.example/x.png) `KEP-127`",
    ),
    "a template in the title": Case(
        page=html("<title>A {{ config }} {% raw %} ${7*7}</title>"), title="A {{ config }} {% raw %} ${7*7}"
    ),
    "an attribute list in the title": Case(
        page=html("<title>A {: onclick=alert(1) .x}</title>"), title="A {: onclick=alert(1) .x}"
    ),
    "line breaks in the title": Case(
        page=html("<title>A\r\nX-Evil: 1\u2028\u2029\x0b\x85 title</title>"), title="A X-Evil: 1 title"
    ),
    "signs for a terminal in the title": Case(
        page=html("<title>A \x1b[31m\x1b]0;evil\x07\x9btitle\u202e\u2066\0</title>"), title="A [31m]0;eviltitle"
    ),
    "a title without an end": Case(page=html("<title>" + "<" * 100_000), title="<" * 299 + "…"),
    "a program as the description": Case(page=described(ESCAPED), description=SCRIPT),
    "event handlers everywhere": Case(
        page=html(TITLE, '<body onload="alert(1)"><img src=x onerror=alert(1)><svg onload=alert(1)>' * 500),
    ),
    "programs everywhere": Case(page=html(f"{SCRIPT}<head>{SCRIPT}{TITLE}{SCRIPT}</head><body>{SCRIPT * 1000}")),
    **{
        f"{address!r} in every place": Case(
            page=html(
                TITLE,
                *(
                    f"<meta property=og:{it} content='{address}'><meta name=twitter:{it} content='{address}'>"
                    for it in ("image", "image:url", "image:secure_url", "image:src", "url", "video", "audio")
                ),
                *(
                    f"<link rel='{it}' href='{address}'>"
                    for it in ("icon", "apple-touch-icon", "canonical", "image_src", "stylesheet", "amphtml")
                ),
                f"<link rel=alternate type=application/json+oembed href='{address}'>",
                f"<base href='{address}'><meta http-equiv=refresh content='0;url={address}'>",
                f"<script type=application/ld+json>{json.dumps({'@type': 'Article', 'image': address})}</script>",
            )
        )
        for address in ADDRESSES
    },
    "broken linked data": Case(page=linked_data('{"@type": "Article", "headline": '), notes=("cannot be read",)),
    "deep linked data": Case(page=linked_data('{"@graph":' + "[" * 100_000)),
    "linked data that is deep and whole": Case(page=linked_data("[" * 50_000 + "]" * 50_000)),
    "linked data with a program": Case(
        page=linked_data('{"@type": "Article", "description": "\\u003cscript>alert(1)\\u003c/script>"}'),
        description=SCRIPT,
    ),
    "linked data of huge numbers": Case(
        page=linked_data('{"@type": "Article", "datePublished": ' + "9" * 100_000 + "}")
    ),
    "10,000 meta tags": Case(
        page=html(
            *(f"<meta name=x{it} content=y>" for it in range(10_000)), "<meta property=og:title content='A title'>"
        ),
    ),
    "10,000 meta tags of one name": Case(page=html("<meta property=og:title content='A title'>" * 10_000)),
    "10,000 titles": Case(page=html(TITLE * 10_000)),
    "100,000 attributes": Case(page=html(TITLE, "<p ", *(f"a{it} " for it in range(100_000)), ">")),
    "elements 100,000 deep": Case(page=html(TITLE, "<div>" * 100_000)),
    "entities that multiply": Case(
        page=html(
            '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa">',
            *(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)),
            f"]><html xmlns='http://www.w3.org/1999/xhtml'>{TITLE}<p>&j;",
            kind="application/xhtml+xml",
        )
    ),
    "an entity that is a file": Case(
        page=html(
            "<?xml version='1.0'?><!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
            "<html><head><title>A title &x;</title></head></html>",
            kind="application/xhtml+xml",
        ),
        title="A title &x;",
    ),
    "UTF-7": Case(
        page=html("<title>A +ADw-script+AD4-alert(1)+ADw-/script+AD4-</title>", kind="text/html; charset=utf-7"),
        title="A +ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    ),
    "a name in place of a type": Case(page=raw(b"HTTP/1.1 200 OK\r\n\r\n<title>A title</title>")),
}
CASES = {**FAILURES, **CLEAN}


@pytest.mark.parametrize("name", FAILURES)
def test_ends_as_a_counted_failure(name: str, run: Run, site: Site) -> None:
    run.expect_failure(f"{site.url}/{slug(name)}", FAILURES[name])


@pytest.mark.parametrize("name", CLEAN)
def test_ends_as_a_clean_card(name: str, run: Run, site: Site) -> None:
    run.expect_card(f"{site.url}/{slug(name)}", CLEAN[name])


def test_nothing_of_a_file_of_this_machine_is_shown(run: Run) -> None:
    assert "root:" not in run.out + json.dumps(run.written)
