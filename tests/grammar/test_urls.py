"""What addresses say of the pages there."""

from __future__ import annotations

from neco_weekly.grammar.urls import day_in_address


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
