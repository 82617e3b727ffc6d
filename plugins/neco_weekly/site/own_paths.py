"""Pages of writers in the places of ours: whose page lies at an address, and links of ours that lead to it.

A host draws `keps/index.md`, `keps/README.md` and, where addresses have no endings, `keps.md` at one address
(https://www.mkdocs.org/user-guide/writing-your-docs/#file-layout). Where a writer has one of them, ours is not there.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from urllib.parse import quote, unquote

MARKDOWN_LINK = re.compile(r'href="(?![a-z]+:)([^"#?]+(?:\.md|\.xml|\.opml|\bfeed\.json))((?:[?#][^"]*)?)"')
"""A link of a generated page to a page or a feed of the site, with the path and what stands behind it."""

OwnPage = Callable[[str], tuple[str, str] | None]
"""A function from the path of a generated page to path and text of the writer's page there; None without one."""


def directory_address(path: str) -> str:
    """Return the address that a file has with MkDocs' directory URLs: `keps/127.md` -> `keps/127/`."""
    if not path.endswith(".md"):
        return quote(path)
    stem = quote(path.removesuffix(".md"))
    folder, name = posixpath.split(stem)
    if name in ("index", "README"):
        return f"{folder}/" if folder else ""
    return f"{stem}/"


def names_at_one_address(path: str, *, without_endings: bool = True) -> tuple[str, ...]:
    """Return the paths of all files that are drawn where the page of a path is, that path first.

    `without_endings`: addresses of pages are those of folders, `keps/127/`.
    """
    folder, name = posixpath.split(path.removesuffix(".md"))
    indices = tuple(posixpath.join(folder, it) for it in ("index.md", "README.md"))
    if name in ("index", "README"):
        whole = (f"{folder}.md",) if folder and without_endings else ()
        return tuple(dict.fromkeys((path, *indices, *whole)))
    below = tuple(posixpath.join(folder, name, it) for it in ("index.md", "README.md"))
    return (path, *below) if without_endings else (path,)


def with_own_paths(body: str, path: str, elsewhere: Mapping[str, str]) -> str:
    """Return the body of the page at a path with its links to generated pages leading to the writers' in their places.

    `elsewhere` has the paths of writers' pages by the paths of the generated pages that they stand for.
    """
    folder = posixpath.dirname(path) or "."

    def corrected(match: re.Match[str]) -> str:
        place = elsewhere.get(posixpath.normpath(posixpath.join(folder, unquote(match[1]))))
        return f'href="{quote(posixpath.relpath(place, folder))}{match[2]}"' if place else match[0]

    return MARKDOWN_LINK.sub(corrected, body) if elsewhere else body
