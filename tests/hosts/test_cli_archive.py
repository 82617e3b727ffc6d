"""`neco refresh --archive` against an archive on loopback: what is named to it, and what of that is kept and shown."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from neco_weekly.hosts import fetchers
from neco_weekly.model.days import today

from tests.hosts.test_cli_cards import HTML, asked, card, page, refresh
from tests.sites import Folder, issue_path, new_folder
from tests.sources.sites import Serve, Site, redirect

DAY = today() - dt.timedelta(days=3)


@pytest.fixture
def site(serve: Serve) -> Site:
    return serve({f"/{name}": (200, HTML, page(name)) for name in ("cited", "draft", "held", "own/page")})


@pytest.fixture
def folder(tmp_path: Path, site: Site) -> Folder:
    folder = new_folder(tmp_path)
    folder.write(issue_path(f"{DAY}"), f"# 号\n\n{site.url}/cited\n\nhttps://kep.k8s.io/127\n\n{site.url}/own/page\n")
    folder.write("docs/issues/draft.md", f"---\ndraft: true\ndate: {DAY}\n---\n# 下書き\n\n{site.url}/draft\n")
    folder.write("docs/issues/held.md", f"---\npublished: false\ndate: {DAY}\n---\n# 未公開\n\n{site.url}/held\n")
    folder.configure(site_url=f"{site.url}/own/")
    return folder


def archive(serve: Serve, site: Site, *, busy: bool = False) -> Site:
    copy, question = f"/web/{DAY:%Y%m%d}120000/{site.url}/cited", quote(f"{site.url}/cited", safe="")
    return serve(
        {
            f"/available?url={question}&timestamp={DAY:%Y%m%d}": (200, {}, b'{"archived_snapshots": {}}'),
            f"/save/{site.url}/cited": (429, {}, b"") if busy else redirect(copy),
            copy: (200, HTML, b"a copy"),
        }
    )


def options(archive: Site) -> tuple[str, ...]:
    where = ("--archive-api", f"{archive.url}/available", "--archive-save", f"{archive.url}/save/")
    return (*where, "--archive-pause", "0")


def test_a_new_link_is_kept_and_no_other(
    folder: Folder, site: Site, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetchers, "is_public_web", lambda url, **_: True)  # as if loopback were
    place = archive(serve, site)
    done = refresh(folder, "--archive", *options(place))
    copy = f"{place.url}/web/{DAY:%Y%m%d}120000/{site.url}/cited"
    assert f"{site.url}/cited: archived at {copy}" in done.out.splitlines()
    assert card(folder, f"{site.url}/cited").archive == copy
    assert len(place.asked) == 3
    assert [parse_qs(urlsplit(it).query)["url"] for it in asked(place) if "?" in it] == [[f"{site.url}/cited"]]
    assert refresh(folder, "--archive", *options(place)).out == "The lock is unchanged.\n"
    assert len(place.asked) == 3


def test_without_the_option_no_archive_is_asked(folder: Folder, site: Site, serve: Serve) -> None:
    place = archive(serve, site)
    assert refresh(folder, *options(place)).status == 0
    assert place.asked == []


def test_a_link_into_a_private_network_is_not_named(folder: Folder, site: Site, serve: Serve) -> None:
    place = archive(serve, site)
    assert refresh(folder, "--archive", *options(place)).status == 0
    assert card(folder, f"{site.url}/cited").title == "cited"
    assert place.asked == []


def test_a_dry_run_looks_and_keeps_nothing(
    folder: Folder, site: Site, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetchers, "is_public_web", lambda url, **_: True)
    place = archive(serve, site)
    refresh(folder, "--archive", "--dry-run", *options(place))
    assert [it for it in asked(place) if it.startswith("/save")] == []
    assert len(place.asked) == 1


def test_an_archive_that_is_busy_is_asked_once(
    folder: Folder, site: Site, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetchers, "is_public_web", lambda url, **_: True)
    place = archive(serve, site, busy=True)
    done = refresh(folder, "--archive", "--strict", *options(place))
    assert done.status == 0
    assert "to know: the archive is not asked any more in this refresh; the next one goes on" in done.out.splitlines()
    assert len([it for it in asked(place) if it.startswith("/save")]) == 1
