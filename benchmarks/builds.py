"""`bench build`: the same generated issues built by plain Material and by Neco Weekly, cold and a second time.

A second build finds the site of the first one, as at a writer's desk; a cold one finds nothing.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import generate
import locks
import measure
from measure import BenchmarkError, Cost, progress
from options import add_results, add_work, workplace
from report import Target, table, targets_table, write_results

BUNDLE = Path(__file__).resolve().parents[2] / "shared/keps/kep-history.bundle"
GATES = BUNDLE.parent.parent / "gates/feature-gates.bundle"
RESULTS = Path(__file__).with_name("results.json")
SIZES = (10, 100, 1000)
BUILDS = ("cold", "second")
CHANGED = "second, one issue changed"
TOGETHER = "cold, two processes"
QUIET = {"NO_MKDOCS_2_WARNING": "1", "NECO_WORKERS": "1"}
"""What each build gets from outside: one process, so that CPU times are of the same work."""

THEME = """\
site_name: Neco Weekly
site_url: https://neco-weekly.example/
exclude_docs: _metadata/
theme:
  name: material
  language: ja
  font: false
  features: [navigation.tabs, navigation.sections]
"""
EXTENSIONS = """\
markdown_extensions:
  - toc:
      slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - pymdownx.details
  - pymdownx.superfences
  - tables
"""
OUR_EXTENSION = "  - neco_weekly: {metadata: docs/_metadata}\n"
PLUGINS = "plugins:\n  - search: {lang: ja}\n"
OUR_PLUGIN = "  - neco-weekly\n"
OUR_PLUGIN_WITH_CSP = "  - neco-weekly: {csp: true}\n"
OURS = THEME + EXTENSIONS + OUR_EXTENSION + PLUGINS
SITES = {
    "plain": THEME + EXTENSIONS + PLUGINS,
    "ours": OURS + OUR_PLUGIN,
    "policies": OURS + OUR_PLUGIN_WITH_CSP,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """What building one site cost, and what came out of it. 1 kB is 1,000 bytes.

    `page_kb` is the largest issue page as HTML, `index_kb` the file search/search_index.json, `site_mb` the whole site;
    `pages` counts HTML files.
    """

    issues: int
    site: str
    build: str
    cost: Cost
    pages: int
    page_kb: float
    index_kb: float
    site_mb: float


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command line of `bench build`."""
    parser.add_argument("--sizes", type=_sizes, default=SIZES, help="numbers of issues (default 10,100,1000)")
    parser.add_argument("--repeat", type=_positive, default=1, metavar="N", help="build N times, the least counts")
    parser.add_argument("--site", choices=SITES, action="append", help="only this site; may be repeated")
    parser.add_argument("--source", type=Path, default=BUNDLE, help="a bundle of the KEP history (default %(default)s)")
    parser.add_argument("--metadata", type=Path, help="take this _metadata folder, do not make one")
    add_work(parser)
    add_results(parser, RESULTS)


def run(options: argparse.Namespace) -> int:
    """Measure, print the tables, write the results; the exit status."""
    sites = {name: SITES[name] for name in options.site or SITES}
    with workplace(options.work) as work:
        refresh, metadata = None, options.metadata
        if metadata is None:
            refresh, metadata = locks.refresh(work / "lock", options.source.resolve(), repeat=options.repeat)
        numbers = locks.kep_numbers(metadata)
        _measure_builds(work / "warm-up", 1, sites, metadata, numbers, repeat=1)
        builds = [
            build
            for size in options.sizes
            for build in _measure_builds(work / str(size), size, sites, metadata, numbers, repeat=options.repeat)
        ]
        reading = locks.time_reading(work / "large", repeat=options.repeat) if "ours" in sites else None
    targets = list(_targets(builds, refresh=refresh, reading=reading))
    print("\n\n".join((_costs_table(builds), _ratios_table(builds), targets_table(targets))))
    write_results(options.json, ("mkdocs", "mkdocs-material", "Markdown"), targets, builds=builds)
    return 1 if options.strict and any(target.missed for target in targets) else 0


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(_positive(size) for size in text.split(","))


def _positive(text: str) -> int:
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not at least 1")
    return number


def _measure_builds(
    folder: Path, size: int, sites: Mapping[str, str], metadata: Path, kep_numbers: Sequence[int], *, repeat: int
) -> list[Build]:
    """Generate the project of `size` issues and build the sites in turn, so that a slow minute hits all of them."""
    write_project(folder, size, sites, metadata, kep_numbers)
    costs: dict[tuple[str, str], list[Cost]] = defaultdict(list)
    results: dict[tuple[str, str], Build] = {}
    for _ in range(repeat):
        for site in sites:
            measure.set_aside(folder)
            for build in BUILDS:
                progress(f"{size} issues, {site}, {build}")
                costs[site, build].append(_build(folder, site))
                _expect_hooks(folder, site)
                results[site, build] = _build_result(folder, size, site, build, Cost.least(costs[site, build]))
        for build, measured in (TOGETHER, _together), (CHANGED, _changed):
            if "ours" in sites:
                progress(f"{size} issues, ours, {build}")
                costs["ours", build].append(measured(folder))
                _expect_hooks(folder, "ours")
                least = Cost.least(costs["ours", build])
                results["ours", build] = _build_result(folder, size, "ours", build, least)
    return list(results.values())


def _together(folder: Path) -> Cost:
    measure.set_aside(folder)
    return _build(folder, "ours", processes=2)


def _changed(folder: Path) -> Cost:
    """Build after the newest issue got another paragraph, which it has no more afterwards."""
    issue = folder / f"docs/issues/{generate.NEWEST:%Y/%m}/{generate.NEWEST}.md"
    text = issue.read_text(encoding="utf-8")
    issue.write_text(f"{text}\n段落を書き足しました。\n", encoding="utf-8")
    try:
        return _build(folder, "ours")
    finally:
        issue.write_text(text, encoding="utf-8")


def write_project(
    folder: Path, size: int, sites: Mapping[str, str], metadata: Path, kep_numbers: Sequence[int]
) -> None:
    """The same docs/ under one configuration file for each site."""
    shutil.rmtree(folder / "docs", ignore_errors=True)
    generate.write_site(folder, size, kep_numbers)
    shutil.copytree(metadata, folder / "docs/_metadata")
    for site, config in sites.items():
        (folder / f"{site}.yml").write_text(config, encoding="utf-8")


def _build(folder: Path, site: str, *, processes: int = 1) -> Cost:
    """Build in a fresh process; strict, because a site with problems is not what is measured."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", f"{site}.yml"]
    return measure.run(command, cwd=folder, environment=QUIET | {"NECO_WORKERS": str(processes)})


def _expect_hooks(folder: Path, site: str) -> None:
    """A fast build of nothing is no result: our newest issue shows every reference and every card."""
    path = folder / f"site/issues/{generate.NEWEST:%Y/%m}/{generate.NEWEST}/index.html"
    html = path.read_text(encoding="utf-8")
    found = [len(re.findall(pattern, html)) for pattern in (r'<a [^>]*class="neco-kep[ "]', r'class="neco-card[ "]')]
    expected = [generate.REFERENCES, generate.CARDS] if site != "plain" else [0, 0]
    if found != expected:
        raise BenchmarkError(f"{path} has {found} KEP references and cards, not {expected}")


def _build_result(folder: Path, size: int, site: str, build: str, cost: Cost) -> Build:
    pages = list((folder / "site").rglob("*.html"))
    files = [path for path in (folder / "site").rglob("*") if path.is_file()]
    return Build(
        issues=size,
        site=site,
        build=build,
        cost=cost,
        pages=len(pages),
        page_kb=max(path.stat().st_size for path in (folder / "site/issues").glob("????/**/*.html")) / 1e3,
        index_kb=(folder / "site/search/search_index.json").stat().st_size / 1e3,
        site_mb=sum(path.stat().st_size for path in files) / 1e6,
    )


def _targets(builds: Sequence[Build], *, refresh: Cost | None, reading: float | None) -> Iterator[Target]:
    """What is promised, with what was measured; None where this run did not measure it."""
    ours = [build for build in builds if (build.issues, build.site) == (1000, "ours")]
    peak, page = max((b.cost.peak_mb for b in ours), default=None), max((b.page_kb for b in ours), default=None)
    for build, at_most in ("cold", 0.55), ("second", 0.10), (CHANGED, 0.12):
        ratio = _ratio(builds, (1000, "ours", build), (1000, "plain", "cold" if build == "cold" else "second"))
        yield Target(name=f"ours / plain, {build}, 1000 issues, CPU", measured=ratio, at_most=at_most)
    for build, at_most in zip(BUILDS, (1.1, 1.15), strict=True):
        ratio = _ratio(builds, (1000, "policies", build), (1000, "ours", build))
        yield Target(name=f"policies / ours, {build}, 1000 issues, CPU", measured=ratio, at_most=at_most)
    walls = {b.build: b.cost.wall for b in ours}
    together = walls[TOGETHER] / walls["cold"] if TOGETHER in walls else None
    yield Target(name="ours, cold, 1000 issues, two processes / one, wall", measured=together, at_most=0.62)
    growth = _ratio(builds, (1000, "ours", "cold"), (100, "ours", "cold"))
    yield Target(name="ours, cold, 1000 issues / 100 issues, CPU", measured=growth, at_most=12)
    yield Target(name="ours, 1000 issues, peak MB", measured=peak, at_most=250)
    yield Target(name="ours, 1000 issues, largest issue page, kB", measured=page, at_most=60)
    yield Target(name=f"read {locks.LARGE_CARDS:,} cards and {locks.LARGE_KEPS} KEPs, s", measured=reading, at_most=0.3)
    yield Target(name="neco refresh --all-keps, wall s", measured=refresh.wall if refresh else None, at_most=3)


def _ratio(builds: Sequence[Build], above: tuple[int, str, str], below: tuple[int, str, str]) -> float | None:
    """CPU seconds of one build over those of another, each named by issues, site and build."""
    cpu = {(b.issues, b.site, b.build): b.cost.cpu for b in builds}
    return cpu[above] / cpu[below] if above in cpu and below in cpu else None


def _costs_table(builds: Sequence[Build]) -> str:
    head = ("issues", "site", "build", "CPU s", "wall s", "peak MB", "pages", "page kB", "index kB", "site MB")
    rows = (
        (b.issues, b.site, b.build, b.cost.cpu, b.cost.wall, b.cost.peak_mb, b.pages, b.page_kb, b.index_kb, b.site_mb)
        for b in builds
    )
    return table(head, rows)


def _ratios_table(builds: Sequence[Build]) -> str:
    sizes = sorted({build.issues for build in builds})
    rows = [(n, *(_ratio(builds, (n, "ours", build), (n, "plain", build)) for build in BUILDS)) for n in sizes]
    return table(("issues", *(f"ours / plain, {build}" for build in BUILDS)), rows)
