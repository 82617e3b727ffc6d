"""The head and the end of an issue's page in our design, put around the text that is drawn already.

The head has a line of facts, the title by which readers know the issue, and its lead. The end has what moved since,
related issues, the issues before and after, other places, and where to edit and subscribe.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from html import escape
from urllib.parse import urlsplit

from markupsafe import Markup

from ..model.issues import Issue
from .feeds.feed_places import ISSUES_FEED
from .headlines import Headline, Told, told
from .pages import Site
from .pages.moves import Move, moves_since
from .pages.tags import slug_of
from .pages.templates import draw
from .whole_words import with_whole_words

Address = Callable[[str], str]
"""A function from the path of a page or a file of the site to its address, as seen from the issue."""

_HEADING = re.compile(
    r"<h1\b(?P<attributes>[^>]*)>(?P<text>.*?)(?P<link><a class=\"headerlink\".*?</a>)?</h1>", re.DOTALL
)

_LIST = re.compile(r'<nav\b[^>]*\bclass="neco-issue-keps"[^>]*>.*?</nav>\s*', re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of an issue: the author's title where the topics are the title, SIGs, and the release of its day.

    `until` is the day on which support of that release ended or ends; empty where nobody says.
    """

    headline: Headline
    sigs: tuple[str, ...]
    under: str
    until: str

    @property
    def above(self) -> str:
        """The author's own title, where it is not the heading."""
        return self.headline.above

    def above_around(self, day: dt.date | None) -> tuple[str, str, str]:
        """Return the author's own title in three parts: before the issue's day, the day, and behind it."""
        return self.above.partition(str(day)) if day else (self.above, "", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """The end of an issue: what moved since, its tags with their pages, and the issues before and after."""

    moves: tuple[Move, ...]
    tags: tuple[tuple[str, str], ...]
    older: Told | None
    newer: Told | None


@dataclass(frozen=True)
class IssueFront:
    """The heads and ends of the issues of a site."""

    site: Site

    def dressed(
        self, issue: Issue, html: str, address: Address, *, edit_url: str = "", topics: str = "", related: str = ""
    ) -> str:
        """Return the HTML of an issue's page with its head and its end; `topics` and `related` are parts of the end."""
        end = self._drawn(
            "issue_end.html",
            issue,
            address,
            end=self._end(issue),
            edit_url=edit_url,
            topics=Markup(topics),  # noqa: S704 (drawn as elements)
            related=Markup(related),  # noqa: S704
            feeds=[it for it in self.site.feeds.get("index.md", ()) if it.path == ISSUES_FEED],
            also=[(url, urlsplit(url).hostname or url) for url in issue.also],
            site=self.site,
        )
        return self._with_head(issue, html, address) + end

    def _with_head(self, issue: Issue, html: str, address: Address) -> str:
        heading = _HEADING.search(html)
        if heading is None:
            return html
        head = self._head(issue)
        eyebrow = self._drawn("issue_head.html", issue, address, head=head)
        text = escape(head.headline.title, quote=False) if head.above else heading["text"]
        text = with_whole_words(text)
        title = f'<h1{heading["attributes"]} data-size="{head.headline.size}">{text}{heading["link"] or ""}</h1>'
        lead = f'<p class="neco-head__lead">{escape(issue.description, quote=False)}</p>' if issue.description else ""
        front = f'<header class="neco-head" data-search-exclude="1">{eyebrow}{title}{lead}</header>\n'
        return f"{html[: heading.start()]}{front}{html[heading.end() :]}"

    def _drawn(self, template: str, issue: Issue, address: Address, **values: object) -> str:
        return draw(template, issue.path, self.site.words, issue=issue, address=address, **values)

    # --- what they say ------------------------------------------------------------------------------------------------

    def _head(self, issue: Issue) -> Head:
        known = (self.site.keps_as_of.of(number) for number in issue.keps)
        counts = Counter(kep.state.sig for kep in known if kep and kep.state.sig in self.site.sigs)
        releases = self.site.keps_as_of.releases
        under = releases.newest(min(issue.date, self.site.keps_as_of.now)) if issue.date else None
        end = releases.ends.get(under) if under else None
        return Head(
            headline=self.site.headlines.of(issue),
            sigs=tuple(name for name, _ in counts.most_common() if name),
            under=under or "",
            until=end.isoformat() if end else "",
        )

    def _end(self, issue: Issue) -> End:
        keps = frozenset(issue.keps).intersection(self.site.kep_numbers)
        events = self.site.releases.events if keps else ()
        newer, older = self._neighbours.get(issue.path, (None, None))
        return End(
            moves=moves_since(issue.date, events, keps, self.site.words) if issue.date else (),
            tags=tuple((tag.path, tag.name) for it in issue.tags if (tag := self.site.tags.get(slug_of(it)))),
            older=older,
            newer=newer,
        )

    @cached_property
    def _neighbours(self) -> dict[str, tuple[Told | None, Told | None]]:
        """The issues after and before each, by its path."""
        known = list(told(self.site.index.issues, self.site.headlines))
        return {
            it.issue.path: (newer, older)
            for it, newer, older in zip(known, [None, *known], [*known[1:], None], strict=False)
        }


# --- the list of KEPs beside the text -----------------------------------------------------------------------------

_DETAILS = re.compile(r'<nav\b[^>]*\bclass="neco-issue-keps".*?<details>(?P<list>.*?)</details>', re.DOTALL)
_COLUMN = re.compile(
    r'<div class="md-sidebar md-sidebar--secondary"(?![^>]*\shidden)[^>]*>'
    r'.*?<nav class="md-nav md-nav--secondary".*?(?=</div>)',
    re.DOTALL,
)
_DATA = re.compile(r' data-(?:more|neco-at|kep|pull|stage-then)="[^"]*"')


def with_list_beside(html: str) -> str:
    """Return an issue's page, as Material made it, with the list of its KEPs under its contents, too.

    Where that column is seen, the folded list below the title is not. On a page without the column nothing changes.
    """
    found, column = _DETAILS.search(html), _COLUMN.search(html)
    if found is None or column is None:
        return html
    entries = _DATA.sub("", found["list"]).replace("<summary", "<p").replace("</summary>", "</p>")
    html = f'{html[: column.end()]}<div class="neco-beside md-typeset">{entries}</div>{html[column.end() :]}'
    return html.replace('class="neco-issue-keps"', 'class="neco-issue-keps neco-issue-keps--beside"', 1)
