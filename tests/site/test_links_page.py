"""The page of all links: what it lists, in which order, and what it says of each."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup, Tag
from markdown import Markdown
from mkdocs.utils.meta import get_data
from neco_weekly.display.words import load_strings
from neco_weekly.extension.python_markdown import NecoWeeklyExtension
from neco_weekly.grammar.urls import normal_url
from neco_weekly.issues.index import build_index
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.store import Lock
from neco_weekly.model.cards import Card, CardPicture, CardText, Failures
from neco_weekly.model.issues import CardMention, Heading, Issue
from neco_weekly.model.releases import load_releases
from neco_weekly.site.pages import Site
from neco_weekly.site.pages.links import TOP_SITES

from tests.lengthy import draft_of_links
from tests.lock_fixture import HOSTILE, as_of_today
from tests.sites import Built, issue_page, links, new_folder

A, B, C = "https://a.example/1", "https://b.example/2", "https://c.example/3"
GONE = Failures(count=3, gone=3, last="404", date=dt.date(2026, 7, 1))
COPY = "https://web.archive.org/web/20220826120000/https://a.example/1"
LINKS = "links/index.md"


def mention(url: str, heading: str | None = "題", *, title: str | None = None, **options: Any) -> CardMention:
    text = CardText(title=title, **{key: options.pop(key) for key in ("origin", "archive") if key in options})
    under = Heading(text=heading, anchor=heading) if heading else None
    return CardMention(url=url, text=text, heading=under, **options)


def issue(day: str | None, *cards: CardMention | str, title: str = "") -> Issue:
    return Issue(
        path=f"issues/{day}.md",
        title=title or f"Weekly {day}",
        date=dt.date.fromisoformat(day) if day else None,
        number=None,
        cards=tuple(mention(card) if isinstance(card, str) else card for card in cards),
    )


def site(*issues: Issue, cards: Iterable[Card] = (), locale: str = "ja") -> Site:
    lock = Lock(cards={normal_url(card.url): card for card in cards})
    return Site(build_index(issues), KepsAsOf(lock, load_releases()), load_strings(locale))


def page(*issues: Issue, cards: Iterable[Card] = (), locale: str = "ja") -> BeautifulSoup:
    (body,) = [each.body for each in site(*issues, cards=cards, locale=locale).pages("N") if each.path == LINKS]
    ElementTree.fromstring(f"<div>{body}</div>")  # must be well-formed
    return BeautifulSoup(body, "html.parser")


def words(element: Tag | None) -> str:
    return " ".join(element.get_text("").split()) if element else ""


def rows(html: BeautifulSoup) -> list[Tag]:
    return list(html.select(".neco-links > li"))


def one(card: Card, *, locale: str = "ja") -> Tag:
    """The row of a page of which so much is known."""
    (row,) = rows(page(issue("2026-07-10", card.url), cards=[card], locale=locale))
    return row


def titles(html: BeautifulSoup) -> list[str]:
    return [words(row.select_one("a")) for row in rows(html)]


def places(row: Tag) -> list[tuple[str, str]]:
    """Where a link stood: the words of each place, and where they lead."""
    return [(words(link), unquote(str(link["href"]))) for link in row.select("div a")]


# --- which links, and where ---------------------------------------------------------------------------------------


def test_links_stand_under_their_year_newest_first() -> None:
    html = page(
        issue("2025-12-26", C),
        issue("2026-01-02", A, B),
        issue("2026-07-10", "https://d.example/", "https://e.example/"),
    )
    found = [(words(part.h2), [str(link["href"]) for link in part.select("p > a")]) for part in html.select("section")]
    assert found == [
        ("2026年 4 件", ["https://d.example/", "https://e.example/", A, B]),
        ("2025年 1 件", [C]),
    ]
    assert [str(heading["id"]) for heading in html.select("h2")] == ["2026", "2025"]


def test_issues_without_a_date_come_last() -> None:
    html = page(issue(None, A, title="号外"), issue("2026-01-02", B))
    assert [words(heading) for heading in html.select("h2")] == ["2026年 1 件", "日付なし 1 件"]
    assert places(rows(html)[1]) == [("号外 題", "../issues/None.md#題")]


def test_a_page_of_the_web_has_one_row_with_all_its_places() -> None:
    html = page(
        issue("2024-05-10", mention("https://A.example/1", "前")),
        issue("2026-07-10", mention(A, "一"), mention("https://a.example:443/1", "二"), mention(A, "一")),
        issue("2025-09-05", mention("HTTPS://a.example/1", "間")),
    )
    (row,) = rows(html)
    assert [str(link["href"]) for link in row.select("p > a")] == [A]
    assert places(row) == [
        ("2026-07-10 第3回 一", "../issues/2026-07-10.md#一"),
        ("2026-07-10 第3回 二", "../issues/2026-07-10.md#二"),
        ("2025-09-05 第2回 間", "../issues/2025-09-05.md#間"),
        ("2024-05-10 第1回 前", "../issues/2024-05-10.md#前"),
    ]
    assert row["data-years"] == "2026 2025 2024"
    assert [words(heading) for heading in html.select("h2")] == ["2026年 1 件"]


def test_what_stands_where_many_issues_have_it_is_folded() -> None:
    often = [issue(f"2026-0{month}-02", A) for month in range(1, 7)]
    (row,) = rows(page(*often))
    assert len(places(row)) == 6
    assert words(row.summary) == "ほか 3 か所"
    assert len(row.select("details a")) == 3
    (row,) = rows(page(*often[:3]))
    assert row.details is None


@pytest.mark.parametrize(
    ("heading", "shown", "anchor"),
    [
        (Heading(text="題", anchor="dai"), "題", "#dai"),
        (Heading(text="題", anchor=""), "題", ""),
        (Heading(text="Weekly 2026-07-10", anchor="weekly"), "（冒頭）", "#weekly"),
        (None, "（冒頭）", ""),
    ],
)
def test_a_place_is_called_by_its_heading_and_leads_there(heading: Heading | None, shown: str, anchor: str) -> None:
    (row,) = rows(page(issue("2026-07-10", CardMention(url=A, text=CardText(), heading=heading))))
    assert places(row) == [(f"2026-07-10 第1回 {shown}", f"../issues/2026-07-10.md{anchor}")]


def test_a_link_that_shows_a_fetched_title_is_listed_but_no_card() -> None:
    found = site(issue("2026-07-10", mention(A, link=True), mention(B)), cards=[Card(url=A, title="題")])
    (listed,) = [each.body for each in found.pages("N") if each.path == LINKS]
    assert titles(BeautifulSoup(listed, "html.parser")) == ["題", "b.example/2"]
    (data,) = [json.loads(each.content) for each in found.data() if each.path == "api/issues.json"]
    assert data["issues"][0]["cards"] == [B]


def test_without_links_the_page_says_so() -> None:
    html = page(issue("2026-07-10"))
    assert words(html) == "リンク集紹介したページはまだありません。"
    assert html.form is None


# --- what is said of a link ---------------------------------------------------------------------------------------

PAGE = Card(url=A, title="ページの題")


@pytest.mark.parametrize(
    ("newest", "older", "card", "title"),
    [
        ("著者の題", "前の題", PAGE, "著者の題"),
        (None, "前の題", PAGE, "前の題"),
        (None, None, PAGE, "ページの題"),
        (None, None, None, "a.example/1"),
    ],
)
def test_a_title_is_the_author_s_then_the_page_s_then_the_address(
    newest: str | None, older: str | None, card: Card | None, title: str
) -> None:
    html = page(
        issue("2026-07-10", mention(A, title=newest)),
        issue("2025-07-10", mention(A, title=older)),
        cards=[card] if card else [],
    )
    assert titles(html) == [title]


@pytest.mark.parametrize(("card", "title"), [(PAGE, "ページの題"), (None, "Embedly の題")])
def test_what_embedly_captured_comes_after_what_the_page_says(card: Card | None, title: str) -> None:
    captured = mention(A, title="Embedly の題", origin="embedly")
    assert titles(page(issue("2026-07-10", captured), cards=[card] if card else [])) == [title]


def test_an_author_s_older_word_counts_more_than_what_embedly_captured_later() -> None:
    html = page(
        issue("2026-07-10", mention(A, title="Embedly の題", origin="embedly")),
        issue("2025-07-10", mention(A, title="著者の題")),
    )
    assert titles(html) == ["著者の題"]


@pytest.mark.parametrize(
    ("known", "line"),
    [
        ({}, "a.example"),
        ({"site": "ねこブログ"}, "ねこブログ · a.example"),
        ({"site": "A.example"}, "a.example"),
        ({"site": "「題」"}, "a.example"),
        ({"published": "2022-08-26T09:00:00+09:00"}, "a.example · 2022-08-26 公開"),
        ({"published": "2022-08-26"}, "a.example · 2022-08-26 公開"),
        ({"published": "last week"}, "a.example"),
        ({"published": "2022-13-01"}, "a.example"),
        ({"site": "ねこブログ", "published": "2022-08-26"}, "ねこブログ · a.example · 2022-08-26 公開"),
    ],
)
def test_the_line_of_the_site(known: dict[str, Any], line: str) -> None:
    assert words(one(Card(url=A, title="題", **known)).select("p")[1]) == line


@pytest.mark.parametrize(
    ("by_author", "language", "expected"),
    [(None, "en-US", "en-US"), (None, "ja", None), (None, None, None), (None, "<b>", None), ("Words", "en-US", None)],
)
def test_a_title_of_the_page_has_its_language(
    by_author: str | None, language: str | None, expected: str | None
) -> None:
    card = Card(url=A, title="Title", lang=language)
    (row,) = rows(page(issue("2026-07-10", mention(A, title=by_author)), cards=[card]))
    (link,) = row.select("p > a")
    assert link.get("lang") == expected


def test_the_site_s_icon_is_our_copy_and_says_nothing() -> None:
    icon = CardPicture(url="https://a.example/i.png", file="0123456789abcdef0123.png", width=32, height=32)
    (image,) = one(Card(url=A, icon=icon)).select("img")
    assert (image["src"], image["alt"], image["loading"]) == ("../assets/cards/0123456789abcdef0123.png", "", "lazy")


@pytest.mark.parametrize(
    ("failures", "dead"),
    [(GONE, True), (None, False), (Failures(count=9, gone=0, last="timeout", date=dt.date(2026, 7, 1)), False)],
)
def test_a_dead_link_is_marked_and_has_its_copy_beside_it(failures: Failures | None, dead: bool) -> None:
    row = one(Card(url=A, title="題", failures=failures, archive=COPY))
    assert words(row.p) == ("題 リンク切れ 2022-08-26 に保存されたコピー 題" if dead else "題")
    assert links(row, "p a") == ([A, COPY] if dead else [A])
    assert links(row, "a.neco-card-archive") == ([COPY] if dead else [])
    assert row.get("data-state") == ("dead" if dead else None)  # what its list says holds for others
    assert row.parent
    assert row.parent["data-state"] == "alive"


def test_a_copy_that_an_author_names_is_shown_also_while_the_page_is_there() -> None:
    (row,) = rows(page(issue("2026-07-10", A), issue("2025-07-10", mention(A, archive=COPY))))
    assert links(row, "p a") == [A, COPY]


# --- what one may look for ----------------------------------------------------------------------------------------


def choices(html: BeautifulSoup, name: str) -> list[str]:
    """The values of a filter as a reader sees them, without the one that stands for all."""
    return [words(option) for option in html.select(f"select[name={name}] option")[1:]]


def test_sites_and_years_are_counted() -> None:
    html = page(
        issue("2024-05-10", A, C, "https://www.b.example/3"),
        issue("2026-07-10", A, B, "https://B.example:8080/4"),
        issue(None, "https://z.example/"),
    )
    assert choices(html, "site") == ["a.example · 1", "b.example · 3", "c.example · 1", "z.example · 1"]
    assert choices(html, "year") == ["2026 · 3", "2024 · 3"]
    assert words(html.select_one("h1 + p")).startswith("これまでに紹介した 6 件、4 サイトの")
    assert words(html.output) == "6 件のうち 6 件"


def test_the_state_is_a_choice_where_links_are_dead() -> None:
    both = issue("2026-07-10", A, B, C)
    assert choices(page(both, cards=[Card(url=B, failures=GONE)]), "state") == [
        "リンク切れ · 1",
        "リンク切れを除く · 2",
    ]
    assert page(both).select("select[name=state]") == []


def test_the_sites_with_the_most_links_are_named() -> None:
    many = [f"https://{host}.example/{turn}" for host in "abcdefghijkl" for turn in range(ord(host) - ord("a"))]
    html = page(issue("2026-07-10", *many))
    named = [words(item) for item in html.select(".neco-picks li")]
    assert named == [f"{host}.example {ord(host) - ord('a')}" for host in "lkjihgfe"]
    assert len(named) == TOP_SITES
    assert [str(item["data-value"]) for item in html.select(".neco-picks li")] == [name.split()[0] for name in named]


def test_sites_with_one_link_are_not_named() -> None:
    assert page(issue("2026-07-10", A, B)).select(".neco-picks, .neco-picks__title") == []
    assert [words(it) for it in page(issue("2026-07-10", A, B, f"{B}#2")).select(".neco-picks li")] == ["b.example 2"]


@pytest.mark.parametrize(("locale", "told"), [("ja", "1,001 件"), ("en", "1,001 pages")])
def test_thousands_are_written_as_such(locale: str, told: str) -> None:
    html = page(issue("2026-07-10", *(f"https://a.example/{turn}" for turn in range(1001))), locale=locale)
    assert told in words(html.select_one("h1 + p"))
    assert choices(html, "site") == ["a.example · 1,001"]


def test_in_english() -> None:
    dead = Card(url=A, title="題", site="Site", published="2022-08-26", failures=GONE, archive=COPY)
    html = page(issue("2026-07-10", A), cards=[dead], locale="en")
    assert words(rows(html)[0]) == (
        "題 dead link archived copy of 2022-08-26 題 Site · a.example · published 2022-08-26 2026-07-10 No. 1 題"
    )
    assert (words(html.h1), words(html.h2)) == ("Links", "2026 1")


# --- foreign words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "foreign", [HOSTILE, "</li></ul><h1>x", "}neco-page@", "{{ 7*7 }}", "a\x00\x02b\x03"], ids=repr
)
def test_whatever_a_page_or_a_heading_says_is_text(foreign: str) -> None:
    card = Card(url=A, title=foreign, site=foreign, published=foreign)
    found = site(issue("2026-07-10", mention(A, foreign), title=foreign), cards=[card])
    (drawn,) = [each for each in found.pages("N") if each.path == LINKS]
    text, _ = get_data(drawn.content)
    for html in (
        drawn.body,
        Markdown(extensions=["toc", NecoWeeklyExtension(keps_as_of=as_of_today(Lock()))]).convert(text),
    ):
        shown = BeautifulSoup(html, "html.parser")
        assert shown.select("script, strong, em, code, h1 ~ h1, a[href^=javascript], .neco-kep") == []
        assert "49" not in words(shown)
        assert len(rows(shown)) == 1


@pytest.mark.parametrize(
    "url", ['https://a.example/?q="><b>', "https://a.example/'&amp;{{x}}", "https://a.example/%22"]
)
def test_an_address_stays_as_the_author_wrote_it(url: str) -> None:
    (row,) = rows(page(issue("2026-07-10", url)))
    assert links(row, "p a") == [url]
    assert row.b is None


# --- in a build ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = new_folder(tmp_path_factory.mktemp("site"), nav=[{"ホーム": "index.md"}, {"リンク": LINKS}])
    folder.write("docs/index.md", "# 自分のホーム\n\n[すべてのリンク](links/index.md#2026)\n")
    folder.issue(
        "2026-07-10",
        f'## 見出し\n\n{A}\n\n- @[card]({B}){{title="題"}}\n\nhttps://kep.k8s.io/127\n\n[一覧](../../../links/index.md)\n',
    )
    folder.lock(cards=[Card(url=A, title="ページの題")])
    return folder.build(strict=True)


def test_a_built_page_leads_to_headings_and_has_its_place_in_the_navigation(built: Built) -> None:
    html = built.page("links/index.html")
    assert titles(html) == ["ページの題", "題"]  # a card of a KEP is none of them
    for row in rows(html):
        (place,) = links(row, "div a")
        assert built.leads_somewhere("links/index.html", place)
        assert built.target("links/index.html", place) == issue_page("2026-07-10")
    assert [words(link) for link in html.select("#tree a")] == ["ホーム", "リンク"]
    assert [words(link) for link in html.select("#toc a")] == ["2026年 2 件"]
    assert words(html.title) == "リンク - Neco"


def test_pages_and_issues_may_link_to_the_list(built: Built) -> None:
    (link,) = links(built.page("index.html"), "article a")
    assert built.leads_somewhere("index.html", link)
    *_, link = links(built.issue("2026-07-10"), "article a")
    assert built.target(issue_page("2026-07-10"), link) == "links/index.html"


def test_a_writer_s_own_page_stays(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    folder.write("docs/links/index.md", "# 自分の一覧\n")
    folder.issue("2026-07-10", A)
    assert words(folder.build(strict=True).page("links/index.html").article) == "自分の一覧"


# --- many ---------------------------------------------------------------------------------------------------------


def test_thousands_of_links_take_little_room() -> None:
    body = draft_of_links(5000).draw()
    assert body.count("<li data-site=") == 5000
    assert len(body.encode()) < 5000 * 600
