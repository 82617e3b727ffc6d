"""A site on loopback as a host in the world serves it: text compressed, files that may be kept."""

from __future__ import annotations

import functools
import gzip
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

TEXT = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")


class _Compressed(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, root: Path) -> None:
        self._root = root.resolve()
        super().__init__(*args)

    def do_GET(self) -> None:
        """Answer with a file, or the page of errors."""
        file = (self._root / unquote(urlsplit(self.path).path).lstrip("/")).resolve()
        file = file / "index.html" if file.is_dir() else file
        is_there = file.is_file() and file.is_relative_to(self._root)
        kind, content = _content(file if is_there else self._root / "404.html")
        self.send_response(200 if is_there else 404)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        if kind.startswith(TEXT):
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that has seen enough hangs up: that is no error."""


@functools.cache
def _content(file: Path) -> tuple[str, bytes]:
    """Return the media type of a file, and its bytes as they travel."""
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    content = file.read_bytes()
    return kind, gzip.compress(content, 9) if kind.startswith(TEXT) else content


@contextmanager
def compressed(root: Path) -> Iterator[str]:
    """The address of a folder's site, which ends with a slash, as long as the block runs."""
    with _Server(("127.0.0.1", 0), functools.partial(_Compressed, root=root)) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
