"""The line of facts on a card, in both languages."""

from __future__ import annotations

import pytest
from neco_weekly.display.card_facts import facts_line, size_in_words, time_in_words
from neco_weekly.display.words import load_strings
from neco_weekly.model.cards import Card, Event, LinkedFile

URL = "https://a.example/"
PDF = LinkedFile(kind="pdf", size=1_234_567, pages=12, author="根子 <b>")

LINES = {
    "a PDF": (Card(url=URL, file=PDF), "PDF · 12 ページ · 1.2 MB · 根子 <b>", "PDF · 12 pages · 1.2 MB · 根子 <b>"),
    "a page": (Card(url=URL, file=LinkedFile(kind="pdf", pages=1)), "PDF · 1 ページ", "PDF · 1 page"),
    "plain text": (Card(url=URL, file=LinkedFile(kind="txt", size=9)), "テキスト · 9 B", "text · 9 B"),
    "an event": (
        Card(url=URL, event=Event(start="2026-12-05T19:00", place="市民ホール", online=True)),
        "2026-12-05 19:00 · 市民ホール · オンライン",
        "2026-12-05 19:00 · 市民ホール · online",
    ),
}


@pytest.mark.parametrize(("card", "ja", "en"), LINES.values(), ids=LINES)
def test_facts(card: Card, ja: str, en: str) -> None:
    lines = [facts_line(card, load_strings(locale)) for locale in ("ja", "en")]
    assert ["".join(line.itertext()) if line is not None else None for line in lines] == [ja, en]


def test_a_page_like_any_other_has_none() -> None:
    assert facts_line(Card(url=URL, title="T"), load_strings("ja")) is None


def test_sizes() -> None:
    sizes = {
        1: "1 B",
        999: "999 B",
        1000: "1.0 kB",
        9_940: "9.9 kB",
        9_960: "10 kB",
        999_499: "999 kB",
        999_500: "1.0 MB",
    }
    assert {size: size_in_words(size) for size in sizes} == sizes
    assert size_in_words(5 * 10**15) == "5000 TB"


def test_times() -> None:
    times = {
        Event(start="2026-12-05"): "2026-12-05",
        Event(start="2026-12-05", end="2026-12-05"): "2026-12-05",
        Event(start="2026-12-05", end="2026-12-07"): "2026-12-05 – 2026-12-07",
        Event(start="2026-12-05T19:00:00+09:00", end="2026-12-05T21:30:00+09:00"): "2026-12-05 19:00–21:30",
        Event(start="2026-12-05T19:00:00-08:00"): "2026-12-05 19:00",
        Event(start="2026-12-05T22:00", end="2026-12-06T00:30"): "2026-12-05 – 2026-12-06",
        Event(start="2026-12-05T20:00:00Z"): "2026-12-06 05:00 JST",
        Event(start="2026-12-05T19:00", end="2026-12-05"): "2026-12-05 19:00",
        Event(start="2026-12-05T19:00+09:00", end="2026-12-05T21:00"): "2026-12-05 19:00–21:00",
        Event(start="2026-12-05T19:00", end="2026-12-05T18:00"): "2026-12-05 19:00",
        Event(start="9999-12-31T23:00:00Z"): "9999-12-31 23:00 JST",
    }
    assert {event: time_in_words(event) for event in times} == times
