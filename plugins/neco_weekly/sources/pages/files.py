"""Answers that are no HTML page but a file: a PDF, plain text, an archive, a picture -> name, kind, size.

A page of an API, or an error that a program tells another (`{"error": …}` with status 200), is no file: where the kind
of an answer could be either, the file must have a name with an extension, by its address or by what the server says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message
from urllib.parse import unquote, urlsplit

from ...model.cards import LinkedFile
from ...model.errors import FetchError
from ...model.text import one_line
from ..http import Response
from ..pictures.drawn_files import is_pdf, read_pdf
from .accounts import Account, texts
from .pdf_titles import pdf_author, pdf_title

# What a file of any kind, a program's answer to another program and an error may be called alike.
_ANYTHING = re.compile(
    r"text/.*|application/(?:.*\+)?(?:json|xml|yaml)|application/(?:x-)?yaml|application/octet-stream"
)

_RAW_HOSTS = frozenset({"raw.githubusercontent.com", "gist.githubusercontent.com"})
"""Hosts that answer with files alone, of whatever name: `LICENSE`, `Makefile`."""

_EXTENSION = re.compile(r"(?<=[^.])\.([A-Za-z0-9]{1,8})$", re.ASCII)

_PAGES = frozenset("asp aspx cfm cgi do htm html jsp php shtml xhtml".split())
"""Extensions of pages, whose answer is an error where it is no HTML."""

_KIND = re.compile(r"[a-z0-9][a-z0-9+-]{0,15}", re.ASCII)

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReading:
    """What is known of a file: an account of it for the card, what it is, and why something of it is not known."""

    account: Account
    file: LinkedFile
    problems: tuple[str, ...] = ()


def read_file(response: Response) -> FileReading | None:
    """Return what is known of the file that a response holds; None where that is no file that is known by a name."""
    media = one_line(response.headers.get("content-type", "").partition(";")[0]).lower()
    name = _name(response)
    if is_pdf(response.body):
        return _pdf(response, name or urlsplit(response.url).hostname or "PDF")
    extension = _EXTENSION.search(name)
    raw = bool(name) and urlsplit(response.url).hostname in _RAW_HOSTS
    if not name or "/" not in media or (extension and extension[1].lower() in _PAGES and not raw):
        return None
    if _ANYTHING.fullmatch(media) and not extension and not raw:
        return None
    kind = extension[1].lower() if extension else _kind(media)
    images = [response.url] if media.startswith("image/") else []
    account = Account(origin="file", titles=[name], images=images)
    return FileReading(account=account, file=LinkedFile(kind=kind, size=_size(response)))


def _pdf(response: Response, name: str) -> FileReading:
    """Return what a PDF says of itself; one that cannot be read is a file with a name and a size."""
    account, file = Account(origin="file", titles=[name]), LinkedFile(kind="pdf", size=_size(response))
    if not response.complete:
        return FileReading(account=account, file=file, problems=("the PDF is longer than is read",))
    try:
        words = read_pdf(response.body)
    except FetchError as error:
        return FileReading(account=account, file=file, problems=(str(error),))
    title = pdf_title(words.title)
    account = Account(origin="pdf" if title else "file", titles=[title or name], images=[response.url])
    author = pdf_author(words.author)
    return FileReading(
        account=account, file=LinkedFile(kind="pdf", size=_size(response), pages=words.pages, author=author)
    )


def _size(response: Response) -> int | None:
    """Return the bytes of a file: those that came, or those that the server announced where we stopped reading."""
    if response.complete:
        return len(response.body) or None
    announced = response.headers.get("content-length", "")
    compressed = response.headers.get("content-encoding", "").strip()
    return int(announced) if announced.isdecimal() and len(announced) < 16 and not compressed else None


def _name(response: Response) -> str:
    """Return the name of a response's file, as the server says (RFC 6266), else the last part of its address."""
    written = Message()
    written["Content-Disposition"] = one_line(response.headers.get("content-disposition", ""))[:1_000]
    said = _without_folders(written.get_filename("") if written["Content-Disposition"] else "")
    return said or _without_folders(unquote(urlsplit(response.url).path.rstrip("/").rpartition("/")[2]))


def _without_folders(name: str) -> str:
    last = re.split(r"[/\\]", name)[-1]
    return next(texts([last]), "")[:_LONGEST_NAME]


def _kind(media: str) -> str:
    """Return the word for a kind of file without an extension: `zip` of application/zip, `png` of image/png."""
    kind = media.partition("/")[2].removeprefix("x-").removeprefix("vnd.").partition("+")[0]
    if kind == "plain":
        return "txt"
    return kind if _KIND.fullmatch(kind) else "file"
