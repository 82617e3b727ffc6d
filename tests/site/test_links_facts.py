"""The page of all links: what a link leads to, what became of a thing of GitHub, and what people do not want shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from neco_weekly.display.words import load_strings
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.store import Lock
from neco_weekly.model.cards import Card, CardPicture, CardRule, CardText, Event, LinkedFile
from neco_weekly.model.github import GitHubFacts
from neco_weekly.model.issues import CardMention
from neco_weekly.model.releases import load_releases
from neco_weekly.site.pages.links import published_links

from tests.lock_fixture import HOSTILE
from tests.site.test_links_page import A, issue, one, site, words

DAY = dt.date(2026, 3, 2)
EVENT = Event(start="2026-12-05T19:00:00+09:00", end="2026-12-05T21:30:00+09:00", place="渋谷")
ICON = CardPicture(url="https://a.example/i.png", file="0123456789abcdef0123.png", width=32, height=32)


@pytest.mark.parametrize(
    ("known", "line"),
    [
        ({"file": LinkedFile(kind="pdf", size=99_999, pages=42, author="猫")}, "a.example · PDF · 42 ページ"),
        ({"file": LinkedFile(kind="txt", size=12)}, "a.example · テキスト"),
        ({"event": EVENT}, "a.example · 2026-12-05 開催"),
        ({"event": replace(EVENT, end="2026-12-06")}, "a.example · 2026-12-05 – 2026-12-06 開催"),
        ({"event": Event(start="2026-12-05T16:00:00Z")}, "a.example · 2026-12-06 開催"),
        ({"github": GitHubFacts(kind="pull", created=DAY, merged=DAY)}, "a.example · merged (2026-03-02)"),
        ({"github": GitHubFacts(kind="issue", created=DAY, milestone="v1.37")}, "a.example · open, v1.37"),
        ({"github": GitHubFacts(kind="repository", created=DAY)}, "a.example"),
        ({"published": "2026-08-01", "event": EVENT}, "a.example · 2026-08-01 公開 · 2026-12-05 開催"),
    ],
)
def test_what_a_link_leads_to(known: dict[str, Any], line: str) -> None:
    assert words(one(Card(url=A, title="題", **known)).select("p")[1]) == line


def test_it_says_so_in_the_site_s_language() -> None:
    known = Card(url=A, title="T", file=LinkedFile(kind="txt", pages=1), event=EVENT)
    assert words(one(known, locale="en").select("p")[1]) == "a.example · event: 2026-12-05 · text · 1 page"


def test_what_github_says_is_text() -> None:
    row = one(Card(url=A, title="題", github=GitHubFacts(kind="issue", created=DAY, milestone=HOSTILE)))
    assert HOSTILE in row.get_text()
    assert row.select("script, img, b") == []


def line(card: CardText, *older: CardText, rule: CardRule | None = None) -> tuple[str | None, Any, Any]:
    """Site, icon and day of the row of a page that has all of them."""
    page = Card(url=A, title="題", site="ねこ", icon=ICON, published="2026-08-01")
    lock = Lock(cards={A: page}, card_rules={"a.example": rule} if rule else {})
    texts = zip(("2026-07-10", "2026-07-03", "2026-06-26"), (card, *older), strict=False)
    found = site(*(issue(day, CardMention(url=A, text=text)) for day, text in texts))
    (link,) = published_links(found.index, KepsAsOf(lock, load_releases()).lock, load_strings("ja")).links
    return link.site, link.icon, link.published


def test_what_the_newest_author_hides_is_not_shown() -> None:
    plain, hides = CardText(), CardText(hidden=("site",))
    assert line(plain) == ("ねこ", ICON, dt.date(2026, 8, 1))
    assert line(hides) == line(plain, hides) == (None, None, dt.date(2026, 8, 1))
    assert line(CardText(title="題"), hides) == line(plain)
    assert line(CardText(hidden=("date", "description"))) == ("ねこ", ICON, None)


def test_nor_what_people_hide_of_its_host() -> None:
    assert line(CardText(title="題"), rule=CardRule(hidden=("site", "date"))) == (None, None, None)
