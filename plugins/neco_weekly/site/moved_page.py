"""The page at an old address of another one, which a browser leaves at once for the page where it is now.

The way is an element and no script (HTML, 4.2.5.3, `refresh`), so that it is right within every policy; programs that
list pages are told by `canonical` which one counts (RFC 6596).
"""

from __future__ import annotations

from html import escape

from ..display.words import Strings


def moved_page(title: str, address: str, canonical: str, words: Strings) -> str:
    """Return the HTML of the page: `address` is where the page is now, as seen from here, `title` what it is called."""
    to, name = escape(address), escape(title)
    return (
        f'<!doctype html>\n<html lang="{words.locale}">\n<head>\n<meta charset="utf-8">\n'
        f'<title>{name}</title>\n<link rel="canonical" href="{escape(canonical)}">\n'
        f'<meta http-equiv="refresh" content="0; url={to}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n</head>\n'
        f"<body>\n<main>\n<h1>{escape(words('moved.title'))}</h1>\n"
        f'<p>{escape(words("moved.text"))} <a href="{to}">{name}</a></p>\n</main>\n</body>\n</html>\n'
    )
