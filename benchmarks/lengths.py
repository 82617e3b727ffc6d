"""`bench lengths`: what texts and pages cost that are made to be costly, and how that grows with their length."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from measure import progress
from neco_weekly.extension.python_markdown import NecoWeeklyExtension
from options import add_results
from report import Target, table, targets_table, write_results

from tests.extension.test_markdown import markdown
from tests.lengthy import (
    CARDS,
    FRONT_MATTER,
    GRAPHEMES,
    LONGEST,
    POLICIES,
    REFERENCES,
    SHORT,
    WHOLE_PAGES,
    Lengthy,
    draft_of_links,
)
from tests.sources.big_pages import BIG, reader

RESULTS = Path(__file__).with_name("lengths-results.json")
GROUPS = {
    "references": REFERENCES,
    "cards": CARDS,
    "front matter": FRONT_MATTER,
    "graphemes": GRAPHEMES,
    "policies": POLICIES,
}
LINKS = 5_000
MEASURABLE = 0.05
"""Seconds below which a growth would tell of the clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """CPU seconds for the work on one text at two lengths."""

    group: str
    text: str
    short: float
    long: float

    @property
    def growth(self) -> float | None:
        """How many times more the longer one costs; None where that cannot be measured."""
        return self.long / self.short if self.long >= MEASURABLE and self.short > 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """CPU seconds and MB for reading one page of 2 MB."""

    page: str
    seconds: float
    megabytes: int


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command line of `bench lengths`."""
    parser.add_argument("--repeat", type=int, default=3, metavar="N", help="do everything N times, the least counts")
    add_results(parser, RESULTS)


def run(options: argparse.Namespace) -> int:
    """Measure, print the tables, write the results; the exit status."""
    results = [_result(group, it, options.repeat) for group, texts in GROUPS.items() for it in texts]
    progress(f"draw a page of {LINKS:,} links")
    links = min(_seconds(draft_of_links(LINKS).draw) for _ in range(options.repeat))
    drawn = max(map(_drawing, WHOLE_PAGES))
    pages = list(_pages())
    targets = list(_targets(results, links, drawn, pages))
    print("\n\n".join((_texts_table(results), _pages_table(pages), targets_table(targets))))
    write_results(options.json, ("lxml",), targets, results=results, pages=pages)
    return 1 if options.strict and any(target.missed for target in targets) else 0


def _result(group: str, it: Lengthy, repeat: int) -> Result:
    progress(f"{group}: {it.name}")
    # Each time another text: what reads addresses remembers the last ones.
    short, long = (
        min(_seconds(partial(it.work, it.text(size + turn))) for turn in range(repeat)) for size in (SHORT, LONGEST)
    )
    return Result(group=group, text=it.name, short=short, long=long)


def _seconds(work: Callable[[], object]) -> float:
    """CPU seconds; of several the least counts, because noise only adds."""
    began = time.process_time()
    work()
    return time.process_time() - began


def _drawing(name: str) -> float:
    """An issue that means harm, drawn by Python-Markdown with everything of ours."""
    progress(f"draw an issue: {name}")
    text, converter = WHOLE_PAGES[name](SHORT), markdown(NecoWeeklyExtension())
    return _seconds(lambda: converter.convert(text))


def _pages() -> Iterator[Page]:
    progress(f"read {len(BIG)} pages of 2 MB")
    with tempfile.TemporaryDirectory(prefix="neco-bench-") as folder, reader(Path(folder)) as read:
        for name, page in BIG.items():
            taken = read(page)
            yield Page(page=name, seconds=taken.seconds, megabytes=taken.megabytes)


def _targets(results: Sequence[Result], links: float, drawn: float, pages: Sequence[Page]) -> Iterator[Target]:
    """What is promised, with what was measured."""
    for group, most in zip(GROUPS, (1, 1, 2, 5, 1), strict=True):
        them = [it for it in results if it.group == group]
        growths = [it.growth for it in them if it.growth]
        yield Target(
            name=f"{group}, the slowest of {SHORT:,} characters, s", measured=max(it.short for it in them), at_most=most
        )
        yield Target(
            name="the same, the greatest growth with five times the length, times",
            measured=max(growths, default=None),
            at_most=12,  # where the square of the length counts it is 25
        )
    yield Target(name=f"page of {LINKS:,} links, s", measured=links, at_most=5)
    yield Target(name=f"issue of {SHORT:,} characters drawn, the slowest, s", measured=drawn, at_most=5)
    yield Target(name="page of 2 MB, the slowest, s", measured=max(it.seconds for it in pages), at_most=3)


def _texts_table(results: Sequence[Result]) -> str:
    head = ("group", "text", f"{SHORT:,}, ms", f"{LONGEST:,}, ms", "growth")
    return table(head, ((it.group, it.text, it.short * 1e3, it.long * 1e3, it.growth) for it in results))


def _pages_table(pages: Sequence[Page]) -> str:
    slowest = sorted(pages, key=lambda it: -it.seconds)[:10]
    return table(("page of 2 MB, the slowest", "s", "MB"), ((it.page, it.seconds, it.megabytes) for it in slowest))
