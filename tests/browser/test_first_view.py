"""What the first view of a KEP's and a topic's page holds, and labels of timelines that nothing crosses: measured."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import Served, visit

pytestmark = pytest.mark.browser

VIEWS = {1280: 420, 360: 600}
"""The width of a window, and how far down what we wrote may end: it is then in the first view, with room to spare."""

# Each page's part takes the place of that of the page that is open: one page is loaded, and all are measured.
MEASURED = """async ([selector, paths, measure]) => {
  const found = {}
  for (const path of paths) {
    const text = await (await fetch(path)).text()
    const part = new DOMParser().parseFromString(text, "text/html").querySelector(selector)
    if (!part) continue
    document.querySelector(selector).replaceWith(part)
    found[path] = globalThis[measure]()
  }
  return found
}"""

BOTTOM = "globalThis.bottom = () => document.querySelector('.neco-wrote').getBoundingClientRect().bottom + scrollY"

# What a label touches: a line or a dot that is drawn, another label; and bands of 40 px that do not say what they are
# (the words of a stage that goes may need more).
# The box of a text is a third higher than its letters are.
CROSSED = """globalThis.crossed = () => {
  const svg = document.querySelector(".neco-timeline > svg")
  const shown = selector => [...svg.querySelectorAll(selector)]
    .filter(it => it.checkVisibility() && !it.closest("defs"))
  const drawn = shown("line, circle, use").map(it => it.getBoundingClientRect())
  const labels = shown("text").map(it => {
    const { left, right, top, bottom, height } = it.getBoundingClientRect()
    return { words: it.textContent, left, right, top: top + height / 4, bottom: bottom - height / 4 }
  })
  const touching = (one, other) => one.left < other.right - 1 && other.left < one.right - 1
    && one.top < other.bottom && other.top < one.bottom
  const crossed = labels.filter(label => drawn.some(it => touching(label, it))).map(it => it.words)
  const over = labels.flatMap((one, place) => labels.slice(place + 1).filter(other => touching(one, other))
    .map(other => `${one.words} / ${other.words}`))
  const stages = "[data-kind=stage]:is([data-stage=alpha], [data-stage=beta], [data-stage=stable])"
  const silent = shown(stages).filter(it => {
    const text = it.querySelector("text")
    return it.querySelector("rect").getBoundingClientRect().width >= 40 && !(text && text.checkVisibility())
  })
  return [...crossed, ...over, ...silent.map(it => `${it.dataset.stage} has no word`)]
}"""


def measured(browser: Browser, site: Served, width: int, start: str, selector: str, script: str) -> dict[str, Any]:
    """What a script finds on each page of a KEP or a topic, by its path."""
    folders = [it.parent for kind in ("keps", "topics") for it in site.folder.glob(f"{kind}/*/index.html")]
    paths = [f"../../{it.relative_to(site.folder).as_posix()}/" for it in sorted(folders)]
    name = script.partition(" ")[0].removeprefix("globalThis.")
    with visit(browser, site, width=width, height=800 if width > 700 else 740) as reader:
        page = reader.open(start)
        page.evaluate(script)
        found: dict[str, Any] = page.evaluate(MEASURED, [selector, paths, name])
    return found


@pytest.mark.parametrize("width", VIEWS)
def test_what_it_is_how_it_stands_and_what_we_wrote_are_in_the_first_view(
    browser: Browser, site: Served, width: int
) -> None:
    found = measured(browser, site, width, "keps/127/", ".neco-head", BOTTOM)
    assert len(found) > 70
    assert {path: bottom for path, bottom in found.items() if bottom > VIEWS[width]} == {}


@pytest.mark.parametrize("width", VIEWS)
def test_no_label_of_a_timeline_crosses_a_line_and_wide_bands_carry_their_word(
    browser: Browser, site: Served, width: int
) -> None:
    found = measured(browser, site, width, "keps/127/", ".neco-timeline", CROSSED)
    assert len(found) > 50
    assert {path: crossed for path, crossed in found.items() if crossed} == {}
