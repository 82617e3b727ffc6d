"""Pages carried into the site: their text decoded, addresses written for the new place, files they name taken along."""

from __future__ import annotations

import posixpath
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from ....extension.written_addresses import blocks_of
from ....grammar.alias_addresses import ALIASES, aliases_of
from ....grammar.front_matter import take_apart
from ....grammar.front_matter_values import written_title
from ....grammar.issue_dates import issue_date
from ....model.errors import NecoError
from ..front_matter_text import Value, with_entries
from .carried_addresses import CarriedAddresses, Lookup, Said
from .carried_files import CarriedFiles
from .decoded_text import UnknownEncodingError, decoded
from .material import LONGEST, Destination, Import, ImportedPage, Material, PageToImport, Remark

_NO_ISSUES = ("index.md", "README.md")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A page's text made ready, with what a person has to look at by lines of it, and what was converted by kind."""

    text: str
    remarks: tuple[Said, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


Prepare = Callable[[str], Prepared]
"""A function that makes a page's text ready before its addresses are read."""


def carry(
    material: Material,
    pages: Iterable[PageToImport],
    lookup: Lookup,
    to: Destination,
    *,
    prepare: Prepare = lambda text: Prepared(text=text),
    root: str = "",
) -> Import:
    """Return what is imported of a source's pages, whose root is a folder of the source."""
    work = _Work(material=material, prepare=prepare, files=CarriedFiles(material, root, to.folder), to=to)
    work.take(pages)
    addresses = CarriedAddresses(work.pages, {it: page.text for it, page in work.ready.items()}, lookup, work.files, to)
    for page in work.pages.values():
        work.carry(page, addresses)
    return Import(
        pages=tuple(work.done),
        files=work.files.taken,
        remarks=tuple(sorted(work.remarks, key=lambda it: (it.target or it.source, it.line))),
        counts={kind: count for kind, count in (work.counts + addresses.counts).items() if count},
        left=work.files.left(work.seen),
    )


@dataclass(kw_only=True)
class _Work:
    """Pages at work on, by their paths in the source, and what has come of them so far."""

    material: Material
    prepare: Prepare
    files: CarriedFiles
    to: Destination
    pages: dict[str, PageToImport] = field(default_factory=dict)
    ready: dict[str, Prepared] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    done: list[ImportedPage] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def take(self, pages: Iterable[PageToImport]) -> None:
        """Take the pages that are to be imported; of two with one place or one old address the first has it."""
        places: dict[str, str] = {}
        addresses: dict[str, str] = {}
        for page in pages:
            self.seen.add(page.source)
            first = places.get(place := unicodedata.normalize("NFC", page.target).casefold())
            if first is not None:
                self._remark(
                    page, f"would be {page.target}, as {first} is, and is not imported", "give it another name"
                )
            elif prepared := self._prepared(page):
                places[place] = page.source
                own = tuple(it for it in page.aliases if addresses.setdefault(it, page.source) == page.source)
                for alias in (it for it in page.aliases if it not in own):
                    what = f"has the old address {alias}, as {addresses[alias]} has, which keeps it"
                    self._remark(page, what, "give one of the two another address")
                self.pages[page.source] = replace(page, aliases=own)
                self.ready[page.source] = prepared

    def _prepared(self, page: PageToImport) -> Prepared | None:
        """Return a page's text; None where it is none that can be imported."""
        size = self.material.files.get(page.source, 0)
        if size > LONGEST:
            what = f"has {size:,} bytes, more than the {LONGEST:,} of a page, and is not imported"
            self._remark(page, what, "split it")
            return None
        try:
            text, encoding = decoded(self.material.read(page.source))
        except UnknownEncodingError as error:
            self._remark(page, f"{error}; it is not imported", "save it as UTF-8")
            return None
        except NecoError as error:
            self._remark(page, f"is not imported: {error}", "import it again")
            return None
        self.counts[f"files in {encoding}, now in UTF-8"] += encoding != "UTF-8"
        return self.prepare(text)

    def _remark(self, page: PageToImport, what: str, hint: str) -> None:
        self.remarks.append(Remark(source=page.source, what=what, hint=hint))

    def carry(self, page: PageToImport, addresses: CarriedAddresses) -> None:
        """Bring a page into the site."""
        prepared = self.ready[page.source]
        parts = take_apart(prepared.text)
        head, above = prepared.text[: len(prepared.text) - len(parts.body)], parts.body_line - 1
        body, said = addresses.rewritten(page, parts.body)
        entries = self._entries(page, f"{head}{body}")
        text = with_entries(f"{head}{body}", entries)
        if text is None:
            said.append((1 - above, "has front matter that cannot be read; nothing was put there", "correct it"))
            text = f"{head}{body}"
        else:
            self.counts["old addresses kept as aliases"] += len(page.aliases)
        text = f"{text.rstrip(chr(10))}\n"
        shift = take_apart(text).body_line - parts.body_line
        for line, what, hint in (*prepared.remarks, *((line + above, what, hint) for line, what, hint in said)):
            place = max(line + shift, 1) if line > above else max(line, 1)
            self.remarks.append(Remark(source=page.source, target=page.target, line=place, what=what, hint=hint))
        self.counts.update(prepared.counts)
        self.done.append(ImportedPage(source=page.source, target=page.target, text=text))
        if self._lacks_day(page, text):
            what = "has no day: neither its name nor its title nor its front matter says one"
            hint = "write `date: 2022-08-26` into its front matter"
            self.remarks.append(Remark(source=page.source, target=page.target, what=what, hint=hint))

    def _entries(self, page: PageToImport, text: str) -> dict[str, Value]:
        """Return what comes into a page's front matter."""
        entries: dict[str, Value] = dict(page.entries)
        parts = take_apart(text)
        if page.title and not written_title(parts.meta) and not blocks_of(parts.body).has_title:
            entries["title"] = page.title
            self.counts["titles taken from the list of contents"] += 1
        if self._lacks_day(page, text) and (day := self.to.days(page.source)):
            entries["date"] = day
            self.counts["days taken from the first commit"] += 1
        if page.aliases:
            entries[ALIASES] = tuple(dict.fromkeys((*aliases_of(parts.meta), *page.aliases)))
        return entries

    def _lacks_day(self, page: PageToImport, text: str) -> bool:
        """Whether a page is an issue without a day, by which a site sorts its issues."""
        is_issue = page.target.startswith(f"{self.to.issues}/") and posixpath.basename(page.target) not in _NO_ISSUES
        parts = take_apart(text)
        title = page.title or written_title(parts.meta) or parts.body.partition("\n")[0]
        return is_issue and issue_date(parts.meta, page.target, title) is None
