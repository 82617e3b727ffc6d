"""The sample site, built once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.search.sections import PageSection, sections_of
from tests.sites import built_sample


@pytest.fixture(scope="session")
def site_folder() -> Path:
    """What `mkdocs.yml` builds."""
    return built_sample().site


@pytest.fixture(scope="session")
def sections(site_folder: Path) -> list[PageSection]:
    """Sections of every page, generated ones among them."""
    return sections_of(site_folder)
