"""`bench saves`: a paragraph saved in `neco serve`: until its page and the whole site are right, and the memory.

Beside it stand whole builds of the same Markdown by Hugo and Eleventy, where these are installed.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import builds
import generate
import locks
import other_generators
from measure import Cost, progress
from options import add_results, add_site, workplace
from previewed import Save, previewed
from report import Cell, Target, table, targets_table, write_results

RESULTS = Path(__file__).with_name("saves-results.json")
GOALS: Mapping[int, tuple[float, float]] = {100: (0.3, 1.0), 1000: (0.5, 2.0)}
"""CPU seconds to the page and to the whole site, by the number of issues."""

WAITING, MEMORY = 0.2, 400
"""How much longer than its CPU time the page may take by a clock, and MB of all processes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The least of several saves, the most memory of all processes (PSS, in MB), and what others take for a build."""

    issues: int
    save: Save
    memory: float
    others: Mapping[str, Cost | None]


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command line of `bench saves`."""
    parser.add_argument("--sizes", default="100,1000", help="numbers of issues (default %(default)s)")
    parser.add_argument("--repeat", type=int, default=5, metavar="N", help="save N times, the least counts")
    add_site(parser)
    add_results(parser, RESULTS)


def run(options: argparse.Namespace) -> int:
    """Measure, print the tables, write the results; the exit status."""
    with workplace(options.work) as work:
        sizes = [int(it) for it in options.sizes.split(",")]
        results = [_result(work / str(size), size, options.metadata, options.repeat) for size in sizes]
    targets = [target for result in results for target in _targets(result)]
    print("\n\n".join((_saves_table(results), _others_table(results), targets_table(targets))))
    write_results(options.json, ("mkdocs", "mkdocs-material", "Markdown"), targets, saves=results)
    return 1 if options.strict and any(target.missed for target in targets) else 0


def _result(folder: Path, size: int, metadata: Path, repeat: int) -> Result:
    builds.write_project(folder, size, {"ours": builds.SITES["ours"]}, metadata, locks.kep_numbers(metadata))
    issue = folder / f"docs/issues/{generate.NEWEST:%Y/%m}/{generate.NEWEST}.md"
    text, saves = issue.read_text(encoding="utf-8"), []
    progress(f"{size} issues, neco serve")
    with previewed(folder, "ours.yml", builds.QUIET) as preview:
        for number in range(repeat + 1):  # the first one loads what only a saved page needs
            progress(f"{size} issues, save {number}")
            words = f"段落を書き足しました。これで {number} 回目です。"
            saves.append(preview.save(issue, f"{text}\n{words}\n"))
            preview.expect(f"issues/{generate.NEWEST:%Y/%m}/{generate.NEWEST}/", words)
        memory = preview.peak
    issue.write_text(text, encoding="utf-8")
    others = other_generators.cold_builds(folder, size)
    return Result(issues=size, save=Save.least(saves[1:]), memory=memory, others=others)


def _targets(result: Result) -> Iterator[Target]:
    """What is promised, with what was measured."""
    save, about = result.save, f"{result.issues} issues"
    if result.issues in GOALS:
        page, whole = GOALS[result.issues]
        yield Target(name=f"save, {about}, to the page, CPU s", measured=save.page_cpu, at_most=page)
        yield Target(name=f"save, {about}, to the whole site, CPU s", measured=save.whole_cpu, at_most=whole)
    waited = save.page_wall - save.page_cpu
    yield Target(name=f"save, {about}, to the page, wall s beyond CPU", measured=waited, at_most=WAITING)
    yield Target(name=f"neco serve, {about}, all processes, PSS MB", measured=result.memory, at_most=MEMORY)


def _saves_table(results: Sequence[Result]) -> str:
    head = ("issues", "page, CPU s", "page, wall s", "whole, CPU s", "whole, wall s", "PSS MB")
    rows = (
        (it.issues, it.save.page_cpu, it.save.page_wall, it.save.whole_cpu, it.save.whole_wall, it.memory)
        for it in results
    )
    return table(head, rows)


def _others_table(results: Sequence[Result]) -> str:
    head = ("issues", "for orientation, a whole build by", "CPU s", "wall s", "")
    rows = [_other_row(it.issues, name, cost) for it in results for name, cost in it.others.items()]
    return table(head, rows)


def _other_row(issues: int, name: str, cost: Cost | None) -> Sequence[Cell]:
    return (issues, name, cost.cpu, cost.wall, "") if cost else (issues, name, None, None, "not installed")
