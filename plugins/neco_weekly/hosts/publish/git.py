"""git in one work tree and its remote `origin`."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ...sources.git import git_environment
from .programs import Done, PublishError, reason, run

SECONDS = 300

BOT_NAME = "github-actions[bot]"

BOT_EMAIL = "41898282+github-actions[bot]@users.noreply.github.com"

_BOT = {
    f"GIT_{role}_{what}": who
    for role in ("AUTHOR", "COMMITTER")
    for what, who in (("NAME", BOT_NAME), ("EMAIL", BOT_EMAIL))
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Git:
    """Runs git as the bot. The token goes to `server` only, and into no file."""

    folder: Path
    server: str = ""
    token: str | None = field(default=None, repr=False)

    def run(self, *arguments: str, stdin: bytes = b"", index: Path | None = None) -> bytes:
        """The output of a command; raises PublishError with git's own word."""
        done = self._attempt(arguments, stdin=stdin, index=index)
        if done.returncode != 0:
            raise PublishError(f"git {arguments[0]} failed: {reason(done)}")
        return done.stdout

    def text(self, *arguments: str, index: Path | None = None) -> str:
        """The same as text, without the last line end."""
        return self.run(*arguments, index=index).decode(errors="replace").strip()

    def tip(self, branch: str) -> str:
        """Fetch a branch of the remote; its commit, or nothing where there is no such branch."""
        ref = f"refs/heads/{branch}"
        known = {line.partition("\t")[2] for line in self.text("ls-remote", "origin", ref).splitlines()}
        if ref not in known:
            return ""
        self.run("fetch", "--quiet", "--no-tags", "origin", ref)
        return self.text("rev-parse", "FETCH_HEAD")

    def push(self, commit: str, branch: str, *, expected: str) -> bool:
        """Let a branch of the remote be this commit; False if it is not (or no longer) at `expected`."""
        ref = f"refs/heads/{branch}"
        lease = f"--force-with-lease={ref}:{expected}"
        done = self._attempt(("push", "--porcelain", "--no-verify", lease, "origin", f"{commit}:{ref}"))
        if done.returncode == 0:
            return True
        if b"[rejected]" in done.stdout or b"cannot lock ref" in done.stdout + done.stderr:
            return False
        raise PublishError(
            f"the remote did not take the branch {branch}: {reason(done)}; "
            "let GitHub Actions push there, or commit the lock by hand"
        )

    def _attempt(self, arguments: Sequence[str], *, stdin: bytes = b"", index: Path | None = None) -> Done:
        own = {"GIT_INDEX_FILE": str(index)} if index else {}
        return run(
            ["git", "-C", str(self.folder), *arguments],
            stdin=stdin,
            environment={**git_environment(), **_BOT, **own, **self._authorization()},
            seconds=SECONDS,
        )

    def _authorization(self) -> dict[str, str]:
        """Settings by environment: arguments would be seen in the list of processes."""
        if not self.token:
            return {}
        key = f"http.{self.server.rstrip('/')}/.extraHeader"
        secret = base64.b64encode(f"x-access-token:{self.token}".encode()).decode()
        # The empty value forgets a header that a checkout left behind: two of them are refused.
        values = ("", f"Authorization: Basic {secret}")
        settings = {f"GIT_CONFIG_KEY_{number}": key for number in range(len(values))}
        settings |= {f"GIT_CONFIG_VALUE_{number}": value for number, value in enumerate(values)}
        return {**settings, "GIT_CONFIG_COUNT": str(len(values))}
