"""What `neco add` writes into a draft: the heading of a KEP or a topic with what is known of it, or a link.

What only the writer needs stands in a comment.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from ..display.phrases import standing_text
from ..display.words import Strings
from ..grammar.kep_headings import KepHeading
from ..issues.index import Index
from ..issues.topic_index import TopicIndex
from ..lock.kep_as_of import KepAsOf
from ..lock.store import Lock
from ..model.text import one_line, whole_sentences
from .issue_links import earlier_headings, earlier_links, issue_name
from .markdown_text import address_in_brackets, as_comment, as_markdown
from .news_draft import GITHUB, release_url, version_text

_LONGEST_SUMMARY = 240
"""The most characters of a summary's first sentences."""


def link_block(url: str) -> str:
    """Return an address on a line of its own, which is drawn as a card; nothing in it is read as anything else."""
    return quote(one_line(url), safe="/:?#@!$&'()+,;=%~-._")


@dataclass(frozen=True, kw_only=True)
class AdditionDraft:
    """What is added to the issue at `path`, relative to the docs folder; `heading` is how the team writes a KEP's."""

    path: str
    heading: KepHeading
    words: Strings

    def kep(self, kep: KepAsOf, index: Index) -> str:
        """Return the heading of a KEP, what is known of it in a comment, and where earlier issues wrote of it."""
        enhancement = kep.enhancement
        parts = [
            self.heading.markdown(enhancement.number, as_markdown(kep.state.title)),
            as_comment(self._of_kep(kep, index)),
        ]
        if links := list(earlier_links(index, enhancement.number, self.path, self.words)):
            parts.append(f"- {self.words('draft.show_before', links=self.words('news.between').join(links))}")
        return "\n\n".join(parts)

    def topic(self, slug: str, index: TopicIndex, lock: Lock) -> str:
        """Return the heading of a topic with its newest known release, and what is known of it in a comment."""
        topic = index.topics[slug]
        watched = lock.repository(topic.repo) if topic.repo else None
        latest = watched.current(lock.as_of) if watched else None
        name, address = as_markdown(topic.name), f"{GITHUB}/{topic.repo}" if topic.repo else ""
        if watched and latest:
            name, address = f"{name} {as_markdown(version_text(latest))}", release_url(watched, latest)
        elif not address and topic.sources:
            address = topic.sources[0].url
        title = f"[{name}]({address_in_brackets(address)})" if address else name
        return f"### {title}\n\n{as_comment(self._of_topic(slug, index, str(latest.day) if latest else ''))}"

    def _of_kep(self, kep: KepAsOf, index: Index) -> Iterator[str]:
        words, enhancement = self.words, kep.enhancement
        yield words("draft.stands", told=standing_text(kep.today, words))
        yield words("draft.sig", sig=kep.state.sig or words("draft.no_sig"))
        if enhancement.summary:
            yield words("draft.summary", text=whole_sentences(enhancement.summary.text, _LONGEST_SUMMARY))
        yield from list(earlier_headings(index, enhancement.number, words)) or [words("draft.never")]

    def _of_topic(self, slug: str, index: TopicIndex, latest: str) -> Iterator[str]:
        words, topic = self.words, index.topics[slug]
        if latest:
            yield words("draft.latest", day=latest)
        if topic.summary:
            yield words("draft.summary", text=topic.summary)
        told = False
        for issue, mentions in index.mentions.get(slug, ()):
            for heading in dict.fromkeys(it.heading.text if it.heading else issue.title for it in mentions):
                told = True
                yield words("draft.before", day=issue_name(issue, words), heading=heading)
        if not told:
            yield words("draft.never")
