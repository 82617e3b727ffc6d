"""Nothing is rendered twice for the same text, and nothing old is ever shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest
from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from neco_weekly.model import Card, Stage

from tests.sites import CONFIG, MATERIAL, Built, Folder, attribute, issue_path, kep, new_folder

FIRST, SECOND, THIRD = "2026-01-02", "2026-01-09", "2026-01-16"
CARD = Card(url="https://example.org/a", title="A page")


class Conversions(Extension):
    """A Markdown extension that notes which text is converted."""

    texts: ClassVar[list[str]] = []

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.register(_Note(md), "note", 2000)


class _Note(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        Conversions.texts.append("\n".join(lines))
        return lines


COUNTED = [*CONFIG["markdown_extensions"], "tests.test_mkdocs_cache:Conversions"]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Three issues: the first mentions KEP 127, the second KEP 2254 and a card, the third neither."""
    folder = new_folder(tmp_path, markdown_extensions=COUNTED)
    folder.lock(kep(127), kep(2254), cards=[CARD])
    folder.issue(FIRST, "KEP-127 [次の号](../01/2026-01-09.md)")
    folder.issue(SECOND, "KEP-2254\n\nhttps://example.org/a")
    folder.issue(THIRD, "話")
    return folder


def build(folder: Folder, **settings: Any) -> tuple[Built, set[str]]:
    """Build, and tell which issues were converted for it."""
    Conversions.texts.clear()
    built = folder.build(**settings)
    converted = [date for date in (FIRST, SECOND, THIRD) for text in Conversions.texts if f"({date}号)" in text]
    assert len(converted) == len(set(converted)), "an issue was converted twice in one build"
    return built, set(converted)


def test_a_second_build_converts_no_issue_and_gives_the_same_bytes(folder: Folder) -> None:
    first, converted = build(folder)
    assert converted == {FIRST, SECOND, THIRD}
    second, converted = build(folder, to="second")
    assert converted == set()
    assert second.contents() == first.contents()


def test_the_same_with_the_theme_of_the_site(folder: Folder) -> None:
    folder.configure(theme=MATERIAL, markdown_extensions=COUNTED)
    folder.write("docs/about.md", "# このサイト\n\nKEP-127\n")
    folder.issue(THIRD, "## 節\n\n### 小節\n\n[見出しへ](2026-01-16.md#節) [^1]\n\n[^1]: 注")
    first, _ = build(folder)
    second, converted = build(folder, to="second")
    assert converted == set()
    assert second.contents() == first.contents()


Change = Callable[[Folder], object]
CHANGES: dict[str, tuple[Change, set[str]]] = {
    "a changed text": (lambda folder: folder.issue(FIRST, "KEP-127 の新しい話"), {FIRST}),
    "a changed KEP": (
        lambda folder: folder.lock(kep(127, stage=Stage.REMOVED), kep(2254), cards=[CARD]),
        {FIRST},
    ),
    "a KEP that is gone from the lock": (lambda folder: folder.lock(kep(127), cards=[CARD]), {FIRST, SECOND, THIRD}),
    "a KEP that no issue mentions": (
        lambda folder: folder.lock(kep(127), kep(2254), kep(3022), cards=[CARD]),
        {FIRST, SECOND, THIRD},
    ),
    "an override": (
        lambda folder: folder.write("docs/_metadata/overrides.yml", "keps: {2254: {title: 手で書いた題}}\n"),
        {SECOND},
    ),
    "a changed card": (
        lambda folder: folder.lock(kep(127), kep(2254), cards=[Card(url=CARD.url, title="Another title")]),
        {SECOND},
    ),
    "another setting of an extension": (
        lambda folder: folder.configure(markdown_extensions=[{"toc": {"permalink": True}}, *COUNTED[1:]]),
        {FIRST, SECOND, THIRD},
    ),
    "another extension": (
        lambda folder: folder.configure(markdown_extensions=[*COUNTED, "attr_list"]),
        {FIRST, SECOND, THIRD},
    ),
    "another language": (
        lambda folder: folder.configure(
            markdown_extensions=COUNTED, plugins=["search", {"neco-weekly": {"locale": "en"}}]
        ),
        {FIRST, SECOND, THIRD},
    ),
    "addresses without directories": (
        lambda folder: folder.configure(markdown_extensions=COUNTED, use_directory_urls=False),
        {FIRST, SECOND, THIRD},
    ),
    "another page": (lambda folder: folder.write("docs/about.md", "# このサイト\n"), {FIRST, SECOND, THIRD}),
    "an issue that is gone": (lambda folder: (folder.root / issue_path(THIRD)).unlink(), {FIRST, SECOND}),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_changed_is_converted_again_and_looks_like_a_first_build(name: str, folder: Folder) -> None:
    """More may be converted than is needed; less would show something old."""
    change, expected = CHANGES[name]
    build(folder)
    change(folder)
    again, converted = build(folder)
    assert converted >= expected or not expected
    folder.configure_cache_away()
    fresh, _ = build(folder, to="fresh")
    assert again.contents() == fresh.contents()
    assert converted <= expected
