"""Repositories in addresses of GitHub: whose an address is of, and which release it leads to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

NO_OWNERS = frozenset(
    "about account advisories apps collections contact customer-stories dashboard enterprise events explore features "
    "issues join login logout marketplace new notifications orgs organizations pricing pulls readme resources search "
    "security sessions settings site signup solutions sponsors stars team topics trending users".split()
)
"""First parts of addresses that are no owner of a repository."""

_OF_KEPS = frozenset({"kubernetes/enhancements", "kubernetes/features"})
"""Repositories that have pages of their own on the site, those of KEPs."""

_PATHS = {
    "github.com": re.compile(r"/(?P<owner>[^/]+)/(?P<name>[^/]+)(?:/releases/tag/(?P<tag>.+))?", re.ASCII),
    "raw.githubusercontent.com": re.compile(r"/(?P<owner>[^/]+)/(?P<name>[^/]+)(?P<tag>(?!))?/", re.ASCII),
    "api.github.com": re.compile(r"/repos/(?P<owner>[^/]+)/(?P<name>[^/]+)(?:/releases/tags/(?P<tag>.+))?", re.ASCII),
    "codeload.github.com": re.compile(r"/(?P<owner>[^/]+)/(?P<name>[^/]+)(?P<tag>(?!))?/", re.ASCII),
}
"""How a repository stands in the paths of a host."""

# What GitHub lets people write (https://docs.github.com/en/rest/repos/repos): letters, digits, hyphens; `.` and `_`.
_OWNER = re.compile(r"[a-z0-9](?:[a-z0-9]|-(?=[a-z0-9]))*", re.IGNORECASE | re.ASCII)

_NAME = re.compile(r"(?!\.{1,2}$)[\w.-]+", re.ASCII)

_LONGEST_OWNER, _LONGEST_NAME = 39, 100

_LONGEST_TAG = 120

_SLASHES_OF_FRONT_PAGE = 2
"""`github.com/owner/name` has so many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositoryLink:
    """An address of a repository, `owner/name` in lower case, as which GitHub compares them; `tag` is of a release."""

    repo: str
    tag: str | None = None


def read_repository(url: str) -> RepositoryLink | None:
    """Return the repository that an address is of; None for others, and for that of KEPs, which are no project's.

    Raises nothing: an address that cannot be parsed is of none.
    """
    if "github" not in url.lower():  # nearly all are of elsewhere
        return None
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    path = _PATHS.get(host) if parts.scheme.lower() in ("http", "https") else None
    match = path.match(parts.path + ("/" if host == "github.com" else "")) if path else None
    if match is None:
        return None
    repo = repository_name(f"{match['owner']}/{match['name'].removesuffix('.git')}")
    if repo is None or repo.lower() in _OF_KEPS:
        return None
    return RepositoryLink(repo=repo.lower(), tag=_tag(match["tag"]))


def is_front_page(url: str) -> bool:
    """Whether an address is that of a repository itself, and of nothing in it."""
    return url.partition("://")[2].partition("#")[0].strip("/").count("/") == _SLASHES_OF_FRONT_PAGE


def repository_name(written: str) -> str | None:
    """Return `owner/name` as written if a repository of GitHub may be called so, else None."""
    owner, _, name = written.partition("/")
    fits = len(owner) <= _LONGEST_OWNER and len(name) <= _LONGEST_NAME
    if not (fits and _OWNER.fullmatch(owner) and _NAME.fullmatch(name)) or owner.lower() in NO_OWNERS:
        return None
    return written


def _tag(path: str | None) -> str | None:
    tag = unquote(path or "").strip("/")
    return tag if tag and len(tag) <= _LONGEST_TAG and tag.isprintable() else None
