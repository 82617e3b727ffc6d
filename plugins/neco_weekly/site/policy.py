"""The Content-Security-Policy of a page, as an element of it: what a reader's browser may load and run.

It is as narrow as the page allows (Content Security Policy Level 3, W3C): what the site has itself, the theme's own
scripts by their hashes, and the hosts of pictures, films and frames that the page names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .page_sources import Sources

_HEAD = re.compile(r"\s*+<!doctype[^<>]*+>(?:\s*+<html(?:\s[^<>]*+)?>)?(?:\s*+<head(?:\s[^<>]*+)?>)?", re.IGNORECASE)

_CHARSET = re.compile(r"\s*+<meta\s++charset\s*+=[^<>]*+>", re.IGNORECASE)

_POLICY = re.compile(r"""<meta\s[^<>]*?http-equiv\s*+=\s*+["']?content-security-policy["'\s/>]""", re.IGNORECASE)


def policy(sources: Sources) -> str:
    """Return the policy for a page with these sources.

    Style attributes are allowed one by one, by their hashes, and all of them only where a script draws diagrams or
    formulas: mermaid brings a style sheet of its own with every drawing. Pictures inside of style sheets (`data:`) are
    allowed everywhere, because the theme's icons are some.
    """
    return "; ".join(_directives(sources))


def _directives(sources: Sources) -> Iterator[str]:
    yield "default-src 'self'"
    yield "base-uri 'none'"
    yield "form-action 'self'"
    yield "object-src 'none'"
    yield _directive("script-src", sources.scripts, sources.hosts.get("script"))
    if sources.is_drawn:
        yield _directive("style-src", ("'unsafe-inline'",), sources.hosts.get("style"))
        yield "style-src-attr 'unsafe-inline'"
    else:
        yield _directive("style-src", sources.styles, sources.hosts.get("style"))
        if sources.style_attributes:
            yield " ".join(("style-src-attr 'unsafe-hashes'", *sorted(sources.style_attributes)))
    yield _directive("img-src", ("data:",), sources.hosts.get("img"))
    for kind in ("font", "media", "frame", "connect", "manifest"):
        if hosts := sources.hosts.get(kind):
            yield _directive(f"{kind}-src", (), hosts)


def _directive(name: str, first: Iterable[str], hosts: Iterable[str] | None) -> str:
    return " ".join((name, "'self'", *sorted(first), *sorted(hosts or ())))


def with_policy(html: str, text: str) -> str:
    """Return a page that carries a policy: as early as may be, for only what comes later obeys.

    Only the page's encoding stands before it, which browsers look for in the first 1024 bytes (HTML, 4.2.5.4). What
    does not begin as a page does is part of one, and stays as it is; so does a page that has a policy, by its owner's
    own template or by the build before.
    """
    head = _HEAD.match(html)
    if head is None or _POLICY.search(html, 0, html.find("</head")):
        return html
    charset = _CHARSET.match(html, head.end())
    place = charset.end() if charset else head.end()
    return f'{html[:place]}<meta http-equiv="Content-Security-Policy" content="{text}">{html[place:]}'
