"""Bodies whose length was announced wrongly, or that broke off: what is whole is used, of all else it is said."""

from __future__ import annotations

import gzip
from dataclasses import replace

import pytest
from neco_weekly.model.errors import FetchError
from neco_weekly.sources.http import Http

from .hostile.runs import raw
from .sites import POLICY, Serve, one_after_another

TWICE = replace(POLICY, retries=1)
HEAD = b"<html><head><title>A page</title></head><body>"
WHOLE = HEAD + b"<p>Text</body></html>\n"


def announced(length: int | None, body: bytes, *headers: str) -> bytes:
    """An answer that announces a length and has another; None is one of chunks without their end."""
    told = "Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}"
    sent = f"{len(body):x}\r\n".encode() + body + b"\r\n" if length is None else body
    return "\r\n".join(["HTTP/1.1 200 OK", told, *headers, "", ""]).encode() + sent


class TestAPage:
    @pytest.mark.parametrize("more", [1, 9_999_999, 10**30, None], ids=["by one", "far", "never", "chunks"])
    @pytest.mark.parametrize(
        "page", [WHOLE, WHOLE.upper(), WHOLE + b" <!-- made in 3 ms -->\n"], ids=["", "loud", "late"]
    )
    def test_that_came_whole_is_taken_at_once(self, serve: Serve, page: bytes, more: int | None) -> None:
        site = serve({"/": raw(announced(more and len(page) + more, page))})
        response = Http(TWICE).get(site.url)
        assert (response.body, response.complete, len(site.asked)) == (page, False, 1)

    @pytest.mark.parametrize("length", [999, None], ids=["a length", "chunks"])
    @pytest.mark.parametrize("page", [HEAD, HEAD.replace(b"<body>", b""), b"<title>A page</title><P>Text, and"])
    def test_of_which_the_head_came_is_taken_if_no_more_of_it_comes_another_time(
        self, serve: Serve, page: bytes, length: int | None
    ) -> None:
        site = serve({"/": raw(announced(length, page))})
        response = Http(TWICE).get(site.url)
        assert (response.body, response.complete, len(site.asked)) == (page, False, 2)

    def test_that_broke_off_once_is_asked_for_again(self, serve: Serve) -> None:
        site = serve({"/": one_after_another((200, {"Content-Length": "999"}, HEAD), (200, {}, WHOLE))})
        response = Http(TWICE).get(site.url)
        assert (response.body, response.complete, len(site.asked)) == (WHOLE, True, 2)

    def test_that_is_longer_than_announced_ends_where_it_should(self, serve: Serve) -> None:
        response = Http(POLICY).get(serve({"/": raw(announced(len(HEAD), WHOLE))}).url)
        assert (response.body, response.complete) == (HEAD, True)


class TestABody:
    def test_that_was_packed_behind_its_length_is_whole(self, serve: Serve) -> None:
        body = b'{"a": "' + b"b" * 5000 + b'"}'
        site = serve({"/": raw(announced(len(body), gzip.compress(body), "Content-Encoding: gzip"))})
        response = Http(TWICE).get(site.url)
        assert (response.body, response.complete, len(site.asked)) == (body, True, 1)

    def test_that_was_packed_and_broke_off_is_not(self, serve: Serve) -> None:
        body = bytes(range(256)) * 99
        site = serve({"/": raw(announced(len(body), gzip.compress(body)[:-200], "Content-Encoding: gzip"))})
        with pytest.raises(FetchError, match="the answer ended after"):
            Http(POLICY).get(site.url)

    @pytest.mark.parametrize("body", [b"", b"{", b"<title>A page</title>", b"</html> <p", b"\x89PNG"])
    def test_that_broke_off_is_told_with_its_lengths(self, serve: Serve, body: bytes) -> None:
        site = serve({"/": raw(announced(9999, body))})
        told = f"^{site.url}/: the connection failed: the answer ended after {len(body)} of 9,999 bytes$"
        with pytest.raises(FetchError, match=told) as caught:
            Http(TWICE).get(site.url)
        assert (caught.value.code, len(site.asked)) == ("connection", 2)
