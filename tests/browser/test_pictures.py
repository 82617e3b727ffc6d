"""Pictures of issues in a real browser: none wider than the page, and nothing moves when one comes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Route

from tests.browser.chromium import DESKTOP, PHONE, Served, visit
from tests.browser.more_issues import PICTURES_PAGE

pytestmark = pytest.mark.browser

PLACES = """
images => images.map(image => {
  const box = image.getBoundingClientRect();
  return [box.top + scrollY, box.height];
})
"""
MOVED = """
new Promise(resolve => {
  let moved = 0;
  const watch = new PerformanceObserver(list => list.getEntries().forEach(entry => moved += entry.value));
  watch.observe({type: "layout-shift", buffered: true});
  setTimeout(() => resolve(moved), 200);
})
"""


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_no_picture_is_wider_than_the_page_or_out_of_shape(browser: Browser, more: Served, width: int) -> None:
    with visit(browser, more, width=width) as reader:
        page = reader.open(PICTURES_PAGE)
        images = page.locator("article img[decoding]")
        sizes = []
        for image in images.all():
            image.scroll_into_view_if_needed()
            image.evaluate("image => image.decode()")
            sizes.append(image.evaluate("it => [it.width, it.height, it.naturalWidth, it.naturalHeight]"))
        room = page.locator("article").evaluate("article => article.clientWidth")
        for shown, height, natural, natural_height in sizes:
            assert 0 < shown <= room
            assert abs(height - shown * natural_height / natural) <= 1
        assert sizes[1][0] == 250
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert not reader.troubles, "\n".join(reader.troubles)


class Gate:
    """Holds what a page asks for until it is opened."""

    def __init__(self) -> None:
        self.held: list[Route] = []
        self.is_open = False

    def handle(self, route: Route) -> None:
        if self.is_open:
            route.continue_()
        else:
            self.held.append(route)

    def open(self) -> None:
        self.is_open = True
        for route in self.held:
            route.continue_()


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_nothing_moves_when_pictures_come(browser: Browser, more: Served, width: int) -> None:
    with visit(browser, more, width=width) as reader:
        page, gate = reader.page, Gate()
        page.route("**/images/*.png", gate.handle)
        page.goto(more.url + PICTURES_PAGE, wait_until="domcontentloaded")
        images = page.locator("article img[decoding]")
        before = images.evaluate_all(PLACES)
        assert min(height for _, height in before) > 50
        gate.open()
        for image in images.all():
            image.scroll_into_view_if_needed()
            image.evaluate("image => image.decode()")
        assert images.evaluate_all(PLACES) == before
        assert page.evaluate(MOVED) < 0.01
    assert not reader.troubles, "\n".join(reader.troubles)


def test_what_is_far_below_is_not_asked_for_at_once(browser: Browser, more: Served) -> None:
    with visit(browser, more) as reader:
        asked: list[str] = []
        reader.page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
        reader.open(PICTURES_PAGE)
        assert "wide.png" in asked
        loading = reader.page.locator("article img[decoding]").evaluate_all("images => images.map(it => it.loading)")
    assert loading == ["auto", "lazy", "lazy", "lazy"]
