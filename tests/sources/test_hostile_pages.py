"""Pages that mean harm: markup that would be data, sizes and shapes that would take all of the time and memory."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest
from neco_weekly.model.extraction import Found

from .webpages import TITLE, page


@pytest.mark.parametrize(
    "html",
    [
        "<script>document.title='X'</script><body onload=alert(1)>",
        "<meta property=og:image content='javascript:alert(1)'><meta property=og:image content='data:image/png,x'>",
        "<link rel=icon href='data:image/png;base64,AA'><link rel=canonical href='vbscript:x'>",
        "<meta property=og:title content='\0\0'><meta property=og:description content='\u202e\u2066\x1b'>",
        "<a <b <c 'x=\"<title>no</title>",
        "<meta name=apple-mobile-web-app-title content='javascript://x'><meta name=image content='javascript:x'>",
        "<link rel=canonical href='data:text/html,x'><meta property=og:url content='file:///etc/passwd'>",
        "<base href='data:text/html,x'><base href='javascript:x'>",
        "<meta property=og:image content='http://user:password@example.jp/a.png'>",
        "<meta property=article:published_time content='<script>'><meta property=og:locale content='\"><script>'>",
        "<noscript><title>no</title><meta http-equiv=refresh content='0; url=javascript:x'></noscript>",
        "<template><title>no</title></template>",
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
    "attributes of many": HEAD + "<p a b c d e f>x" * 125_000,
    "quoted attributes": HEAD + "<b " + " ".join(f"a{it}='> <i '" for it in range(120_000)) + ">",
    "linked data": HEAD + "<script type=application/ld+json>[" + '{"@type":"Article","headline":"a"},' * 55_000,
    "many scripts": HEAD + '<script type=application/ld+json>{"@type":"Article"}</script>' * 30_000,
    "separators": HEAD + "<title>a" + " | a" * 500_000,
    "unclosed": HEAD + "<meta" * 400_000,
    "labels": HEAD + "<meta charset" * 150_000,
    "entities": HEAD + "&" * SIZE,
    "spaces": HEAD + "<main><p>" + " " * SIZE,
    "NULs": HEAD + "\0" * SIZE,
    "brackets": HEAD + "<title>a" + "」" * (SIZE // 3),
    "names": HEAD + "<title>the page " + "before you continue to google " * 66_000,
    "marks": HEAD + "<title>a" + "\u0301" * (SIZE // 2),
    "long forms": HEAD + "<title>" + "\ufdfa" * (SIZE // 3),
    "placeholders": HEAD + "<title>" + "{{a}} " * 333_000,
    "blank linked data": HEAD + "<script type=application/ld+json>" + " " * SIZE,
    "junk before linked data": HEAD + "<script type=application/ld+json>" + "//" * (SIZE // 2),
    "commas of linked data": HEAD + "<script type=application/ld+json>[1" + ", " * (SIZE // 2),
    "broken linked data": HEAD + "<script type=application/ld+json>{</script>" * 45_000,
    "a refresh of digits": HEAD + "<meta http-equiv=refresh content='" + "0" * SIZE,
    "sizes of an icon": HEAD + "<link rel=icon href=/a sizes='" + "1x1 " * 499_000 + "'>",
    "an address of dots": HEAD + "<link rel=icon href='" + "../" * 660_000 + "'>",
    "a host of labels": HEAD + "<link rel=icon href='http://" + "é." * 660_000 + "'>",
    "footnotes": HEAD + "<main><p>" + "<sup><b></b>x</sup>" * 100_000,
    "places": HEAD + "<div id=content>" * 120_000,
    "no scripts": HEAD + "<noscript>" * 190_000 + "<h1>x</h1>",
    "forms": HEAD + "<form><input>" * 150_000,
    "open quotes": HEAD + "<a " + "='" * (SIZE // 2),
    "unknown letters": HEAD + "\ue9e9" * (SIZE // 3),
}
_MEASURE = """
    import sys, time
    from pathlib import Path
    from neco_weekly.sources.pages.read import extract_page
    body, started = sys.stdin.buffer.read(), time.process_time()  # what others do at the same time counts for nothing
    title = extract_page(body, url="https://example.jp/", content_type=sys.argv[1]).title.value
    seconds = time.process_time() - started
    # Not getrusage, whose peak a process takes over from the one that started it.
    peak = next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
    print(title, int(peak) // 1024, seconds, sep="|")
"""


@pytest.mark.parametrize("kind", BIG)
def test_big_pages_take_little(kind: str) -> None:
    """In a process of its own, whose peak is this page's: 150 MB with Python and lxml; far less than a second."""
    measure(BIG[kind].encode()[:SIZE])


@pytest.mark.parametrize("content_type", ["text/html", "text/html; charset=euc-jp", "text/html; charset=shift_jis"])
@pytest.mark.parametrize("filling", [b"\xff", b"\xad\xa1", b"\xffa", b"\x1b$BG-\x1b(B", bytes(range(256))])
def test_big_pages_of_no_encoding_take_little(filling: bytes, content_type: str) -> None:
    measure((HEAD.encode() + filling * SIZE)[:SIZE], content_type)


def measure(body: bytes, content_type: str = "text/html") -> None:
    command = [sys.executable, "-c", textwrap.dedent(_MEASURE), content_type]
    done = subprocess.run(command, input=body, capture_output=True, check=True, timeout=60)
    title, megabytes, seconds = done.stdout.decode().strip().split("|")
    assert title == "A title"
    assert int(megabytes) < 150
    assert float(seconds) < 3
