"""`neco refresh`: fetches what the issues mention and updates the lock."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urldefrag

import click

from ...grammar.urls import normal_url
from ...issues.index import Index
from ...issues.topic_index import build_topic_index
from ...lock.store import Lock, load_lock
from ...model.days import TOKYO, today
from ...refresh import Only, Plan, Report, Tick, cited_links, join, keep_copies
from ...refresh import plan as plan_refresh
from ...refresh import refresh as run_refresh
from ...refresh.visits import Visits
from ..fetchers import FetcherOptions, Outside, outside
from ..project import Project
from .arguments import Age, Target, TargetType
from .digest_text import refresh_news
from .fetcher_options import fetcher_options
from .printing import PROBLEMS, print_json, tell, write
from .prune import prune_cards, prune_keps, prune_pictures
from .site import open_project, read_issues


@click.command()
@click.argument("targets", nargs=-1, type=TargetType(), metavar="[KEP-N | URL]…")
@click.option("--only", type=click.Choice(get_args(Only)), help="Refresh only one kind of things.")
@click.option("--missing", is_flag=True, help="Refresh only what the lock does not know yet.")
@click.option("--max-age", type=Age(), metavar="AGE", help="Leave out cards that were read within 30d, 12h, 2w.")
@click.option("--all-keps", is_flag=True, help="Take every KEP of the source even where no issue names one.")
@click.option("--watch", is_flag=True, help="Also watch repositories to which several issues link.")
@click.option("--accept", is_flag=True, help="Take what the pages at URL say, whole, also where it was only proposed.")
@click.option("--archive", is_flag=True, help="Find copies of linked pages, and ask the archive to keep new ones.")
@click.option("--prune", is_flag=True, help="Remove cards that no page mentions and pictures that no card shows.")
@click.option("--post", "posts", multiple=True, metavar="URL|FILE", help="Read what a release post lists, alone.")
@click.option("--dry-run", is_flag=True, help="Report what would change and write nothing.")
@click.option("--strict", is_flag=True, help="Exit with 1 if anything could not be fetched.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="Also write the report as Markdown.")
@fetcher_options
@click.pass_context
def refresh(context: click.Context, /, **options: Any) -> None:
    """Fetch what the issues mention and update the lock.

    With KEP-N or URL only these are fetched. What cannot be fetched keeps its entry and is reported. GITHUB_TOKEN is
    sent to the GitHub API only.
    """
    whom = {it.name: options.pop(it.name) for it in fields(FetcherOptions) if it.name in options}
    asked, project = _RefreshOptions(**options), open_project()
    if asked.accept and not any(it.url for it in asked.targets):
        raise click.UsageError("--accept takes what single pages say; name their addresses")
    lock = load_lock(project.metadata)
    with outside(FetcherOptions(**whom, named=asked.posts), project, tell) as web:
        plan = _plan(asked, project, lock, Visits.load(web.cache))
        with _progress(len(plan)) as tick:
            new, report = run_refresh(lock, plan, web.fetchers, tick)
        if asked.archive and (plan.cards or not asked.targets):
            new = _archived(web, new, asked, report)
        if asked.prune:
            new = prune_keps(project, prune_cards(project, new, report), report)
        changed = new != lock if asked.dry_run else _save(web, lock, new, report, prune=asked.prune)
    if asked.prune and asked.dry_run:
        prune_pictures(project, new, report, dry_run=True)
    if asked.report:
        # Of single things that somebody asked for there is no news: the others were not looked at.
        news = refresh_news(project, lock, new) if changed and not asked.targets else ""
        write(asked.report, news + report.markdown())
    _print_report(report, asked, changed=changed)
    if report.nothing_fetched or (asked.strict and report.failures):
        context.exit(PROBLEMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class _RefreshOptions:
    """The options of `neco refresh` as set on the command line, by their names."""

    targets: tuple[Target, ...]
    only: Only | None
    missing: bool
    max_age: dt.timedelta | None
    all_keps: bool
    watch: bool
    accept: bool
    archive: bool
    posts: tuple[str, ...]
    prune: bool
    dry_run: bool
    strict: bool
    as_json: bool
    report: Path | None


def _plan(asked: _RefreshOptions, project: Project, lock: Lock, visits: Visits) -> Plan:
    if asked.posts and not (asked.targets or asked.only):
        return Plan(posts=asked.posts)
    return replace(_plan_of_issues(asked, project, lock, visits), posts=asked.posts)


def _plan_of_issues(asked: _RefreshOptions, project: Project, lock: Lock, visits: Visits) -> Plan:
    if asked.targets:
        keps = tuple(sorted({lock.canonical(target.kep) for target in asked.targets if target.kep}))
        urls = dict.fromkeys(target.url for target in asked.targets if target.url)
        shown = _pictures(project, urls)
        cards = tuple(url for url in urls if url not in shown)
        return Plan(keps=keps, cards=cards, pictures=tuple(shown.values()), accept=asked.accept)
    index = read_issues(project)
    now = dt.datetime.now(TOKYO)
    since = now - asked.max_age if asked.max_age else None
    return plan_refresh(
        index,
        lock,
        only=asked.only,
        missing=asked.missing,
        all_keps=asked.all_keps,
        fresh=lambda url: since is not None and visits.is_fresh(url, lock, since=since, now=now),
        watched=_linked_repositories(index, lock) if asked.watch else (),
    )


def _linked_repositories(index: Index, lock: Lock) -> Iterator[str]:
    """Yield the repositories that are topics because several issues link to them."""
    for topic in build_topic_index(index, lock.topics.topics).topics.values():
        if topic.repo:
            yield topic.repo


def _archived(web: Outside, lock: Lock, asked: _RefreshOptions, report: Report) -> Lock:
    """Return the lock with copies of the pages that public issues link to; a dry run asks nobody to keep any."""
    tell("Asking the archive for copies")
    archivist = replace(web.archivist, keep=None) if asked.dry_run else web.archivist
    links = cited_links(
        web.project.read_index(), only=(it.url for it in asked.targets if it.url), own=web.project.site_url
    )
    return keep_copies(lock, links, archivist, report, today())


def _save(web: Outside, base: Lock, mine: Lock, report: Report, *, prune: bool) -> bool:
    """Write what a refresh made of the lock `base` on top of what others wrote; return whether anything changed."""
    kept: list[str] = []

    def change(theirs: Lock) -> Lock:
        lock, kept[:] = join(base, mine, theirs)
        return lock

    def finish(lock: Lock) -> None:
        if prune:
            prune_pictures(web.project, lock, report, dry_run=False)

    update = web.save(change, finish)
    report.notes += kept
    return update.changed


def _pictures(project: Project, urls: Iterable[str]) -> dict[str, str]:
    """Return those addresses that are of pictures in issues and of no card, each with the picture's own address."""
    if not urls:
        return {}
    index = project.read_index()
    cards = {normal_url(url) for url in index.card_urls}
    own = {url: normal_url(urldefrag(url).url) for url in urls if normal_url(url) not in cards}
    return {url: picture for url, picture in own.items() if picture in index.picture_urls}


@contextmanager
def _progress(length: int) -> Iterator[Tick]:
    """Show the progress of a refresh: a bar on a terminal, a line for each thing that is done elsewhere."""
    if sys.stderr.isatty():
        with click.progressbar(length=length, label="Fetching", file=sys.stderr) as bar:
            yield lambda _: bar.update(1)
    else:
        yield lambda what: click.echo(f"asked: {what}", err=True)


def _print_report(report: Report, asked: _RefreshOptions, *, changed: bool) -> None:
    if asked.as_json:
        print_json({"changed": changed, **report.to_dict()})
        return
    for line in report.lines():
        click.echo(line)
    verb = ("would change" if asked.dry_run else "was updated") if changed else "is unchanged"
    click.echo(f"The lock {verb}.")
