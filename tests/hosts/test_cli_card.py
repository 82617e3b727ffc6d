"""`neco card`: what would be stored for a link, for a person at a terminal and as JSON."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from tests.hosts.test_cli import Outcome, neco
from tests.sites import Folder, new_folder
from tests.sources.sites import Route, Serve, redirect

PAGE = """\
<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>砂箱の話 | 猫の部屋</title>
<meta property="og:site_name" content="猫の部屋"><meta property="og:image" content="/a.png">
<meta property="og:image" content="/b.png"><link rel="canonical" href="/canonical">
<meta property="article:published_time" content="2022-08-26T12:00:00+09:00"></head></html>"""
URL = "https://blog.example.jp/2022/page.html"
LOOPBACK = ("--allow-private", "127.0.0.0/8", "--per-host-delay", "0")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return new_folder(tmp_path / "project")


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_names: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def saved(folder: Folder, body: str | bytes, *arguments: str, url: str = URL) -> Outcome:
    file = folder.root.parent / "saved.html"
    file.write_bytes(body if isinstance(body, bytes) else body.encode())
    return neco(folder, "card", url, "--html", file, *arguments)


@pytest.mark.usefixtures("offline")
class TestSavedPages:
    def test_as_json(self, folder: Folder) -> None:
        found = saved(folder, PAGE, "--json")
        assert (found.status, found.error) == (0, "")
        assert found.json() == {
            "url": URL,
            "title": {"value": "砂箱の話", "origin": "html"},
            "description": None,
            "site": {"value": "猫の部屋", "origin": "og"},
            "image": {"value": "https://blog.example.jp/a.png", "origin": "og"},
            "icon": {"value": "https://blog.example.jp/favicon.ico", "origin": "host"},
            "lang": "ja",
            "canonical": "https://blog.example.jp/canonical",
            "published": "2022-08-26T12:00:00+09:00",
            "problems": [],
            "github": None,
            "code": None,
            "passed_over": [],
            "written": [],
            "rule": {"hide": [], "size": None},
            "doubts": [],
            "proposes": None,
            "then": [],
            "lock": None,
        }

    def test_for_a_person(self, folder: Folder) -> None:
        assert (
            saved(folder, PAGE + "<script type=application/ld+json>{</script>").out
            == f"""\
砂箱の話
{URL}

title        砂箱の話  (html)
description  –
site         猫の部屋  (og)
image        https://blog.example.jp/a.png  (og)
  or         https://blog.example.jp/b.png  (og)
icon         https://blog.example.jp/favicon.ico  (host)
lang         ja
canonical    https://blog.example.jp/canonical
published    2022-08-26T12:00:00+09:00
problem      1 JSON-LD script cannot be read
"""
        )

    def test_a_content_type_tells_the_encoding(self, folder: Folder) -> None:
        page = "<title>①㈱髙の会</title>".encode("cp932")
        found = saved(folder, page, "--content-type", "text/html; charset=Shift_JIS", "--json")
        assert found.json()["title"]["value"] == "①㈱髙の会"

    def test_no_more_is_read_than_would_be_fetched(self, folder: Folder) -> None:
        late = "<meta property=og:title content='too late'>"
        found = saved(folder, f"<title>In time</title>{' ' * 2_000_000}{late}", "--json")
        assert found.json()["title"] == {"value": "In time", "origin": "html"}

    def test_nothing_is_asked_whatever_the_page_and_the_options_name(self, folder: Folder, tmp_path: Path) -> None:
        table = tmp_path / "providers.json"
        table.write_text(json.dumps([{"endpoints": [{"schemes": ["https://*"], "url": "http://127.0.0.1:9/"}]}]))
        link = "<title>T</title><link rel=alternate type=application/json+oembed href=http://127.0.0.1:9/>"
        found = saved(folder, link, "--oembed-providers", str(table), *LOOPBACK, "--json")
        assert (found.status, found.json()["title"]["value"], found.json()["problems"]) == (0, "T", [])

    @pytest.mark.parametrize(
        ("body", "arguments", "message"),
        [
            ("", (), "has no title"),
            ("<p>text", (), "has no title"),
            ("{}", ("--content-type", "application/json"), "is no HTML page but application/json"),
            ("<title>Just a moment...</title>", (), "answers programs with 'Just a moment...' instead of the page"),
            ("<title>404 Not Found</title>", (), "says '404 Not Found': there is no such page, though the status is"),
        ],
    )
    def test_nothing_to_read_is_one_sentence(
        self, folder: Folder, body: str, arguments: tuple[str, ...], message: str
    ) -> None:
        found = saved(folder, body, *arguments)
        assert (found.status, found.out) == (1, "")
        assert found.error.startswith(f"Error: {URL} {message}")
        assert found.error.count("\n") == 1

    def test_the_address_of_a_kep_is_read_like_any_page(self, folder: Folder) -> None:
        url = "https://github.com/kubernetes/enhancements/issues/127"
        found = saved(folder, "<title>User namespaces · Issue #127 · GitHub</title>", "--json", url=url)
        assert found.json()["title"]["value"] == "User namespaces · Issue #127"
        assert found.error == "KEP-127 is drawn from KEP data (neco kep 127); this is what its page says.\n"

    def test_nothing_is_written(self, folder: Folder) -> None:
        before = sorted(folder.root.rglob("*"))
        saved(folder, PAGE)
        assert sorted(folder.root.rglob("*")) == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Missing argument 'URL'"),
        (("ftp://example.jp/",), "'ftp://example.jp/' is not an http(s) URL"),
        (("example.jp",), "'example.jp' is not an http(s) URL"),
        ((URL, "--html", "absent.html"), "'absent.html' does not exist"),
        ((URL, "--html", "docs"), "'docs' is a directory"),
        ((URL, "--html", "mkdocs.yml", "--pictures"), "--pictures fetches, and with --html nobody is asked"),
        ((URL, "--content-type", "text/html"), "--content-type tells of the bytes of --html; name that file, too"),
        ((URL, "--allow-private", "loopback"), "'loopback' is not a network like 10.0.0.0/8"),
        ((URL, "--oembed-providers", "mkdocs.yml"), "mkdocs.yml: expected JSON like oembed.com's providers.json"),
    ],
)
def test_usage(folder: Folder, arguments: tuple[str, ...], message: str) -> None:
    found = neco(folder, "card", *arguments)
    assert (found.status, found.out) == (2, "")
    assert message in found.error


HTML = {"Content-Type": "text/html; charset=utf-8"}


class TestFetchedPages:
    def test_where_redirects_lead(self, folder: Folder, serve: Serve) -> None:
        site = serve({"/a": redirect("/b"), "/b": (200, HTML, PAGE.encode())})
        found = neco(folder, "card", f"{site.url}/a", "--json", *LOOPBACK).json()
        assert (found["url"], found["title"]["value"]) == (f"{site.url}/a", "砂箱の話")
        assert found["image"]["value"] == f"{site.url}/a.png"

    def test_a_private_address_is_refused(self, folder: Folder, serve: Serve) -> None:
        site = serve({"/a": (200, HTML, PAGE.encode())})
        found = neco(folder, "card", f"{site.url}/a")
        assert (found.status, found.out, site.asked) == (1, "", [])
        assert "127.0.0.1" in found.error
        assert "--allow-private" in found.error

    @pytest.mark.parametrize(
        ("route", "message"),
        [
            ((404, {}, b"<title>x</title>"), "answered 404 Not Found"),
            ((200, {"Content-Type": "application/json"}, b"{}"), "is no HTML page but application/json"),
            (redirect("http://169.254.169.254/latest"), "169.254.169.254"),
        ],
    )
    def test_no_page(self, folder: Folder, serve: Serve, route: Route, message: str) -> None:
        site = serve({"/a": route})
        found = neco(folder, "card", f"{site.url}/a", *LOOPBACK)
        assert (found.status, found.out) == (1, "")
        assert message in found.error

    def test_hosts_of_the_table_are_asked_and_trusted(self, folder: Folder, serve: Serve, tmp_path: Path) -> None:
        """What an option names needs no `--allow-private`; the page beside it does."""
        answer = {"title": "Of the table", "provider_name": "Talks"}
        talks = serve(
            {"/oembed?url=http%3A%2F%2F127.0.0.2%3A9%2Fx&format=json": (200, {}, json.dumps(answer).encode())}
        )
        table = tmp_path / "providers.json"
        table.write_text(
            json.dumps([{"endpoints": [{"schemes": ["http://127.0.0.2:9/*"], "url": f"{talks.url}/oembed"}]}])
        )
        found = neco(folder, "card", "http://127.0.0.2:9/x", "--oembed-providers", table, "--json")
        assert found.status == 0
        assert found.json()["title"] == {"value": "Of the table", "origin": "oembed"}
        assert found.json()["site"] == {"value": "Talks", "origin": "oembed"}
        assert len(found.json()["problems"]) == 1
        assert "127.0.0.2" in found.json()["problems"][0]

    def test_the_token_goes_to_the_api_alone(
        self, folder: Folder, serve: Serve, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("GITHUB_TOKEN", "secret")
        box, path = "/api/repos/neko/box", "/api/repos/neko/box/issues/1"
        told = b'{"title": "It broke", "body": "Badly.", "created_at": "2022-08-26T00:00:00Z"}'
        api = serve({box: (200, {}, b'{"private": false}'), path: (200, {}, told)})
        found = neco(
            folder, "card", "https://github.com/neko/box/issues/1", "--github-api", f"{api.url}/api/", "--json"
        )
        assert [(it.path, it.headers.get("authorization")) for it in api.asked] == [
            (box, "Bearer secret"),
            (path, "Bearer secret"),
        ]
        assert found.json()["title"] == {"value": "It broke · Issue #1 · neko/box", "origin": "github"}
        assert found.json()["description"] == {"value": "Badly.", "origin": "github"}

    def test_the_token_goes_to_no_page(self, folder: Folder, serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GITHUB_TOKEN", "secret")
        site = serve({"/a": (200, HTML, PAGE.encode())})
        neco(folder, "card", f"{site.url}/a", *LOOPBACK, "--github-api", site.url)
        assert [it.headers.get("authorization") for it in site.asked] == [None]

    def test_the_wall_clock_is_an_option(self, folder: Folder, serve: Serve) -> None:
        site = serve({"/a": lambda asked: asked.rfile.read(1)})  # which never comes
        found = neco(folder, "card", f"{site.url}/a", *LOOPBACK, "--timeout", "0.2")
        assert found.status == 1
        assert "took longer than 0.2 s" in found.error
