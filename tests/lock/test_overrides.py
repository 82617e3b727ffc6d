"""`overrides.yml`: what people write of a KEP, and how mistakes in it are named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from neco_weekly.lock.overrides import Override, Overrides, load_overrides
from neco_weekly.model.errors import NecoError
from neco_weekly.model.history import with_history
from neco_weekly.model.keps import Claim, Link, Record, Source, Stage, Status

from tests.lock_fixture import kep

PROJECT = Path(__file__).parents[2]


def load(folder: Path, text: str) -> Mapping[int, Override]:
    return load_all(folder, text).keps


def load_all(folder: Path, text: str) -> Overrides:
    path = folder / "overrides.yml"
    path.write_text(text, encoding="utf-8")
    return load_overrides(path)


EVERYTHING = """\
# 人が書くファイル
keps:
  5:
    title: Pod Security Policy
    sig: SIG Auth
    status: implemented
    stage: removed
    latest_milestone: v1.25
    note: >
      v1.25 で
      削除されました。
    summary: Pod の権限を、クラスター全体で制限する仕組み
    links:
      - title: 公式ドキュメント
        url: https://example.com/psp
      - url: https://example.com/b?a=1&b=2
        title: "2: つ目"
"""


def test_everything_that_can_be_said(tmp_path: Path) -> None:
    assert load(tmp_path, EVERYTHING) == {
        5: Override(
            number=5,
            title="Pod Security Policy",
            sig="sig-auth",
            status=Status.IMPLEMENTED,
            stage=Stage.REMOVED,
            latest_milestone="v1.25",
            note="v1.25 で 削除されました。",
            summary="Pod の権限を、クラスター全体で制限する仕組み",
            links=(
                Link(title="公式ドキュメント", url="https://example.com/psp"),
                Link(title="2: つ目", url="https://example.com/b?a=1&b=2"),
            ),
        )
    }


@pytest.mark.parametrize("text", ["", "# nothing\n", "keps:\n", "keps: {}\n", "---\n", "~\n"])
def test_nothing_said(tmp_path: Path, text: str) -> None:
    assert load_all(tmp_path, text) == Overrides()


def test_no_file(tmp_path: Path) -> None:
    assert load_overrides(tmp_path / "overrides.yml") == Overrides()


@pytest.mark.parametrize(
    ("written", "number"),
    [("5", 5), ("0005", 5), ('"5"', 5), ("99999", 99_999)],
    ids=["plain", "padded", "text", "high"],
)
def test_numbers(tmp_path: Path, written: str, number: int) -> None:
    assert load(tmp_path, f"keps: {{{written}: {{note: x}}}}") == {number: Override(number=number, note="x")}


def test_a_kep_of_which_nothing_is_said_is_known_by_its_number(tmp_path: Path) -> None:
    assert load(tmp_path, "keps:\n  5:\n") == {5: Override(number=5)}


@pytest.mark.parametrize("written", ["1.25", "v1.25", '"1.25"', "1.250e0"])
def test_a_release_is_read_as_it_is_written(tmp_path: Path, written: str) -> None:
    text = f"keps: {{5: {{latest_milestone: {written}}}}}"
    if written.endswith("e0"):
        with pytest.raises(NecoError):
            load(tmp_path, text)
    else:
        assert load(tmp_path, text)[5].latest_milestone == "v1.25"


def test_the_release_that_yaml_takes_for_another_number(tmp_path: Path) -> None:
    assert load(tmp_path, "keps: {5: {latest_milestone: 1.30}}")[5].latest_milestone == "v1.30"


@pytest.mark.parametrize(("written", "stage"), [("GA", Stage.STABLE), ("Beta", Stage.BETA), ("removed", Stage.REMOVED)])
def test_stages_are_read_as_in_kep_yaml(tmp_path: Path, written: str, stage: Stage) -> None:
    assert load(tmp_path, f"keps: {{5: {{stage: {written}}}}}")[5].stage is stage


def test_the_file_of_this_site_is_sound() -> None:
    known = load_overrides(PROJECT / "docs/_metadata/overrides.yml").keps[5]
    assert known.title == "Pod Security Policy"
    assert known.stage is Stage.REMOVED


# --- aliases ------------------------------------------------------------------------------------------------------


def test_aliases_stand_beside_what_is_said_of_keps(tmp_path: Path) -> None:
    text = 'keps:\n  5109: {same_as: 4800}\n  5: {note: x}\n  007: {same_as: "0005"}\n'
    assert load_all(tmp_path, text) == Overrides(keps={5: Override(number=5, note="x")}, aliases={5109: 4800, 7: 5})


ALIAS_MISTAKES = {
    "with fields": (
        "keps:\n  5109:\n    note: x\n    same_as: 4800\n",
        ":4: KEP 5109 is an alias and has fields; write `same_as` alone",
    ),
    "itself": (
        "keps:\n  5109: {same_as: 5109}\n",
        ":2: KEP 5109 is an alias of itself; name the KEP whose file describes it",
    ),
    "itself, padded": (
        "keps:\n  5: {same_as: 005}\n",
        ":2: KEP 5 is an alias of itself; name the KEP whose file describes it",
    ),
    "an alias": (
        "keps:\n  4: {same_as: 3}\n  3: {same_as: 2}\n  2: {same_as: 1}\n",
        ":2: KEP 4 is an alias of 3, which is one of 2; write `same_as: 1`",
    ),
    "a circle": (
        "keps:\n  1: {same_as: 2}\n  2: {same_as: 1}\n",
        ":2: KEP 1 is an alias of 2, and the aliases go in a circle; name a KEP that has a file",
    ),
    "into a circle": (
        "keps:\n  3: {same_as: 1}\n  1: {same_as: 2}\n  2: {same_as: 1}\n",
        ":2: KEP 3 is an alias of 1, and the aliases go in a circle; name a KEP that has a file",
    ),
    "twice": (
        "keps:\n  5109: {same_as: 4800}\n  05109: {same_as: 4801}\n",
        ":3: KEP 5109 stands here for the second time; keep one of the two",
    ),
    "twice, once with fields": (
        "keps:\n  5109: {note: x}\n  05109: {same_as: 4800}\n",
        ":3: KEP 5109 stands here for the second time; keep one of the two",
    ),
    "nothing": ("keps:\n  5109:\n    same_as:\n", ":3: '' is not a KEP number; write one from 1 to 99999"),
    "a name": ("keps:\n  5: {same_as: KEP-6}\n", ":2: 'KEP-6' is not a KEP number; write one from 1 to 99999"),
    "a list": ("keps:\n  5: {same_as: [6]}\n", ":2: '' is not a KEP number; write one from 1 to 99999"),
    "too high": ("keps:\n  5: {same_as: 100000}\n", ":2: '100000' is not a KEP number; write one from 1 to 99999"),
}


@pytest.mark.parametrize(("text", "message"), ALIAS_MISTAKES.values(), ids=ALIAS_MISTAKES)
def test_a_mistake_with_an_alias_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(NecoError) as error:
        load(tmp_path, text)
    assert str(error.value) == f"{tmp_path / 'overrides.yml'}{message}"


# --- on top of what was fetched -----------------------------------------------------------------------------------


def test_what_is_said_stands_instead_and_the_rest_stays() -> None:
    fetched = kep(127, "A", Stage.BETA, "v1.30", gates=("Gate",))
    links = (Link(title="L", url="https://example.com/"),)
    seen = Override(number=127, title="B", status=Status.WITHDRAWN, note="N", summary="S", links=links).on_top_of(
        fetched
    )
    assert (seen.about, seen.summary) == ("S", fetched.summary)  # what the README says is not lost
    assert (seen.state.title, seen.state.status, seen.note, seen.links) == ("B", Status.WITHDRAWN, "N", links)
    assert (seen.state.stage, seen.state.milestone, seen.state.feature_gates) == (Stage.BETA, "v1.30", ("Gate",))
    assert seen.source == fetched.source


def test_alone_it_is_a_source_of_its_own() -> None:
    seen = Override(number=5).on_top_of(None)
    assert (seen.number, seen.name, seen.state.title, seen.source.kind) == (5, "KEP-5", "KEP-5", "override")


LISTED = Source(kind="keps-json")


def test_what_it_contradicts_is_kept_as_a_claim_of_its_source() -> None:
    fetched = kep(127, "A", Stage.BETA, "v1.30")
    seen = Override(number=127, title="B", stage=Stage.STABLE, sig="sig-node").on_top_of(fetched)
    assert seen.claims == (
        Claim(field="stage", value="beta", source=fetched.source),
        Claim(field="title", value="A", source=fetched.source),
    )


def test_what_no_source_says_contradicts_nobody() -> None:
    assert Override(number=127, sig="sig-auth").on_top_of(kep(127, "A", sig=None)).claims == ()
    assert Override(number=5, title="B").on_top_of(None).claims == ()


@pytest.mark.parametrize(
    ("stage", "claimed"),
    [
        pytest.param(None, [("stage", "stable", "keps-json")], id="nothing said"),
        pytest.param(Stage.ALPHA, [("stage", "beta", "git"), ("stage", "stable", "keps-json")], id="a third word"),
        pytest.param(Stage.STABLE, [("stage", "beta", "git")], id="the word of one of them"),
    ],
)
def test_claims_of_other_sources_stay_while_they_contradict(stage: Stage | None, claimed: list[object]) -> None:
    fetched = replace(kep(127, "A", Stage.BETA, "v1.30"), claims=(Claim(field="stage", value="stable", source=LISTED),))
    seen = Override(number=127, stage=stage, note="N").on_top_of(fetched)
    assert [(claim.field, claim.value, claim.source.kind) for claim in seen.claims] == claimed


def test_it_stands_on_top_of_today_alone() -> None:
    fetched = kep(127, "A", Stage.BETA, "v1.30")
    history = [Record(state=fetched.state, source=fetched.source)]
    seen = Override(number=127, stage=Stage.STABLE).on_top_of(with_history(fetched, history))
    assert [record.state and record.state.stage for record in seen.history] == [Stage.BETA]


# --- mistakes -----------------------------------------------------------------------------------------------------

MISTAKES = {
    "not YAML": ("keps:\n  5: [a\n", ":3: is not YAML: expected ',' or ']', but got '<stream end>'; correct it"),
    "tab": ("keps:\n\t5:\n", ":2: is not YAML: found character '\\t' that cannot start any token; correct it"),
    "NUL": ("keps:\n  5:\n    note: a\0b\n", ":3: is not YAML: special characters are not allowed; correct it"),
    "merge markers": ("keps:\n<<<<<<< HEAD\n  5:\n", ":3: is not YAML: could not find expected ':'; correct it"),
    "two documents": (
        "keps:\n---\nkeps:\n",
        ":2: is not YAML: but found another document; correct it",
    ),
    "a list": ("- 5\n", ":1: expected an object with `keps:` or `cards:`; see the writers' guide"),
    "a word": ("keps\n", ":1: expected an object with `keps:` or `cards:`; see the writers' guide"),
    "unknown key": ("\nkep:\n  5: {}\n", ":2: unknown key 'kep'; known are `keps`, `cards` and `official`"),
    "list of KEPs": ("keps:\n  - 5\n", ":2: expected a list of KEP numbers; see the writers' guide"),
    "a name for a number": ("keps:\n  KEP-5: {}\n", ":2: 'KEP-5' is not a KEP number; write one from 1 to 99999"),
    "number zero": ("keps:\n  0: {}\n", ":2: '0' is not a KEP number; write one from 1 to 99999"),
    "twenty digits": (
        f"keps:\n  {'1' * 20}: {{}}\n",
        ":2: '11111111111111111111' is not a KEP number; write one from 1 to 99999",
    ),
    "the same KEP twice": (
        "keps:\n  5: {note: a}\n  6: {note: b}\n  005: {note: c}\n",
        ":4: KEP 5 stands here for the second time; keep one of the two",
    ),
    "the same key twice": (
        "keps:\n  5:\n    note: a\n    note: b\n",
        ":4: `note` stands here for the second time; keep one of the two",
    ),
    "the same table twice": (
        "keps:\n  5: {note: a}\nkeps:\n  6: {note: b}\n",
        ":3: `keps` stands here for the second time; keep one of the two",
    ),
    "a list for a KEP": ("keps:\n  5:\n    - x\n", ":3: expected fields such as `title:`; see the writers' guide"),
    "key that is a list": (
        "keps:\n  5:\n    ? [a]\n    : b\n",
        ":3: expected fields such as `title:`; see the writers' guide",
    ),
    "unknown field": (
        "keps:\n  5:\n    titel: x\n",
        ":3: unknown key 'titel' of KEP 5; known are title, sig, status, stage, latest_milestone, note, summary, links,"
        " same_as",
    ),
    "empty title": ("keps:\n  5:\n    title:\n", ":3: expected text; write it in quotes"),
    "empty text": ('keps:\n  5:\n    title: " "\n', ":3: expected text; write it in quotes"),
    "full-width digits": ("keps:\n  ５: {}\n", ":2: '５' is not a KEP number; write one from 1 to 99999"),
    "null": ("keps:\n  5:\n    title: ~\n", ":3: expected text; write it in quotes"),
    "title that is a list": ("keps:\n  5:\n    title: [x]\n", ":3: expected text; write it in quotes"),
    "control character": ('keps:\n  5:\n    title: "a\\x02b"\n', ":3: holds a control character; remove it"),
    "half a character": ('keps:\n  5:\n    title: "a\\ud83d"\n', ":3: holds a control character; remove it"),
    "stage": (
        "keps:\n  5:\n    stage: gone\n",
        ":3: 'gone' is not a stage (alpha, beta, stable, deprecated, disabled, removed); correct it",
    ),
    "status": (
        "keps:\n  5:\n    status: done\n",
        ":3: 'done' is not a status such as implemented or withdrawn; correct it",
    ),
    "SIG": ("keps:\n  5:\n    sig: SIG Node/x\n", ":3: 'SIG Node/x' is not a SIG such as sig-node; correct it"),
    "release": ("keps:\n  5:\n    latest_milestone: TBD\n", ":3: 'TBD' is not a release like v1.25; correct it"),
    "links that are none": (
        "keps:\n  5:\n    links: https://a.jp/\n",
        ":3: expected a list of links; write `- title: …` and `url: …` for each",
    ),
    "a link that is text": (
        "keps:\n  5:\n    links:\n      - https://a.jp/\n",
        ":4: expected `title:` and `url:`; see the writers' guide",
    ),
    "a link without a title": (
        "keps:\n  5:\n    links:\n      - url: https://a.jp/\n",
        ":4: a link has `title` and `url`; write exactly these two",
    ),
    "a link with more": (
        "keps:\n  5:\n    links:\n      - {url: https://a.jp/, title: x, lang: ja}\n",
        ":4: a link has `title` and `url`; write exactly these two",
    ),
    "a link with a script": (
        "keps:\n  5:\n    links:\n      - title: x\n        url: javascript:alert(1)\n",
        ":5: 'javascript:alert(1)' is not an http(s) URL; correct it",
    ),
}


@pytest.mark.parametrize(("text", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(NecoError) as error:
        load(tmp_path, text)
    assert str(error.value) == f"{tmp_path / 'overrides.yml'}{message}"


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "overrides.yml"
    path.write_bytes("keps: {5: {note: 題}}".encode("cp932"))
    with pytest.raises(NecoError, match=r"overrides\.yml: cannot be read .*; save it as UTF-8$"):
        load_overrides(path)
