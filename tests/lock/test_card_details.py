"""Files and events in `cards.json`: written, read, absent, and wrongly edited."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from neco_weekly.lock.cards_json import CardsDocument, cards_from_dict, cards_to_dict, read_cards
from neco_weekly.model.cards import Card, Event, LinkedFile
from neco_weekly.model.errors import NecoError

A = "https://a.jp/"

WRITTEN: dict[str, tuple[Card, dict[str, Any]]] = {
    "a PDF": (
        Card(url=A, file=LinkedFile(kind="pdf", size=9, pages=2, author="根子")),
        {"file": {"kind": "pdf", "size": 9, "pages": 2, "author": "根子"}},
    ),
    "a file": (Card(url=A, file=LinkedFile(kind="7z")), {"file": {"kind": "7z"}}),
    "an event": (
        Card(url=A, event=Event(start="2026-12-05T19:00", end="2026-12-06", place="東京", online=True)),
        {"event": {"start": "2026-12-05T19:00", "end": "2026-12-06", "place": "東京", "online": True}},
    ),
    "a day": (Card(url=A, event=Event(start="2026-12-05")), {"event": {"start": "2026-12-05"}}),
    "neither": (Card(url=A), {}),
}


@pytest.mark.parametrize(("card", "written"), WRITTEN.values(), ids=WRITTEN)
def test_what_is_known_is_written_and_read(card: Card, written: dict[str, Any]) -> None:
    document = cards_to_dict(CardsDocument(cards={A: card}))
    assert document["cards"][A] == written
    assert cards_from_dict(document).cards[A] == card


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no kind": ({"file": {"size": 1}}, "file.kind: expected text"),
    "a kind that is markup": ({"file": {"kind": "<b>"}}, "file.kind: expected a short word such as pdf, found '<b>'"),
    "no size": ({"file": {"kind": "pdf", "size": 0}}, "file.size: expected a number of at least 1"),
    "no start": ({"event": {"place": "東京"}}, "event.start: expected text"),
    "a start that is none": ({"event": {"start": "tomorrow"}}, "event.start: expected a day or a time of ISO 8601"),
    "an end that is none": ({"event": {"start": "2026-12-05", "end": "25:00"}}, "event.end: expected a day or a time"),
    "a field that is unknown": ({"event": {"start": "2026-12-05", "hall": "a"}}, "event"),
}


@pytest.mark.parametrize(("entry", "message"), WRONG.values(), ids=WRONG)
def test_a_wrong_edit_is_named_with_its_place(entry: dict[str, Any], message: str, tmp_path: Path) -> None:
    path = tmp_path / "cards.json"
    path.write_text(json.dumps({"schema": 2, "cards": {A: entry}}), encoding="utf-8")
    with pytest.raises(NecoError) as caught:
        read_cards(path)
    assert f'cards["{A}"].{message}' in str(caught.value)
