"""Checks of old addresses, `aliases:`: what is no address, what another page has, or two pages at once."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ..grammar.alias_addresses import alias_place
from .problem_kinds import make_problem
from .problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAlias:
    """An old address of the page at a path of the docs folder, as written, and the line (from 1) that names it."""

    path: str
    alias: str
    line: int = 1


def sorted_out(
    aliases: Iterable[PageAlias], taken_by: Callable[[str], str | None], docs: str
) -> tuple[dict[str, PageAlias], list[Problem]]:
    """Return the old addresses that can be kept, by their places in the site, and what is wrong with the others.

    `taken_by` returns in words what lies at a place of the site, or in its way; of two pages the first keeps an
    address. `docs` is put before each path.
    """
    places: dict[str, PageAlias] = {}
    problems = []
    for it in aliases:
        where, place = posixpath.join(docs, it.path), alias_place(it.alias)
        if place is None:
            problems.append(make_problem("bad-alias", where, it.line, written=it.alias))
            continue
        first = places.setdefault(place, it)
        owner = taken_by(place)
        if first.path != it.path or owner:
            owner = owner or posixpath.join(docs, first.path)
            problems.append(make_problem("alias-taken", where, it.line, written=it.alias, detail=owner))
        if owner and first is it:
            del places[place]
    return places, [*problems, *_in_the_way(places, docs)]


def _in_the_way(places: dict[str, PageAlias], docs: str) -> Iterator[Problem]:
    """Yield a problem for each address below one that is a file, and take the address out."""
    for place, it in list(places.items()):
        above = next((folder for folder in _above(place) if folder in places), None)
        if above:
            del places[place]
            where, owner = posixpath.join(docs, it.path), posixpath.join(docs, places[above].path)
            yield make_problem("alias-taken", where, it.line, written=it.alias, detail=owner)


def in_the_way_of(place: str, files: Callable[[str], bool], folders: Callable[[str], bool]) -> str | None:
    """Return what of a site keeps a file from a place: a file there or above, or a folder; None for nothing."""
    if files(place) or folders(place):
        return place
    return next((it for it in _above(place) if files(it)), None)


def folders_of(places: Iterable[str]) -> frozenset[str]:
    """Return the folders that files at these places lie in."""
    return frozenset(folder for place in places for folder in _above(place))


def _above(place: str) -> Iterator[str]:
    while place := posixpath.dirname(place):
        yield place
