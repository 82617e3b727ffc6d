"""The shards of each year are cut apart from those of others, so that they can be kept while nobody writes there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence

from neco_weekly.model.issues import Section
from neco_weekly.site.search import SearchedPage, Shard
from neco_weekly.site.search.shards import cut_anew, shards

PAGES = [
    SearchedPage(url=f"{day}/", title=f"{day}", read=lambda: [Section(anchor="", title="", text="猫")], day=day)
    for day in (dt.date(2024, 5, 1), dt.date(2025, 1, 3), dt.date(2025, 7, 4))
]


def test_shards_that_are_kept_are_not_cut_and_their_pages_are_noted() -> None:
    kept: dict[str, list[Shard]] = {}
    asked: list[tuple[str, list[str]]] = []
    noted: list[str] = []

    def keep(name: str, pages: Sequence[SearchedPage], cut: Callable[[], Iterator[Shard]]) -> Iterable[Shard]:
        asked.append((name, [it.url for it in pages]))
        return kept.get(name) or kept.setdefault(name, list(cut()))

    def made() -> list[Shard]:
        return list(shards(PAGES, lambda _: None, lambda page, _: noted.append(page.url), keep))

    first = made()
    kept["2024"] = [Shard(name="2024", text="kept", size=4, sections=1)]
    again = made()
    assert [it.name for it in first] == ["2025", "2024"]
    assert again == [first[0], kept["2024"][0]]
    assert ("2024", ["2024-05-01/"]) in asked
    assert noted == [it.url for it in (PAGES[2], PAGES[1], PAGES[0])] * 2


def test_nothing_is_kept_where_nobody_keeps() -> None:
    cut = list(shards(PAGES, lambda _: None, lambda *_: None, cut_anew))
    assert [it.sections for it in cut] == [2, 1]
