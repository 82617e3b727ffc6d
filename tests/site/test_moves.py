"""What the home says of a KEP whose plan is another: it leads from what had shipped, never from an earlier plan."""

from __future__ import annotations

import datetime as dt
import re

from bs4 import BeautifulSoup
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.releases_as_of import releases_of
from neco_weekly.lock.store import load_lock
from neco_weekly.model.releases import load_releases

from tests.sites import PROJECT, built_sample


def test_a_planned_move_leads_from_what_had_shipped_on_its_day() -> None:
    """The samples' newest moves are plans of KEPs whose plan before named a release that had come out without them."""
    lives = releases_of(KepsAsOf(load_lock(PROJECT / "docs/_metadata"), load_releases())).lives
    home = BeautifulSoup(built_sample().text("index.html"), "lxml")
    wrong, plans = [], 0
    for row in home.select(".neco-moves li:has(.neco-planned)"):
        number = int(re.findall(r"#(\d+)", row.text)[0])
        when, before = row.select_one("time"), row.select_one(".neco-moves__from")
        assert when
        assert before
        day = dt.date.fromisoformat(str(when["datetime"]))
        shipped = lives[number].shipping.on(day)
        expected = f"{shipped.stage} {shipped.release}" if shipped else "未リリース"
        plans += 1
        if before.text != expected:
            wrong.append(f"{number}: {before.text} and not {expected}")
    assert plans
    assert wrong == []
