"""What GitHub says of its things, as the lock keeps that: it comes back as it was, and a wrong edit is named."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from neco_weekly.lock.cards_json import CardsDocument, cards_text, read_cards
from neco_weekly.model.cards import Card
from neco_weekly.model.errors import NecoError
from neco_weekly.model.github import Code, GitHubFacts, GitHubState, Moment

URL = "https://github.com/neko/box/pull/7"
DAY = dt.date(2022, 8, 26)
PULL = GitHubFacts(
    kind="pull",
    created=dt.date(2022, 8, 1),
    closed=dt.date(2026, 3, 2),
    merged=dt.date(2026, 3, 2),
    draft=True,
    milestone="v1.26",
    past={
        dt.date(2022, 9, 2): Moment(state=GitHubState.DRAFT, labels=()),
        DAY: Moment(state=GitHubState.OPEN, labels=("kind/bug", "sig/node"), milestone="v1.25"),
    },
)
REPOSITORY = GitHubFacts(
    kind="repository",
    seen_archived=dt.date(2026, 1, 2),
    release="v1.31",
    released=DAY,
    past={DAY: Moment(release="v1.2")},
)
CODE = Code(first=10, last=21, lines=("func main() {", "\treturn", ""), language="Go")
CARDS = [
    Card(url=URL, title="T", github=PULL, changed=DAY),
    Card(url="https://github.com/neko/box", github=REPOSITORY),
    Card(url="https://github.com/neko/box/blob/0a1b2c3/main.go#L10-L21", code=CODE),
]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    document = CardsDocument(cards={card.url: card for card in CARDS})
    (tmp_path / "cards.json").write_text(cards_text(document), encoding="utf-8")
    assert read_cards(tmp_path / "cards.json") == document


def test_what_is_not_known_is_not_written() -> None:
    written = json.loads(cards_text(CardsDocument(cards={card.url: card for card in CARDS})))["cards"]
    assert written[URL]["github"] == {
        "kind": "pull",
        "created": "2022-08-01",
        "closed": "2026-03-02",
        "merged": "2026-03-02",
        "draft": True,
        "milestone": "v1.26",
        "past": {
            "2022-08-26": {"state": "open", "labels": ["kind/bug", "sig/node"], "milestone": "v1.25"},
            "2022-09-02": {"state": "draft", "labels": []},
        },
    }
    assert "github" not in json.loads(cards_text(CardsDocument(cards={URL: Card(url=URL, title="T")})))["cards"][URL]


CODE_JSON: dict[str, Any] = {"first": 1, "last": 2, "lines": ["a"]}


@pytest.mark.parametrize(
    ("card", "message"),
    [
        ({"github": {}}, ".github.kind: expected one of issue, pull, release, repository, found None"),
        ({"github": {"kind": "issue", "stars": 7}}, "unknown field 'stars'"),
        ({"github": {"kind": "issue", "closed": "yesterday"}}, ".github.closed: expected a date"),
        ({"github": {"kind": "issue", "past": {"today": {}}}}, '.past["today"]: expected a date'),
        ({"github": {"kind": "issue", "past": {"2022-08-26": {"state": "shut"}}}}, "expected one of open, draft"),
        ({"code": CODE_JSON | {"lines": ["a", "b", "c"]}}, ".code.lines: expected one to 10 lines"),
        ({"code": CODE_JSON | {"lines": []}}, ".code.lines: expected one to 10 lines"),
        ({"code": CODE_JSON | {"last": 99, "lines": ["a"] * 11}}, ".code.lines: expected one to 10 lines"),
        ({"code": CODE_JSON | {"lines": ["a" * 201]}}, ".lines[0]: expected at most 200 characters"),
        ({"code": CODE_JSON | {"lines": ["\x1b[31m"]}}, ".lines[0]: holds a control character"),
        ({"code": CODE_JSON | {"lines": [7]}}, ".lines[0]: expected text, found 7"),
    ],
)
def test_a_wrong_edit_is_named(tmp_path: Path, card: dict[str, Any], message: str) -> None:
    path = tmp_path / "cards.json"
    path.write_text(json.dumps({"schema": 2, "cards": {URL: card}}), encoding="utf-8")
    with pytest.raises(NecoError) as caught:
        read_cards(path)
    assert message in str(caught.value)
