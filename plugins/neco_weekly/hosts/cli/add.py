"""`neco add`: puts links, KEPs and topics into the draft, each ready to be written about."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import click
from click.exceptions import Exit

from ...display.words import load_strings
from ...grammar.issue_files import is_issue, read_issue_text
from ...grammar.kep_headings import heading_form
from ...grammar.urls import normal_url
from ...issues.exchange.additions import with_addition
from ...issues.exchange.past_issue import PastIssue
from ...issues.index import Index, held_back, make_issue
from ...issues.topic_index import TopicIndex, build_topic_index
from ...lock.folder_locks import only_writer
from ...lock.kep_as_of import KepsAsOf
from ...lock.store import Lock
from ...lock.whole_files import ChangedError, bytes_of, write_over
from ...model.days import day_of_build
from ...model.errors import NecoError
from ...model.issues import Issue
from ...site.addition_draft import AdditionDraft, link_block
from ..project import Project
from ..publish.git import Git
from .arguments import Target, TargetType
from .fetcher_options import fetcher_options
from .printing import print_json
from .refresh import refresh
from .site import load_lock_of, open_project, past_issues, read_issues
from .topic_text import nearest_to, slug_of

_IS_KEP = re.compile(r"(?i:kep)?[- #]*\d+", re.ASCII)


class _WantedType(click.ParamType[Target | str]):
    """The kind of an argument that is a KEP, a URL, or else the name of a topic."""

    name = "URL|KEP-N|TOPIC"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Target | str:
        if "://" in value or _IS_KEP.fullmatch(value):
            return TargetType("a URL").convert(value, param, ctx)
        return str(value)


@click.command()
@click.argument("wanted", nargs=-1, required=True, type=_WantedType(), metavar="URL|KEP-N|TOPIC…")
@click.option("--to", type=click.Path(path_type=Path), metavar="FILE", help="The issue; by default the newest draft.")
@click.option("--fetch", is_flag=True, help="Before, fetch the card of each URL and what the lock lacks of KEPs.")
@click.option("--json", "as_json", is_flag=True, help="Print what was put where as JSON.")
@fetcher_options
@click.pass_context
def add(
    context: click.Context,
    /,
    wanted: Sequence[Target | str],
    to: Path | None,
    fetch: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Put links, KEPs and topics behind the text of the draft, ready to be written about.

    A URL stands on a line of its own, which is a card. A KEP or a topic is a heading, as the newest issues write it,
    with what is known of it in a comment, and links to what earlier issues wrote. What the issue has already is not
    put there twice. Printed is where each thing stands.

    The draft is the newest issue while it is not public, is of today or later, or is in no commit yet. All is put
    there, or nothing.
    """
    project = open_project()
    draft = _Draft.of(project, to)
    if fetch:
        _fetch(context, wanted, options)
    told = draft.write(_blocks(draft, wanted))
    if as_json:
        print_json([{"wanted": name, "path": draft.shown, "line": line, "added": new} for name, line, new in told])
        return
    for name, line, new in told:
        click.echo(f"{draft.shown}:{line}: {name}{'' if new else ' is there already'}")


@dataclass(frozen=True, kw_only=True)
class _Draft:
    """The issue that things are added to: `path` is relative to the docs folder, `past` are all issues."""

    project: Project
    path: str
    past: Sequence[PastIssue]

    @classmethod
    def of(cls, project: Project, to: Path | None) -> _Draft:
        """Return the draft of a project, or the issue that a person names.

        Raises:
            NecoError: there is no draft, or the file is no issue.
        """
        past = past_issues(project)
        path = _named(project, to) if to else _newest_draft(project, past)
        return cls(project=project, path=path, past=past)

    @property
    def file(self) -> Path:
        """The issue's file."""
        return self.project.docs / self.path

    @property
    def shown(self) -> str:
        """The issue's file in messages."""
        return self.file.as_posix()

    @cached_property
    def lock(self) -> Lock:
        """What the site knows."""
        return load_lock_of(self.project)

    @cached_property
    def index(self) -> Index:
        """The issues that readers see, but for this one."""
        found = read_issues(self.project).decided(self.lock)
        return Index(issues=tuple(it for it in found.issues if it.path != self.path), held_back=found.held_back)

    @cached_property
    def topics(self) -> TopicIndex:
        """The topics of these issues and of `topics.yml`."""
        return build_topic_index(self.index, self.lock.topics.topics, self.project.is_written)

    @cached_property
    def written(self) -> Issue:
        """What the issue says so far."""
        parts = PastIssue.of(self.path, read_issue_text(self.file, self.shown)).parts
        return make_issue(self.path, parts, self.project.scanner(self.project.grammar).scan(parts.body))

    def write(self, blocks: Iterable[tuple[str, str, int | None]]) -> list[tuple[str, int, bool]]:
        """Put blocks into the file; return the name and line of each, and whether it is new there.

        Each block has a name, its text, and the line where it stands already, if it does.

        Raises:
            NecoError: the file cannot be written, or somebody else wrote it meanwhile.
        """
        before, told = bytes_of(self.file) or b"", list[tuple[str, int, bool]]()
        text = before.decode("utf-8")
        for name, block, line in list(blocks):
            if line is None:
                text, place = with_addition(text, block)
                told.append((name, place, True))
            else:
                told.append((name, line, False))
        if text.encode() == before:  # a preview would build for a file that is written as it was
            return told
        try:
            with only_writer(self.file.parent):
                write_over({self.file: text}, {self.file: before})
        except ChangedError as error:
            raise NecoError(f"{self.shown}: was written meanwhile and stays; run `neco add` again") from error
        except OSError as error:
            raise NecoError(f"{self.shown}: cannot be written ({error.strerror}); nothing was added") from error
        return told


def _blocks(draft: _Draft, wanted: Iterable[Target | str]) -> Iterator[tuple[str, str, int | None]]:
    """Yield name, text and present line of each thing; what is named twice comes once."""
    newest = sorted((it for it in draft.past if it.date), key=lambda it: str(it.date), reverse=True)
    words = load_strings(draft.project.locale)
    form = AdditionDraft(path=draft.path, heading=heading_form(it.parts.body for it in newest), words=words)
    for it in dict.fromkeys(wanted):
        if isinstance(it, str):
            yield _topic(draft, form, it)
        elif it.kep:
            yield _kep(draft, form, it.kep)
        elif it.url:
            lines = (card.line for card in draft.written.cards if normal_url(card.url) == normal_url(it.url))
            yield it.url, link_block(it.url), next(lines, None)


def _kep(draft: _Draft, form: AdditionDraft, asked: int) -> tuple[str, str, int | None]:
    number = draft.lock.canonical(asked)
    kep = KepsAsOf(draft.lock, draft.project.releases).of(number)
    if kep is None:
        raise NecoError(f"KEP-{number} is not in the lock; add it with --fetch, or run `neco refresh KEP-{number}`")
    found = (it for it in draft.written.mentions if it.kep == number and it.heading)
    lines = (it.line for it in found if it.heading and str(number) in it.heading.text)
    return f"KEP-{number}", form.kep(kep, draft.index), next(lines, None)


def _topic(draft: _Draft, form: AdditionDraft, asked: str) -> tuple[str, str, int | None]:
    slug = slug_of(asked, draft.topics)
    if slug is None:
        near = nearest_to(asked, draft.topics)
        advice = f"did you mean {near}?" if near else "`neco topics` lists all topics"
        raise NecoError(f"{asked} is no URL, no KEP and no topic; {advice}")
    topic = draft.topics.topics[slug]
    found = (it for it in draft.written.topic_mentions if draft.topics.slug_of(it) == slug)
    lines = (it.line for it in found if it.heading and topic.name in it.heading.text)
    return topic.name, form.topic(slug, draft.topics, draft.lock), next(lines, None)


def _named(project: Project, to: Path) -> str:
    """Return the path of an issue that a person names, relative to the docs folder."""
    for path in (to, project.docs / to):
        relative = os.path.relpath(path, project.docs).replace(os.sep, "/")
        if path.is_file() and is_issue(relative, project.issues):
            return relative
    raise NecoError(f"{to}: is no issue in {(project.docs / project.issues).as_posix()}; name the file of one")


def _newest_draft(project: Project, past: Iterable[PastIssue]) -> str:
    """Return the newest issue while it is being written: not public yet, of today or later, or not committed yet.

    Raises:
        NecoError: there is none.
    """
    dated, today = [it for it in past if it.date], day_of_build(os.environ)
    newest = max(dated, key=lambda it: (str(it.date), it.path), default=None)
    if newest is None:
        raise NecoError("there is no issue yet; run `neco new`, or name a file with --to")
    file = project.docs / newest.path
    if (newest.date and newest.date >= today) or held_back(newest.path, newest.parts, today) or _is_uncommitted(file):
        return newest.path
    where = file.as_posix()
    raise NecoError(f"{where}: the newest issue is public; run `neco new` for the next one, or name a file with --to")


def _is_uncommitted(file: Path) -> bool:
    """Whether a file is new in a git repository: nobody but its writer has it."""
    with suppress(NecoError):
        return Git(folder=file.parent).text("ls-files", "--others", "--", file.name) == file.name
    return False


def _fetch(context: click.Context, wanted: Iterable[Target | str], options: dict[str, Any]) -> None:
    """Refresh what was named; what cannot be fetched is reported, and is added all the same if the lock knows it."""
    targets = tuple(it for it in wanted if isinstance(it, Target))
    if targets:
        with redirect_stdout(sys.stderr), suppress(Exit):
            context.invoke(refresh, targets=targets, **options)
