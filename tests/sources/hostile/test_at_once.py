"""Many large pages and pictures at once: the memory of all is that of one, and of the bodies that are under way."""

from __future__ import annotations

import functools
import io
import random
from collections.abc import Iterator

import pytest
from PIL import Image

from tests.sources.sites import Route, Site

from .runs import Case, Later, Run, refresh_cases, routes, slug

SIZE = 2_000_000
REFUSED, DAMAGED, LARGE = 130, 60, 6  # enough that a MB or two of each that was held on to would be too much


def noise(side: int) -> bytes:
    """A PNG that cannot be made smaller, three bytes a pixel."""
    file = io.BytesIO()
    pixels = random.Random(4).randbytes(3 * side * side)
    Image.frombytes("RGB", (side, side), pixels).save(file, "PNG", compress_level=0)
    return file.getvalue()


def html(text: str) -> Route:
    return (200, {"Content-Type": "text/html; charset=utf-8"}, text.encode()[:SIZE])


def with_image(number: int) -> Case:
    """A page with an image of nearly 3 MB that is damaged at its end."""
    return Case(
        page=html(f"<title>A title</title><meta property=og:image content=image-{number}/x.png>"),
        routes={"/x.png": Later(image)},
        notes=("its image is not kept",),
    )


@functools.cache
def image() -> Route:
    return (200, {}, noise(990)[:-100_000])


CHALLENGE = html("<title>Just a moment...</title><p>" + "😀" * 500_000)
ELEMENTS = html("<title>A title</title>" + "<p a b c d e f>x" * 125_000)
FAILURES = {f"refused page {number}": Case(page=CHALLENGE, code="stand-in") for number in range(REFUSED)}
CLEAN = {
    **{f"image {number}": with_image(number) for number in range(DAMAGED)},
    **{f"page of many elements {number}": Case(page=ELEMENTS) for number in range(LARGE)},
}
CASES = {**CLEAN, **FAILURES}


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    opened = Site(routes(CASES))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def run(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return refresh_cases(tmp_path_factory.mktemp("hostile"), site.url, CASES, "--timeout", "60")


def test_refused_pages_are_not_held_on_to(run: Run, site: Site) -> None:
    for name, case in FAILURES.items():
        run.expect_failure(f"{site.url}/{slug(name)}", case)


def test_damaged_images_and_pages_of_many_elements_wait_for_each_other(run: Run, site: Site) -> None:
    for name, case in CLEAN.items():
        run.expect_card(f"{site.url}/{slug(name)}", case)
