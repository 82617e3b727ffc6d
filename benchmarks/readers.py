"""A reader with a browser: what they load, how long they wait, and what they find."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from measure import BenchmarkError
from playwright.sync_api import Browser, Error, Page
from questions import Question
from rivals import Sent, Server

from tests.browser.searching import Answer, ask

SLOW = 0.4
"""Seconds that each answer of the server takes where it is counted what came before the first rows."""
PATIENCE = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What a search costs. Bytes are compressed, 1 kB is 1,000 of them; times are in milliseconds.

    `view_kb` is what a page loads for the search that nobody has asked for yet, `first_kb` what comes on top until the
    first rows appear, `cold` how long that takes on loopback once the page has come to rest; `p50` and `p95` are for
    the whole answer once all is loaded.
    """

    view_kb: float
    first_kb: float
    cold: float
    p50: float
    p95: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many questions of a kind were asked, and answered by the first page, one of five, or with nothing."""

    group: str
    kind: str
    asked: int
    first: int
    five: int
    empty: int


def search_from(
    browser: Browser, server: Server, questions: Sequence[Question], *, cold: int
) -> tuple[Price, list[Tally]]:
    """Search from the home. A cold search is done `cold` times, by somebody else each time; the median counts."""
    first = next(question.text for question in questions if question.places)
    view_kb, first_kb = _loaded(browser, server, first)
    waits = [_cold(browser, server, first) for _ in range(cold)]
    answers = _warm(browser, server, list(dict.fromkeys(question.text for question in questions)))
    times = sorted(answer.whole for answer in answers.values())
    price = Price(
        view_kb=view_kb,
        first_kb=first_kb,
        cold=statistics.median(waits),
        p50=statistics.median(times),
        p95=times[int(0.95 * (len(times) - 1))],
    )
    return price, list(_tallies(questions, answers))


@contextmanager
def _reader(browser: Browser) -> Iterator[Page]:
    """Somebody who has never been here: nothing is in their cache."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="ja-JP", reduced_motion="reduce")
    yield context.new_page()
    context.close()


def _asked(page: Page, server: Server, words: Sequence[str]) -> list[Answer]:
    try:
        return ask(page, words, site=server.url, patience=PATIENCE)
    except Error as error:
        raise BenchmarkError(f"the search at {page.url} fails: {error.message}") from error


def _warm(browser: Browser, server: Server, words: Sequence[str]) -> dict[str, Answer]:
    """The answers to all, once everything is loaded."""
    with _reader(browser) as page:
        page.goto(server.url)
        _asked(page, server, words[-1:])
        return dict(zip(words, _asked(page, server, words), strict=True))


def _loaded(browser: Browser, server: Server, query: str) -> tuple[float, float]:
    """kB for the search of a page view, and kB on top of it until the first rows.

    The server is slow, so that what is sent behind the first rows is not there before they are drawn.
    """
    server.delay = SLOW
    with _reader(browser) as page:
        before = len(server.sent)
        page.goto(server.url)
        page.wait_for_load_state("networkidle")
        viewed, before = server.sent[before:], len(server.sent)
        [answer] = _asked(page, server, [query])
        shown = answer.asked + (answer.whole if answer.first is None else answer.first) / 1e3
        first = [sent for sent in server.sent[before:] if sent.at <= shown]
    server.delay = 0
    return _kb(viewed), _kb(first)


def _kb(sent: Sequence[Sent]) -> float:
    return sum(it.size for it in sent if it.is_of_the_search) / 1e3


def _cold(browser: Browser, server: Server, query: str) -> float:
    with _reader(browser) as page:
        page.goto(server.url)
        page.wait_for_load_state("networkidle")  # what every page does when it starts is no part of it
        [answer] = _asked(page, server, [query])
        return answer.whole if answer.first is None else answer.first


def _tallies(questions: Sequence[Question], answers: dict[str, Answer]) -> Iterator[Tally]:
    for group, kind in dict.fromkeys((it.group, it.kind) for it in questions):
        asked = [(it.places, answers[it.text]) for it in questions if (it.group, it.kind) == (group, kind)]
        yield Tally(
            group=group,
            kind=kind,
            asked=len(asked),
            first=sum(answer.has(places, 1) for places, answer in asked),
            five=sum(answer.has(places, 5) for places, answer in asked),
            empty=sum(not answer.groups for _, answer in asked),
        )
