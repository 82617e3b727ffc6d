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

_SHORT_ADDRESS = (
    r"kep\.k8s\.io(?:/issues)?|features\.k8s\.io|k8s\.io/kep|(?:www\.)?(?:kubernetes|k8s)\.dev/resources/keps"
)

_WIDE_SIGNS = (0xFF03, *range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
_NARROW = {code: code - 0xFEE0 for code in _WIDE_SIGNS}

_JOINT = rf"(?:{_DASH}?{_HASH}|{_SPACE}{_HASH}|{_DASH}|{_SPACE}[Nn]o\.{_SPACE}?)"  # says that a number is no count

# `kep-127` may be part of a name: of a file (`kep-127.yaml`), a path (`kep-127/a.md`), an image (`kep-127:v1`).
_NO_NAME = (
    r"(?!\.[A-Za-z])(?!:[0-9A-Za-z/])(?![@=(\[])"
    r"(?!/(?![0-9]{1,5}(?![0-9A-Za-z_.-])|[Kk][Ee][Pp][Ss]?[^A-Za-z./]?[0-9]))"
)

_TEXT_REFERENCE = re.compile(
    rf"""
      {_BEFORE}(?:
          (?P<plural>KEPs(?:{_SPACE}|{_DASH}){_HASH}?\d+{_AFTER}{_COUNTED})
        | KEP{_JOINT}\d+{_AFTER}
        | KEP(?:{_SPACE}|[:：])?\d+{_AFTER}{_COUNTED}
        | (?P<small>
            (?<![\\@\#.$%=?])(?i:kep(?:{_JOINT}|{_SPACE}|[:：])?|keps(?:{_SPACE}|{_DASH}){_HASH}?)\d+
            {_AFTER}{_COUNTED}{_NO_NAME}
          )
      )
    | (?P<address>(?<![A-Za-z0-9_./-])(?:{_SHORT_ADDRESS})/\d+{_AFTER})
    | (?P<folder>(?<![A-Za-z0-9_./-])git\.k8s\.io/enhancements/keps/[A-Za-z0-9_./-]*[A-Za-z0-9_-])
    | (?P<repository>
        (?<![A-Za-z0-9_./-])(?:(?:kubernetes/|k/)?enhancements|kubernetes/enhancements{_SPACE}){_HASH}\d+{_AFTER}
      )
    """,
    re.ASCII | re.VERBOSE,
)

_SIGNS = ("kep", "enhancements", "k8s.io/", "kubernetes.dev/", "k8s.dev/")

_LAST_DIGITS = re.compile(r"\d+\Z", re.ASCII)

_HASH_NUMBER = re.compile(rf"(?<![A-Za-z0-9_&/]){_HASH}(\d+){_AFTER}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextReference:
    """A KEP reference in a text, `text[start:end]`. `number` is None where no KEP can have that number.

    `by_repository` marks `enhancements#127`, which inside a link to a pull request names that pull request. A
    `candidate` (`kep-127`, the second number of `KEP-127/128`) is a reference only if its number is that of a KEP.
    """

    start: int
    end: int
    number: int | None
    by_repository: bool = False
    candidate: bool = False


def may_hold_reference(text: str) -> bool:
    """Whether a text may hold a KEP reference: cheap, for most texts hold nothing that every reference has."""
    narrow = (text if text.isascii() else text.translate(_NARROW)).lower()
    return any(sign in narrow for sign in _SIGNS)


def narrowed(text: str) -> str:
    """Return a text with ASCII letters, digits and `#` for those of full width, sign for sign: places stay."""
    return text.translate(_NARROW)


def find_text_references(text: str) -> Iterator[TextReference]:
    """Yield the KEP references in a run of plain text, in order; a list (`KEPs 127, 128`) gives one per number."""
    text, end, last = narrowed(text), 0, -1
    while match := _TEXT_REFERENCE.search(text, end):
        start, end = match.span()
        in_path = match["small"] and text[start - 1 : start] == "/" and last != start - 1
        first = None if in_path else _read(match)  # `v1/kep-127` is a path, `kep-127/kep-128` are two
        if first is None:
            continue
        yield first
        if not (match["folder"] or match["address"] or match["repository"]):
            for found in _further(text, first, plural=match["plural"] is not None):
                yield found
                end = found.end
        last = end


def _read(match: re.Match[str]) -> TextReference | None:
    """Return the reference that a match is, for a list the first; None if the match names no KEP after all."""
    start, end, small = match.start(), match.end(), match["small"] is not None
    if match["folder"]:
        address = read_url(f"https://{match[0]}")
        if address.meaning not in (UrlMeaning.KEP, UrlMeaning.IMPOSSIBLE):
            return None
        return TextReference(start=start, end=end, number=address.number)
    digits = _LAST_DIGITS.search(match[0])  # `k8s.io` has a digit of its own
    number = kep_number(digits[0]) if digits else None
    if small and number is None:
        return None
    by_repository = match["repository"] is not None
    return TextReference(start=start, end=end, number=number, by_repository=by_repository, candidate=small)


# --- lists and ranges ---------------------------------------------------------------------------------------------

_GAP = r"[ \t\n\u00a0\u3000]{0,9}"

_AND = (
    rf"{_GAP}(?:,{_GAP}and(?![A-Za-z])|[,，、/／・&＆+＋→]|->|and(?![A-Za-z])|or(?![A-Za-z])"
    rf"|と|や|か|または|又は|および|及び|ならびに|並びに){_GAP}"
)

_TO = rf"{_GAP}(?:[~\u301c\uff5e]|から|to(?![A-Za-z])|through(?![A-Za-z])){_GAP}|\u2013"

# A number that counts, dates or measures something names no KEP. Words may follow a KEP's number behind a space.
_COUNTERS = (
    r"(?![年月日件個つ倍%％ヶヵケカ箇章節版時秒円人台回号番位点行社歳週度項期割冊枚票語字頁段代丁]"
    r"|名(?!前)|分(?![散離割類])|本(?![体文])|種(?!別)|か[月所国条年])"
    r"(?![ \u00a0\u3000](?:[年月日倍%％ヶヵケ円秒人台回]|件(?!名)|個(?!別)|つ(?![まなけ])|[かカ]月|本(?![体文])|種類"
    r"|分(?![散離割類])))"
    r"(?![ \u00a0\u3000]?(?:ビット|バイト|パーセント|ページ|ノード|リリース))"
    r"(?![ \u00a0](?:[KMGT]i?B|[mnµ]s|bits?|bytes?|percent|more|others?|KEPs?|enhancements|features|PRs?|issues"
    r"|days|weeks|months|years|times|people|nodes|pods)(?![A-Za-z]))"
)

_FURTHER = re.compile(
    rf"(?:(?P<to>{_TO})|(?P<gap>{_AND}))(?P<number>(?P<hash>{_HASH})?(?P<digits>\d+)){_AFTER}{_COUNTERS}(?![:：][0-9])",
    re.ASCII,
)

# A version, a sentence's end, or few of something: `3 others`, 「12 クラスター」.
_DOUBTFUL = re.compile(rf"[.．]|(?<![0-9]{{3}}){_SPACE}?[A-Za-z\u30a1-\u30fa\u4e00-\u9fff]")

_DATE = re.compile(r"/[0-9]{1,2}(?![0-9])")

_THOUSANDS = re.compile(r",[0-9]{3}(?![0-9])")


def _further(text: str, first: TextReference, *, plural: bool) -> Iterator[TextReference]:
    """Yield the further numbers behind the first of a list or range: candidates, but for a list of `KEPs`.

    A range, `KEP-127〜129`, names its first and its last KEP.
    """
    before, hashes = first, "#" in text[first.start : first.end]
    while match := _FURTHER.match(text, before.end):
        number, firm = kep_number(match["digits"]), plural and match["to"] is None
        if match["hash"] and not hashes:
            return  # `KEP-127, #128`: of which repository?
        is_range = match["to"] is not None
        if not firm and (number is None or _is_doubtful(text, match) or (is_range and number <= (before.number or 0))):
            return
        before = TextReference(start=match.start("number"), end=match.end(), number=number, candidate=not firm)
        yield before


def _is_doubtful(text: str, match: re.Match[str]) -> bool:
    """Whether a further number more likely counts, or belongs to a date, a version or a large number."""
    if _DOUBTFUL.match(text, match.end()):
        return True
    gap = match["gap"] or ""
    in_date = "/" not in gap and _DATE.match(text, match.end())  # `、8/26`
    in_number = gap != "," and _THOUSANDS.match(text, match.end())  # `、1,000`
    return bool(in_date or in_number)


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
