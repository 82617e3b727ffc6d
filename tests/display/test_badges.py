"""Fetched words are drawn as they are: never markup, never decoded a second time."""

from __future__ import annotations

import datetime as dt

import pytest
from markdown import markdown
from neco_weekly.extension.python_markdown import NecoWeeklyExtension
from neco_weekly.lock.store import Lock
from neco_weekly.model.cards import Card
from neco_weekly.model.issues import ScanResult

from tests.lock_fixture import as_of_today, kep

URL = "https://example.com/?a=1&b=2"


def drawn(text: str, lock: Lock) -> tuple[str, ScanResult]:
    found: list[ScanResult] = []
    html = markdown(text, extensions=[NecoWeeklyExtension(keps_as_of=as_of_today(lock), report=found.append)])
    return html, found[0]


@pytest.mark.parametrize(
    ("fetched", "in_page"),
    [
        pytest.param("A & B", "A &amp; B", id="an ampersand"),
        pytest.param("the &lt;b&gt; tag", "the &amp;lt;b&amp;gt; tag", id="an entity that the page shows"),
        pytest.param("<b>bold</b>", "&lt;b&gt;bold&lt;/b&gt;", id="markup"),
        pytest.param("**bold** [x](y)", "**bold** [x](y)", id="Markdown"),
    ],
)
def test_a_fetched_title_is_drawn_and_searched_as_it_is(fetched: str, in_page: str) -> None:
    html, found = drawn(URL, Lock(cards={URL: Card(url=URL, title=fetched, fetched=dt.date(2026, 7, 1))}))
    assert f">{in_page}</a>" in html
    assert found.sections[0].cards == (f"{fetched}\nexample.com",)


def test_the_title_of_a_kep_is_drawn_as_it_is() -> None:
    html, _ = drawn("KEP-7", Lock(fetched={7: kep(7, title="Allow &lt; in A & B")}))
    assert 'title="Allow &amp;lt; in A &amp; B"' in html


def test_an_address_in_a_sentence_is_shown_as_it_was_written() -> None:
    html, found = drawn("see https://example.com/?a=1&lt=2", Lock())
    assert ">https://example.com/?a=1&amp;lt=2</a>" in html
    assert found.sections[0].text == "see https://example.com/?a=1&lt=2"


def test_what_embedly_captured_of_a_keps_page_gives_way_to_what_is_known() -> None:
    text = '<a class="embedly-card" href="https://kep.k8s.io/7">Old title by Embedly</a>'
    html, _ = drawn(text, Lock(fetched={7: kep(7, title="Now")}))
    assert "KEP-7: Now" in html
    assert "Old title" not in html


def test_marks_of_a_generated_page_around_no_xhtml_are_text() -> None:
    html, _ = drawn("@neco-page{<b>KEP-7}neco-page@", Lock())
    assert html == "<p>@neco-page{&lt;b&gt;KEP-7}neco-page@</p>"
