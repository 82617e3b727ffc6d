"""git in one work tree and its remote `origin`, as the bot that publishes."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ...sources.git import git_environment
from .programs import Done, PublishError, reason, run

SECONDS = 300
"""Seconds that a git command may take."""

BOT_NAME = "github-actions[bot]"
"""The name of the bot that GitHub knows as the author of a workflow's commits."""

BOT_EMAIL = "41898282+github-actions[bot]@users.noreply.github.com"
"""The address of the bot that GitHub knows as the author of a workflow's commits."""

_BOT = {
    f"GIT_{role}_{what}": who
    for role in ("AUTHOR", "COMMITTER")
    for what, who in (("NAME", BOT_NAME), ("EMAIL", BOT_EMAIL))
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Git:
    """git in one work tree, run as the bot. The token goes to `server` only, and into no file."""

    folder: Path
    server: str = ""
    token: str | None = field(default=None, repr=False)

    def run(self, *arguments: str, stdin: bytes = b"", index: Path | None = None) -> bytes:
        """Return the output of a git command, which has `index` for its index if that is named.

        Raises:
            PublishError: git failed; the sentence has git's own word.
        """
        done = self._attempt(arguments, stdin=stdin, index=index)
        if done.returncode != 0:
            raise PublishError(f"git {arguments[0]} failed: {reason(done)}")
        return done.stdout

    def text(self, *arguments: str, index: Path | None = None) -> str:
        """Return the output of a git command as text, without the white space around it.

        Raises:
            PublishError: git failed; the sentence has git's own word.
        """
        return self.run(*arguments, index=index).decode(errors="replace").strip()

    def tip(self, branch: str) -> str:
        """Fetch a branch of the remote and return its commit; empty where there is no such branch.

        Raises:
            PublishError: git failed.
        """
        ref = f"refs/heads/{branch}"
        known = {line.partition("\t")[2] for line in self.text("ls-remote", "origin", ref).splitlines()}
        if ref not in known:
            return ""
        self.run("fetch", "--quiet", "--no-tags", "origin", ref)
        return self.text("rev-parse", "FETCH_HEAD")

    def default_branch(self) -> str:
        """Return the name of the remote's default branch.

        Raises:
            PublishError: git failed, or the remote names none.
        """
        head = self.text("ls-remote", "--symref", "origin", "HEAD").partition("\t")[0]
        if not head.startswith("ref: refs/heads/"):
            raise PublishError("the remote names no default branch; name where the pull request leads to with --base")
        return head.removeprefix("ref: refs/heads/")

    def push(self, commit: str, branch: str, *, expected: str) -> bool:
        """Push a commit to a branch of the remote; return False if the branch is not (or no longer) at `expected`.

        Raises:
            PublishError: the remote refused the branch for another reason.
        """
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
        """Return git's settings for the token as environment variables: arguments show in the list of processes."""
        if not self.token:
            return {}
        key = f"http.{self.server.rstrip('/')}/.extraHeader"
        secret = base64.b64encode(f"x-access-token:{self.token}".encode()).decode()
        # The empty value forgets a header that a checkout left behind: two of them are refused.
        values = ("", f"Authorization: Basic {secret}")
        settings = {f"GIT_CONFIG_KEY_{number}": key for number in range(len(values))}
        settings |= {f"GIT_CONFIG_VALUE_{number}": value for number, value in enumerate(values)}
        return {**settings, "GIT_CONFIG_COUNT": str(len(values))}
