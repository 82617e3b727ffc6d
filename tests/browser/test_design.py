"""The design of decision 0056, measured: sizes of type, columns, the header, forms of stages, ends of lines."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import DESKTOP, KINDS, PHONE, SCHEMES, Scheme, Served, visit
from tests.browser.lines import ENDS_OF_LINES
from tests.browser.more_issues import ENDS_PAGE

pytestmark = pytest.mark.browser

SIZES = {12.0, 13.5, 15.0, 17.0, 20.0, 24.0, 32.0}
PHONE_SIZES = {12.0, 13.5, 15.0, 16.0, 20.0, 24.0}
WEIGHTS = {"400", "600", "700"}
TYPE = """() => {
  const found = new Set(), texts = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const {parentElement: it, data} = texts.currentNode
    const {fontSize, fontWeight} = getComputedStyle(it)
    const counts = data.trim() && fontSize != "0px" && it.checkVisibility() && !it.closest("svg, math")
    if (counts) found.add([parseFloat(fontSize), fontWeight, it.tagName + "." + it.className].join(" "))
  }
  return [...found]
}"""
BELOW_HEADER = """() => {
  const text = document.createRange()
  const texts = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT)
  while (texts.nextNode() && !(texts.currentNode.data.trim() && texts.currentNode.parentElement.checkVisibility()));
  text.selectNodeContents(texts.currentNode)
  return text.getBoundingClientRect().top - document.querySelector(".md-header").getBoundingClientRect().bottom
}"""
SIGNS = """() => {
  const text = document.querySelector("article > p")
  return text.clientWidth / parseFloat(getComputedStyle(text).fontSize)
}"""
FILLS = """() => {
  const place = document.createElement("p")
  const pill = stage => `<span class="neco-stage" data-stage="${stage}">x</span>`
  place.innerHTML = ["alpha", "beta", "stable"].map(pill).join("")
  document.querySelector("article").append(place)
  const pixels = document.createElement("canvas").getContext("2d", {willReadFrequently: true})
  const colour = told => {
    pixels.clearRect(0, 0, 1, 1)
    pixels.fillStyle = told
    pixels.fillRect(0, 0, 1, 1)
    return [...pixels.getImageData(0, 0, 1, 1).data].slice(0, 3)
  }
  const told = [...place.children].map(it => getComputedStyle(it))
  return told.map(it => ({fill: colour(it.backgroundColor), text: colour(it.color), edge: colour(it.borderColor)}))
}"""


def test_text_has_seven_sizes_and_begins_close_below_the_header(browser: Browser, site: Served) -> None:
    offenders = []
    with visit(browser, site) as reader:
        for kind, path in KINDS.items():
            page = reader.open(path)
            for width, most in ((PHONE, 24), (768, 40), (DESKTOP, 40), (1920, 40)):
                page.set_viewport_size({"width": width, "height": 800})
                if (below := page.evaluate(BELOW_HEADER)) > most:
                    offenders.append(f"{kind} at {width}: begins {below:.0f} px below the header")
                for told in page.evaluate(TYPE):
                    size, weight, element = told.split(" ", 2)
                    if float(size) not in (PHONE_SIZES if width < 768 else SIZES) or weight not in WEIGHTS:
                        offenders.append(f"{kind} at {width}: {size} px, {weight}: {element}")
    assert not offenders, "\n".join(offenders)


WHOLE = """() => {
  const rows = it => {
    const text = document.createRange()
    text.selectNodeContents(it)
    return new Set([...text.getClientRects()].filter(box => box.width).map(box => Math.round(box.bottom / 4))).size
  }
  const title = innerWidth < 480 ? "h1 .neco-unit" : "h1 :is(.neco-unit, .neco-word)"
  const heads = ".neco-sig-table:not(:has(button)) thead th"
  const units = `${title}, :is(h2, li) :is(.neco-unit, .neco-word), p > .neco-unit, ${heads}`
  return [...document.querySelectorAll(units)]
    .filter(it => it.checkVisibility() && !it.querySelector(".neco-kep") && rows(it) > 1).map(it => it.textContent)
}"""


def test_words_of_titles_heads_of_columns_and_our_links_stay_on_one_line(browser: Browser, site: Served) -> None:
    parted = []
    with visit(browser, site) as reader:
        for kind in ("home", "archive", "then-and-now", "kep-table", "sig", "sig-table", "release-table"):
            page = reader.open(KINDS[kind])
            for width in (PHONE, 480, 600, 768, 960, DESKTOP):
                page.set_viewport_size({"width": width, "height": 800})
                parted += [f"{kind} at {width}: {it}" for it in page.evaluate(WHOLE)]
    assert parted == []


def test_a_line_has_forty_characters_and_the_header_one_row(browser: Browser, site: Served) -> None:
    with visit(browser, site) as reader:
        page = reader.open(KINDS["issue"])
        for width in (768, 960, 1220, DESKTOP, 1920):
            page.set_viewport_size({"width": width, "height": 800})
            assert 38 <= page.evaluate(SIGNS) <= 42, width
            if width < 1220:
                continue
            row = page.locator(".md-header").bounding_box()
            assert row
            assert row["height"] <= 56, width
            places = [page.locator(it).bounding_box() for it in (".md-header .md-logo", ".md-tabs", ".md-search__form")]
            assert all(it and it["y"] >= 0 and it["y"] + it["height"] <= 56 for it in places), width
            left, middle, right = (it["x"] for it in places if it)
            assert left < middle < right, width


@pytest.mark.parametrize("scheme", SCHEMES)
def test_stages_differ_in_form_before_they_differ_in_colour(browser: Browser, site: Served, scheme: Scheme) -> None:
    with visit(browser, site, scheme=scheme) as reader:
        alpha, beta, stable = reader.open("keps/").evaluate(FILLS)
    light = [_lightness(it["fill"]) for it in (alpha, beta, stable)]
    assert min(abs(light[0] - light[1]), abs(light[1] - light[2]), abs(light[0] - light[2])) >= 10, light
    for stage in (alpha, beta, stable):
        assert _contrast(stage["fill"], stage["text"]) >= 4.5
    assert _contrast(alpha["fill"], alpha["edge"]) >= 3


FORMS = """() => [...document.querySelectorAll("article .neco-stage, .neco-beside .neco-stage")].map(it => {
  const {borderTopStyle: border, backgroundColor: ground} = getComputedStyle(it)
  const isSolid = ground == getComputedStyle(document.body).color
  return `${it.textContent.trim().split(" ")[0]}: ${border}${isSolid ? ", solid" : ""}`
})"""


def test_stages_keep_their_forms_in_colours_of_the_readers_own(browser: Browser, site: Served) -> None:
    with visit(browser, site, width=DESKTOP) as reader:
        reader.page.emulate_media(forced_colors="active")
        for kind in ("then-and-now", "kep", "kep-table"):
            forms = set(reader.open(KINDS[kind]).evaluate(FORMS))
            known = {it for it in forms if it.startswith(("alpha:", "beta:", "stable:"))}
            assert known <= {"alpha: solid", "beta: double", "stable: solid, solid"}, kind
            assert "stable: solid, solid" in known


def test_no_end_of_a_line_parts_what_belongs_together(browser: Browser, more: Served) -> None:
    with visit(browser, more, width=DESKTOP) as reader:
        parted = reader.open(ENDS_PAGE).evaluate(ENDS_OF_LINES, [320, 1280, 10])
    assert not parted, "\n".join(parted)


def _lightness(colour: list[int]) -> float:
    """L* of an sRGB colour, after CIE 1976."""
    y = _luminance(colour)
    return 116 * y ** (1 / 3) - 16 if y > 216 / 24389 else y * 24389 / 27


def _contrast(one: list[int], other: list[int]) -> float:
    """The ratio of WCAG 2.2, 1.4.3."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: list[int]) -> float:
    parts = [it / 255 for it in colour]
    red, green, blue = (it / 12.92 if it <= 0.04045 else ((it + 0.055) / 1.055) ** 2.4 for it in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
