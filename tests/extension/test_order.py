"""The order of our processors among those of Python-Markdown, its extensions and MkDocs, as the table tells it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from markdown import Markdown
from neco_weekly.extension import NecoWeeklyExtension
from neco_weekly.extension.order import ORDER, Registry, Row
from neco_weekly.lock.store import Lock

from tests.lock_fixture import as_of_today
from tests.sites import new_folder

EVERY_EXTENSION = (
    "abbr admonition attr_list def_list fenced_code footnotes md_in_html meta smarty tables toc wikilinks "
    "pymdownx.arithmatex pymdownx.betterem pymdownx.caret pymdownx.details pymdownx.emoji pymdownx.highlight "
    "pymdownx.inlinehilite pymdownx.keys pymdownx.magiclink pymdownx.mark pymdownx.smartsymbols pymdownx.snippets "
    "pymdownx.superfences pymdownx.tabbed pymdownx.tasklist pymdownx.tilde"
).split()
Order = Mapping[Registry, list[str]]


def order_of(md: Markdown) -> Order:
    """Names of all processors, by registry, in the order in which they run."""
    registries: dict[Registry, Any] = {
        "preprocessors": md.preprocessors,
        "inlinePatterns": md.inlinePatterns,
        "treeprocessors": md.treeprocessors,
        "postprocessors": md.postprocessors,
    }
    return {
        name: [item.name for item in sorted(registry._priority, key=lambda item: -item.priority)]
        for name, registry in registries.items()
    }


def plain() -> Order:
    return order_of(Markdown(extensions=[NecoWeeklyExtension(keps_as_of=as_of_today(Lock()))]))


def with_every_extension() -> Order:
    return order_of(Markdown(extensions=[*EVERY_EXTENSION, NecoWeeklyExtension(keps_as_of=as_of_today(Lock()))]))


@pytest.fixture(scope="module")
def in_mkdocs(tmp_path_factory: pytest.TempPathFactory) -> Order:
    """As MkDocs has it when it converts a page."""
    folder = new_folder(tmp_path_factory.mktemp("order"))
    folder.issue("2026-07-10", "KEP-127")
    seen: list[Order] = []
    convert = Markdown.convert

    def looked_at(md: Markdown, source: str) -> str:
        seen.append(order_of(md))
        return convert(md, source)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Markdown, "convert", looked_at)
        folder.build()
    return next(order for order in seen if "relpath" in order["treeprocessors"])


def wrong(row: Row, order: Order) -> Iterator[str]:
    """What is not as the row has it."""
    names = order[row.registry]
    place = names.index(row.name)
    for other in names if "*" in row.before else row.before:
        if other in names and other != row.name and names.index(other) < place:
            yield f"{row.name} runs behind {other}"
    for other in row.after:
        if other in names and names.index(other) > place:
            yield f"{row.name} runs before {other}"


@pytest.mark.parametrize("row", ORDER, ids=lambda row: row.name)
def test_every_row_holds(row: Row, in_mkdocs: Order) -> None:
    orders = (plain(), with_every_extension(), in_mkdocs)
    assert [sentence for order in orders for sentence in wrong(row, order)] == []


def test_every_name_in_the_table_is_that_of_a_processor(in_mkdocs: Order) -> None:
    named = {(row.registry, name) for row in ORDER for name in (*row.before, *row.after)} - {("preprocessors", "*")}
    there = {
        (key, name) for order in (with_every_extension(), in_mkdocs) for key, names in order.items() for name in names
    }
    there |= {(key, name) for key, names in plain().items() for name in names}
    assert named - there == set()


def test_all_of_ours_are_in_the_table() -> None:
    ours = {(key, name) for key, names in plain().items() for name in names if name.startswith("neco_")}
    assert ours == {(row.registry, row.name) for row in ORDER}


def test_each_row_says_both_whom_it_follows_or_leads_and_why() -> None:
    assert [row.name for row in ORDER if not (row.before or row.after) or len(row.why) < 40] == []
