"""Names of SIGs, working groups and committees: whatever way a group's name is written, it has one name."""

from __future__ import annotations

import re

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)

SPELLINGS = {
    "api-machinery": "sig-api-machinery",
    "sig-api": "sig-api-machinery",
    "sig-apimachinery": "sig-api-machinery",
    "sig-arch": "sig-architecture",
    "sig-contribex": "sig-contributor-experience",
    "sig-machinery": "sig-api-machinery",
    "sig-scheduler": "sig-scheduling",
}
"""Spellings in use, each with the official name: those of all kep.yaml files there ever were.

A group that was merged into another one (sig-aws, wg-k8s-infra) keeps its name: that was no spelling. The search has
the same table in `site/assets/search/sigs.js`.
"""


def sig_name(text: str) -> str | None:
    """Return the official name of a SIG, `sig-node` for `SIG Node`; None for what cannot be such a name.

    The name becomes an address of the site (`sigs/sig-node/`), so nothing but letters, digits and hyphens passes.
    """
    name = re.sub(r"[\s_]+", "-", text.strip().lower())
    return SPELLINGS.get(name, name) if _NAME.fullmatch(name) else None
