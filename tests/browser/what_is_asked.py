"""What a page asks for until it is there, how much of that travels, and what is too small for a finger."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from neco_weekly.site.styles import squeezed
from playwright.sync_api import Request

from tests.browser.chromium import Visit
from tests.test_house import PACKAGE

ASSETS = PACKAGE / "site/assets"

MOST = 100_000
"""Bytes that a first view may take, compressed, without pictures that only this page shows."""

FINGER = 24
"""CSS pixels that a target is at least wide and high (WCAG 2.2, 2.5.8)."""

SMALL = """finger => [...document.querySelectorAll("article :is(li, dd, td, th) :is(a, button, summary, select)")]
  .filter(it => it.checkVisibility() && !it.closest("p, pre, .headerlink, li:not([class]) .neco-kep"))
  .filter(it => { const { width, height } = it.getBoundingClientRect(); return Math.min(width, height) < finger })
  .map(it => `${it.closest("ul, ol, dl, table").className || "list"}: ${it.textContent.trim().slice(0, 30)}`)"""
"""Targets in lists and tables that are smaller, with the class of the list; marks beside words of a writer are none."""

UNDRAWN = """sheets => {
  const matching = rules => [...rules].flatMap(rule => [
    ...(rule.selectorText && isThere(rule.selectorText) ? [rule.selectorText] : []),
    ...(rule.cssRules ? matching(rule.cssRules) : []),
  ])
  const isThere = selector => selector.includes(".neco-") && document.querySelector(
    selector.replace(/::[a-z-]+/g, "").replace(/:(hover|focus|active|checked)[a-z-]*/g, ""))
  return sheets.flatMap(text => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(text)
    return matching(sheet.cssRules)
  })
}"""
"""What of ours is on the page and would be drawn otherwise by these style sheets: selectors."""

_PICTURES = (".avif", ".gif", ".jpg", ".png", ".svg", ".webp")


@dataclass
class Asked:
    """The paths that pages ask for, from the site's root, in the order of asking."""

    site: Path
    paths: list[str] = field(default_factory=list)

    @property
    def travels(self) -> int:
        """Bytes of all that is no picture, as a host sends it compressed."""
        return sum(_compressed(self.site / it) for it in dict.fromkeys(self.paths) if not it.endswith(_PICTURES))

    def has(self, name: str) -> bool:
        """Whether a file of that name, up to the part that follows from its content, was asked for."""
        stem, _, ending = name.rpartition(".")
        files = [it.rpartition("/")[2] for it in self.paths]
        return any(it.startswith(f"{stem}.") and it.endswith(f".{ending}") for it in files)


@contextmanager
def asked_by(reader: Visit) -> Iterator[Asked]:
    """All that the reader's pages ask for while the block runs."""
    asked = Asked(reader.site.folder)

    def note(request: Request) -> None:
        path = request.url.removeprefix(reader.site.url).partition("?")[0].partition("#")[0]
        asked.paths.append(f"{path}index.html" if path.endswith("/") or not path else path)

    reader.page.on("request", note)
    try:
        yield asked
    finally:
        reader.page.remove_listener("request", note)


def left_out(asked: Asked) -> list[str]:
    """The style sheets of ours that the page was not given."""
    given = "".join((asked.site / it).read_text("utf-8") for it in asked.paths if it.endswith(".css"))
    return [text for it in sorted(ASSETS.glob("*.css")) if squeezed(text := it.read_text("utf-8")).strip() not in given]


@cache
def _compressed(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 9)) if file.is_file() else 0
