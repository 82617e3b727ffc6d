"""Waiting for what a page does by itself: a busy machine is late, and no wait of a fixed length is long enough.

`expect` of Playwright waits for what can be seen; here is what it has no words for.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

from playwright.sync_api import Locator, Page

from tests.sites import PATIENCE

_OUT_OF_REACH = """() => [...document.querySelectorAll("details pre > code")]
  .filter(it => it.scrollWidth > it.clientWidth && it.tabIndex < 0).map(it => it.textContent)"""
_RINGS = "delay => new Promise(done => setTimeout(done, delay))"
_RESTS = """it => new Promise(done => {
  const place = () => (({ top, left, width, height }) => `${[top, left, width, height]}`)(it.getBoundingClientRect())
  const look = before => requestAnimationFrame(() => (place() === before ? done() : look(place())))
  look("")
})"""


def open_details(page: Page) -> None:
    """Unfold all that is folded, and wait until keys reach the code in it that scrolls, which the theme sees to."""
    page.evaluate("document.querySelectorAll('details').forEach(it => it.open = true)")
    if page.evaluate("'necoSearch' in document"):  # scripts run
        becomes(page, lambda it: it.evaluate(_OUT_OF_REACH), [])


def timers_ring(page: Page, milliseconds: int) -> None:
    """Wait until every timer has rung that a page has set by now for within these milliseconds.

    One more, set now, rings behind them, however late all of them are. So what they would have done is done: a test can
    tell that it was nothing.
    """
    page.evaluate(_RINGS, milliseconds)


def has_leisure(page: Page) -> None:
    """Wait until a page that is loaded has had nothing to do for a moment: what it begins of its own accord has begun.

    Playwright's `networkidle` counts requests instead, and on a busy machine it may miss the end of one and never come.
    """
    timers_ring(page, 100)
    page.evaluate("new Promise(done => requestIdleCallback(done))")


def comes_to_rest(element: Locator) -> None:
    """Wait until an element stays where it is from one frame to the next: scrolling has ended."""
    element.evaluate(_RESTS)


def until(page: Page, happens: Callable[[], object], what: str) -> None:
    """Wait for something that this process learns from events of a page, such as its requests, or asks it for.

    Raises:
        AssertionError: it did not come true.
    """
    end = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < end, what
        page.wait_for_timeout(20)  # in which events come in


def becomes(page: Page, read: Callable[[Page], object], expected: object, when: str = "") -> None:
    """Wait until what is read of a page is what is expected; `when` tells one case of many.

    Raises:
        AssertionError: it is something else, and stays so.
    """
    with contextlib.suppress(AssertionError):
        until(page, lambda: read(page) == expected, "")
    assert read(page) == expected, when
