"""The sample site, built once for all tests of this folder."""

from __future__ import annotations

import pytest

from tests.search.sections import PageSection, sections_of
from tests.sites import PROJECT, copied


@pytest.fixture(scope="session")
def sections(tmp_path_factory: pytest.TempPathFactory) -> list[PageSection]:
    """Sections of every page, generated ones among them, as `mkdocs.yml` builds them."""
    folder = copied(PROJECT, tmp_path_factory.mktemp("search") / "project")
    return sections_of(folder.build(strict=True).site)
