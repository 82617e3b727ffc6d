"""A repository on disk with a site in it, checkouts of it, and an executable that answers like gh."""

from __future__ import annotations

import io
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from neco_weekly.hosts.cli import main
from neco_weekly.lock.pictures import Picture
from neco_weekly.lock.store import Lock, load_lock, save_lock
from neco_weekly.model.cards import Card

TOKEN = "a-secret"
BOT = "github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>"
WRITER = "Writer <writer@example.org>"
REPORT = "## Changes\n\n- KEP-1287: beta → stable in v1.35\n- https://example.org/b: new: B\n"
KEPS, CARDS, PICTURES = "docs/_metadata/keps.json", "docs/_metadata/cards.json", "docs/assets/cards"


def webp(content: bytes) -> Picture:
    """What begins as a WebP, which is all that publishing looks at beside the name."""
    return Picture(content=b"RIFF\x10\0\0\0WEBPVP8 " + content, width=480, height=252)


def png(content: bytes) -> Picture:
    return Picture(content=b"\x89PNG\r\n\x1a\n" + content, width=32, height=32)


def path_of(picture: Picture) -> str:
    return f"{PICTURES}/{picture.name}"


OLD, NEW, ICON = webp(bytes(range(256))), webp(bytes(reversed(range(256)))), png(b"\0\r\n\xff")

GH = """#!{python}
# Answers `gh api` for the repository team/site, keeps its pull requests, and notes down what it was asked.
import json, os, sys, urllib.parse
from pathlib import Path

here = Path(__file__).parent
method, url = sys.argv[3:5]
document = json.load(sys.stdin) if "--input" in sys.argv else None
with (here / "asked").open("a") as asked:
    asked.write(json.dumps([method, url, document, os.environ["GH_TOKEN"]]) + "\\n")
if (here / "refuses").exists() and method != "GET":
    sys.exit("gh: " + (here / "refuses").read_text())

path, _, question = url.removeprefix("https://api.test/repos/team/site/").partition("?")
pulls = json.loads((here / "pulls").read_text()) if (here / "pulls").exists() else []
if method == "GET" and path == "pages":
    if not (here / "pages").exists():
        sys.exit("gh: Not Found (HTTP 404)")
    answer = json.loads((here / "pages").read_text())
elif method == "GET" and path == "https://api.test/repos/team/site":
    answer = {{"default_branch": (here / "branch").read_text() if (here / "branch").exists() else "main"}}
elif method == "GET":
    wanted = dict(urllib.parse.parse_qsl(question))
    answer = [pull for pull in pulls if all(pull[key] == value for key, value in wanted.items())]
elif path == "pulls":
    number = len(pulls) + 1
    answer = document | {{"number": number, "state": "open", "html_url": f"https://github.test/team/site/pull/{{number}}"}}
    answer["head"] = "team:" + answer["head"]
    pulls.append(answer)
elif path.startswith("pulls/"):
    answer = pulls[int(path.removeprefix("pulls/")) - 1]
    answer.update(document)
else:
    answer = document
(here / "pulls").write_text(json.dumps(pulls))
print(json.dumps(answer))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    status: int
    out: str
    error: str
    step_outputs: str
    summary: str


@dataclass(frozen=True, slots=True)
class World:
    """A remote repository with a site on its main branch, checkouts of it, and GitHub."""

    folder: Path
    environment: dict[str, str]

    @property
    def remote(self) -> Path:
        return self.folder / "remote.git"

    def git(self, *arguments: str, at: Path | None = None) -> str:
        command = ["git", "-C", str(at or self.remote), *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=True).stdout.strip()

    def checkout(self, name: str, *options: str) -> Path:
        self.git("clone", "--quiet", *options, self.remote.as_uri(), str(self.folder / name), at=self.folder)
        return self.folder / name

    def write(self, files: dict[str, str | bytes | None], *, branch: str, author: str = WRITER) -> str:
        """A commit, pushed."""
        place = self.folder / "writer"
        if not place.exists():
            self.checkout("writer")
        self.git("fetch", "--quiet", "origin", at=place)
        self.git(
            "checkout", "--quiet", "-B", branch, f"origin/{branch}" if self.has(branch) else "origin/HEAD", at=place
        )
        put(place, files)
        self.git("add", "--all", at=place)
        self.git("commit", "--quiet", "--message", "By hand", "--author", author, at=place)
        self.git("push", "--quiet", "origin", branch, at=place)
        return self.git("rev-parse", "HEAD", at=place)

    def has(self, branch: str) -> bool:
        return branch in self.git("branch", "--format=%(refname:short)").splitlines()

    def changed(self, branch: str) -> list[str]:
        """What the last commit of a branch changed: `M path`."""
        listing = self.git("diff-tree", "-r", "--name-status", "--no-commit-id", branch).splitlines()
        return [line.replace("\t", " ") for line in listing]

    def content(self, branch: str, path: str) -> bytes:
        command = ["git", "-C", str(self.remote), "cat-file", "blob", f"{branch}:{path}"]
        return subprocess.run(command, env=self.environment, capture_output=True, check=True).stdout

    def history(self, branch: str) -> list[str]:
        """Who wrote the commits of a branch since the first one, newest first."""
        return self.git("log", "--format=%an <%ae>", f"first..{branch}").splitlines()

    def publish(self, *arguments: str, at: Path, **environment: str) -> Outcome:
        told = {name: self.folder / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in told.values():
            file.write_text("", encoding="utf-8")
        names = {name: str(file) for name, file in told.items()}
        with (
            surroundings(at, {**self.environment, **names, **environment}),
            redirect_stdout(io.StringIO()) as out,
            redirect_stderr(io.StringIO()) as error,
            pytest.raises(SystemExit) as end,
        ):
            main(["publish", *arguments])
        assert TOKEN not in out.getvalue() + error.getvalue()
        texts = {name: file.read_text(encoding="utf-8") for name, file in told.items()}
        return Outcome(
            status=int(str(end.value.code)),
            out=out.getvalue().strip(),
            error=error.getvalue().strip(),
            step_outputs=texts["GITHUB_OUTPUT"],
            summary=texts["GITHUB_STEP_SUMMARY"],
        )

    @property
    def asked(self) -> list[tuple[str, str, Any]]:
        """What GitHub was asked: method, path, document."""
        file = self.folder / "bin/asked"
        lines = [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
        assert all(token == TOKEN for *_, token in lines)
        return [(method, url.removeprefix("https://api.test/repos/team/site/"), it) for method, url, it, _ in lines]

    @property
    def pulls(self) -> list[dict[str, Any]]:
        file = self.folder / "bin/pulls"
        return json.loads(file.read_text()) if file.exists() else []


def put(place: Path, files: dict[str, str | bytes | None]) -> None:
    for name, content in files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            path.unlink()
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())


def refresh(place: Path, *hosts: str, **titles: str) -> Path:
    """Do to a checkout what `neco refresh` does: put cards into the lock and write the report."""
    metadata = place / "docs/_metadata"
    lock = load_lock(metadata)
    urls = {f"https://{host}.example/": titles.get(host, host) for host in hosts}
    save_lock(Lock(cards={**lock.cards, **{url: Card(url=url, title=name) for url, name in urls.items()}}), metadata)
    report = place.parent / "report.md"
    report.write_text(REPORT, encoding="utf-8")
    return report


@contextmanager
def surroundings(folder: Path, environment: dict[str, str]) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name in os.environ.keys() - environment.keys():
            patch.delenv(name)
        for name, value in environment.items():
            patch.setenv(name, value)
        yield


def lock_of(world: World, place: Path, *options: str, **environment: str) -> Outcome:
    return world.publish("request-lock", "--branch", "feature", *options, at=place, **environment)


def titles(world: World, branch: str) -> dict[str, str]:
    cards = json.loads(world.git("show", f"{branch}:{CARDS}"))["cards"]
    return {url.removeprefix("https://").removesuffix(".example/"): card["title"] for url, card in cards.items()}


def pack(world: World, place: Path, *options: str, **environment: str) -> Outcome:
    report = str(world.folder / "report.md")
    return world.publish("pack", str(world.folder / "lock"), "--report", report, *options, at=place, **environment)
