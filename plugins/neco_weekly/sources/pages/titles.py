"""Titles of pages without the name of the site, which many repeat."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# A bar parts words wherever it stands; the others only with space around, as in `2022-08` and `a:b` they are letters.
_SEPARATOR = re.compile(r"\s*[|｜¦│»«≫]+\s*|\s+[-‐–—―－·・•:：/~〜]+\s+|(?<=\S):\s+|\s*[：／]\s*")

# What a site's name stands in, as in `Pods [LWN.net]` and 「猫の部屋」Pods.
_BRACKETS = {"」": "「", "』": "『", "】": "【", "］": "［", "]": "[", ")": "(", "）": "（", "》": "《", "〉": "〈"}

_CLOSING = {opening: closing for closing, opening in _BRACKETS.items()}

# The second level of hosts like example.co.jp.
_SECOND_LEVELS = frozenset("ac ad co com ed edu go gov gr lg ne net or org".split())

_NO_WORD, _APOSTROPHE = re.compile(r"\W+"), re.compile("['’]")

# `Docker Docs` at docs.docker.com, `Kubernetes Blog` at kubernetes.io.
_KINDS = ("", "blog", "docs", "documentation", "wiki")

_ROUNDS, _LONGEST_NAME = 3, 120

# The longest text whose key is kept: those of a page's titles and descriptions are few and short.
_LONGEST_KEPT = 1_000

# A part of a site in a title is short, and a title that says something without that is not.
_LONGEST_SECTION, _SHORTEST_REST = 40, 10


def without_site(title: str, names: Iterable[str], *, host: str, others: Iterable[str] = ()) -> str:
    """Return a page's title without the site's name behind or before; a title that is nothing else stays whole.

    Behind the title the host's name counts as well: `Pods | Kubernetes` at kubernetes.io. `others` are the page's other
    titles: where one of them lacks what stands behind, that may name a part of the site, `Pods | Kubernetes Concepts`.
    """
    known = list(names)
    declared = {key for name in known if (key := _key(name))}
    name = _key(_host_name(host))
    behind = (declared | _names_in(host) | ({f"{name}{kind}" for kind in _KINDS} if name else set())) - {""}
    for _ in range(_ROUNDS):
        shorter = _without_last(title, behind) or _without_first(title, declared)
        if shorter is None:
            break
        title = shorter
    return _without_part_of_site(title, [plain_words(it) for it in (*known, _host_name(host))], others) or title


def is_parted(text: str) -> bool:
    """Whether a text begins with what parts the words of a title: ` | Cats` is parted from a title before."""
    return _SEPARATOR.match(text) is not None


def names_host(text: str, host: str) -> bool:
    """Whether a text is no more than a host or a name in the host: `Neko` at neko.github.io."""
    return _key(text) in _names_in(host) - {""}


def parts_of(title: str) -> list[str]:
    """Return what stands between the separators of a page's title."""
    return [part for part in _SEPARATOR.split(title) if part]


def same_words(one: str, other: str) -> bool:
    """Whether two texts read the same but for case, width and punctuation; for comparing only, never to keep."""
    return one == other or (_key(one) == _key(other) != "")


def within_words(part: str, whole: str) -> bool:
    """Whether a text reads like another or some words of the other, but for case, width and punctuation."""
    words = plain_words(part)
    return words != "" and (
        f" {words} " in f" {plain_words(whole)} " or (not part.isascii() and _key(part) in _key(whole))
    )


def plain_words(text: str) -> str:
    """Return a text in lower case and without punctuation, for recognising only, never to keep."""
    return " ".join(_NO_WORD.sub(" ", _APOSTROPHE.sub("", unicodedata.normalize("NFKC", text).casefold())).split())


def _key(text: str) -> str:
    return _short_key(text) if len(text) <= _LONGEST_KEPT else _key_of(text)


@lru_cache(maxsize=500)  # a page's candidates are compared each with each
def _short_key(text: str) -> str:
    return _key_of(text)


def _key_of(text: str) -> str:
    return "".join(it for it in unicodedata.normalize("NFKC", text).casefold() if it.isalnum())


def _names_in(host: str) -> set[str]:
    """Return the keys of a host and of the names in it: `neko`, `github` of neko.github.io."""
    labels = [it for it in host.removeprefix("www.").split(".")[:-1] if len(it) > 2 and not it.isdigit()]
    return {_key(host), *map(_key, labels)}


def _host_name(host: str) -> str:
    """Return the name in a host: `kubernetes` of kubernetes.io, `example` of blog.example.co.jp."""
    labels = host.removeprefix("www.").split(".")
    level = 3 if len(labels) > 2 and labels[-2] in _SECOND_LEVELS else 2
    return labels[-level] if len(labels) >= level and not host.replace(".", "").isdigit() else ""


def _without_last(title: str, names: set[str]) -> str | None:
    opening = title.rfind(_BRACKETS[title[-1]]) if title[-1:] in _BRACKETS else 0
    if opening > 0 and _key(title[opening : opening + _LONGEST_NAME]) in names:
        return title[:opening].rstrip()
    for separator in _SEPARATOR.finditer(title):
        name = title[separator.end() :]
        if separator.start() and len(name) <= _LONGEST_NAME and _key(name) in names:
            return title[: separator.start()]
    return None


def _without_first(title: str, names: set[str]) -> str | None:
    closing = title.find(_CLOSING[title[0]], 0, _LONGEST_NAME) if title[:1] in _CLOSING else 0
    if closing > 0 and _key(title[:closing]) in names and closing + 1 < len(title):
        return title[closing + 1 :].lstrip()
    for separator in _SEPARATOR.finditer(title):
        if separator.start() > _LONGEST_NAME:
            break
        if _key(title[: separator.start()]) in names and separator.end() < len(title):
            return title[separator.end() :]
    return None


def _without_part_of_site(title: str, names: Iterable[str], others: Iterable[str]) -> str | None:
    """Return a title without a last part that has the site's name and more words, which another title has not."""
    last = next((it for it in _SEPARATOR.finditer(title) if len(title) - it.end() <= _LONGEST_SECTION), None)
    rest = title[: last.start()] if last else ""
    if last is None or len(_key(rest)) < _SHORTEST_REST or any(it.isdigit() for it in title[last.end() :]):
        return None
    part = f" {plain_words(title[last.end() :])} "
    if any(name and f" {name} " in part for name in names) and any(same_words(rest, it) for it in others):
        return rest
    return None
