"""Where feeds lie, and on which page each is told: the pages' own lines and what feed readers look for are the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ...display.words import Strings
from ...model.paths import CHANGES_PAGE, KEP_PAGE, SIG_PAGE, TAG_PAGE, TOPIC_PAGE
from .atom_feed import ATOM
from .json_feed import JSON_FEED

ISSUES_FEED, JSON_ISSUES_FEED = "feed.xml", "feed.json"
"""The feeds of the newest issues, from the site's root."""

CHANGES_FEED, PLANS_FEED, SHIPPED_FEED = "changes.xml", "changes-plans.xml", "changes-shipped.xml"
"""The feeds of what happened to the KEPs that issues mention: all of that, plans alone, and what shipped alone."""

LIST_OF_FEEDS = "feeds.opml"
"""The list of all feeds."""

KEP_FEED, SIG_FEED, TOPIC_FEED = "keps/{number}/feed.xml", "sigs/{sig}/feed.xml", "topics/{slug}/feed.xml"
"""The feeds of a KEP, a SIG, a topic; each has the page of the same name."""

TAG_FEED = "tags/{name}/feed.xml"
"""The feed of a tag, which has the page of the same name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPlace:
    """A feed as a page tells of it: the feed's path, its media type, and what it is called there."""

    path: str
    title: str
    media_type: str = ATOM


def feeds_by_page(
    words: Strings,
    issues: str,
    *,
    keps: Iterable[int],
    sigs: Iterable[str],
    topics: Mapping[str, str],
    tags: Mapping[str, str],
) -> Mapping[str, tuple[FeedPlace, ...]]:
    """Return the feeds that each page tells of, by its path. `issues` is the folder of issues.

    Topics and tags have names.
    """
    of_changes = tuple(
        FeedPlace(path=path, title=words(f"feeds.{name}"))
        for path, name in ((CHANGES_FEED, "changes"), (PLANS_FEED, "plans"), (SHIPPED_FEED, "shipped"))
    )
    of_issues = (
        FeedPlace(path=ISSUES_FEED, title=words("feeds.issues")),
        FeedPlace(path=JSON_ISSUES_FEED, title=words("feeds.issues_json"), media_type=JSON_FEED),
    )
    found = {"index.md": (*of_issues, *of_changes), f"{issues}/index.md": of_issues, "keps/index.md": of_changes}
    found[CHANGES_PAGE] = of_changes
    of_tags = {slug: words("tag.title", name=name) for slug, name in tags.items()}
    own = (
        *((KEP_PAGE.format(number=it), KEP_FEED.format(number=it), f"KEP-{it}") for it in keps),
        *((SIG_PAGE.format(sig=it), SIG_FEED.format(sig=it), it) for it in sigs),
        *((TOPIC_PAGE.format(slug=it), TOPIC_FEED.format(slug=it), name) for it, name in topics.items()),
        *((TAG_PAGE.format(name=it), TAG_FEED.format(name=it), name) for it, name in of_tags.items()),
    )
    return found | {page: (FeedPlace(path=path, title=words("feeds.own", name=name)),) for page, path, name in own}


def feed_paths(by_page: Mapping[str, tuple[FeedPlace, ...]]) -> list[str]:
    """Return the paths of all feeds that pages tell of, and of the list of them."""
    paths = dict.fromkeys(place.path for places in by_page.values() for place in places)
    return [*paths, LIST_OF_FEEDS] if paths else []
