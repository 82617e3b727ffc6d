"""What is drawn of a site, kept between builds: drawn again only where what it follows from is another."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from ...site.files import GeneratedPage
from .kept_entries import KeptEntries
from .page_cache import digest


@dataclass(frozen=True, slots=True)
class KeptDrawings:
    """The drawings of one build. `key` is that of all that they follow from; None where that is not known."""

    entries: KeptEntries
    key: Callable[[], bytes | None]

    def texts(self, name: str, own: Iterable[object], draw: Callable[[], Sequence[str]]) -> Sequence[str]:
        """Return some texts, drawn only where the site is another, or anything else that they follow from.

        `own` is what they follow from beside the site: values whose `repr` says all about them.
        """
        site = self.key()
        if site is None:
            return draw()
        key = digest([site, *own])
        kept = self.entries.get(name, key)
        if kept is not None:
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


def digest_of(text: str) -> bytes:
    """Return the SHA-256 of a long text, 32 bytes, to stand for it among what texts follow from."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
