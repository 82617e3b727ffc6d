"""What a page says of itself on paper, where neither header nor address bar is: site, day, address."""

from __future__ import annotations

import re
from html import escape

from .page_head import PageHead

_ARTICLE = re.compile(r"<article\b[^<>]*>")


def with_paper_head(html: str, head: PageHead, day: str) -> str:
    """Return the HTML of a page with a line above its text that only paper shows; one without an article as it was.

    `day` says in words when the page was written, or of which day what it tells is. The line is no part of the text:
    neither for search nor for those who listen.
    """
    facts = "".join(f"<span>{escape(it)}</span> " for it in (head.site, day, head.url) if it)
    line = f'<div class="neco-paper" aria-hidden="true" data-search-exclude="1">{facts.rstrip()}</div>'
    return _ARTICLE.sub(lambda article: article[0] + line, html, count=1)
