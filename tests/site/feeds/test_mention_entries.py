"""What issues wrote of a KEP or a topic as entries: how many, with which places, and releases of a topic's project."""

from __future__ import annotations

import datetime as dt
from itertools import islice

from markupsafe import Markup
from neco_weekly.display.words import load_strings
from neco_weekly.model.issues import Heading, Issue, Mention
from neco_weekly.model.watched import Release, WatchedRepository, newest_first
from neco_weekly.site.feeds.mention_entries import NEWEST_MENTIONS, NEWEST_RELEASES, MentionEntries

from tests.lock_fixture import HOSTILE

NOW = dt.date(2026, 7, 24)


def entries() -> MentionEntries:
    return MentionEntries(load_strings("en"), lambda path: f"https://neco.test/{path}", lambda issue: issue.title)


def issue(number: int, *, date: dt.date | None = NOW) -> Issue:
    return Issue(path=f"{number}/", title=f"Issue {number}", date=date, number=number)


def mention(heading: str, paragraph: str) -> Mention:
    return Mention(kep=1, written="x", heading=Heading(text=heading, anchor=heading), paragraph=paragraph)


def test_the_newest_issues_with_a_date_are_entries() -> None:
    found = [(issue(it, date=None if it == 1 else NOW), [mention("a", "b")]) for it in range(NEWEST_MENTIONS + 5)]
    told = [it.title for it in entries().of("kep", "1", "KEP-1", found)]
    assert told == [f"KEP-1: Issue {it}" for it in (0, *range(2, NEWEST_MENTIONS + 1))]
    of_sig = entries().of_sig("sig-x", [(it, [1]) for it, _ in found], lambda number: Markup("<b>x</b>"))
    assert len(list(of_sig)) == NEWEST_MENTIONS


def test_an_entry_quotes_what_was_written_as_text_and_leads_to_the_first_place() -> None:
    places = [mention(f"節 {it}", HOSTILE) for it in range(9)]
    (entry,) = entries().of("kep", "1", "KEP-1", [(issue(1), places)])
    assert entry.url == "https://neco.test/1/#%E7%AF%80%200"
    assert (entry.html.count("<blockquote>"), "<script" in entry.html, "<b>" in entry.html) == (4, False, False)


def test_a_mention_of_a_kep_and_of_a_topic_in_one_issue_are_two_things() -> None:
    found = [(issue(1), [mention("a", "b")])]
    told = [
        it for kind, key in (("kep", "1"), ("topic", "1"), ("kep", "2")) for it in entries().of(kind, key, "x", found)
    ]
    assert len({it.id for it in told}) == 3


def test_releases_that_are_out_are_told_the_newest_first() -> None:
    tags = [(f"v1.{it}.0", NOW - dt.timedelta(days=40 + it)) for it in range(9)]
    tags += [("v2.0.0-rc.1", NOW), ("v2.1.0", NOW + dt.timedelta(days=1))]
    known = newest_first(it for tag, day in tags if (it := Release.of(tag, day)))
    told = entries().of_releases("Tool", WatchedRepository(name="Owner/Tool", releases=known), NOW)
    assert [it.title for it in told] == [f"Tool v1.{it}.0" for it in islice(range(9), NEWEST_RELEASES)]
