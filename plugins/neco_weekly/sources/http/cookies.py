"""The cookies of one chain of redirects: each goes back to the host that set it, and to nobody else.

Sites that set a cookie, redirect, and show their page only to who brings it back are common. More than that no cookie
is good for here: none is written anywhere, none outlives its chain, none is a way to be known again next week.
"""

from __future__ import annotations

import re
from email.message import Message
from http.cookiejar import Cookie, DefaultCookiePolicy
from urllib.request import Request

from requests.cookies import RequestsCookieJar

from .web_address import WebAddress

MOST_BYTES = 8192
"""What the cookies of a host may take together in a header: many servers read no longer one."""


# RFC 6265bis, 5.6: no browser takes a longer one.
_LONGEST = 4096

# No value, or one that is no date and too large a number: `http.cookiejar` warns of a bug in itself, and takes nothing.
_STUMBLING_BLOCK = re.compile(r";\s*(?:expires|max-age|version)\s*(?:;|\Z|=[^;]{50})", re.IGNORECASE)


def drop_unreadable_cookies(headers: Message) -> None:
    """Remove from a response's headers the cookies on which `http.cookiejar` stumbles, or spends its time."""
    cookies = headers.get_all("set-cookie", ())
    del headers["set-cookie"], headers["set-cookie2"]  # the latter nobody sets since RFC 6265
    for cookie in cookies:
        if len(cookie) <= _LONGEST and not _STUMBLING_BLOCK.search(cookie):
            headers["set-cookie"] = cookie  # which adds one


class Cookies:
    """The cookie jars of one chain of redirects, one for each host.

    A host is a name and a port; http and https on their usual ports are one host. So a `Domain` in a cookie widens
    nothing, and no list of public suffixes is needed.
    """

    def __init__(self) -> None:
        self._jars: dict[tuple[str, int], RequestsCookieJar] = {}

    def of(self, address: WebAddress) -> RequestsCookieJar:
        """Return the jar of a web address's host."""
        port = 0 if address.has_usual_port else address.port
        return self._jars.setdefault((address.host, port), _Jar(_Policy()))


class _Jar(RequestsCookieJar):
    """A jar that takes no more than a request can carry; what does not fit is left out."""

    def set_cookie(self, cookie: Cookie, *args: object, **kwargs: object) -> None:
        others = (it for it in self if (it.domain, it.path, it.name) != (cookie.domain, cookie.path, cookie.name))
        if sum(map(_size, (cookie, *others))) <= MOST_BYTES:
            super().set_cookie(cookie)


class _Policy(DefaultCookiePolicy):
    """Which cookies are taken: those that a browser would take, if they can stand in a header of ours."""

    def set_ok(self, cookie: Cookie, request: Request) -> bool:
        written = f"{cookie.name}{cookie.value or ''}"
        if not (written.isascii() and written.isprintable() and super().set_ok(cookie, request)):
            return False
        cookie.secure = cookie.secure or request.type == "https"  # what came under TLS does not go out in the plain
        return True


def _size(cookie: Cookie) -> int:
    return len(f"{cookie.name}={cookie.value or ''}; ")
