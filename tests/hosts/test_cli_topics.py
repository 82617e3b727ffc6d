"""`neco refresh --only topics` with a server of feeds on loopback, and `neco topics --news` of what it found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.feeds import feed_of
from tests.hosts.test_cli import LOOPBACK, neco
from tests.sites import ENGLISH, Folder, new_folder
from tests.sources.sites import Route, Site, redirect

TOPICS = """\
argo-cd: {name: Argo CD, repo: argoproj/argo-cd}
kubebuilder: {name: Kubebuilder, repo: Kubernetes-SIGs/kubebuilder}
kustomize: {name: Kustomize, repo: kubernetes-sigs/kustomize}
moved: {name: Moved, repo: old/moved}
gone: {name: Gone, repo: nobody/gone}
ssa: {name: Server-Side Apply, kind: technique}
"""
ATOM = {"Content-Type": "application/atom+xml"}
DAYS = {
    "Kubernetes-SIGs/kubebuilder": {
        "v3.6.0": "2022-08-03",
        "v3.5.0": "2022-06-20",
        "v3.7.0": "2022-09-20",
        "v3.8.0-rc.1": "2022-09-22",
    },
    "argoproj/argo-cd": {
        "v2.4.11": "2022-08-22",
        "v2.4.12": "2022-09-16",
        "v2.3.8": "2022-09-16",
        "stable": "2022-09-16",
    },
    "kubernetes-sigs/kustomize": {"kustomize/v4.5.7": "2022-08-02", "api/v0.12.1": "2022-09-18"},
}


def routes() -> dict[str, Route]:
    feeds: dict[str, Route] = {
        f"/{name}/releases.atom": (200, {**ATOM, "ETag": f'"{name}"'}, feed_of(days, repository=name))
        for name, days in DAYS.items()
    }
    moved = (200, ATOM, feed_of({"v1.0.0": "2022-09-17"}))
    return {
        **feeds,
        "/old/moved/releases.atom": redirect("/newer/moved/releases.atom", 301),
        "/newer/moved/releases.atom": moved,
    }


@pytest.fixture(scope="module")
def web() -> Iterator[Site]:
    site = Site(routes())
    yield site
    site.close()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = new_folder(tmp_path / "project", **ENGLISH)
    folder.write("docs/_metadata/topics.yml", TOPICS)
    folder.issue("2022-09-08", "no news")
    return folder


def refreshed(folder: Folder, web: Site, *more: str) -> list[str]:
    done = neco(folder, "refresh", "--only", "topics", "--github-web", web.url, *LOOPBACK[2:], *more)
    assert done.status == 0, done.error
    return done.out.splitlines()


def test_what_topics_name_is_read_once_and_a_second_refresh_changes_nothing(folder: Folder, web: Site) -> None:
    gone = f"not fetched: nobody/gone: {web.url}/nobody/gone/releases.atom answered 404 Not Found"
    moved = "to know: old/moved: its address leads to newer/moved; write that as `repo` in topics.yml"
    asked = len(web.asked)
    assert refreshed(folder, web) == [
        "argoproj/argo-cd: is watched now; v2.4.12 (2022-09-16), v2.3.8 (2022-09-16), v2.4.11 (2022-08-22)",
        "Kubernetes-SIGs/kubebuilder: is watched now; "
        "v3.8.0-rc.1 (2022-09-22), v3.7.0 (2022-09-20), v3.6.0 (2022-08-03) and 1 more",
        "kubernetes-sigs/kustomize: is watched now; kustomize/v4.5.7 (2022-08-02)",
        "old/moved: is watched now; v1.0.0 (2022-09-17)",
        "old/moved: has moved to newer/moved",
        gone,
        moved,
        "The lock was updated.",
    ]
    files = {path.name: path.read_bytes() for path in (folder.docs / "_metadata").iterdir()}
    assert set(files) == {"topics.json", "topics.yml", "overrides.yml"}
    first = len(web.asked)
    assert refreshed(folder, web) == [gone, moved, "The lock is unchanged."]
    assert {path.name: path.read_bytes() for path in (folder.docs / "_metadata").iterdir()} == files
    assert "if-none-match" not in {name for it in web.asked[asked:first] for name in it.headers}
    assert len([it for it in web.asked[first:] if "if-none-match" in it.headers]) == len(DAYS)


def test_only_other_things_are_refreshed_without_them(folder: Folder, web: Site) -> None:
    asked = len(web.asked)
    assert neco(folder, "refresh", "--only", "cards", "--github-web", web.url).status == 0
    assert len(web.asked) == asked


def test_with_watch_what_issues_link_to_is_watched_too(folder: Folder, web: Site) -> None:
    folder.write("docs/_metadata/topics.yml", "{}\n")
    assert refreshed(folder, web, "--watch") == ["The lock is unchanged."]
    for day in ("2022-08-05", "2022-08-19"):
        folder.issue(
            day, "[Kustomize](https://github.com/kubernetes-sigs/kustomize/releases)\n\n<https://github.com/once/only>"
        )
    folder.issue("2022-09-01", "https://github.com/once/only-here")
    assert refreshed(folder, web)[-1] == "The lock is unchanged."
    told = refreshed(folder, web, "--watch")
    assert "kubernetes-sigs/kustomize: is watched now; kustomize/v4.5.7 (2022-08-02)" in told
    assert not any("only-here" in line for line in told)


NEWS = """\
### [Kubebuilder v3.7.0](https://github.com/Kubernetes-SIGs/kubebuilder/releases/tag/v3.7.0)

### [Moved v1.0.0](https://github.com/newer/moved/releases/tag/v1.0.0)

Other patch releases: Argo CD v2.4.12, v2.3.8
"""
SUMMER = """\
### [Kubebuilder v3.6.0](https://github.com/Kubernetes-SIGs/kubebuilder/releases/tag/v3.6.0)

Other patch releases: Argo CD v2.4.11; Kustomize v4.5.7
"""


def test_the_news_since_the_last_issue_are_ready_headings(folder: Folder, web: Site) -> None:
    refreshed(folder, web)
    asked = len(web.asked)
    assert neco(folder, "topics", "--news").out == NEWS
    assert neco(folder, "topics", "--news", "--since", "2022-07-29", "--until", "2022-09-08").out == SUMMER
    quiet = neco(folder, "topics", "--news", "--since", "2022-09-22")
    assert (quiet.status, quiet.out) == (0, "Nothing came out after 2022-09-22, up to 2022-09-22.\n")
    found = neco(folder, "topics", "--news", "--format", "json").json()
    assert (found["since"], found["until"]) == ("2022-09-08", "2022-09-22")
    assert [(it["name"], [one["tag"] for one in it["releases"]], len(it["patches"])) for it in found["projects"]] == [
        ("Argo CD", [], 2),
        ("Kubebuilder", ["v3.7.0"], 0),
        ("Moved", ["v1.0.0"], 0),
    ]
    assert found["projects"][1]["releases"][0] == {
        "tag": "v3.7.0",
        "day": "2022-09-20",
        "url": "https://github.com/Kubernetes-SIGs/kubebuilder/releases/tag/v3.7.0",
        "step": "minor",
    }
    assert len(web.asked) == asked


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["topics", "a", "--news"], "Error: name a topic, or write --suggest, or --news", id="two"),
        pytest.param(
            ["topics", "--news", "--since", "soon"], "'soon' is no day like 2022-08-26 and not last-issue", id="day"
        ),
        pytest.param(
            ["topics", "--news", "--since", "2022-09-01", "--until", "2022-08-01"],
            "Error: --until 2022-08-01 lies before 2022-09-01, after which news are asked for",
            id="until before since",
        ),
        pytest.param(["topics", "--news", "--until", "soon"], "'soon' is no day like 2022-08-26", id="until"),
    ],
)
def test_what_is_asked_wrongly(folder: Folder, arguments: list[str], said: str) -> None:
    folder.write("docs/_metadata/topics.json", '{"schema": 1, "watched": {"a/b": {}}}')
    done = neco(folder, *arguments)
    assert (done.status, done.out) == (2, "")
    assert said in done.error


def test_without_an_issue_a_day_is_wanted(tmp_path: Path) -> None:
    folder = new_folder(tmp_path / "project", **ENGLISH)
    folder.write("docs/_metadata/topics.json", '{"schema": 1, "watched": {"a/b": {}}}')
    done = neco(folder, "topics", "--news")
    assert (done.status, done.out) == (2, "")
    assert done.error.endswith("Error: there is no issue with a date yet; name a day with --since\n")


def test_what_nobody_has_read_yet_is_no_quiet_week(folder: Folder) -> None:
    done = neco(folder, "topics", "--news")
    said = "Nothing is known of argoproj/argo-cd and 4 more: run `neco refresh --only topics`.\n"
    assert (done.status, done.out, done.error) == (1, "", said)
    folder.write("docs/_metadata/topics.yml", "{}\n")
    done = neco(folder, "topics", "--news")
    said = "No repository is watched: give a topic of topics.yml `repo: owner/name`, and refresh.\n"
    assert (done.status, done.out, done.error) == (1, "", said)


def test_a_site_in_japanese_reads_japanese(tmp_path: Path, web: Site) -> None:
    folder = new_folder(tmp_path / "project")
    folder.write("docs/_metadata/topics.yml", TOPICS)
    refreshed(folder, web)
    assert (
        "ほかのパッチリリース: Argo CD v2.4.12、v2.3.8" in neco(folder, "topics", "--news", "--since", "2022-09-08").out
    )
    quiet = neco(folder, "topics", "--news", "--since", "2022-09-22").out
    assert quiet == "2022-09-22 より後（2022-09-22 まで）に出たリリースはありません。\n"
