"""`neco refresh` and pictures of issues, against real sites on loopback: fetched, shown, kept, told and removed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from neco_weekly.lock.store import load_lock
from PIL import Image

from tests.hosts.test_cli import LOOPBACK, neco
from tests.hosts.test_cli_cards import Tagged, files, refresh
from tests.pictures import drawn
from tests.sites import ENGLISH, Folder, attribute, issue_page, new_folder
from tests.sources.sites import Route, Serve, Site

DATE = "2026-01-09"
SVG = (200, {"Content-Type": "image/svg+xml"}, b"<svg xmlns='http://www.w3.org/2000/svg'/>")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return new_folder(tmp_path / "project", **ENGLISH)


@pytest.fixture
def routes() -> dict[str, Route]:
    return {"/a.png": (200, {"Content-Type": "image/png"}, drawn(2000, 1000)), "/b.svg": SVG}


@pytest.fixture
def site(routes: dict[str, Route], serve: Serve, folder: Folder) -> Site:
    opened = serve(routes)
    folder.issue(DATE, f"![図]({opened.url}/a.png#only-light)\n\n文 <img src='{opened.url}/a.png' alt='' width=400>")
    return opened


def told(folder: Folder) -> list[str]:
    return [it["message"] + "; " + it["hint"] for it in json.loads(neco(folder, "check", "--json").out)]


def test_a_copy_is_shown_in_place_of_the_other_host_s_picture(site: Site, folder: Folder) -> None:
    url = f"{site.url}/a.png"
    done = refresh(folder)
    assert done.out.splitlines() == [f"{url}: new: copy of the picture, 1600×800 pixels", "The lock was updated."]
    assert [it.path for it in site.asked] == ["/a.png"]
    (name,) = files(folder)
    with Image.open(folder.docs / "assets/cards" / name) as kept:
        assert (kept.format, kept.size) == ("WEBP", (1600, 800))
    built = folder.build(strict=True)
    first, second = built.issue(DATE).select("article img")
    assert built.target(issue_page(DATE), attribute(first, "src")) == f"assets/cards/{name}"
    assert attribute(first, "src").endswith("#only-light")
    assert [(it["width"], it["height"]) for it in (first, second)] == [("1600", "800"), ("400", "200")]
    assert (told(folder), built.infos) == ([], [])
    assert site.url not in built.text(issue_page(DATE))


def test_nothing_changes_where_nothing_has_changed(site: Site, folder: Folder, routes: dict[str, Route]) -> None:
    routes["/a.png"] = tagged = Tagged({"Content-Type": "image/png"}, drawn(2000, 1000))
    refresh(folder)
    before = folder.docs.joinpath("_metadata/cards.json").read_bytes()
    assert refresh(folder).out == "The lock is unchanged.\n"
    assert tagged.sent == [200, 304]
    assert folder.docs.joinpath("_metadata/cards.json").read_bytes() == before


def test_until_there_is_one_readers_ask_the_other_host_and_that_is_told(site: Site, folder: Folder) -> None:
    built = folder.build(strict=True)
    first, second = built.issue(DATE).select("article img")
    assert [it["src"] for it in (first, second)] == [f"{site.url}/a.png#only-light", f"{site.url}/a.png"]
    said = "readers' browsers ask 127.0.0.1 for the picture"
    advice = "; run `neco refresh`, which keeps a copy, or put the file into the docs folder"
    assert told(folder) == [f"{said} {site.url}/a.png#only-light{advice}", f"{said} {site.url}/a.png{advice}"]


def test_a_copy_survives_what_comes_later(site: Site, folder: Folder, routes: dict[str, Route]) -> None:
    refresh(folder)
    before = files(folder)
    routes["/a.png"] = (404, {}, b"")
    for count in (1, 2, 3, 4):
        done = refresh(folder, "--prune")
        assert done.out.startswith(f"not fetched: {site.url}/a.png: answered 404 Not Found"), count
    assert files(folder) == before
    assert told(folder) == []
    assert folder.build(strict=True).issue(DATE).select("article img")[0]["src"].startswith("../")  # type: ignore[union-attr]


def test_what_is_no_picture_is_told_when_it_was_asked(site: Site, folder: Folder) -> None:
    folder.issue(DATE, f"![図]({site.url}/b.svg)")
    done = refresh(folder, "--strict")
    assert done.status == 1
    assert done.out.splitlines()[0] == (
        f"not fetched: {site.url}/b.svg: an SVG is a program and not a picture; it is not kept"
    )
    (line,) = told(folder)
    assert "(failed on 1 day, noted last on " in line
    assert line.endswith(" with no-picture); put the file into the docs folder and name that")


def test_pictures_that_no_page_shows_are_removed(site: Site, folder: Folder) -> None:
    refresh(folder)
    folder.issue(DATE, "文")
    folder.write("docs/draft.md", f"![]({site.url}/a.png#only-dark)")
    assert refresh(folder, "--prune").out == "The lock is unchanged.\n"
    (folder.docs / "draft.md").unlink()
    assert refresh(folder, "--prune", "--dry-run").out.splitlines()[0] == (
        f"{site.url}/a.png: no page shows it; its copy is removed"
    )
    assert len(files(folder)) == 1
    refresh(folder, "--prune")
    assert files(folder) == []
    assert load_lock(folder.docs / "_metadata").pictures == {}


def test_a_picture_can_be_named(site: Site, folder: Folder) -> None:
    done = neco(folder, "refresh", f"{site.url}/a.png#only-light", *LOOPBACK)
    assert done.out.splitlines()[0] == f"{site.url}/a.png: new: copy of the picture, 1600×800 pixels"
    assert [it.path for it in site.asked] == ["/a.png"]


def test_only_missing_and_old_ones_are_asked_for(site: Site, folder: Folder) -> None:
    refresh(folder)
    refresh(folder, "--missing")
    refresh(folder, "--max-age", "30d")
    assert [it.path for it in site.asked] == ["/a.png"]


def test_nothing_is_asked_of_a_private_network(site: Site, folder: Folder) -> None:
    done = neco(folder, "refresh", "--only", "cards")
    assert "--allow-private" in done.out
    assert site.asked == []


def test_a_source_in_a_picture_is_kept_too(site: Site, folder: Folder) -> None:
    folder.issue(
        DATE, f'文 <picture><source srcset="{site.url}/a.png 2x"><img src="{site.url}/a.png" alt=""></picture>'
    )
    refresh(folder)
    assert site.url not in folder.build(strict=True).text(issue_page(DATE))
    assert told(folder) == []
