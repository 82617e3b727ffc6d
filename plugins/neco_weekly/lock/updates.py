"""The one way in which a program changes the lock: alone, from what stands there now, never over what it has not seen.

Fetching takes minutes, in which others write: another refresh, a preview, an editor, git. So nobody holds the lock for
the time of a fetch: who has fetched comes here with a function that makes the new lock from the one that is there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ..model.errors import NecoError
from .folder_locks import only_writer
from .json_documents import check_written
from .store import (
    CARDS_FILE,
    KEPS_FILE,
    RELEASES_FILE,
    WATCHED_FILE,
    Lock,
    cannot_write,
    cards_document,
    cards_json,
    keps_document,
    keps_json,
    load_lock_as_it_is,
    releases_json,
    topics_document,
    topics_json,
)
from .whole_files import ChangedError, bytes_of, sweep, write_together

MOMENT = 0.2
"""Seconds after which an editor has written the file that it had begun to write."""

ATTEMPTS = 100
"""How often an update begins again because somebody wrote the lock while it was about to."""


_FETCHED = (KEPS_FILE, CARDS_FILE, WATCHED_FILE, RELEASES_FILE)


@dataclass(frozen=True, slots=True)
class Update:
    """An update of the lock: what stood there, and what stands there since."""

    before: Lock
    after: Lock

    @property
    def changed(self) -> bool:
        """Whether the update changed anything."""
        return self.before != self.after


@contextmanager
def writing(metadata: Path) -> Iterator[None]:
    """Wait until no other process writes the lock in its folder, and let no other in until the context is left.

    What processes left there that died while they wrote is swept away.

    Raises:
        NecoError: the folder cannot be made or opened.
    """
    with ExitStack() as stack:
        try:
            stack.enter_context(only_writer(metadata))
        except OSError as error:
            raise cannot_write(metadata, error) from error
        sweep(metadata)
        yield


def update_lock(
    metadata: Path, change: Callable[[Lock], Lock], prepare: Callable[[Update], None] = lambda _: None
) -> Update:
    """Load the lock, change it, and write those of its files whose content is different then, each whole.

    `change` is called again with the newest lock for as long as others, who need not ask (an editor, git), write in
    between. `prepare` is called before anything is written, each time. To be called within `writing`.

    Raises:
        NecoError: the lock is damaged, or holds merge markers, or cannot be written; nothing was written.
    """
    for _ in range(ATTEMPTS):
        there: dict[Path, bytes | None] = {}
        try:
            there.update((metadata / name, bytes_of(metadata / name)) for name in _FETCHED)
            before = _loaded(metadata)
            update = Update(before, change(before))
            prepare(update)
            write_together(_texts(update, metadata), instead_of=there)
        except ChangedError:
            continue
        except OSError as error:
            raise cannot_write(metadata, error, _written(there)) from error
        return update
    raise NecoError(f"{metadata}: somebody else writes the lock all the time; end that, and try again")


def _loaded(metadata: Path) -> Lock:
    """Return the lock; one that is damaged is looked at twice, for an editor may be about to write the rest of it.

    Raises:
        NecoError: the lock is damaged.
    """
    try:
        return load_lock_as_it_is(metadata)
    except NecoError:
        time.sleep(MOMENT)
        return load_lock_as_it_is(metadata)


def _written(there: Mapping[Path, bytes | None]) -> str:
    """Return the name of the file that is not as it was, which is in its place already, if there is one."""
    with suppress(OSError):
        return next((path.name for path, before in there.items() if bytes_of(path) != before), "")
    return ""


def _texts(update: Update, metadata: Path) -> dict[Path, str]:
    """Return the new texts of those files that hold anything else then; others keep the form a person gave them."""
    before, after = update.before, update.after
    texts = {}
    if keps_document(before) != keps_document(after):
        texts[metadata / KEPS_FILE] = keps_json(after)
    if cards_document(before) != cards_document(after):
        texts[metadata / CARDS_FILE] = cards_json(after)
    if topics_document(before) != topics_document(after):
        texts[metadata / WATCHED_FILE] = topics_json(after)
    if before.known_releases != after.known_releases:
        texts[metadata / RELEASES_FILE] = releases_json(after)
    return {path: check_written(path, text) for path, text in texts.items()}
