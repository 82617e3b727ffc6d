"""Checks of issues: index and lock -> problems an author should know, with file and line, and what to do."""

from __future__ import annotations

import datetime as dt
import posixpath
import shlex
from collections.abc import Callable, Iterator

from ..display.card_words import Shown
from ..display.problem_words import Phrase
from ..grammar.kep_references import named_numbers, read_url
from ..grammar.urls import host_of, is_rooted, picture_path, web_address
from ..lock.store import Lock
from ..model.cards import Failures
from ..model.days import OUTDATED_AFTER
from ..model.issues import CardMention, Diagnostic, Issue, Mention
from ..model.paths import FOLDER
from ..model.pull_requests import names_of
from .follow_ups import follow_up_problems
from .index import Index
from .problem_kinds import KINDS, make_problem
from .problems import Problem, in_order
from .publication_checks import publication_problems

Exists = Callable[[str], bool]
"""A function that says whether a path relative to the docs folder is a file of the site."""


Beside = Callable[[str], object]
"""A function that says whether there is a picture beside the docs folder, at a path below the project's folder."""


def check(
    index: Index,
    lock: Lock,
    exists: Exists,
    docs: str = "docs",
    *,
    today: dt.date | None = None,
    beside: Beside = lambda _: None,
    style: bool = False,
) -> list[Problem]:
    """Return all problems of all issues, sorted by file and line.

    `docs` is put before each path, so that paths are as the author knows them. `today` is the day of the build, by
    which a date is still to come. Of matters of style the extension tells only with `style`.
    """
    found = [it for issue in index.issues for it in text_problems(issue, lock, exists, docs, style=style)]
    return in_order([*found, *problems_of_all(index, lock, exists, docs, today=today, beside=beside)])


def problems_of_all(
    index: Index,
    lock: Lock,
    exists: Exists,
    docs: str = "docs",
    *,
    today: dt.date | None = None,
    beside: Beside = lambda _: None,
) -> list[Problem]:
    """Return the problems that do not follow from the text of one issue and the lock: `text_problems` has those."""
    problems = [it for issue in index.issues for it in picture_problems(issue, lock, exists, beside, docs)]
    problems += publication_problems(index, docs, today)
    problems += _duplicate_dates(index, docs)
    problems += follow_up_problems(index, docs)
    problems += _old_lock(index, lock, docs, today)
    return [*problems, *_proposals(index, lock, docs)]


def text_problems(
    issue: Issue, lock: Lock, exists: Exists, docs: str = "docs", *, style: bool = False
) -> Iterator[Problem]:
    """Yield the problems of an issue's own text; they follow from the lock and from which files there are."""
    path = posixpath.join(docs, issue.path)
    if issue.date is None:
        yield make_problem("issue-without-date", path, 1)
    for diagnostic in issue.diagnostics:
        unwanted = KINDS[diagnostic.code].only_check and not style
        if unwanted or _is_refuted(diagnostic, lock) or _is_alias(diagnostic, lock):
            continue
        detail = Phrase(f"left.{diagnostic.detail}") if diagnostic.code in _SIGNS else diagnostic.detail
        where = diagnostic.file or path
        yield make_problem(diagnostic.code, where, diagnostic.line, written=diagnostic.written, detail=detail)
    first_mentions: dict[int, Mention] = {}
    for mention in sorted(lock.meant(issue.mentions, issue.pulls), key=lambda it: it.candidate):
        first_mentions.setdefault(mention.kep, mention)
    for mention in first_mentions.values():
        if code := _doubt(mention, lock):
            yield make_problem(
                code,
                path,
                mention.line,
                written=mention.written,
                number=mention.kep,
                detail=f"KEP-{mention.kep}",
                asked=Phrase.of("problem.as_of", day=lock.as_of) if lock.as_of else "",
            )
    yield from _pull_problems(issue, lock, path)
    for card in issue.cards:
        yield from _card_problems(card, lock, exists, path, docs)


_SIGNS = frozenset({"left-over-sign", "looks-like-markup"})
"""The codes of signs that are left, whose detail is the sign's name in the table of words."""


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
    shown = Shown.of(mention.url, mention.text, lock.card(mention.url), lock.card_rule(mention.url))
    attempts, tried = _attempts(shown.page.failures), shown.page.failures is not None
    if shown.page.is_dead and not (mention.text.archive or shown.page.archive):
        yield make_problem("dead-link", path, mention.line, written=mention.url, attempts=attempts)
    elif shown.title is None:
        yield make_problem(
            "card-not-fetched",
            path,
            mention.line,
            tried=tried,
            what=Phrase.of("problem.link") if mention.link else Phrase.of("problem.card"),
            written=mention.url,
            attempts=attempts,
            remedy=f"[{mention.url}:title=…]" if mention.link else f'@[card]({mention.url}){{title="…"}}',
        )
    pictures = () if mention.link else (shown.image, None if shown.hides_site else shown.page.icon)
    for picture in filter(None, pictures):
        if not exists(file := f"{FOLDER}/{picture.file}"):
            yield make_problem(
                "missing-card-picture",
                path,
                mention.line,
                tried=tried,
                attempts=attempts,
                picture=posixpath.join(docs, file),
                written=mention.url,
                argument=shlex.quote(mention.url),
            )


def _proposals(index: Index, lock: Lock, docs: str) -> Iterator[Problem]:
    """Yield each proposal that nobody has decided, where the newest issue with the card has it first."""
    if not any(card.proposed for card in lock.cards.values()):
        return  # as in most builds: then no issue need be looked through
    for url, ((issue, (first, *_)), *_) in index.by_card.items():
        proposed = card.proposed if (card := lock.cards.get(url)) else None
        if proposed and proposed.decision == "open":
            yield make_problem(
                "undecided-proposal",
                posixpath.join(docs, issue.path),
                first.line,
                written=first.url,
                new=proposed.title,
                day=proposed.date,
                detail=proposed.reason,
                argument=shlex.quote(first.url),
            )


def _old_lock(index: Index, lock: Lock, docs: str, today: dt.date | None) -> Iterator[Problem]:
    """Yield the problem that the newest issue tells of a time of which the lock knows nothing; none is to come."""
    there = ((it.date, it.path) for it in index.issues if it.date and not (today and it.date > today))
    day, path = max(there, default=(None, ""))
    if day and lock.as_of and day - lock.as_of > OUTDATED_AFTER:
        yield make_problem("old-lock", posixpath.join(docs, path), 1, day=lock.as_of)


def _attempts(failures: Failures | None) -> Phrase | str:
    """Return the words behind a page that could not be fetched: how often, the last day and the last code."""
    if failures is None:
        return ""
    return Phrase.of("problem.attempts", count=failures.count, date=failures.date, last=failures.last)


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


def picture_problems(issue: Issue, lock: Lock, exists: Exists, beside: Beside, docs: str) -> Iterator[Problem]:
    """Yield the problems of an issue's pictures: one that does not exist, one that another host sends to readers."""
    path = posixpath.join(docs, issue.path)
    for address, line in issue.images:
        file = picture_path(issue.path, address)
        if file is not None and not exists(file) and not (is_rooted(address) and beside(file)):
            yield make_problem("missing-image", path, line, written=address)
        elif url := web_address(address):
            known = lock.picture(address)
            if known and known.copy and exists(f"{FOLDER}/{known.copy.file}"):
                continue
            yield make_problem(
                "remote-picture",
                path,
                line,
                written=address,
                host=host_of(url),
                attempts=_attempts(known.failures) if known else "",
                tried=bool(known and known.failures),
            )


def _duplicate_dates(index: Index, docs: str) -> Iterator[Problem]:
    first: dict[object, Issue] = {}
    for issue in reversed(index.issues):
        if issue.date is None:
            continue
        earlier = first.setdefault(issue.date, issue)
        if earlier is not issue:
            detail = f"{issue.date} is also the date of {posixpath.join(docs, earlier.path)}"
            yield make_problem("duplicate-issue-date", posixpath.join(docs, issue.path), 1, detail=detail)
