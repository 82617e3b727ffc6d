"""`bench cards`: a refresh of 200 links on 40 hosts that answer after 100 ms, and reading pages of 2 MB."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import generate
import measure
import web
from measure import BenchmarkError, Cost, progress
from report import Target, targets_table

CONFIG = "site_name: Neco Weekly\nmarkdown_extensions:\n  - neco_weekly: {metadata: docs/_metadata}\n"
CONNECTIONS = 2  # the default of --connections-per-host
PAGE_BYTES = 2_000_000
_READ = """
import resource, sys, time
from pathlib import Path
from neco_weekly.sources.pages.read import extract_page
body = Path(sys.argv[1]).read_bytes()
started = time.process_time()
extract_page(body, url="https://page.example/", content_type="text/html; charset=utf-8")
print(time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6)
"""
_HEAD = '<title>A title</title><meta property="og:title" content="A title">'
_PAGES = {
    "prose": '<p>ここは <a href="/x?y=1">猫の文章</a> です。<b>text &amp; more</b></p>\n',
    "elements": "<p a b c d e f>x",
    "metas": '<meta property="og:description" content="猫">',
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresh:
    """What a refresh cost, how often it asked, and how many connections a host had at once at most."""

    cost: Cost
    asked: int
    most: int


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be chosen on the command line."""
    parser.add_argument("--repeat", type=int, default=3, metavar="N", help="do everything N times, the least counts")
    parser.add_argument("--strict", action="store_true", help="exit with status 1 when a target is missed")


def run(options: argparse.Namespace) -> int:
    """Measure and print the tables; the exit status."""
    with tempfile.TemporaryDirectory(prefix="neco-bench-") as folder:
        runs = [_refresh(Path(folder) / f"site-{number}") for number in range(options.repeat)]
        readings = {kind: _reading(Path(folder), kind, options.repeat) for kind in _PAGES}
    targets = [*_refresh_targets(runs), *_reading_targets(readings)]
    print(targets_table(targets))
    return 1 if options.strict and any(target.missed for target in targets) else 0


def _refresh(folder: Path) -> Refresh:
    """Refresh all pages of the web in an empty project without a cache; a fast run of nothing is no result."""
    with _served() as (port, told):
        urls = [f"http://{host}:{port}{path}" for host in web.hosts() for path in web.paths()]
        progress(f"neco refresh of {len(urls)} links")
        generate.write_site(folder, 0, ())
        issue = folder / f"docs/issues/{generate.NEWEST}.md"
        issue.write_text("# 号\n\n" + "\n\n".join(urls) + "\n", encoding="utf-8")
        (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
        neco = Path(sys.executable).with_name("neco")
        asking = ("--only", "cards", "--strict", "--allow-private", "127.0.0.0/8", "--per-host-delay", "0")
        cost = measure.run([str(neco), "refresh", *asking], cwd=folder)
    cards = json.loads((folder / "docs/_metadata/cards.json").read_text(encoding="utf-8"))["cards"]
    whole = [it for it in cards.values() if it.keys() >= {"title", "description", "image", "icon"}]
    if len(whole) != len(urls):
        raise BenchmarkError(f"{len(whole)} of {len(urls)} cards came out whole")
    return Refresh(cost=cost, **told)


@contextmanager
def _served() -> Iterator[tuple[int, dict[str, int]]]:
    """The web as a process of its own: its port, and, after it has ended, what it tells."""
    told: dict[str, int] = {}
    with subprocess.Popen(
        [sys.executable, web.__file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        yield int(process.stdout.readline()), told
        process.stdin.close()
        told |= json.loads(process.stdout.read())


def _reading(folder: Path, kind: str, repeat: int) -> tuple[float, float]:
    """CPU seconds and peak MB of reading a page of 2 MB in a fresh process, imports not counted as time."""
    progress(f"read a page of 2 MB: {kind}")
    file = folder / f"{kind}.html"
    line = _PAGES[kind]
    file.write_bytes((_HEAD + line * (PAGE_BYTES // len(line.encode()))).encode()[:PAGE_BYTES])
    outputs = [
        subprocess.run([sys.executable, "-c", _READ, str(file)], check=True, capture_output=True, text=True).stdout
        for _ in range(repeat)
    ]
    times, peaks = zip(*(map(float, it.split()) for it in outputs), strict=True)
    return min(times), max(peaks)


def _refresh_targets(runs: list[Refresh]) -> Iterator[Target]:
    cost = Cost.least([it.cost for it in runs])
    pages = web.HOSTS * web.PAGES_PER_HOST
    what = f"neco refresh, {pages} links on {web.HOSTS} hosts"
    yield Target(name=f"{what}, wall s", measured=cost.wall, at_most=5)
    yield Target(
        name="the same, requests for pages, images and icons", measured=max(it.asked for it in runs), at_most=440
    )
    yield Target(
        name="the same, connections to one host at once", measured=max(it.most for it in runs), at_most=CONNECTIONS
    )
    yield Target(name="the same, peak MB", measured=cost.peak_mb, at_most=300)


def _reading_targets(readings: dict[str, tuple[float, float]]) -> Iterator[Target]:
    for kind, (seconds, peak) in readings.items():
        yield Target(name=f"page of 2 MB, {kind}, s", measured=seconds, at_most=1)
        yield Target(name="the same, peak MB", measured=peak, at_most=150)
