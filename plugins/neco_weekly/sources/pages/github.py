"""Pages of GitHub, to which a third of all cards lead: what their API or their metadata says, put in the same form.

With a token the API has title, description and date; the page, which needs none, has the rest. GitHub's metadata repeat
themselves (`GitHub - owner/name: text`, `text - owner/name`, `Contribute to …`), which a card has no room for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote, urlsplit

from ...grammar.github_repositories import NO_OWNERS
from ...model.extraction import Extraction, Found
from ...model.text import one_line
from .accounts import Account, with_description
from .titles import same_words

ORIGIN = "github"
"""The origin of fields that GitHub's API, or this module, has given."""

_HOSTS = frozenset({"github.com", "www.github.com"})

_PATH = re.compile(
    r"/(?P<repository>[a-z0-9][a-z0-9-]*/[\w.-]+?)(?:\.git)?"
    r"(?:/(?P<kind>issues|pull|discussions|releases/tag|blob|tree|commit)/(?P<what>.+?))?/?",
    re.ASCII | re.IGNORECASE,
)

_LINES = re.compile(r"L\d+(?:C\d+)?(?:-L\d+(?:C\d+)?)?", re.ASCII)

_NUMBER = re.compile(r"(\d+)(?:/.*)?", re.ASCII)

_KIND_NAMES = {"issues": "Issue", "pull": "Pull Request"}

_INVITATION = re.compile(r"\s*Contribute to \S+ development by creating an account on GitHub\.?\s*$")

_ADVERTISEMENT = re.compile(r"GitHub is where .* builds? software.*|GitHub Gist: instantly share code.*", re.DOTALL)

_REPOSITORY_TITLE = re.compile(r"(?:GitHub - )?(?P<name>[\w.-]+/[\w.-]+(?: at \S+)?)(?:: (?P<text>.+))?", re.ASCII)

_AUTHOR = re.compile(r" by [\w-]+(?:\[bot\])?(?= · Pull Request #\d+ · )")

_DISCUSSION = re.compile(r"(?P<title>.+) · [^·]+ · Discussion #(?P<number>\d+)")

_MARKDOWN = (
    (re.compile(r"<!--.*?(?:-->|\Z)|(?:```|~~~).*?(?:```|~~~|\Z)", re.DOTALL), " "),
    (re.compile(r"^[ \t]*(?:[-=*_|: ]{3,}|/[a-z-]+\b.*)$", re.MULTILINE), ""),
    (re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)|</?[a-zA-Z][^>\n]*>"), ""),
    (re.compile(r"\[([^\]\n]+)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"^[ \t]*>[ \t]+", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*[-*+][ \t]+", re.MULTILINE), "- "),
    (re.compile(r" by @[\w-]+(?:\[bot\])? in https://github\.com/\S+", re.ASCII), ""),
    (re.compile(r"\*\*|__|`"), ""),
)

_HEADING = re.compile(r"^[ \t]*#{1,6} .*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class GitHubLink:
    """What an address of GitHub names: `kind` is the word in its path, `""` for the repository itself.

    `what` is a number, a tag, or a reference and a path (`main/README.md`); `lines` is `L10-L20`.
    """

    repository: str
    kind: str = ""
    what: str = ""
    lines: str = ""

    @classmethod
    def parse(cls, url: str) -> GitHubLink | None:
        """Return what an address of GitHub names; None outside of a repository, and for kinds that need no care."""
        parts = urlsplit(url)
        match = _PATH.fullmatch(parts.path) if (parts.hostname or "") in _HOSTS else None
        if match is None or match["repository"].partition("/")[0].lower() in NO_OWNERS:
            return None
        kind, what = (match["kind"] or "").lower(), unquote(match["what"] or "")
        if kind in ("issues", "pull", "discussions"):
            number = _NUMBER.fullmatch(what)
            if number is None:
                return None
            what = number[1]
        lines = parts.fragment if _LINES.fullmatch(parts.fragment) else ""
        return cls(repository=match["repository"], kind=kind, what=what, lines=lines)

    @property
    def path(self) -> str:
        """The path of the file that the address names, where its git reference is one word."""
        return self.what.partition("/")[2]


def refine(extraction: Extraction, place: str) -> Extraction:
    """Return the extraction of GitHub's page at `place`, its title and description less what GitHub repeats."""
    link = GitHubLink.parse(place)
    title, description = extraction.title.value, extraction.description.value if extraction.description else ""
    better = _title(link, title) if link else title
    shown = _REPOSITORY_TITLE.fullmatch(title)
    said = _description(description, title)
    if shown and shown["text"] and (not said or same_words(said, shown["text"])):
        said = shown["text"]  # GitHub's description is this text with a full stop behind
    if better != title:
        extraction = replace(extraction, title=Found(better, ORIGIN))
    if said != description:
        extraction = with_description(extraction, said, ORIGIN)
    return extraction


def account_of(link: GitHubLink, answer: Mapping[str, Any]) -> Account:
    """Return the account of a page by GitHub's API: by the object of the page, or of its repository."""

    def text(key: str) -> str:
        value = answer.get(key)
        return one_line(value) if isinstance(value, str) else ""

    repository = text("full_name") or link.repository
    body = answer.get("body")
    description = _plain(body) if isinstance(body, str) else text("description")
    if link.kind in _KIND_NAMES:
        name, date = f"{text('title')} · {_KIND_NAMES[link.kind]} #{link.what} · {repository}", text("created_at")
        title = name if text("title") else ""
    elif link.kind == "releases/tag":
        title, date = f"Release {text('name') or text('tag_name') or link.what} · {repository}", text("published_at")
    else:
        title, date = (_file_title(link, link.path) if link.kind else repository), ""
    return Account(
        origin=ORIGIN,
        titles=[title],
        descriptions=[description],
        sites=["GitHub"],
        published=[date],
        exact=True,
    )


def _title(link: GitHubLink, title: str) -> str:
    if link.kind == "pull":
        return _AUTHOR.sub("", title)
    if link.kind == "discussions" and (match := _DISCUSSION.fullmatch(title)):
        return f"{match['title']} · Discussion #{match['number']} · {link.repository}"
    if link.kind in ("blob", "tree") and link.path:
        # The page knows where a reference like `feature/x` ends and the path begins.
        repository = re.escape(link.repository.partition("/")[2])
        shown = re.match(rf"{repository}/(?P<path>.+) at \S+ · ", title)
        return _file_title(link, shown["path"] if shown else link.path)
    if not link.kind and (match := _REPOSITORY_TITLE.fullmatch(title)):
        return match["name"]
    return title


def _file_title(link: GitHubLink, path: str) -> str:
    lines = f"#{link.lines}" if link.lines and link.kind == "blob" else ""
    return f"{path or link.what}{lines} · {link.repository}"


def _description(description: str, title: str) -> str:
    """Return what a description says of a repository, without the page's title or the repository's name behind."""
    text = _ADVERTISEMENT.sub("", _INVITATION.sub("", description))
    named = _REPOSITORY_TITLE.fullmatch(title)
    return text.removesuffix(f" - {title}").removesuffix(f" - {named['name']}" if named else "").strip()


def _plain(markdown: str) -> str:
    """Return a Markdown text up to its second heading as words: without a template's comments and without marks."""
    text = markdown[:5_000].replace("\r", "")
    for pattern, replacement in _MARKDOWN:
        text = pattern.sub(replacement, text)
    return next((part for part in _HEADING.split(text) if part.strip()), "")
