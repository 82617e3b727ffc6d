"""The candidates for each card that the last refresh passed over: kept in the cache folder, for previews to show.

In the lock they would be news without an effect. Where the cache is lost, `neco card URL` finds them again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ..lock.whole_files import sweep, write_whole
from ..model.extraction import PassedOver

FILE = "passed-over.json"
"""The name of the file with the candidates, in the cache folder."""

LARGEST = 20_000_000
"""The number of bytes that are read of it; a larger one is none of ours."""

ByCard = Mapping[str, tuple[PassedOver, ...]]
"""Candidates that were passed over, by the normal URL of the card."""


def load_passed_over(cache: Path) -> ByCard:
    """Return what the cache folder has of it; nothing where there is nothing that can be read."""
    with suppress(OSError, ValueError, RecursionError, AttributeError, TypeError):
        file = cache / FILE
        if file.stat().st_size > LARGEST:
            return {}
        written = json.loads(file.read_text(encoding="utf-8"))
        return {url: tuple(map(PassedOver.from_dict, found)) for url, found in written.items()}
    return {}


def save_passed_over(cache: Path, later: ByCard) -> None:
    """Write the candidates of cards on top of those of other cards; a cache that cannot be written is no trouble."""
    if not later:
        sweep(cache)  # nothing is written here that would sweep away what a killed run has left
        return
    known = {**load_passed_over(cache), **later}
    written = {url: [it.to_dict() for it in known[url]] for url in sorted(known) if known[url]}
    with suppress(OSError):
        write_whole(cache / FILE, json.dumps(written, ensure_ascii=False, indent=0))
