"""A page's answer that looks as if another page had answered: proposed beside the card, and what ends that."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from neco_weekly.lock.store import Lock
from neco_weekly.model.cards import Card, Decision, Event, LinkedFile, Proposal
from neco_weekly.model.extraction import CALLS_ITSELF_FRONT, Extraction, Found
from neco_weekly.refresh import Plan, Report, join, refresh
from neco_weekly.refresh.proposals import EACH_TIME

from tests.refresh.test_cards import IMAGE, WHOLE, refreshed
from tests.refresh.test_refresh import TOMORROW, A, B, Outside, page

LATER = TOMORROW + dt.timedelta(days=7)
BOOK = replace(WHOLE, title="猫の本")
KNOWN = Lock(cards={A: BOOK})
DATED = "https://a.jp/2022/08/26/cats/"
DOUBT = "asks for a password"
STAND_IN = page(A, "Welcome", doubts=(DOUBT,))
PROPOSED = Proposal(title="Welcome", reason=DOUBT, date=TOMORROW)
PICTURE = Found(IMAGE.url, "og")
IN_TEXT = Found("https://a.jp/t.png", "article")


def on(day: dt.date, lock: Lock, said: Extraction) -> tuple[Lock, Report]:
    return refresh(lock, Plan(cards=(A,)), replace(Outside(pages={A: said}).fetchers, today=lambda: day))


def decided(decision: Decision) -> Lock:
    return Lock(cards={A: replace(BOOK, proposed=replace(PROPOSED, decision=decision))})


# --- what is suspicious -------------------------------------------------------------------------------------------

SUSPICIOUS = {
    "the site's name": (BOOK, page(A, "猫の部屋"), "says no more than the name of its site"),
    "the host's name": (BOOK, page(A, "a.jp"), "says no more than the name of its site"),
    "the name that it gives itself": (BOOK, page(A, "Cats", "説明", site=Found("Cats", "og")), "the name of its site"),
    "what the page looks like": (BOOK, STAND_IN, DOUBT),
    "of a front page": (replace(BOOK, url="https://a.jp/", title="猫の部屋"), STAND_IN, DOUBT),
    "a front page that has a title": (
        BOOK,
        page(A, "犬の本", "説明", doubts=(CALLS_ITSELF_FRONT,)),
        CALLS_ITSELF_FRONT,
    ),
    "what a page named as its site looks like": (replace(BOOK, title="猫の部屋"), STAND_IN, DOUBT),
    "all is gone": (BOOK, page(A, "別の題"), "has another title, and no description or picture or date any more"),
    "a picture of the text for the page's": (BOOK, page(A, "別の題", images=(IN_TEXT,)), "or picture or date any more"),
    "the address still has its day": (
        replace(BOOK, url=DATED, published="2022-08-25T09:00:00Z"),
        page(DATED, "別の題", published="2022-08-26"),
        "and no description or picture or date any more",
    ),
    "one of one": (replace(BOOK, image=None, published=None), page(A, "別の題"), "and no description any more"),
}
HONEST = {
    "nothing was known": (Card(url=A), STAND_IN),
    "the same title": (BOOK, page(A, "猫の本", doubts=(DOUBT,))),
    "the same title in other letters": (BOOK, page(A, "猫の本！", doubts=(DOUBT,))),
    "a new title": (BOOK, page(A, "犬の本", "説明")),
    "a new title, with one thing left": (BOOK, page(A, "犬の本", published="2022-08-26")),
    "a new title, with a picture of the text again": (
        replace(BOOK, origins={**BOOK.origins, "image": "article"}),
        page(A, "犬の本", images=(IN_TEXT,)),
    ),
    "nothing but the day of the address": (
        Card(url=DATED, title="猫の本", published="2022-08-26", fetched=TOMORROW),
        page(DATED, "犬の本"),
    ),
    "nothing to lose": (Card(url=A, title="猫の本", fetched=TOMORROW), page(A, "犬の本")),
    "a better title than the site's name": (replace(BOOK, title="猫の部屋"), page(A, "犬の本", "説明")),
    "a better title than the site's name, of a page that calls itself the front": (
        replace(BOOK, title="猫の部屋"),
        page(A, "犬の本", "説明", doubts=(CALLS_ITSELF_FRONT,)),
    ),
    "a site called as its page is": (
        replace(BOOK, title="猫", site="猫"),
        page(A, "犬", "説明", site=Found("犬", "og")),
    ),
    "the front page": (replace(BOOK, url="https://a.jp/"), page("https://a.jp/", "猫の部屋", "説明")),
}


def test_what_looks_like_another_page_is_proposed_and_not_taken() -> None:
    wrong = {}
    for name, (old, said, reason) in SUSPICIOUS.items():
        lock, report = refreshed(Lock(cards={old.url: old}), {old.url: said}, old.url)
        new = lock.cards[old.url]
        if replace(new, proposed=None) != old or not new.proposed or not new.proposed.reason.endswith(reason):
            wrong[name] = new
        if report.changes or len(report.proposals) != 1:
            wrong[f"{name}: report"] = new
    assert wrong == {}


def test_honest_changes_are_taken() -> None:
    wrong = {}
    for name, (old, said) in HONEST.items():
        lock, report = refreshed(Lock(cards={old.url: old}), {old.url: said}, old.url)
        new = lock.cards[old.url]
        if new.proposed or new.title != said.title.value or report.proposals:
            wrong[name] = new
    assert wrong == {}


def test_a_proposal_says_what_to_do() -> None:
    lock, report = refreshed(KNOWN, {A: STAND_IN}, A)
    assert lock == Lock(cards={A: replace(BOOK, proposed=PROPOSED)})
    line = f"{A}: the page asks for a password: 'Welcome' instead of '猫の本', which stays; "
    assert report.proposals[0].startswith(f"{line}`neco refresh {A} --accept` takes it")
    assert list(report.lines()) == [f"proposed: {report.proposals[0]}"]
    assert "## To look at: proposed, and not taken\n\n- https://a.jp/" in report.markdown()
    assert report.to_dict()["proposals"] == report.proposals


# --- what comes after ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", [STAND_IN, page(A, "Welcome 2", "nonce 17", doubts=("hides",))])
def test_the_same_proposal_again_is_no_change(said: Extraction) -> None:
    lock, _ = on(TOMORROW, KNOWN, STAND_IN)
    again, report = on(LATER, lock, said)
    assert again is lock
    assert len(report.proposals) == 1


def test_another_proposal_takes_the_place_of_one() -> None:
    lock, report = on(LATER, decided("reject"), page(A, "Closed", doubts=(DOUBT,)))
    assert lock.cards[A] == replace(BOOK, proposed=replace(PROPOSED, title="Closed", reason=EACH_TIME, date=LATER))
    assert len(report.proposals) == 1


@pytest.mark.parametrize("decision", ["open", "reject"])
def test_a_page_that_says_something_else_each_time_is_news_twice_and_asks_no_more_than_twice(
    decision: Decision,
) -> None:
    """Whatever stands in for it, and however often: the card stays, the lock grows no further, a decision holds."""
    lock, _ = on(TOMORROW, KNOWN, STAND_IN)
    lock, _ = on(TOMORROW, lock, page(A, "Closed", doubts=(DOUBT,)))
    card = lock.cards[A]
    assert card.proposed
    lock = Lock(cards={A: replace(card, proposed=replace(card.proposed, decision=decision))})
    for number, word in enumerate(("Maintenance", "猫の部屋", "ログイン", "Welcome", "x" * 10_000)):
        again, report = on(LATER + dt.timedelta(days=number), lock, page(A, word, doubts=(DOUBT,)))
        assert again is lock
        assert (report.changes, len(report.proposals)) == ([], 1 if decision == "open" else 0)
    taken, _ = on(LATER, lock, page(A, "犬の本", "説明"))
    assert (taken.cards[A].title, taken.cards[A].proposed) == ("犬の本", None)


def test_accepting_each_time_takes_what_the_page_says_then_and_once() -> None:
    lock = decided("open")
    for word in ("Closed", "Maintenance", "ログイン"):
        fetchers = Outside(pages={A: page(A, word, doubts=(DOUBT,))}).fetchers
        lock, report = refresh(lock, Plan(cards=(A,), accept=True), fetchers)
        assert (lock.cards[A].title, lock.cards[A].proposed, len(report.changes)) == (word, None, 1)
        again, report = refresh(lock, Plan(cards=(A,), accept=True), fetchers)
        assert again is lock
        assert report.changes == []


@pytest.mark.parametrize("decision", ["open", "accept", "reject"])
def test_a_proposal_that_the_page_no_longer_makes_is_gone(decision: Decision) -> None:
    lock, report = on(LATER, decided(decision), page(A, "猫の本"))
    assert lock.cards[A] == BOOK
    assert report == Report(responses=1)


def test_a_page_that_fails_keeps_its_proposal() -> None:
    lock, report = refreshed(decided("open"), {}, A)
    assert lock.cards[A].proposed == PROPOSED
    assert len(report.proposals) == 1


TAKEN = Card(
    url=A, title="Welcome", icon=BOOK.icon, fetched=LATER, changed=LATER,
    origins={"title": "og", "icon": "html"},
)  # fmt: skip


def test_a_proposal_that_is_accepted_by_hand_is_taken_whole() -> None:
    lock, report = on(LATER, decided("accept"), STAND_IN)
    assert lock.cards[A] == TAKEN
    assert report.changes == [f"{A}: Welcome"]
    assert report.proposals == []
    assert on(LATER, lock, STAND_IN)[0] is lock


def test_acceptance_is_of_what_was_read_and_of_nothing_else() -> None:
    lock, report = on(LATER, decided("accept"), page(A, "Casino", doubts=(DOUBT,)))
    assert lock.cards[A].title == "猫の本"
    assert lock.cards[A].proposed == replace(PROPOSED, title="Casino", reason=EACH_TIME, date=LATER)
    assert len(report.proposals) == 1


def test_a_proposal_that_is_rejected_by_hand_stays_so() -> None:
    lock, report = on(LATER, decided("reject"), STAND_IN)
    assert lock.cards == decided("reject").cards
    assert report == Report(responses=1)


@pytest.mark.parametrize("decision", ["open", "reject"])
def test_accept_on_the_command_line_takes_what_the_page_says(decision: Decision) -> None:
    asked = Plan(cards=(A,), accept=True)
    lock, _ = refresh(decided(decision), asked, replace(Outside(pages={A: STAND_IN}).fetchers, today=lambda: LATER))
    assert lock.cards[A] == TAKEN


@pytest.mark.parametrize(("names", "image"), [((PICTURE,), IMAGE), ((), None), ((IN_TEXT,), None)])
def test_accepting_loses_no_picture_that_was_only_not_fetched(names: tuple[Found, ...], image: object) -> None:
    outside = Outside(pages={A: page(A, "猫の本", "説明", images=names)})
    lock, _ = refresh(KNOWN, Plan(cards=(A,), accept=True), outside.fetchers)
    assert lock.cards[A].image == image
    assert ("image" in lock.cards[A].origins) == bool(image)
    assert lock.cards[A].published is None


def test_accepting_forgets_what_file_or_event_it_was() -> None:
    known = replace(BOOK, file=LinkedFile(kind="pdf"), event=Event(start="2022-08-26"))
    outside = Outside(pages={A: page(A, "犬の本", "説明")})
    lock, _ = refresh(Lock(cards={A: known}), Plan(cards=(A,), accept=True), outside.fetchers)
    assert (lock.cards[A].title, lock.cards[A].file, lock.cards[A].event) == ("犬の本", None, None)


def test_accepting_what_is_known_is_no_change() -> None:
    said = page(A, "題", "説明", site=Found("猫の部屋", "og"), images=(PICTURE,), lang="ja", published="2022-08-26")
    outside = Outside(pages={A: said})
    assert refresh(Lock(cards={A: WHOLE}), Plan(cards=(A,), accept=True), outside.fetchers)[0].cards == {A: WHOLE}


# --- others write meanwhile ---------------------------------------------------------------------------------------


def test_a_decision_written_during_a_refresh_stays() -> None:
    base, theirs = decided("open"), decided("reject")
    mine, _ = refreshed(replace(base, cards={**base.cards, B: Card(url=B)}), {A: STAND_IN, B: page(B, "新")}, A, B)
    joined, kept = join(base, mine, theirs)
    assert joined.cards[A] == theirs.cards[A]
    assert joined.cards[B].title == "新"
    assert kept == []


def test_a_decision_about_another_answer_is_told() -> None:
    base, theirs = decided("open"), decided("accept")
    mine, _ = on(LATER, base, page(A, "Closed", doubts=(DOUBT,)))
    joined, kept = join(base, mine, theirs)
    assert joined.cards[A] == theirs.cards[A]
    assert kept == [f"{A}: proposed was also changed in the lock meanwhile, and stays as it is there"]
