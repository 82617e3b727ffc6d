"""PDFs and SVGs that mean harm and are drawn nevertheless: what they declare, run or ask for changes nothing."""

from __future__ import annotations

import base64
import signal
import subprocess

import pytest
from neco_weekly.model.errors import FailureCode
from neco_weekly.sources.pictures.drawn_files import PictureError, first_page, read_pdf
from neco_weekly.sources.pictures.thumbnail import read_picture

from tests.pdfs import RED, of_objects, pdf, stream
from tests.sources.test_drawn_files import RECT, refused, svg

PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] /Contents 4 0 R %s >>"
PROGRAM = b"<< /S /JavaScript /JS (while\\(1\\){}) >>"


def one_page(*, count: int = 1, catalog: bytes = b"", page: bytes = b"", contents: bytes = stream(RED)) -> bytes:
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count %d >>" % count
    return of_objects([b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog, pages, PAGE % page, contents])


def nested(times: int) -> bytes:
    """An SVG that shows an SVG that shows an SVG."""
    inner = svg(RECT)
    for _ in range(times):
        inner = svg(
            f"<image width='200' height='100' href='data:image/svg+xml;base64,{base64.b64encode(inner).decode()}'/>"
        )
    return inner


PDFS = {
    "more pages than it has": one_page(count=2**31 - 1),
    "fewer pages than none": one_page(count=-5),
    "programs for a reader": one_page(catalog=b"/OpenAction " + PROGRAM, page=b"/AA << /O " + PROGRAM + b" >>"),
    "a program of the machine": one_page(catalog=b"/OpenAction << /S /Launch /F (/bin/sh) >>"),
}


def test_what_a_pdf_declares_or_would_run_changes_nothing() -> None:
    plain = read_picture(one_page(), kind="image").content
    assert {name for name, body in PDFS.items() if read_pdf(body).pages != 1} == set()
    assert {name for name, body in PDFS.items() if read_picture(body, kind="image").content != plain} == set()


def test_a_pdf_shows_no_file_of_the_machine() -> None:
    outside = b"<< /Length 0 /F (/etc/passwd) >>\nstream\n\nendstream"
    assert refused(one_page(contents=outside)) == "the first page of the PDF is empty"


def test_very_many_pages_are_counted() -> None:
    assert read_pdf(pdf(pages=2_000)).pages == 2_000


SVGS = {
    "a group that shows itself": svg("<g id='a'><use href='#a'/></g><use href='#a'/>" + RECT),
    "clips of each other": svg(
        "<clipPath id='m' clip-path='url(#n)'><path d='M0 0h9v9'/></clipPath>"
        f"<clipPath id='n' clip-path='url(#m)'><path d='M0 0h9v9'/></clipPath>{RECT}<g clip-path='url(#m)'/>"
    ),
    "pictures within each other": nested(8),
    "lengths that are no numbers": svg(RECT).replace(b"<svg", b"<svg width='nan' height='inf'"),
}


def test_an_svg_of_circles_ends() -> None:
    assert {name: said for name, it in SVGS.items() if not (said := refused(it)).startswith("kept in")} == {}


@pytest.mark.parametrize("name", ["image", "feImage", "use", "svg:use"])
def test_a_part_from_elsewhere_is_never_asked_for_nor_left_out(name: str) -> None:
    """Under any name of an element, and quoted either way."""
    shown = (f"<{name} href='https://a.example/x.svg#a'/>", f'<{name} x="1" xlink:href="x.svg#a"/>')
    for it in shown:
        assert "from elsewhere" in refused(svg(RECT + it))


def test_a_file_of_the_machine_is_no_entity() -> None:
    head = b"<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    assert "damaged" in refused(head + svg("<title>&x;</title>" + RECT))


@pytest.mark.parametrize(
    ("ended", "reason"),
    [
        (subprocess.TimeoutExpired("drawing", 20), FailureCode.TIMEOUT),
        (subprocess.CalledProcessError(-signal.SIGXCPU, "drawing"), FailureCode.TIMEOUT),
        (subprocess.CalledProcessError(-signal.SIGKILL, "drawing"), FailureCode.TIMEOUT),
        (subprocess.CalledProcessError(1, "drawing"), FailureCode.NO_PICTURE),
    ],
)
def test_what_takes_too_long_says_so_to_who_would_try_the_next(
    ended: subprocess.SubprocessError, reason: FailureCode, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page with three such pictures costs the time of one."""

    def run(*_: object, **__: object) -> None:
        raise ended

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(PictureError, match="cannot be drawn") as error:
        first_page(pdf(), width=99)
    assert error.value.reason is reason
