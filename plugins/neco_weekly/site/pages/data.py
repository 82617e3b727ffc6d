"""Data for machines, `api/*.json`: what the site knows. Addresses are relative to the site's root."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from ...issues.index import Index
from ...lock.gates_json import gate_to_dict
from ...lock.kep_as_of import KepAsOf
from ...lock.keps_json import enhancement_to_dict
from ...lock.releases_as_of import ReleasesAsOf
from ...lock.shipping_json import standing_to_dict
from ...model.issues import Issue, Mention, ReportedRelease, TopicMention
from ...model.paths import KEP_PAGE, TOPIC_PAGE
from ...model.watched import Release
from ..files import GeneratedPage
from .schema_files import schemas
from .topic import TopicView, TopicViews

NEWEST_MENTIONS = 15
"""How many mentions of a KEP the list of all KEPs has, so that it stays small however many issues there are."""

Under = Mention | TopicMention | ReportedRelease
"""What stands under a heading of an issue."""

AddressOf = Callable[[str], str]
"""A function from a page's path in the docs folder to its address from the root: `keps/127.md` -> `keps/127/`."""

MarkdownOf = Callable[[str], str | None]
"""A function from an issue's path to the address of its Markdown from the root; None where the site has none."""


class Coverage:
    """Where issues mention KEPs, as each file tells: made once for all of them. `pages` have the KEPs with a page."""

    def __init__(self, index: Index, pages: Collection[int], address_of: AddressOf) -> None:
        self._index, self._pages, self._address_of = index, frozenset(pages), address_of
        self._made: dict[int, Mapping[str, Any]] = {}

    def of(self, number: int) -> Mapping[str, Any]:
        """Return `{"url", "mentions"}` of a KEP: the page, null where there is none, and all mentions, newest first."""
        if number not in self._pages:
            return {"url": None, "mentions": []}
        if number not in self._made:
            found = [(issue, it) for issue, mentions in self._index.by_kep[number] for it in mentions]
            url = self._address_of(KEP_PAGE.format(number=number))
            self._made[number] = {"url": url, "mentions": _places(found, self._address_of)}
        return self._made[number]


def data(
    index: Index,
    releases: ReleasesAsOf,
    coverage: Coverage,
    topics: TopicViews,
    address_of: AddressOf,
    markdown_of: MarkdownOf,
) -> Iterator[GeneratedPage]:
    """Yield the machine-readable files about the issues, and about the KEPs and topics that have a page.

    The list of KEPs has those that no issue mentions, too, which have no page: all that count in releases. Of a KEP's
    mentions it has the newest, and the KEP's own file has all.
    """
    generated = releases.lock.as_of.isoformat() if releases.lock.as_of else None
    keps = [kep for number in releases.lives if (kep := releases.keps.of(number))]
    listed = [{**_said(kep), **_counted(coverage.of(kep.enhancement.number))} for kep in keps]
    shortened = [{**it, "mentions": it["mentions"][:NEWEST_MENTIONS]} for it in listed]
    yield as_json("api/keps.json", {"generated": generated, "keps": shortened})
    named = topics.index.by_issue
    issues = [_issue(it, named[it.path], address_of, markdown_of(it.path)) for it in index.issues]
    yield as_json("api/issues.json", {"issues": issues})
    found = [_topic(topics.view(slug), address_of) for slug in topics.rows]
    yield as_json("api/topics.json", {"generated": generated, "topics": found})
    for kep, summary in zip(keps, listed, strict=True):
        if summary["url"] is None:
            continue
        details = enhancement_to_dict(kep.enhancement)
        gates = {gate.name: gate_to_dict(gate) for gate in kep.gates}
        document = {"generated": generated, **details, "gates": gates, **summary}
        yield as_json(f"api/keps/{kep.enhancement.number}.json", document)
    yield from schemas()


def _counted(covered: Mapping[str, Any]) -> dict[str, Any]:
    return {"url": covered["url"], "mention_count": len(covered["mentions"]), "mentions": covered["mentions"]}


def _said(kep: KepAsOf) -> dict[str, Any]:
    """Return what is said of a KEP, mentioned or not."""
    state = kep.state
    return {
        "number": kep.enhancement.number,
        "title": state.title,
        "sig": state.sig,
        "stage": state.stage,
        "status": state.status,
        "latest_milestone": state.latest_milestone,
        **standing_to_dict(kep.today),
    }


def _topic(view: TopicView, address_of: AddressOf) -> dict[str, Any]:
    topic = view.topic
    return {
        **topic.facts,
        "url": address_of(TOPIC_PAGE.format(slug=topic.slug)),
        "current": _release(view.current),
        "releases": [
            {"version": it.version, "release": _release(it.release), "mentions": _places(it.places, address_of)}
            for it in view.reported
        ],
        "mentions": _places(view.mentions, address_of),
    }


def _release(release: Release | None) -> dict[str, Any] | None:
    return {"tag": release.tag, "day": release.day.isoformat()} if release else None


def _places(places: Iterable[tuple[Issue, Under]], address_of: AddressOf) -> list[dict[str, Any]]:
    return [_mention(issue, it, address_of) for issue, it in places]


def _mention(issue: Issue, mention: Under, address_of: AddressOf) -> dict[str, Any]:
    anchor = f"#{mention.heading.anchor}" if mention.heading and mention.heading.anchor else ""
    return {
        "issue": issue.date.isoformat() if issue.date else issue.path,
        "heading": mention.heading.text if mention.heading else None,
        "url": address_of(issue.path) + anchor,
    }


def _issue(issue: Issue, topics: Iterable[str], address_of: AddressOf, markdown: str | None) -> dict[str, Any]:
    return {
        "number": issue.number,
        "date": issue.date.isoformat() if issue.date else None,
        "title": issue.title,
        "headings": list(issue.topics),
        "news": [it.text for it in issue.news],
        "url": address_of(issue.path),
        "markdown": markdown,
        "keps": list(issue.keps),
        "topics": list(topics),
        "cards": list(dict.fromkeys(card.url for card in issue.cards if not card.link)),
    }


def as_json(path: str, document: Mapping[str, Any]) -> GeneratedPage:
    """Return a file of data: a JSON object, and an end of line."""
    return GeneratedPage(path=path, content=json.dumps(document, ensure_ascii=False) + "\n")
