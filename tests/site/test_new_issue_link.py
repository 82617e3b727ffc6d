"""The link that begins the next issue in GitHub's editor: where it leads, and what it may hold."""

from __future__ import annotations

import datetime as dt
import itertools
from urllib.parse import parse_qs, urlsplit

import pytest
from neco_weekly.display.words import load_strings
from neco_weekly.site.new_issue_link import LONGEST, NewIssueLink

EDITED = "issues/2026/07/2026-07-10.md"
EDIT = f"https://github.com/team/site/edit/trunk/docs/{EDITED}"
DAYS = [dt.date(2026, 7, 3), dt.date(2026, 7, 10)]
NEXT = "issues/2026/07/2026-07-17.md"
TEXT = "# Neco Weekly (2026-07-17号)\n\n## 今週\n"


def link_to(
    edit_url: str = EDIT, *, edited: str = EDITED, path: str = NEXT, text: str = TEXT, number: int | None = None
) -> NewIssueLink | None:
    return NewIssueLink.of(edit_url, edited, path, text, number=number, days=DAYS)


def link(**changes: str) -> NewIssueLink:
    found = link_to(**changes)  # type: ignore[arg-type]
    assert found
    return found


def asked(address: str) -> tuple[str, dict[str, list[str]]]:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}{parts.path}", parse_qs(parts.query, strict_parsing=True)


def test_path_and_text_are_of_the_next_day_in_the_rhythm() -> None:
    expected = {"filename": [NEXT], "value": [TEXT]}
    found = link()
    assert asked(found.address(found.days[0])) == ("https://github.com/team/site/new/trunk/docs", expected)


def test_any_later_day_has_its_own_path_and_text() -> None:
    _, told = asked(link().address(dt.date(2027, 1, 8)))
    assert told == {"filename": ["issues/2027/01/2027-01-08.md"], "value": [TEXT.replace("2026-07-17", "2027-01-08")]}


def test_the_days_are_more_than_a_year_in_the_rhythm() -> None:
    days = link().days
    assert {(b - a).days for a, b in itertools.pairwise(days)} == {7}
    assert (days[0], days[-1] > dt.date(2027, 7, 17)) == (dt.date(2026, 7, 17), True)


@pytest.mark.parametrize(
    "edit_url",
    [
        "https://gitlab.com/team/site/-/edit/trunk/docs/" + EDITED,
        "https://github.com/team/site/blob/trunk/docs/" + EDITED,
        "https://github.com/team/site/edit/trunk/docs/other.md",
        "https://github.com/team/site/edit/trunk/docs/x" + EDITED,
        "javascript:alert(1)/a/edit/b/" + EDITED,
        "",
    ],
)
def test_an_address_of_another_kind_has_no_link(edit_url: str) -> None:
    assert link_to(edit_url) is None


@pytest.mark.parametrize(
    ("edit_url", "base"),
    [
        (
            "https://github.com/team/site/edit/a/branch/sub/docs/" + EDITED,
            "https://github.com/team/site/new/a/branch/sub/docs",
        ),
        ("https://git.example.org/team/site/edit/trunk/" + EDITED, "https://git.example.org/team/site/new/trunk"),
    ],
    ids=["a branch with a folder", "another server, docs at the top"],
)
def test_branch_and_folder_are_those_of_the_edit_link(edit_url: str, base: str) -> None:
    assert link(edit_url=edit_url).base == base


def test_a_text_that_does_not_fit_is_left_out_and_the_path_stays() -> None:
    found = link(text="猫" * (LONGEST // 9 + 1))
    assert asked(found.address(found.days[0]))[1] == {"filename": [NEXT]}
    fits = link(text="猫" * (LONGEST // 9 - 20))
    assert LONGEST - 200 < len(fits.address(fits.days[0])) <= LONGEST


def test_nothing_in_a_text_is_markup() -> None:
    html = link(text="\"'><script>&amp;{{ x }}\n").html(load_strings("ja"))
    assert "<script" not in html
    assert html.count("<") == 4
