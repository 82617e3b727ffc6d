"""The file of an issue is read once in a build; what another plugin makes of it before that counts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from mkdocs.structure.files import File
from neco_weekly.grammar.issue_files import read_issue_text

from tests.sites import Folder, new_folder

DATE, LATER = "2026-01-09", "2026-01-16"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = new_folder(tmp_path)
    folder.issue(DATE, "書いた話。")
    folder.issue(LATER, "別の話。")
    return folder


def test_each_file_is_read_once(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    read, content = Counter[str](), vars(File)["content_string"]

    def counted(path: Path, shown: str) -> str:
        read[path.stem] += 1
        return read_issue_text(path, shown)

    def counted_by_mkdocs(self: File) -> str:
        read.update([Path(self.src_uri).stem] * bool(self.abs_src_path))
        return str(content.__get__(self))

    monkeypatch.setattr("neco_weekly.hosts.mkdocs.public_issues.read_issue_text", counted)
    monkeypatch.setattr(File, "content_string", property(counted_by_mkdocs, content.fset))
    for _ in range(2):
        read.clear()
        assert "書いた話。" in folder.build().issue(DATE).get_text()
        assert read == {DATE: 1, LATER: 1}


IN_MEMORY = """
def on_files(files, **_):
    for file in files:
        if file.src_uri.endswith("{date}.md"):
            file.content_string = "# 題\\n\\n{text}"
"""
ON_THE_DISK = """
from pathlib import Path

def on_files(files, **_):
    for file in files:
        if file.src_uri.endswith("{date}.md"):
            Path(file.abs_src_path).write_text("# 題\\n\\n{text}", encoding="utf-8")
"""
LATE = """
def on_nav(nav, files, **_):
    for file in files:
        if file.src_uri.endswith("{date}.md"):
            file.content_string = "# 題\\n\\n{text}"
"""
"""A plugin that gives an issue another text when pages are about to be rendered."""


@pytest.mark.parametrize("hook", [IN_MEMORY, ON_THE_DISK, LATE])
def test_the_text_of_another_plugin_is_the_one_that_is_drawn(folder: Folder, hook: str) -> None:
    folder.build()
    folder.write("hook.py", hook.format(date=DATE, text="直した話。"))
    folder.configure(hooks=["hook.py"])
    for _ in range(2):
        built = folder.build()
        assert "直した話。" in built.issue(DATE).get_text()
        assert "別の話。" in built.issue(LATER).get_text()


def test_what_a_hook_holds_back_is_held_back(folder: Folder) -> None:
    folder.write("hook.py", IN_MEMORY.format(date=DATE, text="").replace("# 題", "---\\ndraft: true\\n---\\n# 題"))
    folder.configure(hooks=["hook.py"])
    assert not [path for path in folder.build().paths() if DATE in path]
