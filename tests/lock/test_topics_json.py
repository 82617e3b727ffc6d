"""`topics.json`: written a line for each minor version, read again, changed by one release, and wrongly edited."""

from __future__ import annotations

import datetime as dt
import json
import textwrap
from dataclasses import replace
from itertools import starmap
from pathlib import Path
from typing import Any

import pytest
from neco_weekly.lock.store import KEPS_FILE, WATCHED_FILE, Lock, load_lock, save_lock, topics_json
from neco_weekly.lock.topics_json import TopicsDocument, topics_from_dict, topics_text, topics_to_dict
from neco_weekly.lock.updates import update_lock, writing
from neco_weekly.model.cards import Card, Failures
from neco_weekly.model.errors import NecoError
from neco_weekly.model.watched import Release, WatchedRepository, newest_first
from neco_weekly.refresh import join

RESTORE = "; restore it from git, or delete it and run `neco refresh`"
DAYS = {
    "v2.4.0": "2022-06-10",
    "v2.4.1": "2022-06-27",
    "v2.4.4": "2022-12-30",
    "v2.4.5": "2023-01-02",
    "v2.3.1": "2022-05-01",
    "v2.5.0-rc1": "2023-01-03",
    "v2.3": "2022-04-01",
    "tool/v0.1.0": "2020-02-29",
    "2022.08.01": "2022-08-01",
    "v1.0.0.0": "2019-01-01",
    "v1.2.3+k3s1": "2019-02-01",
}


def watched(name: str, days: dict[str, str], **more: Any) -> WatchedRepository:
    found = starmap(Release.of, ((tag, dt.date.fromisoformat(day)) for tag, day in days.items()))
    return WatchedRepository(name=name, releases=newest_first(it for it in found if it), **more)


def document(*repositories: WatchedRepository) -> TopicsDocument:
    return TopicsDocument(watched={it.name.lower(): it for it in repositories})


TOOL = watched("Example/Tool", DAYS)
GONE = watched(
    "another/tool",
    {},
    moved_to="third/tool",
    failures=Failures(count=2, gone=2, last="404", date=dt.date(2023, 1, 3)),
)
LOCK = Lock(watched=document(TOOL, GONE).watched)


def test_the_text_is_canonical() -> None:
    assert topics_json(LOCK) == textwrap.dedent(
        """\
        {
         "schema": 1,
         "watched": {
          "another/tool": {
           "moved_to": "third/tool",
           "failures": {
            "count": 2,
            "gone": 2,
            "last": "404",
            "date": "2023-01-03"
           }
          },
          "Example/Tool": {
           "releases": {
            "2022.08.01": "2022-08-01",
            "v2.5.0-rc1": "2023-01-03",
            "v2.4.*": "2022-06-10 06-27 4:12-30 2023-01-02",
            "v2.3.*": "1:2022-05-01",
            "v2.3": "2022-04-01",
            "v1.2.3+k3s1": "2019-02-01",
            "v1.0.0.*": "2019-01-01",
            "tool/v0.1.*": "2020-02-29"
           }
          }
         }
        }
        """
    )


def test_what_is_saved_is_loaded_again(tmp_path: Path) -> None:
    assert save_lock(LOCK, tmp_path)
    loaded = load_lock(tmp_path)
    assert dict(loaded.watched) == LOCK.watched
    assert loaded == LOCK
    assert not save_lock(loaded, tmp_path)
    assert loaded.repository("EXAMPLE/tool") == TOOL
    assert loaded.repository("nobody/tool") is None


def test_a_day_for_each_tag_is_read_too() -> None:
    days = topics_to_dict(document(TOOL, GONE))
    assert days["watched"]["Example/Tool"]["releases"] == DAYS
    assert topics_from_dict(days) == document(TOOL, GONE)


def test_a_new_release_changes_one_line() -> None:
    for tag, day in (("v2.4.6", "2023-01-20"), ("v2.3.0", "2022-04-20"), ("v2.6.0", "2023-05-01")):
        before = topics_json(LOCK).splitlines()
        after = topics_text(document(watched("Example/Tool", DAYS | {tag: day}), GONE)).splitlines()
        assert len(set(after) - set(before)) == 1, tag
        assert len(set(before) - set(after)) <= 1, tag


def test_a_site_that_watches_nothing_has_no_such_file(tmp_path: Path) -> None:
    save_lock(Lock(), tmp_path)
    assert not (tmp_path / WATCHED_FILE).exists()
    save_lock(LOCK, tmp_path)
    save_lock(Lock(), tmp_path)
    assert load_lock(tmp_path).watched == {}


def test_an_update_writes_it_alone_and_only_where_it_differs(tmp_path: Path) -> None:
    save_lock(LOCK, tmp_path)
    edited = (tmp_path / WATCHED_FILE).read_text(encoding="utf-8").replace("\n", "\n\n")
    (tmp_path / WATCHED_FILE).write_text(edited, encoding="utf-8")
    with writing(tmp_path):
        update_lock(tmp_path, lambda lock: replace(lock, cards={"https://a.jp/": Card(url="https://a.jp/")}))
        assert (tmp_path / WATCHED_FILE).read_text(encoding="utf-8") == edited
        keps = (tmp_path / KEPS_FILE).read_bytes()
        update_lock(tmp_path, lambda lock: replace(lock, watched=document(TOOL).watched))
    assert (tmp_path / WATCHED_FILE).read_text(encoding="utf-8") == topics_text(document(TOOL))
    assert (tmp_path / KEPS_FILE).read_bytes() == keps


def entry(releases: object = None, **more: object) -> dict[str, object]:
    return {"schema": 1, "watched": {"a/b": {"releases": releases or {}, **more}}}


WRONG: dict[str, tuple[object, str]] = {
    "a tag without a version": (
        entry({"latest": "2022-08-01"}),
        'watched["a/b"].releases["latest"]: expected a tag with a version, or v1.2.* for all patches of v1.2',
    ),
    "a star elsewhere": (
        entry({"v1.*": "2022-08-01"}),
        'watched["a/b"].releases["v1.*"]: expected a tag with a version, or v1.2.* for all patches of v1.2',
    ),
    "markup": (
        entry({"v1.2<b>": "2022-08-01"}),
        'watched["a/b"].releases["v1.2<b>"]: expected a tag with a version, or v1.2.* for all patches of v1.2',
    ),
    "no day": (
        entry({"v1.2.3-rc.1": "2022-13-01"}),
        'watched["a/b"].releases["v1.2.3-rc.1"]: expected a date like 2026-08-31, found \'2022-13-01\'',
    ),
    "a day without a year": (
        entry({"v1.2.*": "08-01 2022-08-01"}),
        'watched["a/b"].releases["v1.2.*"]: expected days like 2026-08-31 09-30, found \'08-01 2022-08-01\'',
    ),
    "no leap year": (
        entry({"v1.2.*": "2022-01-01 02-29"}),
        'watched["a/b"].releases["v1.2.*"]: expected a date like 2026-08-31, found \'2022-02-29\'',
    ),
    "no text": (entry({"v1.2.*": 1}), 'watched["a/b"].releases["v1.2.*"]: expected text, found 1'),
    "no repository": (
        {"schema": 1, "watched": {"../b": {}}},
        "watched[\"../b\"]: expected a repository like owner/name, found '../b'",
    ),
    "moved to no repository": (
        entry(moved_to="b"),
        "watched[\"a/b\"].moved_to: expected a repository like owner/name, found 'b'",
    ),
    "an unknown field": (entry(title="x"), "watched[\"a/b\"]: unknown field 'title'"),
    "failures": (
        entry(failures={"count": 0}),
        'watched["a/b"].failures.count: expected a number of at least 1, found 0',
    ),
    "twice": ({"schema": 1, "watched": {"a/b": {}, "A/B": {}}}, "watched: holds a repository twice"),
    "another table": ({"schema": 1, "topics": {}}, "unknown field 'topics'"),
}


def message_of(folder: Path, written: object) -> str:
    (folder / WATCHED_FILE).write_text(json.dumps(written), encoding="utf-8")
    with pytest.raises(NecoError) as failed:
        load_lock(folder)
    return str(failed.value).removeprefix(f"{folder}/")


def test_wrong_edits_are_named_with_their_place(tmp_path: Path) -> None:
    found = {name: message_of(tmp_path, written) for name, (written, _) in WRONG.items()}
    assert found == {name: f"topics.json: {said}{RESTORE}" for name, (_, said) in WRONG.items()}


def test_a_newer_schema_asks_for_an_update(tmp_path: Path) -> None:
    assert message_of(tmp_path, {"schema": 2, "other": 1}) == (
        "topics.json: was written by a newer neco-weekly (schema 2, this one reads up to 1); update neco-weekly"
    )


# --- others write meanwhile -----------------------------------------------------------------------------------------


def lock(*repositories: WatchedRepository) -> Lock:
    return Lock(watched=document(*repositories).watched)


BASE = watched("a/b", {"v1.0.0": "2022-08-01"})
READ = watched("a/b", {"v1.0.0": "2022-08-01", "v1.0.1": "2022-08-08"})
HAND = watched("a/b", {"v1.0.0": "2022-07-31"})
STAYS = " was also changed in the lock meanwhile, and stays as it is there"


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "expected", "kept"),
    [
        pytest.param(lock(), lock(READ), lock(), lock(READ), [], id="nobody else wrote"),
        pytest.param(lock(), lock(READ), lock(GONE), lock(READ, GONE), [], id="another repository"),
        pytest.param(
            lock(BASE),
            lock(READ),
            lock(HAND),
            lock(watched("a/b", {"v1.0.0": "2022-07-31", "v1.0.1": "2022-08-08"})),
            [],
            id="a day by hand in the line of a new patch",
        ),
        pytest.param(
            lock(BASE),
            lock(watched("a/b", {"v1.0.0": "2022-08-02"})),
            lock(HAND),
            lock(HAND),
            [f"a/b: releases: v1.0.0{STAYS}"],
            id="the hand wins",
        ),
        pytest.param(lock(BASE), lock(READ), lock(), lock(), [f"a/b{STAYS}"], id="removed by hand"),
        pytest.param(
            lock(replace(BASE, failures=GONE.failures)),
            lock(READ),
            lock(replace(BASE, failures=GONE.failures, moved_to="c/d")),
            lock(replace(READ, moved_to="c/d")),
            [],
            id="fields",
        ),
    ],
)
def test_join(base: Lock, mine: Lock, theirs: Lock, expected: Lock, kept: list[str]) -> None:
    assert join(base, mine, theirs) == (expected, kept)
