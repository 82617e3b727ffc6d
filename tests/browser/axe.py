"""What axe finds on a page."""

from __future__ import annotations

from collections.abc import Iterator

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

ALL_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"]
RUN = "options => axe.run(options).then(found => found.violations)"
"""All else that axe tells, of each rule that holds, is long."""

SHORTEN = """() => {
  const rows = "li, tbody > tr, pre > code > span"
  const kind = it => [it.tagName, ...it.classList, it.dataset.stage ?? "", it.dataset.state ?? ""].join(".")
  const place = it => (it === document.body ? "" : place(it.parentElement) + " " + kind(it))
  const times = {}
  for (const row of document.querySelectorAll(rows)) {
    if (!row.isConnected) continue
    const parts = [row, ...row.querySelectorAll("*")].map(it => [it, place(it)])
    if (parts.every(([, place]) => times[place] >= 3)) row.remove()
    else for (const [it, place] of parts) if (it.closest(rows) === row) times[place] = (times[place] ?? 0) + 1
  }
}"""
"""Of rows, and lines of code, those go whose every kind of element stands in three others, within the same kinds of
elements all the way up: axe takes its time for each, and tells the same."""


def violations(page: Page, rules: list[str]) -> Iterator[str]:
    """A line for each rule that is broken, with the first places."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    # The other thing that axe loads before it begins, all style sheets once more, is for a rule that is none of these.
    options = {"runOnly": rules, "resultTypes": ["violations"], "preload": {"assets": ["media"]}}
    for violation in page.evaluate(RUN, options):
        places = [f"{node['target']} {node['html'][:150]}" for node in violation["nodes"][:3]]
        yield f"{violation['id']}: {violation['help']}: {places}"
