"""`robots.txt`: every program may read the whole site, and where the list of all pages is (RFC 9309)."""

from __future__ import annotations

from ..files import GeneratedPage

ROBOTS = "robots.txt"


def robots_text(sitemap: str) -> GeneratedPage:
    """Return the file; `sitemap` is the whole address of `sitemap.xml`."""
    return GeneratedPage(path=ROBOTS, content=f"User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n")
