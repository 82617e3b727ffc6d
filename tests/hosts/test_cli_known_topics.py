"""`neco topics`: what is known of topics, and what could become one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from tests.hosts.test_cli import neco
from tests.sites import ENGLISH, Folder, new_folder

TOPICS = """\
argo-cd:
  name: Argo CD
  aliases: [アルゴCD]
  repo: argoproj/argo-cd
  about: Git にある定義へ合わせ続ける。
  sources: [https://argo.example/, {title: 発表, url: "https://blog.example/"}]
  see_also: [ssa]
ssa: {name: Server-Side Apply}
"""
WEEKS = ("2026-01-09", "2026-01-16", "2026-01-23")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    made = new_folder(tmp_path_factory.mktemp("topics"), **ENGLISH)
    made.lock()
    made.write("docs/_metadata/topics.yml", TOPICS)
    made.issue(WEEKS[0], "## Argo CD v2.5.0 と Kubeflow 1.6\n\nServer-Side Apply の proposed な話。\n")
    made.issue(WEEKS[1], "## Proposed\n\nKubeflow と Argo CD。proposed。CVE-2026-1234 も。\n\n## 今週の Kubernetes\n")
    repo = "https://github.com/kubeflow/kubeflow"
    made.issue(WEEKS[2], f"## 今週の Kubernetes\n\n<{repo}> が proposed。\n\n## 次\n\n[yes]({repo}/issues/1)\n")
    return made


def test_a_topic_is_told_by_any_of_its_names(folder: Folder) -> None:
    told = neco(folder, "topics", "argo-cd")
    assert told.out.splitlines() == [
        "Argo CD (project), topics/argo-cd/",
        "also: アルゴCD",
        "repository: argoproj/argo-cd",
        "Git にある定義へ合わせ続ける。",
        "source: https://argo.example/",
        "source: 発表 https://blog.example/",
        "see also: ssa",
        "reported: v2.5.0 in docs/issues/2026/01/2026-01-09.md:3",
        "named in 2 issues",
        "  docs/issues/2026/01/2026-01-16.md:5: Proposed",
        "  docs/issues/2026/01/2026-01-09.md:3: Argo CD v2.5.0 と Kubeflow 1.6",
    ]
    others = ("ArgoCD", "アルゴCD", "argoproj/Argo-CD")
    assert [it for it in others if neco(folder, "topics", it) != told] == []
    assert neco(folder, "topics", "CVE-2026-1234").out.splitlines()[0] == (
        "CVE-2026-1234 (vulnerability), topics/cve-2026-1234/"
    )


def test_current_is_what_the_page_of_a_topic_says(tmp_path: Path) -> None:
    made = new_folder(tmp_path, **ENGLISH)
    made.lock()
    made.write("docs/_metadata/topics.yml", TOPICS)
    releases = {"v2.5.*": "2026-06-01 06-20", "v2.6.*": "2026-06-10"}
    watched = {"schema": 1, "watched": {"argoproj/argo-cd": {"releases": releases}}}
    made.write("docs/_metadata/topics.json", json.dumps(watched))
    made.issue(WEEKS[0], "Argo CD の話。")
    assert "now: v2.6.0 (2026-06-10)" in neco(made, "topics", "argo-cd").out.splitlines()


def test_a_topic_as_json(folder: Folder) -> None:
    document = neco(folder, "topics", "argo-cd", "--json").json()
    assert document["mentions"][1] == {
        "issue": "issues/2026/01/2026-01-09.md",
        "line": 3,
        "heading": "Argo CD v2.5.0 と Kubeflow 1.6",
        "by": "name",
    }
    assert document["releases"] == [{"version": "v2.5.0", "issue": "issues/2026/01/2026-01-09.md", "line": 3}]
    assert (document["latest"], document["sources"][1]) == (None, {"title": "発表", "url": "https://blog.example/"})
    assert [it["slug"] for it in neco(folder, "topics", "--json").json()] == ["argo-cd", "ssa", "cve-2026-1234"]


def test_what_is_none_is_told_with_what_is_near(folder: Folder) -> None:
    told = neco(folder, "topics", "argocdd")
    assert (told.status, told.error) == (
        1,
        "argocdd is no topic of topics.yml or of the issues; did you mean argo-cd?\n",
    )
    assert "`neco topics` lists all" in neco(folder, "topics", "猫").error
    assert neco(folder, "topics", "argo-cd", "--suggest").status == 2


def test_all_are_listed_the_most_named_first(folder: Folder) -> None:
    assert neco(folder, "topics").out.splitlines() == [
        "argo-cd        Argo CD: 2 issues, last 2026-01-16",
        "cve-2026-1234  CVE-2026-1234: 1 issue, last 2026-01-16",
        "ssa            Server-Side Apply: 1 issue, last 2026-01-09",
    ]


def test_suggestions_are_yaml_with_evidence_and_no_words(folder: Folder) -> None:
    told = neco(folder, "topics", "--suggest").out
    assert told == (
        "# 3 issues; 1 heading; linked in 1 issue; first in docs/issues/2026/01/2026-01-09.md\n"
        "kubeflow:\n  name: Kubeflow\n  repo: kubeflow/kubeflow\n"
    )
    assert yaml.safe_load(told) == {"kubeflow": {"name": "Kubeflow", "repo": "kubeflow/kubeflow"}}
    (document,) = neco(folder, "topics", "--suggest", "--json").json()
    assert (document["slug"], len(document["issues"]), document["links"]) == ("kubeflow", 3, 1)


def test_names_that_a_topic_could_have_are_there_to_take_the_place_of_its_own(tmp_path: Path) -> None:
    made = new_folder(tmp_path, **ENGLISH)
    made.write("docs/_metadata/topics.yml", TOPICS)
    for week in WEEKS[:2]:
        made.issue(week, "[Argonaut](https://github.com/argoproj/argo-cd)\n")
    made.issue(WEEKS[2], "Argonaut の話。\n")
    told = neco(made, "topics", "--suggest").out
    assert told == (
        "# Argonaut: in 3 sections, 2 of them about it; called so in 2 issues\n"
        'argo-cd:\n  aliases: ["アルゴCD", Argonaut]\n'
    )
    assert yaml.safe_load(told) == {"argo-cd": {"aliases": ["アルゴCD", "Argonaut"]}}
    (document,) = neco(made, "topics", "--suggest", "--json").json()
    assert (document["slug"], document["alias"], document["sections"], document["known"]) == (
        "argo-cd",
        "Argonaut",
        3,
        2,
    )
    made.write("docs/_metadata/topics.yml", TOPICS.replace("[アルゴCD]", "[アルゴCD, Argonaut]"))
    assert neco(made, "topics", "--suggest").out == ""
    assert "named in 3 issues" in neco(made, "topics", "argo-cd").out


def test_a_mistake_in_the_file_is_told_beside_the_answer(tmp_path: Path) -> None:
    made = new_folder(tmp_path, **ENGLISH)
    made.write("docs/_metadata/topics.yml", "argo-cd: {name: Argo CD, colour: red}\n")
    told = neco(made, "topics")
    assert (told.status, told.out) == (0, "argo-cd  Argo CD: 0 issues\n")
    assert told.error.startswith("Warning: docs/_metadata/topics.yml:1: unknown key 'colour' of the topic argo-cd; ")
    made.write("docs/_metadata/topics.yml", "argo-cd: [\n")
    assert "topics.yml:2: is not YAML: " in neco(made, "topics", "argo-cd").error


def test_with_them_nothing_is_left_to_suggest(tmp_path: Path) -> None:
    made = new_folder(tmp_path, **ENGLISH)
    for number, week in enumerate(WEEKS):
        made.issue(week, f"## Kubeflow 1.{number}\n")
    suggested = neco(made, "topics", "--suggest").out
    made.write("docs/_metadata/topics.yml", suggested)
    told = neco(made, "topics", "--suggest")
    assert (told.out, told.error) == ("", "Nothing that three issues name or link to lacks an entry.\n")
    assert neco(made, "topics").out == "kubeflow  Kubeflow: 3 issues, last 2026-01-23\n"
