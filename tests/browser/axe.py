"""What axe finds on a page."""

from __future__ import annotations

from collections.abc import Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

ALL_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"]
OURS_TO_ANSWER_FOR = {"exclude": [[".md-code__nav"]]}
"""All but the copy button that the theme's script adds to code: a `nav` of its own without a name."""


def violations(page: Page, rules: list[str]) -> Iterator[str]:
    """A line for each rule that is broken, with the first places."""
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    for violation in Axe().run(page, context=OURS_TO_ANSWER_FOR, options=options).response["violations"]:
        places = [f"{node['target']} {node['html'][:150]}" for node in violation["nodes"][:3]]
        yield f"{violation['id']}: {violation['help']}: {places}"
