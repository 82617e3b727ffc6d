"""`topics.yml` in a build: its mistakes are warnings, its names are found, and a change of it is noticed."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.exceptions import Abort

from tests.hosts.test_cli import neco
from tests.sites import ENGLISH, Folder, issue_page, issue_path, new_folder

DATE = "2026-01-09"
ISSUE = "## Argo CD v2.5.0\n\nきょうの Argo CD の話。\n"
TOPICS = "docs/_metadata/topics.yml"
MISTAKES = (
    f"{TOPICS}:2: unknown key 'colour' of the topic argo-cd; "
    "known are name, aliases, kind, repo, docs, about, sources, see_also, always; until then that alone is left out",
    f"{TOPICS}:4: 'argocd' is already a name of the topic argo-cd; keep one of the two; until then that alone is left "
    "out",
)
TAKEN = (
    f"{TOPICS}:1: the page topics/argo-cd.md of the topic Argo CD would lie where a page of yours is; "
    "yours stays; give the topic another name in topics.yml if you want both"
)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = new_folder(tmp_path, **ENGLISH)
    made.lock()
    made.issue(DATE, ISSUE)
    made.write("docs/topics/argo-cd/index.md", "# わたしたちの Argo CD\n")
    made.write(TOPICS, "argo-cd:\n  colour: red\n  name: Argo CD\ncd: {name: argocd}\n")
    return made


def test_mistakes_and_taken_pages_are_told_by_builds_and_check_and_cost_nothing_else(folder: Folder) -> None:
    built = folder.build()
    assert [it.removeprefix("neco-weekly: ") for it in built.warnings] == list(MISTAKES)
    assert f"neco-weekly: {TAKEN}" in built.infos
    assert "わたしたちの" in built.text("topics/argo-cd/index.html")
    assert "Argo CD" in built.text(issue_page(DATE))
    with pytest.raises(Abort):
        folder.build(strict=True)
    told = neco(folder, "check")
    assert (told.status, told.out.splitlines()) == (1, [f"{TAKEN} (information)", *MISTAKES])


def test_a_change_of_the_file_is_noticed_by_the_next_build(folder: Folder) -> None:
    folder.configure(**ENGLISH | {"plugins": [{"neco-weekly": {"link": "first", "locale": "en"}}]})
    page = issue_page(DATE)
    link = 'class="neco-topic" data-topic="argo-cd" href="../../../../topics/argo-cd/">Argo CD</a>'
    assert link in folder.build().text(page)
    folder.write(TOPICS, "argo-cd: {name: Argo Rollouts}\n")
    assert "neco-topic" not in folder.build().text(page)
    folder.write(TOPICS, "argo-cd: {name: Argo CD}\n")
    assert link in folder.build().text(page)
    assert folder.root.joinpath(issue_path(DATE)).read_text(encoding="utf-8").endswith(f"{ISSUE}\n")


LINKED = """\
[The project](https://github.com/kubernetes-sigs/kubebuilder) has [a page](../../../topics/kubebuilder.md).

[No topic](../../../topics/nothing.md), and [a topic that no issue names](../../../topics/argo-cd.md).
"""


def test_pages_of_topics_that_issues_themselves_name_may_be_linked_to_and_others_are_told(tmp_path: Path) -> None:
    folder = new_folder(tmp_path, **ENGLISH)
    folder.lock()
    folder.write(TOPICS, "argo-cd: {name: Argo CD}\n")
    for date in (DATE, "2026-01-16"):
        folder.issue(date, LINKED)
    built = folder.build()
    assert 'href="../../../../topics/kubebuilder/"' in built.text(issue_page(DATE))
    told = [it.partition(" leads to no page")[0].removeprefix("neco-weekly: ") for it in built.warnings]
    assert told == [
        f"{issue_path(date)}:5: the link ../../../topics/{slug}.md"
        for date in (DATE, "2026-01-16")
        for slug in ("argo-cd", "nothing")
    ]
    assert built.paths("topics/*/index.html") == {"topics/kubebuilder/index.html"}
