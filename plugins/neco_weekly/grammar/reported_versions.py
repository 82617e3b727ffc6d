"""Versions that a heading reports: `Kubebuilder v3.7.0`, `Argo CD の v2.5.0 と v2.4.15`, `Cilium 1.12.3 → 1.13.0`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_VERSION = r"(?<![\w.])v?\d{1,9}(?:\.\d{1,9}){1,3}(?:[-.+]?(?:alpha|beta|rc|pre|dev)[-.]?\d*)?(?![\w.]*\w)"

_FIRST = re.compile(
    rf"[\s　]*+(?:(?:の|[:：(（\[「]|version|ver\.?|バージョン|Release|release)[\s　]*+){{0,2}}({_VERSION})",
    re.ASCII,
)

_NEXT = re.compile(rf"[\s　]*+(?:,|、|/|／|・|&|＆|\+|and|と|および)[\s　]*+({_VERSION})", re.ASCII)

_STEP = re.compile(rf"[\s　]*+(?:->|=>|→|⇒|〜|～|to|から)[\s　]*+({_VERSION})", re.ASCII)

_WHOLE = re.compile(r"[\s　]+(v?\d{1,3})(?=[\s　]*(?:\Z|[（(]|リリース|released?\b|登場|公開|が出))", re.ASCII)
"""A version of one number, `Teleport 10`: a count would have something behind it that is counted."""

_MOST = 10


def reported_versions(heading: str, named: Iterable[tuple[int, str]]) -> Iterator[tuple[str, str]]:
    """Yield the versions that a heading reports, each with its topic: those right behind the topic's name.

    `named` are the topics of the heading, each with the place where its name ends. Of a step from one version to
    another the latter is reported.
    """
    for end, topic in named:
        for version in _versions_at(heading, end):
            yield topic, version


def _versions_at(heading: str, place: int) -> list[str]:
    match = _FIRST.match(heading, place) or _WHOLE.match(heading, place)
    found: list[str] = []
    while match and len(found) < _MOST:
        if step := _STEP.match(heading, match.end()):
            match = step
        found.append(match[1])
        match = _NEXT.match(heading, match.end())
    return found
