"""`bench topics`: CPU to read and to build issues that name topics, with `topics.yml` against without, in one run."""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import builds
import generate
import locks
import measure
import vocabulary as words
from measure import Cost, progress
from neco_weekly.grammar.topics_file import TopicsFile, load_topics
from neco_weekly.issues.scan import Scanner
from neco_weekly.lock.store import TOPICS_FILE
from options import METADATA, add_results
from report import Target, table, targets_table, write_results

RESULTS = Path(__file__).with_name("topics-results.json")
TOPICS, NAMED, LINKED = 300, 12, 3
"""How many topics there are, how many of them an issue names, and to how many repositories of others it links."""

READ = 100
"""How many issues are read in a turn."""

_SYLLABLES = "ka ru be no to mi la zen do fi ro su pe tan go li".split()
_KANA = "カ ル ベ ノ ト ミ ラ ゼン ド フィ ロ ス ペ タン ゴ リ".split()


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command line of `bench topics`."""
    parser.add_argument("--size", type=int, default=1000, metavar="N", help="number of issues (default 1000)")
    parser.add_argument("--repeat", type=int, default=2, metavar="N", help="build N times, the least counts")
    parser.add_argument("--turns", type=int, default=7, metavar="N", help="read N times, the least counts")
    parser.add_argument("--metadata", type=Path, default=METADATA, help="the lock of the site (default %(default)s)")
    add_results(parser, RESULTS)


def run(options: argparse.Namespace) -> int:
    """Measure, print the tables, write the results; the exit status."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="neco-bench-")))
        write_project(folder, options.size, options.metadata)
        without, reading = time_reading(folder, options.turns)
        costs = _time_builds(folder, options.repeat)
    targets = [
        Target(name="with / without topics.yml, reading, CPU", measured=reading / without, at_most=1.08),
        *(
            Target(
                name=f"with / without topics.yml, {build}, {options.size} issues, CPU",
                measured=costs[True, build].cpu / costs[False, build].cpu,
                at_most=at_most,
            )
            for build, at_most in (("cold", 1.08), ("second", 1.02))
        ),
    ]
    rows = [
        (f"read {READ} issues", without, reading),
        *((build, costs[False, build].cpu, costs[True, build].cpu) for build in builds.BUILDS),
    ]
    print("\n\n".join((table(("CPU s", "without", "with"), rows), targets_table(targets))))
    write_results(options.json, ("mkdocs", "Markdown"), targets, costs=list(costs.values()))
    return 1 if options.strict and any(target.missed for target in targets) else 0


def write_project(folder: Path, size: int, metadata: Path) -> None:
    """Write a site of so many issues that name topics, and `topics.yml` beside it, where no build finds it yet."""
    generate.write_site(folder, size, locks.kep_numbers(metadata))
    shutil.copytree(metadata, folder / "docs/_metadata")
    (folder / "docs/_metadata" / TOPICS_FILE).unlink(missing_ok=True)
    (folder / "ours.yml").write_text(builds.SITES["ours"], encoding="utf-8")
    write_topics(folder, folder / TOPICS_FILE)


def write_topics(folder: Path, place: Path, *, linked: int = LINKED) -> None:
    """Write a `topics.yml` to a place, and names of its topics into all issues of a site.

    Each issue links to so many repositories of others, too, which become topics with pages of their own.
    """
    place.write_text("".join(map(_entry, range(TOPICS))), encoding="utf-8")
    for path in sorted((folder / "docs/issues").rglob("*.md")):
        path.write_text(_with_topics(path, linked), encoding="utf-8")


def _name(number: int) -> str:
    """A name of two invented words: `Karu Benoto`."""
    rng = random.Random(f"neco-weekly topic {number}")
    return " ".join("".join(rng.sample(_SYLLABLES, 2 + turn)).capitalize() for turn in range(2))


def _entry(number: int) -> str:
    rng, name = random.Random(f"neco-weekly entry {number}"), _name(number)
    about = "".join(generate.fill(rng, words.SENTENCES[it % len(words.SENTENCES)]) for it in range(3))
    return (
        f"topic-{number}:\n  name: {name}\n  aliases: [{''.join(rng.sample(_KANA, 5))}]\n"
        f"  repo: team-{number}/{name.lower().replace(' ', '-')}\n  about: >\n    {about}\n"
    )


def _with_topics(path: Path, linked: int) -> str:
    """The text of an issue with names of topics in its sentences, and links to repositories behind them."""
    rng = random.Random(f"neco-weekly topics {path.name}")
    named = iter([_name(rng.randrange(TOPICS)) for _ in range(NAMED)])
    text = path.read_text(encoding="utf-8")
    lines = [
        f"{next(named, '')}の話。{it}" if it.endswith("。") and rng.random() < 0.4 else it for it in text.split("\n")
    ]
    links = "".join(f"- [詳細](https://github.com/other-{rng.randrange(500)}/tool/pull/7)\n" for _ in range(linked))
    return "\n".join(lines) + (f"\n## リンク\n\n{links}" if links else "")


def time_reading(folder: Path, turns: int) -> tuple[float, float]:
    """CPU seconds to read some issues without topics and with them, turn by turn, the least of each."""
    paths = sorted((folder / "docs/issues").rglob("*.md"))[-READ:]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    scanners = [Scanner(topics=topics) for topics in (TopicsFile(), load_topics(folder / TOPICS_FILE))]
    least = [float("inf")] * 2
    for turn in range(turns):
        progress(f"read {len(texts)} issues, turn {turn + 1}")
        for place, scanner in enumerate(scanners):
            began = time.process_time()
            for text in texts:
                scanner.scan(text)
            least[place] = min(least[place], time.process_time() - began)
    return least[0], least[1]


def _time_builds(folder: Path, repeat: int) -> dict[tuple[bool, str], Cost]:
    """What each build costs, without topics.yml and with it; `True` is with."""
    costs: dict[tuple[bool, str], list[Cost]] = {}
    for _ in range(repeat):
        for has_topics in (False, True):
            place = folder / "docs/_metadata" / TOPICS_FILE
            place.unlink(missing_ok=True)
            if has_topics:
                shutil.copy(folder / TOPICS_FILE, place)
            measure.set_aside(folder)
            for build in builds.BUILDS:
                progress(f"topics: {has_topics}, {build}")
                command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", "ours.yml"]
                cost = measure.run(command, cwd=folder, environment=builds.QUIET)
                costs.setdefault((has_topics, build), []).append(cost)
    return {key: Cost.least(found) for key, found in costs.items()}
