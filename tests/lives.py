"""Lives of KEPs for tests of what is told of releases, without a lock."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from neco_weekly.model.gates import Gates
from neco_weekly.model.keps import Enhancement
from neco_weekly.model.release_rows import Life
from neco_weekly.model.releases import Releases
from neco_weekly.model.shipping import shipping_of


def lives_of(
    enhancements: Iterable[Enhancement],
    gates: Gates,
    releases: Releases,
    refusing: Callable[[int], Collection[str]] = lambda _: (),
) -> tuple[Life, ...]:
    """Return the lives of KEPs by number; they are worked out once for all releases.

    `refusing` returns the releases that a KEP was not let into after a freeze: for those kep.yaml's word is no proof.
    """
    return tuple(
        Life(
            enhancement=it,
            gates=gates.of(it.number),
            shipping=shipping_of(it, gates, releases, refused := refusing(it.number)),
            refused=refused,
        )
        for it in sorted(enhancements, key=lambda it: it.number)
    )
