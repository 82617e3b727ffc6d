"""The guide's table of what each target says: every cell is what an export writes."""

from __future__ import annotations

import re

import pytest

from tests.site.export.exporting import exported, text_of
from tests.sites import PROJECT

PAGE = (PROJECT / "docs/guide/export.md").read_text(encoding="utf-8")

TARGETS = ("zenn", "qiita", "hatena", "markdown")

ROWS = [
    [re.sub(r"^`+ ?| ?`+$", "", cell) for cell in re.split(r" \| ", row.strip("| "))]
    for row in PAGE.partition("| はてなブログ | GitHub |\n| --- ")[2].partition("\n\n")[0].splitlines()[1:]
]


@pytest.mark.parametrize("row", ROWS, ids=[it[0] for it in ROWS])
def test_each_cell_is_what_is_exported(row: list[str]) -> None:
    written, *said = row
    found = [text_of(exported(written, target)).replace("A page", "題") for target in TARGETS]
    assert found == said


def test_the_table_is_there() -> None:
    assert len(ROWS) == 8


def test_commands_of_the_guide_name_every_target() -> None:
    named = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    assert sorted(named) == ["email", "hatena", "markdown", "qiita", "zenn"]
