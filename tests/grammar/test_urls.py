"""What addresses say of the pages there."""

from __future__ import annotations

from neco_weekly.grammar.urls import day_in_address, own_route


def test_days_in_addresses() -> None:
    cases = {
        "https://example.jp/2022/08/26/pods": "2022-08-26",
        "https://example.jp/blog/2022/8/26/pods.html?a=1#b": "2022-08-26",
        "https://example.jp/diary/2022/08/26/": "2022-08-26",
        "https://example.jp/diary/2022/08/26/index.html": "2022-08-26",
        "https://example.jp/posts/2022-08-26-pods/": "2022-08-26",
        "https://example.jp/2022_08_26/pods": "2022-08-26",
        "https://example.jp/news/20220826.html": "2022-08-26",
        "https://example.jp/entry/20220826/1661482800": "2022-08-26",
        "https://example.jp/news/20220826_01.html": "2022-08-26",
        "https://example.jp/2022/08/pods": None,
        "https://example.jp/2022/13/26/pods": None,
        "https://example.jp/2022/02/30/pods": None,
        "https://example.jp/items/202208261": None,
        "https://example.jp/items/12022/08/26": None,
        "https://example.jp/v2022-08-26": None,
        "https://example.jp/a?on=/2022/08/26/b": None,
        "https://2022-08-26.example.jp/a": None,
        "https://example.jp/1822/08/26/pods": None,
        "no address": None,
    }
    assert {url: day_in_address(url) for url in cases} == cases


def test_where_an_address_leads_in_the_own_site() -> None:
    site = "https://neco.test/weekly/"
    cases = {
        "a.md#x": "a.md#x",
        "../a.md": "../a.md",
        "?a=1": "?a=1",
        "#x": "#x",
        "/issues/a.md": "/issues/a.md",
        "/weekly/issues/a/": "/issues/a/",
        "/weekly": "/",
        "https://neco.test/weekly/issues/a/#x": "/issues/a/#x",
        "http://NECO.test:80/weekly/issues/a.html?b#x": "/issues/a?b#x",
        "//neco.test/weekly/issues/index.html": "/issues/",
        "https://neco.test/weekly": "/",
        "https://neco.test/weekly//other.test/a": "/other.test/a",
        "https://neco.test/weekly-2/a": None,
        "https://neco.test/": None,
        "https://other.test/weekly/a": None,
        "https://neco.test.other/weekly/a": None,
        "https://other.test/?neco.test": None,
        "https://neco.test:8000/weekly/a": None,
        "https://neco.test:99999/weekly/a": None,
        "ftp://neco.test/weekly/a": None,
        "mailto:a@neco.test": None,
        "https://[neco.test": None,
        "\\a.md": None,
        "": None,
    }
    assert {address: own_route(address, site) for address in cases} == cases
    assert own_route("https://neco.test/a", "") is None
    assert own_route("//a", "") is None
    assert own_route("a.md", "") == "a.md"
