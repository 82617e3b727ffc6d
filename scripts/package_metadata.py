"""What the package says of itself and is written elsewhere: README.md describes it, its addresses are GitHub's.

No file names the repository, for a fork is as good as this one: a build that a workflow runs takes the name that GitHub
gives it, and any other build has no addresses.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_PICTURE = re.compile(r"(!\[[^\]]*\]\()(?!\w+:)([^)#]+)")
_LINK = re.compile(r"(\]\()(?!\w+:)([^)#]+)")


class PackageMetadata(MetadataHookInterface):
    """The hook that hatchling calls."""

    def update(self, metadata: dict[str, Any]) -> None:
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        repository = repository_of(os.environ)
        metadata["readme"] = {"content-type": "text/markdown", "text": described(text, repository)}
        metadata["urls"] = addresses(repository)


def repository_of(environment: Mapping[str, str]) -> str:
    """The address of the repository that a workflow builds; empty elsewhere."""
    server, name = environment.get("GITHUB_SERVER_URL", ""), environment.get("GITHUB_REPOSITORY", "")
    return f"{server}/{name}" if server and name else ""


def addresses(repository: str) -> dict[str, str]:
    if not repository:
        return {}
    return {
        "Repository": repository,
        "Documentation": f"{repository}#readme",
        "Changelog": f"{repository}/blob/HEAD/CHANGELOG.md",
        "Issues": f"{repository}/issues",
    }


def described(readme: str, repository: str) -> str:
    """README.md with its links as a page elsewhere needs them; as it is where the repository has no address."""
    if not repository:
        return readme
    with_pictures = _PICTURE.sub(rf"\1{repository}/raw/HEAD/\2", readme)
    return _LINK.sub(rf"\1{repository}/blob/HEAD/\2", with_pictures)
