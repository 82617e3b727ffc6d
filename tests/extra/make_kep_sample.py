"""Writes `tests/data/keps/history.txt` from the history of all KEPs, which lies beside the project in `../shared`.

    .venv/bin/python -m tests.extra.make_kep_sample

The file is what `git fast-import` reads: every commit that touched one of a few KEPs, with its kep.yaml as it was.
Of the commits' words only the number of the pull request is kept.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.extra.shared import BUNDLE
from tests.kep_sample import SAMPLE

WANTED = re.compile(
    r"""keps/(?:
      .*/(?: 127 | 2254 | 2579 | 3022 | 3094 | 3243 | 3327    # that issues of 2022 wrote about
           | 1884 | 2043    # a folder with another number than its file
           | 2133           # a number that stands in two files
           | 2763           # a title that is that of the template
           | 1495 | 5008    # moved
           | 2004 | 2030    # deleted
           | 0000 )-[^/]*   # no number
    )/kep\.yaml""",
    re.VERBOSE,
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["git", "clone", "--quiet", "--bare", str(BUNDLE), folder], check=True)
        stream = b"".join(commits(Path(folder)))
    SAMPLE.write_bytes(stream)
    print(f"{SAMPLE}: {len(stream) / 1000:.0f} kB")


def git(clone: Path, *arguments: str) -> bytes:
    return subprocess.run(["git", "-C", str(clone), *arguments], check=True, capture_output=True).stdout


def commits(clone: Path) -> Iterator[bytes]:
    """Every commit with a change of what is wanted, oldest first."""
    listed = git(clone, "log", "--reverse", "--first-parent", "--no-renames", "--format=%x00%H %ct %s", "--name-status")
    for entry in listed.decode().split("\0")[1:]:
        head, *lines = entry.splitlines()
        commit, seconds, subject = head.split(" ", 2)
        changes = [line.split("\t") for line in lines if line]
        wanted = [(status, path) for status, path in changes if WANTED.fullmatch(path)]
        if wanted:
            merged, squashed = re.match(r"Merge pull request #\d+ from ", subject), re.search(r" \(#\d+\)$", subject)
            squash = f"a change{squashed[0]}" if squashed else "a change"
            yield head_of_commit(seconds, f"{merged[0]}someone/branch" if merged else squash)
            for status, path in wanted:
                if status == "D":
                    yield f"D {path}\n".encode()
                else:
                    yield f"M 100644 inline {path}\n".encode() + data(git(clone, "show", f"{commit}:{path}"))
    yield head_of_commit(seconds, "the newest commit of all")


def head_of_commit(seconds: str, message: str) -> bytes:
    author = f"Kubernetes <kubernetes@example.org> {seconds} +0000"
    return f"commit refs/heads/master\ncommitter {author}\n".encode() + data(message.encode())


def data(content: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(content), content)


if __name__ == "__main__":
    main()
