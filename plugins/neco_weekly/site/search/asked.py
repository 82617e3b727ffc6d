"""What the front matter of a page asks of search, the same for our own search and for that of MkDocs."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...grammar.publication import is_draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whether search leaves a page out, the page's tags, and what the page's rank is multiplied by."""

    exclude: bool
    tags: tuple[str, ...]
    boost: float | None


def asked_of_search(meta: Mapping[str, Any]) -> Asked:
    """Return what `search:`, `tags:` and `draft:` of a page's front matter ask; what means nothing asks nothing."""
    options = meta.get("search")
    search, tags = options if isinstance(options, dict) else {}, meta.get("tags")
    return Asked(
        exclude=bool(search.get("exclude")) or is_draft(meta),
        tags=tuple(" ".join(str(tag).split()) for tag in tags) if isinstance(tags, list) else (),
        boost=_factor(search.get("boost")),
    )


def _factor(boost: object) -> float | None:
    if not isinstance(boost, int | float) or isinstance(boost, bool):
        return None
    return boost if math.isfinite(boost) and boost > 0 else None
