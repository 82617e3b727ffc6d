"""Draws pictures of the sample site into `tests/shots/`: a page of each kind, wide and narrow, light and dark,
some on paper, without scripts, with a badge's details or the search open; cards and all forms of Markdown from pages
made for that.

They are for looking at, and the README shows one. No test compares them: fonts differ between machines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests import forms
from tests.browser.chromium import DESKTOP, KINDS, PHONE, SCHEMES, Scheme, Served, chromium, sample_site, visit
from tests.link_cards import DOOR, PAGE, PAPER, PULL, REPOSITORY, WANTED_PAGE, write_cards

SHOTS = Path(__file__).with_name("shots")
DRAWN = {
    "home": "home",
    "archive": "archive",
    "issue": "issue",
    "then": "then-and-now",
    "kep": "kep-history",
    "kep-stale": "kep-stale",
    "kep-table": "kep-table",
    "sig": "sig",
    "sig-table": "sig-table",
    "topic": "topic",
    "topic-table": "topic-table",
}
"""Names of pictures, and the kind of page that they show."""
PATHS = {**KINDS, "cards": PAGE, "wanted": WANTED_PAGE, "forms": forms.PAGE, "every": forms.ISSUE}
GUIDE = Path(__file__).parents[1] / "docs/images"
"""Where pictures are that the guide shows: of cards that only a refresh can make, of pages that are made up."""
BADGE = "h3 a.neco-kep[data-kep='127']"
RELEASE = "#argo-cd-v320 + .neco-releases-now .neco-release"
ON_PAPER_AND_PLAIN = ("then", "kep", "kep-table", "sig", "topic")


@dataclass(frozen=True)
class Shot:
    """A picture: what it shows and in which window."""

    name: str
    kind: str
    width: int = DESKTOP
    height: int = 900
    scheme: Scheme = "light"
    javascript: bool = True
    paper: bool = False
    badge: str = ""
    """The one whose details are open."""
    query: str = ""
    """What the open search is asked."""
    cards: tuple[str, str] | None = None
    """Addresses of the first and last card that a picture for the guide shows, and nothing around them."""


def shots() -> Iterator[Shot]:
    """All pictures."""
    for name, kind in DRAWN.items():
        for scheme in SCHEMES:
            yield Shot(f"{name}-desktop-{scheme}", kind, height=1000, scheme=scheme)
            yield Shot(f"{name}-phone-{scheme}", kind, width=PHONE, scheme=scheme)
    for scheme in SCHEMES:
        yield Shot(f"details-desktop-{scheme}", "then-and-now", height=600, scheme=scheme, badge=BADGE)
        yield Shot(f"details-phone-{scheme}", "then-and-now", width=PHONE, height=740, scheme=scheme, badge=BADGE)
        yield Shot(f"release-desktop-{scheme}", "released", height=600, scheme=scheme, badge=RELEASE)
        yield Shot(f"search-desktop-{scheme}", "issue", height=760, scheme=scheme, query="スワップ")
        yield Shot(f"search-phone-{scheme}", "issue", width=PHONE, height=740, scheme=scheme, query="KEP-127 year:2024")
    for name in ON_PAPER_AND_PLAIN:
        yield Shot(f"{name}-print", DRAWN[name], width=720, height=1000, paper=True)
        yield Shot(f"{name}-phone-nojs", DRAWN[name], width=PHONE, javascript=False)


def card_shots() -> Iterator[Shot]:
    """Pictures of the issue with cards of every kind, and of the page that lists their links."""
    for scheme in SCHEMES:
        yield Shot(f"links-desktop-{scheme}", "links", height=1600, scheme=scheme)
        yield Shot(f"links-phone-{scheme}", "links", width=PHONE, height=1600, scheme=scheme)
        yield Shot(f"cards-desktop-{scheme}", "cards", height=3000, scheme=scheme)
        yield Shot(f"cards-phone-{scheme}", "cards", width=PHONE, height=3000, scheme=scheme)
        yield Shot(f"wanted-desktop-{scheme}", "wanted", height=3600, scheme=scheme)
        yield Shot(f"wanted-phone-{scheme}", "wanted", width=PHONE, height=3000, scheme=scheme)
    yield Shot("cards-github", "cards", width=760, cards=(PULL, REPOSITORY))
    yield Shot("cards-facts", "wanted", width=760, cards=(PAPER, DOOR))
    yield Shot("links-phone-nojs", "links", width=PHONE, javascript=False)
    for kind in ("cards", "wanted", "links"):
        yield Shot(f"{kind}-print", kind, width=720, height=2000, paper=True)


def form_shots() -> Iterator[Shot]:
    """Pictures of the page with every form of Markdown that writers write, and of an issue that has each."""
    for scheme in SCHEMES:
        yield Shot(f"every-desktop-{scheme}", "every", height=9500, scheme=scheme)
        yield Shot(f"every-phone-{scheme}", "every", width=PHONE, height=9500, scheme=scheme)
        yield Shot(f"forms-desktop-{scheme}", "forms", height=5000, scheme=scheme)
        yield Shot(f"forms-phone-{scheme}", "forms", width=PHONE, height=5000, scheme=scheme)
    yield Shot("forms-phone-nojs", "forms", width=PHONE, height=4200, javascript=False)
    yield Shot("every-print", "every", width=720, height=8000, paper=True)
    yield Shot("forms-print", "forms", width=720, height=4400, paper=True)


def draw(browser: Browser, site: Served, shot: Shot) -> None:
    """One picture into its file."""
    with visit(
        browser, site, width=shot.width, height=shot.height, scheme=shot.scheme, javascript=shot.javascript
    ) as reader:
        page = reader.open(PATHS[shot.kind] + (f"?q={quote(shot.query)}" if shot.query else ""))
        if shot.query:
            page.locator("[data-neco-search=complete] .md-search-result__item").first.wait_for()
        if shot.kind == "every":
            page.locator("div.neco-diagram:not(.neco-diagram--drawing)").nth(2).wait_for()
        if shot.kind == "forms" and shot.javascript:
            page.locator(".neco-diagram__failed").nth(1).wait_for()  # of the last that cannot be drawn
        if shot.paper:
            page.emulate_media(media="print")
        if shot.badge:
            page.locator(shot.badge).evaluate("badge => badge.scrollIntoView({ block: 'center' })")
            page.locator(shot.badge).hover()
            page.locator(".neco-more").wait_for()
        take(page, shot)


def take(page: Page, shot: Shot) -> None:
    """The picture of a page as it is now; one for the guide is WebP, which is a quarter of PNG."""
    picture = SHOTS / f"{shot.name}.png"
    if shot.cards:
        picture = GUIDE / f"{shot.name}.webp"
        first, last = (page.locator(f".neco-card[data-url='{url}']").first for url in shot.cards)
        for image in page.locator(".neco-card img").all():
            image.evaluate("async image => { image.loading = 'eager'; await image.decode() }")
        top, bottom = first.bounding_box(), last.bounding_box()
        assert top
        assert bottom
        taken = page.screenshot(
            full_page=True,
            clip={
                "x": top["x"] - 4,
                "y": top["y"] - 4,
                "width": top["width"] + 8,
                "height": bottom["y"] + bottom["height"] - top["y"] + 8,
            },
            animations="disabled",
        )
        Image.open(BytesIO(taken)).save(picture, quality=88, method=6)
    else:
        page.screenshot(path=picture, animations="disabled")
    print(f"{picture.relative_to(Path.cwd())}  {picture.stat().st_size // 1000} kB")


def main() -> None:
    SHOTS.mkdir(exist_ok=True)
    with sync_playwright() as playwright, chromium(playwright) as browser:
        for change, wanted in ((None, shots()), (write_cards, card_shots()), (forms.write_forms, form_shots())):
            with sample_site(change) as site:
                for shot in wanted:
                    draw(browser, site, shot)


if __name__ == "__main__":
    main()
