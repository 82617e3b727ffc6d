"""Names of a site after its links home: a page's logo and header link to the front page with the name as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urljoin, urlsplit

from ...model.text import one_line
from .elements import Element, inner_text

# Addresses as they are written that may be a front page's; all others need no closer look.
_MAY_BE_HOME = re.compile(r"(?:https?:)?//[^/]+/?|[./]*(?:index\.html?)?", re.IGNORECASE)

_FRONT = re.compile(r"/?(?:index\.html?)?", re.IGNORECASE)

_MOST_LINKS, _LONGEST_NAME = 1_000, 60


def home_names(root: Element, url: str) -> Iterator[str]:
    """Yield the texts of links from a page at `url` to the front page of its site.

    A heading that is a link to an address above the page's own is taken for the name of a site, too.
    """
    page = urlsplit(url)
    for link in islice(root.iter("a"), _MOST_LINKS):
        written = (link.get("href") or "").strip()
        headed = next(link.iterancestors("h1"), None) is not None
        if not written or not (headed or _MAY_BE_HOME.fullmatch(written)):
            continue
        try:
            parts = urlsplit(urljoin(url, written))
        except ValueError:
            continue
        above = headed and parts.path != page.path and page.path.startswith(f"{parts.path.rstrip('/')}/")
        if parts.hostname == page.hostname and (above or (_FRONT.fullmatch(parts.path) and not parts.fragment)):
            name = one_line(inner_text(link))
            if 0 < len(name) <= _LONGEST_NAME:
                yield name
