"""Web addresses in a text: where they end, which may be linked, and the form under which the lock knows an address."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from contextlib import suppress
from functools import lru_cache
from urllib.parse import unquote, urldefrag, urlsplit

_NEVER = r"\s<>\"\x00-\x1f\x7f-\x9f"
_MARKS = "、。，；：！？…「」『』（）【】《》〈〉〔〕［］｛｝＜＞"

URL = rf"(?i:https?)://[^{_NEVER}、。」』）】＞]+"
"""A pattern for a URL that brackets or quotes around it delimit; control characters end a URL."""

URL_ALONE = rf"(?i:https?)://[^{_NEVER}{_MARKS}]+"
"""A pattern for a URL that is alone on its line, where `・` is one of its characters, as in names at Wikipedia."""

URL_IN_TEXT = rf"\\?((?i:https?)://[^{_NEVER}{_MARKS}・]+)"
"""A pattern for a URL in a sentence and the backslash that may stand before it; its only group is the URL.

Japanese punctuation ends a URL: no writer puts a space before it. What ASCII does at the end, `trim_url` knows.
"""

PICTURE_NAMES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")
"""The ends of names of files that are pictures; no other file beside the docs folder gets into the site."""

_BRACKET = re.compile(r"[()\[\]]")

_CLOSED_BY = {"(": ")", "[": "]"}

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


def own_route(address: str, site_url: str) -> str | None:
    """Return where an address leads in the site at `site_url`; None for an address of another site, or of none.

    A relative address stays as it is. One that begins at the root of the host, or names the host, becomes one from the
    site's root, behind a `/`, without the end that a page's file may have there: `/issues/2022/08/2022-08-26#x`.
    `http` and `https` are one site.
    """
    try:
        site = urlsplit(site_url)
        if "://" in address and not (site.hostname and site.hostname in address.lower()):
            return None  # as of nearly all addresses that name a host
        parts = urlsplit(address)
        host = _authority(address)
        is_own = host is not None and host == _authority(site_url) if parts.netloc else not parts.scheme
    except ValueError:
        return None
    if not address or not is_own or address.startswith("\\"):
        return None
    if not parts.netloc and not parts.path.startswith("/"):
        return address
    base = f"{site.path.rstrip('/')}/"
    path = f"{parts.path}/" if f"{parts.path}/" == base else parts.path or "/"
    if not path.startswith(base):
        return None if parts.netloc else address
    below = path[len(base) :]
    if parts.netloc:
        below = _FILE_OF_PAGE.sub("", below)
    return parts._replace(scheme="", netloc="", path=f"/{below.lstrip('/')}").geturl()


_FILE_OF_PAGE = re.compile(r"(?:(?:^|(?<=/))index)?\.html$")


def _authority(url: str) -> tuple[str, int | None] | None:
    """Return what tells one site of the web from another; None where a URL is not of the web.

    Raises:
        ValueError: the URL cannot be parsed, or its port is no number.
    """
    parts = urlsplit(url)
    scheme = parts.scheme.lower() or "https"
    if scheme not in ("http", "https") or not parts.hostname:
        return None
    default_port = {"http": 80, "https": 443}[scheme]
    return parts.hostname, None if parts.port in (None, default_port) else parts.port


def web_address(address: str) -> str | None:
    """Return the http(s) URL that a picture is loaded from, without a fragment; None for a picture of the site.

    `//host/a.png` has the scheme of the page, which readers get by https.
    """
    url = f"https:{address}" if address.startswith("//") else address
    return urldefrag(url).url if is_web_url(url) else None


def trim_url(url: str) -> str:
    """Return a URL found in a sentence without the punctuation that ends the sentence, and without what follows it.

    A closing bracket that nothing opens in the URL ends it. Otherwise the rule is that of GitHub's autolinks (GitHub
    Flavored Markdown, 6.9, https://github.github.com/gfm/#autolinks-extension-).
    """
    return url[: _closed_from_outside(url)].rstrip(".,:;!?'*_~")


def _closed_from_outside(url: str) -> int:
    """Return the place of the first closing bracket that nothing opens in a URL; its length without such a bracket."""
    opened = {")": 0, "]": 0}
    for bracket in _BRACKET.finditer(url):
        closing = _CLOSED_BY.get(bracket[0], bracket[0])
        opened[closing] += 1 if bracket[0] in _CLOSED_BY else -1
        if opened[closing] < 0:
            return bracket.start()
    return len(url)


@lru_cache(maxsize=65_536)  # a build asks for the same address again and again, for index, lock and cards
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


def ascii_host(host: str) -> str:
    """Return a host as it is asked for, `xn--wgv71a.jp` for 日本.jp; one that has no such form as it is."""
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return host


# A day in an address: `/2022/08/26/pods`, `/diary/2022/08/26/`, `/2022-08-26-pods`, `/news/20220826.html`.
_IN_ADDRESS = re.compile(
    r"/(?P<year>(?:19|20)\d\d)(?:(?P<sign>[/_-])(?P<month>\d\d?)(?P=sign)(?P<day>\d\d?)(?=[/_.-]|$)"
    r"|(?P<month8>\d\d)(?P<day8>\d\d)(?=[/_.-]|$))",
    re.ASCII,
)

_BEHIND_PATH = re.compile(r"(?:(?<=/)index\.\w{1,5})?(?:[?#].*)?$", re.DOTALL)


def day_in_address(url: str) -> str | None:
    """Return the day that an address names for the page there, in ISO 8601, or None."""
    path = _BEHIND_PATH.sub("", url.partition("://")[2])
    for match in _IN_ADDRESS.finditer(path):
        with suppress(ValueError):
            numbers = (match["year"], match["month"] or match["month8"], match["day"] or match["day8"])
            return dt.date(*map(int, numbers)).isoformat()
    return None
