"""The language of texts that are in another language than their page, put into all pages when these are rendered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mkdocs.structure.files import File

from ...site.foreign_texts import ForeignTexts
from ...site.pages import Site
from .build import Build
from .setup import Setup


def mark_foreign_texts(setup: Setup, build: Build, files: Iterable[File]) -> None:
    """Mark what is in another language than its page, in the pages of some files; nothing without our design."""
    if not setup.settings.design:
        return
    foreign = ForeignTexts(setup.words.locale, _titles(build.site))
    for file in files:
        if file.page is not None and file.page.content:
            file.page.content = foreign.marked(file.page.content)


def _titles(site: Site) -> Iterator[tuple[int, str]]:
    """Yield the numbers and titles of all KEPs that a page may name: of releases, also those that no issue mentions."""
    keps = site.releases.keps
    numbers = {*site.lock.numbers, *site.lock.others}
    yield from ((number, kep.state.title) for number in sorted(numbers) if (kep := keps.of(number)))
