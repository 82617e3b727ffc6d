"""`api/*.json` are as the schemas beside them say, in every field; what is hostile in them stays text."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from neco_weekly.display.words import load_strings
from neco_weekly.issues.index import build_index
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.store import Lock
from neco_weekly.model.gates import WITNESSES
from neco_weekly.model.issues import Issue
from neco_weekly.model.kep_fields import DETAILS, STATE
from neco_weekly.model.keps import Stage, Status, Summary
from neco_weekly.model.releases import load_releases
from neco_weekly.model.topics import KINDS
from neco_weekly.site.pages import Site
from neco_weekly.site.pages.data import NEWEST_MENTIONS

from tests.histories import BETA, enhancement, record, state
from tests.lock.test_store import HISTORIES
from tests.lock_fixture import HOSTILE, LOCK
from tests.release_files import GATES, ISSUE, wrong
from tests.searched import search_index
from tests.sites import Built, built_sample

NAMES = ("keps", "kep", "issues", "topics")

SUMMARY = Summary(text="It sleeps.", path="keps/sig-node/127-x/README.md", date=dt.date(2026, 1, 1))
FULL = replace(
    LOCK,
    fetched={
        **LOCK.fetched,
        **{
            1000 + place: replace(it, number=1000 + place, summary=SUMMARY)
            for place, it in enumerate(HISTORIES.values())
        },
    },
    gates=GATES,
)
"""A lock whose KEPs have every field, and histories with every kind of gap."""


@pytest.fixture(scope="module")
def sample() -> Built:
    return built_sample()


def of(lock: Lock, *numbers: int, issues: Sequence[Issue] = ()) -> dict[str, Any]:
    """The files of a site whose one issue mentions these KEPs, where there are no others."""
    mentions = tuple(replace(ISSUE.mentions[0], kep=number) for number in numbers)
    index = build_index(issues or [replace(ISSUE, title=HOSTILE, mentions=mentions)])
    site = Site(index, KepsAsOf(lock, load_releases()), load_strings("ja"))
    return {it.path: json.loads(it.content) for it in site.data() if it.path.endswith(".json")}


def offenders(files: dict[str, Any]) -> dict[str, list[str]]:
    """What is not as a schema says, by file."""
    schemas = {name: files[f"api/{name}.schema.json"] for name in NAMES}
    of_files = {path: "kep" if path.startswith("api/keps/") else path[4:-5] for path in files}
    held = {path: wrong(files[path], schemas[name]) for path, name in of_files.items() if name in schemas}
    return {path: found for path, found in held.items() if found}


def test_each_schema_is_one_and_names_every_field(sample: Built) -> None:
    for name in NAMES:
        schema = sample.json(f"api/{name}.schema.json")
        Draft202012Validator.check_schema(schema)
        assert set(re.findall(r'"#/\$defs/(\w+)"', json.dumps(schema))) == set(schema["$defs"]), name
        assert wrong({**schema, "more": 1}, schema) != []
    kep = sample.json("api/kep.schema.json")
    fields = {*kep["properties"], *kep["$defs"]["kep"]["properties"]}
    assert {row.name for row in (*STATE, *DETAILS)} <= fields
    assert {row.name for row in STATE} <= set(kep["$defs"]["was"]["properties"])
    assert {"keps", *WITNESSES} == set(kep["$defs"]["gate"]["properties"])
    assert kep["$defs"]["stage"]["enum"] == [*Stage]
    assert kep["$defs"]["status"]["enum"] == [*Status]
    assert sample.json("api/topics.schema.json")["$defs"]["topic"]["properties"]["kind"]["enum"] == [*KINDS]


def test_files_of_the_sample_are_as_the_schemas_say(sample: Built) -> None:
    """Of the KEPs every eighth is held to the schema, which is slow."""
    paths = {f"api/{name}.schema.json" for name in NAMES} | {f"api/{name}.json" for name in NAMES if name != "kep"}
    paths |= set(sorted(sample.paths("api/keps/*.json"))[::8])
    assert offenders({path: sample.json(path) for path in paths}) == {}


def test_a_lock_with_everything_is_as_the_schemas_say() -> None:
    assert offenders(of(FULL, *FULL.numbers)) == {}
    assert offenders(of(replace(FULL, as_of=None), *FULL.numbers)) == {}


def test_a_site_without_anything_is_as_the_schemas_say() -> None:
    assert offenders(of(Lock())) == {}


def test_hostile_titles_stay_text() -> None:
    told = enhancement(record("2026-01-10", state(BETA, beta="v1.36", title=f"{HOSTILE}\x00\x1b\n\u2028")))
    files = of(Lock(as_of=dt.date(2026, 5, 10), fetched={127: told}), 127)
    assert offenders(files) == {}
    assert files["api/keps/127.json"]["title"] == files["api/keps.json"]["keps"][0]["title"]
    assert HOSTILE in files["api/keps/127.json"]["title"]
    assert files["api/issues.json"]["issues"][0]["title"] == HOSTILE


def test_the_list_of_all_keps_has_the_newest_mentions_and_a_file_has_all() -> None:
    """So the list stays below 400 kB with gzip, at 700 KEPs with 23 mentions each (`scripts/bench releases`)."""
    days = [dt.date(2020, 1, 3) + dt.timedelta(weeks=week) for week in range(NEWEST_MENTIONS + 5)]
    issues = [replace(ISSUE, path=f"issues/{day}.md", date=day) for day in days]
    files = of(LOCK, issues=issues)
    (listed,) = (it for it in files["api/keps.json"]["keps"] if it["number"] == 127)
    told = files["api/keps/127.json"]
    newest_first = [day.isoformat() for day in reversed(days)]
    assert [it["issue"] for it in told["mentions"]] == newest_first
    assert [it["issue"] for it in listed["mentions"]] == newest_first[:NEWEST_MENTIONS]
    assert listed["mention_count"] == told["mention_count"] == len(days)
    assert f"newest {NEWEST_MENTIONS} of" in files["api/keps.schema.json"]["description"]


def test_the_keps_with_a_page_are_the_same_everywhere(sample: Built) -> None:
    """In the table of KEPs, in the data, in the map of the site and in what search finds."""
    listed = [it for it in sample.json("api/keps.json")["keps"] if it["url"]]
    expected = {it["url"] for it in listed}
    table = sample.page("keps/index.html").select(".neco-kep-table td:nth-child(2) a")
    pages = {path.removesuffix("index.html") for path in sample.paths("keps/*/index.html")}
    led_on = {it for it in pages if 'http-equiv="refresh"' in sample.text(f"{it}index.html")}
    sitemap = gzip.decompress((sample.site / "sitemap.xml.gz").read_bytes()).decode()
    found = {
        "files": {f"keps/{path.split('/')[-1].removesuffix('.json')}/" for path in sample.paths("api/keps/*.json")},
        "pages": {it for it in pages if it not in led_on},
        "search": {page["u"] for page in search_index(sample).pages if re.fullmatch(r"keps/\d+/", page["u"])},
        "table": {f"keps/{href.strip('/')}/" for it in table if re.fullmatch(r"\d+/", href := str(it["href"]))},
        "sitemap": set(re.findall(r"/(keps/\d+/)<", sitemap)),
        "mentions": {it["url"] for it in listed if it["mentions"]},
    }
    assert len(expected) > 50
    assert {name: it ^ expected for name, it in found.items() if it != expected} == {}
