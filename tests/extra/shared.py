"""What lies beside the project and not in it: a real issue, and the histories of every KEP and every feature gate."""

from __future__ import annotations

from tests.sites import PROJECT

SHARED = PROJECT.parent / "shared"
SEED, BUNDLE = SHARED / "seed", SHARED / "keps/kep-history.bundle"
GATES = SHARED / "gates/feature-gates.bundle"
GRADUATED = SHARED / "facts/graduated.csv"
