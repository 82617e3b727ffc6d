"""A program of its own that reads a PDF or draws an SVG: bounded in memory and time, and unable to open anything.

`drawn_files` starts it as a file, not as a module, so nothing of this package is loaded with it. What it is asked for
are its arguments (`pdf`, `first-page` or `svg`, and how many pixels wide), the file comes by standard input. It answers
with a line of JSON, behind which the pixels of a page (RGB, row by row) or the bytes of a PNG follow, and ends with a
status other than 0, or by a signal, where the file cannot be read.

Before a foreign byte is looked at, the program gives up what it could harm with: it may take no more memory, no more
time, and may open no further file or socket, so that no picture, font or address that a file names is ever asked for.
What comes out is the same on every machine: no font of the machine is seen.
"""

import codecs
import ctypes
import json
import resource
import sys
from contextlib import suppress
from itertools import islice
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import resvg_py

MEMORY, SECONDS = 640 * 1024 * 1024, 10
"""Bytes of address space (libraries take a quarter of them), and seconds of a processor."""

_LONGEST_WORDS = 10_000

_MOST_TEXTS, _LAST_LATIN = 3_000, "\u024f"

_LEAST, _MOST, _NARROWEST = 1.0, 1e6, 8  # points of a page's side; PDFium takes all that a file says


def main() -> int:
    """Read standard input as the argument says, and answer; return the exit status."""
    work, width, body = _WORKS[sys.argv[1]], int(sys.argv[2]), sys.stdin.buffer.read()
    codecs.lookup("utf-16-le")  # Python reads codecs from files, too
    _give_up_powers()
    said, content = work(body, width)
    sys.stdout.buffer.write(json.dumps(said).encode("ascii") + b"\n" + content)
    return 0


def _give_up_powers() -> None:
    limits = ((resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_NOFILE, 0))
    for kind, most in ((resource.RLIMIT_AS, MEMORY), *limits):
        with suppress(ValueError, OSError):  # macOS knows no bound of the address space
            resource.setrlimit(kind, (most, most))


def _pdf(body: bytes, _width: int) -> tuple[dict[str, Any], bytes]:
    """Return what a PDF says of itself: pages, title, author. JavaScript is not built into the library."""
    document = pypdfium2.PdfDocument(body)
    words = {name.lower(): document.get_metadata_value(name)[:_LONGEST_WORDS] for name in ("Title", "Author")}
    return {"pages": len(document), **words}, b""


def _first_page(body: bytes, wanted: int) -> tuple[dict[str, Any], bytes]:
    """Return width and height of a PDF's first page in pixels, and the pixels; forms and notes are not drawn.

    Or that the page would lack letters.
    """
    page = pypdfium2.PdfDocument(body)[0]
    width, height = page.get_size()
    if not (_LEAST <= width <= _MOST and _LEAST <= height <= _NARROWEST * width):
        raise ValueError("a page that nobody can look at")
    if _lacks_letters(page):
        return {"lacks_letters": True}, b""
    unseen = max(0, height - 2 * width)  # of what is higher than twice its width the upper part is kept
    drawn = page.render(
        scale=wanted / width, crop=(0, unseen, 0, 0), draw_annots=False, may_draw_forms=False, rev_byteorder=True
    )
    rows = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(drawn.raw), drawn.stride * drawn.height)
    return {"width": drawn.width, "height": drawn.height, "stride": drawn.stride}, rows


def _lacks_letters(page: Any) -> bool:
    """Whether a page has letters beyond those of Latin script in a font that the PDF does not bring.

    PDFium has fonts of its own for Latin; for others it would look on the machine, and draws nothing where it may not.
    """
    texts = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=3, textpage=page.get_textpage())
    brought = pdfium.FPDFFont_GetIsEmbedded
    return any(
        not brought(pdfium.FPDFTextObj_GetFont(it.raw)) and any(map(_is_beyond_latin, it.extract()))
        for it in islice(texts, _MOST_TEXTS)
    )


def _is_beyond_latin(letter: str) -> bool:
    return letter.isalpha() and letter > _LAST_LATIN


def _svg(body: bytes, wanted: int) -> tuple[dict[str, Any], bytes]:
    """Return nothing to say, and an SVG as PNG; `drawn_files` has refused one that would be drawn in part."""
    return {}, resvg_py.svg_to_bytes(svg_string=body.decode("utf-8"), width=wanted, skip_system_fonts=True)


_WORKS = {"pdf": _pdf, "first-page": _first_page, "svg": _svg}


if __name__ == "__main__":
    sys.exit(main())
