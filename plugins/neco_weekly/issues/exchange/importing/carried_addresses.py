"""The addresses of a page that is carried into the site: links to other pages, to their headings, and pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from html import escape, unescape
from urllib.parse import unquote

from ....extension.written_addresses import WrittenAddress, written_addresses
from ....grammar.issue_titles import plain_form
from ....model.text import shortened
from .carried_files import CarriedFiles
from .material import Destination, PageToImport
from .own_addresses import OUTSIDE, address_of, is_written_so, own_address, quoted

Said = tuple[int, str, str]
"""What a person has to look at: a line (from 1), what it is, and what to do."""

Lookup = Callable[[PageToImport, str], tuple[str, str] | None]
"""A function from a page and an address there to the path of a file of the source, and what stands behind the path.

None for an address that leads elsewhere; OUTSIDE as the path where it leads out of the source.
"""

_LINKS, _FILES = "links between pages rewritten", "addresses of pictures and files rewritten"

_HEADINGS = "links to headings rewritten"


class CarriedAddresses:
    """Addresses as they are right in the site. `counts` are those that were written anew, by kind.

    `texts` are those of the pages, by their paths in the source.
    """

    def __init__(
        self,
        pages: Mapping[str, PageToImport],
        texts: Mapping[str, str],
        lookup: Lookup,
        files: CarriedFiles,
        to: Destination,
    ) -> None:
        self._pages, self._texts, self._lookup, self._files, self._to = pages, texts, lookup, files, to
        self._anchors: dict[str, tuple[frozenset[str], Mapping[str, str]] | None] = {}
        self.counts: Counter[str] = Counter()

    def rewritten(self, page: PageToImport, body: str) -> tuple[str, list[Said]]:
        """Return a page's body with its addresses as they are right in the site, and what is wrong with others."""
        pieces, end, said = list[str](), 0, list[Said]()
        for found in written_addresses(body):
            address = unescape(found.address) if found.in_html else found.address
            new = self._address(page, found, address, said)
            if new is not None and new != address:
                pieces += body[end : found.start], escape(new) if found.in_html else new
                end = found.end
        return "".join((*pieces, body[end:])), said

    def _address(self, page: PageToImport, found: WrittenAddress, address: str, said: list[Said]) -> str | None:
        """Return an address for the site; None where it stays as it is, with the reason where it leads nowhere."""
        if address.startswith("#"):
            return self._behind(page.source, found, address, said)
        meant = self._lookup(page, address)
        if meant is None:
            return None
        path, behind = meant
        target = self._target(path, found, said)
        if target is None:
            return None
        if path in self._pages:
            behind = self._behind(path, found, behind, said)
        written = own_address(address)
        if written and is_written_so(page.target, written, target):
            return f"{address.removesuffix(written.behind)}{behind}"
        self.counts[_LINKS if path in self._pages else _FILES] += 1
        return address_of(page.target, target, behind)

    def _target(self, path: str, found: WrittenAddress, said: list[Said]) -> str | None:
        """Return where in the site a file of the source is that an address means; None, with the reason, for none."""
        if path in self._pages:
            return self._pages[path].target
        target = None if path == OUTSIDE else self._files.take(path)
        if target is None:
            noun, hint = ("picture", "add it") if found.kind == "picture" else ("link", "correct it")
            what = f"the {noun} {shortened(found.address, 200)} {self._files.why_not(path)}"
            said.append((found.line, what, f"{hint}, or remove it"))
        return target

    # --- headings -------------------------------------------------------------------------------------------------

    def _behind(self, path: str, found: WrittenAddress, behind: str, said: list[Said]) -> str:
        """Return what stands behind the path of a page, with the place of a heading as this site names it.

        Each program makes names of headings in its own way, and all of the words: so these tell which is meant.
        """
        before, _, name = behind.partition("#")
        name, _, words = name.partition(":~:")  # a search in the page: https://wicg.github.io/scroll-to-text-fragment/
        anchors = self._anchors_of(path) if name else None
        if anchors is None:
            return behind
        places, by_words = anchors
        if unquote(name) in places:
            return behind
        if place := by_words.get(plain_form(unquote(name))):
            self.counts[_HEADINGS] += 1
            return f"{before}#{quoted(place)}{f':~:{words}' if words else ''}"
        what = f"the link {shortened(found.address, 200)} leads to no heading of {self._pages[path].target}"
        said.append((found.line, what, "correct what stands behind `#`, or remove it"))
        return behind

    def _anchors_of(self, path: str) -> tuple[frozenset[str], Mapping[str, str]] | None:
        """Return the places of a page that links may name, and by their words those of headings that no other has."""
        if path not in self._anchors:
            scanned = self._to.scan(self._pages[path].target, self._texts[path])
            if scanned is None:
                self._anchors[path] = None
            else:
                words = [(plain_form(it.title), it.anchor) for it in scanned.sections if it.anchor]
                counts = Counter(it for it, _ in words)
                by_words = {it: anchor for it, anchor in words if it and counts[it] == 1}
                self._anchors[path] = frozenset(scanned.anchors), by_words
        return self._anchors[path]
