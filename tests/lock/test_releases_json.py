"""`releases.json`: written a field a line, read again, and wrongly edited."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from neco_weekly.lock.releases_json import releases_from_dict, releases_text
from neco_weekly.lock.store import RELEASES_FILE, Lock, load_lock, releases_json, save_lock
from neco_weekly.lock.updates import update_lock, writing
from neco_weekly.model.errors import NecoError
from neco_weekly.model.exceptions import ExceptionRequest
from neco_weekly.model.release_facts import KnownReleases, ReleaseFacts

REQUEST = ExceptionRequest(
    kep=2033,
    freeze="enhancements",
    decision="rejected",
    title="Rootless",
    requested=dt.date(2026, 2, 12),
    reviewed=dt.date(2026, 2, 18),
    thread="https://groups.example.com/g/a",
    raw=(("reviewed", "18/2"),),
)

KNOWN = KnownReleases(
    by_name={
        "v1.9": ReleaseFacts(end_of_support=dt.date(2018, 9, 29)),
        "v1.36": ReleaseFacts(
            enhancements_freeze=dt.date(2026, 2, 12),
            code_freeze=dt.date(2026, 3, 19),
            planned=dt.date(2026, 4, 22),
            exceptions=(REQUEST,),
        ),
        "v1.37": ReleaseFacts(exceptions=()),
    },
    sources={"sig-release": dt.date(2026, 8, 13)},
)

TEXT = """\
{
 "schema": 1,
 "sources": {
  "sig-release": "2026-08-13"
 },
 "releases": {
  "1.9": {
   "end_of_support": "2018-09-29"
  },
  "1.36": {
   "enhancements_freeze": "2026-02-12",
   "code_freeze": "2026-03-19",
   "planned": "2026-04-22",
   "exceptions": [
    {
     "kep": 2033,
     "freeze": "enhancements",
     "decision": "rejected",
     "title": "Rootless",
     "requested": "2026-02-12",
     "reviewed": "2026-02-18",
     "thread": "https://groups.example.com/g/a",
     "raw": {
      "reviewed": "18/2"
     }
    }
   ]
  },
  "1.37": {
   "exceptions": []
  }
 }
}
"""


def test_the_text_is_canonical_and_is_read_again() -> None:
    assert releases_text(KNOWN) == TEXT
    assert releases_from_dict(json.loads(TEXT)) == KNOWN


def test_the_file_is_written_with_the_lock_where_anything_is_known(tmp_path: Path) -> None:
    save_lock(Lock(), tmp_path)
    assert not (tmp_path / RELEASES_FILE).exists()
    with writing(tmp_path):
        update = update_lock(tmp_path, lambda lock: Lock(known_releases=KNOWN, overrides=lock.overrides))
    assert update.changed
    assert (tmp_path / RELEASES_FILE).read_text(encoding="utf-8") == TEXT == releases_json(load_lock(tmp_path))


def test_a_wrong_edit_is_one_sentence_with_its_place(tmp_path: Path) -> None:
    def edited(place: list[str | int], value: Any) -> str:
        document = json.loads(TEXT)
        inside = document
        for step in place[:-1]:
            inside = inside[step]
        inside[place[-1]] = value
        (tmp_path / RELEASES_FILE).write_text(json.dumps(document), encoding="utf-8")
        with pytest.raises(NecoError) as error:
            load_lock(tmp_path)
        return str(error.value).removeprefix(f"{tmp_path / RELEASES_FILE}: ").split(";")[0]

    request: list[str | int] = ["releases", "1.36", "exceptions", 0]
    assert [
        edited(["releases", "1.36", "planned"], "soon"),
        edited(["releases", "next"], {}),
        edited(["releases", "v1.36"], {}),
        edited(["sources", "web"], "2026-01-01"),
        edited([*request, "decision"], "maybe"),
        edited([*request, "thread"], "javascript:x"),
        edited([*request, "kep"], 0),
        edited(["releases", "1.36", "color"], "red"),
        edited(["schema"], 2),
    ] == [
        "releases[\"1.36\"].planned: expected a date like 2026-08-31, found 'soon'",
        'releases["next"]: expected a release like 1.36',
        "releases: holds a release twice",
        "sources[\"web\"]: expected one of sig-release, website, found 'web'",
        'releases["1.36"].exceptions[0].decision: expected one of approved, rejected, removed, pending, unknown, '
        "found 'maybe'",
        "releases[\"1.36\"].exceptions[0].thread: expected an http(s) URL, found 'javascript:x'",
        'releases["1.36"].exceptions[0].kep: expected a number of at least 1, found 0',
        "releases[\"1.36\"]: unknown field 'color'",
        "was written by a newer neco-weekly (schema 2, this one reads up to 1)",
    ]
