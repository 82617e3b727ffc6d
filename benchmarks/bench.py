"""The benchmarks: `bench.py [BENCHMARK] [options]`.

Without a name it is `build`; `bench.py BENCHMARK --help` tells the options of one.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

import builds
import cards
import histories
from measure import BenchmarkError

BENCHMARKS = {"build": builds, "history": histories, "cards": cards}
DEFAULT = "build"


def main(arguments: Sequence[str]) -> int:
    """Run the named benchmark. 0: measured; 1: a build failed, or a target was missed under --strict; 2: usage."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="BENCHMARK")
    for name, benchmark in BENCHMARKS.items():
        command = commands.add_parser(name, help=benchmark.__doc__, description=benchmark.__doc__)
        benchmark.add_options(command)
        command.set_defaults(run=benchmark.run)
    options = parser.parse_args(_with_name(arguments))
    try:
        return int(options.run(options))
    except BenchmarkError as error:
        print(f"bench: {error}", file=sys.stderr)
        return error.status


def _with_name(arguments: Sequence[str]) -> Sequence[str]:
    """The arguments beginning with a benchmark's name or with a request for help."""
    named = arguments[:1] and arguments[0] in {*BENCHMARKS, "-h", "--help"}
    return arguments if named else (DEFAULT, *arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
