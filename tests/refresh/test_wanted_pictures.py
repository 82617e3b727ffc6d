"""Which pictures people want of a page: none, a small one, one for a large card; and which candidates were none."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from neco_weekly.lock.store import Lock
from neco_weekly.model.cards import Card, CardPicture, CardRule
from neco_weekly.model.extraction import Extraction, Found, PassedOver
from neco_weekly.refresh import Fetchers, Plan, refresh
from neco_weekly.refresh.last_candidates import FILE, load_passed_over, save_passed_over

from tests.refresh.test_refresh import A, B, Outside

IMAGE = CardPicture(url="https://a.jp/i.png", file=f"{'a' * 20}.webp", width=480, height=252)
TITLE = PassedOver(field="title", value="別の題", origin="html", reason="later")
SVG = "https://a.jp/i.svg"
LOST = PassedOver(field="image", value=SVG, origin="og", reason="not-kept", detail=f"{SVG}: this is no picture")


def page(url: str) -> Extraction:
    images = (Found(SVG, "og"), Found(IMAGE.url, "twitter"))
    return Extraction(url=url, title=Found("題", "og"), images=images, passed_over=(TITLE,))


def outside() -> Outside:
    return Outside(pages={A: page(A), B: page(B)}, pictures={IMAGE.url: IMAGE})


def asked(lock: Lock, fetchers: Fetchers, of: Outside) -> tuple[Lock, list[str]]:
    lock, _ = refresh(lock, Plan(cards=(A, B)), fetchers)
    return lock, sorted(it for it in of.asked if isinstance(it, str) and IMAGE.url in it)


def test_a_card_that_is_to_be_large_gets_a_larger_picture() -> None:
    web = outside()
    _, pictures = asked(Lock(), replace(web.fetchers, is_large=lambda url: url == B), web)
    assert pictures == [f"image {IMAGE.url}", f"large {IMAGE.url}"]


def test_a_rule_of_the_host_makes_it_large_too() -> None:
    web = outside()
    _, pictures = asked(Lock(card_rules={"b.jp": CardRule(size="large")}), web.fetchers, web)
    assert pictures == [f"image {IMAGE.url}", f"large {IMAGE.url}"]


def test_no_picture_is_fetched_of_a_host_that_is_to_have_none_and_the_known_one_stays() -> None:
    web, known = outside(), Card(url=B, title="題", image=IMAGE, origins={"title": "og", "image": "og"})
    lock = Lock(cards={B: known}, card_rules={"b.jp": CardRule(hidden=("image",))})
    lock, _ = refresh(lock, Plan(cards=(B,)), web.fetchers)
    assert web.asked == [B]
    assert lock.cards[B].image == IMAGE


def test_what_was_passed_over_is_noted_by_card() -> None:
    web, noted = outside(), dict[str, tuple[PassedOver, ...]]()
    refresh(Lock(), Plan(cards=(A,)), replace(web.fetchers, note=noted.__setitem__))
    assert noted == {A: (TITLE, LOST)}


def test_notes_are_kept_in_the_cache_folder_and_read_again(tmp_path: Path) -> None:
    save_passed_over(tmp_path, {A: (TITLE, LOST), B: (TITLE,)})
    save_passed_over(tmp_path, {B: ()})
    assert load_passed_over(tmp_path) == {A: (TITLE, LOST)}
    save_passed_over(tmp_path / "none", {})
    assert not (tmp_path / "none").exists()
    for damaged in (
        "{",
        "[]",
        '{"a": 1}',
        '{"a": [{"x": "y"}]}',
        json.dumps({A: [{**TITLE.to_dict(), "reason": "new"}]}),
        "[" * 100_000,
    ):
        (tmp_path / FILE).write_text(damaged, encoding="utf-8")
        assert load_passed_over(tmp_path) == {}
