"""Addresses within what is imported: which file of the source one means, and how it is written in the site."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

OUTSIDE = "../"
"""Stands for every path that leads out of the source."""

_NO_PATHS = ("//", "\\", "/\\")
"""Beginnings that browsers take for those of an address with a host."""

_TEMPLATE = re.compile(r"\{[{%]")

_TO_QUOTE = re.compile(r"[\x00-\x20\"#%()<>?\[\\\]^`{|}\x7f]")


@dataclass(frozen=True, slots=True)
class Address:
    """An address without a host: its path, unquoted, and what stands behind that, a query or a fragment."""

    path: str
    behind: str


def own_address(address: str) -> Address | None:
    """Return an address that names no host, as one of this site; None for another one, and for a place of its page.

    One that a template is to fill in is none yet.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not parts.path or address.startswith(_NO_PATHS) or _TEMPLATE.search(address):
        return None
    return Address(unquote(parts.path), address[address.index(parts.path) + len(parts.path) :])


def source_path(folder: str, path: str) -> str:
    """Return the path in the source that a path means on a page of a folder; one with `/` begins at the source's root.

    One that leads out is OUTSIDE. The root itself is the empty path.
    """
    joined = posixpath.normpath(posixpath.join("/", folder, path))
    depth = 0
    for part in ([] if path.startswith("/") else folder.split("/")) + path.split("/"):
        depth += -1 if part == ".." else 0 if part in ("", ".") else 1
        if depth < 0:
            return OUTSIDE
    return OUTSIDE if "\0" in path else joined.lstrip("/")


def is_written_so(page: str, address: Address, target: str) -> bool:
    """Whether an address on a page of the site means a file of the site as it is written; both are paths there."""
    if address.path.startswith("/"):
        return False
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), address.path)) == target


def address_of(page: str, target: str, behind: str = "") -> str:
    """Return the address on a page of the site that means a file of the site; both are paths from the docs folder."""
    path = quoted(posixpath.relpath(target, posixpath.dirname(page) or "."))
    first = path.partition("/")[0]
    return f"{'./' if ':' in first else ''}{path}{behind}"  # `a:b.md` alone would be of a scheme


def quoted(path: str) -> str:
    """Return a path as a part of an address that can be read: only what would end the address is written as `%20`."""
    return _TO_QUOTE.sub(lambda it: f"%{ord(it[0]):02X}", path)
