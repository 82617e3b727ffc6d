"""The head of a KEP's page: what the KEP is and who says so, how it stands, and what we wrote of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from neco_weekly.lock.overrides import Override
from neco_weekly.model.keps import Status, Summary

from tests.histories import ALPHA, USER_NAMESPACES, enhancement, record, state
from tests.site.test_kep_pages import issue, links, page, site, words

SAID = Summary(text="Nodes sleep. They wake.", path="keps/sig-node/127-a/README.md", date=dt.date(2026, 2, 5))
URL = "https://github.com/kubernetes/enhancements/blob/master/keps/sig-node/127-a/README.md"
LONG = " ".join(f"Sentence {place:02} says what a node does at night." for place in range(12))


def about(text: str) -> tuple[str, str]:
    """What the head says of a summary, and what is folded."""
    html = page(site(replace(USER_NAMESPACES, summary=replace(SAID, text=text))))
    first, *folded = [words(it) for it in html.select(".neco-what blockquote")]
    return first, " ".join(folded)


def test_a_readme_is_quoted_in_its_language_with_its_day_and_a_link() -> None:
    html = page(site(replace(USER_NAMESPACES, summary=SAID)))
    (quote,) = html.select(".neco-what blockquote")
    assert (words(quote), quote["lang"], quote["cite"]) == (SAID.text, "en", URL)
    assert links(html.select(".neco-what__source")[0]) == [("KEP の要約（英語の原文）", URL)]
    assert "2026-02-05" in words(html.select(".neco-what__source")[0])
    assert [it.name for it in html.select(".neco-head > *")] == ["p", "h1", "div", "p", "div"]


def test_a_long_summary_is_cut_at_a_sentence_and_nothing_is_lost() -> None:
    first, rest = about(LONG)
    assert f"{first} {rest}" == LONG
    assert (first[-1], len(first) <= 240, bool(rest)) == (".", True, True)
    endless = "sleeping " * 50
    assert about(endless) == (f"{' '.join(['sleeping'] * 26)}…", endless.strip())  # the rest is then the whole
    assert about("Nodes sleep so long as:") == ("Nodes sleep so long as…", "")


def test_a_persons_words_stand_in_place_of_it_and_nothing_is_invented() -> None:
    said = {127: Override(number=127, summary="`User` を分ける <b>仕組み</b>")}
    html = page(site(replace(USER_NAMESPACES, summary=SAID), overrides=said))
    assert [words(it) for it in html.select(".neco-what")] == ["User を分ける <b>仕組み</b>"]
    assert html.select(".neco-what b, .neco-what blockquote") == []
    more = "Pod ごとに分けます。" * 20
    (what,) = page(site(USER_NAMESPACES, overrides={127: Override(number=127, summary=more)})).select(".neco-what")
    shown, folded = (words(it) for it in what.select("p"))
    assert (shown + folded, len(shown) <= 180) == (more, True)
    assert page(site(USER_NAMESPACES)).select(".neco-what") == []


def test_hostile_summaries_are_text() -> None:
    hostile = replace(SAID, text="<script>alert(1)</script> \"' onload=x", path='keps/"><script>/README.md')
    html = page(site(replace(USER_NAMESPACES, summary=hostile)))
    assert html.select(".neco-head script") == []
    assert words(html.select(".neco-what blockquote")[0]) == hostile.text


def test_how_it_stands_is_told_with_its_day() -> None:
    gone = state(ALPHA, Status.WITHDRAWN, alpha="v1.25")
    ended = enhancement(
        record("2022-01-01", state(ALPHA, alpha="v1.25")), record("2023-02-01", gone), record("2023-03-01", gone)
    )
    assert [words(page(site(it)).select(".neco-lead")[0]) for it in (USER_NAMESPACES, ended)] == [
        "stable v1.36 2026-04-22 から",
        "取り下げ・alpha v1.25 2023-02-01 から",
    ]


def test_what_we_wrote_is_counted_and_the_newest_named_by_their_headings() -> None:
    found = (*(issue(f"2022-0{month}-01", 127, 127, heading=f"{month} 月") for month in range(1, 4)),)
    html = page(site(USER_NAMESPACES, issues=found))
    (wrote,) = html.select(".neco-wrote")
    assert words(wrote) == "3 号で取り上げました（のべ 6 回） 2022-03-01 3 月 2022-02-01 2 月"
    assert links(wrote)[1] == ("3 月", "../issues/2022-03-01.md#3 月")
