"""`neco digest`: what happened since the last issue, ready for the next one."""

from __future__ import annotations

import datetime as dt
import os

import click

from ...lock.kep_as_of import KepsAsOf
from ...lock.releases_as_of import ReleasesAsOf
from ...lock.store import Lock
from ...model.days import day_of_build
from ...model.errors import NecoError
from .arguments import Day
from .digest_text import digest_draft, last_issue
from .earlier_lock import lock_known_on
from .printing import print_json
from .site import load_lock_of, open_project, read_issues

_LAST_ISSUE = "last-issue"


@click.command()
@click.option("--since", type=Day(_LAST_ISSUE), default=_LAST_ISSUE, show_default=True, help="After this day.")
@click.option("--until", type=Day(), help="Up to and including this day (Asia/Tokyo); else all that the lock knows.")
@click.option("--format", "form", type=click.Choice(["markdown", "json"]), default="markdown", show_default=True)
@click.option("--json", "form", flag_value="json", help="Print it as JSON, as --format json does.")
def digest(since: dt.date | str, until: dt.date | None, form: str) -> None:
    """Print what happened to KEPs and watched projects since the newest public issue, as lines for the next one.

    KEPs that issues mention come first, then what moved into the coming release, what slipped, exceptions, new KEPs,
    and releases of projects; the rest is counted. The week of a release has what came with it.

    All of it is what `neco refresh` has put into the lock; nobody is asked. In a git repository the lock as it was on
    the day --since tells what was learned only later: such things are told, too, and nothing is told twice.
    """
    project = open_project()
    lock, index = load_lock_of(project), read_issues(project)
    first = since if isinstance(since, dt.date) else last_issue(index)
    last = _last_day(first, until, lock, is_named=isinstance(since, dt.date))
    earlier = lock_known_on(project, first)
    before = ReleasesAsOf(KepsAsOf(earlier, project.releases)) if earlier else None
    draft = digest_draft(project, lock, index, since=first, until=last, before=before)
    print_json(draft.document()) if form == "json" else click.echo(draft.markdown(), nl=False)


def _last_day(first: dt.date, until: dt.date | None, lock: Lock, *, is_named: bool) -> dt.date:
    """Return the last day of the digest: `until`, or the lock's where that is earlier.

    Raises:
        UsageError: the time begins in the future, or ends before it begins.
        NecoError: the lock knows nothing of that time.
    """
    today = day_of_build(os.environ)
    if is_named and first > today:
        raise click.UsageError(f"--since {first} lies in the future: today is {today}")
    if until and until < first:
        raise click.UsageError(f"--until {until} lies before {first}, after which the digest begins")
    if lock.as_of is None:
        raise NecoError("the lock is empty; run `neco refresh`, then `neco digest`")
    if lock.as_of <= first:
        raise NecoError(
            f"the lock was not refreshed after {first}: it knows nothing later than {lock.as_of}; "
            "run `neco refresh`, then `neco digest`"
        )
    if until and until > lock.as_of:
        click.echo(f"The lock knows nothing later than {lock.as_of}: run `neco refresh` for the days after.", err=True)
    return min(until or lock.as_of, lock.as_of)
