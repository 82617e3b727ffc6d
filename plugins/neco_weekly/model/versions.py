"""Versions of projects, read from their tags as real projects write them, put in order, and told apart by their lines.

The order is that of Semantic Versioning 2.0.0 (https://semver.org, section 11), read leniently: a version may have one
to four numbers, a word before them, and endings that SemVer does not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

Step = Literal["major", "minor", "patch"]
"""What a version is against an older one, by the first of their numbers that differs; of 0.x a new x is a `minor`."""

_LONGEST = 120
"""The number of characters that a tag with a version has at most."""

_TAG = re.compile(
    r"""(?:(?P<word>[a-z]+?)|(?P<family>(?!v\d)[a-z@][\w@./+-]*?)[-_/@.])?? # go1.2; kustomize/, jq-; or nothing
        (?P<v>v[._]?)?
        (?P<numbers>\d{1,9}(?P<dot>[._])\d{1,9}(?:(?P=dot)\d{1,9}){0,2}(?!\d|(?P=dot)\d)
                   |(?<=v)\d{1,4}(?![\d._]))
        (?P<end>[\w.+~-]*)""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)

_NO_FAMILY = frozenset("v version ver release releases rel r tag stable".split())
"""Words before a version that name no thing: `release-1.20` is what `1.20` is."""

_MADE_BY_MACHINES = re.compile(
    r"(?<![a-z])(?:nightly|daily|weekly|canary|snapshot|edge|insiders?)(?![a-z])"
    r"|(?<![0-9a-z])g?(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{7,40}(?![0-9a-z])"
    r"|(?<!\d)\d{8}(?:\d{4}|\d{6})?(?!\d)",
    re.IGNORECASE,
)
"""What only tags of machines have: the name of a running build, the hash of a commit, a day or moment in digits."""

_BEFORE = frozenset("alpha beta dev ea m milestone pre preview rc".split())
"""Words before a version that say that its release is still to come: `rc-1.2`."""

_AFTER = frozenset(
    "build ce community ee enterprise final ga hf hotfix lts oss p patch pl post r rel release rev sp stable u".split()
)
"""Endings of versions that are out; by SemVer any other word is one of a version before its release."""

_PARTS = re.compile(r"\d+|[a-z]+", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version that people name: `family` is what it is a version of, "" where its tag does not say.

    `numbers` are three at least; `pre` is what names a version before its release (`rc.1`), `after` a repetition of a
    release or its build (`k3s1`), both lower-case. A tag of a single number `is_short`: most projects that have such
    tags move them to each new release of that major version.
    """

    family: str = ""
    numbers: tuple[int, ...]
    pre: str = ""
    after: str = ""
    is_short: bool = field(default=False, compare=False)

    @staticmethod
    def parse(tag: str) -> Version | None:
        """Return the version in a tag: `v1.2`, `kustomize/v5.0.1`, `jq-1.7`, `v2.0.0-rc.1`, `2022.08.1`; or None.

        Names that move (`latest`), hashes, days and builds of machines (`nightly`) are no versions.
        """
        return _parsed(tag)

    @property
    def is_prerelease(self) -> bool:
        """Whether the version's own name says that its release is still to come."""
        return bool(self.pre)

    @property
    def minor_line(self) -> tuple[int, int]:
        """The numbers before a patch: (1, 13) of v1.13.5."""
        return self.numbers[0], self.numbers[1]

    def step_from(self, older: Version) -> Step:
        """Return what this version is against an older one of the same family."""
        if self.numbers[0] != older.numbers[0]:
            return "major"
        return "patch" if self.numbers[1] == older.numbers[1] else "minor"

    @property
    def step(self) -> Step:
        """What the version is by its own numbers, where nothing is known of those before it."""
        major, minor, *rest = self.numbers
        return "patch" if any(rest) else "minor" if minor or not major else "major"

    def __lt__(self, other: Version) -> bool:
        return self.order < other.order

    @property
    def order(self) -> tuple[object, ...]:
        """A key that puts versions of one family in the order of their releases."""
        return self.numbers, not self.pre, _natural(self.pre), _natural(self.after)


_USUAL = re.compile(r"[vV]?(\d{1,6})\.(\d{1,6})\.(\d{1,6})", re.ASCII)


@lru_cache(maxsize=4096)
def _parsed(tag: str) -> Version | None:
    if usual := _USUAL.fullmatch(tag):  # nine tags of ten, in a fifth of the time
        return Version(numbers=(int(usual[1]), int(usual[2]), int(usual[3])))
    found = _TAG.fullmatch(tag) if len(tag) <= _LONGEST else None
    if found is None or _MADE_BY_MACHINES.search(tag):
        return None
    numbers = tuple(map(int, re.split("[._]", found["numbers"])))
    family = (found["family"] or found["word"] or "").lower()
    pre, after = _endings(found["end"].lower())
    if family in _BEFORE:
        family, pre = "", pre or family
    return Version(
        family="" if family in _NO_FAMILY else family,
        numbers=numbers + (0,) * (3 - len(numbers)),
        pre=pre,
        after=after,
        is_short=len(numbers) == 1 and not pre,
    )


def _endings(end: str) -> tuple[str, str]:
    """Return what an ending says of before and after a release: `-rc1+k3s1` gives `rc1` and `k3s1`."""
    name, _, build = end.partition("+")
    parts = _PARTS.findall(name)
    # One letter without a number is a patch of old (1.1.1q), words of _AFTER and numbers alone are repetitions.
    if name[:1] != "-" and len(parts) == 1 and len(parts[0]) == 1:
        return "", name
    if all(part.isdigit() or part in _AFTER for part in parts):
        return "", (name + build).strip("-_.")
    return name.strip("-_."), build


def _natural(text: str) -> tuple[tuple[bool, int, str], ...]:
    """Return a key that puts endings in order: numbers by their size and before words, `rc.2` before `rc.10`."""
    if not text:
        return ()
    return tuple((not it.isdigit(), int(it) if it.isdigit() else 0, it) for it in _PARTS.findall(text))


# --- families --------------------------------------------------------------------------------------------------------


def line_of(family: str, repository: str) -> str:
    """Return the family under whose name versions follow each other: "" for that with the name of the repository.

    `jq-1.7` of jqlang/jq comes after `v1.6`.
    """
    return "" if _plain(family) == _plain(repository.rpartition("/")[2]) else family


def own_families(families: Iterable[str], repository: str) -> frozenset[str]:
    """Return those families of a repository's tags that are the project itself, of `owner/name`.

    A repository may tag several things by a word before the version: `kustomize/v5.0.1` beside `api/v0.13.0`. The
    project are those without a word and those with the repository's own name. Where there are neither, it is all but
    paths, which are modules of Go (https://go.dev/ref/mod#vcs-version), and the charts that install it; where there is
    nothing else, these.
    """
    known = frozenset(families)
    things = (
        frozenset(it for it in known if not line_of(it, repository)),
        frozenset(it for it in known if "/" not in it and "chart" not in it),
    )
    return next((some for some in things if some), known)


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name.lower())
