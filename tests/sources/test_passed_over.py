"""Candidates for a page's texts that were not taken, and why each was not."""

from __future__ import annotations

from neco_weekly.model.extraction import PassedOver
from neco_weekly.sources.pages.passed_over import MOST_PASSED_OVER

from .webpages import page

PAGES = {
    "a later place": (
        "<title>題 - 別の題</title><meta property=og:title content=題名>",
        [("title", "題 - 別の題", "html", "later")],
    ),
    "a wrongly decoded title": (
        "<title>題</title><meta property=og:title content='\ufffd題'>",
        [("title", "\ufffd題", "og", "undecodable")],
    ),
    "what says nothing": (
        "<title>題</title><meta property=og:description content='{{ desc }}'><meta name=description content=猫の話>",
        [("description", "{{ desc }}", "og", "nothing")],
    ),
    "a description that repeats the title": (
        "<title>題</title><meta property=og:description content=題><meta name=description content=猫の話>",
        [("description", "題", "og", "repeats-title")],
    ),
    "what GitHub says to programs": (
        '<title>題</title><meta property=og:description content="You can\'t perform that action at this time.">',
        [("description", "You can't perform that action at this time.", "og", "junk")],
    ),
    "an address in place of a site's name": (
        "<title>題</title><meta property=og:site_name content=https://a.jp/><meta name=application-name content=猫>",
        [("site", "https://a.jp/", "og", "address")],
    ),
    "a title that is the site's name": (
        "<title>猫の部屋</title><meta property=og:title content=題><meta property=og:site_name content=猫の部屋>",
        [("title", "猫の部屋", "html", "site-name")],
    ),
    "the site's name that was taken as the title": (
        "<title>猫の部屋</title><meta property=og:site_name content=猫の部屋>",
        [],
    ),
    "the title with its site's name is what was taken": (
        "<title>題 | 猫の部屋</title><meta property=og:site_name content=猫の部屋>",
        [],
    ),
    "what says the same is told once": (
        "<title>別</title><meta property=og:title content=題><meta name=twitter:title content=別>",
        [("title", "別", "twitter", "later")],
    ),
}


def test_each_candidate_says_why_it_was_passed_over() -> None:
    told = {
        name: [(it.field, it.value, it.origin, it.reason) for it in page(html).passed_over]
        for name, (html, _) in PAGES.items()
    }
    assert {name: (told[name], wanted) for name, (_, wanted) in PAGES.items() if told[name] != wanted} == {}


def test_no_more_are_told_than_a_person_reads() -> None:
    many = "".join(f"<meta property=og:description content='説明{number}{'長' * 300}'>" for number in range(500))
    found = page(f"<title>題</title><meta property=og:description content=短い説明>{many}").passed_over
    assert len(found) == MOST_PASSED_OVER
    assert {len(it.value) for it in found} == {120}


def test_a_candidate_is_written_and_read_again() -> None:
    for it in (
        PassedOver(field="title", value="題", origin="og", reason="later"),
        PassedOver(field="image", value="https://a.jp/a.png", origin="og", reason="not-kept", detail="too small"),
    ):
        assert PassedOver.from_dict(it.to_dict()) == it
    assert "detail" not in page("<title>題</title><title>別</title>").to_dict()
