"""`bench rows`: how soon a table of 700 KEPs and a list of 5000 links answer somebody who types, in a browser."""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from measure import BenchmarkError, progress
from playwright.sync_api import Browser, sync_playwright
from report import Target, table, targets_table, write_results

from tests.browser.chromium import DESKTOP, PHONE, Served, chromium, sample_site, visit
from tests.browser.long_pages import LIST, ROWS_OF_LIST, ROWS_OF_TABLE, TABLE, lengthen

RESULTS = Path(__file__).with_name("rows-results.json")
PAGES = {"table of KEPs": (TABLE, ROWS_OF_TABLE, 50), "list of links": (LIST, ROWS_OF_LIST, 150)}
"""Where each is, how many rows it has, and the milliseconds in which the quickest answer is drawn."""
TIMES = """async turns => {
  const input = document.querySelector(".neco-filter input")
  const times = []
  for (let turn = 0; turn < turns; turn++) {
    await new Promise(requestAnimationFrame)
    const start = performance.now()
    input.value = ["node", "", "127", ""][turn % 4]
    input.dispatchEvent(new InputEvent("input", { bubbles: true }))
    await new Promise(drawn => requestAnimationFrame(() => {
      const channel = new MessageChannel()
      channel.port1.onmessage = drawn
      channel.port2.postMessage(null)
    }))
    document.body.getBoundingClientRect()
    times.push(performance.now() - start)
  }
  return times
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Milliseconds from a key to the frame that shows what it did: the quickest, and the median."""

    page: str
    rows: int
    width: int
    quickest: float
    median: float


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command line of `bench rows`."""
    parser.add_argument("--turns", type=int, default=20, metavar="N", help="answers of each page (default 20)")
    parser.add_argument("--json", type=Path, default=RESULTS, help="file for the results (default %(default)s)")
    parser.add_argument("--strict", action="store_true", help="exit with status 1 when a target is missed")


def run(options: argparse.Namespace) -> int:
    """Measure, print the tables, write the results; the exit status."""
    with ExitStack() as stack:
        try:
            browser = stack.enter_context(chromium(stack.enter_context(sync_playwright())))
        except FileNotFoundError as error:
            raise BenchmarkError(str(error), status=2) from error
        site = stack.enter_context(sample_site())
        results = [
            _result(browser, site, name, width=width, turns=options.turns)
            for name in PAGES
            for width in (PHONE, DESKTOP)
        ]
    targets = list(_targets(results))
    print("\n\n".join((_times_table(results), targets_table(targets))))
    write_results(options.json, ("playwright",), targets, results=results)
    return 1 if options.strict and any(target.missed for target in targets) else 0


def _result(browser: Browser, site: Served, name: str, *, width: int, turns: int) -> Result:
    path, rows, _ = PAGES[name]
    progress(f"{name}, {width} px wide")
    with visit(browser, site, width=width) as reader:
        lengthen(reader.page, site)
        times: list[float] = reader.open(path).evaluate(TIMES, turns)
    return Result(page=name, rows=rows, width=width, quickest=min(times), median=statistics.median(times))


def _targets(results: Sequence[Result]) -> Iterator[Target]:
    """What is promised, with what was measured: the quickest, for the others may have waited for other programs."""
    for it in results:
        *_, most = PAGES[it.page]
        yield Target(name=f"{it.page}, {it.width} px wide, ms", measured=it.quickest, at_most=most)


def _times_table(results: Sequence[Result]) -> str:
    head = ("page", "rows", "width, px", "quickest, ms", "median, ms")
    return table(head, ((it.page, it.rows, it.width, it.quickest, it.median) for it in results))
