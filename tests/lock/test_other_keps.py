"""`other-keps.json`: KEPs that no issue mentions, in the form of `keps.json`, made when they are asked for."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
from neco_weekly.lock import updates
from neco_weekly.lock.other_keps_json import other_keps_from_dict, other_keps_to_dict
from neco_weekly.lock.overrides import Override
from neco_weekly.lock.store import (
    KEPS_FILE,
    OTHERS_FILE,
    Lock,
    keps_json,
    load_lock,
    other_keps_document,
    other_keps_json,
    save_lock,
)
from neco_weekly.lock.updates import update_lock, writing
from neco_weekly.model.errors import NecoError
from neco_weekly.model.gates import FeatureGate, GateRecord, Gates, GateSource, GateStage
from neco_weekly.model.history import with_history
from neco_weekly.model.keps import Record, Stage, Summary

from tests.lock_fixture import HOSTILE, TODAY, kep

SAID = Summary(text=HOSTILE, path="keps/sig-node/128-x/README.md", date=TODAY)
ALPHA, BETA = (kep(128, "Sleeping", stage, "v1.35", gates=("Sleep",)) for stage in (Stage.ALPHA, Stage.BETA))
LATER = replace(BETA.source, date=dt.date(2026, 7, 2))
OTHER = replace(
    with_history(ALPHA, [Record(state=ALPHA.state, source=ALPHA.source), Record(state=BETA.state, source=LATER)]),
    summary=SAID,
)
COVERED = replace(kep(127, "User Namespaces", Stage.BETA, "v1.30"), summary=replace(SAID, text="Users."))


def gate(name: str, *keps: int) -> FeatureGate:
    stages = (GateStage(stage=Stage.ALPHA, since="v1.35", default=False),)
    record = GateRecord(date=TODAY, path=f"{name}.md", stages=stages)
    return FeatureGate(name=name, keps=keps, records={"website": record}, through={"website": "v1.36"})


GATES = Gates(
    by_name={"Both": gate("Both", 127, 128), "Sleep": gate("Sleep", 128), "User": gate("User", 127)},
    sources={"website": GateSource(date=TODAY, through="v1.36")},
)
LOCK = Lock(as_of=TODAY, fetched={127: COVERED}, others={128: OTHER, 129: kep(129, "x")}, gates=GATES)


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    save_lock(LOCK, tmp_path)
    assert load_lock(tmp_path) == LOCK
    assert other_keps_from_dict(other_keps_to_dict(other_keps_document(LOCK))) == other_keps_document(LOCK)


def test_gates_stand_where_their_keps_do() -> None:
    assert list(json.loads(keps_json(LOCK))["gates"]) == ["Both", "User"]
    assert list(json.loads(other_keps_json(LOCK))["gates"]) == ["Sleep"]
    assert [it.name for it in LOCK.gates.of(128)] == ["Both", "Sleep"]


def test_a_kep_that_moves_is_the_same_text_in_the_other_file() -> None:
    moved = replace(LOCK, fetched={**LOCK.fetched, 128: OTHER}, others={129: LOCK.others[129]})
    written = json.loads(other_keps_json(LOCK))["keps"]["128"]
    assert json.loads(keps_json(moved))["keps"]["128"] == written
    assert set(json.loads(other_keps_json(moved))["keps"]) == {"129"}


def test_a_site_without_such_keps_has_no_such_file(tmp_path: Path) -> None:
    save_lock(replace(LOCK, others={}), tmp_path)
    assert not (tmp_path / OTHERS_FILE).exists()
    save_lock(LOCK, tmp_path)
    save_lock(Lock(), tmp_path)
    assert not load_lock(tmp_path).others


def test_an_update_writes_it_alone_and_only_where_it_differs(tmp_path: Path) -> None:
    save_lock(LOCK, tmp_path)
    edited = (tmp_path / OTHERS_FILE).read_text(encoding="utf-8").replace("\n", "\n\n")
    (tmp_path / OTHERS_FILE).write_text(edited, encoding="utf-8")
    keps = (tmp_path / KEPS_FILE).read_bytes()
    with writing(tmp_path):
        update_lock(tmp_path, lambda lock: replace(lock, missing={7: "not-found"}))
        assert (tmp_path / OTHERS_FILE).read_text(encoding="utf-8") == edited
        assert (tmp_path / KEPS_FILE).read_bytes() != keps
        keps = (tmp_path / KEPS_FILE).read_bytes()
        update_lock(tmp_path, lambda lock: replace(lock, others={**lock.others, 130: kep(130, "new")}))
    assert (tmp_path / KEPS_FILE).read_bytes() == keps
    assert set(load_lock(tmp_path).others) == {128, 129, 130}


def test_a_kep_that_moves_is_never_in_neither_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    orders = []
    monkeypatch.setattr(updates, "write_together", lambda texts, **_: orders.append([it.name for it in texts]))
    save_lock(LOCK, tmp_path)
    for fetched, others in (({**LOCK.fetched, 128: OTHER}, {}), ({}, {**LOCK.others, 127: COVERED})):
        with writing(tmp_path):
            update_lock(tmp_path, lambda lock, new=(fetched, others): replace(lock, fetched=new[0], others=new[1]))  # type: ignore[misc]
    assert orders == [[KEPS_FILE, OTHERS_FILE], [OTHERS_FILE, KEPS_FILE]]


def test_what_a_merge_left_in_both_files_counts_as_keps_json_has_it(tmp_path: Path) -> None:
    save_lock(LOCK, tmp_path)
    both = json.loads((tmp_path / OTHERS_FILE).read_text(encoding="utf-8"))
    both["keps"]["127"] = {"title": "Another"}
    (tmp_path / OTHERS_FILE).write_text(json.dumps(both), encoding="utf-8")
    assert load_lock(tmp_path) == LOCK


def test_who_knows_what() -> None:
    spoken = Override(number=129, sig="sig-x")
    lock = replace(LOCK, overrides={129: spoken}, aliases={5109: 128})
    assert lock.numbers == {127, 129}
    assert lock.all_numbers == {127, 128, 129}
    assert [lock.enhancement(it) for it in (128, 5109)] == [None, None]
    assert [lock.other(it) for it in (127, 128, 129, 5109)] == [None, OTHER, None, OTHER]
    everyone = lock.with_others()
    assert everyone.enhancement(5109) == OTHER
    assert everyone.numbers == {127, 128, 129}
    assert everyone.enhancement(129) == spoken.on_top_of(LOCK.others[129])


WRONG: dict[str, tuple[dict[str, object], str]] = {
    "another table": ({"topics": {}}, "unknown field 'topics'"),
    "no number": ({"keps": {"x": {}}}, 'keps["x"]: expected a KEP number from 1 to 99999'),
    "an unknown field": ({"keps": {"5": {"name": 1}}}, "keps[\"5\"]: unknown field 'name'"),
    "an entry that is none": ({"keps": {"5": []}}, 'keps["5"]: expected an object'),
    "no stage": ({"keps": {"5": {"source": {"kind": "git"}, "stage": "x"}}}, 'keps["5"].stage: expected '),
    "no summary": (
        {"keps": {"5": {"source": {"kind": "git"}, "summary": {"text": 1, "path": "x"}}}},
        'keps["5"].summary.text: expected text, found 1',
    ),
}


def test_wrong_edits_are_named_with_their_place(tmp_path: Path) -> None:
    told = {}
    for name, (written, expected) in WRONG.items():
        (tmp_path / OTHERS_FILE).write_text(json.dumps({"schema": 1, **written}), encoding="utf-8")
        with pytest.raises(NecoError) as failed:
            dict(load_lock(tmp_path).others)
        if not str(failed.value).startswith(f"{tmp_path / OTHERS_FILE}: {expected}"):
            told[name] = str(failed.value)
    assert told == {}
    (tmp_path / OTHERS_FILE).write_text('{"schema": 2}', encoding="utf-8")
    with pytest.raises(NecoError, match="newer neco-weekly"):
        load_lock(tmp_path)


def test_what_nobody_asks_for_is_not_made(tmp_path: Path) -> None:
    save_lock(LOCK, tmp_path)
    text = (tmp_path / OTHERS_FILE).read_text(encoding="utf-8").replace('"Sleeping"', "[]")
    (tmp_path / OTHERS_FILE).write_text(text, encoding="utf-8")
    lock = load_lock(tmp_path)
    assert lock.all_numbers == {127, 128, 129}
    assert lock.recorded(127) == COVERED
    with pytest.raises(NecoError, match="title: expected text"):
        lock.with_others().enhancement(128)
