"""Copies of pages near the days of their issues: which links are named to the archive, and when it is left alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from neco_weekly.issues.index import build_index
from neco_weekly.lock.store import Lock
from neco_weekly.model.cards import Card, CardText
from neco_weekly.model.errors import FetchError
from neco_weekly.model.issues import CardMention, Issue
from neco_weekly.refresh import Archivist, Report, cited_links, keep_copies
from neco_weekly.refresh.archiving import MOST_QUESTIONS, MOST_REQUESTS, Cited

from tests.refresh.test_cards import failed
from tests.refresh.test_refresh import A, B, C

TODAY = dt.date(2026, 8, 28)
NEW, OLD = dt.date(2026, 8, 21), dt.date(2022, 8, 26)
BUSY = FetchError("answered 429 Too Many Requests", status=429)


def copy_of(url: str, day: dt.date) -> str:
    return f"https://web.archive.org/web/{day:%Y%m%d}120000/{url}"


class Archive:
    """An archive with copies by address; `asked` is what it was asked."""

    def __init__(self, copies: Mapping[str, str | FetchError] = {}, kept: str | FetchError | None = None) -> None:
        self.copies, self.kept = copies, kept
        self.asked: list[str] = []

    def archivist(self, may_name: Callable[[str], bool] = lambda _: True) -> Archivist:
        return Archivist(may_name=may_name, near=self._near, keep=self._keep)

    def _near(self, url: str, day: dt.date) -> str | None:
        self.asked.append(f"near {url}")
        return self._answer(self.copies.get(url))

    def _keep(self, url: str) -> str | None:
        self.asked.append(f"keep {url}")
        return self._answer(self.kept)

    @staticmethod
    def _answer(answer: str | FetchError | None) -> str | None:
        if isinstance(answer, FetchError):
            raise answer
        return answer


def known(*urls: str, **fields: object) -> Lock:
    return Lock(cards={url: Card(url=url, **{"title": "題", **fields}) for url in urls})  # type: ignore[arg-type]


def archived(
    archive: Archive, *links: Cited, lock: Lock | None = None, may_name: Callable[[str], bool] = lambda _: True
) -> tuple[list[str | None], Report]:
    report, before = Report(), lock or known(*(link.url for link in links))
    after = keep_copies(before, links, archive.archivist(may_name), report, TODAY)
    assert after.cards.keys() == before.cards.keys()
    return [after.cards[link.url].archive for link in links], report


@pytest.mark.parametrize(
    ("day", "found", "kept", "expected", "is_asked_to_keep"),
    [
        pytest.param(NEW, NEW, None, NEW, False, id="a copy near the day of a new link"),
        pytest.param(NEW, OLD, TODAY, TODAY, True, id="an old copy of a new link"),
        pytest.param(NEW, None, TODAY, TODAY, True, id="no copy of a new link"),
        pytest.param(NEW, OLD, None, None, True, id="a copy of a new link is being made"),
        pytest.param(OLD, NEW, TODAY, NEW, False, id="a copy of an old link, however near"),
        pytest.param(OLD, None, TODAY, None, False, id="no copy of an old link"),
    ],
)
def test_what_is_asked_and_kept(
    day: dt.date, found: dt.date | None, kept: dt.date | None, expected: dt.date | None, is_asked_to_keep: bool
) -> None:
    archive = Archive({A: copy_of(A, found)} if found else {}, copy_of(A, kept) if kept else None)
    copies, report = archived(archive, Cited(A, day))
    assert copies == [copy_of(A, expected) if expected else None]
    assert archive.asked == [f"near {A}", *([f"keep {A}"] if is_asked_to_keep else [])]
    assert report.changes == ([f"{A}: archived at {copies[0]}"] if expected else [])
    assert bool(report.notes) is (is_asked_to_keep and kept is None)


@pytest.mark.parametrize(
    "lock",
    [
        pytest.param(Lock(), id="that was never read"),
        pytest.param(known(A, title=None), id="without a title"),
        pytest.param(known(A, failures=failed()), id="that failed"),
        pytest.param(known(A, archive=copy_of(A, OLD)), id="with a copy"),
    ],
)
def test_a_page_is_left_alone(lock: Lock) -> None:
    archive, report = Archive({A: copy_of(A, NEW)}), Report()
    assert keep_copies(lock, [Cited(A, NEW)], archive.archivist(), report, TODAY) is lock
    assert (archive.asked, report) == ([], Report())


def test_what_may_not_be_named_is_not_named() -> None:
    archive = Archive(kept=copy_of(B, TODAY))
    copies, report = archived(archive, Cited(A, NEW), Cited(B, NEW), may_name=lambda url: url == B)
    assert copies == [None, copy_of(B, TODAY)]
    assert A not in str(archive.asked) + str(report)


def test_an_archive_that_is_busy_is_left_alone() -> None:
    archive = Archive(kept=BUSY)
    copies, report = archived(archive, Cited(A, NEW), Cited(B, NEW), Cited(C, OLD))
    assert copies == [None, None, None]
    assert archive.asked == [f"near {A}", f"keep {A}"]
    assert report.notes == [
        f"{A}: is not archived: answered 429 Too Many Requests",
        "the archive is not asked any more in this refresh; the next one goes on",
    ]
    assert report.failures == []


def test_an_archive_that_fails_again_and_again_is_left_alone() -> None:
    urls = [f"https://a.jp/{n}" for n in range(9)]
    archive = Archive(dict.fromkeys(urls, FetchError("answered 503", status=503)))
    archived(archive, *(Cited(url, OLD) for url in urls))
    assert len(archive.asked) == 3


def test_questions_and_requests_are_bounded() -> None:
    urls = [f"https://a.jp/{n}" for n in range(MOST_QUESTIONS + 10)]
    archive = Archive(kept=copy_of(A, TODAY))
    copies, report = archived(archive, *(Cited(url, NEW) for url in urls))
    asked = [it.partition(" ")[0] for it in archive.asked]
    assert (asked.count("near"), asked.count("keep")) == (MOST_QUESTIONS, MOST_REQUESTS)
    assert report.notes == [f"the archive was asked to keep {MOST_REQUESTS} pages; the next refresh asks for more"]
    assert len([it for it in copies if it]) == MOST_REQUESTS


def test_nobody_is_asked_to_keep_anything_where_that_is_not_wanted() -> None:
    archive = Archive()
    only_looking = replace(archive.archivist(), keep=None)
    keep_copies(known(A), [Cited(A, NEW)], only_looking, Report(), TODAY)
    assert archive.asked == [f"near {A}"]


def test_links_are_those_of_dated_issues_the_newest_first() -> None:
    def issue(path: str, day: dt.date | None, *urls: str) -> Issue:
        cards = tuple(CardMention(url=url, text=CardText()) for url in urls)
        return Issue(path=path, title="", date=day, number=None, mentions=(), cards=cards)

    index = build_index(
        [
            issue("a.md", OLD, A, B, "https://weekly.example/issues/1/"),
            issue("b.md", NEW, A, C),
            issue("c.md", None, "https://a.jp/undated"),
        ]
    )
    own = "https://weekly.example"
    found = cited_links(index, own=own)
    assert {it.url for it in found} == {A, B, C}
    assert [it.day for it in found] == [NEW, OLD, OLD]
    assert [it.url for it in cited_links(index, own=own, only=[B])] == [B]
