"""Pages -> every file of the search, and the address of the worker that reads these files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from ...lock.kep_as_of import KepsAsOf
from ...lock.synonyms import Synonyms
from ...model.issues import Section
from ..files import GeneratedPage
from .facets import Facets
from .latest import Latest
from .page import Facts, SearchedPage, compact, facts_of
from .shards import VERSION, Keep, Shard, cut_anew, shards

FOLDER = "search/neco"
"""The folder of the search's files, from the site's root."""

LIST = f"{FOLDER}/index.json"
"""The list of shards, under the name that stays."""


def search_files(
    pages: Iterable[SearchedPage],
    keps_as_of: KepsAsOf,
    synonyms: Synonyms,
    keep: Keep = cut_anew,
    listed: str | None = None,
) -> Iterator[GeneratedPage]:
    """Yield the search's shards, one at a time, then their list, under a name that stays: no page has to name it.

    `listed` is the content of the list where that is known: then only pages whose shards are not kept are read.
    """

    @cache
    def facts(number: int) -> Facts | None:
        kep = keps_as_of.of(number)
        return facts_of(kep) if kep else None

    facets, latest, made = Facets(), Latest(), []

    def note(page: SearchedPage, sections: Sequence[Section]) -> None:
        facets.note(page, sections)
        latest.note(page, sections)

    for shard in shards(pages, facts, None if listed else note, keep):
        file = GeneratedPage.named_by_content(f"{FOLDER}/{shard.name}.json", shard.text)
        made.append(_entry(shard, file))
        yield file
    if listed is None:
        told = {"synonyms": synonyms, "facets": facets.values(facts), "latest": latest.values()}
        listed = compact({"version": VERSION, "shards": made, **told}) + "\n"  # needed before any shard is loaded
    yield GeneratedPage(path=LIST, content=listed)


def _entry(shard: Shard, file: GeneratedPage) -> Mapping[str, Any]:
    name = file.path.removeprefix(f"{FOLDER}/")
    return {"name": shard.name, "file": name, "bytes": shard.size, "sections": shard.sections}


def program_file(name: str, program: str) -> GeneratedPage:
    """Return the file of a program of the search, `worker` or `engine`; it lies beside the shards."""
    return GeneratedPage.named_by_content(f"{FOLDER}/{name}.js", program)


def worker_address(worker: GeneratedPage, engine: GeneratedPage) -> str:
    """Return the address of the worker, with the name of the engine that belongs to it.

    Nothing in it follows from what pages say: a page that stays as it is keeps its bytes.
    """
    return f"{worker.path}?engine={engine.path.split('.')[-2]}"


_SETTINGS = 'id="__config"'

_THEMES_WORKER = re.compile(r'("search":\s*")((?:[^"\\]*/)?)assets/javascripts/workers/search\.[^"\\]*"')


def with_worker(html: str, address: str, reach: str) -> str:
    """Return the HTML of the theme's page with our search worker in place of the theme's, and a way to it.

    `address` is the worker's, from the site's root, and `reach` that of the program `interface.REACH`.
    """
    place = html.rfind(_SETTINGS)  # the last settings: an article that shows some stands before
    found = _THEMES_WORKER.search(html, place) if place >= 0 else None
    if found is None:
        return html
    start, root = html.rfind("<", 0, place), found[2]
    tag = f'<script src="{root}{reach}"></script>'
    return f'{html[:start]}{tag}{html[start : found.start()]}{found[1]}{root}{address}"{html[found.end() :]}'
