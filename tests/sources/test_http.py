"""GET requests: what is sent, what comes back, what is asked again, and how politely."""

from __future__ import annotations

import gzip
import ipaddress
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.server import BaseHTTPRequestHandler

import pytest
from neco_weekly import __version__
from neco_weekly.model.errors import FetchError
from neco_weekly.sources.http import Http, Response, StatusError, user_agent
from neco_weekly.sources.http.addresses import Address

from tests.sites import PATIENCE

from .clock import Clock
from .sites import PAGE, POLICY, Route, Serve, answers, one_after_another, redirect, silence


class TestAnswer:
    def test_has_url_status_headers_and_body(self, serve: Serve) -> None:
        site = serve({"/a?b=c": PAGE})
        response = Http(POLICY).get(f"{site.url}/a?b=c#part")
        assert (response.url, response.status, response.body) == (f"{site.url}/a?b=c", 200, b"<title>A page</title>")
        assert response.headers["content-type"] == "text/html"
        assert response.complete

    def test_gives_what_its_body_says_in_json(self) -> None:
        assert Response(url="https://a.jp/", status=200, body='{"題": [1]}'.encode()).json() == {"題": [1]}

    @pytest.mark.parametrize(
        ("body", "complete", "told"),
        [
            pytest.param(b"", True, "answered no JSON", id="nothing"),
            pytest.param(b"<html>", True, "answered no JSON", id="a page"),
            pytest.param(b"\xff\xfe", True, "answered no JSON", id="no text"),
            pytest.param(b"[" * 100_000, True, "answered no JSON", id="nested too deeply"),
            pytest.param(b"12", False, "is too long", id="a number whose rest we did not read"),
        ],
    )
    def test_says_why_its_body_is_no_json(self, body: bytes, complete: bool, told: str) -> None:
        with pytest.raises(FetchError, match=f"^https://a.jp/ {told}$"):
            Response(url="https://a.jp/", status=200, body=body, complete=complete).json()

    def test_says_who_asks_and_in_which_language(self, serve: Serve) -> None:
        site = serve({"/": PAGE})
        Http(POLICY).get(site.url)
        (asked,) = site.asked
        assert asked.headers["user-agent"].startswith(f"neco-weekly/{__version__} ")
        assert asked.headers["accept-language"] == "ja,en;q=0.8"
        assert asked.headers["accept-encoding"] == "gzip, deflate"
        assert asked.headers["host"] == f"127.0.0.1:{site.port}"

    @pytest.mark.parametrize(
        ("site", "sent"),
        [
            ("", f"neco-weekly/{__version__} (link metadata for a newsletter)"),
            (
                "https://neco.example/~weekly/?a=1",
                f"neco-weekly/{__version__} (link metadata for a newsletter; +https://neco.example/~weekly/?a=1)",
            ),
            ("https://neco.example/) evil/1.0 (", f"neco-weekly/{__version__} (link metadata for a newsletter)"),
            ("https://ねこ.example/", f"neco-weekly/{__version__} (link metadata for a newsletter)"),
            ("javascript:alert(1)", f"neco-weekly/{__version__} (link metadata for a newsletter)"),
        ],
        ids=["no site", "a site", "a parenthesis", "not ASCII", "no web address"],
    )
    def test_names_the_site_that_asks(self, site: str, sent: str) -> None:
        assert user_agent(site) == sent

    def test_headers_of_the_caller_replace_ours(self, serve: Serve) -> None:
        site = serve({"/": PAGE})
        Http(POLICY).get(site.url, headers={"accept": "text/html", "X-More": "yes", "HOST": "elsewhere"})
        (asked,) = site.asked
        assert (asked.headers["accept"], asked.headers["x-more"]) == ("text/html", "yes")
        assert asked.headers["host"] == f"127.0.0.1:{site.port}"

    @pytest.mark.parametrize(
        ("written", "asked"),
        [
            ("/クラウド?q=猫", "/%E3%82%AF%E3%83%A9%E3%82%A6%E3%83%89?q=%E7%8C%AB"),
            ("/a b", "/a%20b"),
            ("/%E7%8c%ab?a=%26&b", "/%E7%8c%ab?a=%26&b"),
            ("", "/"),
            ("?q=1", "/?q=1"),
        ],
    )
    def test_addresses_are_asked_for_as_written_but_encoded(self, serve: Serve, written: str, asked: str) -> None:
        site = serve({asked: PAGE})
        assert Http(POLICY).get(site.url + written).url == site.url + asked

    def test_japanese_host_names_are_resolved_in_ascii(self, serve: Serve) -> None:
        site = serve({"/": PAGE})
        resolved: list[str] = []

        def resolver(host: str, _port: int) -> list[Address]:
            resolved.append(host)
            return [ipaddress.ip_address("127.0.0.1")]

        Http(POLICY, resolve=resolver).get(f"http://日本語.jp:{site.port}/")
        assert resolved == ["xn--wgv71a119e.jp"]
        assert site.asked[0].headers["host"] == f"xn--wgv71a119e.jp:{site.port}"

    @pytest.mark.parametrize(
        ("encoding", "body"),
        [
            ("gzip", gzip.compress(b"the text")),
            ("gzip", gzip.compress(b"the ") + gzip.compress(b"text")),
            ("deflate", zlib.compress(b"the text")),
        ],
        ids=["gzip", "two gzip members", "deflate"],
    )
    def test_compression_is_undone(self, serve: Serve, encoding: str, body: bytes) -> None:
        site = serve({"/": (200, {"Content-Encoding": encoding}, body)})
        assert Http(POLICY).get(site.url).body == b"the text"

    def test_chunks_are_joined(self, serve: Serve) -> None:
        def chunked(asked: BaseHTTPRequestHandler) -> None:
            asked.wfile.write(
                b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nthe \r\n4\r\ntext\r\n0\r\n\r\n"
            )

        response = Http(POLICY).get(serve({"/": chunked}).url)
        assert (response.body, response.complete) == (b"the text", True)

    @pytest.mark.parametrize("coding", ["br", "gzip, zstd", "Compress", "x-compress"])
    def test_a_compression_that_was_not_asked_for_is_refused(self, serve: Serve, coding: str) -> None:
        site = serve({"/": (200, {"Content-Encoding": coding}, gzip.compress(b"the text"))})
        with pytest.raises(FetchError, match="compressed in a way nobody asked for") as caught:
            Http(replace(POLICY, retries=2)).get(site.url)
        assert (caught.value.code, len(site.asked)) == ("compression", 1)

    @pytest.mark.parametrize("coding", ["utf-8", "none", "identity", ""])
    def test_what_is_no_compression_means_nothing(self, serve: Serve, coding: str) -> None:
        site = serve({"/": (200, {"Content-Encoding": coding}, b"the text")})
        assert Http(POLICY).get(site.url).body == b"the text"

    @pytest.mark.parametrize("interim", ["100 Continue", "102 Processing", "103 Early Hints"])
    def test_answers_that_only_announce_another_are_passed_over(self, serve: Serve, interim: str) -> None:
        def announced(asked: BaseHTTPRequestHandler) -> None:
            asked.wfile.write(f"HTTP/1.1 {interim}\r\nLink: </a.css>; rel=preload\r\n\r\n".encode() * 3)
            asked.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nX-Mine: yes\r\n\r\ntext, and more")

        response = Http(POLICY).get(serve({"/": announced}).url)
        assert (response.status, response.body, response.headers) == (
            200,
            b"text",
            {"content-length": "4", "x-mine": "yes"},
        )

    def test_another_protocol_is_not_spoken(self, serve: Serve) -> None:
        def switching(asked: BaseHTTPRequestHandler) -> None:
            asked.wfile.write(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n")

        with pytest.raises(StatusError, match="101"):
            Http(POLICY).get(serve({"/": switching}).url)

    @pytest.mark.parametrize("status", [403, 404, 410, 418, 451, 304, 300, 599])
    def test_other_statuses_are_errors_that_tell_them(self, serve: Serve, status: int) -> None:
        site = serve({"/": (status, {"X-Why": "because"}, b"")})
        with pytest.raises(StatusError, match=f"^{site.url}/ answered {status}") as caught:
            Http(POLICY).get(site.url)
        assert (caught.value.status, caught.value.headers["x-why"]) == (status, "because")
        assert (caught.value.code, caught.value.url) == (str(status), f"{site.url}/")
        assert caught.value.gone == (status in (404, 410))

    @pytest.mark.parametrize("status", [204, 206, 299])
    def test_the_two_hundreds_are_good(self, serve: Serve, status: int) -> None:
        assert Http(POLICY).get(serve({"/": (status, {}, b"")}).url).status == status

    def test_what_an_error_says_beside_its_status_is_not_waited_for(self, serve: Serve) -> None:
        silent = silence(b"HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\n")
        with pytest.raises(StatusError, match="404 Not Found"):
            Http(POLICY).get(serve({"/": silent}).url)


class TestRedirects:
    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_are_followed(self, serve: Serve, status: int) -> None:
        site = serve({"/old": redirect("/new", status), "/new": PAGE})
        assert Http(POLICY).get(f"{site.url}/old").url == f"{site.url}/new"

    @pytest.mark.parametrize(
        ("location", "path"),
        [
            ("b", "/a/b"),
            ("../c?d#e", "/c?d"),
            ("?q", "/a/?q"),
            ("/%E7%8C%AB", "/%E7%8C%AB"),
            ("/猫".encode().decode("latin-1"), "/%E7%8C%AB"),
        ],
        ids=["relative", "upwards", "query", "encoded", "plain UTF-8"],
    )
    def test_may_be_written_in_many_ways(self, serve: Serve, location: str, path: str) -> None:
        site = serve({"/a/": redirect(location), path: PAGE})
        assert Http(POLICY).get(f"{site.url}/a/").url == site.url + path

    def test_end_after_five(self, serve: Serve) -> None:
        site = serve({f"/{n}": redirect(f"/{n - 1}") for n in range(1, 10)} | {"/0": PAGE})
        http = Http(POLICY)
        assert http.get(f"{site.url}/5").status == 200
        with pytest.raises(FetchError, match="redirects more than 5 times"):
            http.get(f"{site.url}/6")

    def test_in_a_circle_end(self, serve: Serve) -> None:
        site = serve({"/": redirect("/")})
        with pytest.raises(FetchError, match="redirects more than 5 times") as caught:
            Http(POLICY).get(site.url)
        assert (caught.value.code, len(site.asked)) == ("redirects", 6)

    def test_are_not_followed_for_longer_than_the_patience(self, serve: Serve, clock: Clock) -> None:
        def slow(asked: BaseHTTPRequestHandler) -> None:
            clock.pass_by(0.2)
            asked.wfile.write(b"HTTP/1.0 302 Found\r\nLocation: /again\r\n\r\n")

        site = serve({"/": slow, "/again": slow})
        with pytest.raises(FetchError, match=f"^{site.url}/ took too long to redirect to {site.url}/again$") as caught:
            Http(replace(POLICY, patience=0.3)).get(site.url)
        assert (caught.value.code, len(site.asked)) == ("timeout", 2)

    def test_without_an_address_are_an_answer(self, serve: Serve) -> None:
        with pytest.raises(StatusError, match="302 Found"):
            Http(POLICY).get(serve({"/": (302, {}, b"")}).url)

    def test_are_followed_without_their_body(self, serve: Serve) -> None:
        silent = silence(b"HTTP/1.1 302 Found\r\nLocation: /new\r\nContent-Length: 9\r\n\r\n")
        site = serve({"/": silent, "/new": PAGE})
        assert Http(POLICY).get(site.url).status == 200

    @pytest.mark.parametrize(
        "location",
        ["file:///etc/passwd", "ftp://127.0.0.1/x", "javascript:alert(1)", "data:text/html,x", "http://["],
    )
    def test_lead_to_the_web_only(self, serve: Serve, location: str) -> None:
        with pytest.raises(FetchError, match=r"web address|nothing else is fetched"):
            Http(POLICY).get(serve({"/": redirect(location)}).url)

    def test_keep_secrets_at_their_origin(self, serve: Serve) -> None:
        other = serve({"/": PAGE})
        site = serve({"/": redirect("/again"), "/again": redirect(other.url)})
        secrets = {"Authorization": "Bearer s3cret", "cookie": "a=b", "Proxy-Authorization": "x", "X-Harmless": "yes"}
        Http(POLICY).get(site.url, headers=secrets)
        assert [asked.headers.get("authorization") for asked in site.asked] == ["Bearer s3cret"] * 2
        (asked,) = other.asked
        assert not {"authorization", "cookie", "proxy-authorization"} & asked.headers.keys()
        assert asked.headers["x-harmless"] == "yes"

    def test_do_not_bring_secrets_back(self, serve: Serve) -> None:
        routes: dict[str, Route] = {"/end": PAGE}
        site = serve(routes)
        other = serve({"/": redirect(f"{site.url}/end")})
        routes["/"] = redirect(other.url)
        Http(POLICY).get(site.url, headers={"Authorization": "Bearer s3cret"})
        assert "authorization" not in site.asked[-1].headers


class TestRetries:
    @pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
    def test_trouble_that_passes(self, serve: Serve, status: int) -> None:
        trouble: Route = (status, {}, b"")
        site = serve({"/": one_after_another(trouble, trouble, PAGE)})
        assert Http(replace(POLICY, retries=2)).get(site.url).status == 200

    def test_trouble_that_stays(self, serve: Serve) -> None:
        site = serve({"/": (503, {}, b"")})
        with pytest.raises(StatusError, match="503 Service Unavailable") as caught:
            Http(replace(POLICY, retries=2)).get(site.url)
        assert (caught.value.status, caught.value.gone, len(site.asked)) == (503, False, 3)

    @pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
    def test_a_definite_no_is_not_asked_again(self, serve: Serve, status: int) -> None:
        site = serve({"/": (status, {}, b"")})
        with pytest.raises(StatusError):
            Http(replace(POLICY, retries=2)).get(site.url)
        assert len(site.asked) == 1

    def test_wait_longer_each_time(self, serve: Serve, clock: Clock) -> None:
        site = serve({"/": (503, {}, b"")})
        with pytest.raises(StatusError):
            Http(replace(POLICY, retries=2, backoff=8)).get(site.url)
        first, second, third = (asked.at for asked in site.asked)
        assert (second - first, third - second) == (8, 16)

    @pytest.mark.parametrize("moment", ["0", "Wed, 21 Oct 2015 07:28:00 GMT"], ids=["seconds", "date"])
    def test_retry_after_is_honoured(self, serve: Serve, moment: str) -> None:
        site = serve({"/": one_after_another((429, {"Retry-After": moment}, b""), PAGE)})
        assert Http(replace(POLICY, retries=1, backoff=60)).get(site.url).status == 200

    @pytest.mark.parametrize("moment", ["31", "86400", "9" * 400, "Wed, 21 Oct 2115 07:28:00 GMT"])
    def test_a_long_retry_after_is_not_waited_for(self, serve: Serve, moment: str) -> None:
        site = serve({"/": (503, {"Retry-After": moment}, b"")})
        with pytest.raises(StatusError):
            Http(replace(POLICY, retries=2)).get(site.url)
        assert len(site.asked) == 1

    def test_retry_after_is_waited_for(self, serve: Serve, clock: Clock) -> None:
        site = serve({"/": one_after_another((429, {"Retry-After": "7"}, b""), PAGE)})
        assert Http(replace(POLICY, retries=1)).get(site.url).status == 200
        first, second = (asked.at for asked in site.asked)
        assert second - first == 7

    @pytest.mark.parametrize("moment", ["31", "9" * 400, "Wed, 21 Oct 2099 07:28:00 GMT"])
    def test_a_retry_after_that_is_too_far_away_is_not_waited_for(self, serve: Serve, moment: str) -> None:
        site = serve({"/": (503, {"Retry-After": moment}, b"")})
        with pytest.raises(StatusError, match="503"):
            Http(replace(POLICY, retries=2)).get(site.url)
        assert len(site.asked) == 1

    def test_are_not_made_for_longer_than_the_patience(self, serve: Serve, clock: Clock) -> None:
        site = serve({"/": (503, {"Retry-After": "1"}, b"")})
        with pytest.raises(StatusError, match="503"):
            Http(replace(POLICY, retries=9, patience=1.5)).get(site.url)
        assert len(site.asked) == 2

    def test_a_broken_connection_is_not_tried_for_longer_than_the_patience(self, serve: Serve, clock: Clock) -> None:
        site = serve({"/": lambda _: None})
        with pytest.raises(FetchError, match="the connection failed"):
            Http(replace(POLICY, retries=9, backoff=1, patience=1.5)).get(site.url)
        assert len(site.asked) == 2

    def test_what_others_make_us_wait_costs_no_patience(self, serve: Serve, clock: Clock) -> None:
        site = serve({"/": one_after_another((503, {}, b""), PAGE)})
        http = Http(replace(POLICY, retries=1, per_host_delay=0.3, patience=0.2))
        assert http.get(site.url).status == 200

    @pytest.mark.parametrize(
        "moment",
        ["soon", "-1", "", "²", f"Mon, {'9' * 30} Jan 2024 00:00:00 GMT", f"Mon, 01 Jan 2024 00:00:00 +{'9' * 20}"],
    )
    def test_a_retry_after_that_says_nothing(self, serve: Serve, moment: str) -> None:
        written = moment.encode().decode("latin-1")
        site = serve({"/": one_after_another((503, {"Retry-After": written}, b""), PAGE)})
        assert Http(replace(POLICY, retries=1)).get(site.url).status == 200

    def test_a_used_up_allowance_is_not_asked_again(self, serve: Serve) -> None:
        site = serve({"/": (429, {"X-RateLimit-Remaining": "0"}, b"")})
        with pytest.raises(StatusError):
            Http(replace(POLICY, retries=2)).get(site.url)
        assert len(site.asked) == 1


class TestPoliteness:
    def test_few_connections_at_once(self, serve: Serve) -> None:
        lock, two, now, most = threading.Lock(), threading.Barrier(2), 0, 0

        def slow(asked: BaseHTTPRequestHandler) -> None:
            nonlocal now, most
            with lock:
                now += 1
                most = max(most, now)
            two.wait(PATIENCE)
            time.sleep(0.05)  # in which a third one would come
            with lock:
                now -= 1
            asked.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")

        site = serve({"/": slow})
        http = Http(replace(POLICY, connections_per_host=2))
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(http.get, [site.url] * 8))
        assert most == 2

    def test_a_pause_between_two_starts(self, serve: Serve, clock: Clock) -> None:
        site = serve({"/": PAGE})
        http = Http(replace(POLICY, per_host_delay=5))
        for _ in range(4):
            http.get(site.url)
        assert [asked.at - site.asked[0].at for asked in site.asked] == [0, 5, 10, 15]

    def test_a_pause_also_between_those_who_come_at_once(self, serve: Serve, clock: Clock) -> None:
        clock.passing = False
        http, site = Http(replace(POLICY, per_host_delay=5)), serve({"/": PAGE})
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(http.get, [site.url] * 4))
        assert sorted(clock.waits) == [0, 5, 10, 15]

    def test_hosts_do_not_wait_for_each_other(self, serve: Serve) -> None:
        site = serve({"/": PAGE})
        http = Http(replace(POLICY, per_host_delay=30), resolve=answers("127.0.0.1"))
        for name in ("a", "b", "c"):
            http.get(f"http://{name}.example:{site.port}/")
        assert len(site.asked) == 3

    def test_leaving_ends_the_waiting(self, serve: Serve) -> None:
        site = serve({"/": PAGE})
        with ThreadPoolExecutor(1) as pool:
            with Http(replace(POLICY, per_host_delay=10_000)) as http:
                http.get(site.url)
                waiting = pool.submit(http.get, site.url)
                time.sleep(0.05)  # in which it begins to wait
            with pytest.raises(FetchError, match="was not asked"):
                waiting.result(timeout=PATIENCE)
        assert len(site.asked) == 1
