"""Issues and their mentions, looked at from every side."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from neco_weekly.grammar.front_matter import Parts
from neco_weekly.issues.index import Index, build_index, make_issue
from neco_weekly.lock.store import Lock
from neco_weekly.model.cards import CardText
from neco_weekly.model.issues import CardMention, Diagnostic, Heading, Issue, Mention, PullMention, ScanResult

from tests.lock_fixture import LOCK


def issue(
    date: str | None = None,
    *,
    name: str | None = None,
    number: int | None = None,
    keps: tuple[int, ...] = (),
    cards: tuple[str, ...] = (),
) -> Issue:
    return Issue(
        path=f"issues/{name or date}.md",
        title=f"Weekly {name or date}",
        date=dt.date.fromisoformat(date) if date else None,
        number=number,
        mentions=tuple(Mention(kep=kep, written=f"KEP-{kep}", line=line) for line, kep in enumerate(keps, start=1)),
        cards=tuple(CardMention(url=url, text=CardText()) for url in cards),
    )


def names(index: Index) -> list[str]:
    return [found.path.removeprefix("issues/").removesuffix(".md") for found in index.issues]


# --- one issue ----------------------------------------------------------------------------------------------------

FINDINGS = ScanResult(
    title="題",
    mentions=(Mention(kep=127, written="KEP-127", heading=Heading(text="題", anchor="a"), line=3),),
    cards=(CardMention(url="https://example.com/", text=CardText(title="t"), line=5),),
    images=(("a.png", 7),),
    diagnostics=(Diagnostic(code="bad-card", written="w", detail="d", line=9),),
)


def test_lines_of_the_body_become_lines_of_the_file() -> None:
    made = make_issue("issues/2022-08-26.md", Parts(body="…", body_line=6), FINDINGS)
    assert [made.mentions[0].line, made.cards[0].line, made.diagnostics[0].line] == [8, 10, 14]
    assert made.images == (("a.png", 12),)
    assert made.mentions[0] == replace(FINDINGS.mentions[0], line=8)


def test_a_mention_of_an_alias_is_one_of_the_kep_it_stands_for() -> None:
    made = make_issue("issues/2022-08-26.md", Parts(body="…"), FINDINGS)
    (decided,) = build_index([made]).decided(Lock(aliases={127: 4800, 1: 2})).issues
    assert decided.mentions == (replace(FINDINGS.mentions[0], kep=4800),)
    assert decided.keps == (4800,)


def test_what_is_decided_once_stays_so() -> None:
    made = replace(make_issue("issues/a.md", Parts(body="…"), FINDINGS), pulls=(PullMention(pull=1, written="x"),))
    lock = Lock(pulls={1: (2, 3)})
    (decided,) = build_index([made]).decided(lock).issues
    assert (decided.mentions, decided.pulls) == (made.mentions, ())
    assert build_index([decided]).decided(lock).issues == (decided,)


def test_the_issue_s_words_about_itself() -> None:
    parts = Parts(meta={"title": "題名 2022-08-26", "number": 5, "description": "何の\n話か"}, body="第6回")
    made = make_issue("issues/a.md", parts, ScanResult(title="題名 2022-08-26"))
    assert (made.title, made.date, made.number) == ("題名 2022-08-26", dt.date(2022, 8, 26), 5)
    assert (made.own_number, made.description) == (5, "何の 話か")


@pytest.mark.parametrize(
    ("meta", "found", "title"),
    [
        ({"title": "a"}, "", "a"),
        ({}, "b", "b"),
        ({"title": ""}, "b", "b"),
        ({"title": 5}, "", "5"),
        ({}, "", "a"),
        ({"title": "a\n b\x02\ud83dc"}, "", "a bc"),
        ({"title": ["a"]}, "", "a"),
        ({}, "a\n b\x02", "a b"),
    ],
)
def test_the_title_is_what_is_drawn_else_that_of_front_matter_else_the_file_s_name(
    meta: dict[str, object], found: str, title: str
) -> None:
    assert make_issue("issues/a.md", Parts(meta=meta, body=""), ScanResult(title=found)).title == title


def test_a_flaw_of_the_file_comes_first_on_its_own_line() -> None:
    parts = Parts(body="", body_line=4, flaw="swallowed-first-line", flaw_line=2, flaw_detail="why")
    assert make_issue("issues/a.md", parts, FINDINGS).diagnostics == (
        Diagnostic(code="swallowed-first-line", written="", detail="why", line=2),
        Diagnostic(code="bad-card", written="w", detail="d", line=12),
    )


def test_the_keps_of_an_issue_in_the_order_of_the_text() -> None:
    assert issue("2022-08-26", keps=(5, 127, 5, 3)).keps == (5, 127, 3)


# --- all issues ---------------------------------------------------------------------------------------------------


def test_newest_first_and_those_without_a_date_last() -> None:
    index = build_index(
        [issue(None, name="b"), issue("2022-08-26"), issue(None, name="a"), issue("2023-01-01"), issue("2022-09-02")]
    )
    assert names(index) == ["2023-01-01", "2022-09-02", "2022-08-26", "a", "b"]


def test_the_order_of_one_day_is_that_of_the_paths_whatever_was_read_first() -> None:
    one, two = issue("2022-08-26", name="x"), issue("2022-08-26", name="y")
    assert names(build_index([one, two])) == names(build_index([two, one])) == ["y", "x"]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        pytest.param([None, None, None], [1, 2, 3], id="none"),
        pytest.param([5, None, None], [5, 6, 7], id="first"),
        pytest.param([None, 5, None], [1, 5, 6], id="middle"),
        pytest.param([None, None, 9], [1, 2, 9], id="last"),
        pytest.param([0, None], [0, 1], id="zero"),
        pytest.param([7, 3, None], [7, 3, 4], id="downwards"),
    ],
)
def test_an_issue_without_a_number_is_one_after_the_issue_before_it(
    numbers: list[int | None], expected: list[int]
) -> None:
    issues = [issue(f"2022-08-{day:02}", number=number) for day, number in enumerate(numbers, start=1)]
    index = build_index(reversed(issues))
    assert [found.number for found in reversed(index.issues)] == expected


def test_an_issue_without_a_date_gets_no_number() -> None:
    index = build_index([issue(None, name="a"), issue(None, name="b", number=3), issue("2022-08-26")])
    assert [found.number for found in index.issues] == [1, None, 3]


def test_by_kep() -> None:
    old, new = issue("2022-08-26", keps=(127, 5, 127)), issue("2022-09-02", keps=(127,))
    index = build_index([old, new])
    assert list(index.by_kep) == [5, 127]
    assert [(found.path, [mention.line for mention in mentions]) for found, mentions in index.by_kep[127]] == [
        ("issues/2022-09-02.md", [1]),
        ("issues/2022-08-26.md", [1, 3]),
    ]


def test_the_lock_decides_which_candidates_are_mentions() -> None:
    read = issue("2022-08-26", keps=(9999, 127, 128, 1234))
    doubtful = tuple(replace(mention, candidate=mention.kep != 9999) for mention in read.mentions)
    index = build_index([replace(read, mentions=doubtful)])
    assert list(index.by_kep) == [127, 128, 1234, 9999]  # all of these are asked for
    assert list(index.decided(LOCK).by_kep) == [127, 128, 9999]
    assert [it.keps for it in index.decided(LOCK).issues] == [(9999, 127, 128)]
    assert [it.keps for it in index.decided(Lock()).issues] == [(9999,)]


def test_by_card() -> None:
    a, b, other = "https://a.jp/", "https://b.jp/", "HTTPS://A.jp"
    old, new = issue("2022-08-26", cards=(a, b, a)), issue("2022-09-02", cards=(b, other))
    index = build_index([old, new])
    assert list(index.by_card) == [b, a]
    assert [(found.path, [card.url for card in cards]) for found, cards in index.by_card[a]] == [
        ("issues/2022-09-02.md", [other]),
        ("issues/2022-08-26.md", [a, a]),
    ]


def test_each_card_once_with_those_of_the_newest_issues_first() -> None:
    a, b, c = "https://a.jp/", "https://b.jp/", "https://c.jp/"
    index = build_index([issue("2022-08-26", cards=(a, b)), issue("2022-09-02", cards=(c, b, c))])
    assert index.card_urls == (c, b, a)


def test_one_page_under_two_addresses_is_one_card() -> None:
    index = build_index([issue("2022-08-26", cards=("https://A.jp", "https://a.jp:443/", "https://a.jp/#x"))])
    assert index.card_urls == ("https://A.jp", "https://a.jp/#x")


def test_no_issues() -> None:
    index = build_index([])
    assert (index.issues, dict(index.by_kep), index.card_urls) == ((), {}, ())
