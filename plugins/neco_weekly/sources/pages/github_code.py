"""Lines of code at a permalink of GitHub (`blob/<commit>/path#L10-L20`), as they were in that commit.

They are asked for where raw files are, without a token: what comes from there is public. A branch's or tag's lines may
be others tomorrow, so that only an address with a commit has lines.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from ...model.cards import Card
from ...model.github import LONGEST_CODE_LINE, MOST_CODE_LINES, Code
from ...model.text import CONTROL, shortened
from ..http import Get
from .github import GitHubLink

GITHUB_RAW = "https://raw.githubusercontent.com"
"""The address at which GitHub has files as they are, `/owner/name/commit/path`."""

_FILE_BYTES = 1_000_000

_COMMIT, _SHORT_COMMIT = re.compile(r"[0-9a-f]{40}", re.ASCII), re.compile(r"[0-9a-f]{7,39}", re.ASCII)

_RANGE = re.compile(r"L(\d{1,7})(?:C\d+)?(?:-L(\d{1,7}))?", re.ASCII)

# Signs that reorder or hide code from its reader (Trojan Source, CVE-2021-42574): they are shown as what they are not.
_HIDDEN = re.compile("[\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")

_LANGUAGES = {
    "bash": "Shell", "c": "C", "cc": "C++", "cpp": "C++", "cs": "C#", "css": "CSS", "go": "Go", "h": "C",
    "hpp": "C++", "html": "HTML", "java": "Java", "js": "JavaScript", "json": "JSON", "jsx": "JavaScript",
    "kt": "Kotlin", "lua": "Lua", "md": "Markdown", "mjs": "JavaScript", "php": "PHP", "pl": "Perl",
    "proto": "Protocol Buffers", "py": "Python", "rb": "Ruby", "rego": "Rego", "rs": "Rust", "scala": "Scala",
    "sh": "Shell", "sql": "SQL", "swift": "Swift", "tf": "HCL", "toml": "TOML", "ts": "TypeScript",
    "tsx": "TypeScript", "xml": "XML", "yaml": "YAML", "yml": "YAML", "zig": "Zig",
}  # fmt: skip
"""Names of languages by the ending of a file's name, as GitHub shows them."""

WholeCommit = Callable[[str, str], str | None]
"""A function from a repository and a short id of a commit to the whole id; None where it names no commit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GitHubCode:
    """The reader of lines of code: `commit` finds what a short id names, `known` is the lock's card of a page."""

    get: Get
    raw: str = GITHUB_RAW
    commit: WholeCommit = lambda _repository, _reference: None
    known: Callable[[str], Card | None] = lambda _: None

    def lines(self, url: str, link: GitHubLink) -> Code | None:
        """Return the lines of code that a permalink names; None for another link, and for what is no text.

        What the lock has is not asked for again: a commit does not change.

        Raises:
            FetchError: no response.
        """
        reference, _, path = link.what.partition("/")
        named = _RANGE.match(link.lines)
        if link.kind != "blob" or named is None or not path or path != posixpath.normpath(path):
            return None
        first, last = sorted((int(named[1]), int(named[2] or named[1])))
        card = self.known(url)
        if card and card.code and (card.code.first, card.code.last) == (first, last):
            return card.code
        commit = reference if _COMMIT.fullmatch(reference) else None
        if commit is None and _SHORT_COMMIT.fullmatch(reference):
            commit = self.commit(link.repository, reference)
        if commit is None or first < 1:
            return None
        response = self.get(f"{self.raw.rstrip('/')}/{link.repository}/{commit}/{quote(path)}", max_bytes=_FILE_BYTES)
        last_shown = min(last, first - 1 + MOST_CODE_LINES)
        lines = [_clean(it) for it in _lines(response.body, whole=response.complete)[first - 1 : last_shown]]
        language = _LANGUAGES.get(path.rpartition("/")[2].rpartition(".")[2].lower())
        return Code(first=first, last=last, lines=tuple(lines), language=language) if any(lines) else None


def _lines(body: bytes, *, whole: bool) -> list[str]:
    """Return the lines of a text file as they are; none of what is no UTF-8 text."""
    written = body if whole else body.rpartition(b"\n")[0]
    try:
        text = written.decode("utf-8-sig")
    except UnicodeDecodeError:
        return []
    if "\0" in text:
        return []
    return text.split("\n")


def _clean(line: str) -> str:
    """Return a line in which nothing hides, cut where it is long."""
    shown = "\t".join(CONTROL.sub("\ufffd", part) for part in line.removesuffix("\r").split("\t"))
    return shortened(_HIDDEN.sub("\ufffd", shown), LONGEST_CODE_LINE)
