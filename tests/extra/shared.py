"""What lies beside the project and not in it: a real issue, and the history of every KEP."""

from __future__ import annotations

from tests.sites import PROJECT

SHARED = PROJECT.parent / "shared"
SEED, BUNDLE = SHARED / "seed", SHARED / "keps/kep-history.bundle"
