"""`bench rows`: how soon long lists and the comparison of releases answer who types or chooses, in a browser."""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from measure import BenchmarkError, progress
from options import add_results
from playwright.sync_api import Browser, sync_playwright
from report import Target, table, targets_table, write_results

from tests.browser.chromium import DESKTOP, KINDS, PHONE, Served, chromium, sample_site, visit
from tests.browser.long_pages import LIST, ROWS_OF_LIST, ROWS_OF_TABLE, TABLE, lengthen
from tests.browser.waiting import has_leisure

RESULTS = Path(__file__).with_name("rows-results.json")
TYPED, CHOSEN = ("node", "", "127", ""), ("1.30", "1.26", "1.33", "1.36")
"""What somebody types into a filter, and chooses in turn as the release to go to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A page that answers: where it is, how many rows it has, and the milliseconds in which the quickest is drawn.

    `slowdown` is how many times slower than it is the processor pretends to be, as a phone's.
    """

    path: str
    rows: int
    most: float
    slowdown: int = 1
    control: str = ".neco-filter input"
    values: tuple[str, ...] = TYPED


PAGES = {
    "table of KEPs": Asked(path=TABLE, rows=ROWS_OF_TABLE, most=50),
    "list of links": Asked(path=LIST, rows=ROWS_OF_LIST, most=150),
    "setbacks, 4 times slower": Asked(path=KINDS["setbacks"], rows=145, most=50, slowdown=4),
    "comparison, 4 times slower": Asked(
        path=f"{KINDS['compare']}?from=1.21&to=1.22",
        rows=200,
        most=50,
        slowdown=4,
        control=".neco-compare select[name=to]",
        values=CHOSEN,
    ),
}
TIMES = """async ([turns, control, values]) => {
  const input = document.querySelector(control)
  const times = []
  for (let turn = 0; turn < turns; turn++) {
    await new Promise(requestAnimationFrame)
    const start = performance.now()
    input.value = values[turn % values.length]
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
    add_results(parser, RESULTS)


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
    asked = PAGES[name]
    progress(f"{name}, {width} px wide")
    with visit(browser, site, width=width) as reader:
        lengthen(reader.page, site)
        page = reader.open(asked.path)
        has_leisure(page)
        processor = page.context.new_cdp_session(page)
        processor.send("Emulation.setCPUThrottlingRate", {"rate": asked.slowdown})
        times: list[float] = page.evaluate(TIMES, [turns, asked.control, asked.values])
        processor.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    return Result(page=name, rows=asked.rows, width=width, quickest=min(times), median=statistics.median(times))


def _targets(results: Sequence[Result]) -> Iterator[Target]:
    """What is promised, with what was measured: the quickest, for the others may have waited for other programs."""
    for it in results:
        yield Target(name=f"{it.page}, {it.width} px wide, ms", measured=it.quickest, at_most=PAGES[it.page].most)


def _times_table(results: Sequence[Result]) -> str:
    head = ("page", "rows", "width, px", "quickest, ms", "median, ms")
    return table(head, ((it.page, it.rows, it.width, it.quickest, it.median) for it in results))
