"""The banner of an archived repository's page: the only place that names the day, and words that anybody may write."""

from __future__ import annotations

import datetime as dt

import pytest
from neco_weekly.model.github import GitHubFacts
from neco_weekly.sources.pages.read import read_page

from .webpages import Web

BOX, API = "https://github.com/neko/box", "https://api.github.com/repos/neko/box"
PAGE = "<title>neko/box</title><div>This repository was archived by the owner on {}. It is now read-only.</div>"
DAY = dt.date(2023, 11, 9)


def facts(page: str, *, url: str = BOX, archived: bool | None = None) -> GitHubFacts | None:
    api = {} if archived is None else {API: {"private": False, "archived": archived}}
    return read_page(url, Web({url: page, **api}).get, token=None if archived is None else "secret").github


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Nov 9, 2023", DAY),
        ("Feb 30, 2023", None),
        ("Foo 9, 2023", None),
        ("9 November 2023", None),
        ("Nov 9, 0000", None),
    ],
)
def test_the_day_on_which_a_repository_was_archived(written: str, day: dt.date | None) -> None:
    assert facts(PAGE.format(written)) == (GitHubFacts(kind="repository", archived=day) if day else None)


def test_the_api_is_believed_that_it_is_archived_and_the_page_since_when() -> None:
    found = facts(PAGE.format("Nov 9, 2023"), archived=True)
    assert found
    assert (found.archived, found.seen_archived) == (DAY, None)
    assert facts(PAGE.format("Nov 9, 2023"), archived=False) == GitHubFacts(kind="repository")


@pytest.mark.parametrize("url", [f"{BOX}/issues/1", f"{BOX}/blob/main/README.md", "https://box.example/neko/box"])
def test_the_words_elsewhere_say_nothing(url: str) -> None:
    assert facts(PAGE.format("Nov 9, 2023"), url=url) is None
