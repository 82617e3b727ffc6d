"""What the theme's search looks through: an entry for each section of a page."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from .model import Section


def entries(url: str, title: str, sections: Iterable[Section]) -> list[dict[str, Any]]:
    """Entries of `search_index.json` as Material's worker reads them: `location`, `title` and `text`, both HTML.

    `url` is the page's address from the site's root, `title` stands for a first section that has none of its own.
    """
    return [
        {
            "location": f"{url}#{section.anchor}" if section.anchor else url,
            "title": escape(section.title or title, quote=False),
            "text": escape(section.text, quote=False),
        }
        for section in sections
    ]
