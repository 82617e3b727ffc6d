"""Files that are no pictures and can be drawn: a PDF's first page and what the PDF says of itself, an SVG.

The libraries that read them are large, and their bugs are those of C: so each file is read by a process of its own
(`drawing_process`), which holds nothing of ours, can open nothing, and is ended when its time is over.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Lock as Mutex
from typing import Any

from ...model.errors import FailureCode, FetchError

MOST_PDF_BYTES = 20_000_000
"""The most bytes of a PDF that are read: decks with photos have that many, and the list of pages stands at the end."""

ONE_LARGE_FILE = Mutex()
"""Held while a file of up to `MOST_PDF_BYTES` is fetched: of all threads of a refresh only one has such a file."""

_PROGRAM = Path(__file__).with_name("drawing_process.py")

_SECONDS = 20
"""The seconds after which a process is ended, whatever it does; of a processor it has half of that."""

_ENDED = frozenset({-signal.SIGXCPU, -signal.SIGKILL})
"""How a process ends whose time of a processor is over (setrlimit(2), RLIMIT_CPU)."""

_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR", "VIRTUAL_ENV")
"""The variables that a Python may need to find its packages, beside PYTHON*; tokens are among none of them."""

_LONGEST_SVG = 1_000_000

_WORDS = re.compile(rb"<(?:[a-z]+:)?(?:text|foreignobject)[\s/>]", re.IGNORECASE)

_ELSEWHERE = re.compile(rb"<(?:[a-z]+:)?(?:image|feimage|use)\b[^>]*?\bhref\s*=\s*[\"'](?!\s*data:|#)", re.IGNORECASE)

_ONE_AT_A_TIME = Mutex()


class PictureError(FetchError):
    """The bytes are no picture that is kept. The sentence follows well after an address and a colon."""

    def __init__(self, message: str, code: FailureCode = FailureCode.NO_PICTURE) -> None:
        super().__init__(message, code=code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pixels:
    """A drawn page: `rows` holds `stride` bytes for each row of `width` pixels of three bytes, red, green and blue."""

    width: int
    height: int
    stride: int
    rows: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfWords:
    """What a PDF says of itself, as it stands there: any text, or none."""

    pages: int
    title: str = ""
    author: str = ""


def is_pdf(body: bytes) -> bool:
    """Whether bytes are the beginning of a PDF (ISO 32000-2, 7.5.2)."""
    return body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(b"%PDF-")


def is_svg(body: bytes) -> bool:
    """Whether bytes are the beginning of an SVG."""
    start = body[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith(b"<") and b"<svg" in start


def read_pdf(body: bytes) -> PdfWords:
    """Return what a PDF says of itself.

    Raises:
        PictureError: the PDF is damaged, encrypted, or takes too long or too much memory.
    """
    said, _ = _drawn("pdf", body, "the PDF is damaged, encrypted or too large to be read")
    pages, title, author = said.get("pages"), said.get("title"), said.get("author")
    if not isinstance(pages, int) or not isinstance(title, str) or not isinstance(author, str) or pages < 1:
        raise PictureError("the PDF has no pages")
    return PdfWords(pages=pages, title=title, author=author)


def first_page(body: bytes, *, width: int) -> Pixels:
    """Return the first page of a PDF, so many pixels wide and at most twice as high: the upper part of it.

    Raises:
        PictureError: the PDF is damaged, encrypted, or takes too long or too much memory, or its page would lack
            letters, for which each machine has other fonts.
    """
    said, rows = _drawn("first-page", body, "the first page of the PDF cannot be drawn", width=width)
    if said.get("lacks_letters"):
        raise PictureError(
            "the first page of the PDF has letters in fonts that the PDF does not bring; it is not drawn"
        )
    wide, high, stride = (said.get(name) for name in ("width", "height", "stride"))
    if not (isinstance(wide, int) and isinstance(high, int) and isinstance(stride, int)):
        raise PictureError("the first page of the PDF has no size")
    if not (0 < wide <= width + 1 and 0 < high <= 2 * width + 1 and 3 * wide <= stride and stride * high == len(rows)):
        raise PictureError("the first page of the PDF has another size than it says")
    return Pixels(width=wide, height=high, stride=stride, rows=rows)


def svg_as_png(body: bytes, *, width: int) -> bytes:
    """Return an SVG as PNG, so many pixels wide.

    Raises:
        PictureError: the SVG is damaged, too large, or would be drawn in part: with words, for which each machine has
            other fonts, or with pictures from elsewhere, which nobody fetches for it.
    """
    if len(body) > _LONGEST_SVG:
        raise PictureError(f"the SVG has more than {_LONGEST_SVG:,} bytes")
    if _WORDS.search(body):
        raise PictureError("the SVG holds words, which would look different on each machine; it is not kept")
    if _ELSEWHERE.search(body):
        raise PictureError("the SVG shows pictures from elsewhere, which are not fetched; it is not kept")
    _, png = _drawn("svg", body, "the SVG is damaged or too large to be drawn", width=width)
    return png


def _drawn(work: str, body: bytes, failed: str, *, width: int = 0) -> tuple[dict[str, Any], bytes]:
    """Return what a process of its own says of a file and what it draws; a PictureError `failed` where it cannot."""
    import subprocess  # noqa: PLC0415 (few files need it, and with it all pictures take 12 MB more)

    command = [sys.executable, "-P", str(_PROGRAM), work, str(width)]
    with _ONE_AT_A_TIME:
        try:
            done = subprocess.run(
                command,
                input=body,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                timeout=_SECONDS,
                start_new_session=True,  # a Ctrl-C is ours: what we wait for is ended with us
                check=True,
            )
            first, _, content = done.stdout.partition(b"\n")
            said = json.loads(first)
        except (OSError, ValueError, RecursionError, subprocess.SubprocessError) as error:
            raise PictureError(failed, _code_of(error)) from error
    return (said if isinstance(said, dict) else {}), content


def _code_of(error: Exception) -> FailureCode:
    """Return the code of what became of a process: its clock or its processor's time was over, or anything else."""
    is_late = hasattr(error, "timeout") or getattr(error, "returncode", None) in _ENDED
    return FailureCode.TIMEOUT if is_late else FailureCode.NO_PICTURE


def _environment() -> dict[str, str]:
    return {name: it for name, it in os.environ.items() if name in _KEPT or name.startswith("PYTHON")}
