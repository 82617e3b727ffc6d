"""What a refresh has found, put into a lock that others have written meanwhile."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from neco_weekly.lock.overrides import Override
from neco_weekly.lock.store import Lock
from neco_weekly.model.cards import Card, Failures
from neco_weekly.refresh import Plan, merge_answers, unknown

from tests.sites import kep

EARLY, LATE = dt.date(2026, 7, 1), dt.date(2026, 7, 2)
A, B = "https://a.jp/", "https://b.jp/"
FAILED = Failures(count=1, last="404", date=LATE, gone=1)
PLAN = Plan(keps=(127, 128), cards=("https://A.jp", B), pulls=(6092, 6093))


def cards(*known: Card) -> dict[str, Card]:
    return {card.url: card for card in known}


@pytest.mark.parametrize(
    ("refreshed", "lock", "expected"),
    [
        pytest.param(Lock(), Lock(as_of=LATE), Lock(as_of=LATE), id="nothing answered"),
        pytest.param(
            Lock(as_of=LATE, fetched={127: kep(127)}, missing={128: "not-found"}, irregular={"p": "why"}),
            Lock(as_of=EARLY, fetched={1: kep(1)}),
            Lock(
                as_of=LATE,
                fetched={1: kep(1), 127: kep(127)},
                missing={128: "not-found"},
                irregular={"p": "why"},
            ),
            id="KEPs",
        ),
        pytest.param(
            Lock(as_of=EARLY, fetched={127: kep(127)}),
            Lock(as_of=LATE),
            Lock(as_of=LATE, fetched={127: kep(127)}),
            id="now stays the newest day",
        ),
        pytest.param(
            Lock(cards=cards(Card(url=A, title="Ours"))),
            Lock(cards=cards(Card(url=B, title="Theirs")), irregular={"p": "why"}),
            Lock(cards=cards(Card(url=A, title="Ours"), Card(url=B, title="Theirs")), irregular={"p": "why"}),
            id="a card, by its normal address",
        ),
        pytest.param(
            Lock(fetched={127: kep(127, "Ours")}, cards=cards(Card(url=A, title="Ours"))),
            Lock(fetched={127: kep(127, "Theirs")}, cards=cards(Card(url=A, title="Theirs"))),
            Lock(fetched={127: kep(127, "Theirs")}, cards=cards(Card(url=A, title="Theirs"))),
            id="what is known by now",
        ),
        pytest.param(
            Lock(fetched={5: kep(5)}, cards=cards(Card(url="https://c.jp/", title="C"))),
            Lock(),
            Lock(),
            id="what was not planned",
        ),
        pytest.param(
            Lock(as_of=LATE, fetched={5: kep(5), 661: kep(661)}, pulls={6092: (661,), 1: (5,)}),
            Lock(pulls={7000: (127,)}),
            Lock(as_of=LATE, fetched={661: kep(661)}, pulls={7000: (127,), 6092: (661,)}),
            id="a pull request with its KEP",
        ),
        pytest.param(Lock(pulls={6092: (1,)}), Lock(pulls={6092: (2,)}), Lock(pulls={6092: (2,)}), id="a known one"),
        pytest.param(Lock(cards=cards(Card(url=A, failures=FAILED))), Lock(), Lock(), id="a failure is not counted"),
        pytest.param(
            Lock(cards=cards(Card(url=A, failures=replace(FAILED, count=2)))),
            Lock(cards=cards(Card(url=A, failures=FAILED))),
            Lock(cards=cards(Card(url=A, failures=FAILED))),
            id="another one neither",
        ),
        pytest.param(
            Lock(cards=cards(Card(url=A, title="At last"))),
            Lock(cards=cards(Card(url=A, failures=FAILED))),
            Lock(cards=cards(Card(url=A, title="At last"))),
            id="a page that did not answer before",
        ),
    ],
)
def test_with_answers(refreshed: Lock, lock: Lock, expected: Lock) -> None:
    assert merge_answers(lock, PLAN, refreshed) == expected


def test_unknown() -> None:
    lock = Lock(
        fetched={1: kep(1)},
        missing={2: "not-found"},
        overrides={3: Override(number=3)},
        pulls={6092: (1,)},
        cards=cards(
            Card(url=A, title="A"),
            Card(url=B, failures=FAILED),
            Card(url="https://dead.jp/", failures=replace(FAILED, count=9, gone=9)),
        ),
    )
    plan = Plan(keps=(1, 2, 3, 4), cards=(A, B, "https://dead.jp/", "https://new.jp"), pulls=(6092, 6093))
    assert unknown(plan, lock) == Plan(keps=(4,), cards=(B, "https://new.jp"), pulls=(6093,))
