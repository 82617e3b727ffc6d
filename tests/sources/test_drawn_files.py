"""PDFs and SVGs: what they say, what is drawn of them, and what those that mean harm get."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from neco_weekly.sources.pictures import drawn_files
from neco_weekly.sources.pictures.drawn_files import PdfWords, PictureError, first_page, read_pdf
from neco_weekly.sources.pictures.thumbnail import read_picture
from PIL import Image

from tests.pdfs import deflated, of_objects, pdf, stream

PROGRAM = Path(drawn_files.__file__).with_name("drawing_process.py")

SVG = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 200 100'>{}</svg>"
RECT = "<rect width='200' height='100' fill='#0000ff'/>"


def svg(inside: str) -> bytes:
    return SVG.format(inside).encode()


def kept(body: bytes) -> Image.Image:
    return Image.open(io.BytesIO(read_picture(body, kind="image").content)).convert("RGB")


def refused(body: bytes) -> str:
    try:
        return f"kept in {kept(body).size}"
    except PictureError as error:
        return str(error)


def test_a_pdf_says_what_it_is_called_and_how_long_it_is() -> None:
    body = pdf(title=b"<feff" + "猫の報告".encode("utf-16-be").hex().encode() + b">", author=b"(Neko)", pages=3)
    assert read_pdf(body) == PdfWords(pages=3, title="猫の報告", author="Neko")
    assert read_pdf(pdf()) == PdfWords(pages=1)


def test_the_first_page_is_the_picture() -> None:
    picture = kept(pdf(pages=2))
    assert picture.size == (480, 360)
    assert read_picture(pdf(pages=2), kind="large").width == 1200
    red, white = picture.getpixel((180, 240)), picture.getpixel((5, 5))
    assert isinstance(red, tuple)
    assert isinstance(white, tuple)
    assert red[0] > 220
    assert red[1] < 40
    assert min(white) > 240


def test_a_page_that_shows_nothing_is_no_picture() -> None:
    with pytest.raises(PictureError, match="the first page of the PDF is empty"):
        kept(pdf(draws=b""))


def test_a_high_page_is_cut_and_a_narrow_one_refused() -> None:
    assert kept(pdf(box="0 0 300 2000", draws=b"0 1500 150 300 re f")).size == (240, 480)
    assert "too small to show" in refused(pdf(box="0 0 9000 300"))


def lettered(font: bytes, text: bytes) -> bytes:
    draws = stream(b"BT /F 99 Tf 50 50 Td %s Tj ET" % text)
    return with_contents(draws, font, stream(b""), resources=b"/Font << /F 5 0 R >>")


def test_a_page_that_would_lack_letters_is_not_drawn() -> None:
    assert kept(lettered(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", b"(Cat)")).size == (480, 360)
    system = b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) >>"
    cid = b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /A %s >>" % system
    japanese = b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /UniJIS-UCS2-H /DescendantFonts [%s] >>" % cid
    assert "fonts that the PDF does not bring" in refused(lettered(japanese, b"<732b732b>"))


def test_an_svg_is_drawn() -> None:
    picture = kept(svg(RECT))
    blue = picture.getpixel((10, 10))
    assert picture.size == (480, 240)
    assert isinstance(blue, tuple)
    assert blue[2] > 220
    large = read_picture(svg(RECT), kind="large")
    assert (large.width, large.height) == (1200, 600)
    assert read_picture(svg(RECT), kind="icon").content.startswith(b"\x89PNG")


def test_an_svg_that_would_be_drawn_in_part_is_refused_in_words() -> None:
    cases = {
        "words": (RECT + "<text x='9' y='9'>猫</text>", "holds words"),
        "HTML": (RECT + "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>", "holds words"),
        "a picture of another host": (RECT + "<image href='https://a.example/x.png'/>", "pictures from elsewhere"),
        "a file": (RECT + "<svg:image xlink:href='/etc/passwd'/>", "pictures from elsewhere"),
        "a file in a filter": (RECT + '<filter><feImage x="1" href="file:///x"/></filter>', "pictures from elsewhere"),
    }
    told = {name: refused(svg(inside)) for name, (inside, _) in cases.items()}
    assert {name: said for name, said in told.items() if cases[name][1] not in said} == {}
    within = "<defs><g id='a'/></defs><use href='#a'/>"
    assert kept(svg(RECT + within)).size == (480, 240)


def test_scripts_of_an_svg_are_no_part_of_its_picture() -> None:
    assert kept(svg("<script>throw 1</script>" + RECT.replace("<rect", "<rect onload='alert(1)'"))).size == (480, 240)


def test_the_process_can_open_nothing(tmp_path: Path) -> None:
    Image.new("RGB", (9, 9), "red").save(tmp_path / "red.png")
    shown = svg(RECT + f"<image width='99' height='99' href='{tmp_path}/red.png'/>")
    drawn = [
        subprocess.run([sys.executable, str(PROGRAM), "svg", "99"], input=it, capture_output=True, check=True).stdout
        for it in (shown, svg(RECT))
    ]
    assert drawn[0] == drawn[1]


def test_the_process_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "secret")
    seen: list[dict[str, str]] = []

    def run(command: object, *, env: dict[str, str], **options: object) -> None:
        seen.append(env)
        raise subprocess.TimeoutExpired("drawing", 20)

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(PictureError, match="cannot be drawn"):
        first_page(pdf(), width=99)
    assert "GITHUB_TOKEN" not in seen[0]
    assert "PATH" in seen[0]


def test_what_the_process_says_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {}
    said = (
        b"",
        b"[]",
        b"{}",
        b'{"width": 9, "height": 9, "stride": 27}\n',
        b'{"width": 1e9, "height": 1, "stride": 1}\n',
    )
    for answer in (*said, b'{"width": 99999, "height": 1, "stride": 299997}\n' + bytes(299997)):
        done = subprocess.CompletedProcess((), 0, answer, b"")
        monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)  # noqa: B023
        try:
            wrong[answer[:40]] = first_page(pdf(), width=99)
        except PictureError:
            continue
    assert wrong == {}


# --- what means harm ----------------------------------------------------------------------------------------------

LOOP = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"]
DEEP = b"[" * 200_000 + b"]" * 200_000
IMAGE = b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceRGB /BitsPerComponent 8"


def with_contents(*objects: bytes, resources: bytes = b"") -> bytes:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] /Contents 4 0 R /Resources << %s >> >>" % resources
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return of_objects([b"<< /Type /Catalog /Pages 2 0 R >>", pages, page, *objects])


def ten_of(number: int) -> str:
    return f"<g id='a{number}'>" + f"<use href='#a{number - 1}'/>" * 10 + "</g>"


HOSTILE = {
    "nothing but the sign": b"%PDF-1.7\n",
    "a page tree that holds itself": of_objects(LOOP),
    "cut in the middle": pdf(pages=9)[:600],
    "brackets without end": of_objects([b"<< /Type /Catalog /Pages 2 0 R >>", DEEP]),
    "an object stream that holds itself": of_objects([stream(b"1 0 2 0", b"/Type /ObjStm /N 9999999 /First 4")] * 3),
    "a page as large as a country": pdf(box="0 0 99999999 99999999"),
    "a page as narrow as a hair": pdf(box="0 0 10 9000"),
    "a bomb of a drawing": with_contents(deflated(bytes(60_000_000), times=2)),
    "a bomb of a picture": with_contents(
        stream(b"/I Do"), deflated(bytes(9), times=1), resources=b"/XObject << /I 5 0 R >>"
    ),
    "a picture that declares gigabytes": with_contents(
        stream(b"400 0 0 300 0 0 cm /I Do"), stream(b"x", IMAGE), resources=b"/XObject << /I 5 0 R >>"
    ),
    "a form that draws itself": with_contents(
        stream(b"/F Do"),
        stream(b"/F Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >>"),
        resources=b"/XObject << /F 5 0 R >>",
    ),
    "encrypted": pdf().replace(
        b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /Standard /V 2 /R 3 /O (x) /U (y) /P -4 >>"
    ),
    "a billion rectangles": svg(
        f"<defs><g id='a0'>{RECT}</g>{''.join(map(ten_of, range(1, 30)))}</defs><use href='#a29'/>"
    ),
    "an SVG as high as a tower": b"<svg xmlns='http://www.w3.org/2000/svg' width='1' height='9999999'><rect/></svg>",
    "an SVG that never ends": b"<svg xmlns='http://www.w3.org/2000/svg'>" + b"<g>" * 100_000,
    "an SVG of entities": b"<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'>"
    + b"".join(b"<!ENTITY a%d '%s'>" % (it, b"&a%d;" % (it - 1) * 10) for it in range(1, 12))
    + b"]><svg xmlns='http://www.w3.org/2000/svg'><title>&a11;</title></svg>",
    "an SVG that is none": b"<svg \xff\xfe",
    "an SVG without an end to its length": svg("<g/>" * 300_000),
}


def test_hostile_files_are_refused_in_a_sentence() -> None:
    wrong = {}
    for name, body in HOSTILE.items():
        try:
            wrong[name] = str(read_picture(body, kind="image").width)
        except PictureError as error:
            if "\n" in str(error):
                wrong[name] = str(error)
    assert wrong == {}
