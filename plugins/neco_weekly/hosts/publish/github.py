"""GitHub's REST API by way of `gh api`: only `sources.http` opens sockets, and it only reads.

The commands of gh above the API (`gh pr edit`) ask for more than they need: https://github.com/cli/cli/issues/6274.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ...model.errors import NecoError
from .programs import PublishError, reason, run

SECONDS = 60
"""Seconds that a request to GitHub may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GitHub:
    """GitHub's API of one repository, for one run of a workflow.

    Raises:
        NecoError: something is missing; said at once, so that nothing is begun that cannot be finished.
    """

    repository: str
    token: str = field(repr=False)
    api: str
    run_url: str | None = None

    def __post_init__(self) -> None:
        if not self.repository or not self.token:
            raise NecoError("GITHUB_REPOSITORY and GITHUB_TOKEN must be set, or --repository and --token be given")
        if shutil.which("gh") is None:
            raise NecoError("gh, GitHub's command line, is not on PATH; install it (https://cli.github.com)")

    @property
    def owner(self) -> str:
        """The user or organisation that owns the repository."""
        return self.repository.partition("/")[0]

    def get(self, path: str) -> Any:
        """Return the JSON at a path below the repository's, without its first slash; empty for the repository itself.

        Raises:
            PublishError: GitHub refused; the sentence has GitHub's own word.
        """
        return self._ask("GET", path)

    def send(self, method: str, path: str, document: Mapping[str, Any]) -> Any:
        """Create or change what is at a path below the repository's, and return the JSON of the response.

        Raises:
            PublishError: GitHub refused; the sentence has GitHub's own word.
        """
        return self._ask(method, path, "--input", "-", stdin=json.dumps(document).encode())

    def _ask(self, method: str, path: str, *options: str, stdin: bytes = b"") -> Any:
        url = f"{self.api.rstrip('/')}/repos/{self.repository}/{path}".rstrip("/")
        tokens = {"GH_TOKEN": self.token, "GH_ENTERPRISE_TOKEN": self.token}
        done = run(
            ["gh", "api", "--method", method, url, *options],
            stdin=stdin,
            environment={**os.environ, **tokens, "GH_PROMPT_DISABLED": "1", "NO_COLOR": "1"},
            seconds=SECONDS,
        )
        if done.returncode != 0:
            raise PublishError(f"GitHub refused {method} {path.partition('?')[0]}: {reason(done)}")
        try:
            return json.loads(done.stdout)
        except ValueError as error:
            raise PublishError(f"GitHub's answer to {method} {path.partition('?')[0]} is not JSON") from error
