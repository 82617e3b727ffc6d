"""The refresh of cards: what pages say today on top of what was known, and on how many days fetching failed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from threading import Lock as Mutex
from typing import Any

from ..grammar.urls import normal_url
from ..lock.store import Lock
from ..model.cards import Card, CardPicture, PictureKind
from ..model.errors import FailureCode, FetchError, NecoError, without_frames
from ..model.extraction import Extraction, Found, PassedOver
from .at_once import UNNAMED, UNREACHED, fetch_all, is_our_own_trouble
from .failures import one_more_failure, row_of
from .plan import Fetchers, Tick
from .proposals import open_proposal, proposal, says, suspicion
from .report import Failure, Report, without_address

_TRIED_PICTURES = 3

"""The number of candidates for a card's picture that are tried."""


def refresh_cards(
    lock: Lock, urls: Sequence[str], fetchers: Fetchers, report: Report, tick: Tick, *, accept: bool = False
) -> Lock:
    """Return the lock with what the pages say today; a page that could not be fetched keeps its card.

    So does one whose answer is suspicious: that is proposed beside the card, unless with `accept`. Days of failures are
    counted in the card; changes, proposals, failures and notes go into the report.
    """
    cards, today = dict(lock.cards), fetchers.today()
    results = list(fetch_all(urls, _reader(fetchers, _wanted(urls, lock, fetchers)), tick))
    unreachable, offline = is_our_own_trouble(results, UNREACHED), is_our_own_trouble(results, UNNAMED)
    for url, fetched in results:
        key = normal_url(url)
        old = cards.get(key, Card(url=key))
        if isinstance(fetched, NecoError):
            if not offline:  # a machine without a network is no news of thousands of pages
                failures = one_more_failure(old, fetched, today, unreachable=unreachable)
                old = cards[key] = replace(old, failures=failures)
            report.failures.append(_failure(url, fetched, old, today))
            continue
        report.responses += 1
        report.notes += [f"{url}: {without_address(problem, url)}" for problem in fetched.problems]
        fetchers.note(key, fetched.passed_over)
        cards[key] = new = answered(old, fetched, today, accept=accept)
        if _content(new) != _content(old):
            report.changes.append(f"{url}: {'' if key in lock.cards else 'new: '}{new.title or 'no title'}")
    report.proposals += [it for url in urls if (it := open_proposal(url, cards.get(normal_url(url))))]
    _look_for_archives(cards, urls, fetchers, report)
    report.failures.sort(key=lambda failure: failure.what)
    return lock if cards == lock.cards else replace(lock, cards=cards)


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedPage:
    """What a fetched page said, with the pictures of which a copy could be kept, each with its origin."""

    read: Extraction
    pictures: Mapping[PictureKind, tuple[CardPicture, str]]
    problems: tuple[str, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()


# --- merging ------------------------------------------------------------------------------------------------------


def answered(old: Card, fetched: FetchedPage, today: dt.date, *, accept: bool = False) -> Card:
    """Return a card after a page's answer: merged with that, or as it was with the answer proposed beside it.

    With `accept`, or where a person wrote so beside the proposal, it is what the page says and nothing else.
    """
    read, standing = fetched.read, old.proposed
    if accept or (standing and standing.decision == "accept" and says(standing, read)):
        new = merged(_emptied(old, read), fetched, today)
        return new if _content(new) != _content(old) else replace(new, fetched=old.fetched)
    if reason := suspicion(old, read):
        return replace(old, failures=None, proposed=proposal(read, reason, standing, today))
    return merged(replace(old, proposed=None), fetched, today)


def _emptied(old: Card, read: Extraction) -> Card:
    """Return a card without what a page said before; pictures stay where they may merely not have been fetched."""
    image = old.image if read.images else None
    kept = ("image", "icon") if image else ("icon",)
    return replace(
        old,
        title=None,
        description=None,
        site=None,
        image=image,
        lang=None,
        published=None,
        proposed=None,
        origins={name: origin for name, origin in old.origins.items() if name in kept},
    )


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
    )
    return new if _content(new) == _content(old) else replace(new, fetched=today)


def _content(card: Card) -> Card:
    """Return what a card shows, without when and how it was fetched."""
    return replace(card, fetched=None, failures=None, proposed=None)


def _failure(url: str, error: NecoError, card: Card, today: dt.date) -> Failure:
    failure = Failure.of(url, error)
    row = "; the link is dead" if card.is_dead else row_of(card.failures, today)
    return replace(failure, message=f"{failure.message}{row}")


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


Wanted = Mapping[str, PictureKind]
"""The kind of image that is wanted of each page; a page is absent where people want no image of it."""


def _wanted(urls: Iterable[str], lock: Lock, fetchers: Fetchers) -> Wanted:
    rules = {url: lock.card_rule(url) for url in urls}
    return {
        url: "large" if rule.size == "large" or fetchers.is_large(url) else "image"
        for url, rule in rules.items()
        if "image" not in rule.hidden
    }


def _reader(fetchers: Fetchers, wanted: Wanted) -> Callable[[str], FetchedPage]:
    pictures = Pictures(fetchers.picture)

    def read(url: str) -> FetchedPage:
        page, kind = fetchers.card(url), wanted.get(url)
        image, lost = pictures.first(kind, page.images) if kind else (None, [])
        icon, _ = pictures.first("icon", page.icons)  # the last candidate for an icon is a guess, and no loss
        found: dict[PictureKind, tuple[CardPicture, str] | None] = {"image": image, "icon": icon}
        problems = [f"its image is not kept: {lost[0].detail}"] if lost and not image else []
        return FetchedPage(
            read=page,
            pictures={kind: it for kind, it in found.items() if it},
            problems=(*page.problems, *problems),
            passed_over=(*page.passed_over, *lost),
        )

    return read


def _not_kept(candidate: Found, kind: PictureKind, error: FetchError) -> PassedOver:
    field = "icon" if kind == "icon" else "image"
    return PassedOver(field=field, value=candidate.value, origin=candidate.origin, reason="not-kept", detail=str(error))


class Pictures:
    """The pictures of all cards of a refresh; each address is asked once."""

    def __init__(self, fetch: Callable[[str, PictureKind], CardPicture]) -> None:
        self._fetch = fetch
        self._asked: dict[tuple[str, PictureKind], Future[CardPicture]] = {}
        self._mutex = Mutex()

    def first(
        self, kind: PictureKind, candidates: Sequence[Found]
    ) -> tuple[tuple[CardPicture, str] | None, list[PassedOver]]:
        """Return the first candidate that is a picture, with its origin, and why each before it is not kept.

        No candidate is tried after one that takes too long: a page must not cost the time of all that it names.
        """
        lost: list[PassedOver] = []
        for candidate in candidates[:_TRIED_PICTURES]:
            try:
                return (self._picture(candidate.value, kind), candidate.origin), lost
            except FetchError as error:
                lost.append(_not_kept(candidate, kind, error))
                if error.reason is FailureCode.TIMEOUT:
                    break
        return None, lost

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
