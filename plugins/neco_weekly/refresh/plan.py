"""The plan of a refresh: what is asked for, and the fetchers to ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from ..issues.index import Index
from ..lock.store import Lock
from ..model.cards import Card, CardPicture, PictureKind, RemotePicture
from ..model.extraction import Extraction, PassedOver
from ..model.gates import GateSnapshot
from ..model.keps import Absence, Enhancement, Snapshot
from ..model.official_lists import ReleasePost
from ..model.release_facts import ReleaseReading
from ..model.releases import Releases, load_releases
from ..model.removed_apis import DeprecationGuide
from ..model.watched import ReleaseFeed

Tick = Callable[[str], None]
"""A function that a refresh calls with the name of each thing that was asked for, when that is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetchers:
    """The outside of a refresh, as plain callables, each of which raises FetchError (or NecoError) when it fails.

    `gates` and `feature_lists` are the two witnesses of feature gates, None where one is not to be asked. `releases`
    are the releases that are known before the refresh; the lists are asked for by those that are known then.
    `repository` is the git repository, `keps_json` the public list of all KEPs: the list counts where there is no
    repository to ask, or none that can be read; with `compare` the list is asked as well, and what it says differently
    is kept as a claim. `card` reads a page, `picture` an image or icon of a page or a picture of an issue, of which it
    keeps a copy. `archive` finds a copy of a dead page, or None. `is_large` says whether an author wants a large card
    of a page, `note` is told of the candidates for a page's card that were passed over. `release_feed` reads the
    releases of a repository, `owner/name`, None where nobody is to be asked for them. `sig_release` reads what the
    release team plans, `release_days` what the website says came out, `removed_apis` its guide to deprecated APIs.
    `post` reads a release post at an address or in a file. `today` is the day in Tokyo.
    """

    repository: Callable[[], Snapshot] | None = None
    keps_json: Callable[[], Snapshot] | None = None
    compare: bool = False
    gates: Callable[[], GateSnapshot] | None = None
    feature_lists: Callable[[Releases], GateSnapshot] | None = None
    releases: Releases = field(default_factory=load_releases)
    issue: Callable[[int], Enhancement | Absence]
    card: Callable[[str], Extraction]
    picture: Callable[[str, PictureKind], CardPicture]
    archive: Callable[[str], str | None]
    is_large: Callable[[str], bool] = lambda _: False
    note: Callable[[str, tuple[PassedOver, ...]], None] = lambda _url, _candidates: None
    release_feed: Callable[[str], ReleaseFeed] | None = None
    sig_release: Callable[[Releases], ReleaseReading] | None = None
    release_days: Callable[[], ReleaseReading] | None = None
    removed_apis: Callable[[], DeprecationGuide] | None = None
    post: Callable[[str], ReleasePost] | None = None
    today: Callable[[], dt.date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The plan of a refresh: KEP numbers, addresses of cards and pictures to ask for.

    With `all_keps` every KEP of the source is kept, those that are not asked for by number among the lock's others.
    `pulls` are pull requests to ask for the KEPs that they are about; `gates` asks for the feature gates of all KEPs.
    With `accept` cards become what their pages say, whole, also where a refresh would only propose it. `watched` are
    repositories, `owner/name`, to ask for their releases. `releases` asks for the days of Kubernetes releases.
    `posts` are release posts to read, addresses or paths of files.
    """

    keps: tuple[int, ...] = ()
    cards: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    all_keps: bool = False
    pulls: tuple[int, ...] = ()
    gates: bool = False
    accept: bool = False
    watched: tuple[str, ...] = ()
    releases: bool = False
    posts: tuple[str, ...] = ()

    @property
    def asks_keps(self) -> bool:
        """Whether anything is asked of the sources of KEPs."""
        return bool(self.keps or self.all_keps or self.pulls)

    def __len__(self) -> int:
        listed = (self.cards, self.pictures, self.watched, self.posts)
        return sum(map(len, listed)) + self.asks_keps + self.gates + self.releases


Only = Literal["keps", "cards", "gates", "topics", "releases"]
"""The parts of a refresh that can be asked for alone."""

Fresh = Callable[[str], bool]
"""A function that says whether a page was read so recently that it need not be asked again."""


def plan(
    index: Index,
    lock: Lock,
    *,
    only: Only | None = None,
    missing: bool = False,
    all_keps: bool = False,
    fresh: Fresh = lambda _: False,
    watched: Iterable[str] = (),
) -> Plan:
    """Return the plan of a refresh: all that is mentioned or known, or with `missing` only what the lock does not know.

    Pages that could never be fetched are unknown until they are dead. `watched` are repositories to watch beside those
    of `topics.yml` and those that were watched before and are still there. Every KEP of the source is asked for
    with `all_keps`, and wherever a KEP is: where nobody writes of KEPs, nobody waits for a clone.
    """
    keps = {lock.canonical(number) for number in (*index.by_kep, *(() if missing else lock.fetched))}
    has_keps = bool(keps or all_keps or index.pulls or lock.fetched)
    known = [it.name for it in lock.watched.values() if not (it.moved_to or it.is_dead)]
    repositories = [*known, *(topic.repo for topic in lock.topics.topics if topic.repo), *watched]
    planned = Plan(
        keps=tuple(sorted(keps)) if only in (None, "keps") else (),
        cards=tuple(url for url in index.card_urls if not fresh(url)) if only in (None, "cards") else (),
        pictures=tuple(url for url in index.picture_urls if not fresh(url)) if only in (None, "cards") else (),
        all_keps=(all_keps or (not missing and bool(keps or index.pulls or lock.others))) and only in (None, "keps"),
        pulls=tuple(sorted({*index.pulls, *lock.pulls})) if only in (None, "keps") else (),
        gates=only in (None, "gates") and has_keps,
        watched=_each_once(repositories) if only in (None, "topics") else (),
        releases=only == "releases" or (only is None and has_keps),
    )
    return missing_of(planned, lock) if missing else planned


def missing_of(plan: Plan, lock: Lock) -> Plan:
    """Return the part of a plan that the lock lacks, with the feature gates that go with it.

    These are those of KEPs that are new, or of all where none were ever asked for. Releases always have days, those of
    our own table.
    """
    left = unknown(plan, lock)
    return replace(left, releases=False, gates=left.gates and (left.asks_keps or not lock.gates.sources))


def unknown(plan: Plan, lock: Lock) -> Plan:
    """Return the part of a plan that the lock does not know, with KEPs in place of their aliases."""
    known = lock.numbers | lock.missing.keys()
    return replace(
        plan,
        keps=tuple(dict.fromkeys(it for it in map(lock.canonical, plan.keps) if it not in known)),
        pulls=tuple(pull for pull in plan.pulls if pull not in lock.pulls),
        cards=tuple(url for url in plan.cards if _is_missing(lock.card(url))),
        pictures=tuple(url for url in plan.pictures if _is_without_copy(lock.picture(url))),
        watched=tuple(name for name in plan.watched if lock.repository(name) is None),
    )


def _each_once(repositories: Iterable[str]) -> tuple[str, ...]:
    """Return repositories without those that are there already in another case, in order."""
    return tuple(sorted({name.lower(): name for name in repositories}.values(), key=str.lower))


def _is_without_copy(picture: RemotePicture | None) -> bool:
    return picture is None or (picture.copy is None and not picture.is_dead)


def _is_missing(card: Card | None) -> bool:
    return card is None or (card.title is None and not card.is_dead)
