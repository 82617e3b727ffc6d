"""The site of a preview as browsers get it: from the last build that went well, while another one runs.

Each page carries a script that asks whether the page is another by now, and loads it again if it is. What keeps a build
from its end stands above the last good page.
"""

from __future__ import annotations

import mimetypes
import posixpath
import threading
import zlib
from collections.abc import Callable, Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote

from ...display.words import Strings

SCRIPT = "/neco-preview/live.js"
STYLE = "/neco-preview/live.css"
WAIT = "/neco-preview/wait"
"""Where a page asks for `?page=ADDRESS&seen=VERSION`; the answer is the page's version, when it is not the one seen."""

PATIENCE = 50.0
"""Seconds after which a page that asks is answered whatever its version is."""

_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".gz": "application/gzip", ".woff2": "font/woff2"}
"""Types that a browser insists on, and that not every system knows."""

StartResponse = Callable[[str, list[tuple[str, str]]], object]
"""What a WSGI server gives for the status and the headers of an answer (PEP 3333)."""


class PreviewSite:
    """The WSGI application of a preview (PEP 3333).

    `root` is the folder of the last good build, `mount` the path of the site on its host, with a slash on both sides,
    `trouble` what keeps the site from being right, empty where nothing does.
    """

    def __init__(self, root: Path, mount: str, assets: Mapping[str, str], words: Strings) -> None:
        """Begin with a site; `assets` are texts by their addresses, SCRIPT and STYLE among them."""
        self.root, self._mount, self._assets, self._words = root, mount, assets, words
        self._news = threading.Condition()
        self.trouble = ""
        self._round = 0

    def show(self, root: Path | None = None, *, again: bool = False, trouble: str = "") -> None:
        """Show what is on the disk now, in another folder if one is given; pages that are another are loaded again.

        With `again` all are: what they load may be another. `trouble` is what keeps the site from being right.
        """
        with self._news:
            self.root = root or self.root
            self.trouble = trouble
            self._round += again
            self._news.notify_all()

    def __call__(self, environ: Mapping[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if path == WAIT:
            asked = parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True)
            version = self._wait(unquote(asked.get("page", [""])[0]), asked.get("seen", [""])[0])
            return _answer(start_response, "200 OK", "text/plain", version.encode())
        if path in self._assets:
            return _answer(start_response, "200 OK", _type_of(path), self._assets[path].encode())
        return self._file(path, start_response)

    # --- files ----------------------------------------------------------------------------------------------------

    def _file(self, path: str, start_response: StartResponse) -> Iterable[bytes]:
        if path == "/" != self._mount:
            return _lead(start_response, self._mount)
        place = self._place(path)
        if place is not None and place.is_dir() and (place / "index.html").is_file():
            return _lead(start_response, f"{path}/")
        content = _bytes_of(place)
        if place is None or content is None:
            lost = _bytes_of(self.root / "404.html") or b"404 Not Found"
            return _answer(start_response, "404 Not Found", "text/html; charset=utf-8", self._shown(lost))
        if place.suffix == ".html":
            return _answer(start_response, "200 OK", "text/html; charset=utf-8", self._shown(content))
        return _answer(start_response, "200 OK", _type_of(place.name), content)

    def _place(self, path: str) -> Path | None:
        """Return where the file of an address would lie, below the root whatever the address says."""
        if not f"{path}/".startswith(self._mount):
            return None
        below = path[len(self._mount) :] + ("index.html" if path.endswith("/") else "")
        return self.root / posixpath.normpath(f"/{below}").lstrip("/")

    def _shown(self, html: bytes) -> bytes:
        """Return a page with our script at its end, and with what went wrong at its beginning."""
        version = escape(self._version(html))
        script = f'<script src="{SCRIPT}" data-seen="{version}" defer></script>'
        trouble = self.trouble
        if trouble:
            html = _put(html, html.find(b">", html.find(b"<body")) + 1 if b"<body" in html else 0, self._box(trouble))
        end = html.rfind(b"</body>")
        return _put(html, end if end >= 0 else len(html), script)

    def _box(self, trouble: str) -> str:
        title, after = escape(self._words("preview.trouble")), escape(self._words("preview.last_good"))
        return (
            f'<link rel="stylesheet" href="{STYLE}"><div class="neco-preview" role="alert"><strong>{title}</strong>'
            f"<pre>{escape(trouble)}</pre><p>{after}</p></div>"
        )

    # --- news -----------------------------------------------------------------------------------------------------

    def _version(self, html: bytes) -> str:
        return f"{self._round}-{zlib.crc32(html):08x}-{zlib.crc32(self.trouble.encode()):08x}"

    def _now(self, path: str) -> str:
        content = _bytes_of(self._place(path)) or _bytes_of(self.root / "404.html") or b"404 Not Found"
        return self._version(content)

    def _wait(self, path: str, seen: str) -> str:
        """Return the version of a page when that is not the one seen, or after a while."""
        with self._news:
            self._news.wait_for(lambda: self._now(path) != seen, timeout=PATIENCE)
            return self._now(path)


def _put(html: bytes, place: int, text: str) -> bytes:
    return html[:place] + text.encode() + html[place:]


def _bytes_of(place: Path | None) -> bytes | None:
    try:
        return place.read_bytes() if place else None
    except (OSError, ValueError):
        return None


def _type_of(name: str) -> str:
    known = _TYPES.get(posixpath.splitext(name)[1].lower()) or mimetypes.guess_type(name)[0]
    return known or "application/octet-stream"


def _answer(start_response: StartResponse, status: str, kind: str, content: bytes) -> list[bytes]:
    headers = [("Content-Type", kind), ("Content-Length", str(len(content))), ("Cache-Control", "no-cache")]
    start_response(status, headers)
    return [content]


def _lead(start_response: StartResponse, address: str) -> list[bytes]:
    start_response("302 Found", [("Location", quote(address)), ("Content-Length", "0")])
    return []
