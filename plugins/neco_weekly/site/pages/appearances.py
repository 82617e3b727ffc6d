"""What issues wrote of a KEP or a topic: for each issue the passages that mention it, quoted under their headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ...lock.kep_as_of import Standing
from ...model.issues import Issue, Mention, TopicMention


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A passage of an issue: a heading, a mention under it to link to, and the paragraphs around the mentions there.

    `heading` is None under the issue's own title.
    """

    mention: Mention | TopicMention
    heading: str | None
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """An issue that mentions a KEP or a topic, by passages; `then` is where the KEP stood on the issue's day."""

    issue: Issue
    passages: tuple[Passage, ...]
    then: Standing | None = None


def appearance(
    issue: Issue, mentions: Sequence[Mention] | Sequence[TopicMention], then: Standing | None = None
) -> Appearance:
    """Return what an issue wrote, by its mentions in the order of its text."""
    return Appearance(issue=issue, then=then, passages=tuple(_passages(mentions, issue.title)))


def words_around(found: Iterable[tuple[Issue, Sequence[Mention | TopicMention]]]) -> Iterator[str]:
    """Yield the words around mentions: all that can be quoted of them."""
    return (mention.paragraph for _, mentions in found for mention in mentions)


def _passages(mentions: Sequence[Mention] | Sequence[TopicMention], title: str) -> Iterator[Passage]:
    """Yield the passages of an issue: mentions by heading, each paragraph once, in the order of the text."""
    by_heading: dict[object, list[Mention | TopicMention]] = {}
    for mention in mentions:
        by_heading.setdefault(mention.heading, []).append(mention)
    for under in by_heading.values():
        paragraphs = dict.fromkeys(mention.paragraph for mention in under if mention.paragraph)
        heading = under[0].heading.text if under[0].heading else None
        yield Passage(mention=under[0], heading=None if heading == title else heading, paragraphs=tuple(paragraphs))
