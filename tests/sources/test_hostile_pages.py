"""Pages that mean harm: markup that would be data, sizes and shapes that would take all of the time and memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from neco_weekly.model.extraction import Found

from .big_pages import BIG, BigPage, Taken, reader
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
        "<title>&lt;img src=x onerror=alert(1)&gt;\0</title>"
        "<meta name=description content='<script>&amp;amp;</script>'>"
    )
    assert found.title.value == "<img src=x onerror=alert(1)>"
    assert found.description == Found("<script>&</script>", "html")


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[BigPage], Taken]]:
    with reader(tmp_path_factory.mktemp("big")) as read:
        yield read


@pytest.mark.parametrize("kind", BIG)
def test_big_pages_take_little_memory(kind: str, read: Callable[[BigPage], Taken]) -> None:
    """150 MB with Python and lxml, of which 10 are files that a fork has not looked at."""
    taken = read(BIG[kind])
    assert taken.title == "A title"
    assert taken.megabytes < 140
