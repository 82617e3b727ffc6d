"""A built site behind one of two searches, ours or Material's own, on a server that counts what a reader loads."""

from __future__ import annotations

import gzip
import mimetypes
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import html
from material.plugins.search.plugin import SearchIndex
from measure import BenchmarkError

Read = Callable[[str], bytes | None]
"""The file of a path from the site's root; None where there is none."""

MATERIAL = {
    "lang": ["ja"],
    "separator": r"[\s\-　、。，．]+",
    "pipeline": ["stemmer"],
    "fields": {"title": {"boost": 1e3}, "text": {"boost": 1e0}, "tags": {"boost": 1e6}},
}
"""What Material's own search is set to on a site that says `lang: ja`."""

_OUR_WORKER = re.compile(rb'("search":\s*"[^"]*?)search/neco/worker\.[^"]*"')
_OUR_SCRIPT = re.compile(rb'<script [^>]*assets/search\.[0-9a-f]+\.js"[^>]*></script>')
_THEMES_OWN = "md-content__button", "md-source-file", "md-feedback"
_OF_THE_SEARCH = re.compile(r"search/|assets/javascripts/(workers|lunr)/|assets/search\.\w+\.js")


def with_our_search(site: Path) -> Read:
    """The site as it was built.

    Raises:
        BenchmarkError: it was built without our search.
    """
    if not list(site.glob("search/neco/worker.*.js")):
        raise BenchmarkError(f"{site} is no site with our search; build it with the neco-weekly plugin", status=2)
    return _files(site)


def with_materials_search(site: Path) -> Read:
    """The same pages with Material's worker, and with the index that Material makes of them."""
    files, index = _files(site), cache(lambda: _materials_index(site))
    worker = next(site.glob("assets/javascripts/workers/search.*.js")).relative_to(site).as_posix().encode()

    def read(path: str) -> bytes | None:
        if path == "search/search_index.json":
            return index()
        content = files(path)
        if content is None or not path.endswith(".html"):
            return content
        return _OUR_SCRIPT.sub(b"", _OUR_WORKER.sub(rb"\1" + worker + b'"', content))

    return read


RIVALS: dict[str, Callable[[Path], Read]] = {"ours": with_our_search, "Material": with_materials_search}


def _files(site: Path) -> Read:
    def read(path: str) -> bytes | None:
        file = site / path
        return file.read_bytes() if file.is_file() else None

    return cache(read)


def _materials_index(site: Path) -> bytes:
    index = SearchIndex(**MATERIAL)
    for file in sorted(site.glob("**/*.html")):
        if file.name != "404.html":
            index.add_entry_from_context(_page(file, site))
    return str(index.generate_search_index(None)).encode()


def _page(file: Path, site: Path) -> SimpleNamespace:
    """A page as MkDocs shows it to a plugin: what the theme has put around its content is taken away again."""
    article = html.document_fromstring(file.read_bytes(), parser=html.HTMLParser(encoding="utf-8")).find(".//article")
    if article is None:
        raise BenchmarkError(f"{file} has no article; only sites of Material can be measured")
    for name in _THEMES_OWN:
        for element in article.find_class(name):
            element.drop_tree()
    content = (article.text or "") + "".join(html.tostring(child, encoding="unicode") for child in article)
    title = article.findtext(".//h1") or ""
    url = file.relative_to(site).as_posix().removesuffix("index.html")
    return SimpleNamespace(content=content, meta={}, title=title, toc=(), url=url)


# --- served -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A file that was sent: its size compressed, in bytes, and when all of it was under way, in seconds since 1970."""

    path: str
    size: int
    at: float

    @property
    def is_of_the_search(self) -> bool:
        """Whether only the search needs it."""
        return bool(_OF_THE_SEARCH.match(self.path))


@dataclass(slots=True, kw_only=True)
class Server:
    """Where the site is, with a slash at the end, and what was sent. `delay` in seconds is added to every answer."""

    url: str
    sent: list[Sent] = field(default_factory=list)
    delay: float = 0.0


@contextmanager
def served(read: Read) -> Iterator[Server]:
    """The site on loopback, compressed as on the web, for as long as the block runs."""

    @cache
    def compressed(path: str) -> bytes | None:
        content = read(f"{path}index.html" if not path or path.endswith("/") else path)
        return None if content is None else gzip.compress(content, 6)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else a small file waits 40 ms for the reader to confirm its own head

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)[1:]
            content = compressed(path)
            time.sleep(server.delay)
            self.send_response(200 if content is not None else 404)
            self.send_header("Content-Type", _kind(path))
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(content or b"")))
            self.end_headers()
            self.wfile.write(content or b"")
            server.sent.append(Sent(path=path, size=len(content or b""), at=time.time()))

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    class QuietServer(ThreadingHTTPServer):
        def handle_error(self, request: Any, client_address: Any) -> None:
            """A reader who goes away hangs up; all else is a fault of the site or of this program."""
            if not isinstance(sys.exc_info()[1], ConnectionError):
                super().handle_error(request, client_address)

    with QuietServer(("127.0.0.1", 0), Handler) as listening:
        server = Server(url=f"http://127.0.0.1:{listening.server_port}/")
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        try:
            yield server
        finally:  # else a thread would go on for ever
            listening.shutdown()
            thread.join()


def _kind(path: str) -> str:
    if not path or path.endswith("/"):
        return "text/html"
    return mimetypes.guess_type(path)[0] or "application/octet-stream"
