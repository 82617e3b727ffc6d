"""The HTML of a web page -> what its elements say the page is about: Open Graph, Twitter, JSON-LD, plain HTML."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from ...model.cards import Event
from .accounts import Account, absolute, language
from .article_pictures import article_pictures
from .elements import Element, documents_own, first_paragraph, inner_text, parse_html
from .events import read_event
from .home_links import home_names
from .json_ld import read_json_ld
from .json_ld_subject import SubjectSigns
from .page_dates import published_days
from .page_signs import PageSigns, read_signs
from .titles import same_words, within_words

# For each field the names of `meta` elements that hold its value, best first.
_OG_IMAGES = ("og:image:secure_url", "og:image:url", "og:image")

_TWITTER_IMAGES = ("twitter:image", "twitter:image:src")

_PUBLISHED = ("article:published_time", "og:published_time", "og:article:published_time")

_PUBLISHED_ELSEWHERE = (
    "citation_date", "citation_publication_date", "citation_online_date",
    "dcterms.issued", "dcterms.created", "dc.date.issued", "dc.date", "parsely-pub-date", "publish_date",
    "publish-date", "publishdate", "pubdate", "published_at", "published_date", "publication_date", "publication-date",
    "bt:pubdate", "article.published", "sailthru.date", "dc.date.created", "dcterms.date", "datecreated",
    "article_date_original", "cxenseparse:recs:publishtime", "date",
)  # fmt: skip

_OF_ITEMS = ("datepublished", "uploaddate")

_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified", "lastmod")

_TITLES = ("title", "citation_title", "dc.title", "dc:title", "dcterms.title", "dcterms:title", "parsely-title")

# How many elements of a kind are looked at: beyond that a page says nothing more about itself.
_FEW, _MANY = 20, 3_000

_LONGEST_CONTENT = 10_000

_REFRESH = re.compile(r"\s*(\d{1,4})(?:\.\d*)?\s*[;,]\s*(?:url\s*=)?\s*[\"']?([^\"']+)", re.IGNORECASE)

_SIZE = re.compile(r"(\d{1,5})x\d{1,5}", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """A `link` element of a page: its relation, the address that the link leads to, and the kind of file there."""

    relation: str
    address: str
    kind: str = ""
    sizes: str = ""
    media: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page's elements say. `metas` are contents by lower-case name; all addresses are as written.

    But those of `pictures`, large ones in the page's text, are absolute. `base` is where relative addresses start;
    `refresh` is where the page sends its visitors within seconds.
    """

    base: str
    lang: str | None
    titles: Sequence[str]
    headings: Sequence[str]
    sections: Sequence[str]
    home_names: Sequence[str]
    metas: Mapping[str, Sequence[str]]
    links: Sequence[PageLink]
    linked_data: Account
    paragraph: str | None
    times: Sequence[str]
    refresh: str | None
    signs: PageSigns
    event: Event | None = None
    pictures: Sequence[str] = ()
    problems: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str, *, url: str) -> Page:
        """Return what the elements of a page say that came from `url`; any text can be read as a page."""
        root = parse_html(text)
        metas = _metas(root)
        base = next((it for tag in root.iter("base") if (it := absolute(url, tag.get("href") or ""))), url)
        scripts = [inner_text(tag) for tag in root.iter("script") if "ld+json" in (tag.get("type") or "").lower()]
        titles = [inner_text(tag) for tag in islice(documents_own(root, "title"), _FEW)]
        headings = [inner_text(tag) for tag in islice(documents_own(root, "h1"), 3)]
        links = list(islice(_links(root), _MANY))
        signs = SubjectSigns(
            addresses=[url, *(it.address for it in links if it.relation == "canonical"), *metas.get("og:url", ())],
            titles=[*metas.get("og:title", ()), *metas.get("twitter:title", ()), *titles, *headings],
        )
        linked_data, problems = read_json_ld(scripts, base=base, signs=signs)
        page = cls(
            base=base,
            lang=_language(root, metas),
            titles=titles,
            headings=headings,
            sections=[inner_text(tag) for tag in islice(documents_own(root, "h2"), 3)],
            home_names=home_names(root, url)[:_FEW],
            metas=metas,
            links=links,
            linked_data=linked_data,
            paragraph=first_paragraph(root),
            times=(),
            refresh=_refresh(root, base),
            signs=read_signs(root),
            event=read_event(root, scripts, text),
            pictures=article_pictures(root, base),
            problems=problems,
        )
        known = [*titles, *page.texts("og:title", "twitter:title"), *linked_data.titles]
        return replace(page, times=published_days(root, url=url, titles=known, article=page.is_article))

    @property
    def is_article(self) -> bool:
        """Whether the page says that it is a text by someone, as no placeholder page does."""
        kinds = self.texts("og:type")
        published = self.texts(*_PUBLISHED) or self.linked_data.published
        return bool(published) or any(it.strip().lower() == "article" for it in kinds)

    @property
    def canonical(self) -> str | None:
        """The address that the page calls its own, or None."""
        written = [it.address for it in self.links if it.relation == "canonical"]
        return next((it for address in (*written, *self.texts("og:url")) if (it := absolute(self.base, address))), None)

    @property
    def oembed(self) -> str | None:
        """The address of the oEmbed response about the page that the page itself names, or None.

        The rule is that of oEmbed discovery (https://oembed.com/, 4).
        """
        kinds = ("application/json+oembed", "text/json+oembed")
        written = (it.address for it in self.links if it.relation == "alternate" and it.kind in kinds)
        return next((it for address in written if (it := absolute(self.base, address))), None)

    def texts(self, *names: str) -> list[str]:
        """Return the contents of the page's `meta` elements with these names."""
        return [text for name in names for text in self.metas.get(name, ())]

    def accounts(self) -> Iterator[Account]:
        """Yield the accounts by the page's places that are meant for cards, the most trusted first."""
        yield Account(
            origin="og",
            titles=self.texts("og:title"),
            descriptions=self.texts("og:description"),
            sites=self.texts("og:site_name"),
            images=self._addresses(self.texts(*_OG_IMAGES)),
            published=self.texts(*_PUBLISHED),
        )
        yield Account(
            origin="twitter",
            titles=self.texts("twitter:title"),
            descriptions=self.texts("twitter:description"),
            images=self._addresses(self.texts(*_TWITTER_IMAGES)),
        )
        yield self.linked_data

    def html_account(self) -> Account:
        """Return the account by the page's plain HTML, which is trusted less than the places meant for cards."""
        sources = [it.address for it in self.links if it.relation == "image_src"]
        return Account(
            origin="html",
            titles=[*self.titles, *self.texts(*_TITLES), *self._telling_headings()],
            descriptions=[*self.texts("description"), *([self.paragraph] if self.paragraph else [])],
            sites=self.texts("application-name", "apple-mobile-web-app-title"),
            images=self._addresses([*sources, *self.texts("image", "thumbnail")]),
            names=self.home_names,
            headings=[*self.headings, *self.sections],
            icons=self._addresses(
                [it.address for it in sorted(self.links, key=_icon_rank) if _icon_rank(it) < _NO_ICON]
            ),
            published=[*self._only(*_OF_ITEMS), *self.texts(*_PUBLISHED_ELSEWHERE), *self.times],
            modified=self.texts(*_MODIFIED) if self.is_article else (),
        )

    def _only(self, *names: str) -> list[str]:
        """Return what the page's properties say where they agree; a list has one for each of its items."""
        said = self.texts(*names)
        return said if len(set(said)) == 1 else []

    def article_account(self) -> Account:
        """Return the account by pictures of the page's text, for a page that names no picture of its own."""
        return Account(origin="article", images=self.pictures)

    def _telling_headings(self) -> list[str]:
        """Return the headings that are a title of the page: the only one, those in `title`, all where that is absent.

        Several are those of a list's entries, or of a text's sections.
        """
        own = [it for it in self.headings if not any(same_words(it, name) for name in self.home_names)]
        if len(own) == 1 or not self.titles:
            return [*own, *self.headings]
        return [it for it in self.headings if any(within_words(it, title) for title in self.titles)]

    def _addresses(self, written: Sequence[str]) -> list[str]:
        return [it for address in written if (it := absolute(self.base, address))]


def _metas(root: Element) -> Mapping[str, Sequence[str]]:
    """Return the contents of a page's `meta` elements by name, from wherever in the document.

    An image in the head ends the head for the parser, and moves what follows.
    """
    metas: dict[str, list[str]] = defaultdict(list)
    for tag in root.iter("meta"):
        said = (tag.get("content") or tag.get("value") or "")[:_LONGEST_CONTENT]
        written = {(tag.get(it) or "").strip().lower() for it in ("property", "name", "itemprop", "http-equiv")}
        for name in {name for it in written for name in _names(it)}:
            if name and len(metas[name]) < _FEW:
                metas[name].append(said)
    return dict(metas)


def _names(written: str) -> list[str]:
    """Return the names in a `meta` element's attribute: RDFa has several in one, `og:title twitter:title`."""
    names = written.split()[:_FEW]
    return names if all(":" in it for it in names) else [written]


def _links(root: Element) -> Iterator[PageLink]:
    for tag in root.iter("link"):
        for relation in (tag.get("rel") or "").lower().split()[:_FEW]:
            yield PageLink(
                relation=relation,
                address=(tag.get("href") or "").strip(),
                kind=(tag.get("type") or "").partition(";")[0].strip().lower(),
                sizes=tag.get("sizes") or "",
                media=tag.get("media") or "",
            )


def _language(root: Element, metas: Mapping[str, Sequence[str]]) -> str | None:
    elsewhere = (*metas.get("content-language", ()), *metas.get("og:locale", ()))
    html = next(root.iter("html"), root)
    xml = "{http://www.w3.org/XML/1998/namespace}lang"
    written = (html.get("lang"), html.get("xml:lang"), html.get(xml), *elsewhere)
    return next((tag for it in written if it and (tag := language(it))), None)


def _refresh(root: Element, base: str) -> str | None:
    """Return the address to which a page sends everybody within seconds, or None.

    A page with a title may send only those without scripts; a page without any means us as well.
    """
    everybody = documents_own(root, "meta")
    for tag in everybody if root.find(".//title") is not None else root.iter("meta"):
        match = _REFRESH.match(tag.get("content") or "") if (tag.get("http-equiv") or "").lower() == "refresh" else None
        if match and int(match[1]) <= 5:
            return absolute(base, match[2])
    return None


_NO_ICON = (9, 0)


def _icon_rank(link: PageLink) -> tuple[int, int]:
    """Return the rank of an icon, smaller is better: 32 to 192 pixels, unknown, larger, smaller, touch icon, SVG."""
    if link.relation.startswith("apple-touch-icon"):
        return 6, -_size(link)
    if link.relation != "icon":
        return _NO_ICON
    if link.kind == "image/svg+xml" or link.address.partition("?")[0].lower().endswith(".svg"):
        return 7, 0
    size = _size(link)
    dark = 4 if "dark" in link.media else 0
    if not size:
        return 1 + dark, 0
    return (dark, -size) if 32 <= size <= 192 else (2 + dark, size) if size > 192 else (3 + dark, -size)


def _size(link: PageLink) -> int:
    """Return the largest of an icon's sizes up to 192 pixels, else the smallest; 0 where the page names no size."""
    sizes = [int(it) for it in _SIZE.findall(link.sizes)]
    return max((it for it in sizes if it <= 192), default=min(sizes, default=0))
