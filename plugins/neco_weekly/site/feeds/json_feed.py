"""A feed -> JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from ...model.days import beginning_of
from ...model.text import one_line
from ..files import GeneratedPage
from .feed_values import Entry, Feed
from .plain_html import in_xml

JSON_FEED = "application/feed+json"
"""The media type of JSON Feed."""

SCHEMA = "api/feed.schema.json"
"""The path of the JSON Schema of the feed, from the site's root."""

_VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(feed: Feed) -> str:
    """Return the text of a feed. A JSON Feed has no identifier of its own but its address."""
    document = {
        "version": _VERSION,
        "title": one_line(feed.title),
        "home_page_url": feed.page,
        "feed_url": feed.url,
        **({"description": one_line(feed.subtitle)} if feed.subtitle else {}),
        "language": feed.language,
        "authors": [{"name": one_line(feed.author), "url": feed.page}],
        "items": [_item(it, feed.language) for it in feed.entries],
    }
    return f"{json.dumps(document, ensure_ascii=False, indent=1)}\n"


def feed_schema() -> GeneratedPage:
    """Return the JSON Schema of the feed."""
    text = files("neco_weekly.site").joinpath("schemas/feed.schema.json").read_text(encoding="utf-8")
    return GeneratedPage(path=SCHEMA, content=text)


def _item(entry: Entry, language: str) -> dict[str, Any]:
    return {
        "id": entry.id,
        "url": entry.url,
        "title": one_line(entry.title),
        "content_html": in_xml(entry.html),
        **({"summary": one_line(entry.summary)} if entry.summary else {}),
        "date_published": beginning_of(entry.date).isoformat(),
        "date_modified": beginning_of(entry.last).isoformat(),
        "tags": [one_line(it.label) for it in entry.categories],
        "language": language,
    }
