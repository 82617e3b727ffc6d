"""`neco refresh`: fetches what the issues mention and updates the lock."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click

from ..lock import Lock, load_lock, save_lock
from ..model import FetchError, NecoError, Snapshot
from ..project import Project, load_project
from ..refresh import Fetchers, Only, Plan, Report, Tick
from ..refresh import plan as plan_refresh
from ..refresh import refresh as run_refresh
from ..sources.github import GITHUB_API, read_issue
from ..sources.http import Get, Http, Policy
from ..sources.kep_repository import UPSTREAM, open_repository, without_credentials
from ..sources.keps_json import KEPS_JSON, read_keps_json
from ..sources.tokyo import today
from ..sources.webpage import read_card
from .options import Address, IPNetwork, Network, Target, TargetType
from .printing import PROBLEMS, print_json, write


@click.command()
@click.argument("targets", nargs=-1, type=TargetType(), metavar="[KEP-N | URL]…")
@click.option("--only", type=click.Choice(["keps", "cards"]), help="Refresh only KEPs or only cards.")
@click.option("--missing", is_flag=True, help="Refresh only what the lock does not know yet.")
@click.option("--all-keps", is_flag=True, help="Take every KEP of the source, mentioned or not.")
@click.option("--source", metavar="PATH|URL", help="kubernetes/enhancements: git URL, bare clone, work tree or bundle.")
@click.option(
    "--keps-json", type=Address(), metavar="URL", help="Public list of all KEPs, in place of git or beside it."
)
@click.option("--dry-run", is_flag=True, help="Report what would change and write nothing.")
@click.option("--strict", is_flag=True, help="Exit with 1 if anything could not be fetched.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="Also write the report as Markdown.")
@click.option("--allow-private", type=Network(), multiple=True, metavar="CIDR", help="Private network to fetch from.")
@click.option("--github-api", type=Address(), default=GITHUB_API, show_default=True, help="GitHub's API.")
@click.option("--per-host-delay", type=click.FloatRange(min=0), default=0.5, show_default=True, metavar="SECONDS")
@click.option("--connections-per-host", type=click.IntRange(min=1), default=2, show_default=True, metavar="N")
@click.option("--cache-dir", type=click.Path(path_type=Path, file_okay=False), help="Where clones are kept.")
@click.pass_context
def refresh(context: click.Context, /, **options: Any) -> None:
    """Fetch what the issues mention and update the lock.

    With KEP-N or URL only these are fetched. What cannot be fetched keeps its entry and is reported. GITHUB_TOKEN is
    sent to the GitHub API only.
    """
    asked = _RefreshOptions(**options)
    project = load_project()
    lock = load_lock(project.metadata)
    plan = _plan(asked, project, lock)
    with _fetchers(asked, project) as fetchers, _progress(len(plan)) as tick:
        new, report = run_refresh(lock, plan, fetchers, tick)
    changed = new != lock and (asked.dry_run or save_lock(new, project.metadata))
    if asked.report:
        write(asked.report, report.markdown())
    _print_report(report, asked, changed=changed)
    if report.nothing_answered or (asked.strict and report.failures):
        context.exit(PROBLEMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class _RefreshOptions:
    """What was asked for on the command line, by the names of the options."""

    targets: tuple[Target, ...]
    only: Only | None
    missing: bool
    all_keps: bool
    source: str | None
    keps_json: str | None
    dry_run: bool
    strict: bool
    as_json: bool
    report: Path | None
    allow_private: tuple[IPNetwork, ...]
    github_api: str
    per_host_delay: float
    connections_per_host: int
    cache_dir: Path | None


def _plan(asked: _RefreshOptions, project: Project, lock: Lock) -> Plan:
    if asked.targets:
        keps = tuple(sorted({target.kep for target in asked.targets if target.kep}))
        return Plan(keps=keps, cards=tuple(dict.fromkeys(target.url for target in asked.targets if target.url)))
    index = project.read_index()
    return plan_refresh(index, lock, only=asked.only, missing=asked.missing, all_keps=asked.all_keps)


@contextmanager
def _fetchers(asked: _RefreshOptions, project: Project) -> Iterator[Fetchers]:
    api = asked.github_api.rstrip("/")
    policy = Policy(
        per_host_delay=asked.per_host_delay,
        connections_per_host=asked.connections_per_host,
        allow_private=asked.allow_private,
        trusted=(api, asked.keps_json) if asked.keps_json else (api,),
    )
    token = os.environ.get("GITHUB_TOKEN") or None
    with Http(policy) as http:
        yield Fetchers(
            repository=_repository(asked, asked.cache_dir or project.cache),
            keps_json=_keps_json(asked, http.get),
            compare=bool(asked.source and asked.keps_json),
            issue=lambda number: read_issue(number, http.get, api=api, token=token),
            card=lambda url: read_card(url, http.get),
        )


def _repository(asked: _RefreshOptions, cache: Path) -> Callable[[], Snapshot] | None:
    """The git repository: the one that was named, or upstream's where nothing else was."""
    if asked.keps_json and not asked.source:
        return None
    return partial(_read_repository, asked.source, cache)


def _read_repository(source: str | None, cache: Path) -> Snapshot:
    # The first clone takes a minute.
    click.echo(f"Reading KEPs from {without_credentials(source or UPSTREAM)}", err=True)
    try:
        return open_repository(source, cache_dir=cache).snapshot()
    except NecoError as error:
        if source is None:  # without git, too, there is keps.json
            raise FetchError(str(error)) from error
        raise


def _keps_json(asked: _RefreshOptions, get: Get) -> Callable[[], Snapshot] | None:
    """The public list: the one that was named, or the usual one where no source was."""
    if asked.source and not asked.keps_json:
        return None
    return partial(_read_keps_json, get, asked.keps_json or KEPS_JSON)


def _read_keps_json(get: Get, url: str) -> Snapshot:
    click.echo(f"Reading KEPs from {url}", err=True)
    return read_keps_json(get, url=url, today=today)


@contextmanager
def _progress(length: int) -> Iterator[Tick]:
    """A bar on a terminal, a line for each answer elsewhere."""
    if sys.stderr.isatty():
        with click.progressbar(length=length, label="Fetching", file=sys.stderr) as bar:
            yield lambda _: bar.update(1)
    else:
        yield lambda what: click.echo(f"asked: {what}", err=True)


def _print_report(report: Report, asked: _RefreshOptions, *, changed: bool) -> None:
    if asked.as_json:
        print_json({"changed": changed, **report.to_dict()})
        return
    for line in report.changes:
        click.echo(line)
    for failure in report.failures:
        click.echo(f"not fetched: {failure.what}: {failure.message}")
    for note in report.notes:
        click.echo(f"to know: {note}")
    verb = ("would change" if asked.dry_run else "was updated") if changed else "is unchanged"
    click.echo(f"The lock {verb}.")
