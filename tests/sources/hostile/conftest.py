"""The site that a module of hostile cases, its `CASES`, is served from, and the refresh that meets all of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sources.sites import Site

from .runs import Run, refresh_cases, routes


@pytest.fixture(scope="module")
def site(request: pytest.FixtureRequest) -> Iterator[Site]:
    opened = Site(routes(request.module.CASES))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def run(request: pytest.FixtureRequest, site: Site, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return refresh_cases(tmp_path_factory.mktemp("hostile"), site.url, request.module.CASES)
