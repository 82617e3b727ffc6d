"""The refresh of the KEPs that no issue mentions: all of the source, so that any page can tell of a release."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from ..lock.other_keps_json import without_numbers
from ..lock.store import Lock
from ..model.history import join, same_but_for_commits
from ..model.keps import Enhancement, Snapshot


def read_others(lock: Lock, covered: Collection[int], snapshot: Snapshot | None) -> Mapping[int, Enhancement]:
    """Return the KEPs that are not among the `covered` ones, as a source knows them on top of what was recorded.

    Without a snapshot they stay what they were. What the source no longer has stays, and nobody is told: no page shows
    it. A number that people call an alias is no KEP of its own.
    """
    kept = without_numbers(lock.others, covered)
    if snapshot is None:
        return kept
    found, apart = dict(kept), {*covered, *lock.aliases}
    for number, read in snapshot.enhancements.items():
        if number not in apart:
            known = found.get(number)
            new = join(known, read, snapshot if snapshot.kind == "git" else None).enhancement
            found[number] = known if known and same_but_for_commits(known, new) else new
    return kept if found == kept else found


def told_of_others(before: Lock, after: Lock) -> Iterator[str]:
    """Yield in one line what is new of the KEPs that no issue mentions; each by itself is nobody's to review."""
    new = sum(number not in before.others and number not in before.fetched for number in after.others)
    changed = sum(it != before.others[number] for number, it in after.others.items() if number in before.others)
    told = [f"{count} {word}" for count, word in ((new, "new"), (changed, "changed")) if count]
    if told:
        yield f"KEPs that no issue mentions: {', '.join(told)}"
