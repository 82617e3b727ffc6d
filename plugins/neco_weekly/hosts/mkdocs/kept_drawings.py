"""What is drawn of a site, kept between builds: drawn again only where what it follows from is another."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain

from ...site.files import GeneratedPage
from ...site.pages.templates import DeferredPage, DigestOf
from .drawn_ahead import HandedRow, handed_over
from .kept_entries import KeptEntries
from .page_cache import digest
from .workers import Workers


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Some texts that are wanted, as `KeptDrawings.texts` has them."""

    name: str
    own: Iterable[object]
    draw: Callable[[], Sequence[str]]
    of_site: bool = True


@dataclass(frozen=True, slots=True)
class KeptDrawings:
    """The drawings of one build. `key` is that of all that they follow from; None where that is not known.

    `settings` is that of all but issues and places, empty where it is not known, `digest_of` that of an issue.
    `workers` help where much is drawn at once.
    """

    entries: KeptEntries
    key: Callable[[], bytes | None]
    settings: Callable[[], bytes]
    digest_of: DigestOf
    workers: Workers

    def page(
        self, name: str, page: DeferredPage, draw: Callable[[], Sequence[str]], is_as_now: Callable[[str], bool]
    ) -> Sequence[str]:
        """Return the texts of a page, drawn only where anything that the page follows from is another.

        Of a page that says what that is, `is_as_now` decides by the last text whether its links still lead there.
        """
        if page.follows_from is None:
            return self.texts(name, page.quoted(), draw)
        own = chain(page.follows_from(self.digest_of), page.quoted())
        return self._kept(name, self.settings, own, draw, lambda kept: is_as_now(kept[-1]))

    def texts(
        self, name: str, own: Iterable[object], draw: Callable[[], Sequence[str]], *, of_site: bool = True
    ) -> Sequence[str]:
        """Return some texts, drawn only where the site is another, or anything else that they follow from.

        `own` is what they follow from beside the site: values whose `repr` says all about them. Without `of_site` that
        is all beside the lock and the settings.
        """
        return self._kept(name, self.key if of_site else self.settings, own, draw)

    def each(self, wanted: Sequence[Wanted]) -> Iterator[Sequence[str]]:
        """Yield some texts, one after the other; workers draw those that come last.

        What they follow from must not change meanwhile, so no file may be added to the site.
        """

        def draw(place: int) -> Sequence[str]:
            it = wanted[place]
            return self.texts(it.name, it.own, it.draw, of_site=it.of_site)

        row = HandedRow(self.workers if self.key() else Workers(0), self.entries, len(wanted), draw)
        try:
            for place, it in enumerate(wanted):
                row.reach(place)
                yield self.texts(it.name, it.own, partial(_drawn, row, it.draw), of_site=it.of_site)
        finally:
            row.end()

    @contextmanager
    def beside(self, name: str, draw: Callable[[], object]) -> Iterator[Callable[[], object]]:
        """Have a worker draw texts of that name, which follow from the site alone, while the context does other things.

        To be waited for, by what is yielded, in the context; where the texts are kept there is no worker.
        """
        key = self.key()
        if key is None or self.entries.has(name, digest([key])):
            yield lambda: None
            return
        with handed_over(self.entries), self.workers.beside(draw, self.entries.leave) as wait:
            yield wait

    def _kept(
        self,
        name: str,
        base: Callable[[], bytes | None],
        own: Iterable[object],
        draw: Callable[[], Sequence[str]],
        is_as_now: Callable[[Sequence[str]], bool] = lambda _: True,
    ) -> Sequence[str]:
        if self.key() is None:
            return draw()
        key = digest([base(), *own])
        kept = self.entries.get(name, key)
        if kept is not None and is_as_now(kept):
            return kept
        texts = draw()
        self.entries.put(name, key, texts)
        return texts

    def files(
        self, name: str, own: Iterable[object], draw: Callable[[], Iterable[GeneratedPage]]
    ) -> list[GeneratedPage]:
        """Return some files, which are drawn all together."""
        texts = self.texts(name, own, lambda: list(chain.from_iterable((it.path, it.content) for it in draw())))
        return [GeneratedPage(path=path, content=text) for path, text in zip(texts[::2], texts[1::2], strict=True)]


def _drawn(row: HandedRow, draw: Callable[[], Sequence[str]]) -> Sequence[str]:
    row.made()
    return draw()


def digest_of(text: str) -> bytes:
    """Return the SHA-256 of a long text, 32 bytes, to stand for it among what texts follow from."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
