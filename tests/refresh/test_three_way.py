"""What a refresh found, joined with what others wrote into the lock meanwhile: field by field, and the hand wins."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from neco_weekly.lock.overrides import Override
from neco_weekly.lock.store import Lock, keps_json
from neco_weekly.model.cards import Card, CardPicture, Failures, RemotePicture
from neco_weekly.model.gates import FeatureGate, GateRecord, Gates
from neco_weekly.model.keps import Enhancement, Record, Stage
from neco_weekly.refresh import join

from tests.sites import kep

EARLY, LATE, LATER = dt.date(2026, 7, 1), dt.date(2026, 7, 2), dt.date(2026, 7, 3)
A, B = "https://a.jp/", "https://b.jp/"
ICON = CardPicture(url="https://a.jp/i.png", file="0123456789abcdef0123.png", width=1, height=1)
CARD = Card(url=A, title="Old", description="Words", origins={"title": "html", "description": "og"}, fetched=EARLY)
FETCHED = replace(CARD, title="New", icon=ICON, origins={**CARD.origins, "title": "og", "icon": "html"}, fetched=LATE)
FAILED = Failures(count=1, last="404", date=LATE, gone=1)
STAYS = " was also changed in the lock meanwhile, and stays as it is there"


def cards(*known: Card) -> Lock:
    return Lock(cards={card.url: card for card in known})


def keps(*known: Enhancement, **more: Any) -> Lock:
    return Lock(fetched={it.number: it for it in known}, **more)


def changed(old: Enhancement, day: dt.date = LATE, **state: Any) -> Enhancement:
    """An enhancement after a change of its kep.yaml, as a refresh records it."""
    source = replace(old.source, date=day)
    first = old.history or (Record(state=old.state, source=old.source),)
    new = replace(old.state, **state)
    return replace(old, state=new, source=source, history=(*first, Record(state=new, source=source)))


KEP = changed(kep(127, "Old"), EARLY, title="Old")
TO_STABLE = changed(KEP, stage=Stage.STABLE)

CASES: dict[str, tuple[Lock, Lock, Lock, Lock, list[str]]] = {
    # base, mine, theirs, expected, what was kept
    "nobody else wrote": (cards(CARD), cards(FETCHED), cards(CARD), cards(FETCHED), []),
    "nothing was found": (
        cards(CARD),
        cards(CARD),
        cards(replace(CARD, title="Hand")),
        cards(replace(CARD, title="Hand")),
        [],
    ),
    "both added cards": (cards(), cards(FETCHED), cards(Card(url=B)), cards(FETCHED, Card(url=B)), []),
    "both added the same card": (cards(), cards(FETCHED), cards(FETCHED), cards(FETCHED), []),
    "both added the card, each another": (
        cards(),
        cards(FETCHED),
        cards(replace(FETCHED, title="Hand", icon=None, origins={"title": "x"})),
        cards(replace(FETCHED, title="Hand", origins={"title": "x", "description": "og", "icon": "html"})),
        [f"{A}: title", f"{A}: origins: title"],
    ),
    "different fields of a card": (
        cards(CARD),
        cards(FETCHED),
        cards(replace(CARD, description="Hand")),
        cards(replace(FETCHED, description="Hand")),
        [],
    ),
    "the same field of a card": (
        cards(CARD),
        cards(FETCHED),
        cards(replace(CARD, title="Hand")),
        cards(replace(FETCHED, title="Hand", origins={**FETCHED.origins, "title": "html"})),
        [f"{A}: title"],
    ),
    "the only field that is new": (
        cards(CARD),
        cards(replace(CARD, title="New", fetched=LATE)),
        cards(replace(CARD, title="Hand")),
        cards(replace(CARD, title="Hand")),
        [f"{A}: title"],
    ),
    "a field was taken out": (
        cards(CARD),
        cards(FETCHED),
        cards(replace(CARD, description=None, origins={"title": "html"})),
        cards(replace(FETCHED, description=None, origins={"title": "og", "icon": "html"})),
        [],
    ),
    "a failure of a card with new words": (
        cards(CARD),
        cards(replace(CARD, failures=FAILED)),
        cards(replace(CARD, title="Hand")),
        cards(replace(CARD, title="Hand", failures=FAILED)),
        [],
    ),
    "a card was taken out": (cards(CARD), cards(FETCHED), cards(), cards(), [A]),
    "a card that was pruned": (
        cards(CARD, Card(url=B)),
        cards(Card(url=B)),
        cards(CARD, Card(url="https://c.jp/")),
        cards(Card(url="https://c.jp/")),
        [],
    ),
    "a card that was pruned and edited": (
        cards(CARD),
        cards(),
        cards(replace(CARD, title="Hand")),
        cards(replace(CARD, title="Hand")),
        [A],
    ),
    "pictures": (
        Lock(),
        Lock(pictures={A: RemotePicture(url=A, fetched=LATE)}),
        Lock(pictures={B: RemotePicture(url=B)}),
        Lock(pictures={A: RemotePicture(url=A, fetched=LATE), B: RemotePicture(url=B)}),
        [],
    ),
    "KEPs": (keps(), keps(KEP), keps(kep(5)), keps(KEP, kep(5)), []),
    "different fields of a KEP": (
        keps(KEP),
        keps(TO_STABLE),
        keps(replace(KEP, details=replace(KEP.details, values={"authors": ("@hand",)}))),
        keps(replace(TO_STABLE, details=replace(KEP.details, values={"authors": ("@hand",)}))),
        [],
    ),
    "two histories of a KEP": (
        keps(KEP),
        keps(TO_STABLE),
        keps(changed(KEP, LATER, stage=Stage.BETA)),
        keps(changed(KEP, LATER, stage=Stage.BETA)),
        ["KEP-127: its state with its history"],
    ),
    "a KEP that an issue begins to mention": (
        Lock(others={127: KEP, 5: kep(5)}),
        keps(TO_STABLE, others={5: kep(5)}),
        Lock(others={127: KEP, 5: kep(5)}, as_of=LATE),
        keps(TO_STABLE, others={5: kep(5)}, as_of=LATE),
        [],
    ),
    "a KEP that another refresh brought here meanwhile": (
        Lock(others={127: KEP}),
        Lock(others={127: TO_STABLE, 5: kep(5)}),
        keps(KEP),
        keps(KEP, others={5: kep(5)}),
        ["KEP-127"],
    ),
    "a KEP that no page mentions any more": (
        keps(KEP),
        Lock(others={127: KEP}),
        keps(KEP, as_of=LATE),
        Lock(others={127: KEP}, as_of=LATE),
        [],
    ),
    "a KEP that was edited where it stood": (
        keps(KEP),
        Lock(others={127: KEP}),
        keps(replace(KEP, details=replace(KEP.details, values={"authors": ("@hand",)}))),
        keps(replace(KEP, details=replace(KEP.details, values={"authors": ("@hand",)}))),
        ["KEP-127"],
    ),
    "the newest day": (Lock(as_of=EARLY), Lock(as_of=LATE), Lock(as_of=LATER), Lock(as_of=LATER), []),
    "a day that moved here": (
        Lock(as_of=EARLY),
        Lock(as_of=LATE),
        Lock(as_of=EARLY, missing={1: "not-found"}),
        Lock(as_of=LATE, missing={1: "not-found"}),
        [],
    ),
    "a day that did not move": (Lock(as_of=LATE), Lock(as_of=LATE), Lock(as_of=EARLY), Lock(as_of=EARLY), []),
    "a missing KEP was found": (
        Lock(missing={127: "not-found"}),
        keps(KEP),
        Lock(missing={127: "not-found", 5: "not-found"}),
        keps(KEP, missing={5: "not-found"}),
        [],
    ),
    "one found what the other did not": (Lock(), Lock(missing={127: "not-found"}), keps(KEP), keps(KEP), []),
    "files and releases": (
        Lock(irregular={"a": "x", "b": "x"}, released={"v1.36": EARLY}),
        Lock(irregular={"b": "y"}, released={"v1.36": EARLY, "v1.37": LATE}),
        Lock(irregular={"a": "x", "b": "x", "c": "x"}, released={"v1.36": LATER}),
        Lock(irregular={"b": "y", "c": "x"}, released={"v1.36": LATER, "v1.37": LATE}),
        [],
    ),
    "pull requests": (
        Lock(pulls={1: (5, 6), 2: (7,)}),
        Lock(pulls={1: (5, 8), 2: (7,), 3: (9,)}),
        Lock(pulls={1: (5, 6, 7)}),
        Lock(pulls={1: (5, 7, 8), 3: (9,)}),
        [],
    ),
    "what people write is as it stands there": (
        Lock(overrides={5: Override(number=5, note="old")}),
        replace(cards(CARD), overrides={5: Override(number=5, note="old")}),
        Lock(overrides={5: Override(number=5, note="new")}, aliases={6: 5}, synonyms=(("a", "b"),)),
        replace(cards(CARD), overrides={5: Override(number=5, note="new")}, aliases={6: 5}, synonyms=(("a", "b"),)),
        [],
    ),
}


@pytest.mark.parametrize(("base", "mine", "theirs", "expected", "kept"), CASES.values(), ids=CASES)
def test_join(base: Lock, mine: Lock, theirs: Lock, expected: Lock, kept: list[str]) -> None:
    assert join(base, mine, theirs) == (expected, [f"{it}{STAYS}" for it in kept])


def gate(*numbers: int, day: dt.date = EARLY) -> Lock:
    records = {"website": GateRecord(date=day, path="a.md")}
    return Lock(gates=Gates(by_name={"G": FeatureGate(name="G", keps=numbers, records=records)}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "expected", "kept"),
    [
        pytest.param(gate(1), gate(1, 2), gate(1, 3), gate(1, 2, 3), [], id="each found a KEP that names it"),
        pytest.param(Lock(), gate(2), gate(3), gate(2, 3), [], id="each found the gate by another KEP"),
        pytest.param(
            gate(1),
            gate(1, day=LATE),
            gate(1, day=LATER),
            gate(1, day=LATER),
            [f"feature gate G: website{STAYS}"],
            id="each read it on another day",
        ),
    ],
)
def test_gates(base: Lock, mine: Lock, theirs: Lock, expected: Lock, kept: list[str]) -> None:
    joined, told = join(base, mine, theirs)
    assert keps_json(joined) == keps_json(expected)
    assert told == kept


def test_an_edited_title_stands_beside_a_new_stage_and_its_history() -> None:
    """A person edits one line of the file: with it the title of all earlier states that tell no other one."""
    hand = replace(
        KEP,
        state=replace(KEP.state, title="Hand"),
        history=tuple(replace(it, state=it.state and replace(it.state, title="Hand")) for it in KEP.history),
    )
    joined, told = join(keps(KEP), keps(TO_STABLE), keps(hand))
    found = joined.fetched[127]
    assert (found.state.title, found.state.stage, told) == ("Hand", Stage.STABLE, [])
    assert [(it.date, it.state and it.state.stage) for it in found.history] == [
        (it.date, it.state and it.state.stage) for it in TO_STABLE.history
    ]
