"""`bench pages`: what Lighthouse, axe, the HTML checker and a slow phone find on a page of each kind."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from compressed import compressed
from measure import BenchmarkError, progress
from options import add_results
from page_tools import Score, faults, install, lighthouse
from playwright.sync_api import Browser, sync_playwright
from report import Target, table, targets_table, write_results

from tests.browser.axe import ALL_RULES, violations
from tests.browser.chromium import DESKTOP, KINDS, PHONE, SCHEMES, Served, chromium, sample_site, visit
from tests.browser.what_is_asked import FINGER, MOST, SMALL, asked_by

RESULTS = Path(__file__).with_name("pages-results.json")
SCORED = ("home", "issue", "kep", "kep-table")
"""Kinds of pages for which scores of Lighthouse are promised."""
SLOWDOWN, LONG = 4, 50
"""How many times slower a phone's processor is, and milliseconds that no task may take once a page is loaded."""
WATCHED = """async () => {
  const seen = { shift: 0, task: 0 }
  const end = performance.getEntriesByType("navigation")[0].loadEventEnd
  new PerformanceObserver(list => { for (const it of list.getEntries()) seen.shift += it.value })
    .observe({ type: "layout-shift", buffered: true })
  new PerformanceObserver(list => {
    for (const it of list.getEntries()) if (it.startTime >= end) seen.task = Math.max(seen.task, it.duration)
  }).observe({ type: "longtask", buffered: true })
  for (let part = 1; part <= 4; part++) {
    scrollTo(0, document.body.scrollHeight * part / 4)
    await new Promise(later => setTimeout(later, 250))
  }
  const undrawn = "pre.neco-diagram:not(.neco-diagram *), .neco-diagram--drawing"
  for (let tries = 0; tries < 100 && document.querySelector(undrawn); tries++) {
    document.querySelector(undrawn).scrollIntoView()
    await new Promise(later => setTimeout(later, 100))
  }
  return seen
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A first view on a phone: compressed bytes without pictures of the page, layout shift to the page's end with

    pictures, the longest task after it was loaded, in ms, and targets in lists that are smaller than a finger.
    """

    page: str
    travels: int
    shift: float
    task: float
    small: int


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command line of `bench pages`."""
    add_results(parser, RESULTS)


def run(options: argparse.Namespace) -> int:
    """Measure, print the tables, write the results; the exit status."""
    install()
    with ExitStack() as stack:
        try:
            browser = stack.enter_context(chromium(stack.enter_context(sync_playwright())))
        except FileNotFoundError as error:
            raise BenchmarkError(str(error), status=2) from error
        site = stack.enter_context(sample_site())
        views = [_view(browser, site, kind) for kind in KINDS]
        broken = list(_broken_rules(browser, site))
        progress("HTML checker")
        said = faults(
            [site.folder / path for path in site.pages if not path.endswith(".html")] + [site.folder / "404.html"]
        )
        address = stack.enter_context(compressed(site.folder))
        scores = [_score(kind, address) for kind in SCORED]
    targets = list(_targets(views, scores, broken, said))
    print("\n\n".join((_views_table(views), _scores_table(scores), *broken, *said, targets_table(targets))))
    write_results(options.json, ("playwright",), targets, views=views, scores=scores)
    return 1 if options.strict and any(target.missed for target in targets) else 0


def _view(browser: Browser, site: Served, kind: str) -> View:
    progress(f"first view: {kind}")
    with visit(browser, site, width=PHONE, own=True) as reader:
        processor = reader.page.context.new_cdp_session(reader.page)
        processor.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
        with asked_by(reader) as asked:
            page = reader.open(KINDS[kind])
        seen = page.evaluate(WATCHED)
        small = page.evaluate(SMALL, FINGER)
        if reader.troubles:
            raise BenchmarkError("; ".join(reader.troubles))
    return View(page=kind, travels=asked.travels, shift=seen["shift"], task=seen["task"], small=len(small))


def _broken_rules(browser: Browser, site: Served) -> Iterator[str]:
    """What axe finds, on whole pages."""
    for width in (PHONE, DESKTOP):
        for scheme in SCHEMES:
            progress(f"axe: {width} px wide, {scheme}")
            with visit(browser, site, width=width, scheme=scheme) as reader:
                for kind, path in KINDS.items():
                    yield from (
                        f"{kind}, {width} px, {scheme}: {it}" for it in violations(reader.open(path), ALL_RULES)
                    )


def _score(kind: str, address: str) -> Score:
    progress(f"Lighthouse: {kind}")
    return lighthouse(kind, address + KINDS[kind])


def _targets(
    views: Sequence[View], scores: Sequence[Score], broken: Sequence[str], said: Sequence[str]
) -> Iterator[Target]:
    """What is promised, with what was measured."""
    for it in scores:
        yield Target(name=f"{it.page}: performance", measured=it.performance, at_least=95)
        others = min(it.accessibility, it.best_practices, it.seo)
        yield Target(name=f"{it.page}: accessibility, best practices, SEO, the least", measured=others, at_least=100)
    yield Target(name="first view, the heaviest, bytes", measured=max(it.travels for it in views), at_most=MOST)
    yield Target(name="layout shift, the largest", measured=max(it.shift for it in views), at_most=0)
    name = f"task after loading, {SLOWDOWN} times slower, the longest, ms"
    yield Target(name=name, measured=max(it.task for it in views), at_most=LONG)
    yield Target(name=f"targets in lists below {FINGER} px", measured=sum(it.small for it in views), at_most=0)
    yield Target(name="rules of axe that are broken", measured=len(broken), at_most=0)
    yield Target(name="sentences of the HTML checker", measured=len(said), at_most=0)


def _views_table(views: Sequence[View]) -> str:
    head = ("first view", "bytes", "shift", "longest task, ms", "small targets")
    return table(head, ((it.page, it.travels, it.shift, it.task, it.small) for it in views))


def _scores_table(scores: Sequence[Score]) -> str:
    head = ("Lighthouse", "performance", "accessibility", "best practices", "SEO", "what costs")
    rows = (tuple(", ".join(it) if isinstance(it, tuple) else it for it in asdict(score).values()) for score in scores)
    return table(head, rows)
