"""The lock: canonical text, validated when it is read, whole or not at all when it is written."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from neco_weekly.lock.overrides import Override
from neco_weekly.lock.store import (
    CARDS_FILE,
    KEPS_FILE,
    OVERRIDES_FILE,
    Lock,
    cards_json,
    keps_json,
    load_lock,
    save_lock,
)
from neco_weekly.model.cards import Card, CardPicture, Failures, Proposal, RemotePicture
from neco_weekly.model.errors import NecoError
from neco_weekly.model.gates import FeatureGate, GateRecord, Gates, GateSource, GateStage
from neco_weekly.model.history import same_but_for_commits, with_history
from neco_weekly.model.keps import (
    Claim,
    Details,
    Enhancement,
    EnhancementState,
    Record,
    Reference,
    Source,
    Stage,
    Status,
)

from tests.lock_fixture import LOCK, TODAY, kep
from tests.sites import PATIENCE

FULL = Lock(
    as_of=TODAY,
    fetched={
        127: Enhancement(
            number=127,
            state=EnhancementState(
                title='「名前空間」 & <User> "Namespaces" 😅',
                sig="sig-node",
                status=Status.IMPLEMENTED,
                stage=Stage.STABLE,
                latest_milestone="v1.36",
                milestones={Stage.ALPHA: "v1.25", Stage.BETA: "v1.35", Stage.STABLE: "v1.36"},
                feature_gates=("UserNamespacesSupport", "Other"),
                raw={"stage": "GA", "latest-milestone": "1.36"},
            ),
            source=Source(
                kind="git", date=dt.date(2026, 7, 1), path="keps/sig-node/127-x/kep.yaml", pull=3065, commit="abc"
            ),
        ),
        5: Enhancement(number=5, state=EnhancementState(title="PSP"), source=Source(kind="github-issue")),
    },
    missing={9999: "not-found", 4242: "pull-request"},
    pulls={6092: (127,), 913: (5, 127)},
    cards={
        "https://example.com/z?a=1&b=2": Card(url="https://example.com/z?a=1&b=2"),
        "https://example.com/proposed": Card(
            url="https://example.com/proposed",
            title="題",
            proposed=Proposal(
                title="Error",
                description="…",
                site="Example",
                published="2026-07-01",
                reason="asks for a password",
                date=dt.date(2026, 7, 9),
                decision="reject",
            ),
        ),
        "https://example.com/a": Card(
            url="https://example.com/a",
            title="題",
            description="説明",
            site="Example",
            image=CardPicture(url="https://example.com/a.png", file="0123456789abcdef0123.webp", width=480, height=252),
            icon=CardPicture(
                url="https://example.com/favicon.ico", file="fedcba98765432100000.png", width=32, height=32
            ),
            lang="ja",
            published="2022-08-26T12:00:00+09:00",
            origins={"title": "og", "description": "html"},
            fetched=dt.date(2026, 7, 2),
            failures=Failures(count=4, gone=3, last="404", date=dt.date(2026, 7, 9)),
            archive="https://web.archive.org/web/20260702000000/https://example.com/a",
        ),
    },
    gates=Gates(
        by_name={
            "Sleep": FeatureGate(
                name="Sleep",
                keps=(127, 128),
                records={
                    "website": GateRecord(
                        date=dt.date(2026, 1, 20),
                        path="content/Sleep.md",
                        removed=True,
                        stages=(
                            GateStage(stage=Stage.ALPHA, since="v1.28", until="v1.29", default=False),
                            GateStage(stage=Stage.STABLE, since="v1.30", default=True, locked=True),
                        ),
                    ),
                    "feature-list": GateRecord(
                        date=dt.date(2025, 12, 17),
                        path="v1.35.0:list.yaml",
                        stages=(GateStage(stage=Stage.STABLE, since="v1.0", earlier=True),),
                    ),
                },
            )
        },
        sources={
            "website": GateSource(date=dt.date(2026, 1, 22), through="v1.35"),
            "feature-list": GateSource(date=dt.date(2025, 12, 17), through="v1.35"),
        },
    ),
    released={"v1.36": dt.date(2026, 4, 22)},
)


def written(folder: Path, lock: Lock = FULL) -> Path:
    save_lock(lock, folder)
    return folder


def document(folder: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / name).read_text(encoding="utf-8"))
    return found


def message_of(folder: Path) -> str:
    with pytest.raises(NecoError) as error:
        load_lock(folder)
    text = str(error.value)
    assert "\n" not in text
    return text.removeprefix(f"{folder}/")


# --- what is known ------------------------------------------------------------------------------------------------


def test_a_person_s_word_stands_on_top_of_what_was_fetched() -> None:
    lock = Lock(fetched={127: kep(127, "A", Stage.BETA, "v1.30")}, overrides={127: Override(number=127, title="B")})
    known = lock.enhancement(127)
    assert known is not None
    assert (known.state.title, known.state.stage, known.state.milestone) == ("B", Stage.BETA, "v1.30")


def test_an_override_alone_makes_a_kep_known() -> None:
    known = LOCK.enhancement(5)
    assert known is not None
    assert (known.number, known.source.kind, known.note) == (5, "override", "v1.25 で削除されました。")


def test_nothing_known_is_none() -> None:
    assert LOCK.enhancement(9999) is None
    assert LOCK.card("https://example.com/never") is None


def test_numbers_are_those_of_which_anything_is_known() -> None:
    assert LOCK.numbers == {5, 127, 128, 129, 661, 666}


@pytest.mark.parametrize("url", ["https://example.com/", "https://example.com", "HTTPS://EXAMPLE.COM:443"])
def test_a_card_is_known_by_its_normal_address(url: str) -> None:
    card = LOCK.card(url)
    assert card is not None
    assert card.title == "Example Domain"


# --- written and read ---------------------------------------------------------------------------------------------


def test_what_is_saved_is_loaded_again(tmp_path: Path) -> None:
    assert load_lock(written(tmp_path)) == FULL


def test_no_files_are_an_empty_lock(tmp_path: Path) -> None:
    assert load_lock(tmp_path) == load_lock(tmp_path / "not there") == Lock()


def test_either_file_may_be_missing(tmp_path: Path) -> None:
    (written(tmp_path) / CARDS_FILE).unlink()
    assert load_lock(tmp_path) == replace(FULL, cards={})


def test_overrides_are_read_with_the_lock(tmp_path: Path) -> None:
    (written(tmp_path) / OVERRIDES_FILE).write_text("keps: {5: {note: x}}\n", encoding="utf-8")
    assert load_lock(tmp_path).overrides == {5: Override(number=5, note="x")}


def test_an_alias_is_the_kep_that_it_stands_for(tmp_path: Path) -> None:
    save_lock(Lock(fetched={127: kep(127, "User Namespaces"), 9: kep(9, "x")}, missing={8: "not-found"}), tmp_path)
    (tmp_path / "overrides.yml").write_text("keps: {9: {same_as: 127}, 8: {same_as: 127}, 7: {same_as: 6}}")
    lock = load_lock(tmp_path)
    assert [lock.canonical(number) for number in (127, 9, 8, 7, 6, 5)] == [127, 127, 127, 6, 6, 5]
    assert [lock.enhancement(number) for number in (127, 9, 8)] == [lock.fetched[127]] * 3
    assert lock.enhancement(7) is None


def test_the_text_of_keps_is_canonical() -> None:
    assert keps_json(FULL) == textwrap.dedent(
        """\
        {
         "schema": 4,
         "as_of": "2026-07-24",
         "keps": {
          "5": {
           "title": "PSP",
           "source": {
            "kind": "github-issue"
           }
          },
          "127": {
           "title": "「名前空間」 & <User> \\"Namespaces\\" 😅",
           "sig": "sig-node",
           "status": "implemented",
           "stage": "stable",
           "latest_milestone": "v1.36",
           "milestones": {
            "alpha": "v1.25",
            "beta": "v1.35",
            "stable": "v1.36"
           },
           "feature_gates": [
            "UserNamespacesSupport",
            "Other"
           ],
           "raw": {
            "latest-milestone": "1.36",
            "stage": "GA"
           },
           "source": {
            "kind": "git",
            "date": "2026-07-01",
            "path": "keps/sig-node/127-x/kep.yaml",
            "pull": 3065,
            "commit": "abc"
           }
          }
         },
         "missing": {
          "4242": "pull-request",
          "9999": "not-found"
         },
         "gate_sources": {
          "feature-list": {
           "date": "2025-12-17",
           "through": "v1.35"
          },
          "website": {
           "date": "2026-01-22",
           "through": "v1.35"
          }
         },
         "gates": {
          "Sleep": {
           "keps": [
            127,
            128
           ],
           "website": {
            "date": "2026-01-20",
            "path": "content/Sleep.md",
            "removed": true,
            "stages": [
             {
              "stage": "alpha",
              "default": false,
              "since": "v1.28",
              "until": "v1.29"
             },
             {
              "stage": "stable",
              "default": true,
              "locked": true,
              "since": "v1.30"
             }
            ]
           },
           "feature-list": {
            "date": "2025-12-17",
            "path": "v1.35.0:list.yaml",
            "stages": [
             {
              "stage": "stable",
              "since": "v1.0",
              "earlier": true
             }
            ]
           }
          }
         },
         "released": {
          "v1.36": "2026-04-22"
         },
         "pulls": {
          "913": [
           5,
           127
          ],
          "6092": [
           127
          ]
         }
        }
        """
    )


def test_the_text_of_cards_is_canonical() -> None:
    assert cards_json(FULL) == textwrap.dedent(
        """\
        {
         "schema": 3,
         "cards": {
          "https://example.com/a": {
           "title": "題",
           "description": "説明",
           "site": "Example",
           "image": {
            "url": "https://example.com/a.png",
            "file": "0123456789abcdef0123.webp",
            "width": 480,
            "height": 252
           },
           "icon": {
            "url": "https://example.com/favicon.ico",
            "file": "fedcba98765432100000.png",
            "width": 32,
            "height": 32
           },
           "lang": "ja",
           "published": "2022-08-26T12:00:00+09:00",
           "origins": {
            "description": "html",
            "title": "og"
           },
           "fetched": "2026-07-02",
           "failures": {
            "count": 4,
            "gone": 3,
            "last": "404",
            "date": "2026-07-09"
           },
           "archive": "https://web.archive.org/web/20260702000000/https://example.com/a"
          },
          "https://example.com/proposed": {
           "title": "題",
           "proposed": {
            "title": "Error",
            "description": "…",
            "site": "Example",
            "published": "2026-07-01",
            "reason": "asks for a password",
            "date": "2026-07-09",
            "decision": "reject"
           }
          },
          "https://example.com/z?a=1&b=2": {}
         }
        }
        """
    )


A_PICTURE = RemotePicture(
    url="https://example.com/a.png",
    copy=CardPicture(url="https://example.com/a.png", file="0123456789abcdef0123.webp", width=800, height=450),
    fetched=dt.date(2026, 7, 2),
)
FAILED = RemotePicture(
    url="https://example.com/b.png", failures=Failures(count=1, last="404", date=dt.date(2026, 7, 9))
)


def test_pictures_of_issues_are_a_table_of_their_own(tmp_path: Path) -> None:
    lock = Lock(pictures={FAILED.url: FAILED, A_PICTURE.url: A_PICTURE})
    assert cards_json(lock) == textwrap.dedent(
        """\
        {
         "schema": 3,
         "cards": {},
         "pictures": {
          "https://example.com/a.png": {
           "file": "0123456789abcdef0123.webp",
           "width": 800,
           "height": 450,
           "fetched": "2026-07-02"
          },
          "https://example.com/b.png": {
           "failures": {
            "count": 1,
            "last": "404",
            "date": "2026-07-09"
           }
          }
         }
        }
        """
    )
    save_lock(lock, tmp_path)
    assert load_lock(tmp_path).pictures == lock.pictures


@pytest.mark.parametrize(
    ("pictures", "message"),
    [
        ({"https://A.jp/a.png": {}}, '["https://A.jp/a.png"]: expected the address as https://a.jp/a.png'),
        ({"https://a.jp/a.png": {"file": "../a.png", "width": 1, "height": 1}}, "expected the name of a picture"),
        ({"https://a.jp/a.png": {"file": f"{'0' * 20}.png", "width": 1}}, "height"),
        ({"https://a.jp/a.png": {"url": "https://a.jp/a.png"}}, "unknown field 'url'"),
        ({"javascript:alert(1)": {}}, "javascript:alert(1)"),
    ],
)
def test_a_wrong_edit_of_pictures_is_named(tmp_path: Path, pictures: dict[str, Any], message: str) -> None:
    (tmp_path / CARDS_FILE).write_text(json.dumps({"schema": 2, "cards": {}, "pictures": pictures}), encoding="utf-8")
    told = message_of(tmp_path)
    assert told.startswith('cards.json: pictures["')
    assert message in told


def test_the_order_in_which_things_were_found_does_not_show(tmp_path: Path) -> None:
    turned = replace(
        FULL,
        fetched=dict(sorted(FULL.fetched.items(), reverse=True)),
        missing=dict(sorted(FULL.missing.items())),
        cards=dict(sorted(FULL.cards.items())),
    )
    assert keps_json(turned) == keps_json(FULL)
    assert cards_json(turned) == cards_json(FULL)


def test_an_empty_lock_has_a_text_that_is_loaded_again(tmp_path: Path) -> None:
    assert load_lock(written(tmp_path, Lock())) == Lock()


def test_people_s_words_are_never_saved(tmp_path: Path) -> None:
    written(tmp_path, LOCK)
    assert not (tmp_path / OVERRIDES_FILE).exists()
    assert '"5"' not in (tmp_path / KEPS_FILE).read_text(encoding="utf-8")


def test_a_lock_of_full_size_is_read_as_it_was(tmp_path: Path) -> None:
    urls = [f"https://example.com/{number}" for number in range(5000)]
    lock = Lock(
        as_of=TODAY,
        fetched={number: replace(FULL.fetched[127], number=number) for number in range(1, 701)},
        cards={url: replace(FULL.cards["https://example.com/a"], url=url) for url in urls},
    )
    assert load_lock(written(tmp_path, lock)) == lock


# --- history ------------------------------------------------------------------------------------------------------

PATH, OLD_PATH = "keps/sig-node/127-user-namespaces/kep.yaml", "keps/sig-node/127-userns/kep.yaml"
LISTED = Source(kind="keps-json", date=dt.date(2026, 7, 20), path=PATH)
ALPHA = EnhancementState(
    title="User Namespaces",
    sig="sig-node",
    status=Status.IMPLEMENTABLE,
    stage=Stage.ALPHA,
    milestones={Stage.ALPHA: "v1.25"},
    raw={"latest-milestone": "TBD"},
)
BETA = replace(
    ALPHA,
    stage=Stage.BETA,
    latest_milestone="v1.30",
    milestones={Stage.ALPHA: "v1.25", Stage.BETA: "v1.30"},
    feature_gates=("UserNamespacesSupport",),
    raw={},
)
NAMED = replace(BETA, title="Support User Namespaces", sig=None)


def of_git(day: str, state: EnhancementState | None, pull: int | None = None, *, path: str = PATH) -> Record:
    """A commit's record; without a state the file was deleted."""
    source = Source(kind="git", date=dt.date.fromisoformat(day), path=path if state else None, pull=pull)
    return Record(source=source, state=state, gap=None if state else "deleted")


STORY = with_history(
    Enhancement(
        number=127,
        state=ALPHA,
        source=Source(kind="git"),
        details=Details.of(
            authors=("@rata", "@giuseppe"),
            participating_sigs=("sig-security",),
            created=dt.date(2021, 7, 13),
            see_also=(Reference(kep=661), Reference(url="https://example.com/a?b=1&c=2")),
            replaces=(Reference(text="n/a in 2016"),),
            superseded_by=(Reference(kep=5),),
        ),
        claims=(Claim(field="milestones.beta", value="v1.31", source=LISTED),),
    ),
    [
        of_git("2021-07-13", ALPHA, 2101, path=OLD_PATH),
        of_git("2022-01-05", ALPHA, 3101),
        of_git("2023-02-01", None, 3601),
        of_git("2023-02-08", BETA),
        replace(of_git("2025-01-01", NAMED), observed=True),
        Record(source=LISTED, state=BETA, observed=True),
    ],
)


def test_a_history_reads_like_what_happened() -> None:
    lines = keps_json(Lock(fetched={127: STORY})).splitlines()
    assert textwrap.dedent("\n".join(lines[4:-3])) == textwrap.dedent(
        """\
        "127": {
         "title": "User Namespaces",
         "sig": "sig-node",
         "status": "implementable",
         "stage": "beta",
         "latest_milestone": "v1.30",
         "milestones": {
          "alpha": "v1.25",
          "beta": "v1.30"
         },
         "feature_gates": [
          "UserNamespacesSupport"
         ],
         "authors": [
          "@rata",
          "@giuseppe"
         ],
         "participating_sigs": [
          "sig-security"
         ],
         "created": "2021-07-13",
         "see_also": [
          {
           "kep": 661
          },
          {
           "url": "https://example.com/a?b=1&c=2"
          }
         ],
         "replaces": [
          {
           "text": "n/a in 2016"
          }
         ],
         "superseded_by": [
          {
           "kep": 5
          }
         ],
         "claims": [
          {
           "field": "milestones.beta",
           "value": "v1.31",
           "source": {
            "kind": "keps-json",
            "date": "2026-07-20",
            "path": "keps/sig-node/127-user-namespaces/kep.yaml"
           }
          }
         ],
         "source": {
          "kind": "keps-json",
          "date": "2026-07-20",
          "path": "keps/sig-node/127-user-namespaces/kep.yaml"
         },
         "history": [
          {
           "date": "2026-07-20",
           "observed": true,
           "was": {
            "title": "Support User Namespaces",
            "sig": null
           }
          },
          {
           "date": "2025-01-01",
           "kind": "git",
           "observed": true,
           "was": {
            "title": "User Namespaces",
            "sig": "sig-node"
           }
          },
          {
           "date": "2023-02-08",
           "kind": "git"
          },
          {
           "date": "2023-02-01",
           "kind": "git",
           "pull": 3601,
           "gap": "deleted",
           "was": {
            "stage": "alpha",
            "latest_milestone": null,
            "milestones": {
             "alpha": "v1.25"
            },
            "feature_gates": null,
            "raw": {
             "latest-milestone": "TBD"
            }
           }
          },
          {
           "date": "2022-01-05",
           "kind": "git",
           "pull": 3101,
           "was": {
            "path": "keps/sig-node/127-userns/kep.yaml"
           }
          },
          {
           "date": "2021-07-13",
           "kind": "git",
           "pull": 2101
          }
         ]
        }"""
    )


GAP = of_git("2023-02-01", None)
NOWHERE = replace(LISTED, path=None)

HISTORIES = {
    "everything": STORY,
    "gap at the end": with_history(STORY, [*STORY.history[:2], GAP]),
    "gap at the beginning": with_history(STORY, [GAP, *STORY.history[3:]]),
    "gaps only around": with_history(
        STORY, [GAP, of_git("2023-02-02", BETA), replace(of_git("2023-02-03", None), gap="ambiguous")]
    ),
    "several gaps in a row": with_history(
        STORY, [of_git("2022-01-01", ALPHA), GAP, replace(GAP, gap="unreadable"), of_git("2024-01-01", BETA)]
    ),
    "the same again after a gap": with_history(STORY, [of_git("2022-01-01", BETA), GAP, of_git("2024-01-01", BETA)]),
    "one record": with_history(STORY, [of_git("2022-01-01", ALPHA, 7)]),
    "two on one day": with_history(STORY, [of_git("2022-01-01", ALPHA, 7), of_git("2022-01-01", BETA, 8)]),
    "no path in the end": with_history(STORY, [of_git("2022-01-01", BETA), Record(source=NOWHERE, state=BETA)]),
    "no path at first": with_history(STORY, [Record(source=NOWHERE, state=BETA), of_git("2026-08-01", BETA)]),
    "no title at first": with_history(
        STORY, [of_git("2022-01-01", replace(ALPHA, title="")), of_git("2022-01-02", ALPHA)]
    ),
    "commits": with_history(
        STORY, [replace(it, source=replace(it.source, commit=f"{n:040}")) for n, it in enumerate(STORY.history)]
    ),
    "no history": replace(STORY, history=()),
}


@pytest.mark.parametrize("enhancement", HISTORIES.values(), ids=HISTORIES)
def test_a_history_is_loaded_as_it_was_saved(enhancement: Enhancement, tmp_path: Path) -> None:
    lock = Lock(as_of=TODAY, fetched={127: enhancement}, irregular={"keps/x/kep.yaml": "it has no kep-number"})
    assert load_lock(written(tmp_path, lock)) == lock
    assert not save_lock(load_lock(tmp_path), tmp_path)


@pytest.mark.parametrize("schema", [1, 2, 3])
def test_a_lock_of_an_older_schema_is_read_and_knows_no_gates(schema: int, tmp_path: Path) -> None:
    content = document(written(tmp_path), KEPS_FILE) | {"schema": schema}
    old = {name: value for name, value in content.items() if name not in ("gates", "gate_sources", "released")}
    (tmp_path / KEPS_FILE).write_text(json.dumps(old), encoding="utf-8")
    assert load_lock(tmp_path) == replace(FULL, gates=Gates(), released={})
    assert save_lock(load_lock(tmp_path), tmp_path)
    assert document(tmp_path, KEPS_FILE)["schema"] == 4


# --- bad input ----------------------------------------------------------------------------------------------------

RESTORE = "; restore it from git, or delete it and run `neco refresh`"


@pytest.mark.parametrize("name", [KEPS_FILE, CARDS_FILE])
def test_a_truncated_file_is_named_with_its_line(tmp_path: Path, name: str) -> None:
    path = written(tmp_path) / name
    text = path.read_text(encoding="utf-8")
    for length in range(0, len(text.rstrip()), 7):
        path.write_text(text[:length], encoding="utf-8")
        message = message_of(tmp_path)
        line = text.count("\n", 0, length) + 1
        assert message.startswith((f"{name}:{line}: is not JSON: ", f"{name}:{line - 1}: is not JSON: "))
        assert message.endswith(f" (the file ends too early){RESTORE}")


def test_a_newer_schema_asks_for_an_update(tmp_path: Path) -> None:
    (tmp_path / CARDS_FILE).write_text('{"schema": 4, "cards": {}, "other": 1}', encoding="utf-8")
    assert message_of(tmp_path) == (
        "cards.json: was written by a newer neco-weekly (schema 4, this one reads up to 3); update neco-weekly"
    )


@pytest.mark.parametrize(
    "text", ["[]", "1", "null", '"x"', "{}", '{"schema": "1"}', '{"schema": true}', '{"cards": {}}']
)
def test_a_file_without_a_schema_is_no_lock(tmp_path: Path, text: str) -> None:
    (tmp_path / KEPS_FILE).write_text(text, encoding="utf-8")
    assert message_of(tmp_path) == f"keps.json: expected an object with a number in `schema`{RESTORE}"


@pytest.mark.parametrize("marker", ["<<<<<<< HEAD", "=======", ">>>>>>> refresh"])
def test_merge_markers_are_named_with_their_line(tmp_path: Path, marker: str) -> None:
    path = written(tmp_path) / KEPS_FILE
    lines = path.read_text(encoding="utf-8").split("\n")
    path.write_text("\n".join([*lines[:9], marker, *lines[9:]]), encoding="utf-8")
    assert message_of(tmp_path) == (
        "keps.json:10: holds merge markers; take either side whole, then run `neco refresh`"
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param('{"schema": 1, "as_of": "題"}'.encode("cp932"), "keps.json: cannot be read", id="Shift_JIS"),
        pytest.param(b'\xef\xbb\xbf{"schema": 1}', "keps.json:1: is not JSON: ", id="byte order mark"),
        pytest.param(b'{"schema": 1,\n "as_of": "a\nb"}', "keps.json:2: is not JSON: ", id="line break in a text"),
        pytest.param(b"[" * 100_000, "keps.json: is no lock, it is nested too deeply; ", id="nested too deeply"),
        pytest.param(b'{"schema": 1} {}', "keps.json:1: is not JSON: ", id="two documents"),
    ],
)
def test_what_is_no_json_is_named(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / KEPS_FILE).write_bytes(data)
    said = message_of(tmp_path)
    assert said.startswith(message)
    assert "too early" not in said


KEP: dict[str, Any] = {"title": "T", "source": {"kind": "git"}}

WRONG_KEPS = {
    "date": ({"as_of": "2026-13-01"}, "as_of: expected a date like 2026-08-31, found '2026-13-01'"),
    "date that is a number": ({"as_of": 20260101}, "as_of: expected a date like 2026-08-31, found 20260101"),
    "table": ({"keps": []}, "keps: expected an object"),
    "null table": ({"missing": None}, "missing: expected an object"),
    "number": ({"keps": {"0127": KEP}}, 'keps["0127"]: expected a KEP number from 1 to 99999'),
    "number zero": ({"keps": {"0": KEP}}, 'keps["0"]: expected a KEP number from 1 to 99999'),
    "number of twenty digits": (
        {"keps": {"1" * 20: KEP}},
        'keps["11111111111111111111"]: expected a KEP number from 1 to 99999',
    ),
    "number that is none": ({"keps": {"KEP-127": KEP}}, 'keps["KEP-127"]: expected a KEP number from 1 to 99999'),
    "entry": ({"keps": {"127": "stable"}}, 'keps["127"]: expected an object'),
    "unknown field": ({"keps": {"127": {**KEP, "stages": {}}}}, "keps[\"127\"]: unknown field 'stages'"),
    "title": ({"keps": {"127": {**KEP, "title": 1}}}, 'keps["127"].title: expected text, found 1'),
    "control character": (
        {"keps": {"127": {**KEP, "title": "a\x02wzxhzdk:0\x03"}}},
        'keps["127"].title: holds a control character',
    ),
    "line break": ({"keps": {"127": {**KEP, "title": "a\nb"}}}, 'keps["127"].title: holds a control character'),
    "C1 control": ({"keps": {"127": {**KEP, "title": "a\x9b"}}}, 'keps["127"].title: holds a control character'),
    "half a character": ({"keps": {"127": {**KEP, "title": "\ud83d"}}}, 'keps["127"].title: holds a control character'),
    "no character": ({"keps": {"127": {**KEP, "title": "\uffff"}}}, 'keps["127"].title: holds a control character'),
    "stage": (
        {"keps": {"127": {**KEP, "stage": "GA"}}},
        "keps[\"127\"].stage: expected one of alpha, beta, stable, deprecated, disabled, removed, found 'GA'",
    ),
    "stage that is a list": (
        {"keps": {"127": {**KEP, "stage": ["alpha"]}}},
        "keps[\"127\"].stage: expected one of alpha, beta, stable, deprecated, disabled, removed, found ['alpha']",
    ),
    "status": (
        {"keps": {"127": {**KEP, "status": "done"}}},
        'keps["127"].status: expected one of provisional, implementable, implemented, deferred, rejected, withdrawn, '
        "replaced, found 'done'",
    ),
    "milestone": (
        {"keps": {"127": {**KEP, "latest_milestone": "v2"}}},
        "keps[\"127\"].latest_milestone: expected a release like v1.25, found 'v2'",
    ),
    "milestone that is not normal": (
        {"keps": {"127": {**KEP, "latest_milestone": "1.25"}}},
        "keps[\"127\"].latest_milestone: expected a release like v1.25, found '1.25'",
    ),
    "milestones": ({"keps": {"127": {**KEP, "milestones": ["v1.25"]}}}, 'keps["127"].milestones: expected an object'),
    "milestones of no stage": (
        {"keps": {"127": {**KEP, "milestones": {"ga": "v1.25"}}}},
        'keps["127"].milestones["ga"]: expected one of alpha, beta, stable, deprecated, disabled, removed, '
        "found 'ga'",
    ),
    "milestones of no release": (
        {"keps": {"127": {**KEP, "milestones": {"beta": "soon"}}}},
        'keps["127"].milestones["beta"]: expected a release like v1.25, found \'soon\'',
    ),
    "gates": (
        {"keps": {"127": {**KEP, "feature_gates": "A"}}},
        "keps[\"127\"].feature_gates: expected a list of texts, found 'A'",
    ),
    "a gate": ({"keps": {"127": {**KEP, "feature_gates": [1]}}}, 'keps["127"].feature_gates: expected text, found 1'),
    "raw": ({"keps": {"127": {**KEP, "raw": {"stage": None}}}}, 'keps["127"].raw["stage"]: expected text, found None'),
    "no source": ({"keps": {"127": {"title": "T"}}}, 'keps["127"].source: expected an object'),
    "source of no kind": (
        {"keps": {"127": {**KEP, "source": {"kind": "svn"}}}},
        "keps[\"127\"].source.kind: expected one of git, keps-json, github-issue, override, found 'svn'",
    ),
    "unknown field of a source": (
        {"keps": {"127": {**KEP, "source": {"kind": "git", "host": "x"}}}},
        "keps[\"127\"].source: unknown field 'host'",
    ),
    "date of a source": (
        {"keps": {"127": {**KEP, "source": {"kind": "git", "date": "now"}}}},
        "keps[\"127\"].source.date: expected a date like 2026-08-31, found 'now'",
    ),
    "pull request": (
        {"keps": {"127": {**KEP, "source": {"kind": "git", "pull": "1"}}}},
        "keps[\"127\"].source.pull: expected a whole number, found '1'",
    ),
    "pull request that is true": (
        {"keps": {"127": {**KEP, "source": {"kind": "git", "pull": True}}}},
        'keps["127"].source.pull: expected a whole number, found True',
    ),
    "absence": (
        {"missing": {"9999": "gone"}},
        "missing[\"9999\"]: expected one of not-found, pull-request, found 'gone'",
    ),
    "absence of no number": ({"missing": {"x": "not-found"}}, 'missing["x"]: expected a KEP number from 1 to 99999'),
    "unknown table": ({"kep": {}}, "unknown field 'kep'"),
}

FIRST = {"date": "2024-01-01"}


def entries(*wrong: object) -> dict[str, Any]:
    """A KEP-127 with these entries of its history, newest first."""
    return {"keps": {"127": {**KEP, "history": list(wrong)}}}


IN_127 = 'keps["127"]'
WRONG_HISTORIES = {
    "no list": ({"keps": {"127": {**KEP, "history": {}}}}, f"{IN_127}.history: expected a list, found {{}}"),
    "no object": (entries("stable"), f"{IN_127}.history[0]: expected an object"),
    "unknown field": (entries(FIRST, {**FIRST, "wsa": {}}), f"{IN_127}.history[1]: unknown field 'wsa'"),
    "no date": (entries({}), f"{IN_127}.history[0].date: expected a date like 2026-08-31, found None"),
    "date": (
        entries(FIRST, {"date": "2023-13-01"}),
        f"{IN_127}.history[1].date: expected a date like 2026-08-31, found '2023-13-01'",
    ),
    "dates in disorder": (
        entries(FIRST, {"date": "2024-01-02"}),
        f"{IN_127}.history[1].date: 2024-01-02 is later than the change above it",
    ),
    "pull request": (entries({**FIRST, "pull": "7"}), f"{IN_127}.history[0].pull: expected a whole number, found '7'"),
    "observed": (entries({**FIRST, "observed": 1}), f"{IN_127}.history[0].observed: expected true or false, found 1"),
    "gap": (
        entries({**FIRST, "gap": "lost"}),
        f"{IN_127}.history[0].gap: expected one of deleted, ambiguous, unreadable, found 'lost'",
    ),
    "kind": (
        entries({**FIRST, "kind": "svn"}),
        f"{IN_127}.history[0].kind: expected one of git, keps-json, github-issue, override, found 'svn'",
    ),
    "was": (entries({**FIRST, "was": "alpha"}), f"{IN_127}.history[0].was: expected an object"),
    "field that was": (
        entries({**FIRST, "was": {"number": 1}}),
        f"{IN_127}.history[0].was: unknown field 'number'",
    ),
    "stage that was": (
        entries(FIRST, {**FIRST, "was": {"stage": "GA"}}),
        f"{IN_127}.history[1].was.stage: expected one of alpha, beta, stable, deprecated, disabled, removed, "
        "found 'GA'",
    ),
    "milestone that was": (
        entries({**FIRST, "was": {"milestones": {"beta": "1.30"}}}),
        f"{IN_127}.history[0].was.milestones[\"beta\"]: expected a release like v1.25, found '1.30'",
    ),
    "path that was": (entries({**FIRST, "was": {"path": 1}}), f"{IN_127}.history[0].was.path: expected text, found 1"),
    "claim": ({"keps": {"127": {**KEP, "claims": [1]}}}, f"{IN_127}.claims[0]: expected an object"),
    "value of a claim": (
        {"keps": {"127": {**KEP, "claims": [{"field": "stage"}]}}},
        f"{IN_127}.claims[0].value: expected text, found None",
    ),
    "field of a claim": (
        {"keps": {"127": {**KEP, "claims": [{"field": "stages", "value": "x"}]}}},
        f"{IN_127}.claims[0].field: expected one of title, sig, status, stage, latest_milestone, feature_gates, "
        "milestones.alpha, milestones.beta, milestones.stable, milestones.deprecated, milestones.disabled, "
        "milestones.removed, found 'stages'",
    ),
    "source of a claim": (
        {"keps": {"127": {**KEP, "claims": [{"field": "stage", "value": "x"}]}}},
        f"{IN_127}.claims[0].source: expected an object",
    ),
    "authors": (
        {"keps": {"127": {**KEP, "authors": "@a"}}},
        f"{IN_127}.authors: expected a list of texts, found '@a'",
    ),
    "day of creation": (
        {"keps": {"127": {**KEP, "created": "soon"}}},
        f"{IN_127}.created: expected a date like 2026-08-31, found 'soon'",
    ),
    "reference": ({"keps": {"127": {**KEP, "see_also": ["KEP-1"]}}}, f"{IN_127}.see_also[0]: expected an object"),
    "address of a reference": (
        {"keps": {"127": {**KEP, "replaces": [{}, {"url": "javascript:alert(1)"}]}}},
        f"{IN_127}.replaces[1].url: expected an http(s) URL, found 'javascript:alert(1)'",
    ),
    "irregular": ({"irregular": {"keps/x": 1}}, 'irregular["keps/x"]: expected text, found 1'),
    "number of a pull request": ({"pulls": {"x": [127]}}, 'pulls["x"]: expected a KEP number from 1 to 99999'),
    "KEPs of a pull request": ({"pulls": {"6092": 127}}, 'pulls["6092"]: expected a list of numbers, found 127'),
    "KEP of a pull request": ({"pulls": {"6092": [0]}}, 'pulls["6092"]: expected a number of at least 1, found 0'),
}


@pytest.mark.parametrize(("change", "message"), WRONG_HISTORIES.values(), ids=WRONG_HISTORIES)
def test_a_wrong_edit_of_a_history_is_named_with_its_place(
    tmp_path: Path, change: dict[str, Any], message: str
) -> None:
    (tmp_path / KEPS_FILE).write_text(json.dumps({"schema": 2, **change}), encoding="utf-8")
    assert message_of(tmp_path) == f"keps.json: {message}{RESTORE}"


def test_a_newer_schema_of_keps_asks_for_an_update(tmp_path: Path) -> None:
    (tmp_path / KEPS_FILE).write_text('{"schema": 5}', encoding="utf-8")
    assert "schema 5, this one reads up to 4" in message_of(tmp_path)


SAID = {"date": "2026-01-20", "path": "a.md"}
IN_GATE = 'gates["A"]'
WRONG_GATES = {
    "name": ({"gates": {"A b": {}}}, 'gates["A b"]: expected the name of a feature gate'),
    "field": ({"gates": {"A": {"stages": []}}}, f"{IN_GATE}: unknown field 'stages'"),
    "kep": ({"gates": {"A": {"keps": [0]}}}, f"{IN_GATE}.keps[0]: expected a number of at least 1, found 0"),
    "day": ({"gates": {"A": {"website": {"path": "a"}}}}, f"{IN_GATE}.website.date: "),
    "stage": (
        {"gates": {"A": {"website": {**SAID, "stages": [{"stage": "gamma", "since": "v1.1"}]}}}},
        f"{IN_GATE}.website.stages[0].stage: expected one of alpha, beta, stable, deprecated, disabled, removed",
    ),
    "release": (
        {"gates": {"A": {"website": {**SAID, "stages": [{"stage": "beta", "since": "1.1"}]}}}},
        f"{IN_GATE}.website.stages[0].since: expected a release like v1.25, found '1.1'",
    ),
    "source": ({"gate_sources": {"blog": {}}}, 'gate_sources["blog"]: expected one of website, feature-list'),
    "released": ({"released": {"v1.36": "soon"}}, 'released["v1.36"]: expected a date like 2026-08-31'),
}


@pytest.mark.parametrize(("change", "message"), WRONG_GATES.values(), ids=WRONG_GATES)
def test_a_wrong_edit_of_a_gate_is_named_with_its_place(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    (tmp_path / KEPS_FILE).write_text(json.dumps({"schema": 3, **change}), encoding="utf-8")
    assert message_of(tmp_path).startswith(f"keps.json: {message}")


PICTURE = {"url": "https://a.jp/i.png", "file": "0123456789abcdef0123.webp", "width": 480, "height": 252}
WRONG_CARDS = {
    "address": ({"example.com": {}}, "cards[\"example.com\"]: expected an http(s) URL, found 'example.com'"),
    "address with a script": (
        {"javascript:alert(1)": {}},
        "cards[\"javascript:alert(1)\"]: expected an http(s) URL, found 'javascript:alert(1)'",
    ),
    "address that is not normal": (
        {"https://Example.com": {}},
        'cards["https://Example.com"]: expected the address as https://example.com/',
    ),
    "entry": ({"https://a.jp/": None}, 'cards["https://a.jp/"]: expected an object'),
    "unknown field": ({"https://a.jp/": {"url": "x"}}, "cards[\"https://a.jp/\"]: unknown field 'url'"),
    "title": ({"https://a.jp/": {"title": ["x"]}}, "cards[\"https://a.jp/\"].title: expected text, found ['x']"),
    "control character": (
        {"https://a.jp/": {"description": "a\x1bb"}},
        'cards["https://a.jp/"].description: holds a control character',
    ),
    "image": (
        {"https://a.jp/": {"image": {**PICTURE, "url": "javascript:alert(1)"}}},
        "cards[\"https://a.jp/\"].image.url: expected an http(s) URL, found 'javascript:alert(1)'",
    ),
    "icon": (
        {"https://a.jp/": {"icon": {**PICTURE, "file": "../../index.html"}}},
        "cards[\"https://a.jp/\"].icon.file: expected the name of a picture in assets/cards, found '../../index.html'",
    ),
    "width": (
        {"https://a.jp/": {"image": {**PICTURE, "width": 0}}},
        'cards["https://a.jp/"].image.width: expected a number of at least 1, found 0',
    ),
    "no height": (
        {"https://a.jp/": {"image": {name: PICTURE[name] for name in ("url", "file", "width")}}},
        'cards["https://a.jp/"].image.height: expected a whole number, found None',
    ),
    "failures": (
        {"https://a.jp/": {"failures": {"count": 0, "last": "404", "date": "2026-07-02"}}},
        'cards["https://a.jp/"].failures.count: expected a number of at least 1, found 0',
    ),
    "decision": (
        {"https://a.jp/": {"proposed": {"title": "x", "reason": "y", "date": "2026-07-02", "decision": "accepted"}}},
        "cards[\"https://a.jp/\"].proposed.decision: expected one of open, accept, reject, found 'accepted'",
    ),
    "day of failures": (
        {"https://a.jp/": {"failures": {"count": 1, "last": "404"}}},
        'cards["https://a.jp/"].failures.date: expected a date like 2026-08-31, found None',
    ),
    "archive": (
        {"https://a.jp/": {"archive": "web.archive.org"}},
        "cards[\"https://a.jp/\"].archive: expected an http(s) URL, found 'web.archive.org'",
    ),
    "origins": (
        {"https://a.jp/": {"origins": {"title": 1}}},
        'cards["https://a.jp/"].origins["title"]: expected text, found 1',
    ),
    "date": (
        {"https://a.jp/": {"fetched": "yesterday"}},
        "cards[\"https://a.jp/\"].fetched: expected a date like 2026-08-31, found 'yesterday'",
    ),
}


@pytest.mark.parametrize(("change", "message"), WRONG_KEPS.values(), ids=WRONG_KEPS)
def test_a_wrong_edit_of_keps_is_named_with_its_place(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    (tmp_path / KEPS_FILE).write_text(json.dumps({"schema": 1, **change}), encoding="utf-8")
    assert message_of(tmp_path) == f"keps.json: {message}{RESTORE}"


def test_cards_of_schema_1_knew_pictures_by_their_address_only(tmp_path: Path) -> None:
    """Nothing of them was ever shown."""
    entry = {"title": "題", "image": "https://a.jp/i.png", "icon": "https://a.jp/favicon.ico"}
    (tmp_path / CARDS_FILE).write_text(json.dumps({"schema": 1, "cards": {"https://a.jp/": entry}}), encoding="utf-8")
    assert load_lock(tmp_path).cards == {"https://a.jp/": Card(url="https://a.jp/", title="題")}


def test_an_unknown_table_of_cards_is_named(tmp_path: Path) -> None:
    (tmp_path / CARDS_FILE).write_text('{"schema": 1, "card": {}}', encoding="utf-8")
    assert message_of(tmp_path) == f"cards.json: unknown field 'card'{RESTORE}"


@pytest.mark.parametrize(("cards", "message"), WRONG_CARDS.values(), ids=WRONG_CARDS)
def test_a_wrong_edit_of_cards_is_named_with_its_place(tmp_path: Path, cards: dict[str, Any], message: str) -> None:
    (tmp_path / CARDS_FILE).write_text(json.dumps({"schema": 1, "cards": cards}), encoding="utf-8")
    assert message_of(tmp_path) == f"cards.json: {message}{RESTORE}"


@pytest.mark.parametrize("name", [KEPS_FILE, CARDS_FILE])
def test_the_same_entry_twice_is_a_merge_gone_wrong(tmp_path: Path, name: str) -> None:
    path = written(tmp_path) / name
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"title"', '"title": "x",\n   "title"', 1), encoding="utf-8")
    assert message_of(tmp_path).startswith(f"{name}: holds 'title' twice")


def test_the_same_table_twice_is_a_merge_gone_wrong(tmp_path: Path) -> None:
    (tmp_path / KEPS_FILE).write_text('{"schema": 1, "keps": {}, "keps": {}}', encoding="utf-8")
    assert message_of(tmp_path) == f"keps.json: holds 'keps' twice{RESTORE}"


def test_a_folder_in_place_of_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / KEPS_FILE).mkdir()
    assert message_of(tmp_path).startswith("keps.json: cannot be read (")


def test_an_entry_removed_by_hand_is_simply_not_known(tmp_path: Path) -> None:
    content = document(written(tmp_path), KEPS_FILE)
    del content["keps"]["127"]
    (tmp_path / KEPS_FILE).write_text(json.dumps(content), encoding="utf-8")
    assert load_lock(tmp_path).numbers == {5}


def test_fields_left_out_are_not_known(tmp_path: Path) -> None:
    text = '{"schema": 1, "keps": {"7": {"source": {"kind": "git"}, "stage": null}}}'
    (tmp_path / KEPS_FILE).write_text(text, encoding="utf-8")
    known = load_lock(tmp_path).enhancement(7)
    assert known is not None
    assert known.state == EnhancementState(title="KEP-7")


# --- read again ---------------------------------------------------------------------------------------------------


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    load_lock(written(tmp_path))
    save_lock(replace(FULL, missing={}), tmp_path)
    assert load_lock(tmp_path).missing == {}


def test_a_changed_override_is_read_again(tmp_path: Path) -> None:
    load_lock(written(tmp_path))
    (tmp_path / OVERRIDES_FILE).write_text("keps: {5: {note: x}}\n", encoding="utf-8")
    assert load_lock(tmp_path).overrides


# --- saving -------------------------------------------------------------------------------------------------------


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_saving_tells_whether_anything_was_written(tmp_path: Path) -> None:
    folder = tmp_path / "docs" / "_metadata"
    assert save_lock(FULL, folder)
    assert not save_lock(FULL, folder)
    assert save_lock(replace(FULL, as_of=None), folder)


def test_only_the_file_that_differs_is_written(tmp_path: Path) -> None:
    written(tmp_path)
    before = {path.name: path.stat().st_ino for path in tmp_path.iterdir()}
    save_lock(replace(FULL, cards={}), tmp_path)
    after = {path.name: path.stat().st_ino for path in tmp_path.iterdir()}
    assert after[KEPS_FILE] == before[KEPS_FILE]
    assert after[CARDS_FILE] != before[CARDS_FILE]


def test_a_damaged_file_is_written_anew(tmp_path: Path) -> None:
    (written(tmp_path) / KEPS_FILE).write_bytes(b"\xff\xfe")
    assert save_lock(FULL, tmp_path)
    assert load_lock(tmp_path) == FULL


def test_files_end_with_unix_lines_and_can_be_read_by_everyone(tmp_path: Path) -> None:
    path = written(tmp_path) / KEPS_FILE
    assert b"\r" not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o644


def test_nothing_is_left_beside_the_files(tmp_path: Path) -> None:
    assert {path.name for path in written(tmp_path).iterdir()} == {KEPS_FILE, CARDS_FILE}


SAVE = """
import resource, sys
from pathlib import Path
from neco_weekly.lock.store import load_lock, save_lock
from neco_weekly.model.cards import Card
from neco_weekly.model.errors import NecoError
from dataclasses import replace

folder = Path(sys.argv[1])
lock = load_lock(folder)
url = "https://example.com/large"
large = replace(lock, as_of=None, cards={**lock.cards, url: Card(url=url, description="x" * 100_000)})
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    save_lock(large, folder)
except NecoError as error:
    print(error)
    sys.exit(2)
"""


def test_a_full_disk_leaves_both_files_as_they_were(tmp_path: Path) -> None:
    """A limit on the size of files makes the write of the second file fail half-way, after the first was ready."""
    before = contents(written(tmp_path))
    run = subprocess.run(
        [sys.executable, "-c", SAVE, tmp_path], capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    assert run.returncode == 2, run.stderr
    assert run.stdout == f"{tmp_path}: cannot write the lock (File too large); nothing was changed\n"
    assert contents(tmp_path) == before


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "docs").write_text("a file", encoding="utf-8")
    with pytest.raises(
        NecoError, match=r"docs/_metadata: cannot write the lock \(Not a directory\); nothing was changed"
    ):
        save_lock(FULL, tmp_path / "docs" / "_metadata")


def test_a_file_that_cannot_be_replaced_leaves_nothing_beside(tmp_path: Path) -> None:
    (tmp_path / CARDS_FILE / "x").mkdir(parents=True)
    with pytest.raises(NecoError, match="cannot write the lock"):
        save_lock(FULL, tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


# --- difference ---------------------------------------------------------------------------------------------------


def test_another_commit_id_alone_is_no_change() -> None:
    old = FULL.fetched[127]
    assert same_but_for_commits(old, replace(old, source=replace(old.source, commit="def")))


@pytest.mark.parametrize(
    "new",
    [
        replace(FULL.fetched[127], state=replace(FULL.fetched[127].state, title="other")),
        replace(FULL.fetched[127], source=replace(FULL.fetched[127].source, path="keps/sig-x/127-x/kep.yaml")),
        replace(FULL.fetched[127], source=replace(FULL.fetched[127].source, kind="github-issue")),
        replace(FULL.fetched[127], source=replace(FULL.fetched[127].source, date=TODAY)),
    ],
    ids=["state", "path", "kind", "day"],
)
def test_other_words_another_place_or_another_day_are_a_change(new: Enhancement) -> None:
    assert not same_but_for_commits(FULL.fetched[127], new)
