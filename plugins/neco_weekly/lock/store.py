"""The lock: what refresh fetched, with what people wrote.

Fetched are `keps.json`, `other-keps.json`, `cards.json`, `topics.json` and `releases.json`. People write
`overrides.yml`, `synonyms.yml` and `topics.yml`. The files read like prose: a schema version, sorted keys, one field a
line, UTF-8. They are validated when loaded, saved atomically and only when they differ.
"""

from __future__ import annotations

import datetime as dt
from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from ..grammar.topics_file import TopicsFile, load_topics
from ..grammar.urls import normal_url, web_address
from ..model.cards import Card, CardRule, RemotePicture
from ..model.errors import NecoError
from ..model.gates import FeatureGate, Gates
from ..model.issues import Mention, PullMention
from ..model.keps import Absence, Enhancement
from ..model.official_lists import OfficialList
from ..model.pull_requests import kep_of_pull, with_pulls
from ..model.release_facts import KnownReleases
from ..model.releases import Releases
from ..model.watched import WatchedRepository
from .card_rules import rule_of
from .cards_json import CardsDocument, cards_text, read_cards
from .json_documents import LARGEST
from .keps_json import KepsDocument, keps_text, read_keps
from .other_keps_json import OtherKepsDocument, other_keps_text, read_other_keps, without_numbers
from .overrides import Override, load_overrides
from .releases_json import read_releases, releases_text
from .synonyms import Synonyms, load_synonyms
from .topics_json import TopicsDocument, read_topics, topics_text
from .whole_files import digest_of_files, write_together

KEPS_FILE, CARDS_FILE, OVERRIDES_FILE, SYNONYMS_FILE = "keps.json", "cards.json", "overrides.yml", "synonyms.yml"

TOPICS_FILE, WATCHED_FILE, OTHERS_FILE = "topics.yml", "topics.json", "other-keps.json"

RELEASES_FILE = "releases.json"

LOCK_FILES = (
    *(KEPS_FILE, OTHERS_FILE, CARDS_FILE, WATCHED_FILE, RELEASES_FILE),
    *(OVERRIDES_FILE, SYNONYMS_FILE, TOPICS_FILE),
)
"""The names of all files of the lock: those that a refresh writes, and those that people do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """The lock: everything known of KEPs and web pages. `as_of` is "now" on pages.

    That is the newest day a source speaks for, or on which a release came out before the last refresh. `fetched` and
    `missing` are keyed by KEP number, `cards` and `pictures` (those that issues show from other hosts) by normal URL.
    `aliases` are numbers that stand for the KEP of another number, `card_rules` what people want of the cards of hosts,
    `released` the days of releases that a source has seen come out. `pulls` has for pull requests of
    kubernetes/enhancements that issues mention the numbers of the KEPs that each has changed. `topics` are those of
    `topics.yml`, `watched` repositories of projects, by `owner/name` in lower case. `others` are KEPs that no issue
    mentions, none of them in `fetched`; `gates` are those of both. `known_releases` are the days and the exceptions of
    Kubernetes releases that sources name, `official_lists` a person's words on those, by release.
    """

    as_of: dt.date | None = None
    fetched: Mapping[int, Enhancement] = field(default_factory=dict)
    missing: Mapping[int, Absence] = field(default_factory=dict)
    irregular: Mapping[str, str] = field(default_factory=dict)
    pulls: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    cards: Mapping[str, Card] = field(default_factory=dict)
    pictures: Mapping[str, RemotePicture] = field(default_factory=dict)
    overrides: Mapping[int, Override] = field(default_factory=dict)
    aliases: Mapping[int, int] = field(default_factory=dict)
    card_rules: Mapping[str, CardRule] = field(default_factory=dict)
    synonyms: Synonyms = ()
    topics: TopicsFile = field(default_factory=TopicsFile)
    gates: Gates = field(default_factory=Gates)
    released: Mapping[str, dt.date] = field(default_factory=dict)
    watched: Mapping[str, WatchedRepository] = field(default_factory=dict)
    others: Mapping[int, Enhancement] = field(default_factory=dict)
    known_releases: KnownReleases = field(default_factory=KnownReleases)
    official_lists: Mapping[str, OfficialList] = field(default_factory=dict)

    def enhancement(self, number: int) -> Enhancement | None:
        """Return what is known of a KEP: the fetched state with a person's word on top; None if nothing is known."""
        number = self.canonical(number)
        fetched, override = self.fetched.get(number), self.overrides.get(number)
        return override.on_top_of(fetched) if override else fetched

    def recorded(self, number: int) -> Enhancement | None:
        """Return what was fetched of a KEP, mentioned or not, without a person's word on top."""
        return self.fetched.get(number) or self.others.get(number)

    def with_others(self) -> Lock:
        """Return the lock for what tells of every KEP: those that no issue mentions stand among those that one does."""
        # Chained, for each of them is only made when it is asked for.
        return replace(self, fetched=ChainMap(dict(self.fetched), cast(Any, self.others)), others={})

    def other(self, number: int) -> Enhancement | None:
        """Return what was fetched of a KEP that no issue mentions; None of one that an issue does, or of no KEP."""
        number = self.canonical(number)
        return self.others.get(number) if number not in self.numbers else None

    def canonical(self, number: int) -> int:
        """Return the number of the KEP that a number stands for: another one for an alias, else the same."""
        return self.aliases.get(number, number)

    def aliases_of(self, number: int) -> tuple[int, ...]:
        """Return the numbers that stand for a KEP beside the KEP's own, in order."""
        return tuple(sorted(alias for alias, target in self.aliases.items() if target == number))

    def meant(self, mentions: Sequence[Mention], pulls: Iterable[PullMention] = ()) -> tuple[Mention, ...]:
        """Return the mentions of KEPs that written ones are, in the order of the text; candidates stay as they are.

        An alias is a mention of the KEP that it stands for, a link to a pull request one of the KEP that the request is
        about.
        """
        found = with_pulls(mentions, pulls, self.pulls)
        return tuple(it if it.kep not in self.aliases else replace(it, kep=self.canonical(it.kep)) for it in found)

    def decided(self, mentions: Sequence[Mention], pulls: Iterable[PullMention] = ()) -> tuple[Mention, ...]:
        """Return the mentions that are meant, without the candidates whose numbers are those of no known KEP."""
        found = self.meant(mentions, pulls)
        return tuple(it for it in found if not it.candidate or self.enhancement(it.kep) is not None)

    def kep_of_pull(self, pull: int) -> int | None:
        """Return the KEP that a pull request is about; None if it is about several, or nothing is known of it."""
        number = kep_of_pull(pull, self.pulls)
        return number and self.canonical(number)

    def card(self, url: str) -> Card | None:
        """Return the card of a web page, or None if the page is unknown."""
        return self.cards.get(normal_url(url))

    def card_rule(self, url: str) -> CardRule:
        """Return what people want of the card of a web page, by its host; the newest word of all is the author's."""
        return rule_of(url, self.card_rules)

    def picture(self, address: str) -> RemotePicture | None:
        """Return what is known of the picture at an address of another host; None for any other address."""
        url = web_address(address)
        return self.pictures.get(normal_url(url)) if url else None

    def repository(self, name: str) -> WatchedRepository | None:
        """Return what is known of a watched repository, `owner/name` in whatever case; None of any other."""
        return self.watched.get(name.lower())

    def official(self, release: str) -> OfficialList | None:
        """Return the official list of a release (`v1.36`), a person's word on top; None where there is neither."""
        facts, by_hand = self.known_releases.by_name.get(release), self.official_lists.get(release)
        found = facts.official.under(by_hand) if facts and facts.official else by_hand
        return found.with_numbers(self.canonical) if found else None

    def dated(self, releases: Releases) -> Releases:
        """Return releases with the days that sources name; a release that a source has seen come out is out."""
        return self.known_releases.applied_to(releases).confirmed(self.released)

    @property
    def numbers(self) -> frozenset[int]:
        """All KEP numbers of which anything is known."""
        return frozenset(self.fetched) | frozenset(self.overrides)

    @property
    def all_numbers(self) -> frozenset[int]:
        """All KEP numbers of which anything is known, mentioned or not; no aliases."""
        return (self.numbers | frozenset(self.others)) - self.aliases.keys()


# --- loading ------------------------------------------------------------------------------------------------------


def load_lock(metadata: Path) -> Lock:
    """Return the lock in its folder. A file or folder that does not exist yet is an empty lock.

    Raises:
        NecoError: a file is damaged, hand-edited wrongly or from a newer version; the message names file and place.
    """
    return load_lock_and_digest(metadata)[0]


def load_lock_and_digest(metadata: Path) -> tuple[Lock, str]:
    """Return the lock as `load_lock` does, and the SHA-256 of its files; empty where they changed meanwhile."""
    return _load(metadata, tuple(_stamp(metadata / name) for name in LOCK_FILES))


def load_lock_as_it_is(metadata: Path) -> Lock:
    """Return the lock in its folder as `load_lock` does, but never one that was loaded before.

    The time and size of a file tell too little for that: two edits of the same length may have the same time.
    """
    return _read(metadata)


def _stamp(path: Path) -> tuple[int, int] | None:
    with suppress(OSError):
        status = path.stat()
        return status.st_mtime_ns, status.st_size
    return None


@lru_cache(maxsize=4)
def _load(metadata: Path, _stamps: tuple[tuple[int, int] | None, ...]) -> tuple[Lock, str]:
    """Return the lock, read once for each state of its files: hosts make a new extension for every page."""
    files = [metadata / name for name in LOCK_FILES]
    before, lock = digest_of_files(files, LARGEST), _read(metadata)
    return lock, before if digest_of_files(files, LARGEST) == before else ""


def _read(metadata: Path) -> Lock:
    keps, others = read_keps(metadata / KEPS_FILE), read_other_keps(metadata / OTHERS_FILE)
    said = load_overrides(metadata / OVERRIDES_FILE)
    pages, topics = read_cards(metadata / CARDS_FILE), read_topics(metadata / WATCHED_FILE)
    people = Lock(
        overrides=said.keps,
        aliases=said.aliases,
        card_rules=said.cards,
        official_lists=said.official,
        synonyms=load_synonyms(metadata / SYNONYMS_FILE),
        topics=load_topics(metadata / TOPICS_FILE),
        known_releases=read_releases(metadata / RELEASES_FILE),
    )
    return with_documents(people, keps, others, pages, topics)


# --- saving ------------------------------------------------------------------------------------------------------


def save_lock(lock: Lock, metadata: Path) -> bool:
    """Write a lock over what stands there; return True if anything was written: those files that differ, each whole.

    This asks nobody what has happened meanwhile: a program that has loaded a lock goes through `updates.update_lock`.

    Raises:
        NecoError: the disk is full or read-only; what was there before is still there.
    """
    texts = {metadata / KEPS_FILE: keps_json(lock), metadata / CARDS_FILE: cards_json(lock)}
    if lock.watched or (metadata / WATCHED_FILE).exists():  # a site that watches nothing has no file for that
        texts[metadata / WATCHED_FILE] = topics_json(lock)
    if lock.others or (metadata / OTHERS_FILE).exists():
        texts[metadata / OTHERS_FILE] = other_keps_json(lock)
    if lock.known_releases.by_name or (metadata / RELEASES_FILE).exists():
        texts[metadata / RELEASES_FILE] = releases_json(lock)
    changed = {path: text for path, text in texts.items() if _current(path) != text}
    try:
        write_together(changed)
    except OSError as error:
        raise cannot_write(metadata, error) from error
    return bool(changed)


def cannot_write(metadata: Path, error: OSError, written: str = "") -> NecoError:
    """Return the error that says that the lock in a folder cannot be written, or only the file that is `written`."""
    done = f"only {written} was changed" if written else "nothing was changed"
    return NecoError(f"{metadata}: cannot write the lock ({error.strerror}); {done}")


def _current(path: Path) -> str | None:
    with suppress(OSError, UnicodeDecodeError):
        return path.read_text(encoding="utf-8")
    return None


def keps_document(lock: Lock) -> KepsDocument:
    """Return what `keps.json` holds of a lock."""
    return KepsDocument(
        as_of=lock.as_of,
        keps=lock.fetched,
        missing=lock.missing,
        irregular=lock.irregular,
        gates=replace(lock.gates, by_name=_covered_gates(lock)),
        released=lock.released,
        pulls=lock.pulls,
    )


def other_keps_document(lock: Lock) -> OtherKepsDocument:
    """Return what `other-keps.json` holds of a lock."""
    covered = _covered_gates(lock)
    gates = {name: gate for name, gate in lock.gates.by_name.items() if name not in covered}
    return OtherKepsDocument(keps=lock.others, gates=gates)


def _covered_gates(lock: Lock) -> Mapping[str, FeatureGate]:
    """Return the gates that are of any KEP that is mentioned; all, where there are no others."""
    if not lock.others:
        return lock.gates.by_name
    apart = {name for name, gate in lock.gates.by_name.items() if lock.fetched.keys().isdisjoint(gate.keps)}
    return {name: gate for name, gate in lock.gates.by_name.items() if name not in apart}


def cards_document(lock: Lock) -> CardsDocument:
    """Return what `cards.json` holds of a lock."""
    return CardsDocument(cards=lock.cards, pictures=lock.pictures)


def topics_document(lock: Lock) -> TopicsDocument:
    """Return what `topics.json` holds of a lock."""
    return TopicsDocument(watched=lock.watched)


def with_documents(
    lock: Lock, keps: KepsDocument, others: OtherKepsDocument, cards: CardsDocument, topics: TopicsDocument
) -> Lock:
    """Return a lock with what its files hold in place of its own; what people wrote stays."""
    gates = {**others.gates, **keps.gates.by_name}
    return replace(
        lock,
        others=without_numbers(others.keps, keps.keps),
        as_of=keps.as_of,
        fetched=keps.keps,
        missing=keps.missing,
        irregular=keps.irregular,
        pulls=keps.pulls,
        cards=cards.cards,
        pictures=cards.pictures,
        gates=replace(keps.gates, by_name=gates).with_ends() if others.gates else keps.gates,
        released=keps.released,
        watched=topics.watched,
    )


def keps_json(lock: Lock) -> str:
    """Return the canonical text of the lock's `keps.json`."""
    return keps_text(keps_document(lock))


def other_keps_json(lock: Lock) -> str:
    """Return the canonical text of the lock's `other-keps.json`."""
    return other_keps_text(other_keps_document(lock))


def cards_json(lock: Lock) -> str:
    """Return the canonical text of the lock's `cards.json`."""
    return cards_text(cards_document(lock))


def topics_json(lock: Lock) -> str:
    """Return the canonical text of the lock's `topics.json`."""
    return topics_text(topics_document(lock))


def releases_json(lock: Lock) -> str:
    """Return the canonical text of the lock's `releases.json`."""
    return releases_text(lock.known_releases)
