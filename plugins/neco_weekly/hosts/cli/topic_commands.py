"""`neco topics`: what came out of the projects that topics are about, for the next issue."""

from __future__ import annotations

import datetime as dt

import click

from ...display.words import load_strings
from ...issues.index import Index
from ...lock.store import Lock, load_lock
from ...model.news import news_of
from ...site.news_draft import news_document, news_markdown
from .arguments import Day
from .printing import PROBLEMS, print_json
from .site import open_project, read_issues

_LAST_ISSUE = "last-issue"


@click.command()
@click.option("--news", is_flag=True, help="What came out of watched projects, as a draft for the next issue.")
@click.option("--since", type=Day(_LAST_ISSUE), default=_LAST_ISSUE, show_default=True, help="After this day.")
@click.option("--until", type=Day(), help="Up to and including this day (Asia/Tokyo); else all that is known.")
@click.option("--format", "form", type=click.Choice(["markdown", "json"]), default="markdown", show_default=True)
@click.pass_context
def topics(context: click.Context, news: bool, since: dt.date | str, until: dt.date | None, form: str) -> None:
    """Print what came out of the projects that topics.yml names with `repo`.

    New minor and major versions are headings, ready for an issue; patches are named in one line, and versions before a
    release not at all. Releases are those that `neco refresh` has put into the lock; nobody is asked.
    """
    if not news:
        raise click.UsageError("say what to tell: --news")
    project = open_project()
    lock = load_lock(project.metadata)
    _tell_what_is_unknown(lock)
    if not lock.watched:
        context.exit(PROBLEMS)
    first = since if isinstance(since, dt.date) else _last_issue(read_issues(project))
    last = until or _newest_day(lock, first)
    if last < first:
        raise click.UsageError(f"--until {last} lies before {first}, after which news are asked for")
    found = news_of(lock.watched.values(), since=first, until=last)
    names = {topic.repo.lower(): topic.name for topic in lock.topics.topics if topic.repo}
    if form == "json":
        print_json(news_document(found, names, since=first, until=last))
    else:
        words = load_strings(project.locale)
        click.echo(news_markdown(found, names, words, since=first, until=last), nl=False)


def _tell_what_is_unknown(lock: Lock) -> None:
    """Print to stderr which repositories of topics.yml the lock does not know, or that there are none."""
    wanted = [topic.repo for topic in lock.topics.topics if topic.repo]
    unknown = [repo for repo in wanted if lock.repository(repo) is None]
    if not wanted and not lock.watched:
        click.echo("No repository is watched: give a topic of topics.yml `repo: owner/name`, and refresh.", err=True)
    elif unknown:
        more = f" and {len(unknown) - 1} more" if len(unknown) > 1 else ""
        click.echo(f"Nothing is known of {unknown[0]}{more}: run `neco refresh --only topics`.", err=True)


def _last_issue(index: Index) -> dt.date:
    """Return the day of the newest public issue."""
    days = [issue.date for issue in index.issues if issue.date]
    if not days:
        raise click.UsageError("there is no issue with a date yet; name a day with --since")
    return max(days)


def _newest_day(lock: Lock, since: dt.date) -> dt.date:
    """Return the newest day of which the lock knows anything, that of `since` where there is none later."""
    days = (repository.releases[0].day for repository in lock.watched.values() if repository.releases)
    return max([since, *days, *([lock.as_of] if lock.as_of else [])])
