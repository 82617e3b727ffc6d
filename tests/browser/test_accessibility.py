"""What axe, a keyboard and a reader with large type find."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.chromium import DESKTOP, KINDS, PHONE, SCHEMES, Scheme, Served, visit

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_axe_finds_nothing(browser: Browser, site: Served, width: int, scheme: Scheme) -> None:
    found: list[str] = []
    with visit(browser, site, width=width, scheme=scheme) as reader:
        for kind, path in KINDS.items():
            page = reader.open(path)
            results = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response
            for violation in results["violations"]:
                places = [f"{node['target']} {node['html'][:150]}" for node in violation["nodes"][:3]]
                found.append(f"{kind}: {violation['id']}: {violation['help']}: {places}")
    assert not (troubles := found + reader.troubles), "\n".join(troubles)
