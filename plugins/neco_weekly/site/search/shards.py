"""Pages -> shards of the search: by year where pages have a day, and none larger than a reader can wait for."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from ...model.issues import Section
from .page import Facts, SearchedPage, compact, page_document

VERSION = 1
"""The version of shards and of their list; a worker refuses another one."""

LIMIT = 250_000
"""The most bytes of a shard, compressed as it travels; a page is never cut, so a larger one has a shard of its own."""

FactsOf = Callable[[int], Facts | None]
"""A function from a KEP's number to what is known of the KEP."""

Note = Callable[[SearchedPage, Sequence[Section]], None]
"""A function that takes each page with its sections, on the way into a shard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """A shard of the search: its text, its number of sections, and its size in bytes when compressed."""

    name: str
    text: str
    size: int
    sections: int


Keep = Callable[[str, Sequence[SearchedPage], Callable[[], Iterator[Shard]]], Iterable[Shard]]
"""A function that returns the shards of some pages under a name, cut anew or as they were before."""


def cut_anew(_name: str, _pages: Sequence[SearchedPage], cut: Callable[[], Iterator[Shard]]) -> Iterable[Shard]:
    """Return the shards of some pages where nothing is kept."""
    return cut()


def shards(pages: Iterable[SearchedPage], facts: FactsOf, note: Note | None, keep: Keep = cut_anew) -> Iterator[Shard]:
    """Yield all shards in the order in which they are to be loaded.

    Each page is read once, and passed to `note`; where there is no `note`, only pages whose shards are not kept are.
    """
    for name, shelf in _shelves(list(pages)):
        yield from keep(name, shelf, partial(_cut, name, _read(shelf, note), facts))


def _read(shelf: Sequence[SearchedPage], note: Note | None) -> Iterable[tuple[SearchedPage, Sequence[Section]]]:
    read = ((page, page.read()) for page in shelf)
    if note is None:
        return read
    found = list(read)
    for it in found:
        note(*it)
    return found


def _shelves(pages: list[SearchedPage]) -> Iterator[tuple[str, list[SearchedPage]]]:
    """Yield pages that are kept together: each year, generated pages, others; without dates all in site order."""
    dated = [(page.day, page) for page in pages if page.day]
    years: dict[int, list[SearchedPage]] = {}
    for day, page in sorted(dated, key=lambda it: it[0], reverse=True):
        years.setdefault(day.year, []).append(page)
    if not years:
        yield "", pages
        return
    newest, *older = years.items()
    undated = [page for page in pages if not page.day]
    yield str(newest[0]), newest[1]
    yield "keps", [page for page in undated if page.generated]
    yield "pages", [page for page in undated if not page.generated]
    for year, shelf in older:
        yield str(year), shelf


def _cut(name: str, read: Iterable[tuple[SearchedPage, Sequence[Section]]], facts: FactsOf) -> Iterator[Shard]:
    filling, count = _Filling(_numbered(name, 1)), 1
    for page, sections in read:
        line = compact(page_document(page, sections, facts(page.kep) if page.kep else None))
        numbers = {number for section in sections for number in section.keps}
        keps = {number: compact(known) for number in numbers if (known := facts(number))}
        if not filling.takes(line, keps):
            yield filling.shard()
            count += 1
            filling = _Filling(_numbered(name, count))
        filling.add(line, keps, max(1, len(sections)))
    if filling.sections:
        yield filling.shard()


def _numbered(name: str, count: int) -> str:
    """Return the name of a shard: `2026`, `2026-2`, `2026-3`; without a name `1`, `2`, `3`."""
    return "-".join(filter(None, (name, str(count) if count > 1 or not name else "")))


_HELD_BACK = 100_000
"""The most bytes that zlib may not have given out yet."""


class _Filling:
    """A shard as it grows, with its size. KEPs come last in the text: only then is it known which are mentioned."""

    def __init__(self, name: str) -> None:
        self.sections = 0
        self._name = name
        self._text: list[str] = []
        self._keps: dict[int, str] = {}
        self._compressor = zlib.compressobj(level=6, wbits=31)  # as servers do; 31 asks for gzip's frame
        self._size = 0
        self._append(f'{{"version":{VERSION},"name":{compact(name)},"pages":[')

    def takes(self, page: str, keps: Mapping[int, str]) -> bool:
        """Whether a page still fits into the shard: compressing gives the exact size, done only near the limit."""
        rest = f"{page}{_ending({**self._keps, **keps})}".encode()
        if not self.sections or self._size + _HELD_BACK + len(rest) <= LIMIT:
            return True
        trial = self._compressor.copy()
        return self._size + len(trial.compress(rest)) + len(trial.flush()) <= LIMIT

    def add(self, page: str, keps: Mapping[int, str], sections: int) -> None:
        """Add a page, the KEPs that it mentions, and its number of sections to the shard."""
        self._append(f",\n{page}" if self.sections else f"\n{page}")
        self._keps |= keps
        self.sections += sections

    def shard(self) -> Shard:
        """Return the shard, to which nothing can be added any more."""
        self._append(_ending(self._keps))
        size = self._size + len(self._compressor.flush())
        return Shard(name=self._name, text="".join(self._text), size=size, sections=self.sections)

    def _append(self, text: str) -> None:
        self._text.append(text)
        self._size += len(self._compressor.compress(text.encode()))


def _ending(keps: Mapping[int, str]) -> str:
    known = ",".join(f'"{number}":{keps[number]}' for number in sorted(keps))
    return f'\n],"keps":{{{known}}}}}\n'
