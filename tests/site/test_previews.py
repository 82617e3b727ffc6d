"""Previews: what they say of a page, and which links of a page have one."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from neco_weekly.model.issues import Section
from neco_weekly.site.previews import LONGEST, Kind, issue_preview, page_preview, preview_beside, with_previews

PLACES = {
    "issues/2026/a/index.html": "issues/2026/a/preview.json",
    "issues/2026/a.html": "issues/2026/a.preview.json",
    "index.html": "preview.json",
}


def test_a_preview_lies_beside_its_page() -> None:
    assert {place: preview_beside(place) for place in PLACES} == PLACES


def test_an_issue_begins_with_its_first_words_and_each_section_with_its_own() -> None:
    sections = (
        Section(anchor="", title="号", text="はじめに", level=1),
        Section(anchor="a", title="一", text="一文。" + "長" * LONGEST, level=2),
        Section(anchor="b", title="二", text="", level=2),
        Section(anchor="c", title="三", text="", level=3, cards=("題\nhost\n説明", "次\nhost")),
        Section(anchor="d", title="四", text="文", level=3),
        Section(anchor="e", title="五", text="", level=2),
    )
    preview = json.loads(issue_preview("三つの話題", dt.date(2026, 9, 4), "書き出し。", sections))
    assert preview == {
        "kind": "issue",
        "title": "三つの話題",
        "day": "2026-09-04",
        "parts": [
            ["", "", "書き出し。"],
            ["a", "一", "一文。"],
            ["b", "二", "三 / 四"],
            ["c", "三", "題 / 次"],
            ["d", "四", "文"],
            ["e", "五", ""],
        ],
    }
    assert json.loads(issue_preview("号", None, "", ()))["day"] == ""


def test_the_page_of_a_kep_says_its_lines_and_what_colours_it() -> None:
    preview = json.loads(page_preview("kep", "#1 Title", ("いま", ""), {"stage": "beta", "ended": None}))
    assert preview == {"kind": "kep", "title": "#1 Title", "lines": ["いま"], "stage": "beta"}


# --- links --------------------------------------------------------------------------------------------------------

PAGES: dict[str, Kind] = {"issues/a/": "issue", "issues/号/": "issue", "keps/1/": "kep", "topics/x/": "topic"}
BADGE = 'class="neco-kep neco-kep--quiet" '
LINKS = {
    "a heading of an issue": ("", "../a/#b", "tap", ""),
    "an issue": ("", "../a/", "", None),
    "a reference": (BADGE, "../../keps/1/", "tap", ""),
    "the page of a KEP in a list": ("", "../../keps/1/", None, None),
    "a topic": ("", "../../topics/x/", "tap", None),
    "an address with Japanese": ("", "../%E5%8F%B7/#b", "tap", ""),
    "the same not escaped": ("", "../号/#b", "tap", ""),
    "the page itself": ("", "../own/#b", None, None),
    "a heading of the page": ("", "#b", None, None),
    "another host": ("", "https://neco.test/issues/a/#b", None, None),
    "what is no address": ("", " http://[", None, None),
    "another host without a scheme": ("", "//[/issues/a/#b", None, None),
    "another page": ("", "../c/#b", None, None),
    "a card": ('class="neco-card__link neco-kep" ', "../../keps/1/", None, None),
    "a release": ('class="neco-release" ', "../../topics/x/", None, None),
    "a class that is named alike": ('class="neco-kepler" ', "../../keps/1/", None, None),
}
"""By what a link leads to: a class, its address, and its value on a page of a writer and on one of ours."""


@pytest.mark.parametrize("is_written", [True, False], ids=["written", "generated"])
def test_links_that_have_a_preview_say_so(is_written: bool) -> None:
    wrong = {}
    for name, (classes, address, written, generated) in LINKS.items():
        link = f'<a {classes}href="{address}" title="a > b">x</a>'
        html = f"<nav>{link}</nav><article>{link}</article><nav>{link}</nav>"
        kind_of = {**PAGES, "issues/own/": "issue"}.get
        value = written if is_written else generated
        marked = link if value is None else link.replace("<a ", f'<a data-neco-preview="{value}" ', 1)
        found = with_previews(html, "issues/own/", kind_of, is_written=is_written)
        if found != f"<nav>{link}</nav><article>{marked}</article><nav>{link}</nav>":
            wrong[name] = found
    assert wrong == {}


def test_an_issue_with_the_list_of_its_keps_needs_no_preview_of_them() -> None:
    html = f'<article><nav class="neco-issue-keps"></nav><a {BADGE}href="../../keps/1/">x</a></article>'
    assert with_previews(html, "issues/own/", PAGES.get, is_written=True) == html


def test_a_page_without_an_article_stays_as_it_is() -> None:
    html = '<main><a href="../a/#b">x</a></main>'
    assert with_previews(html, "issues/own/", PAGES.get, is_written=True) == html
