"""A page from the cache is the page that would be drawn without it, whatever was edited before."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from neco_weekly.lock.store import load_lock, save_lock
from neco_weekly.model.cards import Card, CardPicture, Failures, RemotePicture
from neco_weekly.model.keps import Enhancement

from tests.histories import ALPHA, BETA, enhancement, record, state
from tests.pictures import drawn
from tests.sites import Folder, new_folder

FIRST, SECOND = "2024-06-07", "2026-02-06"
URL = "https://example.org/a"
PICTURE = "https://example.org/a.png"


class Editor:
    """A site that somebody works on. Each edit keeps the files' lengths where it can: sizes must not give it away."""

    def __init__(self, root: Path) -> None:
        self.folder = new_folder(root)
        self.dates = {FIRST: FIRST, SECOND: SECOND}
        self.titles = {FIRST: "第一号", SECOND: "第二号"}
        self.words = {FIRST: "本文", SECOND: "本文"}
        self.as_of = dt.date(2026, 3, 1)
        self.milestone = "v1.30"
        self.card = Card(url=URL, title="ページA")
        self.remote = RemotePicture(url=PICTURE)
        self.settings: dict[str, Any] = {}
        self.write()

    def write(self) -> None:
        """Write everything there is as it is now."""
        for day, date in self.dates.items():
            head = f"---\ndate: {date}\ntitle: {self.titles[day]}\n---\n"
            body = f"## KEP-127\n\n{self.words[day]} KEP-9\n\n{URL}\n\n![](/images/a.png)\n\n![]({PICTURE})\n"
            self.folder.write(f"docs/issues/{day}-note.md", f"{head}\n{body}")
        self.folder.lock(self._known(), _unfinished(), cards=[self.card], as_of=self.as_of)
        self._keep(self.remote)
        self.folder.configure(plugins=["search", {"neco-weekly": self.settings}])

    def _known(self) -> Enhancement:
        return enhancement(
            record("2022-06-09", state(ALPHA, alpha="v1.25")),
            record("2024-09-09", state(BETA, alpha="v1.25", beta=self.milestone)),
        )

    def _keep(self, remote: RemotePicture) -> None:
        metadata = self.folder.docs / "_metadata"
        save_lock(replace(load_lock(metadata), pictures={remote.url: remote}), metadata)

    # --- edits ----------------------------------------------------------------------------------------------------

    def text(self) -> None:
        self.words[SECOND] = "書文" if self.words[SECOND] == "本文" else "本文"

    def front_matter_date(self) -> None:
        """The day before which KEP-127 was alpha, and after which it was beta."""
        self.dates[FIRST] = "2025-06-07" if self.dates[FIRST] == FIRST else FIRST

    def front_matter_title(self) -> None:
        self.titles[SECOND] = "別の号" if self.titles[SECOND] == "第二号" else "第二号"

    def lock_kep(self) -> None:
        self.milestone = "v1.31" if self.milestone == "v1.30" else "v1.30"

    def lock_day(self) -> None:
        """A later lock in which nothing of a KEP is another, but that it has not changed for longer."""
        self.as_of = dt.date(2027, 3, 1) if self.as_of.year == 2026 else dt.date(2026, 3, 1)

    def lock_card(self) -> None:
        self.card = replace(self.card, title="ページB" if self.card.title == "ページA" else "ページA")

    def lock_failures(self) -> None:
        gone = Failures(count=3, gone=3, last="404", date=dt.date(2026, 2, 1))
        self.card = replace(self.card, failures=None if self.card.failures else gone)

    def picture_in_docs(self) -> None:
        self._toggle("docs/images/a.png", 4)

    def picture_beside(self) -> None:
        self._toggle("images/a.png", 6)

    def picture_size(self) -> None:
        """Another picture under a name; where there is none, one that both of these places have."""
        for path in ("docs/images/a.png", "images/a.png"):
            file = self.folder.root / path
            there = file.exists() and file.read_bytes() == drawn(7, 8)
            self.folder.write(path, drawn(9, 9) if there else drawn(7, 8))

    def _toggle(self, path: str, side: int) -> None:
        file = self.folder.root / path
        if file.exists():
            file.unlink()
        else:
            self.folder.write(path, drawn(side, side))

    def lock_picture(self) -> None:
        name = f"{'a' * 20}.webp"
        self.folder.write(f"docs/assets/cards/{name}", drawn(9, 9))
        copy = CardPicture(url=PICTURE, file=name, width=9, height=9)
        self.remote = replace(self.remote, copy=None if self.remote.copy else copy)

    def overrides(self) -> None:
        path = self.folder.docs / "_metadata/overrides.yml"
        is_said = "title" in path.read_text(encoding="utf-8")
        path.write_text("keps: {}\n" if is_said else "keps: {127: {title: 手で書いた題}}\n", encoding="utf-8")

    def releases(self) -> None:
        if self.settings.pop("releases", None) is None:
            self.settings["releases"] = {f"1.{minor}": dt.date(2026, 2, minor - 60) for minor in range(61, 70)}

    def locale(self) -> None:
        self.settings["locale"] = "ja" if self.settings.get("locale") == "en" else "en"


def _unfinished() -> Enhancement:
    """A KEP that nobody has touched for years."""
    return enhancement(record("2021-01-10", state(ALPHA, alpha="v1.20"), number=9), number=9)


EDITS: Mapping[str, Callable[[Editor], None]] = {
    name: edit for name, edit in vars(Editor).items() if callable(edit) and not name.startswith("_") and name != "write"
}


def drawn_without_cache(folder: Folder, elsewhere: Path) -> Mapping[str, bytes]:
    """The same site, built in a folder in which nothing was ever built or read."""
    shutil.copytree(folder.root, elsewhere, ignore=shutil.ignore_patterns(".cache", "site"))
    return Folder(elsewhere).build().contents()


@pytest.mark.parametrize("name", EDITS)
def test_after_one_edit(name: str, tmp_path: Path) -> None:
    editor = Editor(tmp_path / "site")
    before = editor.folder.build().contents()
    EDITS[name](editor)
    editor.write()
    after = editor.folder.build().contents()
    assert after == drawn_without_cache(editor.folder, tmp_path / "fresh")
    assert after != before, "an edit that nobody sees proves nothing"


@pytest.mark.parametrize("seed", range(3))
def test_after_edits_in_any_order(seed: int, tmp_path: Path) -> None:
    drawn, editor = random.Random(seed), Editor(tmp_path / "site")
    for step in range(12):
        names = drawn.sample(sorted(EDITS), k=drawn.randint(1, 3))
        for name in names:
            EDITS[name](editor)
        editor.write()
        built = editor.folder.build().contents()
        assert built == drawn_without_cache(editor.folder, tmp_path / f"fresh{step}"), f"seed {seed}, then {names}"
