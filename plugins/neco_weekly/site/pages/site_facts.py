"""What templates ask of a site's lock: a KEP, the value of a field, whether a release is out."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from ...display.phrases import field_value, planned_release
from ...display.words import Strings
from ...lock.kep_as_of import KepAsOf, KepsAsOf
from ...lock.store import Lock
from ...model.gates import GateSource, WitnessKind
from ...model.history import value_of
from ...model.keps import Claim, Enhancement
from . import templates


class SiteFacts:
    """The facts that a site is drawn from, in the site's words."""

    keps_as_of: KepsAsOf
    words: Strings

    @property
    def lock(self) -> Lock:
        """The lock that the site is drawn from."""
        return self.keps_as_of.lock

    def kep(self, number: int) -> KepAsOf:
        """Return a KEP as of today.

        Raises:
            KeyError: nothing is known of the KEP.
        """
        kep = self.keps_as_of.of(number)
        if kep is None:
            raise KeyError(number)
        return kep

    def field_value(self, field: str, value: str | None) -> str:
        """Return the value of a field of a KEP's state, in the words of the site."""
        return field_value(field, value, self.words)

    def drawn_value(self, field: str, value: str | None) -> Markup | str:
        """Return the value of a field of a KEP's state as it is drawn: a release that is not out marked as planned."""
        is_release = field == "latest_milestone" or field.startswith("milestones.")
        return self.release(value) if is_release else self.field_value(field, value)

    def counted(self, kep: Enhancement, claim: Claim) -> str:
        """Return the value that counts for the field about which another source claims something else."""
        return field_value(claim.field, value_of(kep.state, claim.field), self.words)

    def release(self, release: str | None) -> Markup | str:
        """Return a release as it is drawn, `—` for none: one that is not out is marked as planned."""
        if release is None or self.keps_as_of.releases.is_out(release, self.keps_as_of.now):
            return release or "—"
        return templates.planned(planned_release(release, self.words))

    def is_out(self, release: str) -> bool:
        """Whether a release was out on the lock's day."""
        return self.keps_as_of.releases.is_out(release, self.keps_as_of.now)

    @property
    def gate_sources(self) -> Mapping[WitnessKind, GateSource]:
        """How far each witness of feature gates speaks."""
        return self.lock.gates.sources
