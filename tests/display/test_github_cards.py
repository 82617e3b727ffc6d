"""What a card of GitHub says beside its title: then and now, labels of the day, lines of code."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from bs4 import BeautifulSoup, Tag
from markdown import Markdown
from neco_weekly.extension.python_markdown import NecoWeeklyExtension
from neco_weekly.lock.store import Lock
from neco_weekly.model.cards import Card
from neco_weekly.model.github import Code, GitHubFacts, GitHubState, Moment

from tests.lock_fixture import HOSTILE, LOCK, Host, as_of_today

URL = "https://github.com/neko/box/pull/7"
DAY = dt.date(2026, 8, 7)
ISSUE = "issues/2026/08/2026-08-07.md"
MERGED = GitHubFacts(kind="pull", created=dt.date(2026, 8, 1), closed=dt.date(2026, 9, 2), merged=dt.date(2026, 9, 2))
CODE = Code(first=10, last=12, lines=("\tif a {", "", "\t\treturn"), language="Go")


def drawn(text: str = URL, *, path: str = ISSUE, locale: str = "ja", lock: Lock | None = None, **known: Any) -> Tag:
    cards = {**LOCK.cards, URL: Card(url=URL, title="題", **known)}
    ours = NecoWeeklyExtension(keps_as_of=as_of_today(lock or Lock(cards=cards)), locale=locale, pages=True)
    found = BeautifulSoup(Markdown(extensions=[Host(path), ours]).convert(text), "html.parser").select_one(".neco-card")
    assert found is not None
    return found


def line(facts: GitHubFacts, **more: Any) -> str | None:
    found = drawn(github=facts, **more).select_one(".neco-card__github")
    return found.text if found else None


OPEN = Moment(state=GitHubState.OPEN, labels=("kind/bug",), milestone="v1.36")
CLOSED = replace(MERGED, kind="issue", merged=None)
ARCHIVED = GitHubFacts(
    kind="repository", archived=dt.date(2026, 9, 2), release="v1.31", past={DAY: Moment(release="v1.31")}
)
SEVEN = Moment(state=GitHubState.OPEN, labels=tuple("abcdefg"))

LINES: list[tuple[GitHubFacts, str, str]] = [
    (MERGED, "号の時点: open → 今: merged (2026-09-02)", "then: open → now: merged (2026-09-02)"),
    (replace(MERGED, created=dt.date(2026, 8, 8)), "merged (2026-09-02)", "merged (2026-09-02)"),
    (
        replace(CLOSED, not_planned=True),
        "号の時点: open → 今: closed as not planned (2026-09-02)",
        "then: open → now: closed as not planned (2026-09-02)",
    ),
    (replace(CLOSED, closed=None), "open", "open"),
    (
        replace(CLOSED, closed=None, milestone="v1.37", past={DAY: OPEN}),
        "号の時点: open, v1.36 → 今: open, v1.37 号の時点のラベル: kind/bug",
        "then: open, v1.36 → now: open, v1.37 labels then: kind/bug",
    ),
    (
        replace(CLOSED, closed=None, past={DAY: SEVEN}),
        "open 号の時点のラベル: a, b, c, d, e, ほか 2 個",
        "open labels then: a, b, c, d, e, 2 more",
    ),
    (ARCHIVED, "号の時点: v1.31 → 今: archived (2026-09-02)", "then: v1.31 → now: archived (2026-09-02)"),
    (GitHubFacts(kind="release", prerelease=True, release="v2"), "pre-release, v2", "pre-release, v2"),
]


def test_then_and_now() -> None:
    found = [(facts, line(facts), line(facts, locale="en")) for facts, *_ in LINES]
    assert found == LINES


def test_without_anything_to_say_there_is_no_line() -> None:
    assert line(GitHubFacts(kind="repository", created=DAY)) is None


def test_a_page_without_a_day_tells_of_today() -> None:
    assert line(MERGED, path="about.md", text=f"@[card]({URL})") in (None, "merged (2026-09-02)")


def test_states_for_styles_and_scripts() -> None:
    found = drawn(github=MERGED).select_one(".neco-card__github")
    assert found is not None
    assert (found["data-github"], found["data-github-then"], found["data-search-exclude"]) == ("merged", "open", "1")


def test_a_day_that_must_not_break_is_one_for_programs() -> None:
    found = drawn(github=MERGED).select_one(".neco-card__github b time")
    assert found is not None
    assert (found.text, found["datetime"]) == ("2026-09-02", "2026-09-02")


def test_the_card_has_one_link_still() -> None:
    assert len(drawn(github=MERGED, code=CODE).select("a, button, [tabindex]")) == 1


def test_what_was_fetched_is_text() -> None:
    moment = Moment(state=GitHubState.OPEN, labels=(HOSTILE,), milestone=HOSTILE)
    box = drawn(
        github=replace(CLOSED, closed=None, milestone=HOSTILE, past={DAY: replace(moment, milestone="x")}),
        code=Code(first=1, last=1, lines=(HOSTILE,)),
    )
    assert box.select("script, strong, em") == []
    assert box.text.count(HOSTILE) == 3


def test_code_is_shown_as_it_was_less_what_every_line_begins_with() -> None:
    found = drawn(code=CODE).select_one("pre.neco-card__code code.language-go")
    assert found is not None
    assert found.text == "if a {\n\n\treturn"
    assert found.parent is not None
    assert found.parent.name != "pre"  # in which Material would put a button


def test_lines_that_are_not_shown_are_counted() -> None:
    found = drawn(code=replace(CODE, last=22), locale="en").select_one(".neco-card__code")
    assert found is not None
    assert found.text.endswith("… 10 more lines")
    few = drawn(code=CODE).select_one(".neco-card__code")
    assert few is not None
    assert few.select("small") == []


def test_a_pull_request_about_a_kep_has_both_lines() -> None:
    url = "https://github.com/kubernetes/enhancements/pull/6092"
    lock = replace(LOCK, cards={url: Card(url=url, title="題", github=MERGED)})
    lines = [it.text for it in drawn(url, lock=lock).select(".neco-card__facts")]
    assert lines[1:] == ["号の時点: open → 今: merged (2026-09-02)"]
    assert lines[0].startswith("KEP-127")
