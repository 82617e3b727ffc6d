"""git as a subprocess: bounded in time, without a shell, and without surprises from the environment.

Reading never touches the network: a partial clone would otherwise fetch each missing blob behind our back.
GIT_NO_LAZY_FETCH says so to new versions of git; old ones ignore that variable, so every transport is forbidden as
well.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from ..model.errors import NecoError
from ..model.text import one_line

READING_SECONDS = 120
"""Seconds that a git command may take which only reads."""

WRITING_SECONDS = 900
"""Seconds that a git command may take which clones or fetches."""

_KEPT = frozenset(
    {
        "GIT_CONFIG_GLOBAL",
        "GIT_CONFIG_NOSYSTEM",
        "GIT_CONFIG_SYSTEM",
        "GIT_EXEC_PATH",
        "GIT_SSH",
        "GIT_SSH_COMMAND",
        "GIT_SSH_VARIANT",
        "GIT_SSL_CAINFO",
        "GIT_SSL_CAPATH",
    }
)

"""The variables GIT_* that git keeps: those on how to reach a server or where the user's configuration lies."""

_READING = ("protocol.allow=never", "log.showRoot=true", "log.showSignature=false", "log.diffMerges=separate")

_WRITING = (
    "protocol.allow=never",
    "protocol.file.allow=always",
    "protocol.http.allow=always",
    "protocol.https.allow=always",
    "protocol.ssh.allow=always",
    "http.sslVerify=true",
    # A transfer slower than 1 kB/s for half a minute is over.
    "http.lowSpeedLimit=1000",
    "http.lowSpeedTime=30",
    "gc.auto=0",
    "maintenance.auto=false",
)


class GitError(NecoError):
    """git did not do what git was asked for; the message is git's own word about that."""


def git_environment() -> dict[str, str]:
    """Return the environment that git runs in: git asks nobody, speaks English, and no variable leads git elsewhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name in _KEPT}
    return {**kept, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}


def read(git_dir: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    """Return the output of a git command that only reads, in at most `READING_SECONDS`.

    Raises:
        GitError: git failed or took too long.
        NecoError: git is not installed.
    """
    command = [*_settings(_READING), f"--git-dir={git_dir}", *arguments]
    return _run(command, stdin=stdin, seconds=READING_SECONDS, extra={"GIT_NO_LAZY_FETCH": "1"})


def newest_commit(git_dir: Path) -> str:
    """Return the id of the commit at HEAD, else at the usual branches: a bundle may have been made without a HEAD.

    Raises:
        GitError: the repository has no commits.
    """
    for name in ("HEAD", "refs/heads/main", "refs/heads/master"):
        with suppress(GitError):
            return read(git_dir, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").decode().strip()
    raise GitError("it has no commits")


def write(*arguments: str, stdin: bytes = b"") -> None:
    """Run a git command that makes or fills a clone of ours (`init`, `clone`, `fetch`), in at most `WRITING_SECONDS`.

    Raises:
        GitError: git failed or took too long.
        NecoError: git is not installed.
    """
    _run([*_settings(_WRITING), *arguments], seconds=WRITING_SECONDS, stdin=stdin)


def _settings(settings: Sequence[str]) -> list[str]:
    return [word for setting in settings for word in ("-c", setting)]


def _run(
    arguments: Sequence[str], *, seconds: int, stdin: bytes = b"", extra: Mapping[str, str] | None = None
) -> bytes:
    environment = {**git_environment(), **(extra or {})}
    try:
        done = subprocess.run(
            ["git", *arguments], input=stdin, capture_output=True, env=environment, timeout=seconds, check=False
        )
    except FileNotFoundError as error:
        raise NecoError("git is not installed, or not on PATH; install git to read KEPs and feature gates") from error
    except subprocess.TimeoutExpired as error:
        raise GitError(f"git did not finish within {seconds} s") from error
    except ValueError as error:  # a character that no argument of a program may hold
        raise GitError(f"git was not asked: {error}") from error
    if done.returncode != 0:
        raise GitError(_own_word(done.stderr.decode(errors="replace")) or f"git ended with status {done.returncode}")
    return done.stdout


def _own_word(stderr: str) -> str:
    """Return the line of git's error output that says what is wrong: `fatal: …` where there is one."""
    lines = [one_line(line) for line in stderr.splitlines() if line.strip()]
    telling = [line for line in lines if line.startswith(("fatal: ", "error: "))]
    return (telling or lines or [""])[0].removeprefix("fatal: ").removeprefix("error: ")
