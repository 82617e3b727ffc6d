"""Joining what a refresh found with what others wrote into the lock meanwhile, field by field.

Three locks are compared as JSON, which is how a person edits them: the one that the refresh began with, the one that it
made of that, and the one that stands there now. What only one side changed is taken from that side. What both changed,
each in its own way, stays as it stands there: the hand wins, and the report says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..lock.cards_json import cards_from_dict, cards_to_dict
from ..lock.kep_state_json import STATE_FIELDS
from ..lock.keps_json import keps_from_dict, keps_to_dict
from ..lock.other_keps_json import other_keps_from_dict, other_keps_to_dict
from ..lock.releases_json import releases_from_dict, releases_to_dict
from ..lock.store import (
    Lock,
    cards_document,
    keps_document,
    other_keps_document,
    topics_document,
    with_documents,
)
from ..lock.topics_json import topics_from_dict, topics_to_dict

Json = Mapping[str, Any]

_SHOWN = ("title", "description", "site", "image", "icon")
"""The fields of a card that have an origin each."""

_NESTED = ("milestones", "origins", "raw", "github", "past", "releases")
"""The fields that are objects with fields of their own; all others are one thing."""


def join(base: Lock, mine: Lock, theirs: Lock) -> tuple[Lock, list[str]]:
    """Return the lock that stands there now (`theirs`) with what a refresh made of `base` (`mine`), and what was kept.

    That is a sentence for each field that both changed. Where nobody else wrote, the lock is `mine`.
    """
    documents = [
        (keps_document(it), other_keps_document(it), cards_document(it), topics_document(it))
        for it in (base, mine, theirs)
    ]
    join = _Join()
    releases = join.releases(*(releases_to_dict(it.known_releases) for it in (base, mine, theirs)))
    theirs = replace(theirs, known_releases=releases_from_dict(releases))
    if documents[0] == documents[2]:
        return with_documents(theirs, *documents[1]), join.sentences
    keps = join.keps(*(keps_to_dict(it) for it, _, _, _ in documents))
    others = join.others(keps, *(other_keps_to_dict(it) for _, it, _, _ in documents))
    cards = join.cards(*(cards_to_dict(it) for _, _, it, _ in documents))
    topics = join.topics(*(topics_to_dict(it) for _, _, _, it in documents))
    joined = keps_from_dict(keps), other_keps_from_dict(others), cards_from_dict(cards), topics_from_dict(topics)
    return with_documents(theirs, *joined), join.sentences


@dataclass
class _Join:
    """The joining of the files. The lock has no nulls: None is what is absent. `kept` names what both sides changed."""

    kept: list[str] = field(default_factory=list)

    @property
    def sentences(self) -> list[str]:
        """A sentence for each thing that both sides changed."""
        return [f"{what} was also changed in the lock meanwhile, and stays as it is there" for what in self.kept]

    def releases(self, *three: Json) -> Json:
        """Return the content of `releases.json` joined from the base, mine and theirs, a day at a time."""
        return {
            "sources": self._table("sources", "the day of {}", three),
            "releases": self._table("releases", "Kubernetes {}", three, self._fields),
            **self._fields("releases", *({key: it[key] for key in it.keys() & {"removed_apis"}} for it in three)),
        }

    def keps(self, *three: Json) -> Json:
        """Return the content of `keps.json` joined from the base, mine and theirs."""
        keps = self._table("keps", "KEP-{}", three, self._kep)
        missing = self._table("missing", "missing KEP-{}", three)
        return {
            "as_of": _newest_day(*three),
            "keps": keps,
            "missing": {number: why for number, why in missing.items() if number not in keps},
            "irregular": self._table("irregular", "{}", three),
            "gate_sources": self._table("gate_sources", "feature gates: {}", three),
            "gates": self._table("gates", "feature gate {}", three, self._gate),
            "released": self._table("released", "the day of {}", three),
            "pulls": self._table("pulls", "pull request #{}", three, lambda _, *values: _numbers(*values)),
        }

    def others(self, keps: Json, *three: Json) -> Json:
        """Return the content of `other-keps.json` joined, without what `keps.json` holds, whoever moved it there."""
        tables = {
            "keps": self._table("keps", "KEP-{}", three, self._kep),
            "gates": self._table("gates", "feature gate {}", three, self._gate),
        }
        return {
            name: {key: value for key, value in table.items() if key not in keps[name]}
            for name, table in tables.items()
        }

    def cards(self, *three: Json) -> Json:
        """Return the content of `cards.json` joined from the base, mine and theirs."""
        return {
            "cards": self._table("cards", "{}", three, self._card),
            "pictures": self._table("pictures", "{}", three, self._fields),
        }

    def topics(self, *three: Json) -> Json:
        """Return the content of `topics.json` joined from the base, mine and theirs, a release at a time."""
        return {"watched": self._table("watched", "{}", three, self._fields)}

    def _table(
        self, name: str, called: str, three: tuple[Json, ...], entry: Callable[..., Any] | None = None
    ) -> dict[str, Any]:
        """Return the entries of a table; one that both sides changed is joined by `entry`, if nobody removed it."""
        base, mine, theirs = (it.get(name, {}) for it in three)
        joined = {
            key: self._value(called.format(key), (base.get(key), mine.get(key), theirs.get(key)), entry)
            for key in dict.fromkeys((*theirs, *mine))
        }
        return {key: value for key, value in joined.items() if value is not None}

    def _value(self, what: str, three: tuple[Any, Any, Any], inside: Callable[..., Any] | None = None) -> Any:
        base, mine, theirs = three
        if mine in (base, theirs):
            return theirs
        if theirs == base:
            return mine
        if inside and mine is not None and theirs is not None:
            return inside(what, base, mine, theirs)
        self.kept.append(what)
        return theirs

    def _fields(self, what: str, base: Json | None, mine: Json, theirs: Json) -> dict[str, Any]:
        """Return an object joined field by field; without a `base` both sides are new."""
        before = base or {}
        joined = {
            name: self._value(
                f"{what}: {name}",
                (before.get(name), mine.get(name), theirs.get(name)),
                self._fields if name in _NESTED else None,
            )
            for name in dict.fromkeys((*theirs, *mine))
        }
        return {name: value for name, value in joined.items() if value is not None}

    def _kep(self, what: str, base: Json | None, mine: Json, theirs: Json) -> Json:
        """Return a KEP joined field by field.

        A history tells the states from today's back. So where both sides changed it, or what today's state is read
        from, state and history stay together, as they are there.
        """
        before, together = base or {}, ("history", "source")
        if any(_differ(before.get(name), mine.get(name), theirs.get(name)) for name in together):
            self.kept.append(f"{what}: its state with its history")
            own = {name: value for name, value in mine.items() if name not in (*STATE_FIELDS, *together)}
            mine = own | {name: before[name] for name in (*STATE_FIELDS, *together) if name in before}
        return self._fields(what, base, mine, theirs)

    def _gate(self, what: str, base: Json | None, mine: Json, theirs: Json) -> Json:
        keps = _numbers(*(it["keps"] for it in (base or {"keps": []}, mine, theirs)))
        return {**self._fields(what, base, {**mine, "keps": keps}, {**theirs, "keps": keps}), "keps": keps}

    def _card(self, what: str, base: Json | None, mine: Json, theirs: Json) -> Json:
        """Return a card joined field by field, where the origin of a text or picture goes with that."""
        joined = self._fields(what, base, mine, theirs)
        sides = {name: mine if joined.get(name) == mine.get(name) else theirs for name in _SHOWN}
        told = {name: side.get("origins", {}).get(name) for name, side in sides.items()}
        apart = {name: told[name] for name in _SHOWN if mine.get(name) != theirs.get(name)}
        origins = {name: origin for name, origin in {**joined.get("origins", {}), **apart}.items() if origin}
        if all(side is theirs for name, side in sides.items() if name in apart):
            joined["fetched"] = theirs.get("fetched")  # nothing is new on the card
        return {**joined, "origins": origins}


def _differ(base: Any, mine: Any, theirs: Any) -> bool:
    """Whether both sides changed a value, each in its own way."""
    return mine not in (base, theirs) and theirs != base


def _numbers(base: list[int] | None, mine: list[int], theirs: list[int]) -> list[int]:
    """Return the numbers of their list with what my side added and without what it removed."""
    before = set(base or ())
    return sorted((set(theirs) | (set(mine) - before)) - (before - set(mine)))


def _newest_day(base: Json, mine: Json, theirs: Json) -> str | None:
    days = [it["as_of"] for it in (mine, theirs) if it["as_of"]]
    return theirs["as_of"] if mine["as_of"] == base["as_of"] else max(days, default=None)
