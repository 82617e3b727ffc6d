"""Whether an issue keeps the ends of its lines as breaks: Zenn does, GitHub's files and HonKit do not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def keeps_line_ends(meta: Mapping[str, Any]) -> bool:
    """Whether front matter wants the ends of lines kept: as `breaks` says, else if it is that of an article at Zenn."""
    said = str(meta.get("breaks", "")).strip().lower()
    return said == "true" if said in ("true", "false") else is_of_zenn(meta)


def is_of_zenn(meta: Mapping[str, Any]) -> bool:
    """Whether front matter is that of an article at Zenn: two of `emoji`, `topics`, and a `type` that Zenn has.

    Source: https://zenn.dev/zenn/articles/zenn-cli-guide.
    """
    signs = ("emoji" in meta, "topics" in meta, meta.get("type") in ("tech", "idea"))
    return sum(signs) >= 2
