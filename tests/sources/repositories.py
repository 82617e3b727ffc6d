"""Git repositories under construction, with the kep.yaml files they hold."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from neco_weekly.model.keps import Snapshot
from neco_weekly.sources.keps.repository import KepRepository, open_repository

KEP_127 = "keps/sig-node/127-user-namespaces/kep.yaml"


class GitFolder:
    """A git repository under construction, deaf to the configuration of the machine."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=master", "--template=")
        with (path / ".git/config").open("a") as config:
            config.write("[uploadpack]\n\tallowFilter = true\n")

    def git(self, *arguments: str, at: str = "2024-01-01T00:00:00Z") -> str:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.path),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "A",
            "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "A",
            "GIT_COMMITTER_EMAIL": "a@example.org",
            "GIT_AUTHOR_DATE": at,
            "GIT_COMMITTER_DATE": at,
        }
        command = ["git", "-C", str(self.path), *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()

    def commit(
        self, files: Mapping[str, str | None], *, subject: str = "a change", at: str = "2024-01-01T00:00:00Z"
    ) -> None:
        """Write files (None: delete) and commit."""
        for name, text in files.items():
            file = self.path / name
            if text is None:
                file.unlink()
            else:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", subject, at=at)


def kep(number: object = 127, *, title: str = "A title", **fields: str) -> str:
    lines = [f"title: {title}", f"kep-number: {number}", *(f"{name}: {value}" for name, value in fields.items())]
    return "\n".join(lines) + "\n"


def merge_a_branch(upstream: GitFolder) -> None:
    """A KEP of January is changed on a branch in February, which is merged in April; KEP-2 comes in March."""
    upstream.commit({KEP_127: kep(), "keps/sig-a/1-root/kep.yaml": kep(1)}, at="2024-01-01T00:00:00Z")
    upstream.git("checkout", "--quiet", "-b", "branch")
    upstream.commit({KEP_127: kep(stage="beta")}, subject="work", at="2024-02-01T00:00:00Z")
    upstream.git("checkout", "--quiet", "master")
    upstream.commit({"keps/sig-a/2-other/kep.yaml": kep(2)}, at="2024-03-01T00:00:00Z")
    subject = "Merge pull request #9 from me/branch"
    upstream.git("merge", "--quiet", "--no-ff", "-m", subject, "branch", at="2024-04-01T00:00:00Z")


def snapshot(folder: GitFolder, cache: Path) -> Snapshot:
    return open_repository(str(folder.path), cache_dir=cache).snapshot()


def titles(repository: KepRepository) -> dict[int, str]:
    return {number: it.state.title for number, it in repository.snapshot().enhancements.items()}
