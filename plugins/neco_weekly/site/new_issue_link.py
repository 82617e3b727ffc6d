"""The link with which a writer begins the next issue in GitHub's editor: path and text of the file are filled in.

GitHub takes both from the address, https://github.com/OWNER/NAME/new/BRANCH?filename=…&value=…. They are of the next
day in the rhythm of the issues. A page may be looked at much later, so a script puts the next day from today on in
its place, by the forms of path and text in `data-neco-new`.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from ..display.words import Strings
from ..grammar.comments import without_comments
from ..grammar.front_matter import take_apart
from ..grammar.front_matter_values import (
    authors_of,
    tags_of,
    text_of,
    value_of,
    written_description,
    written_title,
)
from ..grammar.issue_dates import DAY_KEYS, read_day
from ..grammar.issue_series import Form, filled, form_of, form_of_path
from ..grammar.publication import draft_mark
from ..issues.exchange.front_matter_text import Value, with_entries
from ..issues.exchange.next_issue import next_day
from ..model.text import without_credentials

LONGEST = 8000
"""The most characters of an address: servers refuse longer ones. A text that does not fit is left out."""

_PLAIN = "!()*"
"""What `encodeURIComponent` of a script, and the browser after it, leave as it is in the query of an address."""

_DAYS = 60
"""How many days in the rhythm a page knows: more than a year of a weekly."""

_EDITED = re.compile(r"(?P<repository>https://[^/?#]+/[^/?#]+/[^/?#]+)/edit/(?P<place>[^?#]+)/")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewIssueLink:
    """The address of GitHub's editor without path and text, these two as forms, and the days that may come next.

    `path` is relative to the docs folder, in which the editor begins.
    """

    base: str
    path: Form
    text: Form
    number: int
    days: Sequence[dt.date]

    @classmethod
    def of(
        cls, edit_url: str, edited: str, path: str, text: str, *, number: int | None, days: Iterable[dt.date]
    ) -> NewIssueLink | None:
        """Return the link for a next issue; None where the address is not that of an editor of GitHub's kind.

        `edit_url` is where the issue at the path `edited` is edited; `path` and `text` are those of the next issue, the
        day after `days` in their rhythm. What no reader of an issue is shown is left out of the text.
        """
        coming = _coming_days(days)
        ending = quote(edited)
        found = _EDITED.fullmatch(edit_url.removesuffix(ending)) if edit_url.endswith(f"/{ending}") else None
        if not coming or found is None:
            return None
        return cls(
            base=f"{found['repository']}/new/{found['place']}",
            path=form_of_path(path, coming[0], number),
            text=form_of(_public(text), coming[0], None),
            number=number or 0,
            days=coming,
        )

    def address(self, day: dt.date) -> str:
        """Return the address for the issue of a day; where all of its text is too long, without it."""
        begun = f"{self.base}?filename={quote(filled(self.path, day, self.number), safe=f'/{_PLAIN}')}"
        whole = f"{begun}&value={quote(filled(self.text, day, self.number), safe=_PLAIN)}"
        return whole if len(whole) <= LONGEST else begun

    def html(self, words: Strings) -> str:
        """Return the link as a paragraph, with what a script needs."""
        known = {
            "base": self.base,
            "path": _pieces(self.path, self.number),
            "text": _pieces(self.text, self.number),
            "days": " ".join(it.isoformat() for it in self.days),
        }
        data = escape(json.dumps(known, ensure_ascii=False, separators=(",", ":")))
        address, text = escape(self.address(self.days[0])), escape(words("site.new_issue"))
        link = f'<a href="{address}" data-neco-new="{data}">{text}</a>'
        return f'\n<p class="neco-write" data-search-exclude="1">{link}</p>'


def _public(text: str) -> str:
    """Return the text of a new issue without what no reader of an issue is shown, for everybody can read the address.

    Comments go, and of front matter all but what pages show of it, and what says that an issue is a draft.
    """
    parts = take_apart(text)
    meta, tags, authors = parts.meta, tags_of(parts.meta), authors_of(parts.meta)
    days = (read_day(value_of(meta, key)) for key in DAY_KEYS)
    number, draft = text_of(value_of(meta, "number")), draft_mark(meta)
    entries: dict[str, Value | None] = {
        "title": written_title(meta),
        "date": next(filter(None, days), None),
        "description": written_description(meta),
        "number": number,
        "tags": tags,
        "authors": authors,
        **({draft[0]: draft[1]} if draft else {}),
    }
    body = re.sub(r"\n{3,}", "\n\n", without_comments(without_credentials(parts.body), shown=0)).strip("\n")
    return with_entries(f"{body}\n", {name: value for name, value in entries.items() if value}) or ""


def _coming_days(days: Iterable[dt.date]) -> list[dt.date]:
    known, coming = list(days), list[dt.date]()
    while len(coming) < _DAYS and (day := next_day(known)):
        coming.append(day)
        known.append(day)
    return coming


def _pieces(form: Form, number: int) -> list[str | list[str]]:
    """Return a form for a script: texts, and parts of a day as a list of their name."""
    pieces = list[str | list[str]]()
    for token in form:
        if len(token) > 1 and token[0] != "N":
            pieces.append([token])
            continue
        text = filled((token,), dt.date.min, number)
        last = pieces[-1] if pieces else None
        if isinstance(last, str):
            pieces[-1] = last + text
        else:
            pieces.append(text)
    return pieces
