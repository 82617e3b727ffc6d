"""The guide to deprecated APIs of kubernetes/website -> what each release no longer serves, and what stands in for it.

A section for each release has one for each kind. Its first sentence names versions in bold and the kinds that they are
of; an item that begins with "Migrate" names the version to move to, or a paragraph another feature.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ...model.keps import parse_release
from ...model.removed_apis import ApiReplacement, RemovedApi
from ...model.text import one_line, shortened
from .headed_lists import Block, markdown_blocks

_VERSION = r"\*\*((?:[a-z0-9.-]{1,80}/)?v\d{1,3}(?:(?:alpha|beta)\d{1,3})?)\*\*"

_REMOVED = re.compile(_VERSION, re.ASCII)

_REPLACED = re.compile(_VERSION + r"(?:,? (?:API version)?,? ?available since (v1\.\d{1,2}))?", re.ASCII)

_OF = re.compile(r"API versions? of (.{1,500}?) (?:is|are|will)\b", re.ASCII)

_IN = re.compile(r"^(.{1,500}?) in the \*\*", re.ASCII)

_KIND = re.compile(r"[A-Z][A-Za-z]{1,80}", re.ASCII)

_FEATURE = re.compile(r"^Migrate to \[([^\]\[]{1,80})\]\(", re.ASCII)

_GONE = "no longer"


@dataclass(slots=True)
class GuideText:
    """What the text of the guide says, and what of it could not be read: heading, and why."""

    removals: list[RemovedApi] = field(default_factory=list)
    irregular: list[tuple[str, str]] = field(default_factory=list)


def read_guide(text: str) -> GuideText:
    """Return what the guide says, in its own order; what it does not say as expected is told, and the rest is read."""
    said = GuideText()
    for release, heading, body in _sections(text):
        kind, place = shortened(heading.text, 80), f"{release} {shortened(heading.text, 80)}"
        sentence = next((it.text for it in body if _GONE in it.text and _REMOVED.search(it.text)), None)
        if sentence is None:
            said.irregular.append((place, "no sentence names versions that are no longer served"))
            continue
        versions = _versions(sentence)
        said.removals.append(
            RemovedApi(
                release=release,
                kinds=_kinds(sentence) or (one_line(kind),),
                versions=versions,
                replacements=tuple(_replacements(body, versions)),
                anchor=heading.anchor,
            )
        )
    return said


def _sections(text: str) -> Iterator[tuple[str, Block, Sequence[Block]]]:
    """Yield each section of a kind: the release that it stands below, its heading, its blocks."""
    release, level, heading = None, 0, None
    body: list[Block] = []
    for block in (*markdown_blocks(text.removeprefix("\ufeff")), Block(text="", level=1)):
        if not block.level:
            body.append(block)
            continue
        if release and heading:
            yield release, heading, body
        heading, body = None, []
        if named := parse_release(block.text):
            release, level = named, block.level
        elif release and block.level > level:
            heading = block
        else:
            release = None


def _versions(sentence: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_REMOVED.findall(sentence.partition(_GONE)[0])))


def _kinds(sentence: str) -> tuple[str, ...]:
    """Return the kinds that a sentence is about: `A, B, and C`."""
    match = _OF.search(sentence) or _IN.search(sentence)
    return tuple(it for it in _KIND.findall(match[1]) if it not in ("The", "API")) if match else ()


def _replacements(body: Sequence[Block], removed: Sequence[str]) -> Iterator[ApiReplacement]:
    """Yield what stands in for removed versions; a version that is removed there itself is a mistake of the guide."""
    seen = set(removed)
    for block in body:
        if not block.text.startswith("Migrate"):
            continue
        if feature := _FEATURE.match(block.text):
            yield ApiReplacement(name=one_line(feature[1]))
        for name, since in _REPLACED.findall(block.text):
            if name not in seen:
                seen.add(name)
                yield ApiReplacement(name=name, since=since or None)
