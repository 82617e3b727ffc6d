"""Web addresses in a text: where they end, which may be linked, and the form under which the lock knows an address."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote, urldefrag, urlsplit

URL = r"(?i:https?)://[^\s<>\"\x00-\x1f\x7f-\x9f、。」』）】＞]+"
"""A pattern for a URL in a text, with the punctuation that may end its sentence; control characters end a URL."""

URL_IN_TEXT = rf"\\?({URL})"
"""A pattern for a URL in a sentence and the backslash that may stand before it; its only group is the URL."""


_NOT_IN_URL = re.compile(r"[\s<>\"\x00-\x1f\x7f-\x9f]")


def is_web_url(url: str) -> bool:
    """Whether a URL is http(s) with a host and nothing that could break out of an attribute or a request."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port  # raises ValueError for one that is no number
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(host) and not _NOT_IN_URL.search(url)


def is_site_link(link: str) -> bool:
    """Whether a link leads to a page or file of the same site by a relative path."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc and bool(parts.path) and not parts.path.startswith(("/", "\\"))


def site_path(page: str, link: str) -> str:
    """Return the path below the site's folder to which a relative link on a page leads, `issues/2022/a.png`."""
    path = unquote(urlsplit(link).path)
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path))


def picture_path(page: str, address: str) -> str | None:
    """Return the path below the site's folder that a picture's address on a page means; None for another host's.

    `/images/a.png` begins at the site's folder, wherever the page is. A relative path may lead out of that folder.
    """
    if is_site_link(address):
        return site_path(page, address)
    rooted = address.startswith("/") and not address.startswith(("//", "/\\"))
    return site_path("", address.lstrip("/")) if rooted and is_site_link(address.lstrip("/")) else None


def is_rooted(address: str) -> bool:
    """Whether an address is a path of this host from its root: `/images/a.png`."""
    return address.startswith("/") and picture_path("", address) is not None


def web_address(address: str) -> str | None:
    """Return the http(s) URL that a picture is loaded from, without a fragment; None for a picture of the site.

    `//host/a.png` has the scheme of the page, which readers get by https.
    """
    url = f"https:{address}" if address.startswith("//") else address
    return urldefrag(url).url if is_web_url(url) else None


def trim_url(url: str) -> str:
    """Return a URL found in a sentence without the punctuation that ends the sentence.

    The rule is that of GitHub's autolinks (GitHub Flavored Markdown, 6.9,
    https://github.github.com/gfm/#autolinks-extension-).
    """
    surplus = {")": url.count(")") - url.count("("), "]": url.count("]") - url.count("[")}
    end = len(url)
    while surplus.get(url[end - 1], 0) > 0 or url[end - 1] in ".,:;!?'*_~":
        end -= 1
        if url[end] in surplus:
            surplus[url[end]] -= 1
    return url[:end]


def normal_url(url: str) -> str:
    """Return the form under which the lock knows a URL: scheme and host in lower case, a path, no default port.

    Raises:
        ValueError: the URL cannot be parsed, or its port is no number.
    """
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    host = (parts.hostname or "").lower()
    default_port = {"http": 80, "https": 443}.get(scheme)
    port = f":{parts.port}" if parts.port not in (None, default_port) else ""
    if ":" in host:
        host = f"[{host}]"
    return parts._replace(scheme=scheme, netloc=host + port, path=parts.path or "/").geturl()


def host_of(url: str) -> str:
    """Return the host of a URL as a reader sees the host: without `www.`."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
