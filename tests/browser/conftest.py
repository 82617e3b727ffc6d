"""One browser and one built site for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import Served, chromium, sample_site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def large_type() -> Iterator[Browser]:
    """A browser whose reader has doubled the size of type."""
    with chromium("--blink-settings=defaultFontSize=32,defaultFixedFontSize=26") as running:
        yield running


@pytest.fixture(scope="session")
def site() -> Iterator[Served]:
    with sample_site() as served:
        yield served
