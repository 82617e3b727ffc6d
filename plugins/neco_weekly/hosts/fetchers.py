"""The fetchers of a refresh, made from options that say whom to ask and how; for commands and for builds alike."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path

from ..grammar.urls import is_web_url, normal_url
from ..lock.pictures import Picture, remove_pictures, save_picture
from ..lock.store import Lock, load_lock_as_it_is
from ..lock.updates import Update, update_lock, writing
from ..lock.whole_files import sweep
from ..model.cards import CardPicture, PictureKind
from ..model.days import TOKYO, today
from ..model.errors import FetchError, NecoError
from ..model.extraction import Extraction, PassedOver
from ..model.gates import GateSnapshot
from ..model.keps import Snapshot
from ..model.paths import FOLDER
from ..model.releases import Releases
from ..model.watched import ReleaseFeed
from ..refresh import Archivist, Fetchers
from ..refresh.last_candidates import save_passed_over
from ..refresh.visits import Visits
from ..sources.bounded_memory import give_large_blocks_back
from ..sources.gates.release_lists import FEATURE_LISTS, read_feature_lists, read_feature_lists_of
from ..sources.gates.website import UPSTREAM as WEBSITE
from ..sources.gates.website import open_gates
from ..sources.http import Get, Http, Policy, user_agent
from ..sources.http.addresses import Network
from ..sources.http.public_hosts import is_public_web
from ..sources.http.validator_cache import ValidatorCache
from ..sources.keps.github_issue import GITHUB_API, read_issue
from ..sources.keps.public_list import KEPS_JSON, read_keps_json
from ..sources.keps.repository import UPSTREAM, open_repository, without_credentials
from ..sources.pages.github_code import GITHUB_RAW
from ..sources.pages.github_pages import GitHub
from ..sources.pages.oembed import Providers, built_in, load_providers
from ..sources.pages.read import read_page
from ..sources.pages.wayback import SAVING_PAUSE, WAYBACK_API, WAYBACK_SAVE, SavePageNow, find_snapshot
from ..sources.pictures.fetch import fetch_picture
from ..sources.releases.github import GITHUB_WEB, read_release_feed
from .interrupts import uninterrupted
from .project import Project
from .release_fetchers import ReleaseFetchers, fetch_post

Say = Callable[[str], None]
"""A function that tells a person a line of progress."""

_POLICY = Policy()

_KEEPING_TIMEOUT = 90.0

_LARGE = re.compile(r"@\[.*\blarge\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class FetcherOptions:
    """Whom to ask, and how, by the options of `neco refresh` (`named`: its posts); the defaults are a build's."""

    source: str | None = None
    keps_json: str | None = None
    gates: str | None = None
    feature_lists: str | None = None
    sig_release: str | None = None
    release_days: str | None = None
    named: tuple[str, ...] = ()
    oembed_providers: Path | None = None
    archive_api: str = WAYBACK_API
    archive_save: str = WAYBACK_SAVE
    archive_pause: float = SAVING_PAUSE
    github_api: str = GITHUB_API
    github_raw: str = GITHUB_RAW
    github_web: str = GITHUB_WEB
    allow_private: tuple[Network, ...] = ()
    per_host_delay: float = _POLICY.per_host_delay
    connections_per_host: int = _POLICY.connections_per_host
    timeout: float = _POLICY.timeout
    cache_dir: Path | None = None


USUAL = FetcherOptions()
"""The options where nobody has named any."""


@contextmanager
def outside(asked: FetcherOptions, project: Project, say: Say) -> Iterator[Outside]:
    """Make the fetchers of a refresh, which can be used until the context is left.

    `say` is told which source is about to be read, for that may take a minute.

    Raises:
        NecoError: the table of oEmbed providers cannot be read.
    """
    named = load_providers(asked.oembed_providers) if asked.oembed_providers else Providers()
    api = asked.github_api.rstrip("/")
    lists = asked.feature_lists if asked.feature_lists and is_web_url(asked.feature_lists) else None
    endpoints = (it.url for it in named.endpoints)
    archive = (asked.archive_api, asked.archive_save)
    posts = filter(is_web_url, asked.named)
    named_addresses = (api, asked.github_raw, asked.github_web, asked.keps_json, lists, *archive, *endpoints, *posts)
    policy = Policy(
        timeout=asked.timeout,
        per_host_delay=asked.per_host_delay,
        connections_per_host=asked.connections_per_host,
        allow_private=asked.allow_private,
        trusted=tuple(it for it in named_addresses if it),
        user_agent=user_agent(project.site_url),
    )
    give_large_blocks_back()
    # Keeping a page takes the archive a while, and whoever is told "too many requests" does not ask again at once.
    patient = replace(policy, retries=0, timeout=max(policy.timeout, _KEEPING_TIMEOUT))
    with Http(policy) as http, Http(patient) as slow:
        yield Outside(asked, project, http.get, named + built_in(), say, slow.get)


@dataclass
class Outside:
    """The fetchers of one refresh, and what they gather beside the lock.

    That is pictures by name, when pages were read, and candidates for cards that were passed over, by normal URL.
    `get_once` is `get` for what takes long and is never tried again.
    """

    asked: FetcherOptions
    project: Project
    get: Get
    providers: Providers
    say: Say
    get_once: Get
    pictures: dict[str, Picture] = field(default_factory=dict)
    visited: dict[str, dt.datetime] = field(default_factory=dict)
    passed_over: dict[str, tuple[PassedOver, ...]] = field(default_factory=dict)

    @property
    def cache(self) -> Path:
        """The cache folder, for what may be lost."""
        return self.asked.cache_dir or self.project.cache

    @cached_property
    def validator_cache(self) -> ValidatorCache:
        """The validator cache, through which pages and pictures are fetched."""
        return ValidatorCache(self.get, self.cache / "answers")

    @property
    def fetchers(self) -> Fetchers:
        """The fetchers as `refresh` takes them."""
        api = self.asked.github_api.rstrip("/")
        token = os.environ.get("GITHUB_TOKEN") or None
        days = ReleaseFetchers(cache=self.cache, say=self.say, usual=self._usual_sources)
        return Fetchers(
            repository=self._repository(),
            keps_json=self._keps_json(),
            compare=bool(self.asked.source and self.asked.keps_json),
            gates=self._gates(),
            feature_lists=self._feature_lists(),
            releases=self.project.releases,
            issue=lambda number: read_issue(number, self.get, api=api, token=token),
            card=partial(self._card, github=self._github(api, token)),
            picture=self._picture,
            archive=self._archive,
            is_large=lambda url: normal_url(url) in self._large,
            note=self.passed_over.__setitem__,
            release_feed=self._release_feed,
            sig_release=days.sig_release(self.asked.sig_release),
            release_days=days.website(self.asked.release_days),
            removed_apis=days.removed_apis(self.asked.release_days),
            post=lambda address: fetch_post(address, self.get),
            today=today,
        )

    @property
    def archivist(self) -> Archivist:
        """The archive as `refresh` takes it: only addresses of the public web are named to it."""
        saving = SavePageNow(self.get_once, address=self.asked.archive_save, pause=self.asked.archive_pause)
        return Archivist(
            may_name=is_public_web,
            near=lambda url, day: find_snapshot(url, self.get, day=day, api=self.asked.archive_api),
            keep=saving.keep,
        )

    def save(self, change: Callable[[Lock], Lock], finish: Callable[[Lock], None] = lambda _: None) -> Update:
        """Write the pictures that a changed lock names, and the lock; then do what is to `finish` it, and write visits.

        No other process writes anything of that meanwhile. `change` makes the new lock of the one that stands there.

        Raises:
            NecoError: the lock that stands there is damaged, or something cannot be written; the lock never names a
                picture that is not there, and no picture stays that it does not name.
        """
        with writing(self.project.metadata), uninterrupted():
            sweep(self._folder)
            new: set[str] = set()
            try:
                update = update_lock(
                    self.project.metadata, change, lambda it: new.update(self._save_pictures(it.after))
                )
            except BaseException:
                with suppress(NecoError):  # the error that is on its way says more
                    remove_pictures(self._folder, new - picture_names(load_lock_as_it_is(self.project.metadata)))
                raise
            finish(update.after)
            Visits.load(self.cache).joined(self.visited).save(self.cache)
            save_passed_over(self.cache, self.passed_over)
        self.validator_cache.tidy()
        return update

    @property
    def _folder(self) -> Path:
        return self.project.docs / FOLDER

    def _save_pictures(self, lock: Lock) -> Iterator[str]:
        """Write the fetched pictures that a lock names; yield the names of those that were not there."""
        named = picture_names(lock)
        for name, picture in self.pictures.items():
            if name in named and save_picture(picture, self._folder):
                yield name

    def _github(self, api: str, token: str | None) -> GitHub:
        cards = load_lock_as_it_is(self.project.metadata).cards
        return GitHub.of(
            self.get,
            api=api,
            raw=self.asked.github_raw,
            token=token,
            ask_public=self.validator_cache.get_public,
            days=lambda url: self._days.get(normal_url(url), ()),
            known=lambda url: cards.get(normal_url(url)),
        )

    def _card(self, url: str, *, github: GitHub) -> Extraction:
        read = read_page(url, self.validator_cache.get, providers=self.providers, github=github)
        self.visited[normal_url(url)] = dt.datetime.now(TOKYO)
        return read

    def _release_feed(self, repository: str) -> ReleaseFeed:
        return read_release_feed(repository, self.validator_cache.get, today=today(), web=self.asked.github_web)

    def _picture(self, url: str, kind: PictureKind) -> CardPicture:
        picture = fetch_picture(url, kind, self.validator_cache)
        if kind == "picture":
            self.visited[normal_url(url)] = dt.datetime.now(TOKYO)
        self.pictures[picture.name] = picture
        return CardPicture(url=url, file=picture.name, width=picture.width, height=picture.height)

    def _archive(self, url: str) -> str | None:
        if not is_public_web(url, may_be_gone=True):
            return None
        day = min(self._days.get(normal_url(url), ()), default=None)  # the copy of that day is what the author saw
        return find_snapshot(url, self.get, day=day, api=self.asked.archive_api)

    @cached_property
    def _days(self) -> dict[str, set[dt.date]]:
        """The days of the issues with each link, by normal URL."""
        days: dict[str, set[dt.date]] = {}
        for issue in self.project.read_index().issues:
            if issue.date:
                for card in issue.cards:
                    days.setdefault(normal_url(card.url), set()).add(issue.date)
        return days

    @cached_property
    def _large(self) -> frozenset[str]:
        """The normal URLs of cards that authors want large; only issues with that word are read for them."""
        cards = (card for issue in self.project.read_index(_LARGE).issues for card in issue.cards)
        return frozenset(normal_url(card.url) for card in cards if card.text.size == "large")

    def _repository(self) -> Callable[[], Snapshot] | None:
        """Return the function that reads the git repository: the one named, or upstream's where no source was named."""
        if self.asked.keps_json and not self.asked.source:
            return None
        return partial(_read_repository, self.asked.source, self.cache, self.say)

    @property
    def _usual_sources(self) -> bool:
        """Whether nobody named a source: then the usual ones are asked, else only those that are named."""
        asked = self.asked
        of_keps = asked.source, asked.keps_json, asked.gates, asked.feature_lists
        return not any((*of_keps, asked.sig_release, asked.release_days))

    def _gates(self) -> Callable[[], GateSnapshot] | None:
        """Return the function that reads the website's pages of feature gates, None where they are not to be asked."""
        if self.asked.gates or self._usual_sources:
            return partial(_read_gates, self.asked.gates, self.cache, self.say)
        return None

    def _feature_lists(self) -> Callable[[Releases], GateSnapshot] | None:
        """Return the function that reads the programs' feature lists, None where they are not to be asked."""
        source = self.asked.feature_lists or (FEATURE_LISTS if self._usual_sources else None)
        if source is None:
            return None
        if is_web_url(source):
            return lambda releases: _read_feature_lists(self.get, releases, source, self.say)
        return lambda _: _read_lists_of_clone(Path(source), self.cache, self.say)

    def _keps_json(self) -> Callable[[], Snapshot] | None:
        """Return the function that reads the public list: the one named, or the usual one where no source was named."""
        if self.asked.source and not self.asked.keps_json:
            return None
        return partial(_read_keps_json, self.get, self.asked.keps_json or KEPS_JSON, self.say)


def picture_names(lock: Lock) -> frozenset[str]:
    """Return the file names of all pictures of cards, and of copies of issues' pictures, in the lock."""
    shown = [it for card in lock.cards.values() for it in (card.image, card.icon)]
    return frozenset(it.file for it in (*shown, *(it.copy for it in lock.pictures.values())) if it)


def _read_repository(source: str | None, cache: Path, say: Say) -> Snapshot:
    # Said before, because the first clone of kubernetes/enhancements takes a minute.
    say(f"Reading KEPs from {without_credentials(source or UPSTREAM)}")
    try:
        return open_repository(source, cache_dir=cache).snapshot()
    except NecoError as error:
        if source is None:  # without git, the public list keps.json is read
            raise FetchError(str(error)) from error
        raise


def _read_gates(source: str | None, cache: Path, say: Say) -> GateSnapshot:
    say(f"Reading feature gates from {without_credentials(source or WEBSITE)}")
    try:
        return open_gates(source, cache_dir=cache).snapshot()
    except NecoError as error:
        if source is None:  # without them, milestones tell what shipped
            raise FetchError(str(error)) from error
        raise


def _read_feature_lists(get: Get, releases: Releases, url: str, say: Say) -> GateSnapshot:
    say(f"Reading feature lists from {without_credentials(url)}")
    return read_feature_lists(get, releases, base=url)


def _read_lists_of_clone(path: Path, cache: Path, say: Say) -> GateSnapshot:
    say(f"Reading feature lists from {path}")
    return read_feature_lists_of(path, cache_dir=cache)


def _read_keps_json(get: Get, url: str, say: Say) -> Snapshot:
    say(f"Reading KEPs from {without_credentials(url)}")
    return read_keps_json(get, url=url, today=today)
