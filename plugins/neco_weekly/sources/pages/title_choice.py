"""Which of a page's titles is shown: the first that says something of the page, not only of its site."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from ...model.extraction import Found
from .nothing import is_empty
from .titles import is_parted, names_host, parts_of, plain_words, same_words, within_words

# What programs and templates write where nobody gave a title, as `plain_words` writes that.
_GENERIC = frozenset(
    ("article", "blog", "default", "document", "home", "home page", "homepage", "index", "index page", "main page",
     "new page", "news", "no title", "page", "page title", "post", "title", "top", "top page", "untitled",
     "untitled document", "untitled page", "welcome", "お知らせ", "タイトル", "タイトルなし", "タイトル未設定",
     "トップ", "トップページ", "ニュース", "ブログ", "ホーム", "ホームページ", "新規ページ", "無題",
     "無題のドキュメント", "記事")
)  # fmt: skip

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)

# Paths of the first page of a site, in one language of several.
_FRONT = re.compile(r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|default|home)(?:\.\w{2,5})?)?", re.IGNORECASE)

_EXTENSION = re.compile(r"\.\w{2,5}\Z")

# Names of sites are short: a longer text in the place of a site's name is the title of an article.
_LONGEST_NAME = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleChoice:
    """What titles of a page are compared with: its address, its host, and its site's names as the page gives them.

    `claimed` are names that stand where pages put the title of an article, too (`og:site_name`).
    """

    url: str
    host: str
    names: Sequence[str]
    claimed: Sequence[str]

    def best(self, titles: Sequence[Found]) -> Found | None:
        """Return the first title that says something of the page; where none does, the first that is no address."""
        named = [it for it in titles if not self._is_address(it.value) and not is_empty(it.value)]
        told = (it for it in named if not self._is_generic(it.value, titles))
        return next(told, next(iter(named or titles), None))

    def _is_address(self, title: str) -> bool:
        host, _, path = title.lower().partition("/")
        return bool(_ADDRESS.fullmatch(title)) or (path != "" and host.removeprefix("www.") == self.host)

    def _is_generic(self, title: str, titles: Sequence[Found]) -> bool:
        """Whether a title would stand as well on each page of the site."""
        path = urlsplit(self.url).path
        words, last = plain_words(title), unquote(path.rstrip("/").rpartition("/")[2])
        if words == plain_words(_EXTENSION.sub("", last).replace("_", " ")):  # `Blog` at /blog/
            return False
        if is_generic(title):
            return True
        return not _FRONT.fullmatch(path) and self._is_name(title, titles)

    def _is_name(self, title: str, titles: Sequence[Found]) -> bool:
        if names_host(title, self.host) or any(same_words(title, it) for it in self.names):
            return True
        if len(title) > _LONGEST_NAME or not any(same_words(title, it) for it in self.claimed):
            return False
        others = [it.value for it in titles if not same_words(it.value, title)]
        if any(same_words(parts_of(it)[-1], title) for it in others):
            return True
        # The title of an article in the place of a site's name stands elsewhere, too; a heading in `title` is one.
        agreed = any(one != other and within_words(one, other) for one in others for other in others)
        return agreed and not any(within_words(title, it) for it in others)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSigns:
    """What a site's name is compared with: the page's host, the texts of links home, headings, and titles."""

    host: str
    linked: Sequence[str]
    headings: Sequence[str]
    titles: Sequence[str]

    def is_title(self, name: str) -> bool:
        """Whether what stands as the site's name is the page's title: a heading of the page, before the real name.

        Themes write the page's title into `og:site_name`, so that `Pods :: Cat Room` would lose what it is about.
        """
        if names_host(name, self.host) or any(same_words(name, it) for it in self.linked):
            return False
        of_site = [*self.linked, *self.host.split(".")[:-1]]
        behind = [rest for it in self.titles if it.startswith(name) and is_parted(rest := it[len(name) :])]
        named = any(within_words(it, rest) for rest in behind for it in of_site)
        return named and any(same_words(name, it) for it in self.headings)


def is_generic(title: str) -> bool:
    """Whether a title is one that pages of any site have: `Home`, `ブログ`."""
    return plain_words(title) in _GENERIC
