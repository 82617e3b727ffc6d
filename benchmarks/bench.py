"""The benchmarks: `bench.py [BENCHMARK] [options]`.

Without a name it is `build`; `bench.py BENCHMARK --help` tells the options of one.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from measure import BenchmarkError

BENCHMARKS = {
    "build": "builds",
    "history": "histories",
    "cards": "cards",
    "search": "search",
    "rows": "rows",
    "lengths": "lengths",
    "ends": "ends",
    "pages": "pages",
    "grammar": "grammars",
    "topics": "topics",
    "releases": "releases",
    "digest": "digests",
    "sharing": "sharing",
    "changes": "changes",
    "rewritten": "rewritten",
    "saves": "saves",
}
"""Names, and the modules that are them."""
DEFAULT = "build"


def main(arguments: Sequence[str]) -> int:
    """Run the named benchmark. 0: measured; 1: a build failed, or a target was missed under --strict; 2: usage."""
    name, *others = _with_name(arguments)
    names = argparse.ArgumentParser(prog="bench", description=__doc__)
    names.add_argument("benchmark", choices=BENCHMARKS)
    names.parse_args([name])
    benchmark = import_module(BENCHMARKS[name])  # none but this: each needs other packages
    parser = argparse.ArgumentParser(prog=f"bench {name}", description=benchmark.__doc__)
    benchmark.add_options(parser)
    options = parser.parse_args(others)
    try:
        return int(benchmark.run(options))
    except BenchmarkError as error:
        print(f"bench: {error}", file=sys.stderr)
        return error.status


def _with_name(arguments: Sequence[str]) -> Sequence[str]:
    """The arguments beginning with a benchmark's name or with a request for help."""
    named = arguments[:1] and arguments[0] in {*BENCHMARKS, "-h", "--help"}
    return arguments if named else (DEFAULT, *arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
