"""Where git itself finds the KEPs of a day, to compare with what was read from their history."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from neco_weekly.model.keps import EnhancementState, Snapshot
from neco_weekly.sources.keps.kep_yaml import parse_kep_file

NUMBER = re.compile(r":kep-number: *[\"']?0*(\d+)")


@dataclass(frozen=True)
class Compared:
    """How many numbers git found files of, and which are elsewhere or otherwise in the history."""

    files: int
    wrong: list[tuple[object, ...]]


def cloned(bundle: Path, folder: Path) -> Path:
    subprocess.run(["git", "clone", "--quiet", "--bare", str(bundle), str(folder)], check=True, capture_output=True)
    return folder


def compare(day: dt.date, clone: Path, history: Snapshot, *, each: int = 1) -> Compared:
    """Compare paths of all KEPs on a day, and what each of so many numbers said."""
    commit = commit_of(clone, day)
    paths = files_of(clone, commit)
    wrong: list[tuple[object, ...]] = []
    for number in sorted({*paths, *history.enhancements}):
        known = history.enhancements.get(number)
        record = known.at(day) if known else None
        found = paths.get(number, [])
        states = {path: state_at(clone, commit, path) for path in found if len(found) > 1 or number % each == 0}
        if len(found) > 1:
            found = [path for path in found if states[path].status != "replaced"]
        if len(found) != 1:
            expected = "ambiguous" if number in paths else None
            told = record.gap if record and record.gap != "deleted" else None
            wrong += [(number, expected, record)] if told != expected or (record and record.state) else []
        elif not record or record.source.path != found[0]:
            wrong.append((number, found[0], record))
        elif found[0] in states and record.state != states[found[0]]:
            wrong.append((number, "state", record))
    return Compared(len(paths), wrong)


def files_of(clone: Path, commit: str) -> dict[int, list[str]]:
    """Paths by number, as the definition's `git grep` finds them."""
    command = ["grep", "-E", r"""^kep-number: *["']?0*[1-9][0-9]*["']? *(#.*)?$""", commit, "--", "keps/*kep.yaml"]
    paths: dict[int, list[str]] = {}
    for found in git(clone, *command).splitlines():
        path = found.split(":")[1]
        match = NUMBER.search(found)
        assert match
        paths.setdefault(int(match[1]), []).append(path)
    return paths


def state_at(clone: Path, commit: str, path: str) -> EnhancementState:
    return parse_kep_file(git(clone, "show", f"{commit}:{path}").encode(), path=path).state


def commit_of(folder: Path, day: dt.date) -> str:
    """The commit that answers for a day: `facts/keps.md`."""
    command = ["rev-list", "-1", "--first-parent", f"--before={day} 23:59:59 +0900", "HEAD"]
    return git(folder, *command).strip()


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", folder, *arguments], capture_output=True, text=True, check=True).stdout
