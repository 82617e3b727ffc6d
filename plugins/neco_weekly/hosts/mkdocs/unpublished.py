"""What no reader needs, kept out of the site whatever `exclude_docs` says: the lock, and patterns of issues."""

from __future__ import annotations

import re
from pathlib import Path

from mkdocs.config.config_options import PathSpec
from mkdocs.config.defaults import MkDocsConfig

from ...lock.store import CARDS_FILE, KEPS_FILE, OVERRIDES_FILE, RELEASES_FILE, SYNONYMS_FILE, TOPICS_FILE, WATCHED_FILE

TEMPLATES = "/_templates/**"
"""The folder of patterns for issues, below the docs folder."""

_SIGNS, _ESCAPED = re.compile(r"[\\*?\[\] !#]"), r"\\\g<0>"


def keep_from_readers(config: MkDocsConfig, metadata: Path) -> None:
    """Exclude the lock and the folder of patterns from the site; `metadata` is the lock's folder.

    The lock's folder goes as a whole where its name says that it is no page (`_metadata`, `.lock`); elsewhere a writer
    may have pages beside the lock, and only its own files go. Each line names files: one that names a folder would
    yield to a `!*.json` before it.
    """
    lines = [TEMPLATES]
    try:
        below = metadata.resolve().relative_to(Path(config.docs_dir).resolve()).as_posix()
    except ValueError:  # the lock lies outside, where MkDocs does not look
        below = None
    if below is not None:
        place = f"/{_SIGNS.sub(_ESCAPED, below)}/" if below != "." else "/"
        whole = below.rpartition("/")[2].startswith(("_", ".")) and below != "."
        own = (KEPS_FILE, CARDS_FILE, WATCHED_FILE, RELEASES_FILE, OVERRIDES_FILE, SYNONYMS_FILE, TOPICS_FILE)
        names = ("**",) if whole else own
        lines += [f"{place}{name}" for name in names]
    ours = PathSpec().run_validation("\n".join(lines))
    config.exclude_docs = config.exclude_docs + ours if config.exclude_docs else ours
