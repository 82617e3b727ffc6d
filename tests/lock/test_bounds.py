"""Files of the lock that somebody made to fill the memory, or to take minutes: each is one sentence with its place."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from neco_weekly.lock import json_documents
from neco_weekly.lock.store import Lock, load_lock
from neco_weekly.lock.updates import update_lock, writing
from neco_weekly.model.cards import Card
from neco_weekly.model.errors import NecoError

from tests.guards import coming_to_an_end
from tests.sites import PATIENCE

MANY = 10_000_000
LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]\n" for old, new in zip("abcdefghi", "bcdefghij", strict=True)
)
RESTORE = "; restore it from git, or delete it and run `neco refresh`"
TOO_MUCH = f": has more than 100,000 objects or 500,000 other values{RESTORE}"
NAMES = ",".join(f'"{name}":1' for name in range(90_000))

BOMBS: dict[str, tuple[str, Callable[[], str], str]] = {
    "a name that stands twice among many": (
        "keps.json", lambda: f'{{"schema":3,{NAMES},"89999":1}}', f": holds '89999' twice{RESTORE}"
    ),
    "values": ("keps.json", lambda: f'{{"schema":3,"as_of":[{"[]," * (MANY // 3)}[]]}}', TOO_MUCH),
    "objects": ("cards.json", lambda: f'{{"schema":2,"cards":[{"{}," * (MANY // 3)}[]]}}', TOO_MUCH),
    "spaces": ("keps.json", lambda: " " * 2 * MANY, f": it has more than 16,777,216 bytes{RESTORE}"),
    "depth": ("keps.json", lambda: "[" * 400_000, f": is no lock, it is nested too deeply{RESTORE}"),
    "depth in a value": (
        "keps.json",
        lambda: f'{{"schema":3,"as_of":{"[" * 900}{"]" * 900}}}',
        f": as_of: expected a date like 2026-08-31, found [[[[...]]]]{RESTORE}",
    ),
    "digits": ("keps.json", lambda: f'{{"schema":{"9" * MANY}}}', f": holds a number of 10,000,000 digits{RESTORE}"),
    "a text": (
        "keps.json",
        lambda: f'{{"schema":3,"as_of":"{"x" * MANY}"}}',
        f": as_of: expected a date like 2026-08-31, found '{'x' * 47}...{'x' * 48}'{RESTORE}",
    ),
    "a name": (
        "keps.json",
        lambda: f'{{"schema":3,"{"x" * MANY}":1}}',
        f": unknown field '{'x' * 284}…{RESTORE}",
    ),
    "an address": ("cards.json", lambda: f'{{"schema":2,"cards":{{"{"x" * MANY}":1}}}}', ""),
    "aliases": (
        "overrides.yml", lambda: f"{LAUGHS}keps: *j\n",
        ":6: its aliases stand for more than 1,048,576 characters; write it more simply",
    ),
    "aliases of synonyms": (
        "synonyms.yml", lambda: LAUGHS, ":6: its aliases stand for more than 1,048,576 characters; write it more simply"
    ),
    "depth of an override": (
        "overrides.yml", lambda: f"keps:\n  {'[' * 100_000}", ":2: it is nested more than 50 deep; write it more simply"
    ),
    "length of an override": (
        "overrides.yml",
        lambda: f"keps: {{1: {{note: '{'x' * MANY}'}}}}",
        ": it has more than 262,144 bytes; shorten it",
    ),
    "words of an override": (
        "overrides.yml",
        lambda: f"keps: {{1: {{stage: '{'x' * 200_000}'}}}}",
        f":1: '{'x' * 298}…; correct it",
    ),
}  # fmt: skip

LOAD = """
import json, sys
from pathlib import Path
from neco_weekly.lock.store import load_lock
from neco_weekly.model.errors import NecoError

for folder in sys.argv[1:]:
    try:
        load_lock(Path(folder))
    except NecoError as error:
        print(json.dumps(str(error)))
# VmHWM and not getrusage, whose peak a process takes over from the one that started it.
print(next(it for it in Path("/proc/self/status").read_text().splitlines() if it.startswith("VmHWM")).split()[1])
"""


def test_each_is_one_sentence_and_all_together_take_200_megabytes(tmp_path: Path) -> None:
    for number, (name, make, _) in enumerate(BOMBS.values()):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / name).write_text(make(), encoding="utf-8")
    folders = [str(tmp_path / str(number)) for number in range(len(BOMBS))]
    done = subprocess.run(
        [sys.executable, "-c", LOAD, *folders], capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 0, done.stderr[-1000:]
    *sentences, memory = (json.loads(line) for line in done.stdout.splitlines())
    assert memory < 200_000  # kilobytes, as Linux counts
    expected = [f"{folder}/{name}{said}" for folder, (name, _, said) in zip(folders, BOMBS.values(), strict=True)]
    assert [it for it in zip(sentences, expected, strict=True) if not it[0].startswith(it[1])] == []
    assert max(map(len, sentences)) < 1000


@pytest.mark.parametrize("name", BOMBS)
def test_none_takes_long(name: str, tmp_path: Path) -> None:
    file, make, _ = BOMBS[name]
    (tmp_path / file).write_text(make(), encoding="utf-8")
    with coming_to_an_end(name), pytest.raises(NecoError):
        load_lock(tmp_path)


def test_a_device_without_end(tmp_path: Path) -> None:
    (tmp_path / "overrides.yml").symlink_to("/dev/zero")
    with (
        coming_to_an_end("/dev/zero"),
        pytest.raises(NecoError, match=r"overrides.yml: it has more than 262,144 bytes"),
    ):
        load_lock(tmp_path)


def test_what_could_not_be_read_again_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_documents, "LARGEST", 1000)
    large = Card(url="https://a.jp/", description="x" * 1000)
    said = "cards.json: would have more than 1,000 bytes, which no lock may have; nothing was changed; "
    with pytest.raises(NecoError, match=said), writing(tmp_path):
        update_lock(tmp_path, lambda lock: replace(lock, cards={large.url: large}))
    assert load_lock(tmp_path) == Lock()
