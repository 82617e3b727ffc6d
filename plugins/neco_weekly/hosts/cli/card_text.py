"""A link's card as the lines that `neco card` prints on a terminal."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator

import click

from ...display.card_facts import size_in_words, time_in_words
from ...display.github_cards import standing_text
from ...display.why_card import reason_of
from ...display.words import load_strings
from ...lock.card_rules import NO_RULE
from ...model.cards import Card, CardPicture, Event, LinkedFile, Proposal
from ...model.extraction import Extraction, Found
from ...model.github import GitHubFacts
from ...model.text import one_line
from .card_authors import Said
from .known_card import NoPage, facts_beside, standings, would_propose

_ENGLISH = load_strings("en")


def card_lines(page: Extraction | NoPage, said: Said) -> Iterator[str]:
    """Yield a card as lines: what the page says and where, what people say, and what the lock knows beside it."""
    if isinstance(page, Extraction):
        yield from _page_lines(said.on_top_of(page), said, would_propose(page, said))
    else:
        yield page.url
    yield from _lines_of_people(said)
    if said.known:
        yield from _lock_lines(said.known, page, said)


def _page_lines(top: Extraction, said: Said, proposes: str | None) -> Iterator[str]:
    """Yield the extraction of a page: a label, what was found, and where; further pictures below the first."""
    yield click.style(top.title.value, bold=True)
    yield top.url
    yield ""
    for name in ("title", "description", "site"):
        found = getattr(top, name)
        yield _line(name, found and found.value, found and found.origin)
    for name, candidates in (("image", top.images), ("icon", top.icons)):
        yield _line(name, candidates[0].value if candidates else None, candidates[0].origin if candidates else None)
        yield from (_line("  or", it.value, it.origin) for it in candidates[1:])
    for name in ("lang", "canonical", "published"):
        yield _line(name, getattr(top, name))
    yield from _kinds(top.file, top.event)
    yield from _github(facts_beside(top, said), top, said)
    if code := top.code:
        yield _line("code", f"lines {code.first} to {code.last}", code.language)
    yield from (_colored("problem", it, "red") for it in top.problems)
    yield from (_colored("doubt", f"the page {it}", "yellow") for it in top.doubts)
    if proposes:
        yield _colored(
            "not taken", f"a refresh would keep the card and propose this, for the page {proposes}", "yellow"
        )
    for number, it in enumerate(top.passed_over):
        yield from ("", "Passed over:") if number == 0 else ()
        yield _line(it.field, it.value, f"{it.origin}: {reason_of(it, _ENGLISH)}")


def _lines_of_people(said: Said) -> Iterator[str]:
    """Yield what people have said of a link's card, each word with the place where it stands."""
    for number, card in enumerate(said.cards):
        yield from ("", "Written by people:") if number == 0 else ()
        fields = {"title": card.text.title, "desc": card.text.description, "image": card.text.image}
        fields |= {"size": card.text.size, "hide": ",".join(card.text.hidden), "archive": card.text.archive}
        yield f"{card.path}:{card.line}: {_said(fields)}"
    if said.rule != NO_RULE:
        yield f"overrides.yml: {_said({'hide': ','.join(said.rule.hidden), 'size': said.rule.size})}"


def _said(fields: dict[str, str | None]) -> str:
    return ", ".join(f"{name}={one_line(value)}" for name, value in fields.items() if value)


# --- the lock -----------------------------------------------------------------------------------------------------


def _lock_lines(known: Card, page: Extraction | NoPage, said: Said) -> Iterator[str]:
    """Yield what the lock says of a link and its page does not, then what stands beside that."""
    yield ""
    since = f", as of {known.fetched}" if known.fetched else ""
    fields = [*_lock_fields(known, page)]
    yield f"In the lock{since}:" if fields else f"In the lock{since}: what the page says"
    yield from fields
    if isinstance(page, NoPage):
        yield from _kinds(known.file, known.event)
        yield from _github(known.github, page, said)
        if known.code:
            yield _line("code", f"lines {known.code.first} to {known.code.last}", known.code.language)
    yield from [_line("copy", known.archive)] if known.archive else ()
    if failed := known.failures:
        is_dead = "; the link is dead" if known.is_dead else ""
        yield _colored("failures", f"{failed.count}, the last on {failed.date}: {failed.last}{is_dead}", "red")
    if known.proposed:
        yield from _proposal_lines(known.proposed, said.lock, page.url)


def _lock_fields(known: Card, page: Extraction | NoPage) -> Iterator[str]:
    """Yield the fields of a card that its page does not say today, all of them where the page says nothing."""
    for name in ("title", "description", "site", "image", "icon", "lang", "published"):
        value = getattr(known, name)
        if value is None or (isinstance(page, Extraction) and _says(value, page, name)):
            continue
        written = f"{value.url} ({value.width}×{value.height})" if isinstance(value, CardPicture) else value
        yield _line(name, written, known.origins.get(name))


def _says(value: str | CardPicture, page: Extraction, name: str) -> bool:
    if isinstance(value, CardPicture):
        candidates: Iterable[Found] = page.images if name == "image" else page.icons
        return value.url in {it.value for it in candidates}
    found = getattr(page, name)
    return value == (found.value if isinstance(found, Found) else found)


def _proposal_lines(proposed: Proposal, lock: str, url: str) -> Iterator[str]:
    """Yield a proposal that stands: what the page said, why that was not taken, what was decided, how to decide."""
    decided = {"open": "open", "accept": "accepted, for the next refresh", "reject": "rejected"}[proposed.decision]
    yield ""
    yield click.style(f"Proposed on {proposed.date}, {decided}: the page {one_line(proposed.reason)}", fg="yellow")
    yield _line("title", proposed.title)
    for name in ("description", "site", "published"):
        yield from [_line(name, value)] if (value := getattr(proposed, name)) else ()
    command = f"neco refresh {shlex.quote(url)} --accept"
    yield f'To take it: `{command}`, or "accept" as its decision in {lock}; "reject" keeps the card as it is.'


# --- facts --------------------------------------------------------------------------------------------------------


def _kinds(file: LinkedFile | None, event: Event | None) -> Iterator[str]:
    if file:
        yield _line("file", _parts(file.kind, file.size, file.pages))
        yield _line("author", file.author)
    if event:
        yield _line("event", _parts(time_in_words(event), event.place))


def _github(facts: GitHubFacts | None, page: Extraction | NoPage, said: Said) -> Iterator[str]:
    """Yield where a thing of GitHub stands, and where it stood on the days of the issues with its link."""
    if facts is None:
        return
    yield _line("github", f"{facts.kind}: {standing_text(facts.today, _ENGLISH) or 'no state'}")
    for place, day, then in standings(page, said):
        text = ", ".join(filter(None, (standing_text(then, _ENGLISH), *then.labels)))
        yield _line("  then", text or "no state", f"{day}, {place.path}:{place.line}")


def _parts(first: str, second: int | str | None, pages: int | None = None) -> str:
    """Return facts as one line; a number is one of bytes."""
    said = size_in_words(second) if isinstance(second, int) else second
    return ", ".join(filter(None, (first, said, f"pages: {pages}" if pages else None)))


def _line(name: str, value: str | None, origin: str | None = None) -> str:
    place = click.style(f"  ({one_line(origin)})", dim=True) if origin else ""
    return f"{click.style(f'{name:<13}', dim=True)}{one_line(value) if value else '–'}{place}"


def _colored(name: str, value: str, color: str) -> str:
    return click.style(f"{name:<13}{one_line(value)}", fg=color)
