"""Whole repositories that mean harm, made with git's own low-level commands: no work tree could hold some of them."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from neco_weekly.model.errors import NecoError
from neco_weekly.model.text import CONTROL
from neco_weekly.sources.gates.website import open_gates
from neco_weekly.sources.keps.repository import open_repository

from tests.sources.repositories import GitFolder, kep, snapshot

GOOD = "keps/sig-node/127-user-namespaces/kep.yaml"
SCRIPT = "<script>alert(1)</script>"
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{new}: &{new} [{','.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)

FILES: dict[str, str] = {
    "deep": kep(1) + "see-also: " + "[" * 7_000 + "]" * 7_000 + "\n",
    "aliases": kep(2) + BOMB,
    "alias of itself": "kep-number: 3\ntitle: A\nauthors: &a [*a]\n",
    "program": "kep-number: 4\ntitle: !!python/object/apply:os.system ['touch owned-by-a-program']\n",
    "long": kep(5) + "#" * 5_000_000,
    "digits": f"kep-number: {'9' * 9_000}\ntitle: A\n",
    "control characters": 'kep-number: 6\ntitle: "a\\u001b[31m\\u202eb\\u0000c"\n',
    "HTML": f"kep-number: 7\ntitle: {SCRIPT}\nowning-sig: {SCRIPT}\nauthors: ['{SCRIPT}']\n",
    "keys": "kep-number: 8\ntitle: A\n? [a, b]\n: c\n",
    "milestones": "kep-number: 9\ntitle: A\nlatest-milestone: [v1.30]\nmilestone: [x]\nstage: {a: b}\nstatus: [x]\n",
    "two documents": "kep-number: 10\ntitle: A\n---\nkep-number: 11\ntitle: B\n",
    "nothing": "",
    "noughts": "\0" * 999,
    "spaces": "kep-number: 12\ntitle: [a\nx: a" + " " * 15_000 + "x\n",
    "links": "kep-number: 13\ntitle: A\nsee-also: ['" + "[" * 14_000 + "']\nreplaces: ['[a](javascript:alert(1))']\n",
}
ODD_NAMES = [
    f"keps/sig-node/{'9' * 5_000}-digits/kep.yaml",
    "keps/sig-node/14-\x1b[31m\n\"'/kep.yaml",
    "keps/--upload-pack=touch owned/15-option/kep.yaml",
    "keps/sig-node/16-\u202egpj.exe/kep.yaml",
    f"keps/{'a/' * 300}17-deep/kep.yaml",
    f"keps/sig-node/18-{SCRIPT.replace('/', ' ')}/kep.yaml",
]


class Tree:
    """A tree under construction that nothing checks out."""

    def __init__(self, folder: GitFolder) -> None:
        self.folder = folder

    def _git(self, *arguments: str, text: bytes = b"") -> str:
        command = ["git", "-C", str(self.folder.path), *arguments]
        return subprocess.run(command, input=text, capture_output=True, check=True).stdout.decode().strip()

    def blob(self, text: str | bytes) -> str:
        raw = text.encode() if isinstance(text, str) else text
        return self._git("hash-object", "-w", "--stdin", text=raw)

    def commit(self, entries: Mapping[str, tuple[str, str]]) -> None:
        """Commit paths, each with a mode and the name of an object."""
        lines = b"".join(f"{mode} {name}\t{path}\0".encode() for path, (mode, name) in entries.items())
        self._git("read-tree", "--empty")
        self._git("-c", "core.protectNTFS=false", "update-index", "-z", "--index-info", text=lines)
        self.folder.git("commit", "--quiet", "--allow-empty", "--message", "\x1b[31m --output=owned (#99999999999999)")


@pytest.fixture
def upstream(tmp_path: Path) -> GitFolder:
    return GitFolder(tmp_path / "hostile")


def test_files_that_mean_harm_are_keps_with_plain_words_or_irregular(
    upstream: GitFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # where a program in a file would leave its trace
    tree = Tree(upstream)
    entries = {f"keps/sig-a/{at}-x/kep.yaml": ("100644", tree.blob(it)) for at, it in enumerate(FILES.values(), 200)}
    tree.commit({**entries, GOOD: ("100644", tree.blob(kep(127, title="Good")))})
    found = snapshot(upstream, tmp_path / "cache")
    assert found.enhancements[127].state.title == "Good"
    assert found.enhancements[7].state.title == SCRIPT  # the pages escape what they show
    for it in found.enhancements.values():
        assert not CONTROL.search(it.state.title)
        assert len(it.state.title) <= 300
    assert {it.partition("/")[0] for it in found.irregular} <= {"keps"}
    assert not (tmp_path / "owned-by-a-program").exists()


def test_names_links_and_submodules_hide_no_other_kep(upstream: GitFolder, tmp_path: Path) -> None:
    tree = Tree(upstream)
    text = tree.blob("kep-number: 300\ntitle: Odd\n")
    entries = dict.fromkeys(ODD_NAMES, ("100644", text))
    entries["keps/sig-node/19-link/kep.yaml"] = ("120000", tree.blob("/etc/passwd"))
    entries["keps/sig-node/20-module/kep.yaml"] = ("160000", "1" * 40)
    entries["keps/sig-node/21-folder/kep.yaml/kep.yaml"] = ("100644", text)
    tree.commit({**entries, GOOD: ("100644", tree.blob(kep(127, title="Good")))})
    found = snapshot(upstream, tmp_path / "cache")
    assert found.enhancements[127].state.title == "Good"
    assert {19, 20}.isdisjoint(found.enhancements)
    assert "root:" not in repr(found)
    assert not list(tmp_path.rglob("owned"))


ADDRESSES = [
    "--upload-pack=touch owned",
    "-u touch owned",
    "ext::sh -c touch% owned",
    "ssh://-oProxyCommand=touch owned/x",
    "-oProxyCommand=touch@host:x",
    "https://--upload-pack=x/\n",
    "file://\0",
    "fd::17",
    "https://[/",
    "git@-oProxyCommand=x:y",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("opening", [open_repository, open_gates])
def test_an_address_is_never_an_option_of_git(
    opening: object, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert callable(opening)
    with pytest.raises(NecoError) as raised:
        opening(address, cache_dir=tmp_path / "cache")
    assert "\n" not in str(raised.value)
    assert not list(tmp_path.rglob("owned"))
