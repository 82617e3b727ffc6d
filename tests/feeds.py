"""Feeds of releases as GitHub writes them: ten entries at most, the newest first."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import quote

HOST = "https://github.com"


def entry(tag: str, moment: str, *, repository: str = "example/tool", title: str | None = None) -> str:
    """An entry of a release; the moment is in ISO 8601."""
    link = f"{HOST}/{repository}/releases/tag/{quote(tag, safe='')}"
    return (
        f"<entry><id>tag:github.com,2008:Repository/17/{escape(tag)}</id><updated>{moment}</updated>"
        f'<link rel="alternate" type="text/html" href="{link}"/><title>{escape(title or tag)}</title>'
        '<content type="html">&lt;p&gt;What is new&lt;/p&gt;</content><author><name>someone</name></author></entry>'
    )


def feed(*entries: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>\n') -> bytes:
    """A feed of entries."""
    title = "<id>tag:github.com,2008:x/releases</id><title>Release notes</title><updated>2022-09-01T00:00:00Z</updated>"
    return f'{head}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-US">{title}{"".join(entries)}</feed>'.encode()


def feed_of(days: Mapping[str, str], *, repository: str = "example/tool") -> bytes:
    """A feed of tags, the newest first, each with the day on which it came out at nine in Tokyo."""
    newest = sorted(days, key=lambda tag: days[tag], reverse=True)[:10]
    return feed(*(entry(tag, f"{days[tag]}T00:00:00Z", repository=repository) for tag in newest))
