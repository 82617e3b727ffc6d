"""`fetch: missing`: what a build and MkDocs' own preview fetch before they read the issues, and that no other does."""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from neco_weekly.grammar.issue_files import IssueFile
from neco_weekly.hosts import fetchers
from neco_weekly.hosts.fetchers import FetcherOptions
from neco_weekly.issues.scan import Scanner
from neco_weekly.lock.store import load_lock
from neco_weekly.model.cards import Card, Failures
from neco_weekly.model.issues import ScanResult

from tests.hosts.test_cli_cards import HTML, IMAGE, page, picture
from tests.previews import preview
from tests.sites import Built, Folder, issue_path, kep, new_folder, succeeds
from tests.sources.repositories import KEP_127, GitFolder
from tests.sources.repositories import kep as kep_file
from tests.sources.sites import PAGE, Serve, Site

DATE = "2026-01-09"
NEVER = "http://127.0.0.1:9/"
FETCHING = {"plugins": ["search", {"neco-weekly": {"issues": "issues", "fetch": "missing"}}]}


def options(source: Path) -> dict[str, Any]:
    return {"source": str(source), "github_api": NEVER, "archive_api": NEVER, "per_host_delay": 0.0}


@pytest.fixture
def upstream(tmp_path: Path) -> Path:
    repository = GitFolder(tmp_path / "enhancements")
    repository.commit({KEP_127: kep_file(title="User Namespaces", stage="beta")})
    return repository.path


@pytest.fixture
def site(serve: Serve) -> Site:
    return serve({"/a": (200, HTML, page("A", IMAGE)), "/image.png": (200, {}, picture("red")), "/b": PAGE})


@pytest.fixture
def folder(tmp_path: Path, upstream: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    loopback = (ipaddress.ip_network("127.0.0.0/8"),)
    monkeypatch.setattr(fetchers, "USUAL", FetcherOptions(**options(upstream), allow_private=loopback))
    return new_folder(tmp_path / "project", **FETCHING)


def fetching(built: Built) -> list[str]:
    return [line.removeprefix("neco-weekly: ") for line in built.infos if "Fetching" in line or "fetched" in line]


# --- a build ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("settings", [{}, FETCHING], ids=["plain", "nothing missing"])
def test_a_build_that_fetches_nothing_loads_no_client(settings: dict[str, Any], tmp_path: Path) -> None:
    folder = new_folder(tmp_path / "project", **settings)
    folder.issue(DATE, "本文" if settings else f"KEP-127\n\n{NEVER}")
    program = (
        "import sys; from mkdocs.__main__ import cli; cli(['build', '-q'], standalone_mode=False);"
        "sys.exit(', '.join({'requests', 'urllib3', 'PIL'} & sys.modules.keys()) or 0)"
    )
    succeeds("python", "-c", program, cwd=folder.root)


def test_a_build_fetches_what_the_lock_lacks_and_draws_it(folder: Folder, site: Site) -> None:
    folder.issue(DATE, f"KEP-127\n\n{site.url}/a\n\n{site.url}/none")
    built = folder.build(strict=True)
    lock = load_lock(folder.docs / "_metadata")
    assert (list(lock.fetched), list(lock.cards)) == ([127], [f"{site.url}/a"])
    assert "A" in built.issue(DATE).select(".neco-card")[0].get_text()
    assert built.issue(DATE).select_one('a.neco-kep[data-kep="127"]')
    assert built.page("keps/127/index.html").h1
    (name,) = (path.name for path in (folder.docs / "assets/cards").iterdir())
    assert built.issue(DATE).select_one(f'.neco-card img[src$="{name}"]')
    said = [line.removeprefix("neco-weekly: ") for line in built.infos]
    assert said[:4] == [
        f"Fetching KEP-127, {site.url}/a, {site.url}/none, feature gates",
        "KEP-127: new: User Namespaces (not released)",
        f"{site.url}/a: new: A",
        f"not fetched: {site.url}/none: answered 404 Not Found",
    ]


def test_what_the_lock_knows_is_not_asked_for_again(folder: Folder, site: Site) -> None:
    folder.issue(DATE, f"KEP-127\n\n{site.url}/a")
    folder.build()
    asked, content = len(site.asked), Built(folder.docs).contents()
    assert "Fetching KEP" not in str(folder.build().infos)
    assert (len(site.asked), Built(folder.docs).contents()) == (asked, content)


def test_a_text_that_did_not_change_is_not_read_again(
    folder: Folder, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.issue(DATE, f"{site.url}/a")
    folder.issue("2026-01-16", f"{site.url}/b")
    folder.build()
    read: list[str] = []
    scan = Scanner.scan

    def noted(scanner: Scanner, text: str, file: IssueFile) -> ScanResult:
        read.append(file.path)
        return scan(scanner, text, file)

    monkeypatch.setattr(Scanner, "scan", noted)
    folder.issue("2026-01-16", f"Another text\n\n{site.url}/b")
    folder.build()
    assert read == ["issues/2026/01/2026-01-16.md"]
    (folder.root / ".cache/neco-weekly/mentions.json").write_text('{"damaged')
    folder.build()
    assert len(read) == 3


def test_failures_are_no_more_than_told_and_are_not_counted(folder: Folder, site: Site) -> None:
    """Three builds in a minute would otherwise make a mistyped link dead."""
    folder.issue(DATE, f"{site.url}/none")
    for _ in range(4):
        built = folder.build(strict=True)
        assert f"not fetched: {site.url}/none: answered 404 Not Found" in fetching(built)
    assert load_lock(folder.docs / "_metadata").cards == {}


def test_a_card_of_before_that_never_came_keeps_its_count(folder: Folder, site: Site) -> None:
    before = Card(url=f"{site.url}/none", failures=Failures(count=1, gone=1, last="404", date=dt.date(2026, 1, 1)))
    folder.lock(cards=[before])
    folder.issue(DATE, f"{site.url}/none")
    folder.build()
    assert list(load_lock(folder.docs / "_metadata").cards.values()) == [before]


def test_a_source_that_is_none_keeps_no_card_back(folder: Folder, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = fetchers.USUAL
    monkeypatch.setattr(
        fetchers, "USUAL", FetcherOptions(**{**options(Path("nowhere")), "allow_private": usual.allow_private})
    )
    folder.issue(DATE, f"KEP-127\n\n{site.url}/b")
    built = folder.build(strict=True)
    assert list(load_lock(folder.docs / "_metadata").cards) == [f"{site.url}/b"]
    assert any(line.startswith("not fetched: nowhere") for line in fetching(built))


def test_a_private_address_is_refused_as_in_a_refresh(
    folder: Folder, site: Site, upstream: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetchers, "USUAL", FetcherOptions(**options(upstream)))
    folder.issue(DATE, f"{site.url}/a")
    built = folder.build(strict=True)
    assert site.asked == []
    assert any("private" in line for line in fetching(built))


def test_a_lock_that_cannot_be_written_fails_no_build(
    folder: Folder, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("neco_weekly.lock.updates.write_together", full)
    folder.issue(DATE, f"{site.url}/b")
    built = folder.build(strict=True)
    assert any("No space left on device" in line for line in fetching(built))
    assert built.paths("issues/**/*.html")


def test_another_s_word_in_the_lock_stays(folder: Folder, serve: Serve) -> None:
    """Somebody writes the lock while the build asks."""
    other = Card(url="https://example.org/", title="By hand")

    def route(asked: Any) -> None:
        folder.lock(kep(1), cards=[other])
        asked.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<title>B</title>")

    site = serve({"/b": route})
    folder.issue(DATE, f"{site.url}/b")
    folder.build()
    lock = load_lock(folder.docs / "_metadata")
    assert (list(lock.fetched), set(lock.cards)) == ([1], {other.url, f"{site.url}/b"})


def test_what_is_held_back_is_fetched_for_a_preview_alone(folder: Folder, site: Site) -> None:
    folder.write("docs/issues/draft.md", f"---\ndraft: true\n---\n# Draft\n\n{site.url}/b\n")
    folder.build()
    assert site.asked == []
    folder.build(command="serve")
    assert "/b" in {it.path for it in site.asked}


# --- without the option -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "plugin",
    [
        pytest.param({}, id="absent"),
        pytest.param({"fetch": "never"}, id="never"),
        pytest.param({"fetch": False}, id="false"),
        pytest.param({"fetch": None}, id="empty"),
    ],
)
def test_without_the_option_no_socket_is_opened(
    plugin: Mapping[str, Any], folder: Folder, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []

    class Guarded(socket.socket):
        def __init__(self, *arguments: Any, **named: Any) -> None:
            opened.append(arguments)
            super().__init__(*arguments, **named)

    monkeypatch.setattr(socket, "socket", Guarded)
    folder.issue(DATE, f"KEP-127\n\n{site.url}/a\n\n![]({site.url}/image.png)")
    folder.configure(plugins=["search", {"neco-weekly": {"issues": "issues", **plugin}}])
    folder.build()
    assert (opened, site.asked) == ([], [])
    assert load_lock(folder.docs / "_metadata").cards == {}
    folder.configure(**FETCHING)
    folder.build()
    assert opened  # the guard sees what would be opened


# --- a preview ----------------------------------------------------------------------------------------------------

OPTIONS = """\
import ipaddress

import neco_weekly.hosts.fetchers as fetchers

loopback = ipaddress.ip_network("127.0.0.0/8")
fetchers.USUAL = fetchers.FetcherOptions(**{options!r}, allow_private=(loopback,))
"""


def saved(folder: Folder, text: str) -> None:
    """Write the issue whole: MkDocs' look must not fall between an empty file and a full one, and build twice."""
    folder.write("draft.md", f"# 題\n\n{text}\n").replace(folder.root / issue_path(DATE))


def test_a_preview_fetches_what_is_new_by_one_build_and_asks_in_vain_once(
    folder: Folder, upstream: Path, site: Site
) -> None:
    """Writing into a folder that is watched begins no further build, and a page that fails is asked once.

    The page is there before anything is fetched.
    """
    folder.issue(DATE, "Nothing yet.")
    folder.write("usual/sitecustomize.py", OPTIONS.format(options=options(upstream)))
    with preview(folder, environment={"PYTHONPATH": str(folder.root / "usual")}) as shown:
        assert shown.builds == 1
        reloads = shown.reloads(DATE)
        saved(folder, f"KEP-127\n\n{site.url}/a\n\n{site.url}/none")
        shown.until(lambda: len(reloads) == 2)
        shown.until_quiet()
        assert (len(reloads), shown.builds) == (2, 2)
        assert [is_pending for _, is_pending in shown.cards(DATE)] == [False, True]
        assert shown.issue(DATE).select_one('a.neco-kep[data-kep="127"]')

        saved(folder, f"Another text.\n\n{site.url}/a\n\n{site.url}/none")
        shown.until(lambda: len(reloads) == 3)
        shown.until_quiet()
        assert shown.times("Fetching") == 1
        assert sorted(it.path for it in site.asked) == ["/a", "/favicon.ico", "/image.png", "/none"]
        assert shown.times(f"not fetched: {site.url}/none") == 1
