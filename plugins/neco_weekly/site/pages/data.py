"""Data for machines, `api/*.json`: what the site knows. Addresses are relative to the site's root."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from ...issues.index import Index
from ...lock.gates_json import gate_to_dict
from ...lock.kep_as_of import KepAsOf, KepsAsOf
from ...lock.keps_json import enhancement_to_dict
from ...lock.shipping_json import standing_to_dict
from ...model.issues import Issue, Mention, ReportedRelease, TopicMention
from ...model.paths import KEP_PAGE, TOPIC_PAGE
from ...model.watched import Release
from ..files import GeneratedPage
from .topic import TopicView, TopicViews

Under = Mention | TopicMention | ReportedRelease
"""What stands under a heading of an issue."""

AddressOf = Callable[[str], str]
"""A function from a page's path in the docs folder to its address from the root: `keps/127.md` -> `keps/127/`."""


def data(
    index: Index, keps_as_of: KepsAsOf, keps: list[KepAsOf], topics: TopicViews, address_of: AddressOf
) -> Iterator[GeneratedPage]:
    """Yield the machine-readable files about the issues, and about the KEPs and topics that have a page.

    The list of KEPs has those that no issue mentions, too, which have no page.
    """
    lock = keps_as_of.lock
    generated = lock.as_of.isoformat() if lock.as_of else None
    summaries = [_kep(kep, index, address_of) for kep in keps]
    others = _others(keps_as_of, {kep.enhancement.number for kep in keps})
    unmentioned = [{**_said(kep), "url": None, "mentions": []} for kep in others]
    listed = sorted([*summaries, *unmentioned], key=lambda it: int(it["number"]))
    yield _json("api/keps.json", {"generated": generated, "keps": listed})
    named = topics.index.by_issue
    yield _json("api/issues.json", {"issues": [_issue(it, named[it.path], address_of) for it in index.issues]})
    found = [_topic(topics.view(slug), address_of) for slug in topics.rows]
    yield _json("api/topics.json", {"generated": generated, "topics": found})
    for kep, summary in zip(keps, summaries, strict=True):
        details = enhancement_to_dict(kep.enhancement)
        gates = {gate.name: gate_to_dict(gate) for gate in kep.gates}
        document = {"generated": generated, **details, "gates": gates, **summary}
        yield _json(f"api/keps/{kep.enhancement.number}.json", document)


def _others(keps_as_of: KepsAsOf, mentioned: Collection[int]) -> Iterator[KepAsOf]:
    """Yield all KEPs of the source but those that issues mention.

    A lock without the others tells no more: what it holds beside may be there for an issue that is not public yet.
    """
    if not keps_as_of.lock.others:
        return
    everyone = KepsAsOf(keps_as_of.lock.with_others(), keps_as_of.releases)
    for number in keps_as_of.lock.all_numbers.difference(mentioned):
        if kep := everyone.of(number):
            yield kep


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


def _kep(kep: KepAsOf, index: Index, address_of: AddressOf) -> dict[str, Any]:
    enhancement = kep.enhancement
    return {
        **_said(kep),
        "url": address_of(KEP_PAGE.format(number=enhancement.number)),
        "mentions": [
            _mention(issue, mention, address_of)
            for issue, mentions in index.by_kep[enhancement.number]
            for mention in mentions
        ],
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


def _issue(issue: Issue, topics: Iterable[str], address_of: AddressOf) -> dict[str, Any]:
    return {
        "number": issue.number,
        "date": issue.date.isoformat() if issue.date else None,
        "title": issue.title,
        "headings": list(issue.topics),
        "url": address_of(issue.path),
        "keps": list(issue.keps),
        "topics": list(topics),
        "cards": list(dict.fromkeys(card.url for card in issue.cards if not card.link)),
    }


def _json(path: str, document: dict[str, Any]) -> GeneratedPage:
    return GeneratedPage(path=path, content=json.dumps(document, ensure_ascii=False) + "\n")
