"""Links to files that mean harm: PDF bombs, PDFs with programs in their words, names that lead out of a folder."""

from __future__ import annotations

from dataclasses import replace

from tests.pdfs import pdf
from tests.sources.sites import Route, Site
from tests.sources.test_drawn_files import HOSTILE

from .runs import Case, Run, slug

SCRIPT = "<script>alert(1)</script>"
UNREAD = "the PDF is damaged, encrypted or too large to be read"
OF_PDFS = (
    "nothing but the sign", "a page tree that holds itself", "cut in the middle", "brackets without end",
    "an object stream that holds itself", "a form that draws itself", "a picture that declares gigabytes", "encrypted",
)  # fmt: skip


def of_type(media: str, body: bytes, **headers: str) -> Route:
    return 200, {"Content-Type": media, **{name.replace("_", "-"): it for name, it in headers.items()}}, body


def file(body: bytes, media: str = "application/pdf", *notes: str) -> Case:
    """A file of which nothing is known but its name and size."""
    return Case(page=of_type(media, body), notes=notes)


def long_pdf(title: str, more: int = 18_000_000) -> bytes:
    return pdf(title=f"({title})".encode()) + b"%" * more


NAMED = {
    **{name: file(HOSTILE[name]) for name in OF_PDFS},
    "a PDF that calls itself HTML": file(b"%PDF-1.7 <p>", "text/html", UNREAD),
    "a picture with HTML": file(SCRIPT.encode(), "image/svg+xml", "its image is not kept"),
    "longer than is read": file(long_pdf("A title", 20_000_000), "application/pdf", "the PDF is longer than is read"),
}
TITLED = {
    **{name: Case(page=of_type("application/pdf", long_pdf(name)), title=name, image=True) for name in "abcd"},
    "a program in its title": Case(
        page=of_type("application/pdf", pdf(title=b"(<script>alert\\(1\\)</script>)")), title=SCRIPT, image=True
    ),
    "a name that leads out of a folder": Case(
        page=of_type("text/plain", b"x", Content_Disposition='attachment; filename="../../etc/a<b>.txt"'),
        title="a<b>.txt",
    ),
}
CASES = {**{name: replace(case, title=slug(name)) for name, case in NAMED.items()}, **TITLED}


def test_they_end_as_clean_cards(run: Run, site: Site) -> None:
    for name, case in CASES.items():
        run.expect_card(f"{site.url}/{slug(name)}", case)


def test_no_word_of_theirs_is_markup(run: Run) -> None:
    facts = [it.get_text() for it in run.page.select(".neco-card__facts")]
    assert len(facts) == len(CASES)
    assert all(it.startswith(("PDF", "SVG", "テキスト")) for it in facts), facts
