"""`neco kep`: what is known of a KEP, for a person at a terminal and as JSON."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from neco_weekly.model.history import with_history
from neco_weekly.model.kep_fields import DETAILS
from neco_weekly.model.keps import Claim, Details, Enhancement, EnhancementState, Record, Source, Stage, Status, Summary

from tests.hosts.test_cli import Outcome, neco
from tests.kep_sample import kep_bundle
from tests.sites import Folder, new_folder
from tests.sources.repositories import KEP_127, GitFolder


def at(day: str, state: EnhancementState | None, pull: int | None = None) -> Record:
    source = Source(kind="git", date=dt.date.fromisoformat(day), path=KEP_127 if state else None, pull=pull)
    return Record(source=source, state=state, gap=None if state else "deleted")


ALPHA = EnhancementState(
    title="User Namespaces",
    sig="sig-node",
    status=Status.IMPLEMENTABLE,
    stage=Stage.ALPHA,
    latest_milestone="v1.25",
    milestones={Stage.ALPHA: "v1.25", Stage.BETA: "v1.27"},
    raw={"kep-number": "0127"},
)
BETA = replace(
    ALPHA,
    stage=Stage.BETA,
    latest_milestone="v1.30",
    milestones={Stage.ALPHA: "v1.25", Stage.BETA: "v1.30"},
    feature_gates=("UserNamespacesSupport",),
    raw={},
)
LISTED = Source(kind="keps-json", date=dt.date(2026, 7, 20))
STORY = with_history(
    Enhancement(
        number=127,
        state=ALPHA,
        source=Source(kind="git"),
        details=Details.of(authors=("@rata",), participating_sigs=("sig-security",)),
        summary=Summary(text="Users in spaces.", path=f"{KEP_127[:-8]}README.md", date=dt.date(2024, 2, 1)),
        claims=(Claim(field="milestones.stable", value="v1.36", source=LISTED),),
    ),
    [at("2022-06-01", ALPHA, 3275), at("2024-02-07", None), at("2024-02-08", BETA)],
)


NO_GATES = "No record of feature gates: what shipped follows from the milestones of kep.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A project with a lock of one KEP, and two issues that mention it."""
    folder = new_folder(tmp_path / "project")
    folder.lock(STORY)
    folder.issue("2022-08-26", "## 名前空間\n\nKEP-127 が来ました。", title="夏の号")
    folder.issue("2020-01-10", "ＫＥＰ－０１２７", title="昔の号")
    folder.issue("2022-09-02", "KEP-1270 KEP-12", title="ほかの号")
    return folder


# --- for people ---------------------------------------------------------------------------------------------------


def test_the_page_of_today(folder: Folder) -> None:
    done = neco(folder, "kep", "127")
    assert (done.status, done.error) == (0, "")
    assert done.out == (
        "KEP-127  User Namespaces\n"
        "beta v1.30  sig-node\n"
        "Possibly stale: no change for 7 releases.\n"
        "stable: keps.json, 2026-07-20 says v1.36\n"
        "\n"
        "  shipped             beta v1.30 on 2024-04-17, according to milestone.beta of kep.yaml\n"
        "  kep.yaml says       beta, implementable, latest v1.30\n"
        "  alpha               v1.25\n"
        "  beta                v1.30  (v1.27 → v1.30)\n"
        "  gates               UserNamespacesSupport\n"
        "  authors             @rata\n"
        "  participating SIGs  sig-security\n"
        "  summary             Users in spaces. (README.md, 2024-02-01)\n"
        f"  source              kep.yaml, {KEP_127}, 2024-02-08\n"
        "\n"
        f"{NO_GATES}; `neco refresh` fetches it\n"
        "\n"
        "History of kep.yaml\n"
        "  2024-02-08          stage alpha → beta; latest milestone v1.25 → v1.30; beta v1.27 → v1.30; "
        "feature gates none → UserNamespacesSupport\n"
        "  2024-02-07          it has no kep.yaml since 2024-02-07\n"
        "  2022-06-01  #3275   first recorded: alpha v1.25, implementable\n"
        "\n"
        "Our issues\n"
        "  2022-08-26  夏の号  (alpha v1.25 then)\n"
        "              名前空間\n"
        "  2020-01-10  昔の号\n"
        "\n"
        "https://github.com/kubernetes/enhancements/issues/127\n"
    )


def test_the_page_of_a_day(folder: Folder) -> None:
    assert neco(folder, "kep", "KEP-127", "--at", "2022-08-26").out == (
        "KEP-127  User Namespaces\n"
        "alpha v1.25  planned: beta v1.27  sig-node\n"
        "as of 2022-08-26; on 2026-07-24: beta v1.30\n"
        "\n"
        "  shipped             alpha v1.25 on 2022-08-23, according to milestone.alpha of kep.yaml\n"
        "  kep.yaml says       alpha, implementable, latest v1.25\n"
        "  alpha               v1.25\n"
        "  beta                planned v1.27\n"
        "  gates               –\n"
        "  written             kep-number: 0127\n"
        f"  source              kep.yaml, {KEP_127}, 2022-06-01, PR #3275\n"
        "\n"
        f"{NO_GATES}; `neco refresh` fetches it\n"
        "\n"
        "https://github.com/kubernetes/enhancements/issues/127\n"
    )


def test_a_day_like_today(folder: Folder) -> None:
    assert "as of 2025-01-01; unchanged on 2026-07-24\n" in neco(folder, "kep", "127", "--at", "2025-01-01").out


def test_a_kep_that_is_gone_is_told_with_its_history(folder: Folder) -> None:
    gone = next(place for place, record in enumerate(STORY.history) if record.gap == "deleted")
    folder.lock(with_history(STORY, STORY.history[: gone + 1]))
    done = neco(folder, "kep", "127")
    assert done.status == 1
    assert "it has no kep.yaml since 2024-02-07" in done.error
    assert "2024-02-07" in done.out
    assert "History" in done.out


def test_a_day_before_it_was_deleted(folder: Folder) -> None:
    folder.lock(with_history(STORY, STORY.history[:2]))
    told = neco(folder, "kep", "127", "--at", "2022-08-26").out
    assert "as of 2022-08-26; it has no kep.yaml since 2024-02-07\n" in told


def test_a_person_s_word_is_shown_with_its_note(folder: Folder) -> None:
    folder.write("docs/_metadata/overrides.yml", "keps: {127: {stage: stable, note: 安定版です。}}\n")
    told = neco(folder, "kep", "127").out
    assert told.splitlines()[1].startswith("stable ")
    assert "  kep.yaml says       beta, implementable, latest v1.30\n" in told
    assert "stage: kep.yaml, 2024-02-08 says beta\n" in told
    assert "\n安定版です。\n" in told


# --- for machines -------------------------------------------------------------------------------------------------

STATE_KEYS = "number title sig status stage latest_milestone milestones feature_gates at source raw".split()
STATE_KEYS += "shipped planned gates".split()
TODAY_KEYS = "summary releases_without_change claims exceptions failed_plans history mentions".split()


def test_a_day_as_json(folder: Folder) -> None:
    assert neco(folder, "kep", "127", "--at", "2022-08-26", "--json").json() == {
        "number": 127,
        "title": "User Namespaces",
        "sig": "sig-node",
        "status": "implementable",
        "stage": "alpha",
        "latest_milestone": "v1.25",
        "milestones": {"alpha": "v1.25", "beta": "v1.27", "stable": None},
        "feature_gates": [],
        "at": "2022-08-26",
        "source": {"kind": "git", "commit": None, "path": KEP_127, "date": "2022-06-01", "pull": 3275},
        "raw": {"kep-number": "0127"},
        "shipped": {
            "stage": "alpha",
            "release": "v1.25",
            "since": "2022-08-23",
            "default": None,
            "source": {"kind": "milestone", "name": "milestone.alpha", "day": "2024-02-08"},
        },
        "planned": {
            "stage": "beta",
            "release": "v1.27",
            "source": {"kind": "git", "date": "2022-06-01", "path": KEP_127, "pull": 3275},
        },
        "gates": {},
    }


def test_today_as_json(folder: Folder) -> None:
    found = neco(folder, "kep", "127", "--json").json()
    assert list(found) == [*STATE_KEYS, *(row.name for row in DETAILS), *TODAY_KEYS]
    assert (found["stage"], found["at"], found["releases_without_change"]) == ("beta", "2026-07-24", 7)
    assert [(it["field"], it["value"], it["source"]["kind"]) for it in found["claims"]] == [
        ("milestones.stable", "v1.36", "keps-json")
    ]
    assert [(it["date"], it.get("stage"), it.get("gap")) for it in found["history"]] == [
        ("2022-06-01", "alpha", None),
        ("2024-02-07", None, "deleted"),
        ("2024-02-08", "beta", None),
    ]
    assert found["mentions"] == [
        {"issue": "2022-08-26", "heading": "名前空間"},
        {"issue": "2020-01-10", "heading": "昔の号"},
    ]


def test_the_edges_of_a_day(folder: Folder) -> None:
    stages = [neco(folder, "kep", "127", "--at", day, "--json") for day in ("2022-06-01", "2024-02-06", "2024-02-08")]
    assert [it.json()["stage"] for it in stages] == ["alpha", "alpha", "beta"]


# --- what cannot be answered --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        pytest.param(["5"], "KEP-5 is not in the lock; run `neco refresh KEP-5`, or name a --source", id="unknown"),
        pytest.param(
            ["127", "--at", "2022-05-31"],
            "KEP-127 is not known on 2022-05-31: the first record is of 2022-06-01",
            id="before its first record",
        ),
        pytest.param(
            ["127", "--at", "2024-02-07"],
            "KEP-127: it has no kep.yaml since 2024-02-07; kep.yaml last said: alpha, implementable, latest v1.25; "
            "shipped by then: alpha v1.25",
            id="in a gap",
        ),
    ],
)
def test_no_answer_is_one_sentence(arguments: list[str], sentence: str, folder: Folder) -> None:
    done = neco(folder, "kep", *arguments)
    assert (done.status, done.out, done.error) == (1, "", f"{sentence}\n")


def test_a_gap_as_json(folder: Folder) -> None:
    done = neco(folder, "kep", "127", "--at", "2024-02-07", "--json")
    assert (done.status, done.json()) == (1, {"number": 127, "at": "2024-02-07", "gap": "deleted"})


def test_a_day_of_a_kep_without_a_history(folder: Folder) -> None:
    folder.write("docs/_metadata/overrides.yml", "keps: {5: {title: PSP}}\n")
    assert neco(folder, "kep", "5").status == 0
    done = neco(folder, "kep", "5", "--at", "2024-02-07")
    assert (done.status, done.error) == (1, "KEP-5 is not known on 2024-02-07: no history is recorded\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["https://example.com/127"], "https://example.com/127 is not a KEP; name one like KEP-127"),
        (
            ["https://github.com/kubernetes/enhancements/pull/127"],
            "https://github.com/kubernetes/enhancements/pull/127 is not a KEP; name one like KEP-127",
        ),
        (["a pod"], "'a pod' is neither a KEP number from 1 to 99999 nor the name of a feature gate"),
        (["KEP0"], "'KEP0' is neither a KEP number from 1 to 99999 nor the name of a feature gate"),
        (["0"], "'0' is neither a KEP number from 1 to 99999 nor the name of a feature gate"),
        (["127", "--at", "yesterday"], "'yesterday' is neither a day like 2022-08-26 nor a release like 1.33"),
        (["127", "--at", "2022-02-30"], "'2022-02-30' is neither a day like 2022-08-26 nor a release like 1.33"),
        (["127", "--at", "1.33.1"], "'1.33.1' is neither a day like 2022-08-26 nor a release like 1.33"),
        (["127", "--source", "nowhere"], "nowhere does not exist; --source takes a URL"),
        ([], "Missing argument 'KEP-N|GATE'"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_meant_is_an_error_of_usage(arguments: list[str], sentence: str, folder: Folder) -> None:
    done = neco(folder, "kep", *arguments)
    assert (done.status, done.out) == (2, "")
    assert done.error.splitlines()[-1].startswith("Error: ")
    assert sentence in done.error


@pytest.mark.parametrize("written", ["127", "KEP-127", "kep 127", "#127", "KEP-0127", "https://kep.k8s.io/127"])
def test_the_ways_to_name_a_kep(written: str, folder: Folder) -> None:
    assert neco(folder, "kep", written, "--json").json()["number"] == 127


def test_a_source_that_cannot_be_reached(folder: Folder) -> None:
    done = neco(folder, "kep", "127", "--source", "http://me:s3cret@127.0.0.1:9/k.git")
    assert (done.status, done.out) == (1, "")
    assert done.error.startswith("Error: http://127.0.0.1:9/k.git could not be fetched: ")
    assert "s3cret" not in done.error


# --- from a source ------------------------------------------------------------------------------------------------


@pytest.fixture
def upstream(tmp_path: Path) -> GitFolder:
    repository = GitFolder(tmp_path / "enhancements")
    other = "keps/sig-b/9-two/kep.yaml"
    repository.commit(
        {"keps/sig-a/9-one/kep.yaml": "title: X\nkep-number: 9\nstage: beta\n"}, at="2026-01-01T00:00:00Z"
    )
    seven = {"keps/sig-a/7-x/kep.yaml": "kep-number: 7\n"}
    repository.commit({other: "title: X\nkep-number: 9\nstage: alpha\n", **seven}, at="2026-02-01T00:00:00Z")
    return repository


def test_a_source_answers_outside_of_any_project(upstream: GitFolder, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    done = neco(Folder(tmp_path / "elsewhere"), "kep", "9", "--at", "2026-01-31", "--source", upstream.path, "--json")
    assert (done.status, list(done.json())) == (0, STATE_KEYS)
    assert (done.json()["stage"], done.json()["source"]["commit"]) == ("beta", None)


def test_where_git_cannot_tell(upstream: GitFolder, tmp_path: Path) -> None:
    ambiguous = neco(Folder(tmp_path), "kep", "9", "--source", upstream.path, "--json")
    assert (ambiguous.status, ambiguous.json()) == (1, {"number": 9, "at": "2026-02-01", "gap": "ambiguous"})
    assert ambiguous.error == (
        "KEP-9: it is ambiguous since 2026-02-01: several kep.yaml files have its number; "
        "kep.yaml last said: beta, no status\n"
    )
    unknown = neco(Folder(tmp_path), "kep", "5", "--source", upstream.path)
    assert (unknown.status, unknown.error) == (1, f"KEP-5 is not in {upstream.path}\n")


def test_a_source_needs_no_markdown(upstream: GitFolder, tmp_path: Path) -> None:
    program = (
        "import sys; from neco_weekly.hosts.cli import commands;"
        "commands.main(sys.argv[1:], standalone_mode=False);"
        "sys.exit(', '.join({'markdown', 'mkdocs', 'lxml', 'jinja2'} & sys.modules.keys()) or 0)"
    )
    command = [sys.executable, "-c", program, "kep", "9", "--at", "2026-01-31", "--source", str(upstream.path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("KEP-9  X\n")


# --- facts of the real history ------------------------------------------------------------------------------------

Ask = Callable[..., Outcome]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Ask the real history of a few KEPs."""
    folder = Folder(tmp_path_factory.mktemp("nowhere"))
    return lambda *arguments: neco(folder, "kep", *arguments, "--source", kep_bundle())


def summary(found: dict[str, Any]) -> str:
    """As `facts/keps.md` writes a state."""
    milestones = [(found["milestones"][stage] or "–").removeprefix("v") for stage in ("alpha", "beta", "stable")]
    return f"{found['status']} · {found['stage']} · {found['latest_milestone']} · {'/'.join(milestones)}"


FACTS = {
    127: (
        "implementable · alpha · v1.25 · 1.25/–/–",
        "implemented · stable · v1.36 · 1.25/1.35/1.36",
    ),
    2579: (
        "implementable · stable · v1.25 · 1.22/1.23/1.25",
        "implemented · stable · v1.25 · 1.22/1.23/1.25",
    ),
    3327: (
        "implementable · alpha · v1.25 · 1.25/1.26/1.27",
        "implementable · alpha · v1.25 · 1.25/1.27/1.28",
    ),
    2254: (
        "implementable · stable · v1.25 · 1.18/1.22/1.25",
        "implementable · stable · v1.25 · 1.18/1.22/1.25",
    ),
    3094: (
        "implementable · alpha · v1.25 · 1.25/1.26/–",
        "implemented · stable · v1.33 · 1.25/1.26/1.33",
    ),
    3243: (
        "provisional · alpha · v1.25 · 1.25/1.26/1.28",
        "implementable · beta · v1.34 · 1.25/1.27/1.36",
    ),
    3022: (
        "implementable · beta · v1.25 · 1.24/1.25/–",
        "implemented · stable · v1.30 · 1.24/1.25/1.30",
    ),
}


@pytest.mark.parametrize("number", FACTS)
def test_states_then_and_now(number: int, ask: Ask) -> None:
    then = ask(number, "--at", "2022-08-26", "--json").json()
    now = ask(number, "--json").json()
    assert (summary(then), summary(now)) == FACTS[number]
    assert (then["at"], now["at"]) == ("2022-08-26", "2026-07-22")


@pytest.mark.parametrize("day", [["--at", "2022-08-26"], []], ids=["then", "now"])
def test_a_number_that_never_had_a_file(day: list[str], ask: Ask) -> None:
    done = ask(5, *day, "--json")
    assert (done.status, done.out, done.error) == (1, "", f"KEP-5 is not in {kep_bundle()}\n")


def test_beta_was_reached_long_before_today_s_file_says(ask: Ask) -> None:
    found = ask(127, "--json").json()
    betas = [it for it in found["history"] if it.get("stage") == "beta"]
    assert betas[0]["milestones"]["beta"] == "v1.30"
    assert found["milestones"]["beta"] == "v1.35"
