"""`neco add`: links, KEPs and topics in the draft, once each, with all else as it was; and bad input."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from neco_weekly.issues.exchange.additions import with_addition
from neco_weekly.lock.store import Lock, save_lock
from neco_weekly.model.versions import Version
from neco_weekly.model.watched import Release, WatchedRepository
from neco_weekly.site.addition_draft import link_block

from tests.guards import coming_to_an_end
from tests.histories import BETA, enhancement, record, state
from tests.hosts.test_cli import LOOPBACK, neco
from tests.hosts.test_cli import folder as folder  # noqa: PLC0414 (a fixture)
from tests.hosts.test_cli import upstream as upstream  # noqa: PLC0414 (a fixture)
from tests.sites import Folder, issue_path
from tests.sources.repositories import GitFolder
from tests.sources.sites import Site

DAY = "1777075200"
"""2026-04-25 in Tokyo, in seconds since 1970."""

DRAFT = issue_path("2026-04-25")
MARK = "<!-- neco digest"
TOPICS = "naps:\n  name: Nap Kit\n  repo: bed/nap-kit\n  about: A kit for naps.\n"
TOOLS = "bare:\n  name: Bare\n  about: Words.\n  sources: [https://example.com/bare]\n"
KEP = enhancement(
    record("2026-01-10", state(BETA, title="Naps *now* <b>", beta="v1.34", stable="v1.99", sig="sig-bed")), number=127
)


VERSION = Version(numbers=(2, 0, 0))


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)


@pytest.fixture
def desk(folder: Folder) -> Folder:
    """A site with a KEP, topics, an earlier issue about both, and a draft."""
    watched = WatchedRepository(
        name="bed/nap-kit", releases=(Release(tag="v2.0.0", day=dt.date(2026, 4, 20), version=VERSION),)
    )
    lock = Lock(as_of=dt.date(2026, 4, 24), fetched={127: KEP}, watched={watched.name: watched})
    save_lock(lock, folder.docs / "_metadata")
    folder.write("docs/_metadata/topics.yml", TOPICS + TOOLS)
    folder.issue("2026-04-18", "### [KEP-127](https://github.com/kubernetes/enhancements/issues/127) naps\n\nNap Kit.")
    folder.issue("2026-04-25", "Words.")
    return folder


def text(folder: Folder, path: str = DRAFT) -> str:
    return (folder.root / path).read_text(encoding="utf-8")


def added(folder: Folder, *arguments: str) -> str:
    """What `neco add` put into the draft, and that it said where."""
    before = text(folder)
    done = neco(folder, "add", *arguments)
    assert (done.status, done.error) == (0, "")
    after = text(folder)
    assert after.startswith(before)
    assert done.out.startswith(f"{DRAFT}:{before.count(chr(10)) + 2}: ")
    return after[len(before) :]


def test_a_url_is_a_card_on_a_line_of_its_own(desk: Folder) -> None:
    assert added(desk, "https://example.com/naps?x=1") == "\nhttps://example.com/naps?x=1\n"
    (card,) = desk.build().issue("2026-04-25").select("article .neco-card")
    assert card.select_one('[href="https://example.com/naps?x=1"]')


def test_a_kep_is_a_heading_as_the_team_writes_it(desk: Folder) -> None:
    assert added(desk, "KEP-127") == (
        "\n### [KEP-127](https://github.com/kubernetes/enhancements/issues/127) Naps \\*now\\* \\<b\\>\n\n"
        "<!--\nnow: beta v1.34, planned: stable v1.99\nSIG: sig-bed\n"
        "before: 2026-04-18, KEP-127 naps\n-->\n\n"
        "- Earlier issues: [2026-04-18](2026-04-18.md#kep-127-naps)\n"
    )
    assert neco(desk, "check").status == 0
    assert desk.build(strict=True).issue("2026-04-25").select_one("h3")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "naps",
            "\n### [Nap Kit v2.0.0](https://github.com/bed/nap-kit/releases/tag/v2.0.0)\n\n<!--\n"
            "released: 2026-04-20\nsummary: A kit for naps.\nbefore: 2026-04-18, KEP-127 naps\n-->\n",
        ),
        ("Bare", "\n### [Bare](https://example.com/bare)\n\n<!--\nsummary: Words.\nbefore: not written about\n-->\n"),
    ],
    ids=["a project", "no repository"],
)
def test_a_topic_is_a_heading_with_its_newest_release(desk: Folder, name: str, expected: str) -> None:
    assert added(desk, name) == expected
    assert neco(desk, "check").status == 0


def test_all_that_is_named_stands_there_in_order_and_once(desk: Folder) -> None:
    names = ("nap kit", "https://example.com/1", "127", "https://example.com/1", "KEP-127")
    done = neco(desk, "add", *names, "--json").json()
    assert [(it["wanted"], it["added"]) for it in done] == [
        ("Nap Kit", True),
        ("https://example.com/1", True),
        ("KEP-127", True),
    ]
    lines = text(desk).split("\n")
    assert [name in lines[it["line"] - 1] for name, it in zip(("Nap", "example", "127"), done, strict=True)] == [
        True
    ] * 3
    assert [it["line"] for it in done] == sorted(it["line"] for it in done)


def test_what_is_there_stays_and_is_told(desk: Folder) -> None:
    names = ("https://example.com/1", "KEP-127", "naps")
    neco(desk, "add", *names)
    before, written = text(desk), (desk.root / DRAFT).stat()
    done = neco(desk, "add", *names)
    assert (done.status, text(desk)) == (0, before)
    assert (desk.root / DRAFT).stat().st_ino == written.st_ino  # not even written anew: a preview would build
    assert [line.endswith(" is there already") for line in done.out.splitlines()] == [True] * 3
    assert done.out.startswith(f"{DRAFT}:5: https://example.com/1 ")


# --- where --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "expected", "line"),
    [
        ("", "x\n", 1),
        ("# A\n", "# A\n\nx\n", 3),
        ("# A\n\n\n", "# A\n\nx\n", 3),
        ("# A", "# A\n\nx\n", 3),
        ("# A\r\n\r\nB\r\n", "# A\r\n\r\nB\r\n\r\nx\r\n", 5),
        (f"# A\n\n{MARK}\nd\n-->\n", f"# A\n\nx\n\n{MARK}\nd\n-->\n", 3),
        (f"# A\r\n\r\n{MARK}\r\nd\r\n-->\r\n", f"# A\r\n\r\nx\r\n\r\n{MARK}\r\nd\r\n-->\r\n", 3),
        (f"{MARK}\nd\n-->\n\n# A\n", f"{MARK}\nd\n-->\n\n# A\n\nx\n", 7),
        (f"```\n{MARK}\nd\n-->\n```\n", f"```\n{MARK}\nd\n-->\n```\n\nx\n", 7),
        ("# A\n\n<!-- 1 -->\n", "# A\n\n<!-- 1 -->\n\nx\n", 5),
        ("# A\n\n<!-- 1 -->\n\nB\n", "# A\n\n<!-- 1 -->\n\nB\n\nx\n", 7),
        ("# A\n\n```\n<!-- 1 -->\n```\n", "# A\n\n```\n<!-- 1 -->\n```\n\nx\n", 7),
        ("# A\n\nB <!-- 1 -->\n", "# A\n\nB <!-- 1 -->\n\nx\n", 5),
    ],
)
def test_it_stands_behind_the_text_and_above_a_digest_that_ends_it(before: str, expected: str, line: int) -> None:
    assert with_addition(before, "x\n") == (expected, line)


@pytest.mark.parametrize(
    ("comments", "is_above"),
    [
        pytest.param(f"{MARK}\n" * 10_000 + "<!--" * 10_000, False, id="none ends"),
        pytest.param(f"{MARK}\n" * 10_000 + "-->", True, id="one ends"),
        pytest.param(f"{MARK}\n-->\n" * 10_000 + "A", False, id="all end"),
        pytest.param("-->\n" * 50_000, False, id="ends alone"),
    ],
)
def test_ten_thousand_comments_take_no_longer_than_they_are_long(comments: str, is_above: bool) -> None:
    with coming_to_an_end("adding to many comments"):
        written, line = with_addition(comments, "x")
    assert (line == 1) is is_above
    assert written.startswith("x\n\n") if is_above else written.endswith("\n\nx\n")


def test_bytes_of_the_rest_stay(desk: Folder) -> None:
    before = "\ufeff# 便り\r\n\r\n本文  \r\n\r\n<!-- neco digest\r\nd\r\n-->\r\n".encode()
    desk.write(DRAFT, before)
    neco(desk, "add", "https://example.com/1")
    after = (desk.root / DRAFT).read_bytes()
    assert after == before.replace(b"<!--", b"https://example.com/1\r\n\r\n<!--")


def test_an_issue_may_be_named(desk: Folder) -> None:
    for name in (issue_path("2026-04-18"), issue_path("2026-04-18").removeprefix("docs/")):
        neco(desk, "add", f"https://example.com/{len(name)}", "--to", name)
    assert text(desk, issue_path("2026-04-18")).count("\nhttps://example.com/") == 2
    assert "example" not in text(desk)


@pytest.mark.parametrize("front", ["draft: true", "published_at: 2026-12-01"])
def test_an_issue_that_is_held_back_is_the_draft(desk: Folder, front: str) -> None:
    (desk.root / DRAFT).unlink()
    desk.write(issue_path("2026-04-20"), f"---\n{front}\n---\n\n# Naps\n")
    assert neco(desk, "add", "https://example.com/1").out == f"{issue_path('2026-04-20')}:7: https://example.com/1\n"


def test_an_issue_that_is_in_no_commit_is_the_draft_whatever_its_day(folder: Folder) -> None:
    repository = GitFolder(folder.root)
    folder.issue("2026-04-17", "Text.")
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message", "an issue")
    assert "is public" in neco(folder, "add", "https://example.com/1").error
    folder.issue("2026-04-18", "Text.")
    assert neco(folder, "add", "https://example.com/1").out == f"{issue_path('2026-04-18')}:5: https://example.com/1\n"


# --- what no card and no page may become --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.com/a_b_(c)", "https://example.com/a_b_(c)"),
        ("https://example.com/猫", "https://example.com/%E7%8C%AB"),
        ("https://example.com/<b>", "https://example.com/%3Cb%3E"),
        ("https://example.com/%7Ba%7D", "https://example.com/%7Ba%7D"),
        ("https://example.com/a|b`c`[d]{e}", "https://example.com/a%7Cb%60c%60%5Bd%5D%7Be%7D"),
    ],
)
def test_nothing_in_an_address_is_markup(url: str, expected: str) -> None:
    assert link_block(url) == expected


# --- bad input ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["nap"], "Error: nap is no URL, no KEP and no topic; did you mean naps?\n"),
        (["zzzzzz"], "Error: zzzzzz is no URL, no KEP and no topic; `neco topics` lists all topics\n"),
        (["128"], "Error: KEP-128 is not in the lock; add it with --fetch, or run `neco refresh KEP-128`\n"),
        (["https://example.com/1", "128"], "Error: KEP-128 is not in the lock; add it with --fetch"),
        (["127", "--to", "docs/index.md"], "Error: docs/index.md: is no issue in docs/issues; name the file of one\n"),
        (["127", "--to", "../x.md"], "Error: ../x.md: is no issue in docs/issues; name the file of one\n"),
    ],
)
def test_what_cannot_be_added_changes_nothing(desk: Folder, arguments: list[str], expected: str) -> None:
    before = text(desk)
    done = neco(desk, "add", *arguments)
    assert (done.status, done.out, text(desk)) == (2, "", before)
    assert done.error.startswith(expected)


def test_a_password_in_an_address_is_refused(desk: Folder) -> None:
    done = neco(desk, "add", "https://neco:secret@example.com/")
    assert done.status == 2
    assert "secret" not in done.error


def test_without_a_draft_one_sentence_says_what_to_do(folder: Folder) -> None:
    assert neco(folder, "add", "https://example.com/").error == (
        "Error: there is no issue yet; run `neco new`, or name a file with --to\n"
    )
    folder.issue("2026-04-18", "Text.")
    assert neco(folder, "add", "https://example.com/").error == (
        f"Error: {issue_path('2026-04-18')}: the newest issue is public; run `neco new` for the next one, or name a "
        "file with --to\n"
    )


def test_what_somebody_wrote_meanwhile_stays(desk: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def look(project: object) -> Lock:
        desk.write(DRAFT, "# Mine\n")
        return Lock(fetched={127: KEP})

    reads = itertools.count()
    monkeypatch.setattr("neco_weekly.hosts.cli.add.bytes_of", lambda path: path.read_bytes() if next(reads) else b"old")
    monkeypatch.setattr("neco_weekly.hosts.cli.add.load_lock_of", look)
    done = neco(desk, "add", "127")
    assert (done.status, text(desk)) == (2, "# Mine\n")
    assert done.error == f"Error: {DRAFT}: was written meanwhile and stays; run `neco add` again\n"


# --- fetched before -----------------------------------------------------------------------------------------------


@pytest.fixture
def web() -> Iterator[Site]:
    site = Site({"/naps": (200, {"Content-Type": "text/html"}, b"<title>All about naps</title>")})
    yield site
    site.close()


def test_with_fetch_a_link_has_its_card_and_a_kep_its_title(folder: Folder, upstream: Path, web: Site) -> None:
    folder.issue("2026-04-25", "Words.")
    done = neco(folder, "add", "--fetch", f"{web.url}/naps", "127", "--source", upstream, *LOOPBACK)
    assert (done.status, done.out) == (0, f"{DRAFT}:5: {web.url}/naps\n{DRAFT}:7: KEP-127\n")
    assert "Support User Namespaces" in text(folder)
    page = folder.build().issue("2026-04-25").select_one("article")
    assert page
    assert "All about naps" in page.get_text()


def test_what_cannot_be_fetched_is_added_and_told(folder: Folder, web: Site) -> None:
    folder.issue("2026-04-25", "Words.")
    done = neco(folder, "add", "--fetch", f"{web.url}/gone", *LOOPBACK)
    assert (done.status, done.out) == (0, f"{DRAFT}:5: {web.url}/gone\n")
    assert "404" in done.error
