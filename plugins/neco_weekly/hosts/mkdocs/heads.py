"""What the pages of a build say of themselves in their heads, and `robots.txt`."""

from __future__ import annotations

import datetime as dt
import posixpath
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import islice
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from ...model.issues import Issue
from ...model.text import one_line
from ...site.head.descriptions import Descriptions, cut, first_words
from ...site.head.elements import with_head, with_head_of_errors
from ...site.head.page_head import Article, Crumb, PageHead
from ...site.head.paper import with_paper_head
from ...site.head.robots import ROBOTS, robots_text
from .build import Build
from .search import is_on
from .setup import Setup
from .social_cards import SITE_CARD, card_path

HEADER_COLOURS = ("#20242c", "#20242c")
"""The colours of the header in our palette, light and dark: `--md-primary-fg-color` of `base.css`."""

_MOST_TOPICS = 12
"""The number of things that an issue is told to be about."""


class Heads:
    """The heads of the pages of one build; `corrected` is the day of the last correction of each issue, by path.

    `home` is the whole address of the site's root, empty where the site has none.
    """

    def __init__(self, setup: Setup, build: Build, config: MkDocsConfig, corrected: Mapping[str, dt.date]) -> None:
        self._build, self._config, self._corrected = build, config, corrected
        self._issues: Mapping[str, Issue] = {it.path: it for it in build.index.issues}
        self._drafts = frozenset(it.path for it in build.drafts)
        self._descriptions = Descriptions(build.site, config.site_description or "")
        self.home = f"{(config.site_url or '').rstrip('/')}/" if config.site_url else ""
        self._language = str(config.theme.get("language") or setup.settings.locale)
        self._is_shared = not is_on(config, "material/social")
        self._colours = HEADER_COLOURS if _has_our_palette(config) else None

    def describe(self, page: Page) -> None:
        """Give a page a description for the theme's template, unless its writer has given it one."""
        if not page.meta.get("description") and page.file.src_uri not in self._drafts:
            page.meta["description"] = self._description(page)

    def drawn(self, html: str, page: Page) -> str:
        """Return the HTML of a page with its head; that of a draft, which only its writers see, as it was."""
        if page.file.src_uri in self._drafts:
            return html
        head = self._head(page)
        return with_paper_head(with_head(html, head), head, self._day(head))

    def _day(self, head: PageHead) -> str:
        """Return the day of an issue in words, and of other pages the day of which what they tell is."""
        if head.article:
            return str(head.article.published or "")
        as_of = self._build.site.lock.as_of
        return self._build.site.words("timeline.as_of", date=as_of) if as_of else ""

    def drawn_for_errors(self, html: str) -> str:
        """Return the HTML of the page of errors (404.html), which no list is to have."""
        return with_head_of_errors(html, self._colours)

    def _head(self, page: Page) -> PageHead:
        issue, crumbs = self._issues.get(page.file.src_uri), tuple(self._crumbs(page))
        return PageHead(
            site=self._config.site_name,
            home=self.home,
            language=self._language,
            title=self._title(page),
            description=str(page.meta.get("description") or ""),
            url=self._url(page),
            image=self._image(page.file.src_uri) if self._is_shared else "",
            image_alt=self._title(page) if issue else self._config.site_name,
            crumbs=crumbs,
            article=self._article(issue) if issue else None,
            is_home=page.is_homepage,
            is_shared=self._is_shared,
            colours=self._colours,
        )

    def _description(self, page: Page) -> str:
        path = page.file.src_uri
        if issue := self._issues.get(path):
            return self._descriptions.of_issue(issue) or cut(self._title(page))
        generated = self._descriptions.of_generated(self._build.files.stands_for(path))
        is_ours = page.is_homepage or self._build.files.is_ours(page.file)
        own = first_words(page.content or "")
        return (generated or own) if is_ours else (own or generated)

    def _title(self, page: Page) -> str:
        issue = self._issues.get(page.file.src_uri)
        if issue:
            return one_line(self._build.site.headlines.of(issue).title)
        return self._config.site_name if page.is_homepage else one_line(unescape(str(page.title or "")))

    def _article(self, issue: Issue) -> Article:
        about = (label for _, label in self._build.site.topics.categories(issue))
        modified = self._corrected.get(issue.path)
        return Article(
            published=issue.date, modified=modified, authors=issue.authors, about=tuple(islice(about, _MOST_TOPICS))
        )

    # --- addresses ------------------------------------------------------------------------------------------------

    def _url(self, page: Page) -> str:
        """Return the whole address of a page; of one that only leads elsewhere, that of there."""
        return (page.canonical_url or urljoin(self.home, page.url)) if self.home else ""

    def _image(self, path: str) -> str:
        wanted = card_path(path) if path in self._issues else SITE_CARD
        file = self._build.files.find(wanted) if self.home else None
        return urljoin(self.home, file.url) if file else ""

    def _crumbs(self, page: Page) -> Iterator[Crumb]:
        """Yield the pages above a page, each the index of a folder, and the page itself."""
        if not self.home:
            return
        folders = [""]
        for part in posixpath.dirname(page.file.src_uri).split("/"):
            folders.append(posixpath.join(folders[-1], part))
        for folder in dict.fromkeys(folders):
            above = self._build.files.page(posixpath.join(folder, "index.md"))
            if above is not None and above is not page:
                yield Crumb(title=self._title(above), url=self._url(above))
        yield Crumb(title=self._title(page), url=self._url(page))


def heads_of(setup: Setup, build: Build, config: MkDocsConfig, corrected: Mapping[str, dt.date]) -> Heads | None:
    """Return the heads of a build, and add `robots.txt` unless a writer has one; None without our design."""
    if not setup.settings.design:
        return None
    heads = Heads(setup, build, config, corrected)
    if heads.home:
        sitemap = urljoin(heads.home, build.files.url("sitemap.xml"))
        build.files.put(ROBOTS, robots_text(sitemap).content)
    return heads


def _has_our_palette(config: MkDocsConfig) -> bool:
    palette = config.theme.get("palette")
    schemes = palette if isinstance(palette, list) else [palette]
    return all(isinstance(it, dict) and it.get("primary") == "custom" for it in schemes)
