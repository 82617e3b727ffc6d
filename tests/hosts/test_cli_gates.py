"""`neco kep` by feature gate and by release: what shipped, what is planned, and what each gate is, never told alike."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from neco_weekly.lock.store import Lock, save_lock
from neco_weekly.model.gates import FeatureGate, Gates, GateSource, GateStage
from neco_weekly.model.gates import GateRecord as Said
from neco_weekly.model.history import with_history
from neco_weekly.model.keps import Enhancement, EnhancementState, Record, Source, Stage, Status

from tests.hosts.test_cli import neco
from tests.sites import TODAY, Folder, new_folder
from tests.sources.repositories import KEP_127, GitFolder

WEBSITE = GateSource(date=dt.date(2026, 7, 20), through="v1.36")
LIST = GateSource(date=dt.date(2026, 4, 22), through="v1.36")
SOURCES = (
    "  Source: the list in kubernetes/kubernetes of 2026-04-22, up to v1.36\n"
    "  Source: kubernetes/website, as changed on 2026-07-20, up to v1.36\n"
)


def stage(
    stage: Stage, since: str, until: str | None = None, *, on: bool, locked: bool = False, earlier: bool = False
) -> GateStage:
    return GateStage(stage=stage, since=since, until=until, default=on, locked=locked, earlier=earlier)


def page(*stages: GateStage, removed: bool = False) -> Said:
    return Said(date=WEBSITE.date, path="content/en/gate.md", stages=stages, removed=removed)


def listed(*stages: GateStage) -> Said:
    return Said(date=LIST.date, path="v1.36.0:test/features.yaml", stages=stages)


USER_NAMESPACES = FeatureGate(
    name="UserNamespacesSupport",
    keps=(127,),
    records={
        "website": page(
            stage(Stage.ALPHA, "v1.25", "v1.29", on=False),
            stage(Stage.BETA, "v1.30", "v1.32", on=False),
            stage(Stage.BETA, "v1.33", "v1.35", on=True),
            stage(Stage.STABLE, "v1.36", on=True, locked=True),
        )
    },
)
RESOURCES = FeatureGate(
    name="PodLevelResources",
    keps=(7, 8, 99),
    records={"website": page(stage(Stage.ALPHA, "v1.32", "v1.33", on=False), stage(Stage.BETA, "v1.34", on=True))},
)
OLD = FeatureGate(
    name="OldOne",
    keps=(9,),
    records={
        "website": page(stage(Stage.ALPHA, "v1.0", "v1.4", on=False, earlier=True), removed=True),
    },
)


def state(
    stage: Stage | None, latest: str | None, *gates: str, status: Status = Status.IMPLEMENTABLE, **milestones: str
) -> EnhancementState:
    return EnhancementState(
        title="A title",
        sig="sig-node",
        status=status,
        stage=stage,
        latest_milestone=latest,
        milestones={Stage(name): release for name, release in milestones.items()},
        feature_gates=gates,
    )


def told(number: int, records: dict[str, EnhancementState]) -> Enhancement:
    """A KEP as kep.yaml told it from each day on."""
    path = f"keps/sig-node/{number}-x/kep.yaml"
    sources = {day: Source(kind="git", date=dt.date.fromisoformat(day), path=path) for day in records}
    history = [Record(source=sources[day], state=said) for day, said in records.items()]
    newest = list(records)[-1]
    return with_history(Enhancement(number=number, state=records[newest], source=sources[newest]), history)


KEP = told(
    127,
    {
        "2022-06-01": state(Stage.ALPHA, "v1.25", alpha="v1.25", beta="v1.27"),
        "2026-02-01": state(
            Stage.STABLE, "v1.36", "UserNamespacesSupport", status=Status.IMPLEMENTED, alpha="v1.25", stable="v1.36"
        ),
    },
)
OF_SEVERAL = [
    told(7, {"2024-10-01": state(Stage.BETA, "v1.34", "PodLevelResources", alpha="v1.32", beta="v1.34")}),
    told(8, {"2026-05-01": state(Stage.ALPHA, "v1.37", "PodLevelResources", alpha="v1.37")}),
]
WITHDRAWN = told(
    9,
    {
        "2020-02-01": state(Stage.ALPHA, "v1.4", "OldOne", alpha="v1.4"),
        "2021-02-01": state(Stage.ALPHA, "v1.4", status=Status.WITHDRAWN, alpha="v1.4"),
    },
)


def lock_of(*keps: Enhancement, gates: tuple[FeatureGate, ...] = (USER_NAMESPACES, RESOURCES, OLD)) -> Lock:
    known = Gates(by_name={it.name: it for it in gates}, sources={"website": WEBSITE, "feature-list": LIST})
    return Lock(as_of=TODAY, fetched={it.number: it for it in keps}, gates=known)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = new_folder(tmp_path / "project")
    lock(folder, lock_of(KEP, *OF_SEVERAL, WITHDRAWN))
    return folder


def lock(folder: Folder, known: Lock) -> None:
    save_lock(known, folder.docs / "_metadata")


# --- a gate names a KEP -------------------------------------------------------------------------------------------


def test_a_gate_of_one_kep_answers_about_that_kep(folder: Folder) -> None:
    by_gate, by_number = neco(folder, "kep", "UserNamespacesSupport"), neco(folder, "kep", "127")
    assert (by_gate.status, by_gate.out) == (0, by_number.out)
    found = neco(folder, "kep", "UserNamespacesSupport", "--json").json()
    assert (found["number"], list(found["gates"])) == (127, ["UserNamespacesSupport"])


def test_a_gate_that_only_an_earlier_kep_yaml_named(folder: Folder) -> None:
    lock(folder, lock_of(WITHDRAWN, gates=()))
    assert neco(folder, "kep", "OldOne").out.startswith("KEP-9  A title\n")


def test_a_gate_of_several_keps_is_shown_with_where_each_stands(folder: Folder) -> None:
    done = neco(folder, "kep", "PodLevelResources")
    assert (done.status, done.error) == (0, "")
    assert done.out == (
        "PodLevelResources\n"
        "\n"
        "  alpha       v1.32–v1.33  off\n"
        "  beta        since v1.34  on\n"
        f"{SOURCES}"
        "\n"
        "Named by\n"
        "  KEP-7  A title\n"
        "    beta v1.34 (on by default)  sig-node\n"
        "  KEP-8  A title\n"
        "    not released  planned: alpha v1.37  sig-node\n"
        "  KEP-99 is not in the lock; run `neco refresh KEP-99`, or name a --source\n"
    )


def test_a_gate_of_several_keps_on_a_day(folder: Folder) -> None:
    done = neco(folder, "kep", "PodLevelResources", "--at", "1.32")
    assert (done.status, done.error) == (0, "")
    assert done.out == (
        "PodLevelResources\n"
        "as of 2024-12-11\n"
        "\n"
        "  alpha       since v1.32  off\n"
        f"{SOURCES}"
        "\n"
        "Named by\n"
        "  KEP-7  A title\n"
        "    alpha v1.32 (off by default)  planned: beta v1.34  sig-node\n"
        "  KEP-8 is not known on 2024-12-11: the first record is of 2026-05-01\n"
        "  KEP-99 is not in the lock; run `neco refresh KEP-99`, or name a --source\n"
    )


def test_a_gate_of_several_keps_as_json(folder: Folder) -> None:
    done = neco(folder, "kep", "PodLevelResources", "--json")
    found = done.json()
    assert (done.status, list(found)) == (0, ["gate", "keps"])
    assert (found["gate"]["name"], found["gate"]["keps"]) == ("PodLevelResources", [7, 8, 99])
    assert [it["stage"] for it in found["gate"]["website"]["stages"]] == ["alpha", "beta"]
    assert [it["number"] for it in found["keps"]] == [7, 8]
    assert done.error.startswith("KEP-99 is not in the lock")


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("usernamespacessupport", "did you mean UserNamespacesSupport?"),
        ("UserNamespaceSupport", "did you mean UserNamespacesSupport?"),
        ("Pods", "run `neco refresh`, or name a KEP by its number"),
    ],
)
def test_a_gate_that_nobody_names(written: str, sentence: str, folder: Folder) -> None:
    done = neco(folder, "kep", written)
    assert (done.status, done.out) == (1, "")
    assert done.error == f"{written} is no feature gate of a KEP in the lock; {sentence}\n"


# --- what shipped, what is planned, and what a gate is ------------------------------------------------------------


def test_the_page_of_today(folder: Folder) -> None:
    assert neco(folder, "kep", "127").out == (
        "KEP-127  A title\n"
        "stable v1.36 (on and locked)  sig-node\n"
        "\n"
        "  shipped             stable v1.36 on 2026-04-22, according to the feature gate UserNamespacesSupport\n"
        "  kep.yaml says       stable, implemented, latest v1.36\n"
        "  alpha               v1.25\n"
        "  beta                –  (v1.27 → none)\n"
        "  stable              v1.36\n"
        "  gates               UserNamespacesSupport\n"
        "  source              kep.yaml, keps/sig-node/127-x/kep.yaml, 2026-02-01\n"
        "\n"
        "Feature gates\n"
        "  UserNamespacesSupport\n"
        "    alpha       v1.25–v1.29  off\n"
        "    beta        v1.30–v1.32  off\n"
        "    beta        v1.33–v1.35  on\n"
        "    stable      since v1.36  on and locked\n"
        f"{SOURCES}"
        "\n"
        "History of kep.yaml\n"
        "  2026-02-01          stage alpha → stable; status implementable → implemented; "
        "latest milestone v1.25 → v1.36; beta v1.27 → none; stable none → v1.36; "
        "feature gates none → UserNamespacesSupport\n"
        "  2022-06-01          first recorded: alpha v1.25, implementable\n"
        "\n"
        "https://github.com/kubernetes/enhancements/issues/127\n"
    )


@pytest.mark.parametrize(
    ("at", "line"),
    [
        ("2022-08-01", "not released  planned: alpha v1.25  sig-node"),
        ("1.25", "alpha v1.25 (off by default)  planned: beta v1.27  sig-node"),
        ("v1.30", "beta v1.30 (off by default)  sig-node"),
        ("1.33", "beta v1.30 (on by default)  sig-node"),
        ("2026-03-01", "beta v1.30 (on by default)  planned: stable v1.36  sig-node"),
        ("1.36", "stable v1.36 (on and locked)  sig-node"),
    ],
)
def test_what_shipped_and_what_was_planned_on_a_day(at: str, line: str, folder: Folder) -> None:
    assert neco(folder, "kep", "127", "--at", at).out.splitlines()[1] == line


def test_a_release_is_the_end_of_its_day(folder: Folder) -> None:
    done = neco(folder, "kep", "127", "--at", "1.33")
    assert "as of 2025-04-23; on 2026-07-24: stable v1.36 (on and locked)\n" in done.out
    assert done.out == neco(folder, "kep", "127", "--at", "2025-04-23").out
    found = neco(folder, "kep", "127", "--at", "1.33", "--json").json()
    assert (found["at"], found["stage"], found["latest_milestone"]) == ("2025-04-23", "alpha", "v1.25")
    assert (found["shipped"]["stage"], found["shipped"]["release"], found["shipped"]["default"]) == (
        "beta",
        "v1.30",
        True,
    )
    assert found["planned"] is None


def test_on_a_day_no_later_stage_of_a_gate_is_told(folder: Folder) -> None:
    lines = neco(folder, "kep", "127", "--at", "2025-01-01").out.splitlines()
    assert lines[lines.index("  UserNamespacesSupport") :][1:3] == [
        "    alpha       v1.25–v1.29  off",
        "    beta        since v1.30  off",
    ]
    assert not any("v1.33" in line for line in lines)


def test_a_gate_turned_on_is_a_change_since_a_day(folder: Folder) -> None:
    stages = USER_NAMESPACES.records["website"].stages[:2]
    on = stage(Stage.BETA, "v1.33", on=True)
    lock(folder, lock_of(KEP, gates=(replace(USER_NAMESPACES, records={"website": page(*stages, on)}),)))
    assert "; on 2026-07-24: beta v1.30 (on by default)\n" in neco(folder, "kep", "127", "--at", "1.30").out
    assert "; unchanged on 2026-07-24\n" in neco(folder, "kep", "127", "--at", "1.33").out


def test_an_ended_proposal_says_so_first(folder: Folder) -> None:
    told = neco(folder, "kep", "9").out
    assert told.splitlines()[1] == "withdrawn, alpha v1.4  sig-node"
    assert (
        "  OldOne\n"
        "    alpha       v1.0 or earlier – v1.4  off\n"
        "    No longer in Kubernetes.\n"
        "    Named by an earlier kep.yaml.\n"
        f"{SOURCES}"
    ) in told


def test_who_shares_a_gate(folder: Folder) -> None:
    assert "\n    Also named by KEP-7, KEP-99\n" in neco(folder, "kep", "8").out


def test_a_stage_that_the_website_announces_is_only_planned(folder: Folder) -> None:
    soon = page(stage(Stage.ALPHA, "v1.36", "v1.36", on=False), stage(Stage.BETA, "v1.37", on=True))
    lock(folder, lock_of(KEP, gates=(replace(USER_NAMESPACES, records={"website": soon}),)))
    told = neco(folder, "kep", "127").out
    assert "    alpha       v1.36          off\n    beta        planned v1.37  on\n" in told


def test_witnesses_that_disagree_are_both_told(folder: Folder) -> None:
    said = {**USER_NAMESPACES.records, "feature-list": listed(stage(Stage.BETA, "v1.33", "v1.35", on=False))}
    lock(folder, lock_of(KEP, gates=(replace(USER_NAMESPACES, records=said),)))
    sentence = "For {}, kubernetes/website has beta, on, kubernetes/kubernetes has beta, off.\n"
    assert sentence.format("v1.33–v1.35") in neco(folder, "kep", "127").out
    assert sentence.format("v1.33") in neco(folder, "kep", "127", "--at", "1.33").out


def test_a_gate_of_which_no_witness_knows(folder: Folder) -> None:
    lock(folder, lock_of(KEP, gates=()))
    assert f"  UserNamespacesSupport\n    No record was found.\n{SOURCES}" in neco(folder, "kep", "127").out


def test_our_issues_show_where_the_kep_stood(folder: Folder) -> None:
    for day, title in (("2022-07-01", "計画の号"), ("2022-08-26", "初めの号"), ("2026-05-01", "新しい号")):
        folder.issue(day, "KEP-127", title=title)
    assert (
        "Our issues\n"
        "  2026-05-01  新しい号  (stable v1.36 then)\n"
        "  2022-08-26  初めの号  (alpha v1.25 then)\n"
        "  2022-07-01  計画の号  (planned: alpha v1.25 then)\n"
    ) in neco(folder, "kep", "127").out


def test_before_kep_yaml_was_there_the_releases_may_tell(folder: Folder) -> None:
    done = neco(folder, "kep", "9", "--at", "2019-01-01", "--json")
    assert (done.status, done.out) == (1, "")
    assert done.error == (
        "KEP-9 is not known on 2019-01-01: the first record is of 2020-02-01; shipped by then: alpha v1.4\n"
    )


def test_a_day_before_the_first_release(folder: Folder) -> None:
    done = neco(folder, "kep", "PodLevelResources", "--at", "2014-01-01")
    assert (done.status, done.out.splitlines()[3].strip()) == (0, SOURCES.splitlines()[0].strip())


def test_a_person_s_word_is_what_shipped(folder: Folder) -> None:
    folder.write("docs/_metadata/overrides.yml", "keps: {127: {stage: deprecated}}\n")
    told = neco(folder, "kep", "127").out
    assert told.splitlines()[1].startswith("deprecated")
    assert "  kep.yaml says       stable, implemented, latest v1.36\n" in told


# --- releases that cannot be asked about --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        ("1.99", "v1.99 is no release that is known; add its day to `releases:` in mkdocs.yml, or name a day, "),
        ("1.37", "v1.37 is not known to be out, and planned for 2026-08-26; name a day, "),
    ],
)
def test_a_release_that_is_not_out_is_one_sentence(at: str, sentence: str, folder: Folder) -> None:
    done = neco(folder, "kep", "127", "--at", at)
    assert (done.status, done.out) == (2, "")
    last = done.error.splitlines()[-1]
    assert last == f"Error: Invalid value for '--at': {sentence}or a release that is out, up to v1.36"


def test_a_release_after_the_newest_day_of_the_lock(folder: Folder) -> None:
    lock(folder, replace(lock_of(KEP), as_of=dt.date(2026, 3, 1)))
    done = neco(folder, "kep", "127", "--at", "1.36")
    assert (done.status, done.out) == (2, "")
    assert "v1.36 came out on 2026-04-22, and the lock only speaks up to 2026-03-01; run `neco refresh`, " in done.error


def test_a_release_that_the_site_names(folder: Folder) -> None:
    folder.configure(plugins=[{"neco-weekly": {"releases": {"1.99": "2026-07-01"}}}])
    assert "as of 2026-07-01;" in neco(folder, "kep", "127", "--at", "1.99").out


def test_a_plan_for_a_release_that_nobody_knows_is_a_plan(folder: Folder) -> None:
    far = told(127, {"2026-06-01": state(Stage.ALPHA, "v1.99", alpha="v1.99")})
    lock(folder, lock_of(far, gates=()))
    shown = neco(folder, "kep", "127").out
    assert shown.splitlines()[1] == "not released  planned: alpha v1.99  sig-node"
    assert "  alpha               planned v1.99\n" in shown


# --- from a source, which has no gates ----------------------------------------------------------------------------


@pytest.fixture
def upstream(tmp_path: Path) -> Path:
    repository = GitFolder(tmp_path / "enhancements")
    gate = "\nfeature-gates: [{name: UserNamespacesSupport}]\n"
    text = "title: User Namespaces\nkep-number: 127\nstage: alpha\nlatest-milestone: v1.25\nmilestone: {alpha: v1.25}"
    repository.commit({KEP_127: f"{text}{gate}"}, at="2022-06-01T00:00:00Z")
    repository.commit({KEP_127: f"{text}\n"}, at="2026-06-01T00:00:00Z")
    return repository.path


def test_a_source_is_asked_by_the_names_of_gates_that_its_files_ever_had(upstream: Path, tmp_path: Path) -> None:
    nowhere = new_folder(tmp_path / "nowhere")
    (nowhere.root / "mkdocs.yml").unlink()
    told = neco(nowhere, "kep", "UserNamespacesSupport", "--source", upstream)
    assert (told.status, told.error) == (0, "")
    assert told.out.startswith("KEP-127  User Namespaces\nalpha v1.25  no SIG\n")
    assert "\n\nNo record of feature gates: what shipped follows from the milestones of kep.yaml\n\n" in told.out
    missed = neco(nowhere, "kep", "UserNamespaceSupport", "--source", upstream)
    assert (missed.status, missed.out) == (1, "")
    assert missed.error == (
        f"UserNamespaceSupport is no feature gate of a KEP in {upstream}; did you mean UserNamespacesSupport?\n"
    )


def test_a_source_has_the_gates_of_the_site_that_is_here(folder: Folder, upstream: Path) -> None:
    told = neco(folder, "kep", "127", "--source", upstream, "--at", "1.33").out
    assert told.splitlines()[1] == "beta v1.30 (on by default)  no SIG"
    assert neco(folder, "kep", "UserNamespacesSupport", "--source", upstream, "--json").json()["number"] == 127
