"""Checks of issues: index and lock -> problems an author should know, with file and line, and what to do."""

from __future__ import annotations

import datetime as dt
import posixpath
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..display.card_words import Shown
from ..grammar.kep_references import named_numbers, read_url
from ..grammar.urls import is_site_link, site_path
from ..lock.store import Lock
from ..model.cards import Failures
from ..model.issues import CardMention, Diagnostic, Issue, Mention
from ..model.paths import FOLDER
from ..model.pull_requests import names_of
from ..model.text import counted
from .index import Index
from .problems import Problem, Severity
from .publication_checks import publication_problems

Exists = Callable[[str], bool]
"""A function that says whether a path relative to the docs folder is a file of the site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of problem. `message` and `hint` are filled with the author's own words and the program's."""

    message: str
    hint: str
    severity: Severity = "warning"


KINDS = {
    "unknown-kep": Kind(
        message="KEP-{number} exists neither in kubernetes/enhancements nor as an issue there",
        hint="correct the number, or describe it in overrides.yml",
    ),
    "pull-request-as-kep": Kind(
        message="{written} names a pull request of kubernetes/enhancements as {detail}",
        hint="link the KEP's issue or its folder instead",
    ),
    "looks-like-kep": Kind(
        message="{written!r} looks like a KEP and is none that is known; it stays text",
        hint="write a KEP as KEP-127, and what is no KEP as code or in other words",
    ),
    "pull-request-of-several-keps": Kind(
        message="{written} is a pull request of several KEPs ({detail}), so that the link is no reference",
        hint="name the KEP in its text, if it is about one",
        severity="info",
    ),
    "kep-not-fetched": Kind(message="KEP-{number} is not in the lock", hint="run `neco refresh`", severity="info"),
    "card-not-fetched": Kind(
        message="the {what} {written} has no title yet{attempts}",
        hint="run `neco refresh` or give it one",
        severity="info",
    ),
    "dead-link": Kind(
        message="the link {written} is dead{attempts}",
        hint='give a copy as @[card](…){{archive="https://…"}}, or remove it',
        severity="info",
    ),
    "missing-card-picture": Kind(
        message="the picture {picture} of the card of {written} is missing",
        hint="run `neco refresh {argument}`, or commit the file; the card is drawn without",
        severity="info",
    ),
    "kep-number-mismatch": Kind(
        message="the link text {written!r} names another KEP than its address, {detail}",
        hint="the address counts; correct one of the two",
    ),
    "bad-kep-number": Kind(
        message="{written} cannot be a KEP number", hint="KEP numbers run from 1 to 99999; it stays text"
    ),
    "bad-card": Kind(
        message="{written!r} is not a card: {detail}",
        hint='write @[card](https://…){{title="…" desc="…" archive="https://…" image=none}}',
    ),
    "missing-image": Kind(message="the picture {written} does not exist", hint="add the file, or correct its path"),
    "broken-front-matter": Kind(
        message="the front matter cannot be read ({detail}), so the issue is held back",
        hint="correct or shorten it; a value that holds a colon needs quotes",
    ),
    "front-matter-not-first": Kind(
        message="something stands before the front matter, so that GitHub and others print it as text",
        hint="let the file begin with the front matter",
    ),
    "held-back": Kind(
        message="the issue is held back, for its front matter says `{detail}`",
        hint="remove that to publish it",
        severity="info",
    ),
    "held-back-until": Kind(
        message="the issue is held back until {detail}",
        hint="build the site on that day or later, or correct the day",
        severity="info",
    ),
    "held-back-unclear": Kind(
        message="nobody can tell what `{detail}` means, so the issue is held back",
        hint="write `draft: true` or `draft: false`, and a day as YYYY-MM-DD",
    ),
    "unreadable-issue": Kind(message="the file {detail}, so the issue is held back", hint="save it as UTF-8 text"),
    "empty-issue": Kind(message="the issue has no text, so it is held back", hint="write its text, or remove the file"),
    "link-to-held-back": Kind(
        message="the link {written} leads to an issue that is held back, so it is drawn as text",
        hint="publish that issue, or remove the link",
    ),
    "titles-differ": Kind(
        message="the front matter calls the issue {detail!r}, and its heading {written!r}",
        hint="the title of the front matter is drawn; remove one of the two",
    ),
    "issue-without-title": Kind(
        message="the issue has no title, so its date or its file's name is shown",
        hint="begin it with `# title`, or write `title:` in its front matter",
        severity="info",
    ),
    "future-date": Kind(
        message="the date {detail} is still to come",
        hint="write `draft: true` or `published_at:` to hold the issue back",
        severity="info",
    ),
    "duplicate-issue-number": Kind(
        message="the number {detail}", hint="give one of the two its own number", severity="info"
    ),
    "swallowed-first-line": Kind(
        message="the first line {detail!r} would be taken for metadata and vanish",
        hint="put an empty line or a heading before it",
    ),
    "issue-without-date": Kind(
        message="the issue has no date",
        hint="name the file YYYY-MM-DD.md, or write `date: YYYY-MM-DD` in its front matter",
    ),
    "settings-differ": Kind(message="`{written}` is {detail}", hint="keep one of the two; the first counts"),
    "duplicate-issue-date": Kind(message="the date {detail}", hint="give one of the two its own date"),
}
"""All kinds of problems, by their stable code."""


def check(
    index: Index, lock: Lock, exists: Exists, docs: str = "docs", *, today: dt.date | None = None
) -> list[Problem]:
    """Return all problems of all issues, sorted by file and line.

    `docs` is put before each path, so that paths are as the author knows them. `today` is the day of the build, by
    which a date is still to come.
    """
    problems = [problem for issue in index.issues for problem in _problems(issue, lock, exists, docs)]
    problems += publication_problems(index, docs, today, make_problem)
    problems += _duplicate_dates(index, docs)
    return sorted(set(problems), key=lambda problem: (problem.path, problem.line, problem.code, problem.message))


def _problems(issue: Issue, lock: Lock, exists: Exists, docs: str) -> Iterator[Problem]:
    path = posixpath.join(docs, issue.path)
    if issue.date is None:
        yield make_problem("issue-without-date", path, 1)
    for diagnostic in issue.diagnostics:
        if _is_refuted(diagnostic, lock) or _is_alias(diagnostic, lock):
            continue
        yield make_problem(diagnostic.code, path, diagnostic.line, written=diagnostic.written, detail=diagnostic.detail)
    first_mentions: dict[int, Mention] = {}
    for mention in sorted(lock.meant(issue.mentions, issue.pulls), key=lambda it: it.candidate):
        first_mentions.setdefault(mention.kep, mention)
    for mention in first_mentions.values():
        if code := _doubt(mention, lock):
            yield make_problem(
                code, path, mention.line, written=mention.written, number=mention.kep, detail=f"KEP-{mention.kep}"
            )
    yield from _pull_problems(issue, lock, path)
    for card in issue.cards:
        yield from _card_problems(card, lock, exists, path, docs)
    for source, line in issue.images:
        if not _image_exists(issue, source, exists):
            yield make_problem("missing-image", path, line, written=source)


def _is_refuted(diagnostic: Diagnostic, lock: Lock) -> bool:
    """Whether a pull request that is named as a KEP began the KEP of its own number, as a few have."""
    if diagnostic.code != "pull-request-as-kep":
        return False
    number = read_url(diagnostic.written).number
    return number is not None and lock.kep_of_pull(number) == number


def _pull_problems(issue: Issue, lock: Lock, path: str) -> Iterator[Problem]:
    first_links = {link.pull: link for link in reversed(issue.pulls)}
    for link in first_links.values():
        keps = lock.pulls.get(link.pull, ())
        if len(keps) > 1 and not set(keps).intersection(link.named):
            yield make_problem(
                "pull-request-of-several-keps", path, link.line, written=link.written, detail=names_of(keps)
            )


def _card_problems(mention: CardMention, lock: Lock, exists: Exists, path: str, docs: str) -> Iterator[Problem]:
    shown = Shown.of(mention.url, mention.text, lock.card(mention.url))
    what, attempts = "link to" if mention.link else "card of", _attempts(shown.page.failures)
    if shown.page.is_dead and not (mention.text.archive or shown.page.archive):
        yield make_problem("dead-link", path, mention.line, written=mention.url, attempts=attempts)
    elif shown.title is None:
        yield make_problem("card-not-fetched", path, mention.line, what=what, written=mention.url, attempts=attempts)
    pictures = () if mention.link else (shown.page.image if shown.image else None, shown.page.icon)
    for picture in filter(None, pictures):
        if not exists(file := f"{FOLDER}/{picture.file}"):
            yield make_problem(
                "missing-card-picture",
                path,
                mention.line,
                picture=posixpath.join(docs, file),
                written=mention.url,
                argument=shlex.quote(mention.url),
            )


def _attempts(failures: Failures | None) -> str:
    """Return the words behind a page that could not be fetched: how often, the last day and the last code."""
    if failures is None:
        return ""
    return f" ({counted(failures.count, 'attempt')} failed, the last on {failures.date} with {failures.last})"


def _doubt(mention: Mention, lock: Lock) -> str | None:
    if lock.enhancement(mention.kep) is not None:
        return None
    absence = lock.missing.get(mention.kep)
    if mention.candidate and absence:
        return "looks-like-kep"
    return {None: "kep-not-fetched", "not-found": "unknown-kep", "pull-request": "pull-request-as-kep"}[absence]


def _is_alias(diagnostic: Diagnostic, lock: Lock) -> bool:
    """Whether a link's text and address name one KEP by two numbers, of which the text alone knows nothing."""
    if diagnostic.code != "kep-number-mismatch" or not lock.aliases:
        return False
    return bool(_keps(diagnostic.detail, lock) & _keps(diagnostic.written, lock))


def _keps(text: str, lock: Lock) -> set[int]:
    return {lock.canonical(number) for number in named_numbers(text)}


def _image_exists(issue: Issue, source: str, exists: Exists) -> bool:
    return not is_site_link(source) or exists(site_path(issue.path, source))


def _duplicate_dates(index: Index, docs: str) -> Iterator[Problem]:
    first: dict[object, Issue] = {}
    for issue in reversed(index.issues):
        if issue.date is None:
            continue
        earlier = first.setdefault(issue.date, issue)
        if earlier is not issue:
            detail = f"{issue.date} is also the date of {posixpath.join(docs, earlier.path)}"
            yield make_problem("duplicate-issue-date", posixpath.join(docs, issue.path), 1, detail=detail)


def make_problem(code: str, path: str, line: int, **words: str | int) -> Problem:
    """Return a problem of the kind that a code names, at a line of a file; `words` fill the kind's message and hint."""
    kind = KINDS[code]
    return Problem(
        path=path,
        line=line,
        code=code,
        message=kind.message.format(**words),
        hint=kind.hint.format(**words),
        severity=kind.severity,
    )
