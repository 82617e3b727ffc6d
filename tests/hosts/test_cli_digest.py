"""`neco digest`: what happened since the last issue, each thing once, ready to be pasted; and bad input."""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import replace

import pytest
from neco_weekly.hosts.cli.digest_text import refresh_news
from neco_weekly.hosts.project import load_project
from neco_weekly.lock.store import Lock, save_lock
from neco_weekly.model.keps import Enhancement, Status
from neco_weekly.model.versions import Version
from neco_weekly.model.watched import Release, WatchedRepository

from tests.histories import ALPHA, BETA, STABLE, enhancement, record, state
from tests.hosts.test_cli import folder as folder  # noqa: PLC0414 (a fixture)
from tests.hosts.test_cli import neco
from tests.sites import ENGLISH, Folder
from tests.sources.repositories import GitFolder

DAY = "1777075200"
"""2026-04-25 in Tokyo, in seconds since 1970: v1.36 came out on 2026-04-22, the last issue on 2026-04-17."""

MAY = "1778284800"
"""2026-05-09."""

COVERED = enhancement(
    record("2026-01-10", state(BETA, alpha="v1.34", beta="v1.36")),
    record("2026-04-23", state(STABLE, beta="v1.36", stable="v1.37"), pull=6001),
)
NEW = enhancement(
    record("2026-04-20", state(ALPHA, alpha="v1.37", title="*Nap* <b>", sig="sig-bed"), pull=6002), number=128
)
MOVES = enhancement(
    record("2025-09-20", state(ALPHA, alpha="v1.35", title="Bed")),
    record("2026-04-21", state(BETA, alpha="v1.35", beta="v1.37", title="Bed"), pull=6003),
    number=129,
)
SLIPS = enhancement(
    record("2026-01-10", state(ALPHA, alpha="v1.36", title="Dream")),
    record("2026-04-20", state(ALPHA, alpha="v1.37", title="Dream"), pull=6004),
    number=130,
)
COUNTED = enhancement(
    record("2026-01-10", state(ALPHA, Status.PROVISIONAL, title="Pillow")),
    record("2026-04-20", state(ALPHA, Status.IMPLEMENTABLE, title="Pillow")),
    number=131,
)
ALL = (COVERED, NEW, MOVES, SLIPS, COUNTED)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)


def put_lock(
    folder: Folder, *keps: Enhancement, day: str = "2026-04-24", watched: WatchedRepository | None = None
) -> None:
    known = {it.number: it for it in keps}
    fetched = {number: known.pop(number) for number in (127,) if number in known}
    repositories = {watched.name: watched} if watched else {}
    lock = Lock(as_of=dt.date.fromisoformat(day), fetched=fetched, others=known, watched=repositories)
    save_lock(lock, folder.docs / "_metadata")


def site(folder: Folder, *keps: Enhancement, day: str = "2026-04-24") -> None:
    folder.issue("2026-04-10", "## KEP-127\n\nText.")
    folder.issue("2026-04-17", "Text.")
    put_lock(folder, *keps, day=day)


DIGEST = """\
What happened after 2026-04-17, up to 2026-04-24.

Kubernetes v1.36 came out on 2026-04-22: 1 beta.

## KEPs we wrote about

- [KEP-127](https://github.com/kubernetes/enhancements/issues/127) Support User Namespaces: beta in v1.36, \
planned: stable v1.37 (before: beta v1.36) [#6001](https://github.com/kubernetes/enhancements/pull/6001) \
(earlier issues: [2026-04-10](2026-04-10.md#kep-127))

## Moves into v1.37

### beta

- [KEP-129](https://github.com/kubernetes/enhancements/issues/129) Bed: planned: beta v1.37 (before: alpha v1.35) \
[#6003](https://github.com/kubernetes/enhancements/pull/6003)

## Slips

- [KEP-130](https://github.com/kubernetes/enhancements/issues/130) Dream: alpha slipped from v1.36, now planned for \
v1.37 [#6004](https://github.com/kubernetes/enhancements/pull/6004)

## New KEPs

### sig-bed

- [KEP-128](https://github.com/kubernetes/enhancements/issues/128) \\*Nap\\* \\<b\\>: new KEP, planned: alpha v1.37 \
[#6002](https://github.com/kubernetes/enhancements/pull/6002)

There is 1 more change of KEPs that we have not written about.
"""


def test_a_digest_since_the_last_issue(folder: Folder) -> None:
    site(folder, *ALL)
    done = neco(folder, "digest")
    assert (done.status, done.error) == (0, "")
    assert done.out == DIGEST


def test_the_lines_can_be_pasted_into_the_next_issue(folder: Folder) -> None:
    site(folder, *ALL)
    told = neco(folder, "digest").out
    folder.issue("2026-04-24", told)
    folder.lock(*ALL)
    assert [it["code"] for it in neco(folder, "check", "--format", "json").json()] == []


def test_json(folder: Folder) -> None:
    site(folder, *ALL)
    told = neco(folder, "digest", "--format", "json").json()
    assert told == neco(folder, "digest", "--json").json()
    assert list(told) == [
        "since",
        "until",
        "coming",
        "released",
        "covered",
        "moves",
        "slips",
        "new",
        "projects",
        "rest",
    ]
    assert (told["since"], told["until"], told["coming"], told["released"]) == (
        "2026-04-17",
        "2026-04-24",
        "v1.37",
        ["v1.36"],
    )
    (covered,) = told["covered"]
    assert [(it["id"], it["pull"]) for it in covered["changes"]] == [
        ("kep/127/shipped/beta/v1.36", None),
        ("kep/127/plan/stable/v1.37", 6001),
    ]
    assert covered["mentions"] == [{"path": "issues/2026/04/2026-04-10.md", "day": "2026-04-10", "heading": "KEP-127"}]
    assert told["rest"] == 1


def test_a_quiet_week_says_so(folder: Folder) -> None:
    site(folder, COVERED)
    done = neco(folder, "digest", "--since", "2026-04-02", "--until", "2026-04-09")
    assert (done.status, done.out) == (
        0,
        "A quiet time: after 2026-04-02, up to 2026-04-09, no KEP changed and no watched project released anything.\n",
    )
    assert neco(folder, "digest", "--since", "2026-04-02", "--until", "2026-04-09", "--json").json()["rest"] == 0


def test_projects(folder: Folder) -> None:
    site(folder)
    version = Version.parse("v1.1.0")
    assert version
    release = Release(tag="v1.1.0", day=dt.date(2026, 4, 20), version=version)
    put_lock(folder, watched=WatchedRepository(name="example/nap", releases=(release,)))
    assert neco(folder, "digest").out.endswith(
        "## Releases of projects\n\n### [nap v1.1.0](https://github.com/example/nap/releases/tag/v1.1.0)\n"
    )


def test_an_issue_that_is_not_public_yet_is_not_the_last(folder: Folder) -> None:
    site(folder, *ALL)
    folder.write("docs/issues/2026/04/2026-04-24.md", "---\ndraft: true\n---\n\n# Next\n\nKEP-129\n")
    assert "after 2026-04-17" in neco(folder, "digest").out
    assert "KEPs we wrote about" in neco(folder, "digest").out.partition("KEP-129")[0]


REFUSED = {
    ("--since", "2026-05-01"): "Error: --since 2026-05-01 lies in the future: today is 2026-04-25",
    ("--since", "2026-04-10", "--until", "2026-04-09"): (
        "Error: --until 2026-04-09 lies before 2026-04-10, after which the digest begins"
    ),
    ("--until", "2026-04-09"): "Error: --until 2026-04-09 lies before 2026-04-17, after which the digest begins",
    ("--since", "2026-04-24"): (
        "Error: the lock was not refreshed after 2026-04-24: it knows nothing later than 2026-04-24; "
        "run `neco refresh`, then `neco digest`"
    ),
    ("--since", "yesterday"): (
        "Error: Invalid value for '--since': 'yesterday' is no day like 2022-08-26 and not last-issue"
    ),
}


def test_bad_input(folder: Folder) -> None:
    site(folder, *ALL)
    found = {asked: neco(folder, "digest", *asked) for asked in REFUSED}
    assert {asked: done.error.splitlines()[-1] for asked, done in found.items()} == REFUSED
    assert {(done.status, done.out) for done in found.values()} == {(2, "")}


def test_a_week_in_which_the_lock_was_not_refreshed(folder: Folder) -> None:
    site(folder, *ALL, day="2026-04-17")
    done = neco(folder, "digest")
    assert (done.status, done.out) == (2, "")
    assert done.error.startswith("Error: the lock was not refreshed after 2026-04-17: ")


def test_days_that_the_lock_does_not_know_yet(folder: Folder) -> None:
    site(folder, *ALL)
    done = neco(folder, "digest", "--until", "2026-04-30")
    assert done.out == DIGEST
    assert done.error == "The lock knows nothing later than 2026-04-24: run `neco refresh` for the days after.\n"


def test_nothing_to_tell_of(folder: Folder) -> None:
    folder.issue("2026-04-17", "Text.")
    assert neco(folder, "digest").error == "Error: the lock is empty; run `neco refresh`, then `neco digest`\n"


def test_no_issue_yet(folder: Folder) -> None:
    put_lock(folder, *ALL)
    done = neco(folder, "digest")
    assert done.status == 2
    assert done.error.endswith("Error: there is no public issue with a date yet; name a day with --since\n")
    assert neco(folder, "digest", "--since", "2026-04-17").out.startswith("What happened after 2026-04-17")


# --- in a git repository ----------------------------------------------------------------------------------------------

LATER = enhancement(
    record("2025-09-20", state(ALPHA, alpha="v1.35", title="Bed")),
    record("2026-04-21", state(BETA, alpha="v1.35", beta="v1.36", title="Bed")),
    number=129,
)


def test_what_was_learned_after_the_last_issue_is_told_once(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kep.yaml that says only now that a stage had come with the release of before."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", MAY)
    repository = GitFolder(folder.root)
    before = enhancement(LATER.history[0], number=129)
    site(folder, before, day="2026-04-22")
    repository.git("add", "-A")
    repository.git("commit", "-q", "-m", "Lock", at="2026-04-23T10:00:00+09:00")
    put_lock(folder, LATER, day="2026-04-30")
    done = neco(folder, "digest", "--since", "2026-04-23")
    assert "## Earlier, and known only now\n\n" in done.out
    assert "Bed: beta in v1.36" in done.out
    repository.git("add", "-A")
    repository.git("commit", "-q", "-m", "Lock", at="2026-04-30T10:00:00+09:00")
    put_lock(folder, LATER, day="2026-05-07")
    assert "A quiet time" in neco(folder, "digest", "--since", "2026-04-30").out


# --- in the report of a refresh ---------------------------------------------------------------------------------------


def lock_of(*keps: Enhancement, day: str) -> Lock:
    return Lock(as_of=dt.date.fromisoformat(day), fetched={it.number: it for it in keps})


def news(folder: Folder, before: Lock, after: Lock) -> str:
    with contextlib.chdir(folder.root):
        return refresh_news(load_project(), before, after)


def test_the_report_of_a_refresh_begins_with_the_news_since_the_last_issue(folder: Folder) -> None:
    folder.configure(**ENGLISH, site_url="https://example.org/a%20b/")
    site(folder)
    told = news(folder, lock_of(*ALL, day="2026-04-21"), lock_of(*ALL, day="2026-04-24"))
    assert told.startswith("## News\n\nWhat happened after 2026-04-17, up to 2026-04-24.\n\nKubernetes v1.36 came out")
    assert "### New KEPs\n\n#### sig-bed\n\n- [KEP-128]" in told, "the refresh of before told of it, but no issue"
    assert "(earlier issues: [2026-04-10](https://example.org/a%20b/issues/2026/04/2026-04-10/#kep-127))" in told


def test_headings_of_the_news_stand_below_their_own(folder: Folder) -> None:
    site(folder)
    version = Version.parse("v1.1.0")
    assert version
    release = Release(tag="v1.1.0", day=dt.date(2026, 4, 20), version=version)
    after = replace(
        lock_of(*ALL, day="2026-04-24"),
        watched={"example/nap": WatchedRepository(name="example/nap", releases=(release,))},
    )
    headings = [line.partition(" ")[0] for line in news(folder, Lock(), after).splitlines() if line.startswith("#")]
    assert headings == ["##", "###", "###", "####", "###", "###", "####", "###", "####"]


def test_without_an_address_of_the_site_news_name_issues_only(folder: Folder) -> None:
    folder.configure(**ENGLISH, site_url="")
    site(folder)
    told = news(folder, Lock(), lock_of(*ALL, day="2026-04-24"))
    assert "(earlier issues: 2026-04-10)" in told


def test_an_issue_after_the_last_refresh_could_not_tell_what_was_not_known(folder: Folder) -> None:
    site(folder)
    told = news(folder, lock_of(day="2026-04-10"), lock_of(*ALL, day="2026-04-24"))
    assert "after 2026-04-10" in told


def test_no_news_without_an_issue_or_a_later_day(folder: Folder) -> None:
    assert news(folder, Lock(), lock_of(*ALL, day="2026-04-24")) == ""
    site(folder)
    assert news(folder, Lock(), lock_of(*ALL, day="2026-04-17")) == ""
    assert news(folder, Lock(), Lock()) == ""
