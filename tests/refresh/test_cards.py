"""What a refresh does with cards: merged field by field, pictures and archives asked for."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace

import pytest
from neco_weekly.lock.store import Lock, keps_json
from neco_weekly.model.cards import Card, CardPicture, Failures, PictureKind
from neco_weekly.model.errors import FailureCode, FetchError
from neco_weekly.model.extraction import Extraction, Found
from neco_weekly.refresh import Plan, Report, plan, refresh

from tests.lock_fixture import TODAY
from tests.refresh.test_refresh import BETA, KNOWN, TOMORROW, A, B, C, Outside, card, index_of, keps, page
from tests.sites import PATIENCE

Answers = Mapping[str, Extraction | BaseException]
NOT_FOUND = FetchError(f"{A} answered 404 Not Found", status=404)
NO_HOST = FetchError(f"{A}: the host name a.jp cannot be resolved", code=FailureCode.DNS)
BUSY = FetchError(f"{A} answered 503", status=503)
SLOW = FetchError(f"{A} took longer than 15 s", code=FailureCode.TIMEOUT)
IMAGE = CardPicture(url="https://a.jp/i.png", file=f"{'a' * 20}.webp", width=480, height=252)
ICON = CardPicture(url="https://a.jp/favicon.ico", file=f"{'b' * 20}.png", width=32, height=32)


def refreshed(lock: Lock, pages: Answers, *urls: str, outside: Outside | None = None) -> tuple[Lock, Report]:
    return refresh(lock, Plan(cards=urls), replace(outside or Outside(), pages=pages).fetchers)


def failed(**fields: object) -> Failures:
    return Failures(**{"count": 1, "gone": 0, "last": "503", "date": TOMORROW, **fields})  # type: ignore[arg-type]


# --- merging ------------------------------------------------------------------------------------------------------


def test_a_new_card_is_known_by_its_normal_address() -> None:
    lock, report = refreshed(Lock(), {"https://B.jp": page("https://B.jp", "題", "説明")}, "https://B.jp")
    assert lock == Lock(cards={"https://b.jp/": card("https://b.jp/", "題", "説明", fetched=TOMORROW)})
    assert report == Report(changes=["https://B.jp: new: 題"], responses=1)


def test_a_card_that_says_the_same_changes_nothing_at_all() -> None:
    lock, report = refreshed(KNOWN, {A: page(A, "題")}, A)
    assert lock is KNOWN
    assert report == Report(responses=1)


def test_a_card_that_says_something_new() -> None:
    lock, report = refreshed(KNOWN, {A: page(A, "新しい題")}, A)
    assert lock == replace(KNOWN, cards={A: card(A, "新しい題", fetched=TOMORROW)})
    assert report.changes == [f"{A}: 新しい題"]


WHOLE = Card(
    url=A,
    title="題",
    description="説明",
    site="猫の部屋",
    image=IMAGE,
    icon=ICON,
    lang="ja",
    published="2022-08-26",
    origins={"title": "og", "description": "og", "site": "og", "image": "og", "icon": "html"},
    fetched=TODAY,
)


@pytest.mark.parametrize(
    ("said", "changes"),
    [
        pytest.param(page(A, "題"), {}, id="what it says no more stays"),
        pytest.param(
            page(A, "題", site=Found("a.jp", "host")), {}, id="the host's name is no better than the site's own"
        ),
        pytest.param(
            page(A, "題", site=Found("犬の部屋", "json-ld")),
            {"site": "犬の部屋", "origins": {**WHOLE.origins, "site": "json-ld"}},
            id="what it says anew comes with its own origin",
        ),
        pytest.param(page(A, "題", lang="en"), {"lang": "en"}, id="a language"),
        pytest.param(page(A, "題", published="2022-08-27"), {"published": "2022-08-27"}, id="a date"),
        pytest.param(
            page(A, "題", images=(Found("https://a.jp/no.png", "og"),)), {}, id="an image that is none"
        ),
    ],
)  # fmt: skip
def test_a_card_is_merged_field_by_field(said: Extraction, changes: Mapping[str, object]) -> None:
    lock, _ = refreshed(Lock(cards={A: WHOLE}), {A: said}, A)
    expected = replace(WHOLE, **{"fetched": TOMORROW, **changes}) if changes else WHOLE  # type: ignore[arg-type]
    assert lock.cards[A] == expected


def test_cards_leave_as_of_and_keps_alone() -> None:
    lock, _ = refreshed(KNOWN, {B: page(B, "新")}, B)
    assert keps_json(lock) == keps_json(KNOWN)


def test_changes_of_keps_come_before_those_of_cards() -> None:
    outside = Outside(keps(BETA), pages={B: page(B, "新"), C: page(C, "新")})
    _, report = refresh(KNOWN, Plan(keps=(127,), cards=(C, B)), outside.fetchers)
    assert [line.split(": ")[0] for line in report.changes] == ["KEP-127", "KEP-127", C, B]


def test_what_a_page_could_not_say_is_told() -> None:
    _, report = refreshed(Lock(), {A: page(A, "題", problems=("1 JSON-LD script cannot be read",))}, A)
    assert report.notes == [f"{A}: 1 JSON-LD script cannot be read"]


# --- what is asked for ----------------------------------------------------------------------------------------------


def test_failures_are_told_in_the_order_of_addresses() -> None:
    _, report = refreshed(Lock(), {}, C, A, B)
    assert [failure.what for failure in report.failures] == [A, B, C]


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        (None, True),
        (Card(url=A, failures=failed(count=2, gone=2)), True),
        (Card(url=A, failures=failed(count=3, gone=3)), False),
        (card(A, "題"), False),
        (replace(card(A, "題"), failures=failed()), False),
    ],
)
def test_only_what_is_missing(known: Card | None, asked: bool) -> None:
    lock = Lock(cards={A: known}) if known else Lock()
    assert (A in plan(index_of(urls=(A,)), lock, missing=True).cards) is asked


def test_what_is_fresh_is_not_planned() -> None:
    assert plan(index_of(urls=(A, B)), Lock(), fresh=lambda url: url == A).cards == (B,)


# --- archives -----------------------------------------------------------------------------------------------------

COPY = "https://web.archive.org/web/20220826000000/https://a.jp/1"
DYING = replace(KNOWN, cards={A: replace(card(A, "題"), failures=failed(count=2, gone=2, last="404", date=TODAY))})


def test_an_archive_is_looked_for_when_a_link_is_found_dead() -> None:
    lock, report = refreshed(DYING, {A: NOT_FOUND}, A, outside=Outside(archives={A: COPY}))
    assert lock.cards[A].archive == COPY
    assert report.changes == [f"{A}: is dead, archived at {COPY}"]


@pytest.mark.parametrize(
    ("known", "error"),
    [
        pytest.param(KNOWN, NOT_FOUND, id="it may live"),
        pytest.param(DYING, BUSY, id="it is not said to be gone"),
        pytest.param(
            replace(DYING, cards={A: replace(DYING.cards[A], archive=COPY)}), NOT_FOUND, id="one is known already"
        ),
    ],
)
def test_no_archive_is_asked_where_none_is_wanted(known: Lock, error: FetchError) -> None:
    outside = Outside(archives={A: "https://web.archive.org/web/2/https://a.jp/other"})
    lock, _ = refreshed(known, {A: error}, A, outside=outside)
    assert outside.asked == [A]
    assert lock.cards[A].archive == known.cards[A].archive


@pytest.mark.parametrize("answer", [None, FetchError("archive.org took longer than 15 s")])
def test_a_dead_link_without_an_archive_is_asked_for_again_the_next_time(answer: FetchError | None) -> None:
    archives = {A: answer} if answer else {}
    lock, report = refreshed(DYING, {A: NOT_FOUND}, A, outside=Outside(archives=archives))
    assert lock.cards[A].is_dead
    assert report.notes == ([f"{A}: no archive was asked: {answer}"] if answer else [])
    lock, _ = refreshed(lock, {A: NOT_FOUND}, A, outside=Outside(archives={A: COPY}))
    assert lock.cards[A].archive == COPY


# --- pictures -----------------------------------------------------------------------------------------------------


def test_pictures_are_kept_with_their_origin() -> None:
    said = page(A, "題", images=(Found(IMAGE.url, "twitter"),), icons=(Found(ICON.url, "host"),))
    outside = Outside(pictures={IMAGE.url: IMAGE, ICON.url: ICON})
    lock, _ = refreshed(Lock(), {A: said}, A, outside=outside)
    kept = lock.cards[A]
    assert (kept.image, kept.icon) == (IMAGE, ICON)
    assert kept.origins == {"title": "og", "image": "twitter", "icon": "host"}


def test_where_the_best_image_is_none_the_next_is_taken() -> None:
    said = page(A, "題", images=(Found("https://a.jp/no.svg", "og"), Found(IMAGE.url, "html")))
    lock, report = refreshed(Lock(), {A: said}, A, outside=Outside(pictures={IMAGE.url: IMAGE}))
    assert lock.cards[A].image == IMAGE
    assert lock.cards[A].origins["image"] == "html"
    assert report.notes == []


def test_an_image_that_is_none_is_told_and_an_icon_that_was_a_guess_is_not() -> None:
    said = page(
        A, "題", images=(Found("https://a.jp/i.svg", "og"),), icons=(Found("https://a.jp/favicon.ico", "host"),)
    )
    lock, report = refreshed(Lock(), {A: said}, A)
    assert lock.cards[A] == card(A, "題", fetched=TOMORROW)
    assert report.notes == [f"{A}: its image is not kept: https://a.jp/i.svg: this is no picture"]
    assert report.failures == []


def test_no_more_than_three_candidates_are_asked_for() -> None:
    said = page(A, "題", images=tuple(Found(f"https://a.jp/{number}.png", "og") for number in range(5)))
    outside = Outside()
    refreshed(Lock(), {A: said}, A, outside=outside)
    assert outside.asked == [A, *(f"image https://a.jp/{number}.png" for number in range(3))]


def test_an_icon_of_many_pages_is_asked_for_once() -> None:
    urls = [f"https://a.jp/{number}" for number in range(20)]
    outside = Outside(pictures={ICON.url: ICON})
    pages = {url: page(url, "題", icons=(Found(ICON.url, "html"),)) for url in urls}
    lock, _ = refreshed(Lock(), pages, *urls, outside=outside)
    assert outside.asked.count(f"icon {ICON.url}") == 1
    assert {it.icon for it in lock.cards.values()} == {ICON}


# --- many at once -------------------------------------------------------------------------------------------------


def test_the_hosts_take_turns() -> None:
    urls = (A, "https://www.a.jp/2", "https://a.jp/3", B, "https://b.jp/2", C)
    begun: list[str] = []
    one_at_a_time = threading.Lock()

    def fetch(url: str) -> Extraction:
        with one_at_a_time:
            begun.append(url)
        return page(url, "題")

    _, report = refresh(Lock(), Plan(cards=urls), replace(Outside().fetchers, card=fetch))
    in_turn = [A, B, C, "https://www.a.jp/2", "https://b.jp/2", "https://a.jp/3"]
    assert [line.split(": ")[0] for line in report.changes] == in_turn
    assert sorted(begun) == sorted(urls)


def test_a_slow_card_holds_up_no_other() -> None:
    others_are_done = threading.Event()
    waiting = {B, C}

    def fetch(url: str) -> Extraction:
        if url == A and not others_are_done.wait(timeout=PATIENCE):
            raise FetchError("the others waited")
        waiting.discard(url)
        if not waiting:
            others_are_done.set()
        return page(url, "題")

    _, report = refresh(Lock(), Plan(cards=(A, B, C)), replace(Outside().fetchers, card=fetch))
    assert report.failures == []


def test_every_answer_and_every_failure_ticks_once() -> None:
    ticks: list[str] = []
    outside = Outside(keps(BETA), pages={A: page(A, "題")})
    refresh(Lock(), Plan(keps=(127,), cards=(A, B)), outside.fetchers, ticks.append)
    assert ticks[0] == "KEPs"
    assert sorted(ticks[1:]) == [A, B]


def test_a_mistake_of_ours_in_a_picture_reaches_all_that_wait_for_it() -> None:
    def picture(url: str, kind: PictureKind) -> CardPicture:
        raise ZeroDivisionError

    said = {url: page(url, "題", icons=(Found(ICON.url, "html"),)) for url in (A, B)}
    with pytest.raises(ZeroDivisionError):
        refresh(Lock(), Plan(cards=(A, B)), replace(Outside(pages=said).fetchers, picture=picture))
