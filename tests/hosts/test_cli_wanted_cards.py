"""`neco refresh` of cards that people want otherwise, against a real site on loopback: large, and without a picture."""

from __future__ import annotations

import json

import pytest
from neco_weekly.lock.store import load_lock
from neco_weekly.refresh.last_candidates import load_passed_over

from tests.hosts.test_cli_cards import refresh
from tests.pictures import drawn
from tests.sites import ENGLISH, Folder, new_folder
from tests.sources.sites import Serve, Site

DATE = "2026-01-09"
HTML = {"Content-Type": "text/html; charset=utf-8"}


def page(name: str) -> bytes:
    return (
        f"<title>{name}</title><meta name=twitter:title content=X><meta property=og:image content=/{name}.png>".encode()
    )


@pytest.fixture
def site(serve: Serve) -> Site:
    names = ("a", "b", "c")
    pages = {f"/{name}": (200, HTML, page(name)) for name in names}
    return serve({**pages, **{f"/{name}.png": (200, {}, drawn(1600, 840)) for name in names}})


@pytest.fixture
def folder(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Folder:
    folder = new_folder(tmp_path_factory.mktemp("wanted"), **ENGLISH)
    folder.issue(DATE, f"@[card]({site.url}/a){{large}}\n\n{site.url}/b\n\n@[card]({site.url}/c){{hide=site}}")
    return folder


def widths(folder: Folder) -> dict[str, int | None]:
    cards = load_lock(folder.docs / "_metadata").cards
    return {url[-1]: card.image.width if card.image else None for url, card in cards.items()}


def test_a_large_card_gets_a_large_picture_and_the_words_of_people_stay_out_of_the_lock(folder: Folder) -> None:
    refresh(folder)
    assert widths(folder) == {"a": 1200, "b": 480, "c": 480}
    assert "hide" not in json.dumps((folder.docs / "_metadata/cards.json").read_text(encoding="utf-8"))
    assert refresh(folder).out == "The lock is unchanged.\n"
    assert folder.build(strict=True).issue(DATE).select(".neco-card--large img[width='1200']")


def test_a_host_of_which_no_picture_is_wanted_is_asked_for_none(folder: Folder, site: Site) -> None:
    folder.write("docs/_metadata/overrides.yml", "cards: {127.0.0.1: {image: none}}\n")
    refresh(folder)
    assert widths(folder) == {"a": None, "b": None, "c": None}
    assert [it.path for it in site.asked if it.path.endswith(".png")] == []


def test_what_was_passed_over_is_left_for_previews(folder: Folder, site: Site) -> None:
    refresh(folder)
    left = load_passed_over(folder.root / ".cache/neco-weekly")
    assert {url: [(it.value, it.reason) for it in found] for url, found in left.items()} == {
        f"{site.url}/{name}": [(name, "later")] for name in ("a", "b", "c")
    }
