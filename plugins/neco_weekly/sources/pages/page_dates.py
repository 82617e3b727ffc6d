"""The elements of a page -> the days on which it says, to its readers, that it was published.

A day counts for where it stands: marked as the publication, in an element named after dates, or alone beside the
page's heading. None is a day in the text itself, in comments, lists of other pages, quotations, or beside the word for
a change or an event; of a page that lists many days, none is the page's own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree

from ...grammar.urls import day_in_address
from .dates import iso_8601, shown_days
from .elements import Element, is_hidden
from .titles import plain_words

_MOST_WALKED, _MOST_DAYS, _MOST_SAID, _MOST_TEXTS, _LONGEST_NAMES = 60_000, 200, 4_000, 200, 300

# How far from the heading a day stands that is the page's own, in characters; a longer text is no line of dates.
_BEFORE, _AFTER, _LONGEST_LINE, _LONGEST_ALONE, _LONGEST_LABEL = 150, 300, 160, 60, 24

# So many days in elements of one name are a list, be they the same day.
_FEWEST_PAGES = 3

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W_]+")

_PUBLISHED = frozenset("published pubdate posted postdate publication datepublished".split())

_NAMED = _PUBLISHED | frozenset(
    "date dates time datetime timestamp day byline created datetimes pagedate entrydate".split()
)

_CHANGED = frozenset("updated update modified modify lastmod lastupdated lastmodified revised edited changed".split())

# Words in names of parts of a page that are not about it.
_OTHERS = frozenset(
    "adjacent aside breadcrumb breadcrumbs comment comments commentlist copyright disqus embed footer latest nav "
    "navigation newer next older pager pagination popular prev previous ranking recent recommend recommended "
    "recommendations related replies reply respond sidebar toc tweet twitter widget widgets".split()
)

# `has-sidebar` names what contains the page's text as well.
_LAYOUT = frozenset("has layout no with without".split())

_UNREAD = frozenset(
    "aside blockquote button code dialog figcaption nav noscript pre script select style svg template "
    "textarea title".split()
)

_AROUND = frozenset({"form", "table"})

_BLOCKS, _PARTS = frozenset("html body main article".split()), frozenset("div section ul ol li p span header".split())

_HEADINGS, _PROSE = frozenset("h1 h2 h3".split()), frozenset("p li dd td".split())

_BOXES = frozenset("article body div footer h1 h2 h3 h4 h5 h6 header main section".split())

_TITLED = frozenset("entry post article page headline".split())

_PUBLISHED_PROPERTIES = frozenset({"datePublished", "dateCreated", "uploadDate"})

_DIGIT = re.compile(r"\d|元")

_LABEL_CHANGED = re.compile(
    r"更新|改訂|改定|修正|最終|updat|modif|edited|revis|last change|actualiza|mis à jour|aktualisiert|обновл",
    re.IGNORECASE,
)

_LABEL_PUBLISHED = re.compile(r"公開|投稿|掲載|作成|publish|post|creat", re.IGNORECASE)

_LABEL_OTHER = re.compile(
    r"開催|日時|期間|期限|会期|締切|締め切|〆切|発売|出演|公演|受付|施行|生年|設立|創業|©|\(c\)|"
    r"\b(?:copyright|since|deadline|expires?|due|events?|born|until|when)\b",
    re.IGNORECASE,
)

_LABEL_SPAN = re.compile(r"\s*(?:\([月火水木金土日]\)\s*)?(?:[〜～~–—]|から|まで|-\s*\d)")

# Addresses of lists of pages: a site's front, its blog, a tag, a year, further pages of a list.
_LISTS = re.compile(
    r"/?(?:index\.\w+)?"
    r"|(?:/[^/]+)?/(?:articles?|blog|diary|entries|entry|news|posts?|all|topics)/?(?:index\.\w+|\.html?)?"
    r"|(?:.*/)?(?:[^/]*[-_])?(?:tags?|categor(?:y|ies)|authors?|labels?|series)(?:/[^/]+)?/?(?:page/?\d+/?)?(?:index\.\w+)?"
    r"|(?:.*/)?archives?/?(?:index\.\w+|\.html?)?"
    r"|(?:.*/)?(?:19|20)\d\d(?:/\d\d?)?/?(?:page/?\d+/?)?(?:index\.\w+)?"
    r"|(?:.*/)?page/?\d+/?(?:index\.\w+)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Day:
    """A day that a page shows: what marks it, how its element is named, and at which character of the page it stands.

    `mark` is 0 for a publication, 1 for an element named after dates, 2 for a day that stands alone in any other.
    """

    written: str
    mark: int
    changed: bool
    name: tuple[str, ...]
    place: int


def published_days(root: Element, *, url: str, titles: Sequence[str], article: bool) -> list[str]:
    """Return the days and moments of publication that a page shows its readers, in ISO 8601, the best first.

    `titles` are the page's own; `article` is whether the page says elsewhere that it is one text by someone.
    """
    if _LISTS.fullmatch(urlsplit(url).path):
        return []
    found, heading = _Reading(root, titles).days()
    days = [it for it in found if not it.changed]
    near = [it for it in days if heading is not None and -_BEFORE <= it.place - heading <= _AFTER]
    listed = {name for name, these in _by_name(days).items() if _is_list(these)}
    single = [it for it in days if it.name not in listed]
    own = [it for it in near if article or it.name not in listed]
    far = next((only for mark in (0, 1) if (only := _alone([it for it in single if it.mark <= mark]))), [])
    named = day_in_address(url)
    own.sort(key=lambda it: (it.mark == 2, it.written[:10] != named, it.mark))
    marked = [it for it in own if it.mark < 2]
    return [it.written for it in (*marked, *far, *own)]


def _by_name(days: Sequence[_Day]) -> dict[tuple[str, ...], list[_Day]]:
    named: dict[tuple[str, ...], list[_Day]] = defaultdict(list)
    for it in days:
        named[it.name].append(it)
    return named


def _is_list(days: Sequence[_Day]) -> bool:
    """Whether days in elements of one name are those of several pages; one page's own may stand above and below it."""
    return len({it.written[:10] for it in days}) > 1 or len(days) >= _FEWEST_PAGES


def _alone(days: Sequence[_Day]) -> list[_Day]:
    """Return days if they all are the same one: where elements show several, who knows which is the page's."""
    return list(days) if len({it.written[:10] for it in days}) == 1 else []


class _Reading:
    """One walk through the elements of a page, which counts the characters of text on the way."""

    def __init__(self, root: Element, titles: Sequence[str]) -> None:
        self._root, self._titles = root, [words for it in titles if (words := plain_words(it))]
        self._place, self._label, self._found = 0, "", list[_Day]()
        self._headings: dict[int, int] = {}

    def days(self) -> tuple[list[_Day], int | None]:
        """Return all days in the order of the page, and the place of the first heading that says most of its title.

        Further ones stand in lists of pages that name this page, too.
        """
        walk = etree.iterwalk(self._root, events=("start", "end"))
        for event, tag in islice(walk, _MOST_WALKED):
            if event == "end":
                self._say(tag.tail, tag.getparent())
            elif _is_unread(tag):
                walk.skip_subtree()
            else:
                self._look_at(tag)
                self._say(tag.text, tag)
        return self._found, max(self._headings, key=self._headings.__getitem__, default=None)

    def _look_at(self, tag: Element) -> None:
        words = _words_of(tag)
        marked = tag.get("itemprop") in _PUBLISHED_PROPERTIES or "pubdate" in tag.attrib
        if marked or tag.tag == "time" or (words & _NAMED and tag.tag not in _BLOCKS):
            mark = 0 if marked or words & _PUBLISHED else 1
            text = _short_text(tag)
            said = (tag.get(it) for it in ("datetime", "content", "title"))
            written = next((day for it in said if it and (day := iso_8601(it))), None)
            self._add(tag, text or "", mark=mark, written=written)
        if tag.tag in _HEADINGS or (words >= {"title"} and words & _TITLED):
            heading = plain_words(_short_text(tag) or "")
            if heading and any(heading in it or it in heading for it in self._titles):
                self._headings[self._place] = len(heading)

    def _say(self, text: str | None, tag: Element | None) -> None:
        """Count a text, and take the day in it where the text is little else."""
        line = " ".join((text or "")[:_MOST_SAID].split())
        if not line or tag is None:
            return
        if len(line) <= _LONGEST_ALONE and _DIGIT.search(line) and not _is_in_prose(tag):
            self._add(tag, line, mark=2, written=None)
        self._place += len(line)
        self._label = line if len(line) <= _LONGEST_LABEL and tag.tag not in (*_HEADINGS, "a") else ""

    def _add(self, tag: Element, text: str, *, mark: int, written: str | None) -> None:
        if len(self._found) >= _MOST_DAYS or (tag.tag == "time" and _is_in_prose(tag)):
            return
        normal, end = unicodedata.normalize("NFKC", text), 0
        for place, day in enumerate(shown_days(normal)):
            before = normal[end : day.start].strip(" :|/,・-([（")
            label = before if before or place else self._label
            end = day.end
            if _LABEL_OTHER.search(label) or _LABEL_SPAN.match(normal, end):
                continue
            self._take(tag, day.day if written is None else written, mark, label)
            if written:
                return
        if written and not end and not _LABEL_OTHER.search(self._label):
            self._take(tag, written, mark, self._label)

    def _take(self, tag: Element, written: str, mark: int, label: str) -> None:
        says_change = _LABEL_CHANGED.search(label) is not None and _LABEL_PUBLISHED.search(label) is None
        changed = says_change or (mark > 0 and _is_change(tag))
        parent = tag.getparent()
        name = (
            tag.tag,
            tag.get("class") or "",
            tag.get("itemprop") or "",
            *((parent.tag, parent.get("class") or "") if parent is not None else ()),
        )
        self._found.append(_Day(written=written, mark=mark, changed=changed, name=name, place=self._place))


def _words_of(tag: Element) -> frozenset[str]:
    """Return the words of an element's class, id and property: `postDate entry-meta` has post, date, entry, meta."""
    names = " ".join(filter(None, map(tag.get, ("class", "id", "itemprop"))))
    return _words_in(names[:_LONGEST_NAMES]) if names else frozenset()


@lru_cache(maxsize=1_000)
def _words_in(names: str) -> frozenset[str]:
    return frozenset(it.lower() for it in _WORD.findall(names))


def _is_change(tag: Element) -> bool:
    """Whether an element, or one of the two around it, is named after changes of the page."""
    around = [tag, *islice(tag.iterancestors(), 2)]
    names = [_words_of(it) for it in around]
    return any(it & _CHANGED for it in names) and not names[0] & _PUBLISHED


def _is_unread(tag: Element) -> bool:
    """Whether an element is none of the page's own text, as navigation, comments and lists of other pages are."""
    if tag.tag in _UNREAD:
        return True
    if tag.tag in _AROUND:  # old pages stand in a table, those of ASP.NET in a form
        return next(tag.iter(*_HEADINGS), None) is None
    if tag.tag == "footer":
        return next(tag.iterancestors("article"), None) is None
    if is_hidden(tag) or tag.tag not in _PARTS:
        return is_hidden(tag)
    words = _words_of(tag)
    others = words & _OTHERS - ({"footer"} if words & _TITLED else frozenset())
    return bool(others) and not words & _LAYOUT and next(tag.iter("h1", "main"), None) is None


def _is_in_prose(tag: Element) -> bool:
    """Whether an element is part of a text too long for a line of dates."""
    around = next((it for it in (tag, *islice(tag.iterancestors(), 4)) if it.tag in _PROSE or it.tag in _BOXES), None)
    return around is not None and around.tag in _PROSE and _short_text(around) is None


def _short_text(tag: Element) -> str | None:
    """Return the text of an element in one line, or None where it is longer than a line of dates."""
    said = ""
    for text in islice(tag.itertext(), _MOST_TEXTS):
        said = f"{said}{text.strip()[:_MOST_SAID]} " if text.strip() else said
        if len(said) > _LONGEST_LINE + 1:
            return None
    return said.strip()
