"""An issue as Markdown for programs, beside its page: `issues/2026/09/2026-09-04/index.md`.

It is what the issue's author wrote, without what no reader is shown: comments, front matter but for title, date, tags
and description, and what signs somebody in. Relative addresses lead to where the page's own do.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Mapping

from ..grammar.comments import without_comments
from ..model.issues import Issue
from ..model.text import without_credentials

SHOWN = "&lt;!--"
"""How a comment begins on a page that shows it, as in code: how often is all that counts of the page's HTML."""


def markdown_beside(page: str) -> str:
    """Return the place of the Markdown of the page at a place: `a/index.md` for `a/index.html`, `a.md` for `a.html`."""
    return f"{posixpath.splitext(page)[0]}.md"


def issue_markdown(issue: Issue, body: str, html: str, tags: Iterable[str], addresses: Mapping[str, str]) -> str:
    """Return the Markdown of an issue. `body` is what its author wrote, `html` its page as drawn.

    `addresses` are those in the text by which a page or a file of the site is meant, with where each lies as seen from
    the page.
    """
    text = without_credentials(body)
    change = None
    if changed := {it: address for it, address in addresses.items() if it != address and it in text}:
        meant = re.compile(_ADDRESS % "|".join(map(re.escape, sorted(changed))), re.MULTILINE)

        def change(part: str) -> str:
            return meant.sub(lambda found: f"{found[1]}{changed[found[2]]}", part)

    written = without_comments(text, shown=html.count(SHOWN), change=change)
    return f"{_front_matter(issue, list(tags))}\n{written.strip(chr(10))}\n"


_ADDRESS = r"([(<\"']|\]:[ \t]*)(%s)(?=[)>\"'\s]|$)"
"""A pattern for an address in a link or a picture, in Markdown or in HTML."""


def _front_matter(issue: Issue, tags: list[str]) -> str:
    """Return what is told of an issue before its text; YAML reads strings of JSON as they are."""
    said = {
        "title": issue.title,
        "date": issue.date.isoformat() if issue.date else None,
        "description": issue.description or None,
        "tags": tags or None,
    }
    lines = [f"{name}: {_yaml(name, value)}" for name, value in said.items() if value]
    return "\n".join(("---", *lines, "---", ""))


def _yaml(name: str, value: object) -> str:
    return str(value) if name == "date" else json.dumps(value, ensure_ascii=False)
