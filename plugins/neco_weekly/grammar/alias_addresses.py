"""Old addresses of a page, `aliases:` in its front matter: where each lies in the site, and what cannot be one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from .front_matter_values import text_of, value_of

ALIASES = "aliases"
"""The key of old addresses in front matter; Hugo has the same (https://gohugo.io/content-management/urls/#aliases)."""

_LONGEST_PART = 255
"""The number of bytes that a part of a path may have in common file systems."""

_UNFIT = re.compile(r"[\x00-\x1f\x7f\\?#*\"<>|:]")


def aliases_of(meta: Mapping[str, Any]) -> list[str]:
    """Return the old addresses that front matter gives a page, as they are written, each once."""
    value = value_of(meta, ALIASES)
    return list(dict.fromkeys(it for it in map(text_of, value if isinstance(value, list) else [value]) if it))


def alias_place(alias: str) -> str | None:
    """Return the path in the site of the page at an old address, which counts from the site's root; else None.

    `2022/08/2022-08-26.html` is that file, `2022/08/pods/` and `2022/08/pods` are the first page of a folder. An
    address with a host, a query or a way up is none.
    """
    path = unquote(alias).strip()
    if "//" in path or _UNFIT.search(path):
        return None
    parts = path.strip("/").split("/")
    if any(not it or it.startswith(".") or it != it.strip() or len(it.encode()) > _LONGEST_PART for it in parts):
        return None
    return "/".join(parts if path.endswith((".html", ".htm")) else (*parts, "index.html"))
