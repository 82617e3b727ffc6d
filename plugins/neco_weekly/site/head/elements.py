"""The facts of a page's head as elements: Open Graph (https://ogp.me/), X's cards, theme colours, JSON-LD."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from ..social.social_card import HEIGHT, WIDTH
from .page_head import PageHead
from .structured import structured

_LOCALES = {"ja": "ja_JP", "en": "en_US"}

_DESCRIPTION = re.compile(r"""<meta\s[^<>]*?\bname\s*=\s*["']?description["'\s/>]""", re.IGNORECASE)

_CANONICAL = re.compile(r"""<link\s[^<>]*?\brel\s*=\s*["']?canonical["'\s/>]""", re.IGNORECASE)


def with_head(html: str, head: PageHead) -> str:
    """Return the HTML of a page with the elements behind its title; one without a title as it was.

    A description and an address that the theme's template names already are not named twice.
    """
    head_end = html.find("</head")
    named = html[: head_end if head_end >= 0 else len(html)]
    elements = "".join(_elements(head, described=bool(_DESCRIPTION.search(named))))
    if head.url and not _CANONICAL.search(named):
        elements += f'<link rel="canonical" href="{escape(head.url)}">'
    return html.replace("</title>", f"</title>{elements}", 1)


def with_head_of_errors(html: str, colours: tuple[str, str] | None) -> str:
    """Return the HTML of the page of errors with what it says of itself: that no list of results is to have it."""
    elements = "".join([*_coloured(colours), _meta("name", "robots", "noindex")])
    return html.replace("</title>", f"</title>{elements}", 1)


def _coloured(colours: tuple[str, str] | None) -> Iterator[str]:
    for scheme, colour in zip(("light", "dark"), colours or (), strict=False):
        yield f'<meta name="theme-color" media="(prefers-color-scheme: {scheme})" content="{colour}">'


def _elements(head: PageHead, *, described: bool) -> Iterator[str]:
    if head.description and not described:
        yield _meta("name", "description", head.description)
    yield from _coloured(head.colours)
    if head.is_shared:
        for attribute, name, content in _shared(head):
            if content:
                yield _meta(attribute, name, content)
    if data := structured(head):
        yield f'<script type="application/ld+json">{data}</script>'


def _shared(head: PageHead) -> Iterator[tuple[str, str, str]]:
    """Yield what services show where somebody shares the page: attribute, name and content of each element."""
    yield "property", "og:type", "article" if head.article else "website"
    yield "property", "og:site_name", head.site
    yield "property", "og:locale", _LOCALES.get(head.language.partition("-")[0], "")
    yield "property", "og:title", head.title
    yield "property", "og:description", head.description
    yield "property", "og:url", head.url
    if head.article and head.article.published:
        yield "property", "article:published_time", head.article.published.isoformat()
    if head.image:
        yield from _pictured(head)
    yield "name", "twitter:card", "summary_large_image" if head.image else "summary"
    yield "name", "twitter:title", head.title
    yield "name", "twitter:description", head.description


def _pictured(head: PageHead) -> Iterator[tuple[str, str, str]]:
    yield "property", "og:image", head.image
    yield "property", "og:image:type", "image/png"
    yield "property", "og:image:width", str(WIDTH)
    yield "property", "og:image:height", str(HEIGHT)
    yield "property", "og:image:alt", head.image_alt
    yield "name", "twitter:image", head.image
    yield "name", "twitter:image:alt", head.image_alt


def _meta(attribute: str, name: str, content: str) -> str:
    return f'<meta {attribute}="{name}" content="{escape(content)}">'
