"""Names of a site after its links home: a page's logo and header link to the front page with the name as text."""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import urljoin, urlsplit

from ...model.text import one_line
from .elements import Element, inner_text

_FRONT = re.compile(r"/?(?:index\.html?)?", re.IGNORECASE)

# Hosts that give each project a site below the first name of its path.
_OF_PROJECTS = (".github.io", ".gitlab.io", ".codeberg.page")

_MOST_LINKS, _LONGEST_NAME = 1_000, 60


def home_names(root: Element, url: str) -> list[str]:
    """Return the texts of links from a page at `url` to the front page of its site.

    A heading that is a link to an address above the page's own is taken for the name of a site, too.
    """
    page = urlsplit(url)
    names: dict[str, list[str]] = {"site": [], "project": []}
    is_of_project = (page.hostname or "").endswith(_OF_PROJECTS) and page.path.count("/") > 1
    project = page.path.split("/")[1] if is_of_project else ""
    for link in islice(root.iter("a"), _MOST_LINKS):
        path = _path_at_host(url, (link.get("href") or "#").strip(), page.hostname)
        if path is None or path == page.path:
            continue
        is_heading = page.path.startswith(f"{path.rstrip('/')}/") and next(link.iterancestors("h1"), None) is not None
        if is_heading or _FRONT.fullmatch(path):
            names["site"].append(one_line(inner_text(link)))
        elif project and path.strip("/") == project:
            names["project"].append(one_line(inner_text(link)))
    found = names["site"] or names["project"]  # below a front page the first name of a path is a part of the site
    return [it for it in found if 0 < len(it) <= _LONGEST_NAME]


def _path_at_host(base: str, written: str, host: str | None) -> str | None:
    """Return the path of an address at a host, None for others and for a place within a page."""
    try:
        parts = urlsplit(written if _is_plain(written) else urljoin(base, written))
    except ValueError:
        return None
    if not parts.netloc and not parts.scheme:
        return None if parts.fragment else parts.path
    return parts.path if parts.hostname == host and not parts.fragment else None


def _is_plain(written: str) -> bool:
    """Whether an address is whole or begins at its host: joining it to another one takes long and changes nothing."""
    is_whole = written.startswith(("https://", "http://")) or (written.startswith("/") and not written.startswith("//"))
    return is_whole and "/." not in written
