"""The refresh of cards: what pages say today on top of what was known, and how often in a row fetching failed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from threading import Lock as Mutex
from typing import Any

from ..grammar.urls import normal_url
from ..lock.store import Lock
from ..model.cards import Card, CardPicture, Failures, PictureKind, RemotePicture
from ..model.errors import FailureCode, FetchError, NecoError, without_frames
from ..model.extraction import Extraction, Found
from .at_once import UNNAMED, UNREACHED, fetch_all, is_our_own_trouble
from .plan import Fetchers, Tick
from .report import Failure, Report

_TRIED_PICTURES = 3

"""The number of candidates for a card's picture that are tried."""


def refresh_cards(lock: Lock, urls: Sequence[str], fetchers: Fetchers, report: Report, tick: Tick) -> Lock:
    """Return the lock with what the pages say today; a page that could not be fetched keeps its card.

    Failures in a row are counted in the card; changes, failures and notes go into the report.
    """
    cards, today = dict(lock.cards), fetchers.today()
    results = list(fetch_all(urls, _reader(fetchers), tick))
    unreachable, offline = is_our_own_trouble(results, UNREACHED), is_our_own_trouble(results, UNNAMED)
    for url, fetched in results:
        key = normal_url(url)
        old = cards.get(key, Card(url=key))
        if isinstance(fetched, NecoError):
            if not offline:  # a machine without a network is no news of thousands of pages
                old = cards[key] = failed(old, fetched, today, unreachable=unreachable)
            report.failures.append(_failure(url, fetched, old))
            continue
        report.responses += 1
        report.notes += [f"{url}: {problem}" for problem in fetched.problems]
        cards[key] = new = merged(old, fetched, today)
        if _content(new) != _content(old):
            report.changes.append(f"{url}: {_what_is_new(old, new, is_new=key not in lock.cards)}")
    _look_for_archives(cards, urls, fetchers, report)
    report.failures.sort(key=lambda failure: failure.what)
    return lock if cards == lock.cards else replace(lock, cards=cards)


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedPage:
    """What a fetched page said, with the pictures of which a copy could be kept, each with its origin."""

    read: Extraction
    pictures: Mapping[PictureKind, tuple[CardPicture, str]]
    problems: tuple[str, ...] = ()


# --- merging ------------------------------------------------------------------------------------------------------


def merged(old: Card, fetched: FetchedPage, today: dt.date) -> Card:
    """Return a card merged field by field from what the page says today, and the old card where the page says nothing.

    A host's name in place of a site's is nothing, where the site was known by its own name.
    """
    values: dict[str, Any] = {}
    origins = dict(old.origins)
    for name in ("title", "description", "site"):
        found: Found | None = getattr(fetched.read, name)
        if found and not (found.origin == "host" and getattr(old, name)):
            values[name], origins[name] = found.value, found.origin
    for kind, (picture, origin) in fetched.pictures.items():
        values[kind], origins[kind] = picture, origin
    read = fetched.read
    new = replace(
        old,
        **values,
        lang=read.lang or old.lang,
        published=read.published or old.published,
        origins=origins,
        failures=None,
        github=read.github.joined(old.github) if read.github else old.github,
        code=read.code or old.code,
    )
    if old.title is not None and (new.title, new.description) != (old.title, old.description):
        new = replace(new, changed=today)
    return new if _content(new) == _content(old) else replace(new, fetched=today)


def failed(old: Card, error: NecoError, today: dt.date, *, unreachable: bool = False) -> Card:
    """Return a card with one more failure in a row; a dead link that is gone again stays as it was.

    With `unreachable`, that is while no host is reachable, a host that does not exist counts as no page that is gone.
    """
    return replace(old, failures=one_more_failure(old, error, today, unreachable=unreachable))


def one_more_failure(
    old: Card | RemotePicture, error: NecoError, today: dt.date, *, unreachable: bool
) -> Failures | None:
    """Return the failures in a row of a card or picture with one more, as `failed` counts them."""
    code = error.code if isinstance(error, FetchError) else FailureCode.UNREADABLE.value
    known = old.failures or Failures(count=0, last=code, date=today)
    is_gone = isinstance(error, FetchError) and error.gone and not (unreachable and code == FailureCode.DNS)
    if old.is_dead and is_gone:
        return old.failures
    return Failures(count=known.count + 1, gone=known.gone + is_gone, last=code, date=today)


def _content(card: Card) -> Card:
    """Return what a card shows, without when and how it was fetched."""
    return replace(card, fetched=None, failures=None)


def _what_is_new(old: Card, new: Card, *, is_new: bool) -> str:
    """Return what a line of the report says of a card that changed: its title, and what became of a thing of GitHub."""
    states = [card.github.today.state for card in (old, new) if card.github]
    movement = f" ({states[0]} → {states[1]})" if len(states) > 1 and states[0] != states[1] and all(states) else ""
    return f"{'new: ' if is_new else ''}{new.title or 'no title'}{movement}"


def _failure(url: str, error: NecoError, card: Card) -> Failure:
    failure, count = Failure.of(url, error), card.failures.count if card.failures else 0
    if card.is_dead:
        return replace(failure, message=f"{failure.message}; the link is dead")
    return replace(failure, message=f"{failure.message}; {count} times in a row") if count > 1 else failure


def _look_for_archives(cards: dict[str, Card], urls: Iterable[str], fetchers: Fetchers, report: Report) -> None:
    for url in urls:
        card = cards.get(normal_url(url))
        if card is None or not card.is_dead or card.archive:
            continue
        try:
            archive = fetchers.archive(url)
        except FetchError as error:
            report.notes.append(f"{url}: no archive was asked: {error}")
            continue
        if archive:
            cards[card.url] = replace(card, archive=archive)
            report.changes.append(f"{url}: is dead, archived at {archive}")


# --- asking -------------------------------------------------------------------------------------------------------


def _reader(fetchers: Fetchers) -> Callable[[str], FetchedPage]:
    pictures = _Pictures(fetchers.picture)

    def read(url: str) -> FetchedPage:
        page = fetchers.card(url)
        image, problem = pictures.first("image", page.images)
        icon, _ = pictures.first("icon", page.icons)  # the last candidate for an icon is a guess, and no loss
        found: dict[PictureKind, tuple[CardPicture, str] | None] = {"image": image, "icon": icon}
        kept = {kind: it for kind, it in found.items() if it}
        return FetchedPage(read=page, pictures=kept, problems=(*page.problems, *([problem] if problem else [])))

    return read


class _Pictures:
    """The pictures of all cards of a refresh; each address is asked once."""

    def __init__(self, fetch: Callable[[str, PictureKind], CardPicture]) -> None:
        self._fetch = fetch
        self._asked: dict[tuple[str, PictureKind], Future[CardPicture]] = {}
        self._mutex = Mutex()

    def first(
        self, kind: PictureKind, candidates: Sequence[Found]
    ) -> tuple[tuple[CardPicture, str] | None, str | None]:
        """Return the first candidate that is a picture, with its origin; else why the best candidate is none.

        No candidate is tried after one that takes too long: a page must not cost the time of all that it names.
        """
        problem = None
        for candidate in candidates[:_TRIED_PICTURES]:
            try:
                return (self._picture(candidate.value, kind), candidate.origin), None
            except FetchError as error:
                problem = problem or f"its {kind} is not kept: {error}"
                if error.reason is FailureCode.TIMEOUT:
                    break
        return None, problem

    def _picture(self, url: str, kind: PictureKind) -> CardPicture:
        with self._mutex:
            asked = self._asked.get((url, kind))
            mine = self._asked[url, kind] = Future() if asked is None else asked
        if asked is None:
            try:
                mine.set_result(self._fetch(url, kind))
            except BaseException as error:  # any error is for the threads that wait for the picture
                mine.set_exception(without_frames(error) if isinstance(error, NecoError) else error)
        return mine.result()
