"""What a KEP's page says that it follows from is all that it follows from: pages are kept by that between builds."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from neco_weekly.display.words import load_strings
from neco_weekly.grammar.front_matter import take_apart
from neco_weekly.grammar.issue_files import IssueFile
from neco_weekly.issues.index import build_index, make_issue
from neco_weekly.issues.issue_digest import issue_digest
from neco_weekly.issues.scan import Scanner
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.store import Lock, load_lock
from neco_weekly.model.issues import Issue
from neco_weekly.model.releases import load_releases
from neco_weekly.site.pages import Site, kep

from tests.lock_fixture import LOCK

REAL = load_lock(Path(__file__).parents[2] / "docs/_metadata")
"""The lock of our own site, whose KEPs refer to each other."""

LOCKS = {
    "small": (LOCK, sorted(LOCK.numbers)),
    "small, others are not known": (replace(LOCK, others={}), sorted(LOCK.numbers)),
    "real": (REAL, [3488, 2579, 3962, 1441, 277, 4381]),
    "real, others are not known": (replace(REAL, others={}), [3488, 3962, 277, 1287, 2400]),
}
"""Locks, with numbers of KEPs that issues name."""

BODIES = [
    "# 別の題\n\nKEP-{2} だけ。\n",
    "---\nnumber: 40\n---\n# 番号のある号\n\n## 節\n\nKEP-{2} と KEP-{2}。\n\n## 次の節\n\nKEP-{1}\n",
    "# 参照のない号\n\n話\n",
]


def issues_about(numbers: Sequence[int]) -> list[Issue]:
    """Issues that name these KEPs, each with another one."""
    texts = [f"# 号\n\n## KEP-{one} の話\n\n段落で KEP-{it} も。\n" for one, it in itertools.pairwise(numbers)]
    return list(_issues(Scanner(), [*texts, *(it.format(*numbers) for it in BODIES)]))


def _issues(scanner: Scanner, texts: Sequence[str]) -> Iterator[Issue]:
    for week, text in enumerate(texts):
        path, parts = f"issues/2026/06/2026-06-{week + 1:02}.md", take_apart(text)
        yield make_issue(path, parts, scanner.scan(parts.body, IssueFile(path=path, meta=parts.meta)))


def sites(issues: Sequence[Issue], lock: Lock) -> Iterator[Site]:
    """Sites with all issues, without some, with one of another day, number, title, or with one that is a draft."""
    keps, words = KepsAsOf(lock, load_releases()), load_strings("ja")
    for place, issue in enumerate(issues):
        rest, day = [*issues[:place], *issues[place + 1 :]], issue.date
        for changed in (
            issues,
            rest,
            rest[::2],
            issues[: place + 1],
            [*rest, replace(issue, title="また別の題")],
            [*rest, replace(issue, number=place + 70)],
            [*rest, replace(issue, date=day and day.replace(year=2020))],
            [*rest, replace(issue, mentions=issue.mentions[:1])],
            [replace(it, date=None) for it in rest],
        ):
            for design in (False, True):
                yield Site(build_index(changed), keps, words, has_feeds=True, name="Neco", design=design)
        yield Site(build_index(rest, drafts=[issue]), keps, words, has_feeds=True, name="Neco")


@pytest.mark.parametrize("name", LOCKS)
def test_what_says_the_same_is_drawn_alike(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kep, "RELATED", 0 if name == "real" else 1)  # as where there are more relations than are shown
    lock, numbers = LOCKS[name]
    drawn, many = defaultdict[object, set[str]](set), 0
    for site in sites(issues_about(numbers), lock):
        for page in map(site.kep_page, site.kep_numbers):
            assert page.follows_from
            known = page.path, site.design, repr([*page.follows_from(issue_digest), *page.quoted()])
            drawn[known].add(page.draw())
            many += 1
    assert [known for known, bodies in drawn.items() if len(bodies) > 1] == []
    assert 2 * len(drawn) < many  # most pages are as on other sites


@pytest.mark.parametrize(
    ("lock", "stays"), [(REAL, True), (replace(REAL, others={}), False)], ids=["every KEP is known", "others are not"]
)
def test_an_issue_about_other_keps_is_no_reason_to_draw_a_page_again(lock: Lock, stays: bool) -> None:
    """Unless what is known of releases is what is known of the KEPs that have a page."""
    issues = issues_about([3488, 24, 277])
    before, after = (next(sites(it, lock)) for it in (issues[:1], issues[:2]))
    assert [_said(before, 3488) == _said(after, 3488), _said(before, 24) == _said(after, 24)] == [stays, False]


def _said(site: Site, number: int) -> str:
    follows_from = site.kep_page(number).follows_from
    assert follows_from
    return repr(list(follows_from(issue_digest)))
