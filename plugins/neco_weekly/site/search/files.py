"""Pages -> every file of the search, and the address of the worker that reads them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from ...lock.kep_as_of import KepsAsOf
from ...lock.synonyms import Synonyms
from ..files import GeneratedPage
from .facets import Facets
from .interface import REACHED
from .page import Facts, SearchedPage, compact, facts_of
from .shards import VERSION, Shard, shards

FOLDER = "search/neco"

LIST = f"{FOLDER}/index.json"

STUB = compact({"config": {"lang": ["ja"], "separator": r"\s+", "pipeline": [], "fields": {}}, "docs": []})
"""What stands for the index that the theme fetches with every page."""


def search_files(pages: Iterable[SearchedPage], keps_as_of: KepsAsOf, synonyms: Synonyms) -> Iterator[GeneratedPage]:
    """Shards, one at a time, then their list under the name that stays, then under that of its content."""

    @cache
    def facts(number: int) -> Facts | None:
        kep = keps_as_of.of(number)
        return facts_of(kep.enhancement) if kep else None

    facets, made = Facets(), []
    for shard in shards(pages, facts, facets.note):
        file = GeneratedPage.named_by_content(f"{FOLDER}/{shard.name}.json", shard.text)
        made.append(_entry(shard, file))
        yield file
    text = _list(made, facets.values(facts), synonyms)
    yield GeneratedPage(path=LIST, content=text)
    yield GeneratedPage.named_by_content(LIST, text)


def _entry(shard: Shard, file: GeneratedPage) -> Mapping[str, Any]:
    name = file.path.removeprefix(f"{FOLDER}/")
    return {"name": shard.name, "file": name, "bytes": shard.size, "sections": shard.sections}


def _list(made: list[Mapping[str, Any]], facets: Mapping[str, list[str]], synonyms: Synonyms) -> str:
    """The list of shards, with what is asked before any of them is there."""
    return compact({"version": VERSION, "shards": made, "synonyms": synonyms, "facets": facets}) + "\n"


def program_file(name: str, program: str) -> GeneratedPage:
    """A program of the search, `worker` or `engine`: it lies beside the shards and finds them from there."""
    return GeneratedPage.named_by_content(f"{FOLDER}/{name}.js", program)


def worker_address(worker: GeneratedPage, engine: GeneratedPage, listed: GeneratedPage) -> str:
    """The worker of this very build: it is told which engine and which list of shards belong to it.

    The first shard is told as well, so that the worker need not wait for one file to ask for the next.
    """
    made = json.loads(listed.content)["shards"]
    first = f"&first={made[0]['file']}" if made else ""
    return f"{worker.path}?index={_build(listed)}&engine={_build(engine)}{first}"


def _build(file: GeneratedPage) -> str:
    return file.path.split(".")[-2]


_SETTINGS = 'id="__config"'

_THEMES_WORKER = re.compile(r'("search":\s*"(?:[^"\\]*/)?)assets/javascripts/workers/search\.[^"\\]*"')


def with_worker(html: str, address: str) -> str:
    """A page of the theme whose settings name our worker, `address` from the site's root, instead of the theme's."""
    place = html.rfind(_SETTINGS)  # the last one: what an article says of it stands before
    if place < 0:
        return html
    settings, found = _THEMES_WORKER.subn(lambda match: f'{match[1]}{address}"', html[place:], count=1)
    start = html.rfind("<", 0, place)
    return f"{html[:start]}{REACHED}{html[start:place]}{settings}" if found else html
