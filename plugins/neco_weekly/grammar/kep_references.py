r"""The grammar of KEP references: what names a KEP in an issue's text (`KEP-127`) and in a URL.

Measured forms and their pitfalls come from five newsletters and the official release announcements. Every pattern uses
ASCII classes at its edges, because Unicode `\b` does not separate a digit from kana.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import urlsplit

HIGHEST_KEP = 99_999
"""The highest number that a KEP may have: issues of kubernetes/enhancements have four digits, longer ones are mistyped.
"""


def kep_number(digits: str) -> int | None:
    """Return the KEP number that `digits` (perhaps zero padded) name, or None if no KEP can have that number."""
    number = int(digits) if len(digits) <= len(str(HIGHEST_KEP)) else 0
    return number or None


# --- references in text -------------------------------------------------------------------------------------------


_BEFORE = r"(?<![A-Za-z0-9_-])(?<![^0-9]/)(?<!^/)"  # no reference in a path, but `KEP-127/KEP-128` are two

_AFTER = r"(?![0-9A-Za-z_-])(?!\.[0-9])(?![\u2010\u2011][0-9A-Za-z])"

_DASH = r"[-\u2010-\u2013\u2212\uff0d]"  # hyphens, the figure and the en dash, the minus sign, the full-width hyphen

_SPACE = r"[ \u00a0\u3000]"  # ASCII, no-break, ideographic

_HASH = r"\\{0,3}\#"  # the extension writes up to three backslashes, to keep the length of a text

# 「KEP 3 件」 counts KEPs and names none; 「KEP 127 本体」 and 「KEP 127 つまり」 go on with words of their own.
_COUNTED = r"(?!\s?(?:件(?!名)|個(?!別)|本(?![体文番])|種(?!別)))(?!(?<![0-9]{2})\s?つ)"

_AND = r"\s*(?:,\s*and|,|、|，|/|・|&|and|or|と|および)\s*"

_SHORT_ADDRESS = (
    r"kep\.k8s\.io(?:/issues)?|features\.k8s\.io|k8s\.io/kep|(?:www\.)?(?:kubernetes|k8s)\.dev/resources/keps"
)

_WIDE_SIGNS = (0xFF03, *range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
_NARROW = {code: code - 0xFEE0 for code in _WIDE_SIGNS}

_TEXT_REFERENCE = re.compile(
    rf"""
      {_BEFORE}KEPs(?:{_SPACE}|{_DASH}){_HASH}?\d+(?:{_AND}{_HASH}?\d+)*{_AFTER}{_COUNTED}
    | {_BEFORE}KEP(?:{_DASH}?{_HASH}|{_SPACE}{_HASH}|{_DASH}|{_SPACE}[Nn]o\.{_SPACE}?)\d+{_AFTER}
    | {_BEFORE}KEP(?:{_SPACE}|[:：])?\d+{_AFTER}{_COUNTED}
    | (?<![A-Za-z0-9_./-])(?:{_SHORT_ADDRESS})/\d+{_AFTER}
    | (?P<folder>(?<![A-Za-z0-9_./-])git\.k8s\.io/enhancements/keps/[A-Za-z0-9_./-]*[A-Za-z0-9_-])
    | (?P<repository>
        (?<![A-Za-z0-9_./-])(?:(?:kubernetes/|k/)?enhancements|kubernetes/enhancements{_SPACE}){_HASH}\d+{_AFTER}
      )
    """,
    re.ASCII | re.VERBOSE,
)

_SIGNS = ("KEP", "enhancements", "k8s.io/", "kubernetes.dev/", "k8s.dev/")

_DIGITS = re.compile(r"\d+", re.ASCII)

_HASH_NUMBER = re.compile(rf"(?<![A-Za-z0-9_&/]){_HASH}(\d+){_AFTER}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextReference:
    """A KEP reference in a text, `text[start:end]`. `number` is None where no KEP can have that number.

    `by_repository` marks `enhancements#127`, which inside a link to a pull request names that pull request.
    """

    start: int
    end: int
    number: int | None
    by_repository: bool = False


def may_hold_reference(text: str) -> bool:
    """Whether a text may hold a KEP reference: cheap, for most texts hold nothing that every reference has."""
    narrow = text if text.isascii() else text.translate(_NARROW)
    return any(sign in narrow for sign in _SIGNS)


def find_text_references(text: str) -> Iterator[TextReference]:
    """Yield the KEP references in a run of plain text, in order; a list (`KEPs 127, 128`) gives one per number."""
    text = text.translate(_NARROW)  # a sign for a sign: places stay
    for match in _TEXT_REFERENCE.finditer(text):
        if match["folder"]:
            address = read_url(f"https://{match[0]}")
            if address.meaning in (UrlMeaning.KEP, UrlMeaning.IMPOSSIBLE):
                yield TextReference(start=match.start(), end=match.end(), number=address.number)
            continue
        by_repository = match["repository"] is not None
        start = match.start()
        numbers = list(_DIGITS.finditer(text, match.start(), match.end()))
        if not match[0].startswith("KEPs"):
            numbers = numbers[-1:]  # `k8s.io` has a digit of its own
        for digits in numbers:
            yield TextReference(
                start=start, end=digits.end(), number=kep_number(digits[0]), by_repository=by_repository
            )
            start = digits.end() + _gap(text, digits.end(), match.end())


def _gap(text: str, start: int, end: int) -> int:
    """Return the length of the separator between two KEP numbers of a list, which belongs to neither link."""
    match = re.compile(rf"{_AND}").match(text, start, end)
    return match.end() - start if match else 0


def hash_numbers(text: str) -> set[int]:
    """Return KEP numbers written `#127` in the text of a link to kubernetes/enhancements, where `#` means an issue."""
    return {number for digits in _HASH_NUMBER.findall(text) if (number := kep_number(digits))}


def named_numbers(text: str) -> set[int]:
    """Return all KEP numbers that the text of a link to kubernetes/enhancements names."""
    found = {reference.number for reference in find_text_references(text) if reference.number}
    return found | hash_numbers(text)


# --- references in URLs -------------------------------------------------------------------------------------------


class UrlMeaning(Enum):
    """What a URL means for KEP references: a KEP, a pull request, another numbering, an impossible number, nothing."""

    KEP = auto()
    PULL_REQUEST = auto()  # of kubernetes/enhancements: not a KEP
    FOREIGN = auto()  # old numbering or another project's keps/ folder: its text is no reference either
    IMPOSSIBLE = auto()  # says KEP, but no KEP can have that number
    OTHER = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlReference:
    """The meaning of a URL for KEP references; `number` is that of the KEP or of the pull request."""

    meaning: UrlMeaning
    number: int | None = None


_OTHER = UrlReference(meaning=UrlMeaning.OTHER)

_FOREIGN = UrlReference(meaning=UrlMeaning.FOREIGN)

_REPOSITORY = re.compile(r"/kubernetes/(?:enhancements|features)/(?P<rest>.*)", re.ASCII | re.IGNORECASE)

_FORK = re.compile(r"/[\w.-]+/enhancements/(?:tree|blob)/[^/]+(?:/[^/]+)*?/keps/(?P<path>.+)", re.ASCII | re.IGNORECASE)
"""The path of a file or folder in anybody's fork of kubernetes/enhancements."""

_ISSUE = re.compile(r"issues/(?P<number>\d+)(?:/|$)", re.ASCII)

_PULL = re.compile(r"pull/(?P<number>\d+)(?:/|$)", re.ASCII)

_FOLDER = re.compile(r"[^/]+(?:/[^/]+)*?/keps/(?P<path>.+)")  # `tree/<ref>/keps/…`, at the raw host `<ref>/keps/…`

_KEP_FOLDER = re.compile(r"(?!00)(?P<number>\d{1,5})-.*(?<!\.md)", re.ASCII)

_OLD_NUMBERING = re.compile(r"\d+-", re.ASCII)

_OUR_PAGE = re.compile(r"(?:^|/)keps/(?P<number>\d+)\.md$", re.ASCII)

_SHORT_HOSTS = {
    "kep.k8s.io": re.compile(r"/(?:issues/)?(?P<number>\d+)/?", re.ASCII),
    "k8s.io": re.compile(r"/kep/(?P<number>\d+)/?", re.ASCII),
    "k8s.dev": re.compile(r"/resources/keps/(?P<number>\d+)(?:/.*)?", re.ASCII),
    "features.k8s.io": re.compile(r"/(?P<number>\d+)/?", re.ASCII),
    "kubernetes.dev": re.compile(r"/resources/keps/(?P<number>\d+)(?:/.*)?", re.ASCII),
}


def read_url(url: str) -> UrlReference:
    """Return what a link's address means for KEP references. Raises nothing: a URL that cannot be parsed is OTHER."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return _OTHER
    if parts.scheme not in ("http", "https"):
        page = _OUR_PAGE.search(parts.path) if not parts.scheme and not parts.netloc else None
        return _numbered(page["number"]) if page else _OTHER
    if short := _SHORT_HOSTS.get(host):
        match = short.fullmatch(parts.path)
        return _numbered(match["number"]) if match else _OTHER
    if host == "git.k8s.io" and parts.path.startswith("/enhancements/keps/"):
        return _folder(parts.path.removeprefix("/enhancements/keps/"))
    return _at_github(host, parts.path) or (_FOREIGN if "/keps/" in parts.path else _OTHER)


def _at_github(host: str, path: str) -> UrlReference | None:
    """Return what a path of GitHub says about KEPs; None outside of the KEPs' repository and its forks."""
    repository = _REPOSITORY.match(path)
    if repository and host in ("github.com", "raw.githubusercontent.com"):
        return _in_repository(repository["rest"])
    fork = _FORK.match(path) if host == "github.com" else None
    return _folder(fork["path"]) if fork else None


def kep_of(url: str) -> int | None:
    """Return the number of the KEP that a URL names, or None if the URL names none."""
    reference = read_url(url)
    return reference.number if reference.meaning is UrlMeaning.KEP else None


def _in_repository(path: str) -> UrlReference:
    if match := _ISSUE.match(path):
        return _numbered(match["number"])
    if match := _PULL.match(path):
        return UrlReference(meaning=UrlMeaning.PULL_REQUEST, number=kep_number(match["number"]))
    if match := _FOLDER.match(path):
        return _folder(match["path"])
    return _OTHER


def _folder(path: str) -> UrlReference:
    """Return the KEP of a path such as `sig-node/127-user-namespaces/README.md`; `0017-name.md` is old numbering."""
    for segment in path.split("/"):
        if match := _KEP_FOLDER.fullmatch(segment):
            return _numbered(match["number"])
        if _OLD_NUMBERING.match(segment):
            return _FOREIGN
    return _OTHER


def _numbered(digits: str) -> UrlReference:
    number = kep_number(digits)
    return UrlReference(meaning=UrlMeaning.KEP if number else UrlMeaning.IMPOSSIBLE, number=number)
