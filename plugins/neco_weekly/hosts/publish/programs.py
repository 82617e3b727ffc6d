"""Other programs: run without a shell, for a limited time, and what they complain of in one line."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence

from ...model.errors import NecoError

Done = subprocess.CompletedProcess[bytes]
"""A program that has ended, with its output."""


class PublishError(NecoError):
    """git or GitHub refused or failed; the sentence says what to do about that."""


def run(command: Sequence[str], *, stdin: bytes, environment: Mapping[str, str], seconds: int) -> Done:
    """Run a program to its end, whatever its exit status is, and return its output.

    Raises:
        NecoError: the program is not installed.
        PublishError: the program took too long.
    """
    try:
        return subprocess.run(command, input=stdin, capture_output=True, env=environment, timeout=seconds, check=False)
    except FileNotFoundError as error:
        raise NecoError(f"{command[0]} is not on PATH; install it") from error
    except subprocess.TimeoutExpired as error:
        raise PublishError(f"{command[0]} did not finish within {seconds} s; run this again") from error


def reason(done: Done) -> str:
    """Return the line of a program's error output that says most: the remote's own word, else the first error."""
    lines = [line.strip() for line in done.stderr.decode(errors="replace").splitlines() if line.strip()]
    for sign in ("remote: error: ", "remote: fatal: ", "fatal: ", "error: ", "gh: "):
        for line in lines:
            if line.startswith(sign):
                return line.removeprefix(sign)
    return lines[0] if lines else f"it ended with status {done.returncode}"
