"""Draws pictures of the sample site into `tests/shots/`: a page of each kind, wide and narrow, light and dark.

They are for looking at, and the README shows one. No test compares them: fonts differ between machines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import DESKTOP, KINDS, PHONE, SCHEMES, Scheme, chromium, sample_site, visit

SHOTS = Path(__file__).with_name("shots")
DRAWN = ("home", "archive", "issue", "kep", "kep-table")


@dataclass(frozen=True)
class Shot:
    """A picture: what it shows and in which window."""

    name: str
    kind: str
    width: int = DESKTOP
    height: int = 1400
    scheme: Scheme = "light"
    javascript: bool = True
    paper: bool = False


def shots() -> Iterator[Shot]:
    """All pictures."""
    for kind in DRAWN:
        for scheme in SCHEMES:
            yield Shot(f"{kind}-desktop-{scheme}", kind, height=1000, scheme=scheme)
            yield Shot(f"{kind}-phone-{scheme}", kind, width=PHONE, scheme=scheme)
    yield Shot("issue-phone-nojs", "issue", width=PHONE, javascript=False)
    yield Shot("issue-print", "issue", width=720, height=1000, paper=True)


def main() -> None:
    SHOTS.mkdir(exist_ok=True)
    with sample_site() as site, sync_playwright() as playwright, chromium(playwright) as browser:
        for shot in shots():
            with visit(
                browser, site, width=shot.width, height=shot.height, scheme=shot.scheme, javascript=shot.javascript
            ) as reader:
                page = reader.open(KINDS[shot.kind])
                if shot.paper:
                    page.emulate_media(media="print")
                picture = SHOTS / f"{shot.name}.png"
                page.screenshot(path=picture, animations="disabled")
                print(f"{picture.relative_to(Path.cwd())}  {picture.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
