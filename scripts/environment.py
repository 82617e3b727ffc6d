"""Makes an environment hold what `requirements/` pins; `environment.sh` runs it before every door.

`.venv` serves two levels: `build`, and `test`, which contains it. `.venv-plugins` serves the level `plugins`, for what
other plugins bring along must not be there where a site is built. A stamp inside an environment holds the digests of
what it was made from. The stamp is taken away before anything is changed and written again at the end, so that an
interrupted run leaves none and the next one starts over.
"""

import fcntl
import hashlib
import json
import os
import platform
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, STDOUT

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / ".cache" / "environment.lock"


class Environment:
    """A virtual environment of the project, by its folder's name."""

    def __init__(self, name: str) -> None:
        self.name, self.folder = name, ROOT / name
        self.python, self.stamp = self.folder / "bin/python", self.folder / "neco-stamp.json"

    def read_stamp(self) -> dict[str, str]:
        # A missing interpreter is a link to a Python that was removed since.
        if not self.python.exists() or not self.stamp.exists():
            return {}
        stamp: dict[str, str] = json.loads(self.stamp.read_text(encoding="utf-8"))
        return stamp

    def write_stamp(self, stamp: dict[str, str]) -> None:
        unfinished = self.stamp.with_suffix(".tmp")
        unfinished.write_text(json.dumps(stamp, indent=2) + "\n", encoding="utf-8")
        unfinished.replace(self.stamp)

    def pip_install(self, *arguments: str, lock: int) -> None:
        command = [str(self.python), "-m", "pip", "install", "--no-input", "--progress-bar=off", *arguments]
        # pip keeps the lock open, so that it is held for as long as pip runs, even when this process is killed.
        pip = subprocess.run(
            command, cwd=ROOT, pass_fds=[lock], stdout=PIPE, stderr=STDOUT, encoding="utf-8", check=False
        )
        if pip.returncode != 0:
            print(*pip.stdout.splitlines()[-20:], sep="\n", file=sys.stderr)
            say("pip failed, its last lines are above; check that the package index can be reached and run this again.")
            sys.exit(2)


def main(level: str) -> None:
    environment = Environment(".venv-plugins" if level == "plugins" else ".venv")
    with one_run_at_a_time() as lock:
        done, wanted = environment.read_stamp(), digests()
        if "test" in done:  # it contains the build level
            level = "test"
        needed = {step: wanted[step] for step in ("python", level, "project")}
        if done == done | needed:
            return

        environment.stamp.unlink(missing_ok=True)
        if not done or any(done[step] != wanted[step] for step in done if step != "project"):
            say(f"creating {environment.name} with Python {platform.python_version()}")
            venv.create(environment.folder, clear=True, with_pip=True)
            done = {}
        if level not in done:
            say(f"installing requirements/{level}.txt, which takes about a minute")
            environment.pip_install("--require-hashes", "--requirement", f"requirements/{level}.txt", lock=lock)
        if done.get("project") != wanted["project"]:
            environment.pip_install("--no-deps", "--no-build-isolation", "--editable", ".", lock=lock)
        environment.write_stamp(done | needed)


def digests() -> dict[str, str]:
    return {
        # The folder belongs to it: the programs of an environment start with its absolute path.
        "python": digest(f"{platform.python_version()} in {ROOT}".encode()),
        "build": digest((ROOT / "requirements/build.txt").read_bytes()),
        "test": digest((ROOT / "requirements/test.txt").read_bytes()),
        "plugins": digest((ROOT / "requirements/plugins.txt").read_bytes()),
        "project": digest((ROOT / "pyproject.toml").read_bytes()),
    }


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@contextmanager
def one_run_at_a_time() -> Iterator[int]:
    LOCK.parent.mkdir(exist_ok=True)
    lock = os.open(LOCK, os.O_CREAT | os.O_RDWR)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another run is preparing an environment; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock
    finally:
        os.close(lock)


def say(message: str) -> None:
    print(f"neco-weekly: {message}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        sys.exit(130)
