"""What the home shows in our design: the latest issue, what moved, five earlier issues, and ways into the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from ...model.issues import Heading, Issue
from ...model.paths import RELEASES_PAGE, SIG_PAGE, TAGS_PAGE, TOPIC_PAGE, TOPICS_PAGE
from ..headlines import Headlines, Told, told
from .moves import Move
from .sigs import Sig
from .tags import Tag
from .topic import TopicRow

EARLIER, NEWS, MOVES = 5, 5, 5
"""The number of earlier issues, of headings of the latest one, and of moves."""

MOST_WAYS = 6
"""The number of links of one kind that lead into the site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Links of one kind, by the key of its words: each a path with what the link shows; the last leads to all."""

    key: str
    links: tuple[tuple[str, str], ...]
    all: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The view of the home. `news` are the first headings of the latest issue that carry its news."""

    latest: Told | None
    news: tuple[Heading, ...]
    earlier: tuple[Told, ...]
    moves: tuple[Move, ...]
    ways: tuple[Way, ...]


def home_of(issues: tuple[Issue, ...], headlines: Headlines, moves: tuple[Move, ...], ways: Iterable[Way]) -> Home:
    """Return the home of a site with these issues, the newest first."""
    latest = next(told(issues[:1], headlines), None)
    return Home(
        latest=latest,
        news=latest.issue.news[:NEWS] if latest else (),
        earlier=tuple(told(issues[1 : EARLIER + 1], headlines)),
        moves=moves,
        ways=tuple(it for it in ways if it.links),
    )


def ways_in(
    releases: Mapping[str, str],
    topics: Mapping[str, TopicRow],
    sigs: Mapping[str, Sig],
    tags: Mapping[str, Tag],
    issues: Iterable[Issue],
    issues_dir: str,
) -> Iterator[Way]:
    """Yield the ways into a site; `releases` are the paths of the pages of those that are out, by name, oldest first.

    The newest releases and years come first, the topics that most issues name, and the SIGs that own most KEPs.
    """
    newest = [*releases.items()][::-1]
    yield _way("release", ((path, name) for name, path in newest), RELEASES_PAGE)
    named = sorted(topics.items(), key=lambda it: (-len(it[1].issues), it[1].topic.name))
    yield _way("topic", ((TOPIC_PAGE.format(slug=slug), row.topic.name) for slug, row in named), TOPICS_PAGE)
    owning = sorted(sigs.values(), key=lambda it: (-len(it.owned), it.name))
    yield _way("sig", ((SIG_PAGE.format(sig=it.name), it.name) for it in owning), "sigs/index.md")
    yield _way("tag", ((it.path, it.name) for it in tags.values()), TAGS_PAGE)
    archive = f"{issues_dir}/index.md"
    years = dict.fromkeys(it.date.year for it in issues if it.date)
    yield _way("year", ((f"{archive}#{year}", str(year)) for year in years), archive)


def _way(key: str, links: Iterable[tuple[str, str]], to_all: str) -> Way:
    return Way(key=key, links=tuple(islice(links, MOST_WAYS)), all=to_all)
