"""The releases of Kubernetes and their days: the table of the package, and what `mkdocs.yml` adds."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from neco_weekly.hosts.project import load_project
from neco_weekly.model.errors import NecoError
from neco_weekly.model.releases import Releases, load_releases

TABLE = load_releases()


def test_the_table_goes_from_the_first_release_to_the_planned_one() -> None:
    assert TABLE.names == tuple(f"v1.{minor}" for minor in range(38))
    assert (TABLE.day("v1.0"), TABLE.day("v1.37")) == (dt.date(2015, 7, 21), dt.date(2026, 8, 26))


def test_each_release_came_after_the_one_before_it() -> None:
    days = [TABLE.days[name] for name in TABLE.names]
    assert all(one < other for one, other in pairwise(days))


def test_the_table_names_ends_of_support_in_the_order_of_the_releases() -> None:
    ends = [TABLE.ends[f"v1.{minor}"] for minor in range(20, 37)]
    assert all(one < other for one, other in pairwise(ends))
    assert (TABLE.ends["v1.22"], TABLE.ends["v1.36"]) == (dt.date(2022, 12, 8), dt.date(2027, 6, 28))
    assert "v1.37" not in TABLE.ends


@pytest.mark.parametrize(
    ("release", "day"),
    [("v1.9", "2017-12-15"), ("v1.10", "2018-03-26"), ("v1.25", "2022-08-23"), ("v1.34", "2025-08-27")],
)
def test_some_days(release: str, day: str) -> None:
    assert TABLE.day(release) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    ("release", "day", "out"),
    [
        ("v1.25", "2022-08-22", False),
        ("v1.25", "2022-08-23", True),
        ("v1.25", None, True),
        ("v1.99", None, False),
        ("v1.99", "2040-01-01", False),
    ],
)
def test_a_release_is_out_from_its_day_on(release: str, day: str | None, out: bool) -> None:
    assert TABLE.is_out(release, dt.date.fromisoformat(day) if day else None) is out


@pytest.mark.parametrize(
    ("after", "until", "count"),
    [
        pytest.param("2022-08-22", "2022-08-23", 1, id="until a release counts it"),
        pytest.param("2022-08-23", "2022-12-08", 0, id="after a release does not"),
        pytest.param("2022-08-23", "2024-04-17", 5, id="many"),
        pytest.param("2022-08-23", "2022-08-23", 0, id="a day"),
    ],
)
def test_releases_between_two_days(after: str, until: str, count: int) -> None:
    assert TABLE.count_between(dt.date.fromisoformat(after), dt.date.fromisoformat(until)) == count


# --- more of them -------------------------------------------------------------------------------------------------


def read(written: str) -> Releases:
    return load_releases(yaml.safe_load(written))


@pytest.mark.parametrize(
    ("written", "release", "day"),
    [
        pytest.param('"1.38": 2026-12-16', "v1.38", "2026-12-16", id="a day"),
        pytest.param('"1.38": "2026-12-16"', "v1.38", "2026-12-16", id="a day in quotes"),
        pytest.param("v1.38: 2026-12-16", "v1.38", "2026-12-16", id="the other name"),
        pytest.param('"1.40": 2027-08-16', "v1.40", "2027-08-16", id="what YAML takes for 1.4"),
        pytest.param('"1.37": 2026-09-02', "v1.37", "2026-09-02", id="put off"),
    ],
)
def test_the_configuration_adds_and_corrects(written: str, release: str, day: str) -> None:
    more = read(written)
    assert more.day(release) == dt.date.fromisoformat(day)
    assert more.day("v1.25") == TABLE.day("v1.25")
    assert more.names[-1] == max(release, "v1.37")


@pytest.mark.parametrize("written", [None, {}, []], ids=repr)
def test_nothing_is_added(written: object) -> None:
    assert load_releases(written) is TABLE


WRONG = {
    "a number": ("1.40: 2027-08-16", 'releases: 1.4 in mkdocs.yml is not a release; write it in quotes, like "1.38"'),
    "a word": (
        "next: 2027-08-16",
        "releases: 'next' in mkdocs.yml is not a release; write it in quotes, like \"1.38\"",
    ),
    "a patch": (
        '"1.38.1": 2027-08-16',
        "releases: '1.38.1' in mkdocs.yml is not a release; write it in quotes, like \"1.38\"",
    ),
    "a day that is none": (
        '"1.38": "2026-12-32"',
        "releases: v1.38 in mkdocs.yml has no day like 2026-12-16, but '2026-12-32'",
    ),
    "no day": ('"1.38":', "releases: v1.38 in mkdocs.yml has no day like 2026-12-16, but None"),
    "a list": ('- "1.38"', "releases: expected entries like \"1.38\": 2026-12-16 in mkdocs.yml, found ['1.38']"),
    "a text": ("soon", "releases: expected entries like \"1.38\": 2026-12-16 in mkdocs.yml, found 'soon'"),
}


@pytest.mark.parametrize(("written", "message"), WRONG.values(), ids=WRONG)
def test_a_wrong_entry_is_named_in_one_sentence(written: str, message: str) -> None:
    with pytest.raises(NecoError) as error:
        read(written)
    assert str(error.value) == message


def test_a_moment_is_no_day() -> None:
    with pytest.raises(NecoError, match=r"releases: v1\.38 in mkdocs\.yml has no day"):
        read('"1.38": 2026-12-16 10:00:00')


def test_they_stand_beside_the_metadata_in_the_configuration(tmp_path: Path) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text('markdown_extensions: [neco_weekly: {releases: {"1.38": 2026-12-16}}]\n', encoding="utf-8")
    assert load_project(config).releases.day("v1.38") == dt.date(2026, 12, 16)
    config.write_text("site_name: x\n", encoding="utf-8")
    assert load_project(config).releases is TABLE
