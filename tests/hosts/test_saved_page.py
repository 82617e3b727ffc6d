"""The page that a preview shows first after a save is the one that the whole build then writes, byte for byte."""

from __future__ import annotations

import contextlib
import gc
import shutil
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from neco_weekly.hosts.mkdocs import NecoWeeklyPlugin, saved_page
from neco_weekly.hosts.mkdocs.build_memory import Shelf
from neco_weekly.hosts.mkdocs.laid_down_page import LaidDownPage
from neco_weekly.hosts.mkdocs.saved_page import draw_saved
from neco_weekly.issues.problems import Problem

from tests.sites import MATERIAL, Folder, kep, log_of_mkdocs, new_folder

OLD, ISSUE, NEW, DRAFT = "2026-01-02", "2026-01-09", "2026-01-16", "2026-01-23"
SETTINGS: dict[str, Any] = {
    "theme": MATERIAL,
    "nav": [{"号": "issues/index.md"}, {"About": "about.md"}],
    "plugins": ["search", {"neco-weekly": {"issues": "issues"}}],
}
TEXT = "## 見出し\n\nKEP-127 の話。\n\n- KEP-2254\n"


class Desk:
    """A preview in this process: the whole site once and again, and in between a saved page."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.config = self.load()
        self.config.plugins.on_startup(command="serve", dirty=False)

    def load(self) -> MkDocsConfig:
        return load_config("mkdocs.yml", site_dir=str(self.folder.root / "site"))

    @property
    def plugin(self) -> NecoWeeklyPlugin:
        plugin = self.config.plugins["neco-weekly"]
        assert isinstance(plugin, NecoWeeklyPlugin)
        return plugin

    def whole(self) -> None:
        self.config = self.load()
        build(self.config, serve_url="http://127.0.0.1:8000/")

    @property
    def problems(self) -> tuple[Problem, ...]:
        assert self.plugin.build
        return self.plugin.build.problems

    def forget(self) -> None:
        """Go on as a preview that has just been started, without a cache."""
        self.plugin.live.begin(is_preview=True)
        shutil.rmtree(".cache")

    def first(self, path: str) -> bytes | None:
        """What a page is at once; None where only the whole site can be built."""
        live = self.plugin.live
        assert live.last
        return self.page(path) if draw_saved(live.last, path, self.plugin._take_up, Path("site")) else None

    def page(self, path: str) -> bytes:
        below = path.removesuffix(".md")
        return Path("site", "index.html" if below == "index" else f"{below}/index.html").read_bytes()


def files_of_the_site() -> dict[str, bytes]:
    return {it.as_posix(): it.read_bytes() for it in Path("site").rglob("*") if it.is_file()}


@contextlib.contextmanager
def at_a_desk(folder: Folder) -> Iterator[Desk]:
    with contextlib.chdir(folder.root), log_of_mkdocs():
        desk = Desk(folder)
        desk.whole()
        yield desk
        desk.config.plugins.on_shutdown()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = new_folder(tmp_path, **SETTINGS)
    folder.lock(kep(127), kep(2254), kep(300))
    folder.issue(OLD, "## 前\n\nKEP-127 と [次](../02/none.md)")
    folder.issue(ISSUE, TEXT)
    folder.issue(NEW, f"## 後\n\n[前の話]({ISSUE}.md#見出し) の続き。KEP-2254")
    folder.write(f"docs/issues/2026/01/{DRAFT}.md", "---\ndraft: true\n---\n# 下書き\n\nKEP-127\n")
    folder.write("docs/about.md", "# このサイト\n\n本文\n")
    folder.write("docs/index.md", "# 猫\n\n<!-- neco:archive -->\n")
    return folder


def lies(date: str) -> str:
    return f"issues/2026/01/{date}.md"


Save = Callable[[Folder], object]
SAVES: dict[str, tuple[str, Save]] = {
    "a paragraph": (lies(ISSUE), lambda it: it.issue(ISSUE, f"{TEXT}\n段落をひとつ。")),
    "a heading": (lies(ISSUE), lambda it: it.issue(ISSUE, f"{TEXT}\n## もうひとつ\n\nKEP-127")),
    "the same": (lies(ISSUE), lambda it: it.issue(ISSUE, TEXT)),
    "only a title": (lies(ISSUE), lambda it: it.issue(ISSUE)),
    "a KEP that had no page": (lies(ISSUE), lambda it: it.issue(ISSUE, "KEP-300 が来た。")),
    "a KEP that nobody knows": (lies(ISSUE), lambda it: it.issue(ISSUE, "KEP-9999")),
    "a KEP that is not named any more": (lies(ISSUE), lambda it: it.issue(ISSUE, "何もない。")),
    "a link to another issue": (lies(ISSUE), lambda it: it.issue(ISSUE, f"[前の話]({OLD}.md#前) の続き。")),
    "a link that leads nowhere": (lies(ISSUE), lambda it: it.issue(ISSUE, "[ない](none.md) [話](#none)")),
    "a card": (lies(ISSUE), lambda it: it.issue(ISSUE, "https://example.com/a")),
    "its title": (lies(ISSUE), lambda it: it.issue(ISSUE, TEXT, title="別の題 <b>")),
    "the newest issue": (lies(NEW), lambda it: it.issue(NEW, "KEP-300")),
    "a draft": (lies(DRAFT), lambda it: it.write(f"docs/{lies(DRAFT)}", "---\ndraft: true\n---\n# 下書き\n\nKEP-300")),
    "a page of the navigation": ("about.md", lambda it: it.write("docs/about.md", "# このサイト\n\n別の本文\n")),
    "the home of a writer": ("index.md", lambda it: it.write("docs/index.md", "# 猫\n\n別\n\n<!-- neco:archive -->\n")),
}


def test_the_first_page_is_the_whole_build_s(folder: Folder) -> None:
    """One save behind the other, each from what the whole build before has left in memory."""
    others = []
    with at_a_desk(folder) as desk:
        for name, (path, save) in SAVES.items():
            before = desk.page(path)
            save(folder)
            first, again = desk.first(path), desk.first(path)
            desk.whole()
            if first is None or not first == again == desk.page(path):
                others.append(name)
            if first == before and name != "the same":
                others.append(f"{name}: nothing is shown")
    assert others == []


def test_what_a_preview_remembers_is_what_a_new_one_reads(folder: Folder) -> None:
    """After each of many saves, the whole site is byte for byte that of a preview that knows nothing."""
    others = []
    with at_a_desk(folder) as desk:
        for name, (_, save) in SAVES.items():
            save(folder)
            desk.whole()
            remembered = files_of_the_site(), desk.problems
            desk.forget()
            desk.whole()
            if (files_of_the_site(), desk.problems) != remembered:
                others.append(name)
    assert others == []


def test_the_build_before_the_last_one_is_in_no_memory(folder: Folder) -> None:
    """Not even the first one, whose configuration MkDocs keeps as long as the preview runs."""
    with at_a_desk(folder) as desk:
        configuration, build_before = desk.config, desk.plugin.build
        assert build_before
        before = weakref.ref(build_before)
        del build_before
        desk.whole()
        gc.collect()
        assert before() is None
        assert configuration is not desk.config


def test_what_pages_say_is_on_the_disk_after_a_build(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for it gets what it was."""
    said, lay_down = dict[int, tuple[LaidDownPage, str | None]](), LaidDownPage.lay_down

    def note(page: LaidDownPage, shelf: Shelf) -> None:
        said[id(page)] = page, page.content
        lay_down(page, shelf)

    monkeypatch.setattr(LaidDownPage, "lay_down", note)
    with at_a_desk(folder):
        assert len(said) > len(SAVES)
        assert [it.url for it, _ in said.values() if "content" in vars(it)] == []
        assert [it.content for it, _ in said.values()] == [content for _, content in said.values()]


WHOLE: dict[str, tuple[str, Save]] = {
    "an issue that is empty is no issue": (lies(ISSUE), lambda it: it.write(f"docs/{lies(ISSUE)}", "")),
    "one that has a text again": (lies(ISSUE), lambda it: it.issue(ISSUE, TEXT)),
    "a day": (lies(ISSUE), lambda it: it.write(f"docs/{lies(ISSUE)}", "---\ndate: 2026-01-03\n---\n# 号\n")),
    "a draft": (lies(ISSUE), lambda it: it.write(f"docs/{lies(ISSUE)}", "---\ndraft: true\n---\n# 号\n")),
    "front matter that cannot be read": (
        lies(ISSUE),
        lambda it: it.write(f"docs/{lies(ISSUE)}", "---\na: b: c\n---\n"),
    ),
    "bytes that are no text": (lies(ISSUE), lambda it: it.write(f"docs/{lies(ISSUE)}", b"\xff\xfe\x00")),
    "a title in the navigation": ("about.md", lambda it: it.write("docs/about.md", "---\ntitle: X\n---\n本文\n")),
    "a page that is generated": ("keps/127.md", lambda it: None),
    "a file that is new": ("new.md", lambda it: it.write("docs/new.md", "# 新\n")),
}


def test_what_only_the_whole_build_can_tell_is_not_guessed(folder: Folder) -> None:
    """And what follows is right again."""
    guessed = []
    with at_a_desk(folder) as desk:
        for name, (path, save) in WHOLE.items():
            save(folder)
            guessed += [name] if desk.first(path) is not None else []
            desk.whole()
        folder.issue(NEW, "別の話")
        assert desk.first(lies(NEW)) is not None
        first = desk.page(lies(NEW))
        desk.whole()
        assert desk.page(lies(NEW)) == first
    assert guessed == []


def test_a_mkdocs_without_what_that_needs_builds_the_whole_site(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved_page, "CAN_DRAW", False)
    with at_a_desk(folder) as desk:
        folder.issue(ISSUE, "別の話")
        assert desk.first(lies(ISSUE)) is None


LINE = """
def on_page_markdown(markdown, page, **_):
    return markdown + "\\n\\nKEP-300\\n" if page.file.src_uri.endswith("09.md") else markdown

def on_post_page(output, **_):
    return output.replace("</body>", "<footer>終</footer></body>")
"""


def test_hooks_of_others_draw_the_page_as_well(folder: Folder) -> None:
    folder.write("hook.py", LINE.replace('+ "\\n\\nKEP-300\\n"', '.replace("話", "猫の話")'))
    folder.configure(**SETTINGS, hooks=["hook.py"])
    with at_a_desk(folder) as desk:
        folder.issue(ISSUE, "別の話")
        first = desk.first(lies(ISSUE))
        desk.whole()
        assert first == desk.page(lies(ISSUE))
        assert first
        assert "別の猫の話" in first.decode()
        assert "<footer>終</footer>" in first.decode()


def test_what_another_plugin_writes_into_issues_is_there(folder: Folder) -> None:
    folder.write("hook.py", LINE)
    folder.configure(**SETTINGS, hooks=["hook.py"])
    with at_a_desk(folder) as desk:
        for path, save in ((lies(ISSUE), "別の話"), (lies(NEW), "何も")):
            folder.write(f"docs/{path}", f"# 号\n\n{save}\n")
            first = desk.first(path)
            desk.whole()
            assert first == desk.page(path)


def test_a_build_that_fails_leaves_what_the_next_save_is_drawn_from(folder: Folder) -> None:
    folder.write(
        "hook.py", "def on_env(env, config, files):\n    if config['extra'].get('no'): raise ValueError('no')\n"
    )
    folder.configure(**SETTINGS, hooks=["hook.py"])
    with at_a_desk(folder) as desk:
        folder.configure(**SETTINGS, hooks=["hook.py"], extra={"no": True})
        with pytest.raises(ValueError, match="no"):
            desk.whole()
        folder.configure(**SETTINGS, hooks=["hook.py"])
        folder.issue(ISSUE, "別の話")
        first = desk.first(lies(ISSUE))
        assert first
        desk.whole()
        assert first == desk.page(lies(ISSUE))
