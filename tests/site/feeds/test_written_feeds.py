"""Feeds as they are written: Atom, JSON Feed and OPML, with titles that would be more than text if they could."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from xml.etree.ElementTree import fromstring

import pytest
from jsonschema import Draft202012Validator
from neco_weekly.model.kep_events import Event, EventKind
from neco_weekly.site.feeds.atom_feed import AtomWriter
from neco_weekly.site.feeds.change_entries import MOST, NEWEST, RECENT, RELEASE_FOR, bounded, told
from neco_weekly.site.feeds.feed_values import Category, Entry, Feed, identifier
from neco_weekly.site.feeds.json_feed import feed_schema, json_feed
from neco_weekly.site.feeds.opml import Outline, opml

from tests.feed_rules import broken_rules, read
from tests.lock_fixture import HOSTILE

URL = "https://neco.test/issues/2026-01-09/"
ENTRY = Entry(
    id=identifier("issue", "2026-01-09"),
    url=URL,
    title="第1号 <b>",
    date=dt.date(2026, 1, 9),
    html="<p>話 &amp; 猫</p>",
)
OLD = replace(ENTRY, id=identifier("issue", "old"), title="前", date=dt.date(2025, 1, 9), html="")
FEED = Feed(
    id=identifier("feed", "feed.xml"),
    url="https://neco.test/feed.xml",
    page="https://neco.test/",
    title="猫 & 犬",
    subtitle="",
    language="ja",
    author="猫",
    empty_since=dt.date(2026, 7, 24),
    entries=(ENTRY, OLD),
)
BAD = f"{HOSTILE}\x00\x1b\ud800\u202e]]><!--\ufffe &#x0; \n 二行目"


def test_a_feed() -> None:
    assert (
        AtomWriter()
        .write(FEED)
        .startswith(
            f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ja">
<title>猫 &amp; 犬</title>
<id>{FEED.id}</id>
<link rel="alternate" type="text/html" href="https://neco.test/" />
<link rel="self" type="application/atom+xml" href="https://neco.test/feed.xml" />
<updated>2026-01-09T00:00:00+09:00</updated>
<author>
<name>猫</name>
</author>
<entry>
<title>第1号 &lt;b&gt;</title>
<id>{ENTRY.id}</id>
<link rel="alternate" type="text/html" href="{URL}" />
<published>2026-01-09T00:00:00+09:00</published>
<updated>2026-01-09T00:00:00+09:00</updated>
<content type="html">&lt;p&gt;話 &amp;amp; 猫&lt;/p&gt;</content>
</entry>
<entry>
<title>前</title>"""
        )
    )


def test_a_reader_finds_nothing_wrong_with_a_feed_whatever_its_titles_are() -> None:
    hostile = replace(
        ENTRY,
        title=BAD,
        summary=BAD,
        html=f"<p>x</p>{BAD}",
        updated=dt.date(2026, 2, 1),
        categories=(Category(term="kep-1", label=BAD),),
    )
    text = AtomWriter().write(replace(FEED, title=BAD, subtitle=BAD, author=BAD, entries=(hostile, OLD)))
    assert broken_rules(text) == []
    (first, _), title = read(text).entries, fromstring(text).findtext(".//{*}entry/{*}title")
    assert title == " ".join(f"{HOSTILE}]]><!-- &#x0; 二行目".split())
    assert (first.id, first.link, first.updated) == (hostile.id, URL, "2026-02-01T00:00:00+09:00")
    assert "<script" not in first.content[0].value


def test_an_attribute_is_read_as_it_was_meant() -> None:
    odd = 'https://neco.test/?a="b"&c=\'<\t\r\n>'
    text = AtomWriter().write(replace(FEED, entries=(replace(ENTRY, url=odd),)))
    assert [it.get("href") for it in fromstring(text).iterfind(".//{*}entry/{*}link")] == [odd]


@pytest.mark.parametrize("title", ["", "\x00", " \n"], ids=["empty", "control", "space"])
def test_no_title_is_empty(title: str) -> None:
    text = AtomWriter().write(replace(FEED, title=title, author=title, entries=(replace(ENTRY, title=title),)))
    assert broken_rules(text) == []


def test_a_feed_without_entries_was_changed_on_the_day_of_the_lock() -> None:
    text = AtomWriter().write(replace(FEED, entries=()))
    assert (broken_rules(text), read(text).feed.updated) == ([], "2026-07-24T00:00:00+09:00")


def test_the_rules_see_what_is_wrong() -> None:
    """Else they would hold for anything."""
    text = AtomWriter().write(FEED)
    spoiled = {
        "<title>猫 &amp; 犬</title>": "",
        f"<id>{FEED.id}</id>": "<id>no address</id>",
        'rel="self"': 'rel="next"',
        "01-09T00:00:00+09:00</updated>\n<author>": "01-08T00:00:00+09:00</updated><author>",
        f"<id>{ENTRY.id}</id>": f"<id>{OLD.id}</id>",
        "<name>猫</name>": "",
        f'href="{URL}"': 'href="../x/"',
        'type="html"': 'type="text"',
        "<published>2026-01-09T00:00:00+09:00</published>": "<published>9 Jan</published>",
    }
    assert [old for old, new in spoiled.items() if not broken_rules(text.replace(old, new, 1))] == []


def test_a_json_feed_is_of_its_schema_whatever_its_titles_are() -> None:
    schema = json.loads(feed_schema().content)
    Draft202012Validator.check_schema(schema)
    hostile = replace(ENTRY, title=BAD, summary=BAD, html=BAD, categories=(Category(term="a", label=BAD),))
    for feed in (
        FEED,
        replace(FEED, title=BAD, subtitle=BAD, author=BAD, entries=(hostile, OLD)),
        replace(FEED, entries=()),
    ):
        document = json.loads(json_feed(feed))
        assert [it.message for it in Draft202012Validator(schema).iter_errors(document)] == []
    assert json.loads(json_feed(FEED))["items"][0] == {
        "id": ENTRY.id,
        "url": URL,
        "title": "第1号 <b>",
        "content_html": "<p>話 &amp; 猫</p>",
        "date_published": "2026-01-09T00:00:00+09:00",
        "date_modified": "2026-01-09T00:00:00+09:00",
        "tags": [],
        "language": "ja",
    }


def test_a_list_of_feeds() -> None:
    outline = Outline(title=BAD, url="https://neco.test/a.xml", page="https://neco.test/a/")
    root = fromstring(opml(BAD, {"号": [outline, replace(outline, title="\x00")], "空": []}))
    (group,) = root.findall("body/outline")
    assert (root.get("version"), group.get("text")) == ("2.0", "号")
    assert [it.attrib for it in group] == [
        {"text": title, "title": title, "type": "rss", "xmlUrl": outline.url, "htmlUrl": outline.page}
        for title in (" ".join(f"{HOSTILE}]]><!-- &#x0; 二行目".split()), outline.url)
    ]


# --- identifiers, bounds ------------------------------------------------------------------------------------------


def test_identifiers_stay_as_they_are() -> None:
    """Readers have them: another one here means that every entry of every site is told again."""
    assert identifier("issue", "2026/01/2026-01-09") == "urn:uuid:0f87885e-db60-5f15-bf96-4c9e7d4be83b"
    assert identifier("a", "b") != identifier("a\nb", "")


class Happened:
    def __init__(self, days_ago: int) -> None:
        self.day = NOW - dt.timedelta(days=days_ago)


NOW = dt.date(2026, 7, 24)
AGO = RECENT.days


@pytest.mark.parametrize(
    ("days_ago", "count"),
    [
        ([0] * 3, 3),
        ([*range(AGO, AGO + NEWEST + 5)], NEWEST),
        ([*range(AGO - 1)] + [AGO] * 5, AGO - 1),
        ([1] * (NEWEST + 30) + [AGO + 1], NEWEST + 30),
        ([1] * (MOST + 1), MOST),
        ([], 0),
    ],
    ids=["few", "all long ago", "a month of days", "a busy week", "too many", "none"],
)
def test_a_feed_has_all_of_the_last_weeks_and_of_the_rest_the_newest(days_ago: list[int], count: int) -> None:
    assert len(list(bounded(map(Happened, days_ago), NOW))) == count


def event(name: str, days_ago: int, kind: EventKind) -> Event:
    return Event(id=name, day=NOW - dt.timedelta(days=days_ago), kind=kind, keps=(1,))


def test_what_shipped_stays_until_the_next_release_and_takes_no_plans_place() -> None:
    """What is read from files of today may be gone tomorrow, and nothing may return in its place."""
    last = RELEASE_FOR.days
    shipped = [event(f"s{it}", last - 1, EventKind.SHIPPED) for it in range(NEWEST + 5)]
    old = event("old", last, EventKind.SHIPPED)
    plans = [event(f"p{it}", last + it, EventKind.PLAN) for it in range(NEWEST + 5)]
    assert list(told([*shipped, old, *plans], NOW)) == [*shipped, *plans[:NEWEST]]
    assert list(told([old, *plans], NOW)) == plans[:NEWEST]
