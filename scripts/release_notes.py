"""Prints the section of CHANGELOG.md that a tag names, or says in one sentence why the tag is no release.

python scripts/release_notes.py v0.1.0
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class NoReleaseError(Exception):
    """The tag is no release of what lies here."""


def notes(tag: str, version: str, changes: str) -> str:
    """The section of the change log for a tag such as `v0.1.0`, without its heading.

    Raises:
        NoReleaseError: the tag is of another version, or the change log has no day for it.
    """
    if tag != f"v{version}":
        raise NoReleaseError(f"the tag {tag} is not v{version}, the package's own version; correct one of the two")
    heading = re.search(rf"^## {re.escape(version)} – \d{{4}}-\d\d-\d\d$", changes, re.MULTILINE)
    if heading is None:
        raise NoReleaseError(f"CHANGELOG.md has no heading `## {version} – YYYY-MM-DD`; write the day of the release")
    return changes[heading.end() :].partition("\n## ")[0].strip() + "\n"


def version_here() -> str:
    text = (ROOT / "plugins/neco_weekly/__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(.+)"$', text, re.MULTILINE)
    return found[1] if found else ""


def main(tag: str) -> int:
    try:
        print(notes(tag, version_here(), (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")), end="")
    except NoReleaseError as error:
        print(f"release_notes: {error}.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
