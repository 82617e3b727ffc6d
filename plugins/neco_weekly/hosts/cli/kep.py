"""`neco kep`: what is known of a KEP, now or on a day, for a person at a terminal or as JSON."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import click

from ...display.phrases import stage_and_release
from ...model.options import OPTIONS
from ...model.releases import load_releases
from .arguments import Target, TargetType
from .kep_json import kep_document
from .kep_text import kep_lines
from .known_kep import ENGLISH, GAPS, KnownKep, iso
from .printing import PROBLEMS, print_json


@click.command()
@click.argument("target", type=TargetType(), metavar="KEP-N")
@click.option("--at", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="As it was at the end of a day.")
@click.option("--source", metavar="PATH|URL", help="Ask this kubernetes/enhancements instead of the lock.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.option("--cache-dir", type=click.Path(path_type=Path, file_okay=False), help="Where clones are kept.")
@click.pass_context
def kep(
    context: click.Context,
    target: Target,
    day: dt.datetime | None,
    source: str | None,
    as_json: bool,
    cache_dir: Path | None,
) -> None:
    """Print what is known of a KEP, now or on a day (until 23:59:59 Asia/Tokyo).

    The lock is asked, or with --source any KEP of a git URL, bare clone, work tree or bundle of
    kubernetes/enhancements.
    """
    if target.kep is None:
        raise click.UsageError(f"{target.url} is not a KEP; name one like KEP-127")
    number = _canonical(target.kep)
    known = _from_source(source, cache_dir or _cache_of_site(), number) if source else _from_lock(number)
    asked = day.date() if day else None
    if number != target.kep:
        click.echo(ENGLISH("kep.alias", alias=target.kep, number=number), err=as_json)
    if complaint := _complaint(known, number, asked):
        click.echo(complaint, err=True)
        record = known.record(asked)
        if as_json and record and record.gap:
            print_json({"number": number, "at": iso(asked or known.as_of), "gap": record.gap})
        if not as_json and asked is None and known.enhancement:  # the history of a KEP that is gone is worth reading
            click.echo("\n".join(kep_lines(known, asked)))
        context.exit(PROBLEMS)
    if as_json:
        print_json(kep_document(known, asked))
    else:
        click.echo("\n".join(kep_lines(known, asked)))


def _cache_of_site() -> Path:
    """Return the cache folder that `mkdocs.yml` names, or the usual one where no site is here.

    With `--source` the command works in any folder.
    """
    if not Path("mkdocs.yml").is_file():
        return Path(OPTIONS["cache_dir"].default)
    from .site import open_project

    return open_project().cache


def _canonical(number: int) -> int:
    """Return the number of the KEP that a number stands for in the site that is here, if one is."""
    if not Path("mkdocs.yml").is_file():
        return number
    from ...lock.overrides import load_overrides
    from ...lock.store import OVERRIDES_FILE
    from ..project import load_project

    return load_overrides(load_project().metadata / OVERRIDES_FILE).aliases.get(number, number)


def _from_source(source: str, cache_dir: Path, number: int) -> KnownKep:
    from ...sources.keps.repository import open_repository, without_credentials

    as_of, enhancement = open_repository(source, cache_dir=cache_dir).enhancement(number)
    return KnownKep(enhancement=enhancement, as_of=as_of, where=without_credentials(source), releases=load_releases())


def _from_lock(number: int) -> KnownKep:
    from ...lock.store import load_lock
    from .site import open_project

    project = open_project()
    lock = load_lock(project.metadata)
    # Reading takes 15 ms an issue: those that do not hold the number cannot mention the KEP.
    numbers = "|".join(map(str, (number, *lock.aliases_of(number))))
    index = project.read_index(re.compile(rf"(?<!\d)0*(?:{numbers})(?!\d)"))
    return KnownKep(
        enhancement=lock.enhancement(number),
        as_of=lock.as_of,
        where="the lock",
        releases=project.releases,
        issues=index.by_kep.get(number, ()),
    )


def _complaint(known: KnownKep, number: int, day: dt.date | None) -> str | None:
    """Return why nothing can be said of a KEP on a day, in one sentence; None if something can."""
    if known.enhancement is None:
        advice = f"run `neco refresh KEP-{number}`, or name a --source" if known.where == "the lock" else ""
        return "; ".join(filter(None, (f"KEP-{number} is not in {known.where}", advice)))
    record = known.record(day)
    if record is None:
        if day is None:
            return None
        first = next(iter(known.enhancement.history), None)
        since = f"the first record is of {first.date}" if first else "no history is recorded"
        return f"KEP-{number} is not known on {day}: {since}"
    if record.gap:
        last = known.enhancement.state
        gap = GAPS[record.gap].format(date=record.date)
        known_state = f"{stage_and_release(last, ENGLISH)}, {last.status or 'no status'}"
        return f"KEP-{number}: {gap}; the last known state is {known_state}"
    return None
