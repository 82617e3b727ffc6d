"""The copy of a page as its author saw it: behind the card of a page that is gone, or that differs since."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.display.test_cards import COPY, page
from tests.link_cards import GONE

THEN = "https://web.archive.org/web/20260801120000/https://example.com/a"


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ({"failures": GONE, "archive": THEN}, "当時の写し（2026-08-01） 題"),
        ({"changed": dt.date(2026, 8, 8), "archive": THEN}, "当時の写し（2026-08-01） 題"),
        ({"changed": dt.date(2026, 8, 8), "archive": COPY}, "2022-08-26 に保存されたコピー 題"),
        ({"changed": dt.date(2026, 8, 7), "archive": THEN}, None),
        ({"archive": THEN}, None),
        ({"changed": dt.date(2026, 8, 8)}, None),
    ],
)
def test_a_page_that_differs_from_what_its_author_saw_has_its_copy(known: dict[str, Any], name: str | None) -> None:
    found = page(**known).select_one(".neco-card-archive")
    assert (found.text if found else None) == name
