"""The command-line host: reads arguments and the project, calls one function, prints the answer.

Results go to stdout, progress and sentences of error to stderr. Exit status: 0 fine, 1 problems found, 2 usage or
configuration.
"""

from __future__ import annotations

import ipaddress
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NoReturn

import click

from . import __version__
from .check import check as find_problems
from .lock import Lock, load_lock, save_lock
from .model import FetchError, NecoError, Problem, Snapshot
from .pages import Site
from .project import Project, load_project
from .refresh import Fetchers, Only, Plan, Report, Tick
from .refresh import plan as plan_refresh
from .refresh import refresh as run_refresh
from .sources.github import GITHUB_API, read_issue
from .sources.http import Http, Policy
from .sources.kep_repository import UPSTREAM, open_repository, without_credentials
from .sources.webpage import read_card
from .strings import load_strings
from .syntax import UrlMeaning, is_web_url, kep_number, read_url

PROBLEMS, USAGE, INTERRUPTED = 1, 2, 130

IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="neco")
def commands() -> None:
    """Neco Weekly: a knowledge site from a weekly technical note."""


def main() -> NoReturn:
    """The console script. What cannot go on ends in one sentence."""
    try:
        returned = commands.main(prog_name="neco", standalone_mode=False)
        status = returned if isinstance(returned, int) else 0  # what a command gave to `context.exit`
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted: nothing was written.", err=True)
        _leave(INTERRUPTED)
    except FetchError as error:
        click.echo(f"Error: {error}", err=True)
        status = PROBLEMS
    except NecoError as error:
        click.echo(f"Error: {error}", err=True)
        status = USAGE
    except OSError as error:  # a full disk behind the standard output
        click.echo(f"Error: the result cannot be written ({error.strerror})", err=True)
        _leave(USAGE)
    sys.exit(status)


def _leave(status: int) -> NoReturn:
    """End at once: threads that still wait for an answer must not hold up a person who pressed Ctrl-C."""
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)


def _print_json(document: object) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


# --- refresh ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Network(click.ParamType[IPNetwork]):
    """An option that names a private network: `127.0.0.0/8`."""

    name = "cidr"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> IPNetwork:
        try:
            return ipaddress.ip_network(value)
        except ValueError:
            self.fail(f"{value!r} is not a network like 10.0.0.0/8", param, ctx)


class _Address(click.ParamType[str]):
    """An option that names a web address."""

    name = "url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not is_web_url(value):
            self.fail(f"{value!r} is not an http(s) URL", param, ctx)
        return str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Target:
    """One thing named on the command line."""

    kep: int | None = None
    url: str | None = None


class _TargetType(click.ParamType[_Target]):
    """`KEP-127`, `127` or a URL; a URL that names a KEP is that KEP."""

    name = "KEP-N|URL"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> _Target:
        if "://" in value:
            if not is_web_url(value):
                self.fail(f"{value!r} is not an http(s) URL", param, ctx)
            named = read_url(value)
            if named.meaning is UrlMeaning.IMPOSSIBLE:
                self.fail(f"{value!r} names no KEP from 1 to 99999", param, ctx)
            return _Target(kep=named.number) if named.meaning is UrlMeaning.KEP else _Target(url=value)
        digits = value.upper().removeprefix("KEP").lstrip("- #")
        number = kep_number(digits) if digits.isascii() and digits.isdecimal() else None
        if number is None:
            self.fail(f"{value!r} is neither a KEP number from 1 to 99999 nor a URL", param, ctx)
        return _Target(kep=number)


@commands.command()
@click.argument("targets", nargs=-1, type=_TargetType(), metavar="[KEP-N | URL]…")
@click.option("--only", type=click.Choice(["keps", "cards"]), help="Refresh only KEPs or only cards.")
@click.option("--missing", is_flag=True, help="Refresh only what the lock does not know yet.")
@click.option("--all-keps", is_flag=True, help="Take every KEP of the source, mentioned or not.")
@click.option("--source", metavar="PATH|URL", help="kubernetes/enhancements: git URL, bare clone, work tree or bundle.")
@click.option("--dry-run", is_flag=True, help="Report what would change and write nothing.")
@click.option("--strict", is_flag=True, help="Exit with 1 if anything could not be fetched.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="Also write the report as Markdown.")
@click.option("--allow-private", type=_Network(), multiple=True, metavar="CIDR", help="Private network to fetch from.")
@click.option("--github-api", type=_Address(), default=GITHUB_API, show_default=True, help="GitHub's API.")
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
        _write(asked.report, report.markdown())
    _print_report(report, asked, changed=changed)
    if report.nothing_answered or (asked.strict and report.failures):
        context.exit(PROBLEMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class _RefreshOptions:
    """What was asked for on the command line, by the names of the options."""

    targets: tuple[_Target, ...]
    only: Only | None
    missing: bool
    all_keps: bool
    source: str | None
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
        trusted=(api,),
    )
    token = os.environ.get("GITHUB_TOKEN") or None
    with Http(policy) as http:
        yield Fetchers(
            snapshot=lambda: _read_repository(asked.source, asked.cache_dir or project.cache),
            issue=lambda number: read_issue(number, http.get, api=api, token=token),
            card=lambda url: read_card(url, http.get),
        )


def _read_repository(source: str | None, cache: Path) -> Snapshot:
    # The first clone takes a minute.
    click.echo(f"Reading KEPs from {without_credentials(source or UPSTREAM)}", err=True)
    return open_repository(source, cache_dir=cache).snapshot()


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
        _print_json({"changed": changed, **report.to_dict()})
        return
    for line in report.changes:
        click.echo(line)
    for failure in report.failures:
        click.echo(f"not fetched: {failure.what}: {failure.message}")
    verb = ("would change" if asked.dry_run else "was updated") if changed else "is unchanged"
    click.echo(f"The lock {verb}.")


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise NecoError(f"{path}: cannot be written ({error.strerror}); choose another place") from error


# --- check --------------------------------------------------------------------------------------------------------


@commands.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("--format", "style", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.pass_context
def check(context: click.Context, paths: tuple[Path, ...], style: str, as_json: bool) -> None:
    """Find problems in the issues, with file and line. Exits with 1 if there is a warning."""
    project = load_project()
    problems = find_problems(
        project.read_index(),
        load_lock(project.metadata),
        lambda path: (project.docs / path).is_file(),
        project.docs.as_posix(),
    )
    wanted = [problem for problem in problems if not paths or _is_under(Path(problem.path), paths)]
    _PRINTERS["json" if as_json else style](wanted)
    if any(problem.severity == "warning" for problem in wanted):
        context.exit(PROBLEMS)


def _is_under(path: Path, folders: tuple[Path, ...]) -> bool:
    return any(path.resolve().is_relative_to(folder.resolve()) for folder in folders)


def _print_text(problems: Sequence[Problem]) -> None:
    for problem in problems:
        click.echo(f"{problem}" if problem.severity == "warning" else f"{problem} (information)")
    warnings = sum(problem.severity == "warning" for problem in problems)
    click.echo(f"{warnings} problems, {len(problems) - warnings} to know.", err=True)


def _print_github(problems: Sequence[Problem]) -> None:
    """GitHub's workflow commands (docs.github.com/actions/reference/workflows-and-actions/workflow-commands)."""
    for problem in problems:
        level = "warning" if problem.severity == "warning" else "notice"
        text = _escaped(f"{problem.message}; {problem.hint}")
        file = _escaped(problem.path, more=",:")
        click.echo(f"::{level} file={file},line={problem.line},title={problem.code}::{text}")


def _escaped(text: str, more: str = "") -> str:
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


_PRINTERS: dict[str, Callable[[Sequence[Problem]], None]] = {
    "text": _print_text,
    "json": lambda problems: _print_json([asdict(problem) for problem in problems]),
    "github": _print_github,
}


# --- pages --------------------------------------------------------------------------------------------------------


@commands.command()
@click.option("--write", "folder", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@click.option("--json", "as_json", is_flag=True, help="Print the written paths as JSON.")
def pages(folder: Path, as_json: bool) -> None:
    """Write the generated pages as Markdown, for hosts without MkDocs plugins."""
    project = load_project()
    if folder.resolve() == project.docs.resolve():
        raise NecoError(f"{folder}: is where people write, and their pages stay as they are; name a copy of it")
    site = Site(project.read_index(), load_lock(project.metadata), load_strings(project.locale), project.issues)
    written = []
    for page in site.files_for(project.own_page, project.site_name, project.site_description):
        _write(folder / page.path, page.content)
        written.append(page.path)
    if as_json:
        _print_json(written)
    else:
        click.echo(f"{len(written)} files written to {folder}.")
