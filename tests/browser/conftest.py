"""One built site and one browser for all tests of this folder that a worker runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tests.browser.chromium import LATE, Served, chromium, sample_site
from tests.browser.more_issues import write_more

expect.set_options(timeout=LATE)

BRIEF = "--js-flags=--no-turbofan"
"""No page of a test stays so long that what the last compiler makes of its scripts, axe above all, is worth its work.

`scripts/bench` measures with all compilers, as readers have them.
"""


@pytest.fixture(scope="session")
def site() -> Iterator[Served]:
    with sample_site() as served:
        yield served


@pytest.fixture(scope="session")
def more() -> Iterator[Served]:
    """The sample site with more issues."""
    with sample_site(write_more) as served:
        yield served


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    with chromium(playwright, BRIEF) as running:
        yield running


@pytest.fixture(scope="session")
def large_type(playwright: Playwright) -> Iterator[Browser]:
    """A browser whose reader has doubled the size of type."""
    with chromium(playwright, BRIEF, "--blink-settings=defaultFontSize=32,defaultFixedFontSize=26") as running:
        yield running
