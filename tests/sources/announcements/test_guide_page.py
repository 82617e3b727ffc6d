"""The guide to deprecated APIs in a repository of kubernetes/website: read at its newest commit, with its day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from neco_weekly.model.errors import NecoError
from neco_weekly.sources.announcements.guide_page import MAX_BYTES, PATH, read_guide_page

from tests.announcements import GUIDE
from tests.sources.repositories import GitFolder


@pytest.fixture
def website(tmp_path: Path) -> GitFolder:
    return GitFolder(tmp_path / "website")


def test_the_guide_of_the_newest_commit_counts(website: GitFolder, tmp_path: Path) -> None:
    website.commit({PATH: "## Removed APIs\n"})
    website.commit({PATH: GUIDE.replace("\n", "\r\n"), "README.md": "x"}, at="2026-02-01T16:00:00Z")
    found = read_guide_page(str(website.path), cache_dir=tmp_path)
    assert (found.date, len(found.removals), found.irregular) == (dt.date(2026, 2, 2), 8, ())


def test_a_clone_has_the_guide_and_little_else(website: GitFolder, tmp_path: Path) -> None:
    website.commit({PATH: GUIDE, "content/ja/large.md": "x"})
    found = read_guide_page(f"file://{website.path}", cache_dir=tmp_path / "cache")
    assert len(found.removals) == 8


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        ({"README.md": "x"}, "has no content/en"),
        ({PATH: "## Removed APIs by release\n\n### v1.25\n"}, "tells of no API that was removed"),
        ({PATH: GUIDE + "x" * MAX_BYTES}, "far too long"),
    ],
    ids=["none", "empty", "long"],
)
def test_no_guide_is_one_sentence(website: GitFolder, tmp_path: Path, content: dict[str, str], wrong: str) -> None:
    website.commit(content)
    with pytest.raises(NecoError, match=wrong):
        read_guide_page(str(website.path), cache_dir=tmp_path)


def test_a_link_is_no_guide(website: GitFolder, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text(GUIDE)
    (website.path / PATH).parent.mkdir(parents=True)
    (website.path / PATH).symlink_to(secret)
    website.commit({})
    with pytest.raises(NecoError, match="has no content/en"):
        read_guide_page(str(website.path), cache_dir=tmp_path)
