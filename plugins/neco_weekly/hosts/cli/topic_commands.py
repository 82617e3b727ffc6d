"""`neco topics`: what is known of a topic, what could become one, and what came out of projects."""

from __future__ import annotations

import datetime as dt

import click

from ...display.words import load_strings
from ...issues.alias_suggestions import alias_suggestions
from ...issues.index import Index
from ...issues.topic_index import build_topic_index
from ...issues.topic_suggestions import MOST_SUGGESTED, suggestions
from ...lock.store import Lock
from ...model.news import news_of
from ...site.news_draft import news_document, news_markdown
from .arguments import Day
from .printing import PROBLEMS, print_json
from .site import load_lock_of, open_project, read_issues
from .topic_text import (
    KnownTopic,
    alias_documents,
    alias_lines,
    list_lines,
    nearest_to,
    slug_of,
    suggestion_documents,
    suggestion_lines,
)

_LAST_ISSUE = "last-issue"

_NONE = "There is no topic yet: link to a repository in two issues, or write topics.yml."


@click.command()
@click.argument("name", required=False)
@click.option("--suggest", is_flag=True, help="What could become a topic, as YAML for topics.yml.")
@click.option("--news", is_flag=True, help="What came out of watched projects, as a draft for the next issue.")
@click.option("--since", type=Day(_LAST_ISSUE), default=_LAST_ISSUE, show_default=True, help="After this day.")
@click.option("--until", type=Day(), help="Up to and including this day (Asia/Tokyo); else all that is known.")
@click.option("--format", "form", type=click.Choice(["markdown", "json"]), default="markdown", show_default=True)
@click.option("--json", "form", flag_value="json", help="Print it as JSON, as --format json does.")
@click.option("--all", "every", is_flag=True, help="All suggestions, not the best alone.")
def topics(
    name: str | None,
    suggest: bool,
    news: bool,
    since: dt.date | str,
    until: dt.date | None,
    form: str,
    every: bool,
) -> None:
    """Print what is known of a topic, by its slug, a name, owner/name or CVE number; without NAME list all topics.

    --suggest: names and repositories of three issues or more that topics.yml lacks, with what speaks for them; then
    other names of topics that it has, as links to their pages and brackets behind their names show them.

    --news: what came out of the projects that topics.yml names with `repo`. New minor and major versions are headings,
    ready for an issue; patches are named in one line, and versions before a release not at all. Releases are those that
    `neco refresh` has put into the lock; nobody is asked.
    """
    if (name is not None) + suggest + news > 1:
        raise click.UsageError("name a topic, or write --suggest, or --news")
    as_json = form == "json"
    if news:
        _tell_news(since, until, as_json=as_json)
    elif suggest:
        _suggest(as_json=as_json, most=None if every else MOST_SUGGESTED)
    else:
        _tell_topics(name, as_json=as_json)


def _tell_topics(name: str | None, *, as_json: bool) -> None:
    project = open_project()
    lock = load_lock_of(project)
    index = build_topic_index(read_issues(project), lock.topics.topics, project.is_written)
    docs = project.docs.as_posix()
    if name is None:
        known = (KnownTopic.of(slug, index, lock, docs) for slug in index.topics)
        lines = list(list_lines(index)) if not as_json else []
        print_json([it.document() for it in known]) if as_json else click.echo("\n".join(lines or [_NONE]))
        return
    slug = slug_of(name, index)
    if slug is None:
        near = nearest_to(name, index)
        advice = f"did you mean {near}?" if near else "`neco topics` lists all, `neco topics --suggest` what could be"
        click.echo(f"{name} is no topic of topics.yml or of the issues; {advice}", err=True)
        click.get_current_context().exit(PROBLEMS)
    topic = KnownTopic.of(slug, index, lock, docs)
    print_json(topic.document()) if as_json else click.echo("\n".join(topic.lines()))


def _suggest(*, as_json: bool, most: int | None) -> None:
    project = open_project()
    written, index = load_lock_of(project).topics, read_issues(project)
    every = suggestions(index, written, lambda wanted: project.read_index(topics=wanted))
    aliases = alias_suggestions(index, written, lambda wanted: project.read_index(topics=wanted))
    found, called = every[:most], aliases[:most]
    if left := len(every) - len(found) + len(aliases) - len(called):
        click.echo(f"{left} more with --all.", err=True)
    if as_json:
        print_json([*suggestion_documents(found), *alias_documents(called)])
    elif found or called:
        click.echo("\n".join([*suggestion_lines(found, project.docs.as_posix()), *alias_lines(called)]))
    else:
        click.echo("Nothing that three issues name or link to lacks an entry.", err=True)


def _tell_news(since: dt.date | str, until: dt.date | None, *, as_json: bool) -> None:
    project = open_project()
    lock = load_lock_of(project)
    _tell_what_is_unknown(lock)
    if not lock.watched:
        click.get_current_context().exit(PROBLEMS)
    first = since if isinstance(since, dt.date) else _last_issue(read_issues(project))
    last = until or _newest_day(lock, first)
    if last < first:
        raise click.UsageError(f"--until {last} lies before {first}, after which news are asked for")
    found = news_of(lock.watched.values(), since=first, until=last)
    names = {topic.repo.lower(): topic.name for topic in lock.topics.topics if topic.repo}
    if as_json:
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
