"""Official lists and removed APIs as JSON: written, read again, and wrongly edited."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

from neco_weekly.lock.json_values import WrongError
from neco_weekly.lock.official_json import official_to_dict, read_official, read_removals, removals_to_dict
from neco_weekly.model.keps import Stage
from neco_weekly.model.official_lists import OfficialList
from neco_weekly.model.removed_apis import ApiReplacement, DeprecationGuide, RemovedApi
from neco_weekly.sources.announcements.guide import read_guide

from tests.announcements import GUIDE

DAY = dt.date(2026, 4, 22)
LIST = OfficialList(
    stages={Stage.BETA: (3,), Stage.STABLE: (127, 859)}, claimed={Stage.STABLE: 4}, source="https://x/", date=DAY
)


def written(document: dict[str, Any]) -> Any:
    """A JSON object as a file keeps it: its keys sorted."""
    return json.loads(json.dumps(document, sort_keys=True))


def test_an_official_list_is_read_as_it_was_written() -> None:
    document = official_to_dict(LIST)
    assert document == {
        "date": "2026-04-22",
        "source": "https://x/",
        "claimed": {"stable": 4},
        "stages": {"beta": [3], "stable": [127, 859]},
    }
    assert read_official(written(document)) == LIST
    bare = OfficialList(stages={Stage.STABLE: (1,)}, source="post.md")
    assert read_official(written(official_to_dict(bare))) == bare


def test_removed_apis_are_read_as_they_were_written() -> None:
    guide = DeprecationGuide(date=DAY, removals=tuple(read_guide(GUIDE).removals))
    assert read_removals(written(removals_to_dict(guide))) == guide
    several = RemovedApi(
        release="v1.29",
        kinds=("Bed", "Nap"),
        versions=("a/v1beta2",),
        replacements=(ApiReplacement(name="a/v1", since="v1.29"), ApiReplacement(name="Sofas")),
    )
    one = DeprecationGuide(date=DAY, removals=(several,), irregular=(("v1.25 Naps", "nothing is said"),))
    assert read_removals(written(removals_to_dict(one))) == one


WRONG: dict[str, tuple[Callable[[Any], object], Any]] = {
    "expected text, found 1": (read_official, {"source": 1, "stages": {}}),
    "expected one of alpha": (read_official, {"source": "x", "stages": {"gamma": [1]}}),
    "expected numbers of KEPs, found 100000": (read_official, {"source": "x", "stages": {"beta": [100_000]}}),
    "expected a number of at least 1": (read_official, {"source": "x", "stages": {"beta": [-1]}}),
    "control character": (read_official, {"source": "\0", "stages": {}}),
    "expected a release like 1.36": (read_removals, {"date": "2026-04-22", "removals": {"x": []}}),
    "expected a list": (read_removals, {"date": "2026-04-22", "removals": {"1.25": {}}}),
    "expected a date": (read_removals, {"date": "today", "removals": {}}),
    "expected a release like v1.25": (
        read_removals,
        {
            "date": "2026-04-22",
            "removals": {"1.25": [{"kinds": [], "versions": [], "replacements": [{"name": "a", "since": "x"}]}]},
        },
    ),
}


def test_wrong_edits_are_refused_with_what_was_expected() -> None:
    said = {}
    for wanted, (read, document) in WRONG.items():
        try:
            said[wanted] = f"{read(document)}"
        except WrongError as wrong:
            said[wanted] = wrong.message
    assert {wanted: wanted in message for wanted, message in said.items()} == dict.fromkeys(WRONG, True), said
