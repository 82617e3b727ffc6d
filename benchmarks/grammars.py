"""`bench grammar`: CPU to read texts with the grammar of GitHub against that of Python-Markdown, in one run.

Texts are the project's issues and guide, a real issue where `../shared` has it, and the articles of a folder. What both
grammars draw alike is compared as it is; articles whose code the old grammar loses are a set of their own, for it has
less to draw there.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markdown import Markdown
from measure import BenchmarkError, progress
from neco_weekly.extension.python_markdown import NecoWeeklyExtension
from neco_weekly.grammar.front_matter import take_apart
from neco_weekly.grammar.issue_files import read_issue_text
from neco_weekly.hosts.project import Project, load_project
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.store import load_lock
from neco_weekly.model.errors import NecoError
from options import add_results
from report import Target, table, targets_table, write_results

RESULTS = Path(__file__).with_name("grammars-results.json")
SEED = Path("../shared/seed")
ARTICLES = "NECO_ARTICLES"
"""The environment variable that names a folder of articles, for none come with the project."""
GITHUB, PYTHON_MARKDOWN = "github", "python-markdown"
OURS, DIALECT = "samples, guide and seed that both draw alike", "guide in forms that only the new one knows"
LOST_CODE, OTHERS = "articles whose code the old grammar loses", "other articles"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """CPU seconds to read the texts of a set once with each grammar, the least of all turns."""

    texts: str
    files: int
    highlighting: bool
    old: float
    new: float

    @property
    def ratio(self) -> float:
        """How many times the old grammar's time the new one takes."""
        return self.new / self.old


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command line of `bench grammar`."""
    articles = os.environ.get(ARTICLES)
    help_of_articles = f"folder of articles, read with all its folders (default: ${ARTICLES}, or none)"
    parser.add_argument("--articles", type=Path, default=articles and Path(articles), help=help_of_articles)
    parser.add_argument("--repeat", type=int, default=7, metavar="N", help="turns of each grammar (default 7)")
    add_results(parser, RESULTS)


def run(options: argparse.Namespace) -> int:
    """Measure, print the tables, write the results; the exit status."""
    project = load_project()
    results = [
        _result(project, name, texts, highlighting=highlighting, turns=options.repeat)
        for name, texts in _sets(project, options.articles)
        for highlighting in (True, False)
    ]
    targets = [
        Target(name=f"{OURS}, times the old grammar's CPU", measured=_ratio(results, OURS, True), at_most=1.0),
        Target(
            name=f"{LOST_CODE}, highlighting not counted, times the old grammar's CPU",
            measured=_ratio(results, LOST_CODE, False),
            at_most=1.15,
        ),
    ]
    print("\n\n".join((_table(results), targets_table(targets))))
    write_results(options.json, ("markdown", "markdown-it-py", "pymdown-extensions"), targets, results=results)
    return 1 if options.strict and any(target.missed for target in targets) else 0


def _sets(project: Project, articles: Path | None) -> Iterator[tuple[str, Sequence[str]]]:
    """The sets of texts that are not empty, each with its name."""
    guide = sorted((project.docs / "guide").rglob("*.md"))
    ours = [*(project.docs / path for path in project.issue_paths()), *guide, *sorted(SEED.rglob("*.md"))]
    progress("look for texts that both grammars draw alike")
    alike, dialect = _apart(project, [_body(path) for path in ours], _drawn_alike)
    found = [(OURS, alike), (DIALECT, dialect)]
    if articles is not None:
        progress(f"look in {articles} for articles whose code the old grammar loses")
        lost, others = _apart(project, _bodies(articles), _loses_code)
        found += [(LOST_CODE, lost), (OTHERS, others)]
    yield from ((name, texts) for name, texts in found if texts)


def _bodies(folder: Path) -> Sequence[str]:
    bodies = [_body(path) for path in sorted(folder.rglob("*.md"))]
    if not bodies:
        raise BenchmarkError(f"{folder} has no .md file; name a folder of articles", status=2)
    return bodies


def _body(path: Path) -> str:
    try:
        return take_apart(read_issue_text(path, str(path))).body
    except NecoError as error:
        raise BenchmarkError(str(error), status=2) from error


def _apart(
    project: Project, bodies: Sequence[str], belongs: Callable[[str, str], bool]
) -> tuple[Sequence[str], Sequence[str]]:
    """The texts of which what both grammars draw, the old one first, belongs to a set, and the others."""
    old, new = (_converter(project, grammar, highlighting=False) for grammar in (PYTHON_MARKDOWN, GITHUB))
    pairs = [(body, belongs(_converted(old, body), _converted(new, body))) for body in bodies]
    return [body for body, it in pairs if it], [body for body, it in pairs if not it]


def _drawn_alike(old: str, new: str) -> bool:
    return "".join(old.split()) == "".join(new.split())


def _loses_code(old: str, new: str) -> bool:
    return old.count("<pre") < new.count("<pre")


def _result(project: Project, name: str, texts: Sequence[str], *, highlighting: bool, turns: int) -> Result:
    """Take turns, so that what slows the machine for a while slows both."""
    progress(f"{name}, {len(texts)} files, {'with' if highlighting else 'without'} highlighting")
    old, new = (_converter(project, grammar, highlighting=highlighting) for grammar in (PYTHON_MARKDOWN, GITHUB))
    times = [(_seconds(old, texts), _seconds(new, texts)) for _ in range(turns)]
    least_old, least_new = (min(column) for column in zip(*times, strict=True))
    return Result(texts=name, files=len(texts), highlighting=highlighting, old=least_old, new=least_new)


def _converter(project: Project, grammar: str, *, highlighting: bool) -> Markdown:
    """Python-Markdown with the project's extensions and ours, which takes every text for an issue."""
    configs: dict[str, dict[str, Any]] = {name: dict(config) for name, config in project.extension_configs.items()}
    configs.setdefault("pymdownx.highlight", {})["use_pygments"] = highlighting
    keps = KepsAsOf(load_lock(project.metadata), project.releases)
    ours = NecoWeeklyExtension(keps_as_of=keps, locale=project.locale, grammar=grammar)
    return Markdown(extensions=[*project.extensions, "pymdownx.highlight", ours], extension_configs=configs)


def _seconds(converter: Markdown, texts: Sequence[str]) -> float:
    began = time.process_time()
    for text in texts:
        _converted(converter, text)
    return time.process_time() - began


def _converted(converter: Markdown, text: str) -> str:
    return converter.reset().convert(text)


def _ratio(results: Sequence[Result], texts: str, highlighting: bool) -> float | None:
    return next((it.ratio for it in results if (it.texts, it.highlighting) == (texts, highlighting)), None)


def _table(results: Sequence[Result]) -> str:
    head = ("texts", "files", "highlighting", f"{PYTHON_MARKDOWN}, ms", f"{GITHUB}, ms", "ratio")
    rows = (
        (it.texts, it.files, "yes" if it.highlighting else "no", it.old * 1e3, it.new * 1e3, it.ratio) for it in results
    )
    return table(head, rows)
