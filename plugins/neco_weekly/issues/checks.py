"""Checks of issues: index and lock -> problems an author should know, with file and line, and what to do."""

from __future__ import annotations

import posixpath
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..display.card_words import Shown
from ..display.problem_words import Phrase, filled
from ..display.words import load_strings
from ..grammar.kep_references import named_numbers, read_url
from ..grammar.urls import host_of, is_rooted, picture_path, web_address
from ..lock.store import Lock
from ..model.cards import Failures
from ..model.issues import CardMention, Diagnostic, Issue, Mention
from ..model.paths import FOLDER
from ..model.pull_requests import names_of
from .index import Index
from .problems import Problem, Severity, in_order

_ENGLISH = load_strings("en")

Exists = Callable[[str], bool]
"""A function that says whether a path relative to the docs folder is a file of the site."""


Beside = Callable[[str], object]
"""A function that says whether there is a picture beside the docs folder, at a path below the project's folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of problem. `message` and `hint` are filled with the author's own words and the program's.

    `tried` is the hint where a refresh has asked and got nothing, so that another one would not help.
    """

    message: str
    hint: str
    severity: Severity = "warning"
    tried: str = ""


KINDS = {
    "unknown-kep": Kind(
        message="KEP-{number} exists neither in kubernetes/enhancements nor as an issue there{asked}",
        hint="correct the number, or write under `keps:` in overrides.yml: `{number}: {{title: …}}`",
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
        tried="give it one, for the page did not: `{remedy}`",
        severity="info",
    ),
    "dead-link": Kind(
        message="the link {written} is dead{attempts}",
        hint='give a copy as @[card]({written}){{archive="https://…"}}, or remove it',
        severity="info",
    ),
    "missing-card-picture": Kind(
        message="the picture {picture} of the card of {written} is missing{attempts}",
        hint="run `neco refresh {argument}`, or commit the file; the card is drawn without",
        tried="commit the file, or write `@[card]({written}){{image=none}}`; the card is drawn without",
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
    "left-over-sign": Kind(
        message="{written!r} is left on the page as text: {detail}",
        hint="correct it, or write it as code or with a backslash before it where readers are to see it",
    ),
    "looks-like-markup": Kind(
        message="{written!r} stands on the page as text: {detail}",
        hint="if it is meant so, write it as code or with a backslash before it",
        severity="info",
    ),
    "fence-in-code": Kind(
        message="{written!r} stands inside of the code that begins in line {detail}",
        hint="end that code before, or begin and end it with a longer fence where it is to show this one",
    ),
    "prose-in-code": Kind(
        message="{written!r} is drawn as code, for it is indented by four spaces or more",
        hint="indent it less, or mark the code with a fence",
        severity="info",
    ),
    "unclosed-fence": Kind(
        message="the code that {written!r} opens is never closed; all that follows is code",
        hint="close it with a line of the same marks",
    ),
    "unclosed-box": Kind(
        message="the box that {written!r} opens is never closed; all that follows is in the box",
        hint="close it with a line of as many colons",
    ),
    "too-deep": Kind(
        message="lists, quotes and boxes lie more than {written} deep in each other; what is deeper is shown as text",
        hint="nest them less deeply",
    ),
    "missing-image": Kind(message="the picture {written} does not exist", hint="add the file, or correct its path"),
    "unknown-tag": Kind(
        message="{written}> is no element of HTML; it stays text",
        hint="correct the name, or write words in angle brackets as code",
    ),
    "bad-math": Kind(
        message="the formula {written!r} cannot be drawn: {detail}",
        hint="correct its TeX; until then it is shown as written",
    ),
    "bare-number": Kind(
        message="{written} alone is no reference to a KEP",
        hint="write the number behind `KEP-`, or a link",
        severity="info",
    ),
    "missing-page": Kind(
        message="the link {written} leads to no page or file of the site",
        hint="correct it; a page is linked by the path of its `.md` file, from the file where the link stands",
    ),
    "link-to-held-back": Kind(
        message="the link {written} leads to an issue that is held back, so it is drawn as text",
        hint="publish that issue, or remove the link",
    ),
    "missing-anchor": Kind(
        message="the link {written} leads to no place of {detail}{near}",
        hint="correct what stands behind `#`; the anchor of a heading is made of its words",
    ),
    "absolute-link": Kind(
        message="the link {written} begins at the root of the host, where the site need not be",
        hint="write {detail}",
        severity="info",
    ),
    "remote-picture": Kind(
        message="readers' browsers ask {host} for the picture {written}{attempts}",
        hint="{advice}",
        severity="info",
    ),
    "foreign-request": Kind(
        message="{written} makes readers' browsers ask {detail}",
        hint="link to it, as a card for example, or put its file into the docs folder",
        severity="info",
    ),
    "broken-front-matter": Kind(
        message="the front matter is not YAML and would be printed as text ({detail})",
        hint="correct it, for example by quoting a value that holds a colon",
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
    index: Index, lock: Lock, exists: Exists, docs: str = "docs", *, beside: Beside = lambda _: None
) -> list[Problem]:
    """Return all problems of all issues, sorted by file and line.

    `docs` is put before each path, so that paths are as the author knows them.
    """
    problems = [problem for issue in index.issues for problem in _problems(issue, lock, exists, docs)]
    problems += [it for issue in index.issues for it in picture_problems(issue, lock, exists, beside, docs)]
    problems += _duplicate_dates(index, docs)
    return in_order(problems)


def _problems(issue: Issue, lock: Lock, exists: Exists, docs: str) -> Iterator[Problem]:
    path = posixpath.join(docs, issue.path)
    if issue.date is None:
        yield make_problem("issue-without-date", path, 1)
    for diagnostic in issue.diagnostics:
        if _is_refuted(diagnostic, lock) or _is_alias(diagnostic, lock):
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
    shown = Shown.of(mention.url, mention.text, lock.card(mention.url))
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
    pictures = () if mention.link else (shown.page.image if shown.image else None, shown.page.icon)
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
                advice=_KEEP if known and known.failures else _ASK,
            )


_ASK = "run `neco refresh`, which keeps a copy, or put the file into the docs folder"

_KEEP = "put the file into the docs folder and name that"


def _duplicate_dates(index: Index, docs: str) -> Iterator[Problem]:
    first: dict[object, Issue] = {}
    for issue in reversed(index.issues):
        if issue.date is None:
            continue
        earlier = first.setdefault(issue.date, issue)
        if earlier is not issue:
            detail = f"{issue.date} is also the date of {posixpath.join(docs, earlier.path)}"
            yield make_problem("duplicate-issue-date", posixpath.join(docs, issue.path), 1, detail=detail)


def make_problem(code: str, path: str, line: int, *, tried: bool = False, **words: object) -> Problem:
    """Return a problem of the kind that a code names, at a line of a file; `words` fill the kind's message and hint.

    The problem is in English; `problems.in_words` says it in the site's language.

    `tried`: a refresh has asked in vain, so that the hint is the one for that.
    """
    kind = KINDS[code]
    hint = kind.tried if tried and kind.tried else kind.hint
    return Problem(
        path=path,
        line=line,
        code=code,
        message=filled(kind.message, words, _ENGLISH),
        hint=filled(hint, words, _ENGLISH),
        severity=kind.severity,
        fields=tuple(words.items()),
        tried=tried,
    )
