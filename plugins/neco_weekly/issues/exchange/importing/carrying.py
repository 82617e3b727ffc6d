"""Pages carried into the site: their text decoded, addresses written for the new place, files they name taken along."""

from __future__ import annotations

import posixpath
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from html import escape, unescape

from ....extension.written_addresses import WrittenAddress, blocks_of, written_addresses
from ....grammar.front_matter import take_apart
from ....grammar.front_matter_values import written_title
from ....grammar.issue_dates import issue_date
from ....model.errors import NecoError
from ....model.text import shortened
from ..front_matter_text import with_entries
from .carried_files import CarriedFiles
from .decoded_text import UnknownEncodingError, decoded
from .material import Import, ImportedPage, Material, PageToImport, Remark
from .own_addresses import OUTSIDE, Address, address_of, is_written_so, own_address

LONGEST = 1_000_000
"""The number of bytes that a page may have: a hundred times a long issue, and still a page that browsers show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A page's text made ready, with what a person has to look at by lines of it, and what was converted by kind."""

    text: str
    remarks: tuple[tuple[int, str, str], ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


Lookup = Callable[[PageToImport, str], tuple[str, str] | None]
"""A function from a page and an address there to the path of a file of the source, and what stands behind the path.

None for an address that leads elsewhere; OUTSIDE as the path where it leads out of the source.
"""

Prepare = Callable[[str], Prepared]
"""A function that makes a page's text ready before its addresses are read."""


def carry(
    material: Material,
    pages: Iterable[PageToImport],
    lookup: Lookup,
    dest: str,
    *,
    prepare: Prepare = lambda text: Prepared(text=text),
    root: str = "",
    issues: str = "issues",
) -> Import:
    """Return what is imported of a source's pages, whose root is a folder of the source.

    `dest` is the folder of the site for the files that they name, `issues` that of issues.
    """
    files = CarriedFiles(material, root, dest)
    work = _Work(material=material, lookup=lookup, prepare=prepare, files=files, issues=issues)
    work.take(pages)
    for page in work.pages.values():
        work.carry(page)
    return Import(
        pages=tuple(work.done),
        files=work.files.taken,
        remarks=tuple(sorted(work.remarks, key=lambda it: (it.target or it.source, it.line))),
        counts={kind: count for kind, count in work.counts.items() if count},
        left=work.files.left({it.source for it in work.pages.values()}),
    )


@dataclass(kw_only=True)
class _Work:
    """Pages at work on, by their paths in the source, and what has come of them so far."""

    material: Material
    lookup: Lookup
    prepare: Prepare
    files: CarriedFiles
    issues: str
    pages: dict[str, PageToImport] = field(default_factory=dict)
    done: list[ImportedPage] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def take(self, pages: Iterable[PageToImport]) -> None:
        """Take the pages that are to be imported; of two with one place or one old address the first has it."""
        places: dict[str, str] = {}
        addresses: dict[str, str] = {}
        for page in pages:
            first = places.setdefault(unicodedata.normalize("NFC", page.target).casefold(), page.source)
            if first != page.source:
                what = f"would be {page.target}, as {first} is, and is not imported"
                self.remarks.append(Remark(source=page.source, what=what, hint="give it another name"))
                continue
            own = tuple(it for it in page.aliases if addresses.setdefault(it, page.source) == page.source)
            for alias in set(page.aliases) - set(own):
                what = f"its old address {alias} is also that of {addresses[alias]}, which keeps it"
                self.remarks.append(Remark(source=page.source, what=what, hint="give one of the two another address"))
            self.pages[page.source] = replace(page, aliases=own)

    def carry(self, page: PageToImport) -> None:
        """Bring a page into the site, or say why not."""
        try:
            text = self._text(page)
        except NecoError as error:
            self.remarks.append(Remark(source=page.source, what=f"is not imported: {error}", hint="import it again"))
            return
        except UnknownEncodingError as error:
            self.remarks.append(
                Remark(source=page.source, what=f"{error}; it is not imported", hint="save it as UTF-8")
            )
            return
        if text is not None:
            self._carry(page, text)

    def _text(self, page: PageToImport) -> str | None:
        size = self.material.files.get(page.source, 0)
        if size > LONGEST:
            what = f"has {size:,} bytes, more than the {LONGEST:,} of a page, and is not imported"
            self.remarks.append(Remark(source=page.source, what=what, hint="split it"))
            return None
        text, encoding = decoded(self.material.read(page.source))
        if encoding != "UTF-8":
            self.counts[f"files in {encoding}, now in UTF-8"] += 1
        return text

    def _carry(self, page: PageToImport, text: str) -> None:
        prepared = self.prepare(text)
        body = take_apart(prepared.text).body
        head = prepared.text[: len(prepared.text) - len(body)]
        written, said = self._with_addresses(page, body)
        entries = self._entries(page, f"{head}{written}")
        whole = with_entries(f"{head}{written}", entries)
        if whole is None:
            said.append((1, "has front matter that cannot be read, so that nothing was put there", "correct it"))
            whole = f"{head}{written}"
        whole = f"{whole.rstrip(chr(10))}\n"
        shift = take_apart(whole).body_line - take_apart(prepared.text).body_line
        above = take_apart(prepared.text).body_line - 1
        for line, what, hint in (*prepared.remarks, *((line + above, what, hint) for line, what, hint in said)):
            place = max(line + shift, 1) if line > above else line
            self.remarks.append(Remark(source=page.source, target=page.target, line=place, what=what, hint=hint))
        self.counts.update(prepared.counts)
        self.counts["old addresses kept as aliases"] += len(page.aliases) if "aliases" in entries else 0
        self.done.append(ImportedPage(source=page.source, target=page.target, text=whole))
        self._check_day(page, whole)

    def _entries(self, page: PageToImport, text: str) -> dict[str, str | tuple[str, ...]]:
        """Return what comes into a page's front matter."""
        entries: dict[str, str | tuple[str, ...]] = dict(page.entries)
        parts = take_apart(text)
        if page.title and not written_title(parts.meta) and not blocks_of(parts.body).has_title:
            entries["title"] = page.title
            self.counts["titles taken from the list of contents"] += 1
        if page.aliases:
            entries["aliases"] = page.aliases
        return entries

    def _check_day(self, page: PageToImport, text: str) -> None:
        parts = take_apart(text)
        is_page = not page.target.startswith(f"{self.issues}/") or posixpath.basename(page.target) in _PAGES
        title = page.title or written_title(parts.meta) or next(iter(parts.body.split("\n")), "")
        if not is_page and issue_date(parts.meta, page.target, title) is None:
            what = "has no day: neither its name nor its title nor its front matter says one"
            hint = "write `date: 2022-08-26` into its front matter"
            self.remarks.append(Remark(source=page.source, target=page.target, what=what, hint=hint))

    # --- addresses ------------------------------------------------------------------------------------------------

    def _with_addresses(self, page: PageToImport, body: str) -> tuple[str, list[tuple[int, str, str]]]:
        """Return a page's body with its addresses as they are right in the site, and what is wrong with others."""
        pieces, end = list[str](), 0
        said: list[tuple[int, str, str]] = []
        for found in written_addresses(body):
            address = unescape(found.address) if found.in_html else found.address
            meant = self.lookup(page, address)
            if meant is None:
                continue
            target = self._target(found, *meant, said)
            if target is None or is_written_so(page.target, _of(address), target):
                continue
            new = address_of(page.target, target, meant[1])
            pieces += body[end : found.start], escape(new) if found.in_html else new
            end = found.end
            self.counts["addresses of pictures and files rewritten" if target in self.files.taken else _LINKS] += 1
        return "".join((*pieces, body[end:])), said

    def _target(self, found: WrittenAddress, path: str, _: str, said: list[tuple[int, str, str]]) -> str | None:
        """Return where in the site a file of the source is that an address means; None, with the reason, for none."""
        if path in self.pages:
            return self.pages[path].target
        target = None if path == OUTSIDE else self.files.take(path)
        if target is None:
            noun = "picture" if found.kind == "picture" else "link"
            what = f"the {noun} {shortened(found.address, 200)} {self.files.why_not(path)}"
            said.append((found.line, what, "correct it, or remove it" if noun == "link" else "add it, or remove it"))
        return target


_LINKS = "links between pages rewritten"

_PAGES = ("index.md", "README.md")


def _of(address: str) -> Address:
    return own_address(address) or Address("/", "")
