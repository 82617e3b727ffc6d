"""The facts of a page's head as JSON-LD, as Google's documentation of Article and Breadcrumb asks for them.

https://schema.org/BlogPosting, https://schema.org/BreadcrumbList, https://schema.org/WebSite
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .page_head import Article, PageHead

LONGEST_HEADLINE = 110
"""The number of characters of a headline that Google shows."""


def structured(head: PageHead) -> str:
    """Return the facts as a text that may stand in a `script`; empty for a page of which there is nothing to say.

    A site without an address has none: each fact is of a page that has one.
    """
    graph = list(_graph(head)) if head.url else []
    if not graph:
        return ""
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_ESCAPED)


_ESCAPED = {ord(it): f"\\u{ord(it):04x}" for it in "<>&\u2028\u2029"}
"""Signs that could end the element or begin a comment in it (HTML, 4.12.1.3), as JSON may write them."""


def _graph(head: PageHead) -> Iterator[dict[str, Any]]:
    if head.article:
        yield _said(_posting(head, head.article))
    if head.is_home:
        described = {"description": head.description, "inLanguage": head.language}
        yield _said({"@type": "WebSite", "name": head.site, "url": head.url, **described})
    elif len(head.crumbs) > 1:
        yield {"@type": "BreadcrumbList", "itemListElement": list(_places(head))}


def _posting(head: PageHead, article: Article) -> dict[str, Any]:
    days = [it for it in (article.published, article.modified) if it]
    site = {"@type": "Organization", "name": head.site, "url": head.home}
    return {
        "@type": "BlogPosting",
        "headline": head.title[:LONGEST_HEADLINE],
        "description": head.description,
        "inLanguage": head.language,
        "url": head.url,
        "mainEntityOfPage": head.url,
        "image": head.image,
        "datePublished": article.published.isoformat() if article.published else "",
        "dateModified": max(days).isoformat() if days else "",
        "author": [{"@type": "Person", "name": it} for it in article.authors] or site,
        "publisher": site,
        "isPartOf": {"@type": "Blog", "name": head.site, "url": head.home},
        "keywords": list(article.about),
    }


def _places(head: PageHead) -> Iterator[dict[str, Any]]:
    for place, crumb in enumerate(head.crumbs, 1):
        yield {"@type": "ListItem", "position": place, "name": crumb.title, "item": crumb.url}


def _said(facts: dict[str, Any]) -> dict[str, Any]:
    """Return the facts without those of which nothing is known."""
    return {name: value for name, value in facts.items() if value}
