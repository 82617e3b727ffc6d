"""The report of a refresh names each thing once, in the spelling in which people wrote it."""

from __future__ import annotations

from neco_weekly.lock.store import Lock
from neco_weekly.model.errors import FetchError, NecoError
from neco_weekly.model.extraction import Extraction, Found
from neco_weekly.refresh import Plan, refresh
from neco_weekly.refresh.report import Failure

from tests.refresh.test_refresh import Outside

ONCE = {
    ("https://a.jp/猫", "https://a.jp/%E7%8C%AB answered 404 Not Found"): "answered 404 Not Found",
    ("https://a.jp/猫?犬=1", "https://a.jp/%E7%8C%AB?%E7%8A%AC=1: took longer than 15 s"): "took longer than 15 s",
    ("https://日本.jp/", "https://xn--wgv71a.jp/ has no title"): "has no title",
    ("https://日本.jp", "https://xn--wgv71a.jp/ has no title"): "has no title",
    ("https://A.jp/", "https://a.jp/: refused"): "refused",
    ("https://a.jp/", "https://a.jp/ has no title"): "has no title",
    ("https://a.jp/", "https://b.jp/ has no title"): "https://b.jp/ has no title",
    ("https://a.jp/", "https://a.jp:8080/ has no title"): "https://a.jp:8080/ has no title",
    ("https://a.jp/a", "https://a.jp/b has no title"): "https://a.jp/b has no title",
    ("https://a.jp/a", "no host"): "no host",
    ("KEP-127", "KEP-127: has two files"): "has two files",
    ("KEP-127", "KEP-127 has two files"): "has two files",
    ("KEP-127", "KEP-1287 has two files"): "KEP-1287 has two files",
    ("a", "alone"): "alone",
}
"""A thing and the sentence of an error, and what is left of the sentence behind the thing."""


def test_a_failure_does_not_repeat_what_it_is_of() -> None:
    assert {key: Failure.of(key[0], NecoError(key[1])).message for key in ONCE} == ONCE


def test_neither_does_a_note() -> None:
    url = "https://a.jp/猫"
    page = Extraction(url=url, title=Found("題", "oembed"), problems=("https://a.jp/%E7%8C%AB answered 403",))
    _, report = refresh(Lock(), Plan(cards=(url,)), Outside(pages={url: page}).fetchers)
    assert report.notes == [f"{url}: answered 403"]


def test_what_is_dead_is_told_once() -> None:
    url = "https://a.jp/猫"
    error = FetchError("https://a.jp/%E7%8C%AB answered 503", status=503)
    _, report = refresh(Lock(), Plan(cards=(url,)), Outside(pages={url: error}).fetchers)
    assert list(report.lines()) == [f"not fetched: {url}: answered 503"]
