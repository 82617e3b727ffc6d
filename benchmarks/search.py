"""`bench search`: what readers find, load and wait for, with our search and with Material's own on the same pages."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import builds
import generate
import locks
import measure
from measure import BenchmarkError, progress
from options import add_results, add_work, workplace
from playwright.sync_api import Browser, sync_playwright
from questions import NOTHING, Question, drawn, written_by_hand
from readers import Price, Tally, search_from
from report import Target, table, targets_table, write_results
from rivals import RIVALS, served

from tests.browser.chromium import chromium
from tests.site.search.queries import SYNONYMS
from tests.site.search.sections import PageSection, sections_of
from tests.sites import PROJECT, copied

RESULTS = Path(__file__).with_name("search-results.json")
SAMPLE = "sample"
SIZES = (SAMPLE, "10", "201", "1001")
WITHIN = (1, 5)

AT_LEAST = (
    (SAMPLE, "by hand", 1, 97.0),
    (SAMPLE, "by hand", 5, 100.0),
    (SAMPLE, "synonyms", 5, 90.0),
    *((site, "KEP numbers", 1, 100.0) for site in SIZES),
    ("201", "known items", 1, 98.0),
    ("201", "known items", 5, 99.5),
    ("201", "perturbed", 1, 94.0),
    ("201", "perturbed", 5, 98.0),
    ("1001", "known items", 1, 97.0),
    ("1001", "known items", 5, 99.5),
    ("1001", "perturbed", 1, 93.0),
    ("1001", "perturbed", 5, 97.5),
)
"""Site, group of questions, k, and the per cent of them that one of the first k pages has to answer."""

PRICES = {"view_kb": "kB per page view", "first_kb": "kB to the first rows", "cold": "cold, ms", "p95": "warm p95, ms"}
AT_MOST = {SAMPLE: (10, 45, 100, 15), "10": (10, 45, 100, 15), "201": (10, 300, 300, 40), "1001": (10, 400, 500, 60)}
"""What each of `PRICES` may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One search on one site: its pages, their sections, what it costs and what is found."""

    site: str
    search: str
    pages: int
    sections: int
    price: Price
    tallies: tuple[Tally, ...]

    def share(self, group: str, within: int) -> float | None:
        """Per cent of a group's questions that one of the first `within` pages answers."""
        tallies = [tally for tally in self.tallies if tally.group == group]
        found = sum(tally.first if within == 1 else tally.five for tally in tallies)
        return 100 * found / sum(tally.asked for tally in tallies) if tallies else None

    @property
    def empty(self) -> int:
        """Questions with an answer that found nothing."""
        return sum(tally.empty for tally in self.tallies if tally.group != NOTHING)


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command line of `bench search`."""
    parser.add_argument("sites", nargs="*", type=Path, metavar="SITE", help="a built site; measure only these")
    parser.add_argument(
        "--sizes", type=_sizes, default=SIZES, help=f"pages of each site, or {SAMPLE} for that of docs/"
    )
    parser.add_argument("--search", choices=RIVALS, action="append", help="only this search; may be repeated")
    parser.add_argument("--count", type=int, default=300, metavar="N", help="known items of each site (default 300)")
    parser.add_argument("--seed", type=int, default=1, help="of the draw (default 1)")
    parser.add_argument("--cold", type=int, default=5, metavar="N", help="cold searches, the median counts (default 5)")
    parser.add_argument(
        "--source", type=Path, default=builds.BUNDLE, help="a bundle of the KEP history (default %(default)s)"
    )
    parser.add_argument("--metadata", type=Path, help="take this _metadata folder, do not make one")
    add_work(parser)
    add_results(parser, RESULTS)


def run(options: argparse.Namespace) -> int:
    """Measure, print the tables, write the results; the exit status."""
    with ExitStack() as stack:
        work = stack.enter_context(workplace(options.work))
        sites = [(str(site), site) for site in options.sites] or _built(work, options)
        browser = _browser(stack)
        results = [result for name, site in sites for result in _results(browser, name, site, options)]
    targets = list(_targets(results))
    print("\n\n".join((_found_table(results), _prices_table(results), targets_table(targets))))
    write_results(options.json, ("mkdocs", "mkdocs-material", "playwright"), targets, results=results)
    return 1 if options.strict and any(target.missed for target in targets) else 0


def _sizes(text: str) -> tuple[str, ...]:
    sizes = tuple(text.split(","))
    if wrong := [size for size in sizes if size != SAMPLE and not (size.isdecimal() and int(size) > 1)]:
        raise argparse.ArgumentTypeError(f"{wrong[0]} is neither {SAMPLE} nor a number above 1")
    return sizes


def _browser(stack: ExitStack) -> Browser:
    try:
        return stack.enter_context(chromium(stack.enter_context(sync_playwright())))
    except FileNotFoundError as error:
        raise BenchmarkError(str(error), status=2) from error


# --- sites --------------------------------------------------------------------------------------------------------


def _built(work: Path, options: argparse.Namespace) -> list[tuple[str, Path]]:
    """Names and folders of the sites, built."""
    metadata = options.metadata
    if metadata is None and set(options.sizes) != {SAMPLE}:
        _, metadata = locks.refresh(work / "lock", options.source.resolve(), repeat=1)
    return [
        (size, _sample(work) if size == SAMPLE else _generated(work, int(size), metadata)) for size in options.sizes
    ]


def _sample(work: Path) -> Path:
    """The site of docs/, with the synonyms that the queries by hand count on."""
    folder = work / SAMPLE
    shutil.rmtree(folder, ignore_errors=True)
    copied(PROJECT, folder)
    shutil.copy(SYNONYMS, folder / "docs/_metadata/synonyms.yml")
    return _build(folder)


def _generated(work: Path, pages: int, metadata: Path) -> Path:
    """A site of which people wrote so many pages; those that are generated come on top."""
    folder = work / str(pages)
    shutil.rmtree(folder, ignore_errors=True)
    generate.write_site(folder, pages - 1, locks.kep_numbers(metadata))
    shutil.copytree(metadata, folder / "docs/_metadata")
    (folder / "mkdocs.yml").write_text(builds.SITES["ours"], encoding="utf-8")
    return _build(folder)


def _build(folder: Path) -> Path:
    progress(f"build {folder}")
    measure.run([sys.executable, "-m", "mkdocs", "build", "--quiet"], cwd=folder, environment=builds.QUIET)
    return folder / "site"


# --- results ------------------------------------------------------------------------------------------------------


def _results(browser: Browser, name: str, site: Path, options: argparse.Namespace) -> Iterator[Result]:
    sections = sections_of(site)
    questions = written_by_hand() if name == SAMPLE else []
    questions += drawn(sections, count=options.count, seed=options.seed)
    for search in options.search or RIVALS:
        progress(f"{name}: {len(questions)} questions to the search of {search}")
        yield _result(browser, name, site, search, sections, questions, options.cold)


def _result(
    browser: Browser,
    name: str,
    site: Path,
    search: str,
    sections: Sequence[PageSection],
    questions: Sequence[Question],
    cold: int,
) -> Result:
    with served(RIVALS[search](site)) as server:
        price, tallies = search_from(browser, server, questions, cold=cold)
    pages = len({section.place.page for section in sections})
    return Result(site=name, search=search, pages=pages, sections=len(sections), price=price, tallies=tuple(tallies))


def _targets(results: Sequence[Result]) -> Iterator[Target]:
    """What is promised of our search, with what was measured; nothing of sites that were measured for no promise."""
    for it in (it for it in results if it.search == "ours" and it.site in AT_MOST):
        for _, group, within, least in (promise for promise in AT_LEAST if promise[0] == it.site):
            name = f"{it.site}: {group}, H@{within}, %"
            yield Target(name=name, measured=it.share(group, within), at_least=least)
        yield Target(name=f"{it.site}: answerable, and nothing found", measured=it.empty, at_most=0)
        for (price, name), most in zip(PRICES.items(), AT_MOST[it.site], strict=True):
            yield Target(name=f"{it.site}: {name}", measured=getattr(it.price, price), at_most=most)


def _found_table(results: Sequence[Result]) -> str:
    head = ("site", "questions", "search", "asked", "H@1 %", "H@5 %", "nothing found")
    groups = dict.fromkeys((it.site, tally.group) for it in results for tally in it.tallies)
    rows = (_found_row(it, group) for site, group in groups for it in results if it.site == site)
    return table(head, rows)


def _found_row(result: Result, group: str) -> tuple[str | int | float | None, ...]:
    tallies = [tally for tally in result.tallies if tally.group == group]
    asked, empty = sum(tally.asked for tally in tallies), sum(tally.empty for tally in tallies)
    shares = (None if group == NOTHING else result.share(group, within) for within in WITHIN)
    return result.site, group, result.search, asked, *shares, empty


def _prices_table(results: Sequence[Result]) -> str:
    head = ("site", "search", "pages", "sections", *PRICES.values(), "warm p50, ms")
    rows = (
        (it.site, it.search, it.pages, it.sections, *(getattr(it.price, price) for price in PRICES), it.price.p50)
        for it in results
    )
    return table(head, rows)
