"""A description for each page: a sentence or two that say what this page has and no other.

Those of generated pages are made of facts, those of writers' pages are the writers' own words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from html import unescape

from ...display.phrases import standing_text
from ...grammar.issue_news import count_within
from ...model.issues import Issue
from ...model.paths import (
    CHANGES_PAGE,
    COMPARE_PAGE,
    FOLLOWING_PAGE,
    KEP_PAGE,
    LINKS_PAGE,
    RELEASES_PAGE,
    SETBACKS_PAGE,
    SIG_PAGE,
    TAGS_PAGE,
    TOPIC_PAGE,
    TOPICS_PAGE,
)
from ...model.text import one_line, whole_sentences
from ..headlines import lead_of
from ..pages import Site
from ..pages.odd_files import ODD_FILES_PAGE
from ..pages.upgrade_pages import upgrade_path

WIDEST = 120
"""The width of a description, in full-width characters: about what lists of search results show."""

Describe = Callable[[], str]


class Descriptions:
    """The descriptions of a site's pages, each made when it is asked for; `about` is what the site says of itself."""

    def __init__(self, site: Site, about: str) -> None:
        self._site, self._about, self._words = site, about, site.words

    def of_generated(self, path: str) -> str:
        """Return the description of a generated page; empty for the path of another page."""
        describe = self._by_path.get(path)
        return cut(describe()) if describe else ""

    def of_issue(self, issue: Issue) -> str:
        """Return the description of an issue: its author's, or its first words; its topics where it has no others."""
        return _tidy(lead_of(issue)) or cut(self._words("site.and").join(issue.topics))

    @cached_property
    def _by_path(self) -> Mapping[str, Describe]:
        return {**self._lists(), **self._keps(), **self._groups(), **self._releases()}

    def _lists(self) -> dict[str, Describe]:
        site, words = self._site, self._words
        return {
            "index.md": self._home,
            f"{site.issues_dir}/index.md": self._archive,
            "keps/index.md": self._kep_index,
            "sigs/index.md": lambda: words("sig.index_intro", count=len(site.sigs)),
            TOPICS_PAGE: self._topic_index,
            RELEASES_PAGE: lambda: words("release_page.index_intro"),
            COMPARE_PAGE: lambda: words("upgrade.index_intro"),
            LINKS_PAGE: lambda: words("share.links", name=site.name, count=len(site.index.issues)),
            SETBACKS_PAGE: lambda: words("setback.intro", count=len(site.setbacks.views)),
            CHANGES_PAGE: lambda: words("change.intro"),
            TAGS_PAGE: self._tags,
            ODD_FILES_PAGE: lambda: words("share.odd_files"),
            FOLLOWING_PAGE: lambda: words("follow.intro"),
        }

    def _keps(self) -> dict[str, Describe]:
        site = self._site
        own = {KEP_PAGE.format(number=it): lambda it=it: self._kep(it) for it in site.kep_numbers}
        aliases = {KEP_PAGE.format(number=it): lambda it=it: self._alias(it) for it in site.aliases}
        return {**own, **aliases}

    def _groups(self) -> dict[str, Describe]:
        site = self._site
        sigs = {SIG_PAGE.format(sig=it): lambda it=it: self._sig(it) for it in site.sigs}
        topics = {TOPIC_PAGE.format(slug=it): lambda it=it: self._topic(it) for it in site.topics.rows}
        tags = {tag.path: lambda slug=slug: self._tag(slug) for slug, tag in site.tags.items()}
        return {**sigs, **topics, **tags}

    def _releases(self) -> dict[str, Describe]:
        site, words = self._site, self._words
        own = {path: lambda name=name: self._release(name) for name, path in site.release_views.paths.items()}
        upgrades = {
            upgrade_path(old, new): lambda old=old, new=new: words("share.upgrade", old=old, new=new)
            for old, new in (site.upgrades.pairs if site.upgrades.has_pages else ())
        }
        return {**own, **upgrades}

    # --- one page -------------------------------------------------------------------------------------------------

    def _home(self) -> str:
        return self._about or self._words("share.home", name=self._site.name, count=len(self._site.index.issues))

    def _archive(self) -> str:
        days = [it.date for it in self._site.index.issues if it.date]
        if not days:
            return self._words("site.archive_empty")
        count = len(self._site.index.issues)
        return self._words("share.archive", name=self._site.name, count=count, first=min(days), last=max(days))

    def _kep_index(self) -> str:
        count, day = len(self._site.kep_numbers), self._site.keps_as_of.lock.as_of
        key = "kep.index_intro" if day else "kep.index_intro_undated"
        return self._words(key, count=count, date=day)

    def _kep(self, number: int) -> str:
        words, kep = self._words, self._site.kep(number)
        issues = [issue for issue, _ in self._site.index.by_kep[number]]
        days = [it.date for it in issues if it.date]
        standing, sig = standing_text(kep.today, words), kep.state.sig
        state = words("share.state_of_sig" if sig else "share.state", standing=standing, sig=sig)
        facts = {"number": number, "title": kep.state.title, "state": state, "count": len(issues)}
        told = words("share.kep_since", **facts, day=max(days)) if days else words("share.kep", **facts)
        return self._after(kep.enhancement.about, told)

    def _after(self, what: str | None, told: str) -> str:
        """Return what we tell of a thing behind what a person says that it is."""
        return self._words("share.what", what=one_line(what), told=told) if what else told

    def _alias(self, alias: int) -> str:
        kep = self._site.kep(self._site.aliases[alias])
        number = kep.enhancement.number
        return self._words("share.alias", alias=alias, number=number, title=kep.state.title)

    def _sig(self, name: str) -> str:
        sig = self._site.sigs[name]
        return self._words("share.sig", name=name, keps=len(sig.owned), issues=len(sig.issues))

    def _topic_index(self) -> str:
        rows = self._site.topics.rows
        return self._words("topic.index_intro", count=len(rows)) if rows else self._words("topic.index_empty")

    def _topic(self, slug: str) -> str:
        row, words = self._site.topics.rows[slug], self._words
        kind = words(f"topic.kind_{row.topic.kind}")
        facts = {"name": row.topic.name, "kind": kind, "count": len(row.issues)}
        if row.current is None:
            return self._after(row.topic.summary, words("share.topic", **facts))
        told = words("share.topic_current", **facts, version=row.current.tag, day=row.current.day)
        return self._after(row.topic.summary, told)

    def _tags(self) -> str:
        return self._words("share.tags", name=self._site.name, count=len(self._site.tags))

    def _tag(self, slug: str) -> str:
        tag = self._site.tags[slug]
        title = self._site.headlines.of(tag.issues[0]).title
        return self._words("share.tag", name=tag.name, count=len(tag.issues), title=title)

    def _release(self, name: str) -> str:
        day = self._site.releases.releases.day(name)
        if day is None or not self._site.is_out(name):
            return self._words("share.release_planned", release=name)
        return self._words("share.release", release=name, day=day)


# --- words of writers ---------------------------------------------------------------------------------------------


def first_words(html: str) -> str:
    """Return the description of a page that only its writer knows: the first paragraph with more than a few words."""
    for found in _PARAGRAPH.finditer(html):
        text = one_line(unescape(_TAG.sub("", _UNSEEN.sub("", found[1][:_MOST]))))
        if len(text) >= _FEWEST:
            return cut(text)
    return ""


def cut(text: str) -> str:
    """Return the first sentences of a text that are no wider than a description, or the beginning of the first."""
    text = _tidy(text)
    return whole_sentences(text, count_within(text[: 2 * WIDEST], WIDEST))


def _tidy(text: str) -> str:
    """Return a text in one line, without the space that the end of a line leaves behind a sentence of Japanese."""
    return re.sub("(?<=[。！？]) ", "", one_line(text))


_FEWEST = 12
"""The number of characters from which a paragraph says something."""

_MOST = 4000
"""The number of characters of a paragraph's HTML that are looked at."""

_PARAGRAPH = re.compile(r"<p(?:\s[^<>]*+)?>((?:(?!</?p[\s>]).)*+)</p>", re.DOTALL)
_TAG = re.compile(r"<[^<>]*+(?:>|\Z)")
_UNSEEN = re.compile(r"<(script|style|svg|math|template)\b.*?</\1>|<a\b[^<>]*\bneco-kep\b[^<>]*+>.*?</a>", re.DOTALL)
