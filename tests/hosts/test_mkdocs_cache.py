"""Nothing is rendered twice for the same text, and nothing old is ever shown."""

from __future__ import annotations

import copy
import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest
from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from neco_weekly.hosts.mkdocs.kept_entries import checked, with_check
from neco_weekly.model.cards import Card
from neco_weekly.model.keps import Stage

from tests.sites import CONFIG, MATERIAL, Built, Folder, attribute, issue_path, kep, new_folder

FIRST, SECOND, THIRD = "2026-01-02", "2026-01-09", "2026-01-16"
CARD = Card(url="https://example.org/a", title="A page")


class Conversions(Extension):
    """A Markdown extension that notes which text is converted."""

    texts: ClassVar[list[str]] = []

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        md.preprocessors.register(_Note(md), "note", 2000)


class _Note(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        Conversions.texts.append("\n".join(lines))
        return lines


COUNTED = [*CONFIG["markdown_extensions"], "tests.hosts.test_mkdocs_cache:Conversions"]


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
    converted = [
        date
        for date in (FIRST, SECOND, THIRD)
        for text in Conversions.texts
        if text.startswith(f"# Neco Weekly ({date}号)")
    ]
    assert len(converted) == len(set(converted)), "an issue was converted twice in one build"
    return built, set(converted)


def test_a_second_build_converts_no_issue_and_gives_the_same_bytes(folder: Folder) -> None:
    first, converted = build(folder)
    assert converted == {FIRST, SECOND, THIRD}
    second, converted = build(folder, to="second")
    assert converted == set()
    assert second.contents() == first.contents()


def test_the_same_with_the_theme_of_the_site(folder: Folder) -> None:
    folder.configure(theme=MATERIAL, markdown_extensions=[*COUNTED, "footnotes"])
    folder.write("docs/about.md", "# このサイト\n\nKEP-127\n")
    folder.issue(THIRD, "## 節\n\n### 小節\n\n[見出しへ](2026-01-16.md#節) [^1]\n\n[^1]: 注")
    first, _ = build(folder)
    second, converted = build(folder, to="second")
    assert converted == set()
    assert second.contents() == first.contents()


EVERYTHING = {FIRST, SECOND, THIRD}
Change = Callable[[Folder], object]
CHANGES: dict[str, tuple[Change, set[str]]] = {
    "nothing": (lambda folder: None, set()),
    "a text": (lambda folder: folder.issue(FIRST, "KEP-127 の新しい話"), {FIRST}),
    "a KEP that one issue mentions": (
        lambda folder: folder.lock(kep(127, stage=Stage.REMOVED), kep(2254), cards=[CARD]),
        {FIRST},
    ),
    "a pull request that no issue links to": (
        lambda folder: folder.lock(kep(127), kep(2254), cards=[CARD], pulls={6092: (127,)}),
        set(),
    ),
    "an override": (
        lambda folder: folder.write("docs/_metadata/overrides.yml", "keps: {2254: {title: 手で書いた題}}\n"),
        {SECOND},
    ),
    "a card": (
        lambda folder: folder.lock(kep(127), kep(2254), cards=[Card(url=CARD.url, title="Another title")]),
        {SECOND},
    ),
    "the day of the lock": (
        lambda folder: folder.lock(kep(127), kep(2254), cards=[CARD], as_of=dt.date(2026, 8, 1)),
        set(),
    ),
    "a setting of an extension": (
        lambda folder: folder.configure(markdown_extensions=[{"toc": {"permalink": True}}, *COUNTED[1:]]),
        EVERYTHING,
    ),
    "the extensions": (lambda folder: folder.configure(markdown_extensions=[*COUNTED, "attr_list"]), EVERYTHING),
    "the language": (
        lambda folder: folder.configure(
            markdown_extensions=COUNTED, plugins=["search", {"neco-weekly": {"locale": "en"}}]
        ),
        EVERYTHING,
    ),
    "the form of addresses": (
        lambda folder: folder.configure(markdown_extensions=COUNTED, use_directory_urls=False),
        EVERYTHING,
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_only_what_a_change_concerns_is_converted_again(name: str, folder: Folder) -> None:
    change, concerned = CHANGES[name]
    build(folder)
    change(folder)
    again, converted = build(folder)
    assert converted == concerned
    assert again.contents() == fresh(folder).contents()


CHANGED_FILES: dict[str, Change] = {
    "a KEP that is gone from the lock": lambda folder: folder.lock(kep(127), cards=[CARD]),
    "a KEP that no issue mentions": lambda folder: folder.lock(kep(127), kep(2254), kep(3022), cards=[CARD]),
    "another page": lambda folder: folder.write("docs/about.md", "# このサイト\n"),
    "another issue": lambda folder: folder.issue("2026-01-23", "KEP-127"),
    "an issue that is gone": lambda folder: (folder.root / issue_path(SECOND)).unlink(),
    "an issue that became a draft": lambda folder: folder.write(issue_path(SECOND), "---\ndraft: true\n---\n# 号\n"),
    "a picture": lambda folder: folder.write("docs/issues/2026/01/a.png", b""),
}


@pytest.mark.parametrize("name", CHANGED_FILES)
def test_with_other_files_the_site_is_that_of_a_first_build(name: str, folder: Folder) -> None:
    build(folder)
    CHANGED_FILES[name](folder)
    again, _ = build(folder)
    assert again.contents() == fresh(folder).contents()


def fresh(folder: Folder) -> Built:
    """The site as a build without any cache makes it."""
    shutil.rmtree(folder.root / ".cache")
    return folder.build(to="fresh")


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda entry: b"",
    "cut off": lambda entry: entry[: len(entry) // 2],
    "no text": lambda entry: b"\xff" + entry,
    "another kind of JSON": lambda entry: b"[]",
    "nested too deeply": lambda entry: b"[" * 100_000,
    "without a page": lambda entry: entry[: entry.index(b"{")] + b"{}\n",
    "with less of its content": lambda entry: entry[:-1],
    "a page with another field": lambda entry: entry.replace(b'"toc":', b'"contents":'),
    "a mention with another field": lambda entry: entry.replace(b'"kep":', b'"number":'),
}


@pytest.mark.parametrize("is_whole", [True, False], ids=["whole", "not whole"])
@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_entry_is_no_entry(name: str, is_whole: bool, folder: Folder) -> None:
    first, _ = build(folder)
    entries = list((folder.root / ".cache").rglob("*.json"))
    assert len(entries) == 3
    for entry in entries:
        damaged = DAMAGES[name](checked(entry.read_bytes()))
        entry.write_bytes(with_check(damaged) if is_whole else damaged)
    again, converted = build(folder, to="again")
    assert converted >= {FIRST, SECOND}
    assert again.contents() == first.contents()
    assert build(folder)[1] == set()


def test_a_page_that_warned_warns_again(folder: Folder) -> None:
    folder.lock(kep(127), missing={9999: "not-found"})
    folder.issue(THIRD, "KEP-9999 [どこにもない頁](nowhere.md)")
    first, _ = build(folder)
    assert len(first.warnings) == 2
    second, converted = build(folder)
    assert converted == {THIRD}
    assert second.warnings == first.warnings


def test_a_problem_of_ours_is_told_again_without_converting_again(folder: Folder) -> None:
    folder.lock(kep(127), missing={9999: "not-found"})
    folder.issue(THIRD, "一\n\nKEP-9999 ![図](missing.png)")
    folder.configure(markdown_extensions=COUNTED, validation={"links": {"not_found": "ignore"}})
    first, _ = build(folder)
    second, converted = build(folder)
    assert converted == set()
    assert second.warnings == first.warnings
    assert len(first.warnings) == 2


def test_links_to_headings_are_checked_in_pages_from_the_cache(folder: Folder) -> None:
    folder.configure(markdown_extensions=COUNTED, validation={"anchors": "warn"})
    folder.issue(FIRST, "[見出し](2026-01-09.md#話)")
    folder.issue(SECOND, "## 話")
    assert build(folder)[0].warnings == []
    folder.issue(SECOND, "## 別の話")
    built, converted = build(folder)
    assert converted == {SECOND}
    assert len(built.warnings) == 1
    assert "does not contain an anchor '#話'" in built.warnings[0]


def test_the_cache_can_be_turned_off(folder: Folder) -> None:
    folder.configure(markdown_extensions=COUNTED, plugins=["search", {"neco-weekly": {"cache": False}}])
    for _ in range(2):
        assert build(folder)[1] == EVERYTHING
    assert not (folder.root / ".cache").exists()


def test_options_that_only_live_in_this_process_turn_it_off(folder: Folder) -> None:
    for _ in range(2):
        extensions = [*copy.deepcopy(COUNTED), {"toc": {"slugify": lambda text, separator: text}}]  # MkDocs empties it
        assert build(folder, markdown_extensions=extensions)[1] == EVERYTHING


def test_the_cache_can_lie_elsewhere(folder: Folder) -> None:
    folder.configure(markdown_extensions=COUNTED, plugins=["search", {"neco-weekly": {"cache_dir": "kept"}}])
    build(folder)
    assert len(list((folder.root / "kept").rglob("*.json"))) == 3
    assert not (folder.root / ".cache").exists()


def test_a_cache_that_cannot_be_written_only_costs_time(folder: Folder) -> None:
    folder.write(".cache", "a file where the folder would be")
    first, converted = build(folder)
    assert converted == EVERYTHING
    assert first.warnings == []


def test_what_another_file_gives_to_a_page_is_never_old(folder: Folder) -> None:
    folder.configure(
        markdown_extensions=[*COUNTED, {"pymdownx.snippets": {"base_path": [str(folder.root)]}}],
    )
    folder.issue(FIRST, '--8<-- "included.md"')
    for text in ("前の文", "後の文"):
        folder.write("included.md", text)
        assert text in build(folder)[0].issue(FIRST).text


def test_what_another_plugin_gives_to_a_page_is_never_old(folder: Folder) -> None:
    folder.configure(markdown_extensions=COUNTED, hooks=["hook.py"])
    folder.write(
        "hook.py",
        "from pathlib import Path\n\n\ndef on_page_markdown(markdown, **_):\n"
        "    return markdown.replace('%text%', (Path(__file__).parent / 'text').read_text())\n",
    )
    folder.issue(FIRST, "%text%")
    for text in ("KEP-127", "KEP-2254"):
        folder.write("text", text)
        page = folder.build().issue(FIRST)
        assert [attribute(link, "data-kep") for link in page.select("p a.neco-kep")] == [text.removeprefix("KEP-")]
