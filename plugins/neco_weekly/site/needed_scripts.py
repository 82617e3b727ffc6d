"""The scripts that a page of ours needs, and others do not: each by what it looks for on a page."""

from __future__ import annotations

from collections.abc import Iterator

from .following import LIST, STARS

FILTER = "filter.js"
"""The script of pages whose rows a form narrows down."""

COMPARE = "compare.js"
"""The script of the page on which readers choose two releases to compare."""

NEW_ISSUE = "new-issue.js"
"""The script of the page on which writers begin the next issue."""

LATE = frozenset({FILTER})
"""The scripts that run after the theme's: that opens the search for the words of a filter in the address."""

_LOOKED_FOR = {
    STARS: 'data-neco-follow="',
    LIST: 'data-neco-following="',
    FILTER: 'data-rows="',
    COMPARE: 'data-changes="',
    NEW_ISSUE: 'data-neco-new="',
}


def needed_scripts(html: str) -> Iterator[str]:
    """Yield the names of the scripts for which a page that we generated has something."""
    return (name for name, sign in _LOOKED_FOR.items() if sign in html)
