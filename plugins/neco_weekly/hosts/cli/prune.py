"""What `neco refresh --prune` removes: cards and pictures that no page mentions, and files that neither shows.

KEPs that no page mentions any more move to the lock's others, with all that is known of them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urldefrag

from ...grammar.issue_files import read_issue_text
from ...grammar.urls import URL, URL_IN_TEXT, is_web_url, normal_url, trim_url
from ...lock.pictures import remove_pictures, unused_pictures
from ...lock.store import OTHERS_FILE, Lock
from ...model.errors import NecoError
from ...model.paths import FOLDER
from ...refresh import Report
from ..fetchers import picture_names
from ..project import Project


def prune_cards(project: Project, lock: Lock, report: Report) -> Lock:
    """Return the lock without cards and pictures that neither an issue nor another page below the docs folder mentions.

    Raises:
        NecoError: a page or folder cannot be read, so that nobody knows what it mentions.
    """
    index, written = project.read_index(), _written_urls(project)
    cards = sorted(lock.cards.keys() - written - {normal_url(url) for url in index.card_urls})
    pictures = sorted(lock.pictures.keys() - written - set(index.picture_urls))
    report.changes += [f"{url}: no page mentions it; its card is removed" for url in cards]
    report.changes += [f"{url}: no page shows it; its copy is removed" for url in pictures]
    if not cards and not pictures:
        return lock
    _expect_folder(project.docs / project.issues)
    return replace(
        lock,
        cards={url: card for url, card in lock.cards.items() if url not in cards},
        pictures={url: picture for url, picture in lock.pictures.items() if url not in pictures},
    )


def prune_keps(project: Project, lock: Lock, report: Report) -> Lock:
    """Return the lock with those KEPs among its others that neither a page mentions nor a person speaks of.

    Any number of a draft or of another page counts as a mention there: an unpublished reference is still wanted.

    Raises:
        NecoError: a page cannot be read, so that nobody knows what it mentions.
    """
    index = project.read_index().decided(lock)
    moved = sorted(lock.fetched.keys() - index.by_kep.keys() - lock.overrides.keys())
    if moved:
        _expect_folder(project.docs / project.issues)
        public = {issue.path for issue in index.issues}
        pages = (path for path in _pages(project.docs) if path.relative_to(project.docs).as_posix() not in public)
        written = {int(it) for path in pages for it in _NUMBER.findall(read_issue_text(path, path.as_posix()))}
        moved = [number for number in moved if not written.intersection({number, *lock.aliases_of(number)})]
    if not moved:
        return lock
    report.changes += [f"KEP-{number}: no page mentions it; it stands in {OTHERS_FILE} now" for number in moved]
    return replace(
        lock,
        fetched={number: it for number, it in lock.fetched.items() if number not in moved},
        others={**lock.others, **{number: lock.fetched[number] for number in moved}},
    )


_NUMBER = re.compile(r"(?<!\d)0*([1-9]\d{0,4})(?!\d)")
"""A number as that of a KEP is written, with digits of any width."""


def prune_pictures(project: Project, lock: Lock, report: Report, *, dry_run: bool) -> None:
    """Remove the pictures that nothing of the lock names, or with `dry_run` only report them.

    Raises:
        NecoError: the folder is a link, or a file cannot be removed.
    """
    folder = project.docs / FOLDER
    unused = unused_pictures(folder, picture_names(lock))
    if not dry_run:
        remove_pictures(folder, unused)
    report.changes += [f"{FOLDER}/{name}: no card shows it; it is removed" for name in unused]


def _pages(docs: Path) -> Iterator[Path]:
    """Yield all Markdown files; unlike `Path.rglob`, this does not pass over folders that cannot be read."""
    for folder, _, names in os.walk(docs, onerror=_cannot_be_listed):
        yield from (Path(folder, name) for name in names if name.endswith(".md"))


def _expect_folder(issues: Path) -> None:
    try:
        os.scandir(issues).close()
    except OSError as error:
        _cannot_be_listed(error)


def _cannot_be_listed(error: OSError) -> None:
    why = f"{error.filename}: cannot be listed ({error.strerror})"
    raise NecoError(f"{why}, so nobody knows which cards its pages mention; nothing was removed") from error


def _written_urls(project: Project) -> set[str]:
    """Return the addresses in any Markdown file, drafts among them: an unpublished link's card is still wanted."""
    found: set[str] = set()
    for path in _pages(project.docs):
        text = read_issue_text(path, path.as_posix())
        for written in [*re.findall(URL_IN_TEXT, text), *re.findall(URL, text)]:
            whole = {url for url in (written, trim_url(written)) if is_web_url(url)}
            found |= {normal_url(it) for url in whole for it in (url, urldefrag(url).url)}
    return found
