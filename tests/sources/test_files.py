"""Links to files: PDFs, plain text, archives; and what is no file but a program's answer."""

from __future__ import annotations

from collections.abc import Mapping

from neco_weekly.model.cards import LinkedFile
from neco_weekly.model.errors import FetchError
from neco_weekly.model.extraction import Extraction, Found
from neco_weekly.sources.http import Response
from neco_weekly.sources.pages.pdf_titles import pdf_author, pdf_title
from neco_weekly.sources.pages.read import extract_page, read_page

from tests.pdfs import pdf

A = "https://a.example/"
RAW = "https://raw.githubusercontent.com/neko/box/main/"


def read(url: str, media: str, body: bytes = b"x", **headers: str) -> Extraction | None:
    named = {name.replace("_", "-"): it for name, it in headers.items()}
    response = Response(url=url, status=200, headers={"content-type": media, **named}, body=body)
    try:
        return read_page(url, lambda *_, **__: response)
    except FetchError as error:
        assert error.code == "no-html", error  # noqa: PT017
        return None


FILES: Mapping[str, tuple[Extraction | None, tuple[str, str] | None]] = {
    "YAML": (read(f"{A}conf/a.yaml?x=1", "application/yaml; charset=utf-8"), ("a.yaml", "yaml")),
    "plain text": (read(f"{A}a.txt", "text/plain"), ("a.txt", "txt")),
    "an archive": (read(f"{A}v1/a.tar.gz", "application/octet-stream"), ("a.tar.gz", "gz")),
    "a raw file": (read(f"{RAW}LICENSE", "text/plain"), ("LICENSE", "txt")),
    "raw HTML": (read(f"{RAW}a/index.html", "text/plain"), ("index.html", "html")),
    "a Japanese name": (read(f"{A}%E7%8C%AB.zip", "application/zip"), ("猫.zip", "zip")),
    "a name of the server's": (
        read(f"{A}get?id=1", "application/octet-stream", content_disposition='attachment; filename="../a b.zip"'),
        ("a b.zip", "zip"),
    ),
    "an encoded name": (
        read(f"{A}get", "text/csv", content_disposition="attachment; filename*=UTF-8''%E7%8C%AB.csv"),
        ("猫.csv", "csv"),
    ),
    "a picture": (read(f"{A}a.png", "image/png"), ("a.png", "png")),
    "a film without an extension": (read(f"{A}watch", "video/mp4"), ("watch", "mp4")),
    "an answer of an API": (read(f"{A}api/articles/1", "application/json", b"{}"), None),
    "an error in plain text": (read(f"{A}articles/1", "text/plain", b"Access denied"), None),
    "a page that is none today": (read(f"{A}a.html", "application/json"), None),
    "an archive without a name": (read(A, "application/zip"), None),
    "a version, no extension": (read(f"{A}...", "text/plain"), None),
    "an extension that is markup": (read(f"{A}a.%3Cscript%3E", "text/plain"), None),
}


def test_files_by_name_and_kind() -> None:
    found = {
        name: it and (it.title.value, it.file.kind if it.file else "", it.title.origin)
        for name, (it, _) in FILES.items()
    }
    wanted = {name: it and (*it, "file") for name, (_, it) in FILES.items()}
    assert {name: it for name, it in found.items() if it != wanted[name]} == {}


def test_a_picture_is_its_own_picture() -> None:
    found = FILES["a picture"][0]
    assert found is not None
    assert found.image == Found(f"{A}a.png", "file")


def test_a_size_is_what_came_or_what_was_announced() -> None:
    def size(**options: object) -> int | None:
        headers = {"content-type": "application/zip", **options.pop("headers", {})}  # type: ignore[dict-item]
        response = Response(url=f"{A}a.zip", status=200, body=b"12345", headers=headers, **options)  # type: ignore[arg-type]
        file = read_page(f"{A}a.zip", lambda *_, **__: response).file
        return file.size if file else 0

    assert size() == 5
    assert size(complete=False, headers={"content-length": "5000000"}) == 5_000_000
    assert size(complete=False, headers={"content-length": "500", "content-encoding": "gzip"}) is None
    assert size(complete=False, headers={"content-length": "9" * 99}) is None
    assert size(complete=False) is None


class TestPdf:
    BODY = pdf(title=b"(Cats at work)", author=b"(Neko)", pages=12)

    def test_what_it_says_of_itself(self) -> None:
        for media in ("application/pdf", "application/octet-stream", "", "text/html"):
            found = extract_page(self.BODY, url=f"{A}talk.pdf", content_type=media)
            assert (found.title, found.image) == (Found("Cats at work", "pdf"), Found(f"{A}talk.pdf", "pdf"))
            assert found.file == LinkedFile(kind="pdf", size=len(self.BODY), pages=12, author="Neko")

    def test_one_without_a_title_has_its_name(self) -> None:
        body = pdf(title=b"(Microsoft Word - talk.docx)")
        assert extract_page(body, url=f"{A}dir/t%20alk.pdf").title == Found("t alk.pdf", "file")
        assert extract_page(body, url=A).title == Found("a.example", "file")

    def test_one_that_cannot_be_read_is_a_file(self) -> None:
        found = extract_page(b"%PDF-1.7 broken", url=f"{A}talk.pdf")
        assert (found.title, found.image) == (Found("talk.pdf", "file"), None)
        assert found.problems == ("the PDF is damaged, encrypted or too large to be read",)

    def test_a_long_one_is_asked_for_once_more(self) -> None:
        asked: list[int | None] = []

        def get(url: str, *, headers: object = None, max_bytes: int | None = None) -> Response:
            asked.append(max_bytes)
            whole = max_bytes is not None
            body = self.BODY if whole else self.BODY[:99]
            return Response(url=url, status=200, headers={"content-type": "application/pdf"}, body=body, complete=whole)

        assert read_page(f"{A}talk.pdf", get).title.value == "Cats at work"
        assert asked == [None, 20_000_000]

    def test_titles_that_are_none(self) -> None:
        none = (
            "", " ", "Microsoft Word - 報告.docx", "Microsoft PowerPoint - a", "untitled", "Untitled-1", "無題",
            "名称未設定 2", "PowerPoint プレゼンテーション", "Présentation PowerPoint", "PowerPoint-Präsentation",
            "スライド 1", "Slide 1", "a.indd", "C:\\a\\b.doc",
            "(anonymous)", "12-34", "https://a.example/",
            "Document1", "文書 1", "x" * 301, "Print",
        )  # fmt: skip
        assert [it for it in none if pdf_title(it) is not None] == []
        titles = (
            "Untitled Goose Game",
            "Wordの使い方",
            "Microsoft Word入門",
            "Slides that work",
            "猫",
            "v1.2.doc の話",
        )
        assert [it for it in titles if pdf_title(it) != it] == []

    def test_japanese_of_older_programs(self) -> None:
        signs = "猫の報告".encode("cp932")
        table = dict(enumerate("•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž", 0x80))
        assert pdf_title("".join(table.get(it, chr(it)) for it in signs)) == "猫の報告"
        assert pdf_title("Café – Über uns") == "Café – Über uns"

    def test_authors_that_are_none(self) -> None:
        assert [
            it for it in ("", "user", "Administrator", "ユーザー", "PC1", "1234") if pdf_author(it) is not None
        ] == []
        assert pdf_author("根子 太郎") == "根子 太郎"
        assert len(pdf_author("根子, " * 90) or "") <= 80
