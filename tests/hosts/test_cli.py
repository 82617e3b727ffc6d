"""The command line: what it prints, what it writes, and how it ends."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from neco_weekly.hosts.cli import main
from neco_weekly.lock.store import load_lock
from neco_weekly.model.cards import Card
from neco_weekly.model.keps import Stage
from neco_weekly.sources.gates.release_lists import PATH as FEATURE_LIST

from tests.hosts.test_mkdocs_problems import CASES, INFORMATION, UNREADABLE, write
from tests.sites import ENGLISH, TODAY, Built, Folder, issue_path, kep, new_folder, run, succeeds
from tests.sources.repositories import KEP_127, GitFolder
from tests.sources.sites import Route, Site

DATE = "2026-01-09"
ISSUE = issue_path(DATE)
API = "/repos/kubernetes/enhancements/issues"
LOOPBACK = ("--allow-private", "127.0.0.0/8", "--per-host-delay", "0")
NEW_127 = "KEP-127: new: Support User Namespaces (stable v1.36)"
ONE_MORE = "KEPs that no issue mentions: 1 new"


@dataclass(frozen=True)
class Outcome:
    status: int
    out: str
    error: str

    def json(self) -> Any:
        return json.loads(self.out)


def neco(folder: Folder, *arguments: str | Path) -> Outcome:
    """Call the console script's function in the folder: as a process it would need half a second each time."""
    out, error = io.StringIO(), io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.chdir(folder.root),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(error),
    ):
        patch.setattr(sys, "argv", ["neco", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            main()
    assert isinstance(end.value.code, int)
    return Outcome(end.value.code, out.getvalue(), error.getvalue())


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return new_folder(tmp_path / "project", **ENGLISH)


@pytest.fixture(scope="module")
def upstream(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """kubernetes/enhancements with two KEPs, and a file of another kind."""
    repository = GitFolder(tmp_path_factory.mktemp("upstream") / "enhancements")
    text = "title: Support User Namespaces\nkep-number: 127\nowning-sig: sig-node\nstatus: implemented\nstage: stable\n"
    repository.commit(
        {
            KEP_127: f'{text}latest-milestone: "v1.36"\nmilestone: {{alpha: "v1.25", stable: "v1.36"}}\n',
            "keps/sig-node/2254-cgroup-v2/kep.yaml": "title: cgroup v2\nkep-number: 2254\nstage: beta\n",
        },
        subject="Merge pull request #4242 from x/y",
        at="2026-07-01T12:00:00+0900",
    )
    return repository.path


@dataclass(frozen=True)
class Web:
    """Two pages and GitHub's API on loopback, to be changed by a test."""

    site: Site
    routes: dict[str, Route]

    @property
    def url(self) -> str:
        return self.site.url

    def asked(self) -> list[str]:
        """What was asked for, but for the icon where browsers look for it."""
        return [asked.path for asked in self.site.asked if asked.path != "/favicon.ico"]


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    monkeypatch.delenv("GITHUB_TOKEN", raising=False)
    issue = {"title": "StatefulSet volume expansion", "updated_at": "2026-06-01T00:00:00Z", "labels": []}
    routes: dict[str, Route] = {
        "/a": page("一つ目の頁"),
        "/b": page("二つ目の頁"),
        f"{API}/661": (200, {}, json.dumps(issue).encode()),
        f"{API}/6112": (200, {}, json.dumps({**issue, "pull_request": {"url": "…"}}).encode()),
    }
    site = Site(routes)
    yield Web(site, routes)
    site.close()


def page(title: str) -> Route:
    return 200, {"Content-Type": "text/html; charset=utf-8"}, f"<title>{title}</title>".encode()


def lock_bytes(folder: Folder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder.docs / "_metadata").iterdir())}


# --- refresh: where KEPs come from --------------------------------------------------------------------------------


def as_work_tree(upstream: Path, place: Path) -> str:
    return str(upstream)


def as_bare_clone(upstream: Path, place: Path) -> str:
    GitFolder(place / "runner").git("clone", "--quiet", "--bare", str(upstream), str(place / "bare.git"))
    return str(place / "bare.git")


def as_bundle(upstream: Path, place: Path) -> str:
    GitFolder(place / "runner").git("-C", str(upstream), "bundle", "create", str(place / "all.bundle"), "--all")
    return str(place / "all.bundle")


def as_address(upstream: Path, place: Path) -> str:
    return f"file://{upstream}"


@pytest.mark.parametrize("form", [as_work_tree, as_bare_clone, as_bundle, as_address])
def test_refresh_reads_keps_from_every_form_of_repository(
    form: Any, folder: Folder, upstream: Path, tmp_path: Path
) -> None:
    folder.issue(DATE, "KEP-127")
    done = neco(folder, "refresh", "--source", form(upstream, tmp_path))
    assert done.status == 0, done.error
    assert done.out.splitlines() == [NEW_127, ONE_MORE, "The lock was updated."]
    found = load_lock(folder.docs / "_metadata").enhancement(127)
    assert found
    assert (found.state.title, found.state.stage) == ("Support User Namespaces", Stage.STABLE)
    assert (str(found.source.date), found.source.pull, found.source.commit) == ("2026-07-01", 4242, None)
    assert str(tmp_path).encode() not in b"".join(lock_bytes(folder).values())


def test_clones_are_kept_in_the_cache_folder(folder: Folder, upstream: Path, tmp_path: Path) -> None:
    folder.issue(DATE, "KEP-127")
    neco(folder, "refresh", "--source", f"file://{upstream}")
    assert list((folder.root / ".cache/neco-weekly").glob("keps-*.git"))
    neco(folder, "refresh", "--source", f"file://{upstream}", "--cache-dir", tmp_path / "kept")
    assert list((tmp_path / "kept").glob("keps-*.git"))


def test_every_kep_of_the_source_is_known_and_those_that_issues_mention_stand_apart(
    folder: Folder, upstream: Path
) -> None:
    folder.issue(DATE, "KEP-127")
    neco(folder, "refresh", "--source", upstream)
    lock = load_lock(folder.docs / "_metadata")
    assert (set(lock.fetched), set(lock.others)) == ({127}, {2254})
    written = lock_bytes(folder)
    assert neco(folder, "refresh", "--source", upstream, "--all-keps").out == "The lock is unchanged.\n"
    assert neco(folder, "kep", "2254").out.splitlines()[0].startswith("KEP-2254")
    (folder.root / ISSUE).write_text("---\ndraft: true\n---\n\nKEP-127", encoding="utf-8")
    neco(folder, "refresh", "--source", upstream, "--prune")
    assert lock_bytes(folder) == written  # a draft still wants it
    (folder.root / ISSUE).unlink()
    folder.write("docs/_metadata/overrides.yml", "keps: {127: {note: Ours}}")
    neco(folder, "refresh", "--source", upstream, "--prune")
    assert lock_bytes(folder)["keps.json"] == written["keps.json"]  # a person speaks of it
    folder.write("docs/_metadata/overrides.yml", "")
    folder.issue("2022-09-02", "KEP-2254")
    told = neco(folder, "refresh", "--source", upstream, "--prune").out.splitlines()
    assert told == [
        "KEP-2254: new: cgroup v2 (not released)",
        "KEP-127: no page mentions it; it stands in other-keps.json now",
        "The lock was updated.",
    ]
    now = load_lock(folder.docs / "_metadata")
    assert (dict(now.fetched), dict(now.others)) == (dict(lock.others), dict(lock.fetched))


def test_numbers_without_a_folder_are_looked_up_in_githubs_issues(folder: Folder, upstream: Path, web: Web) -> None:
    folder.issue(DATE, "KEP-127 KEP-661 KEP-6112 KEP-9999")
    done = neco(folder, "refresh", "--source", upstream, "--github-api", web.url, *LOOPBACK)
    assert done.out.splitlines() == [
        NEW_127,
        "KEP-661: new: StatefulSet volume expansion (not released)",
        "KEP-6112: is a pull request",
        "KEP-9999: is found nowhere",
        ONE_MORE,
        "The lock was updated.",
    ]
    assert sorted(web.asked()) == sorted(f"{API}/{number}" for number in (661, 6112, 9999))
    again = neco(folder, "refresh", "--source", upstream, "--github-api", web.url, *LOOPBACK)
    assert again.out == "The lock is unchanged.\n"


def test_the_token_goes_to_the_api_and_nowhere_else(
    folder: Folder, upstream: Path, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "a-secret")
    folder.issue(DATE, f"KEP-661\n\n{web.url}/a")
    done = neco(folder, "refresh", "--source", upstream, "--github-api", web.url, *LOOPBACK)
    sent = {asked.path: asked.headers.get("authorization") for asked in web.site.asked}
    assert sent == {f"{API}/661": "Bearer a-secret", "/a": None, "/favicon.ico": None}
    assert "a-secret" not in done.out + done.error
    assert b"a-secret" not in b"".join(lock_bytes(folder).values())


@pytest.mark.parametrize(
    ("source", "status", "sentence"),
    [
        pytest.param("docs", 2, "Error: docs cannot be read: not a git repository: ", id="a folder"),
        pytest.param("mkdocs.yml", 2, "Error: mkdocs.yml is neither a git repository nor a git bundle", id="a file"),
        pytest.param("nowhere", 2, "Error: nowhere does not exist; ", id="nothing"),
        pytest.param("ext::sh -c id", 2, "Error: 'ext::sh -c id' is no source of KEPs; ", id="a command"),
        pytest.param("--upload-pack=id", 2, "Error: '--upload-pack=id' is no source of KEPs; ", id="an option"),
    ],
)
def test_what_is_no_repository_is_named_in_one_sentence(
    source: str, status: int, sentence: str, folder: Folder
) -> None:
    folder.issue(DATE, "KEP-127")
    before = lock_bytes(folder)
    done = neco(folder, "refresh", f"--source={source}")
    assert done.status == status
    assert done.error.splitlines()[-1].startswith(sentence)
    assert lock_bytes(folder) == before


def test_a_repository_without_keps_is_named_in_one_sentence(folder: Folder, tmp_path: Path) -> None:
    folder.issue(DATE, "KEP-127")
    GitFolder(tmp_path / "other").commit({"README.md": "nothing"})
    done = neco(folder, "refresh", "--source", tmp_path / "other")
    assert done.status == 2
    assert "has no keps/**/kep.yaml that can be used" in done.error


def test_no_network_at_all_is_reported_and_changes_nothing(folder: Folder) -> None:
    folder.lock(kep(127))
    folder.issue(DATE, "KEP-127 KEP-2254")
    before = lock_bytes(folder)
    done = neco(folder, "refresh", "--source", "http://someone:a-secret@127.0.0.1:9/enhancements.git")
    assert done.status == 1
    assert done.out.startswith("not fetched: KEPs: http://127.0.0.1:9/enhancements.git could not be fetched: ")
    assert done.out.endswith("The lock is unchanged.\n")
    assert "a-secret" not in done.out + done.error
    assert lock_bytes(folder) == before


@pytest.mark.parametrize("arguments", [["refresh"], ["kep", "127"]], ids=" ".join)
def test_a_machine_without_git_and_a_source(
    arguments: list[str], folder: Folder, upstream: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.issue(DATE, "KEP-127")
    monkeypatch.setenv("PATH", "")
    done = neco(folder, *arguments, "--source", upstream)
    assert (done.status, done.out) == (2, "")
    assert (
        done.error.splitlines()[-1]
        == "Error: git is not installed, or not on PATH; install git to read KEPs and feature gates"
    )


# --- refresh: the public list of all KEPs -------------------------------------------------------------------------

LIST = "/keps.json"


def listed(stage: str, day: str, **changes: object) -> Route:
    """The list as it was made on a day of July 2026."""
    entry = {"path": KEP_127.removesuffix("/kep.yaml"), "title": "Support User Namespaces", "kepNumber": "127"}
    milestones = {"latestMilestone": "v1.36", "milestone": {"alpha": "v1.25", "stable": "v1.36"}}
    body = [{**entry, "owningSig": "sig-node", "status": "implemented", "stage": stage, **milestones, **changes}]
    return 200, {"Last-Modified": f"Wed, {day} Jul 2026 01:00:00 GMT"}, json.dumps(body).encode()


def history(folder: Folder, number: int = 127) -> list[str]:
    found = load_lock(folder.docs / "_metadata").fetched[number]
    return [f"{it.source.kind} {it.date} {it.state and it.state.stage}" for it in found.history]


def test_the_list_in_place_of_git(folder: Folder, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")  # git is not asked
    folder.issue(DATE, "KEP-127")
    web.routes[LIST] = listed("beta", "08")
    done = neco(folder, "refresh", "--keps-json", f"{web.url}{LIST}", "--per-host-delay", "0")
    assert done.out.splitlines() == [
        "KEP-127: new: Support User Namespaces (beta v1.36)",
        "The lock was updated.",
    ]
    assert f"Reading KEPs from {web.url}{LIST}" in done.error.splitlines()
    assert web.asked() == [LIST]
    assert history(folder) == ["keps-json 2026-07-08 beta"]


def test_the_history_grows_where_only_the_list_is_asked(folder: Folder, upstream: Path, web: Web) -> None:
    folder.issue(DATE, "KEP-127")
    told = []
    for stage, day in [("alpha", "01"), ("alpha", "08"), ("beta", "15"), ("stable", "22"), ("stable", "29")]:
        web.routes[LIST] = listed(stage, day)
        told.append(neco(folder, "refresh", "--keps-json", f"{web.url}{LIST}", "--per-host-delay", "0").out)
    assert history(folder) == [
        "keps-json 2026-07-01 alpha",
        "keps-json 2026-07-15 beta",
        "keps-json 2026-07-22 stable",
    ]
    assert [text.splitlines()[-1] for text in told].count("The lock is unchanged.") == 2
    neco(folder, "refresh", "--source", upstream)
    assert history(folder) == [
        "git 2026-07-01 stable",
        "keps-json 2026-07-15 beta",
        "keps-json 2026-07-22 stable",
    ]


def test_beside_git_the_list_only_claims(folder: Folder, upstream: Path, web: Web) -> None:
    folder.issue(DATE, "KEP-127")
    arguments = ("refresh", "--source", upstream, "--keps-json", f"{web.url}{LIST}", "--per-host-delay", "0")
    web.routes[LIST] = listed("beta", "22")
    assert neco(folder, *arguments).out.splitlines() == [NEW_127, ONE_MORE, "The lock was updated."]
    found = load_lock(folder.docs / "_metadata").fetched[127]
    assert (found.state.stage, found.source.kind) == (Stage.STABLE, "git")
    assert [(it.field, it.value, it.source.kind, str(it.source.date)) for it in found.claims] == [
        ("stage", "beta", "keps-json", "2026-07-22")
    ]
    web.routes[LIST] = listed("beta", "29")
    assert neco(folder, *arguments).out == "The lock is unchanged.\n"
    assert neco(folder, "refresh", "--source", upstream).out == "The lock is unchanged.\n"
    web.routes[LIST] = listed("stable", "29")
    assert neco(folder, *arguments).out.splitlines()[0] == "KEP-127: what other sources say differently"
    assert load_lock(folder.docs / "_metadata").fetched[127].claims == ()


@pytest.fixture
def fallback(web: Web, monkeypatch: pytest.MonkeyPatch) -> Web:
    """The usual sources on loopback: the list of KEPs is there, those of feature gates are not."""
    monkeypatch.setattr("neco_weekly.hosts.fetchers.KEPS_JSON", f"{web.url}{LIST}")
    monkeypatch.setattr("neco_weekly.hosts.fetchers.FEATURE_LISTS", f"{web.url}/lists")
    for module in ("gates.website", "schedules.website_days", "schedules.sig_release", "announcements.guide_page"):
        monkeypatch.setattr(f"neco_weekly.sources.{module}.UPSTREAM", "http://127.0.0.1:9/any.git")
    web.routes[LIST] = listed("stable", "22")
    return web


DAYS, INSTALL = ("schedules", "days"), "install git to read KEPs and feature gates"


def test_without_git_the_usual_list_answers(folder: Folder, fallback: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    folder.issue(DATE, "KEP-127")
    done = neco(folder, "refresh", *LOOPBACK)
    assert done.status == 0
    assert done.out.splitlines() == [
        NEW_127,
        *(f"not fetched: {it} of releases: git is not installed, or not on PATH; {INSTALL}" for it in DAYS),
        "not fetched: KEPs: git is not installed, or not on PATH; install git to read KEPs and feature gates",
        "not fetched: feature gates: git is not installed, or not on PATH; install git to read KEPs and feature gates",
        f"not fetched: feature lists: {fallback.url}/lists/v1.33.0/{FEATURE_LIST} answered 404 Not Found; "
        "--feature-lists names another source",
        f"not fetched: removed APIs: git is not installed, or not on PATH; {INSTALL}",
        "The lock was updated.",
    ]
    assert [line for line in done.error.splitlines() if line.startswith("Reading")] == [
        "Reading days of releases from https://github.com/kubernetes/sig-release.git",
        "Reading days of releases from https://github.com/kubernetes/website.git",
        "Reading KEPs from https://github.com/kubernetes/enhancements.git",
        f"Reading KEPs from {fallback.url}{LIST}",
        "Reading feature gates from https://github.com/kubernetes/website.git",
        f"Reading feature lists from {fallback.url}/lists",
        "Reading removed APIs from https://github.com/kubernetes/website.git",
    ]
    assert neco(folder, "refresh", "--strict", *LOOPBACK).status == 1


def test_where_upstream_cannot_be_reached_the_usual_list_answers(
    folder: Folder, fallback: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("neco_weekly.sources.keps.repository.UPSTREAM", "http://127.0.0.1:9/enhancements.git")
    folder.issue(DATE, "KEP-127")
    done = neco(folder, "refresh", *LOOPBACK)
    assert done.status == 0
    assert done.out.splitlines()[0] == NEW_127
    assert "not fetched: KEPs: http://127.0.0.1:9/enhancements.git could not be fetched: " in done.out
    assert history(folder) == ["keps-json 2026-07-22 stable"]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        pytest.param((200, {}, b"[{]"), "answered no JSON", id="no JSON"),
        pytest.param((200, {}, b"{}"), "is no list of KEPs", id="no list"),
        pytest.param((404, {}, b""), "answered 404 Not Found", id="nothing there"),
    ],
)
def test_a_list_that_is_none_changes_nothing(answer: Route, why: str, folder: Folder, web: Web) -> None:
    folder.lock(kep(127))
    folder.issue(DATE, "KEP-127")
    before = lock_bytes(folder)
    web.routes[LIST] = answer
    done = neco(folder, "refresh", "--keps-json", f"{web.url}{LIST}", "--per-host-delay", "0")
    assert done.status == 1
    assert done.out.splitlines()[0].startswith("not fetched: keps.json: ")
    assert why in done.out
    assert lock_bytes(folder) == before


# --- refresh: GitHub's issues -------------------------------------------------------------------------------------


def github(folder: Folder, upstream: Path, web: Web) -> Outcome:
    return neco(folder, "refresh", "KEP-661", "--source", upstream, "--github-api", web.url, *LOOPBACK)


def test_the_history_of_an_issue_grows(folder: Folder, upstream: Path, web: Web) -> None:
    for day, stage in [("01", "alpha"), ("08", "alpha"), ("15", "beta")]:
        issue = {"title": "X", "updated_at": f"2026-06-{day}T00:00:00Z", "labels": [{"name": f"stage/{stage}"}]}
        web.routes[f"{API}/661"] = (200, {}, json.dumps(issue).encode())
        assert github(folder, upstream, web).status == 0
    assert history(folder, 661) == ["github-issue 2026-06-01 alpha", "github-issue 2026-06-15 beta"]


LIMIT = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1767225600"}


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        pytest.param(
            (403, LIMIT, b""),
            "GitHub's rate limit is used up until 2026-01-01 09:00 Asia/Tokyo; set GITHUB_TOKEN",
            id="403",
        ),
        pytest.param(
            (403, {"Retry-After": "60"}, b""), "GitHub's rate limit is used up for 60 s; set GITHUB_TOKEN", id="a burst"
        ),
        pytest.param((429, LIMIT, b""), "GitHub's rate limit is used up until 2026-01-01 09:00 Asia/Tokyo", id="429"),
        pytest.param((403, {}, b""), "answered 403 Forbidden", id="forbidden"),
    ],
)
def test_github_s_limits_are_told_and_change_nothing(
    answer: Route, sentence: str, folder: Folder, upstream: Path, web: Web
) -> None:
    github(folder, upstream, web)
    before = lock_bytes(folder)
    web.routes[f"{API}/661"] = answer
    done = github(folder, upstream, web)
    assert done.out.splitlines()[0].startswith("not fetched: KEP-661: ")
    assert sentence in done.out
    assert lock_bytes(folder) == before


# --- refresh: what happens to the repository ----------------------------------------------------------------------


def committed(repository: GitFolder, stage: str | None, day: str) -> None:
    text = f"title: X\nkep-number: 127\nstage: {stage}\n" if stage else None
    repository.commit({KEP_127: text, "keps/x/7-y/kep.yaml": f"kep-number: 7\n# {day}\n"}, at=f"{day}T12:00:00+0900")


@pytest.fixture
def changing(folder: Folder, tmp_path: Path) -> GitFolder:
    """A repository with two states of KEP-127, which the lock knows."""
    repository = GitFolder(tmp_path / "changing")
    committed(repository, "alpha", "2026-01-01")
    committed(repository, "beta", "2026-02-01")
    folder.issue(DATE, "KEP-127")
    neco(folder, "refresh", "--source", repository.path)
    assert history(folder) == ["git 2026-01-01 alpha", "git 2026-02-01 beta"]
    return repository


def test_a_kep_that_upstream_deleted(folder: Folder, changing: GitFolder) -> None:
    committed(changing, None, "2026-03-01")
    done = neco(folder, "refresh", "--source", changing.path)
    assert done.out.splitlines() == [
        "KEP-127: no single kep.yaml since 2026-03-01 (deleted)",
        "not fetched: KEP-127: its kep.yaml is gone; the last known state stays",
        "The lock was updated.",
    ]
    assert history(folder)[-1] == "git 2026-03-01 None"
    assert neco(folder, "refresh", "--source", changing.path).out == "The lock is unchanged.\n"


def test_an_upstream_that_was_amended(folder: Folder, changing: GitFolder) -> None:
    changing.git("reset", "--quiet", "--hard", "HEAD~1")
    committed(changing, "stable", "2026-03-01")
    done = neco(folder, "refresh", "--source", changing.path)
    assert "upstream's history no longer has a recorded state; the lock keeps what was recorded" in done.out
    assert history(folder) == ["git 2026-01-01 alpha", "git 2026-02-01 beta", "git 2026-03-01 stable"]


def test_an_upstream_that_began_anew(folder: Folder, changing: GitFolder) -> None:
    changing.git("checkout", "--quiet", "--orphan", "anew")
    committed(changing, "alpha", "2026-03-01")
    done = neco(folder, "refresh", "--source", changing.path)
    assert "upstream's history no longer has 2 recorded states; the lock keeps what was recorded" in done.out
    assert history(folder) == ["git 2026-01-01 alpha", "git 2026-02-01 beta", "git 2026-03-01 alpha"]


def test_an_upstream_that_went_back(folder: Folder, changing: GitFolder) -> None:
    changing.git("reset", "--quiet", "--hard", "HEAD~1")
    changing.commit({"README.md": "x"}, at="2026-03-01T12:00:00+0900")
    assert "beta → alpha" in neco(folder, "refresh", "--source", changing.path).out
    assert history(folder) == ["git 2026-01-01 alpha", "git 2026-02-01 beta", "git 2026-03-01 alpha"]
    changing.commit({"README.md": "y"}, at="2026-04-01T12:00:00+0900")
    assert neco(folder, "refresh", "--source", changing.path).out.endswith("The lock is unchanged.\n")


def test_a_shallow_clone_of_upstream(folder: Folder, changing: GitFolder, tmp_path: Path) -> None:
    committed(changing, "stable", "2026-03-01")
    changing.git("clone", "--quiet", "--depth=1", f"file://{changing.path}", str(tmp_path / "shallow"))
    neco(folder, "refresh", "--source", tmp_path / "shallow")
    assert history(folder) == ["git 2026-01-01 alpha", "git 2026-02-01 beta", "git 2026-03-01 stable"]
    assert load_lock(folder.docs / "_metadata").fetched[127].history[-1].observed
    neco(folder, "refresh", "--source", changing.path)
    assert not load_lock(folder.docs / "_metadata").fetched[127].history[-1].observed


def test_an_older_copy_of_upstream_takes_nothing_away(folder: Folder, changing: GitFolder) -> None:
    changing.git("reset", "--quiet", "--hard", "HEAD~1")
    before = lock_bytes(folder)
    assert neco(folder, "refresh", "--source", changing.path).out == "The lock is unchanged.\n"
    assert lock_bytes(folder) == before


# --- refresh: cards -----------------------------------------------------------------------------------------------


def test_refresh_fetches_what_pages_say_of_themselves(folder: Folder, web: Web) -> None:
    folder.issue(DATE, f"{web.url}/a\n\n@[card]({web.url}/b)")
    done = neco(folder, "refresh", *LOOPBACK)
    assert done.status == 0
    assert done.out.splitlines() == [
        f"{web.url}/a: new: 一つ目の頁",
        f"{web.url}/b: new: 二つ目の頁",
        "The lock was updated.",
    ]
    assert {line for line in done.error.splitlines() if web.url in line} == {
        f"asked: {web.url}/{name}" for name in "ab"
    }
    assert "一つ目の頁" in folder.build(strict=True).issue(DATE).text


def test_private_addresses_are_refused_unless_they_are_named(folder: Folder, web: Web) -> None:
    folder.issue(DATE, f"{web.url}/a")
    done = neco(folder, "refresh", "--per-host-delay", "0")
    assert done.status == 1
    assert done.out.startswith(f"not fetched: {web.url}/a: is refused: 127.0.0.1 port ")
    assert web.asked() == []


def test_a_second_refresh_changes_nothing(folder: Folder, upstream: Path, web: Web) -> None:
    folder.issue(DATE, f"KEP-127\n\n{web.url}/a")
    neco(folder, "refresh", "--source", upstream, *LOOPBACK)
    files = [folder.docs / "_metadata" / name for name in ("keps.json", "cards.json")]
    for file in files:
        os.utime(file, ns=(0, 0))
    done = neco(folder, "refresh", "--source", upstream, *LOOPBACK)
    assert (done.status, done.out) == (0, "The lock is unchanged.\n")
    assert [file.stat().st_mtime_ns for file in files] == [0, 0]


def test_what_cannot_be_fetched_keeps_its_entry(folder: Folder, web: Web) -> None:
    folder.issue(DATE, f"{web.url}/a\n\n{web.url}/b")
    neco(folder, "refresh", *LOOPBACK)
    web.routes.update({"/a": (403, {}, b""), "/b": page("別の題")})
    done = neco(folder, "refresh", *LOOPBACK)
    assert done.status == 0
    assert done.out.splitlines() == [
        f"{web.url}/b: 別の題",
        f"not fetched: {web.url}/a: answered 403 Forbidden",
        "The lock was updated.",
    ]
    cards = load_lock(folder.docs / "_metadata").cards
    assert [card.title for card in cards.values()] == ["一つ目の頁", "別の題"]
    assert neco(folder, "refresh", "--strict", *LOOPBACK).status == 1


def test_when_nothing_at_all_can_be_fetched_that_is_a_failure(folder: Folder, web: Web) -> None:
    folder.issue(DATE, f"{web.url}/nowhere")
    done = neco(folder, "refresh", *LOOPBACK)
    assert done.status == 1
    assert done.out.splitlines() == [
        f"not fetched: {web.url}/nowhere: answered 404 Not Found",
        "The lock was updated.",
    ]


def test_where_nothing_is_mentioned_nothing_is_asked(folder: Folder, web: Web) -> None:
    folder.issue(DATE, "話")
    done = neco(folder, "refresh", "--source", "nowhere", "--github-api", web.url)
    assert (done.status, done.out) == (0, "The lock is unchanged.\n")
    assert web.asked() == []


# --- refresh: what is asked for -----------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["KEP-127", "kep-127", "127", "#127", "KEP-0127", "https://kep.k8s.io/127"])
def test_one_kep(written: str, folder: Folder, upstream: Path, web: Web) -> None:
    folder.issue(DATE, f"KEP-2254\n\n{web.url}/a")
    done = neco(folder, "refresh", written, "--source", upstream, *LOOPBACK)
    assert done.out.splitlines() == [NEW_127, "The lock was updated."]
    assert web.asked() == []


def test_one_page(folder: Folder, web: Web) -> None:
    folder.issue(DATE, f"KEP-127\n\n{web.url}/a")
    done = neco(folder, "refresh", f"{web.url}/b", "--source", "nowhere", *LOOPBACK)
    assert done.out.splitlines() == [f"{web.url}/b: new: 二つ目の頁", "The lock was updated."]
    assert web.asked() == ["/b"]


def test_only_keps_and_only_cards(folder: Folder, upstream: Path, web: Web) -> None:
    folder.issue(DATE, f"KEP-127\n\n{web.url}/a")
    done = neco(folder, "refresh", "--only", "keps", "--source", upstream, *LOOPBACK)
    assert done.out.splitlines() == [NEW_127, ONE_MORE, "The lock was updated."]
    assert web.asked() == []
    done = neco(folder, "refresh", "--only", "cards", "--source", "nowhere", *LOOPBACK)
    assert done.out.splitlines() == [f"{web.url}/a: new: 一つ目の頁", "The lock was updated."]


def test_only_what_is_missing(folder: Folder, upstream: Path, web: Web) -> None:
    folder.lock(kep(127), missing={9999: "not-found"}, cards=[Card(url=f"{web.url}/a", title="前の題")])
    folder.issue(DATE, f"KEP-127 KEP-2254 KEP-9999\n\n{web.url}/a\n\n{web.url}/b")
    done = neco(folder, "refresh", "--missing", "--source", upstream, "--github-api", web.url, *LOOPBACK)
    assert done.out.splitlines() == [
        "KEP-2254: new: cgroup v2 (not released)",
        f"{web.url}/b: new: 二つ目の頁",
        "The lock was updated.",
    ]
    assert web.asked() == ["/b"]


def test_a_dry_run_tells_and_writes_nothing(folder: Folder, upstream: Path) -> None:
    folder.issue(DATE, "KEP-127")
    before = lock_bytes(folder)
    done = neco(folder, "refresh", "--dry-run", "--source", upstream)
    assert (done.status, done.out.splitlines()) == (0, [NEW_127, ONE_MORE, "The lock would change."])
    assert lock_bytes(folder) == before
    neco(folder, "refresh", "--source", upstream)
    assert neco(folder, "refresh", "--dry-run", "--source", upstream).out == "The lock is unchanged.\n"


def test_the_report_as_json(folder: Folder, upstream: Path, web: Web) -> None:
    folder.issue(DATE, f"KEP-127\n\n{web.url}/nowhere")
    done = neco(folder, "refresh", "--json", "--source", upstream, *LOOPBACK)
    assert done.json() == {
        "changed": True,
        "changes": [NEW_127, ONE_MORE],
        "failures": [
            {"what": f"{web.url}/nowhere", "message": "answered 404 Not Found", "code": "404", "may_pass": False}
        ],
        "notes": [],
        "proposals": [],
    }


def test_the_report_as_the_text_of_a_pull_request(folder: Folder, upstream: Path) -> None:
    folder.issue(DATE, "KEP-127")
    neco(folder, "refresh", "--source", upstream, "--report", "out/report.md")
    report = (folder.root / "out/report.md").read_text(encoding="utf-8")
    news, _, changes = report.partition("## Changes\n\n")
    assert news.startswith("## News\n\nWhat happened after 2026-01-09, up to 2026-07-01.\n")
    assert "### KEPs we wrote about\n\n- [KEP-127]" in news
    assert changes.startswith("- KEP-127: new: ")
    neco(folder, "refresh", "--source", upstream, "--report", "out/report.md")
    assert (folder.root / "out/report.md").read_text(encoding="utf-8") == "## Changes\n\n- none\n"


def test_a_report_that_cannot_be_written(folder: Folder, upstream: Path) -> None:
    folder.issue(DATE, "KEP-127")
    done = neco(folder, "refresh", "--source", upstream, "--report", "mkdocs.yml/report.md")
    assert done.status == 2
    assert done.error.splitlines()[-1].startswith("Error: mkdocs.yml/report.md: cannot be written (")
    assert 127 in load_lock(folder.docs / "_metadata").fetched


@pytest.mark.parametrize(
    "arguments",
    [
        ["refresh", "0"],
        ["refresh", "KEP-0"],
        ["refresh", "KEP-12345678901234567890"],
        ["refresh", "１２７"],
        ["refresh", "pods"],
        ["refresh", "ftp://example.org/a"],
        ["refresh", "https://kep.k8s.io/0"],
        ["refresh", "--only", "everything"],
        ["refresh", "--allow-private", "home"],
        ["refresh", "--per-host-delay", "-1"],
        ["refresh", "--connections-per-host", "0"],
        ["refresh", "--github-api", "pods"],
        ["refresh", "--no-such-option"],
        ["check", "no-such-file.md"],
        ["check", "--format", "xml"],
        ["pages"],
        ["no-such-command"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_meant_is_an_error_of_usage(arguments: list[str], folder: Folder) -> None:
    folder.issue(DATE, "KEP-127")
    before = lock_bytes(folder)
    done = neco(folder, *arguments)
    assert (done.status, done.out) == (2, "")
    assert done.error.splitlines()[-1].startswith("Error: ")
    assert lock_bytes(folder) == before


# --- check --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", CASES)
def test_check_says_what_a_build_says(code: str, folder: Folder) -> None:
    folder.lock(kep(127, stage=Stage.ALPHA), missing={9999: "not-found", 6112: "pull-request"})
    write(code, folder)
    done = neco(folder, "check")
    built = folder.build()
    said = [message.removeprefix("neco-weekly: ") for message in built.warnings if message.startswith("neco-weekly")]
    said += [f"{message.removeprefix('neco-weekly: ')} (information)" for message in built.infos]
    assert done.out.splitlines() == said
    assert done.status == (0 if code in INFORMATION else 1)


@pytest.fixture
def doubtful(folder: Folder) -> Folder:
    """A warning and an information in one issue, a warning in another."""
    folder.lock(missing={9999: "not-found"})
    folder.issue(DATE, "KEP-9999、KEP-127")
    folder.issue("2026-02-06", "![図, 100%: 完了](a,b:100%.png)")
    return folder


def test_check_as_json(doubtful: Folder) -> None:
    done = neco(doubtful, "check", "--format", "json")
    assert done.status == 1
    assert done.json()[1] == {
        "path": ISSUE,
        "line": 3,
        "code": "unknown-kep",
        "message": f"KEP-9999 exists neither in kubernetes/enhancements nor as an issue there (as of {TODAY})",
        "hint": "correct the number, or write under `keps:` in overrides.yml: `9999: {title: …}`",
        "severity": "warning",
    }
    assert [(item["code"], item["severity"]) for item in done.json()] == [
        ("kep-not-fetched", "info"),
        ("unknown-kep", "warning"),
        ("missing-image", "warning"),
    ]
    assert neco(doubtful, "check", "--json").out == done.out


def test_check_as_annotations_of_a_workflow(doubtful: Folder) -> None:
    done = neco(doubtful, "check", "--format", "github")
    assert done.status == 1
    assert done.out.splitlines() == [
        f"::notice file={ISSUE},line=3,title=kep-not-fetched::KEP-127 is not in the lock; run `neco refresh`",
        f"::warning file={ISSUE},line=3,title=unknown-kep::KEP-9999 exists neither in kubernetes/enhancements nor as "
        f"an issue there (as of {TODAY}); correct the number, or write under `keps:` in overrides.yml: "
        "`9999: {title: …}`",
        "::warning file=docs/issues/2026/02/2026-02-06.md,line=3,title=missing-image::the picture a,b:100%25.png does "
        "not exist; add the file, or correct its path",
    ]


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        ([ISSUE], {ISSUE}),
        (["docs/issues/2026/02"], {issue_path("2026-02-06")}),
        (["docs/issues/2026/02/", ISSUE], {ISSUE, issue_path("2026-02-06")}),
        (["./docs/../docs/issues/2026/01"], {ISSUE}),
        (["docs/_metadata"], set()),
    ],
)
def test_check_of_some_paths(paths: list[str], found: set[str], doubtful: Folder) -> None:
    done = neco(doubtful, "check", "--json", *paths)
    assert {item["path"] for item in done.json()} == found
    assert done.status == (1 if found else 0)


def test_check_of_an_absolute_path(doubtful: Folder) -> None:
    assert neco(doubtful, "check", "--json", doubtful.root / ISSUE).json()


def test_nothing_to_find(folder: Folder) -> None:
    folder.lock(kep(127))
    folder.issue(DATE, "KEP-127")
    done = neco(folder, "check")
    assert (done.status, done.out) == (0, "")
    assert neco(folder, "check", "--json").json() == []


def test_impossible_numbers_in_a_text_are_a_problem_and_no_error(folder: Folder) -> None:
    folder.issue(DATE, "KEP-0 と KEP-12345678901234567890")
    done = neco(folder, "check", "--json")
    assert done.status == 1
    assert [(item["code"], item["line"]) for item in done.json()] == [("bad-kep-number", 3), ("bad-kep-number", 3)]


# --- pages --------------------------------------------------------------------------------------------------------


def test_pages_are_written_for_other_hosts(folder: Folder, tmp_path: Path) -> None:
    folder.lock(kep(127), kep(2254))
    folder.issue(DATE, "KEP-127")
    done = neco(folder, "pages", "--write", tmp_path / "out")
    written = Built(tmp_path / "out").paths()
    of_releases = {it for it in written if it.startswith(("api/releases", "releases/"))}
    schemas = {f"api/{name}.schema.json" for name in ("changes", "front-matter", "kep", "keps", "issues", "topics")}
    assert {
        "api/releases/1.36.json",
        "api/releases.schema.json",
        "releases/setbacks.md",
        "releases/index.md",
        "releases/1.36.md",
    } <= of_releases
    assert written - of_releases == schemas | {
        "index.md",
        "issues/index.md",
        "keps/index.md",
        "keps/127.md",
        "sigs/index.md",
        "sigs/sig-node.md",
        "topics/index.md",
        "links/index.md",
        "api/keps.json",
        "api/issues.json",
        "api/topics.json",
        "api/keps/127.json",
        "api/changes.json",
        "badge/127.svg",
        "changes/index.md",
        "following/index.md",
        "llms.txt",
        "releases.ics",
    }
    assert (done.status, done.out) == (0, f"{len(written)} files written to {tmp_path / 'out'}.\n")
    assert set(neco(folder, "pages", "--json", "--write", tmp_path / "out").json()) == written


def test_the_written_data_is_that_of_the_site(folder: Folder, tmp_path: Path) -> None:
    folder.lock(kep(127))
    folder.issue(DATE, "## 見出し\n\nKEP-127")
    folder.write("docs/issues/特別 号.md", "---\ndate: 2026-02-06\n---\n# 号\n\nKEP-127\n")
    neco(folder, "pages", "--write", tmp_path / "out")
    built, written = folder.build(), Built(tmp_path / "out")
    for path in ("api/keps.json", "api/topics.json", "api/keps/127.json", "releases.ics"):
        assert written.text(path) == built.text(path)
    # Whoever draws what is written would take an issue's Markdown beside its page for a page.
    issues = built.json("api/issues.json")["issues"]
    assert written.json("api/issues.json")["issues"] == [{**it, "markdown": None} for it in issues]


def test_writers_pages_are_filled_or_left_alone(folder: Folder, tmp_path: Path) -> None:
    folder.lock(kep(127))
    folder.issue(DATE, "KEP-127")
    folder.write("docs/index.md", "# 家\n\n<!-- neco:home -->\n")
    folder.write("docs/keps/index.md", "# 自分で書いた一覧\n")
    neco(folder, "pages", "--write", tmp_path / "out")
    assert (tmp_path / "out/index.md").read_text(encoding="utf-8").startswith("# 家\n\n@neco-page{")
    assert not (tmp_path / "out/keps/index.md").exists()


def test_pages_written_again_follow_the_lock(folder: Folder, tmp_path: Path) -> None:
    folder.lock(kep(127, stage=Stage.BETA))
    folder.issue(DATE, "KEP-127")
    shutil.copytree(folder.docs, tmp_path / "copy")
    neco(folder, "pages", "--write", tmp_path / "copy")
    folder.lock(kep(127, stage=Stage.STABLE))
    neco(folder, "pages", "--write", tmp_path / "copy")
    assert "stable v1.36" in (tmp_path / "copy/keps/127.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("place", ["docs", "./docs/", "docs/issues/.."])
def test_pages_are_never_written_among_what_people_write(place: str, folder: Folder) -> None:
    """There they would pass for a writer's own at the next build, and a writer's marks would be lost."""
    folder.issue(DATE)
    folder.write("docs/index.md", "# 家\n\n<!-- neco:home -->\n")
    before = Built(folder.docs).contents()
    done = neco(folder, "pages", "--write", place)
    assert done.status == 2
    assert "copy" in done.error.splitlines()[-1]
    assert Built(folder.docs).contents() == before


def test_a_place_that_cannot_be_written(folder: Folder) -> None:
    done = neco(folder, "pages", "--write", "mkdocs.yml/out")
    assert done.status == 2
    assert done.error.splitlines()[-1].startswith("Error: mkdocs.yml/out/index.md: cannot be written (")


# --- what cannot be read ------------------------------------------------------------------------------------------

COMMANDS = {
    "refresh": ["refresh", "--source", "nowhere"],
    "check": ["check"],
    "kep": ["kep", "127"],
    "pages": ["pages", "--write", "out"],
}


@pytest.mark.parametrize("name", UNREADABLE)
@pytest.mark.parametrize("command", COMMANDS)
def test_what_cannot_be_read_ends_with_one_sentence_and_stays(name: str, command: str, folder: Folder) -> None:
    path, content, sentence = UNREADABLE[name]
    folder.issue("2026-02-06", "KEP-127")
    file = folder.write(path, content)
    before = lock_bytes(folder)
    done = neco(folder, *COMMANDS[command])
    assert (done.status, done.out) == (2, "")
    assert len(done.error.splitlines()) == 1
    assert sentence in done.error
    assert file.read_bytes() == content
    assert lock_bytes(folder) == before
    assert not (folder.root / "out").exists()


def test_an_entry_removed_by_hand_is_fetched_again(folder: Folder, upstream: Path) -> None:
    folder.issue(DATE, "KEP-127 KEP-2254")
    neco(folder, "refresh", "--source", upstream)
    whole = lock_bytes(folder)
    lock = json.loads(whole["keps.json"])
    del lock["keps"]["127"]
    folder.write("docs/_metadata/keps.json", json.dumps(lock))
    assert neco(folder, "check").out.endswith("KEP-127 is not in the lock; run `neco refresh` (information)\n")
    neco(folder, "refresh", "--source", upstream)
    assert lock_bytes(folder) == whole


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_outside_of_a_project(command: list[str], tmp_path: Path) -> None:
    done = neco(Folder(tmp_path), *command)
    assert (done.status, done.out) == (2, "")
    assert done.error == "Error: mkdocs.yml: not found; run neco in the folder of the site's mkdocs.yml\n"
    assert list(tmp_path.iterdir()) == []


# --- help ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [[], *([command] for command in COMMANDS)], ids=" ".join)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help(command: list[str], option: str, tmp_path: Path) -> None:
    done = neco(Folder(tmp_path), *command, option)
    assert (done.status, done.error) == (0, "")
    assert done.out.startswith(f"Usage: neco{''.join(f' {word}' for word in command)} ")


def test_every_option_of_the_public_surface_is_there(tmp_path: Path) -> None:
    text = neco(Folder(tmp_path), "refresh", "--help").out
    for (
        option
    ) in "only source all-keps dry-run strict allow-private github-api per-host-delay cache-dir json keps-json".split():
        assert f"--{option}" in text


def test_the_console_script(folder: Folder, tmp_path: Path) -> None:
    assert succeeds("neco", "--version", cwd=tmp_path).stdout.startswith("neco, version ")
    folder.lock(missing={9999: "not-found"})
    folder.issue(DATE, "KEP-9999")
    done = run("neco", "check", cwd=folder.root)
    assert (done.returncode, len(done.stdout.splitlines())) == (1, 1)
    assert done.stdout.count(TODAY.isoformat()) == 1  # the day of the lock
