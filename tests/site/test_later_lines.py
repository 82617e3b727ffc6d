"""Lines of later issues in the HTML of a page: where they stand, and what they say."""

from __future__ import annotations

import datetime as dt

import pytest
from neco_weekly.display.words import load_strings
from neco_weekly.issues.follow_ups import FollowUp
from neco_weekly.model.issues import Heading
from neco_weekly.site.feeds.plain_html import plain_html
from neco_weekly.site.later_lines import with_later_lines

WORDS = load_strings("ja")
DAY = dt.date(2022, 9, 1)


def later(anchor: str, said: str = "続き", day: dt.date = DAY, *, corrects: bool = False) -> FollowUp:
    heading = Heading(text=said, anchor="x")
    return FollowUp(anchor=anchor, path="a.md", day=day, heading=heading, is_correction=corrects)


def put(html: str, *found: FollowUp, locale: str = "ja") -> str:
    return with_later_lines(html, found, lambda it: f"../a/#{it.heading.anchor}", load_strings(locale))


LINE = (
    '<p class="neco-later neco-follow-up" data-search-exclude="1"><span class="neco-later__mark">続報</span> '
    '<a href="../a/#x">2022-09-01号：続き</a></p>'
)
PLACES = {
    "below its heading": ('<h1 id="t">題</h1>\n<h2 id="s">節</h2>|\n<p>文</p>', "s"),
    "below the heading of its section": ('<h2 id="s">節</h2>|\n<p id="mid">文</p>\n<h2 id="u">次</h2>', "mid"),
    "below the title": ('<h1 id="t">題</h1>|\n<nav></nav><h2 id="s">節</h2>', ""),
    "below the title that it names": ('<h1 id="t">題</h1>|\n<nav></nav><h2 id="s">節</h2>', "t"),
    "below the title, for what is nowhere": ('<h1 id="t">題</h1>|\n<h2 id="s">節</h2>', "gone"),
    "a name of old": ('<h2 id="s">節</h2>|\n<p><a name=mid></a></p>', "mid"),
    "before any heading": ('<p id="first">文</p><h1 id="t">題</h1>|<p>文</p>', "first"),
    "an anchor with entities": ('<h1>題</h1><h2 id="a&amp;&quot;b">節</h2>|<p>文</p>', 'a&"b'),
    "a heading in something": ('<h1>題</h1><ul><li><h3 id="s">節</h3>|<p>文</p></li></ul>', "s"),
    "a heading that is pressed": (
        '<h1>題</h1><details><summary><h3 id="s">節</h3> <b>x</b></summary>|<p>文</p></details>',
        "s",
    ),
    "a heading behind that": (
        '<h1>題</h1><details><summary><h3>節</h3><h4>x</h4></summary>文</details><h2 id="s">節</h2>|<p>文</p>',
        "s",
    ),
    "what only looks like a heading": (
        '<h1>題</h1><!-- <h2 id="s">x</h2> --><script>"<h2 id=s>x</h2>"</script><h2 class="a>b" id="s">節</h2>|',
        "s",
    ),
}


@pytest.mark.parametrize(("html", "anchor"), PLACES.values(), ids=PLACES)
def test_where_a_line_stands(html: str, anchor: str) -> None:
    assert put(html.replace("|", ""), later(anchor)) == html.replace("|", f"\n{LINE}")


def test_a_page_without_a_heading_begins_with_the_line() -> None:
    assert put("<p>文</p>", later("")) == f"{LINE}\n<p>文</p>"


def test_corrections_come_first_and_follow_ups_newest_last() -> None:
    found = [later("s", "一"), later("s", "誤り", corrects=True), later("s", "二", DAY.replace(day=8))]
    html = put('<h2 id="s">節</h2>', *found)
    assert [html.index(word) for word in ("誤り", "一", "二")] == sorted(html.index(it) for it in ("誤り", "一", "二"))
    assert '<strong class="neco-later__mark">訂正</strong> <a href="../a/#x">2022-09-01号：誤り</a>' in html


def test_two_places_of_one_section_and_one_later_section_are_one_line() -> None:
    html = put('<h2 id="s">節</h2><p id="mid">文</p>', later("s"), later("mid"))
    assert html.count("続報") == 1


def test_of_many_the_newest_five_are_seen() -> None:
    html = put('<h2 id="s">節</h2><p>文</p>', *(later("s", f"第{number}話") for number in range(1000)))
    hidden, seen = html.split("</details>")
    assert "<summary>これより前の続報 995 件</summary>" in hidden
    assert seen.count("続報") == 5
    assert seen.index("第995話") < seen.index("第999話")
    assert hidden.count("号：") == 995


def test_what_writers_wrote_is_text() -> None:
    html = put('<h2 id="s">節</h2>', later("s", '<img src=x onerror="1"> & "引用"'), locale="en")
    assert '<a href="../a/#x">2022-09-01: &lt;img src=x onerror="1"&gt; &amp; "引用"</a>' in html
    assert "Follow-up</span>" in html


def test_a_feed_has_corrections_and_no_follow_ups() -> None:
    many = [later("", f"第{number}話", corrects=corrects) for number in range(6) for corrects in (True, False)]
    plain = plain_html(put("<h1>題</h1><p>文</p>", *many), url="https://neco.test/old/")
    assert "続報" not in plain
    assert plain.count("号：") == 6
    assert '<p><strong>訂正</strong> <a href="https://neco.test/a/#x">2022-09-01号：第5話</a></p>' in plain
