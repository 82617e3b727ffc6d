"""The lock: what refresh fetched (`keps.json`, `cards.json`), with what people wrote (`overrides.yml`, `synonyms.yml`).

The files read like prose: a schema version, sorted keys, one field a line, UTF-8. They are validated when loaded, saved
atomically and only when they differ.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from ..grammar.urls import normal_url
from ..model.cards import Card
from ..model.errors import NecoError
from ..model.keps import Absence, Enhancement
from ..model.pull_requests import kep_of_pull
from .cards_json import cards_text, read_cards
from .keps_json import KepsDocument, keps_text, read_keps
from .overrides import Override, load_overrides
from .synonyms import Synonyms, load_synonyms
from .whole_files import write_together

KEPS_FILE, CARDS_FILE, OVERRIDES_FILE, SYNONYMS_FILE = "keps.json", "cards.json", "overrides.yml", "synonyms.yml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """The lock: everything known of KEPs and web pages. `as_of` is the newest day a source speaks for, "now" on pages.

    `fetched` and `missing` are keyed by KEP number, `cards` by normal URL. `pulls` has for pull requests of
    kubernetes/enhancements that issues mention the numbers of the KEPs that each has changed.
    """

    as_of: dt.date | None = None
    fetched: Mapping[int, Enhancement] = field(default_factory=dict)
    missing: Mapping[int, Absence] = field(default_factory=dict)
    irregular: Mapping[str, str] = field(default_factory=dict)
    pulls: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    cards: Mapping[str, Card] = field(default_factory=dict)
    overrides: Mapping[int, Override] = field(default_factory=dict)
    synonyms: Synonyms = ()

    def enhancement(self, number: int) -> Enhancement | None:
        """Return what is known of a KEP: the fetched state with a person's word on top; None if nothing is known."""
        fetched, override = self.fetched.get(number), self.overrides.get(number)
        return override.on_top_of(fetched) if override else fetched

    def card(self, url: str) -> Card | None:
        """Return the card of a web page, or None if the page is unknown."""
        return self.cards.get(normal_url(url))

    def kep_of_pull(self, pull: int) -> int | None:
        """Return the number of the KEP that a pull request is about; None if that is not known, or not one KEP."""
        return kep_of_pull(pull, self.pulls)

    @property
    def numbers(self) -> frozenset[int]:
        """All KEP numbers of which anything is known."""
        return frozenset(self.fetched) | frozenset(self.overrides)


# --- loading ------------------------------------------------------------------------------------------------------


def load_lock(metadata: Path) -> Lock:
    """Return the lock in its folder. A file or folder that does not exist yet is an empty lock.

    Raises:
        NecoError: a file is damaged, hand-edited wrongly or from a newer version; the message names file and place.
    """
    names = (KEPS_FILE, CARDS_FILE, OVERRIDES_FILE, SYNONYMS_FILE)
    return _load(metadata, tuple(_stamp(metadata / name) for name in names))


def _stamp(path: Path) -> tuple[int, int] | None:
    with suppress(OSError):
        status = path.stat()
        return status.st_mtime_ns, status.st_size
    return None


@lru_cache(maxsize=4)
def _load(metadata: Path, _stamps: tuple[tuple[int, int] | None, ...]) -> Lock:
    """Return the lock, read once for each state of its files: hosts make a new extension for every page."""
    keps = read_keps(metadata / KEPS_FILE)
    return Lock(
        as_of=keps.as_of,
        fetched=keps.keps,
        missing=keps.missing,
        irregular=keps.irregular,
        pulls=keps.pulls,
        cards=read_cards(metadata / CARDS_FILE),
        overrides=load_overrides(metadata / OVERRIDES_FILE),
        synonyms=load_synonyms(metadata / SYNONYMS_FILE),
    )


# --- saving -------------------------------------------------------------------------------------------------------


def save_lock(lock: Lock, metadata: Path) -> bool:
    """Write those files of the lock that differ, each whole or not at all; return True if anything was written.

    Raises:
        NecoError: the disk is full or read-only; what was there before is still there.
    """
    texts = {metadata / KEPS_FILE: keps_json(lock), metadata / CARDS_FILE: cards_json(lock)}
    changed = {path: text for path, text in texts.items() if _current(path) != text}
    try:
        write_together(changed)
    except OSError as error:
        raise NecoError(f"{metadata}: cannot write the lock ({error.strerror}); nothing was changed") from error
    return bool(changed)


def _current(path: Path) -> str | None:
    with suppress(OSError, UnicodeDecodeError):
        return path.read_text(encoding="utf-8")
    return None


def keps_json(lock: Lock) -> str:
    """Return the canonical text of the lock's `keps.json`."""
    return keps_text(
        KepsDocument(
            as_of=lock.as_of, keps=lock.fetched, missing=lock.missing, irregular=lock.irregular, pulls=lock.pulls
        )
    )


def cards_json(lock: Lock) -> str:
    """Return the canonical text of the lock's `cards.json`."""
    return cards_text(lock.cards)
