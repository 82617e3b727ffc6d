"""Entries of MkDocs' own search index, one for each section of a page, where the search is not ours."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any

from ...model.issues import Section
from .page import compact


def entries(
    url: str, title: str, sections: Iterable[Section], *, tags: Sequence[str], boost: float | None
) -> list[dict[str, Any]]:
    """Return a page's entries of `search_index.json`: `location`, `title` and `text`, the last two as HTML.

    `url` is the page's address from the site's root, `title` stands for a first section that has none of its own.
    `tags` and `boost` are what the page asks of search.
    """
    extra: dict[str, Any] = {"tags": list(tags)} if tags else {}
    if boost is not None:
        extra["boost"] = boost
    return [
        {
            "location": f"{url}#{section.anchor}" if section.anchor else url,
            "title": escape(section.title or title, quote=False),
            "text": escape(" ".join(filter(None, (section.text, *section.cards))).replace("\n", " "), quote=False),
            **extra,
        }
        for section in sections
    ]


def with_entries(index: str, more: Iterable[dict[str, Any]], *, without: Iterable[str] = ()) -> Iterator[str]:
    """Yield the text of `search_index.json` with more entries, an entry a line, in pieces: a large site has much.

    A page whose address stands in `without` has no entry: the search plugin of MkDocs itself knows no exclusion.
    Written as UTF-8 the index is half the size of the escapes that the search plugin writes.
    """
    document, ours = json.loads(index), list(more)
    pages = {*without, *(_page(entry) for entry in ours)}
    others = [entry for entry in document.pop("docs") if _page(entry) not in pages]
    yield f'{compact(document)[:-1]},"docs":['
    for number, entry in enumerate([*others, *ours]):
        yield f"{',' if number else ''}\n{compact(entry)}"
    yield "\n]}\n"


def _page(entry: dict[str, Any]) -> str:
    return str(entry["location"]).partition("#")[0]
