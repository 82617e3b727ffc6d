"""News as a draft for the next issue: weeks of three projects replayed, and names that are no Markdown."""

from __future__ import annotations

import datetime as dt

from neco_weekly.display.words import load_strings
from neco_weekly.model.news import news_of
from neco_weekly.model.watched import Release, ReleaseFeed, WatchedRepository, newest_first, with_feed
from neco_weekly.site.news_draft import news_document, news_markdown

CAME_OUT = {
    "example/scaffold": "v3.5.0 2022-07-01, v3.6.0 2022-08-03, v3.7.0-rc.1 2022-08-10, v3.7.0 2022-08-17",
    "example/tail": "v1.21.0 2022-07-01, v1.22.0 2022-08-19, v1.22.1 2022-08-20, v1.21.1 2022-08-20, latest 2022-08-20",
    "example/many": "many/v4.5.6 2022-07-10, many/v4.5.7 2022-08-12, many/v4.5.8 2022-08-16, "
    + ", ".join(f"api/v0.{minor}.0 2022-08-12" for minor in range(7)),
}
NAMES = {"example/scaffold": "Scaffold", "example/many": "Many"}
LINK = "https://github.com/example"
ISSUES = {
    "2022-08-05": f"### [Scaffold v3.6.0]({LINK}/scaffold/releases/tag/v3.6.0)",
    "2022-08-12": "Other patch releases: Many v4.5.7",
    "2022-08-19": f"### [Scaffold v3.7.0]({LINK}/scaffold/releases/tag/v3.7.0)\n\n"
    f"### [tail v1.22.0]({LINK}/tail/releases/tag/v1.22.0)\n\nOther patch releases: Many v4.5.8",
    "2022-08-20": "Other patch releases: tail v1.22.1, v1.21.1",
    "2022-08-26": "Nothing came out after 2022-08-20, up to 2022-08-26.",
}


def feed(repository: str, today: dt.date) -> ReleaseFeed:
    """The ten newest releases of a day."""
    written = (it.split() for it in CAME_OUT[repository].split(", "))
    found = (Release.of(tag, dt.date.fromisoformat(day)) for tag, day in written)
    return ReleaseFeed(releases=newest_first(it for it in found if it and it.day <= today)[:10])


def test_week_by_week_what_came_out_is_offered() -> None:
    watched = {name: WatchedRepository(name=name) for name in CAME_OUT}
    last, offered = dt.date(2022, 7, 29), {}
    for name, known in watched.items():
        watched[name] = with_feed(known, feed(name, last))
    for day in map(dt.date.fromisoformat, ISSUES):
        watched = {name: with_feed(known, feed(name, day)) for name, known in watched.items()}
        news = news_of(watched.values(), since=last, until=day)
        offered[day.isoformat()] = news_markdown(news, NAMES, load_strings("en"), since=last, until=day)
        last = day
    assert offered == {day: f"{text}\n" for day, text in ISSUES.items()}


def test_patches_beside_a_heading_are_below_it() -> None:
    known = with_feed(WatchedRepository(name="example/tail"), feed("example/tail", dt.date(2022, 8, 26)))
    since, until = dt.date(2022, 8, 5), dt.date(2022, 8, 26)
    news = news_of([known], since=since, until=until)
    draft = news_markdown(news, {}, load_strings("en"), since=since, until=until)
    assert draft == f"### [tail v1.22.0]({LINK}/tail/releases/tag/v1.22.0)\n\nalso v1.22.1, v1.21.1\n"
    (project,) = news_document(news, {}, since=since, until=until)["projects"]
    assert [it["tag"] for it in project["patches"]] == ["v1.22.1", "v1.21.1"]


def test_names_and_tags_are_text_and_addresses_are_whole() -> None:
    day = dt.date(2022, 8, 1)
    tags = ("a_tool/v1.0_0", "a_tool/v2.0.0+k3s1")
    releases = newest_first(it for tag in tags if (it := Release.of(tag, day)))
    known = WatchedRepository(name="a/a_tool", releases=releases, moved_to="b/other")
    news = news_of([known], since=day - dt.timedelta(days=1))
    draft = news_markdown(news, {"a/a_tool": "A [*b*](x) <b>"}, load_strings("ja"), since=day, until=day)
    assert draft == (
        "### [A \\[\\*b\\*\\](x) \\<b\\> v2.0.0+k3s1](https://github.com/b/other/releases/tag/a_tool%2Fv2.0.0%2Bk3s1)\n\n"
        "### [A \\[\\*b\\*\\](x) \\<b\\> v1.0\\_0](https://github.com/b/other/releases/tag/a_tool%2Fv1.0_0)\n"
    )
