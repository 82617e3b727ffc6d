"""PDFs that tests write: each object as a line of PDF, with a table of where the objects stand."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

RED = b"1 0 0 rg 50 50 200 100 re f"


def pdf(
    *, title: bytes = b"", author: bytes = b"", pages: int = 1, box: str = "0 0 400 300", draws: bytes = RED
) -> bytes:
    """A PDF whose pages show such a drawing; `title` and `author` are PDF strings with their brackets."""
    kids = " ".join(f"{number} 0 R" for number in range(5, 5 + pages))
    words = (b" /Title " + title if title else b"") + (b" /Author " + author if author else b"")
    return of_objects(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
            b"<<" + words + b" >>",
            stream(draws),
            *[f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R >>".encode()] * pages,
        ],
        trailer=b"/Info 3 0 R",
    )


def stream(content: bytes, words: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), words, content)


def deflated(content: bytes, *, times: int = 1) -> bytes:
    """A stream that was deflated so many times, one filter for each."""
    for _ in range(times):
        content = zlib.compress(content, 9)
    return stream(content, b"/Filter [" + b" /FlateDecode" * times + b"]")


def of_objects(objects: Sequence[bytes], *, trailer: bytes = b"") -> bytes:
    """A PDF of numbered objects, the first of which is the catalog."""
    body, places = b"%PDF-1.7\n", list[int]()
    for number, it in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, it)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(body))
    return body + head + table + end
