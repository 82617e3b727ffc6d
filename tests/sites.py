"""Small sites in temporary folders: written by a test, built by a host, read again."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote

import yaml
from bs4 import BeautifulSoup, Tag
from mkdocs.commands.build import build
from mkdocs.config import load_config
from neco_weekly.lock.store import Lock, save_lock
from neco_weekly.model.cards import Card
from neco_weekly.model.keps import Absence, Enhancement, EnhancementState, Source, Stage, Status

from tests.once import digest_of, made_once

PROJECT = Path(__file__).parents[1]
EVERY_FORM = PROJECT / "tests/data/site"
"""A site whose one issue writes references and cards in every form."""

PATIENCE = 120
"""Seconds after which what has not ended counts as never ending: far more than it takes on a machine at its limits."""
TODAY = dt.date(2026, 7, 24)
QUIET = {"NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1", "PYTHONWARNINGS": "error"}
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # Material's notice, once per process that imports its theme


# --- written ------------------------------------------------------------------------------------------------------


def kep(
    number: int,
    title: str = "",
    *,
    stage: Stage | None = Stage.STABLE,
    milestone: str | None = "v1.36",
    gates: tuple[str, ...] = (),
) -> Enhancement:
    """An enhancement as a refresh finds it."""
    state = EnhancementState(
        title=title or f"Title of {number}",
        sig="sig-node",
        status=Status.IMPLEMENTED,
        stage=stage,
        latest_milestone=milestone,
        milestones={stage: milestone} if stage and milestone else {},
        feature_gates=gates,
    )
    source = Source(kind="git", date=dt.date(2026, 7, 1), path=f"keps/sig-node/{number}-x/kep.yaml")
    return Enhancement(number=number, state=state, source=source)


CONFIG: dict[str, Any] = {
    "site_name": "Neco",
    "site_url": "https://neco.test/",
    "exclude_docs": "/_metadata/",
    "theme": {"name": None, "custom_dir": "theme", "language": "ja"},
    "markdown_extensions": [
        {"toc": {"slugify": "SLUGIFY"}},
        "tables",
        "fenced_code",
        {"neco_weekly": {"metadata": "docs/_metadata"}},
    ],
    "plugins": ["search", {"neco-weekly": {"issues": "issues"}}],
}
ENGLISH = {"plugins": ["search", {"neco-weekly": {"issues": "issues", "locale": "en"}}]}
"""Settings of a site whose words are English, for tests of what problems say."""

MATERIAL = {"name": "material", "language": "ja", "font": False}
_SLUGIFY = "!!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}"
_TEMPLATE = """\
<!doctype html>
<html lang="{{ config.theme.language }}">
<title>{{ page.title }} - {{ config.site_name }}</title>
{% for path in config.extra_css %}<link rel="stylesheet" href="{{ path | url }}">{% endfor %}
<nav id="tree">{% for item in nav recursive %}{% if item.is_page %}<a href="{{ item.url | url }}">{{ item.title }}</a>
{{- "" }}{% else %}{{ loop(item.children or ()) }}{% endif %}{% endfor %}</nav>
{% if page.parent %}<a id="parent" href="{{ page.parent.url | url }}">{{ page.parent.title }}</a>{% endif %}
{% if page.previous_page %}<a id="previous" href="{{ page.previous_page.url | url }}"></a>{% endif %}
{% if page.next_page %}<a id="next" href="{{ page.next_page.url | url }}"></a>{% endif %}
<nav id="toc">{% for item in page.toc recursive %}<a href="{{ item.url }}">{{ item.title }}</a>
{{- loop(item.children) }}{% endfor %}</nav>
<article>{{ page.content }}</article>
"""


@dataclass(frozen=True)
class Folder:
    """A site's folder under construction. Its theme is a few lines, so that a build takes no time."""

    root: Path

    @property
    def docs(self) -> Path:
        return self.root / "docs"

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a file below the folder."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def issue(self, date: str, body: str = "", *, title: str = "") -> Path:
        """Write the issue of a day."""
        return self.write(issue_path(date), f"# {title or f'Neco Weekly ({date}号)'}\n\n{body}\n")

    def configure(self, **settings: Any) -> None:
        """Write `mkdocs.yml`: the usual settings, with these instead."""
        text = yaml.safe_dump({**CONFIG, **settings}, allow_unicode=True, sort_keys=False)
        self.write("mkdocs.yml", text.replace("slugify: SLUGIFY", f"slugify: {_SLUGIFY}"))

    def lock(
        self,
        *keps: Enhancement,
        missing: Mapping[int, Absence] | None = None,
        cards: Iterable[Card] = (),
        as_of: dt.date = TODAY,
        pulls: Mapping[int, tuple[int, ...]] | None = None,
        others: Iterable[Enhancement] = (),
    ) -> None:
        """Write the lock; `others` are KEPs that no text mentions."""
        lock = Lock(
            as_of=as_of,
            fetched={enhancement.number: enhancement for enhancement in keps},
            missing=missing or {},
            cards={card.url: card for card in cards},
            pulls=pulls or {},
            others={enhancement.number: enhancement for enhancement in others},
        )
        save_lock(lock, self.docs / "_metadata")

    def build(
        self, *, strict: bool = False, to: str = "site", command: Literal["build", "serve"] = "build", **settings: Any
    ) -> Built:
        """Build with MkDocs in this process. With `strict`, warnings end in `mkdocs.exceptions.Abort`.

        With the command `serve` it is the first build of a preview.
        """
        site = self.root / to
        with contextlib.chdir(self.root), log_of_mkdocs() as records:
            config = load_config("mkdocs.yml", site_dir=str(site), strict=strict, **settings)
            config.plugins.on_startup(command=command, dirty=False)
            build(config)
            config.plugins.on_shutdown()
        return Built(site, tuple(records))


def new_folder(root: Path, **settings: Any) -> Folder:
    """A site without an issue and without anything known."""
    folder = Folder(root)
    folder.write("theme/main.html", _TEMPLATE)
    folder.write("docs/_metadata/overrides.yml", "keps: {}\n")
    folder.configure(**settings)
    return folder


def copied(source: Path, root: Path) -> Folder:
    """A site copied from a folder; of a project only what makes its site."""
    root.mkdir(parents=True, exist_ok=True)
    shutil.copytree(source / "docs", root / "docs")
    shutil.copy(source / "mkdocs.yml", root)
    return Folder(root)


def issue_path(date: str) -> str:
    """Where an issue lies: `2026-09-04` is `docs/issues/2026/09/2026-09-04.md`."""
    return f"docs/issues/{date[:4]}/{date[5:7]}/{date}.md"


def issue_page(date: str) -> str:
    """Where an issue is drawn."""
    return f"issues/{date[:4]}/{date[5:7]}/{date}/index.html"


def built_sample(change: Callable[[Folder], None] | None = None) -> Built:
    """The site of `docs/` with its committed lock, built strictly; all that ask for the same content share one.

    `change` is told its folder before it is built, and may write what a build warns of.
    """
    with tempfile.TemporaryDirectory() as temporary:
        draft = copied(PROJECT, Path(temporary))
        if change:
            change(draft)

        def build_it(root: Path) -> None:
            shutil.copytree(draft.root, root, dirs_exist_ok=True)
            Folder(root).build(strict=change is None)

        return Built(made_once(digest_of(draft.root), build_it) / "site")


# --- built --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Built:
    """A built site, and what its host said."""

    site: Path
    records: tuple[logging.LogRecord, ...] = ()

    @property
    def warnings(self) -> list[str]:
        return self._said(logging.WARNING)

    @property
    def infos(self) -> list[str]:
        """What our plugin told without warning."""
        return [message for message in self._said(logging.INFO) if message.startswith("neco-weekly: ")]

    def _said(self, level: int) -> list[str]:
        return [record.getMessage() for record in self.records if record.levelno == level]

    def paths(self, pattern: str = "**/*") -> set[str]:
        """Files of the site."""
        return {path.relative_to(self.site).as_posix() for path in self.site.glob(pattern) if path.is_file()}

    def contents(self) -> dict[str, bytes]:
        """Every file with its bytes."""
        return {path: (self.site / path).read_bytes() for path in sorted(self.paths())}

    def text(self, path: str) -> str:
        return (self.site / path).read_text(encoding="utf-8")

    def json(self, path: str) -> Any:
        return json.loads(self.text(path))

    def page(self, path: str) -> BeautifulSoup:
        return BeautifulSoup(self.text(path), "lxml")

    def issue(self, date: str) -> BeautifulSoup:
        return self.page(issue_page(date))

    def target(self, page: str, href: str) -> str | None:
        """The file that a relative link of a page leads to, if it is there."""
        path = unquote(href.partition("#")[0])
        file = (self.site / page).parent / path
        file = file / "index.html" if file.is_dir() else file
        return Path(os.path.normpath(file)).relative_to(self.site).as_posix() if file.is_file() else None

    def leads_somewhere(self, page: str, href: str) -> bool:
        """Whether a relative link leads to a page, and its fragment to an element there."""
        target, (_, _, anchor) = page if href.startswith("#") else self.target(page, href), href.partition("#")
        return target is not None and (not anchor or self.page(target).find(id=unquote(anchor)) is not None)


def attribute(element: Tag | None, name: str) -> str:
    """An attribute as the page has it; the empty string if it has none."""
    value = element.get(name) if element else None
    return " ".join(value) if isinstance(value, list) else value or ""


def links(root: Tag, selector: str = "a") -> list[str]:
    return [attribute(link, "href") for link in root.select(selector)]


@contextlib.contextmanager
def log_of_mkdocs() -> Iterator[list[logging.LogRecord]]:
    """What is logged below `mkdocs`: our plugin's messages among it."""
    records: list[logging.LogRecord] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    logger, handler = logging.getLogger("mkdocs"), Collector()
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield records
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


# --- other processes ----------------------------------------------------------------------------------------------

_INTERRUPTIBLE = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])
"""


def interruptible(program: str, *arguments: str | Path) -> list[str]:
    """A command that heeds Ctrl-C: a shell that starts tests in its background makes all children ignore it."""
    path = Path(sys.executable).with_name(program)
    return [sys.executable, "-I", "-S", "-c", _INTERRUPTIBLE, str(path), *map(str, arguments)]


def run(
    program: str, *arguments: str | Path, cwd: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a program of the environment that the tests run in."""
    return subprocess.run(
        [Path(sys.executable).with_name(program), *arguments],
        cwd=cwd,
        env={**os.environ, **QUIET, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def succeeds(
    program: str, *arguments: str | Path, cwd: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """The same for what must not fail."""
    done = run(program, *arguments, cwd=cwd, environment=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def squeezed(text: str) -> str:
    """Text with its white space folded."""
    return re.sub(r"\s+", " ", text).strip()
