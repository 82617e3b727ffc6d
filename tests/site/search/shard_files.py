"""The files that the engine loads, made from a built site's pages and `api/`, whatever index the site has itself."""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from tests.site.search.sections import GENERATED, PageSection

MOST_BYTES = 250_000
"""Of a shard, gzipped."""

_LEVEL = re.compile(r'<h([1-6])[^>]* id="([^"]*)"')


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchFiles:
    """`index.json` and the shards it names."""

    manifest: dict[str, Any]
    shards: dict[str, dict[str, Any]]


def search_files(site: Path, sections: Iterable[PageSection], synonyms: Sequence[Sequence[str]] = ()) -> SearchFiles:
    """Of a site's folder and what is to be found in it: newest year first, KEPs after it, undated pages last."""
    pages = [_page(page, list(group), site) for page, group in groupby(sections, lambda it: it.place.page)]
    _mention(pages, site)
    topics = _name_topics(pages, site)
    keps = _keps(site)
    years = sorted({_shard_of(page) for page in pages} - {"keps", "pages"}, reverse=True)
    names = [*years[:1], "keps", *years[1:], "pages"]
    shards = {
        shard["name"]: shard
        for name in names
        for shard in _cut(name, _newest_first(page for page in pages if _shard_of(page) == name), keps)
    }
    entries = [
        {
            "name": name,
            "file": f"{name}.json",
            "bytes": _size(shard),
            "sections": sum(len(it["s"]) for it in shard["pages"]),
        }
        for name, shard in shards.items()
    ]
    facets = {
        "year": years,
        "sig": sorted({kep["sig"] for kep in keps.values() if kep["sig"]}),
        "stage": sorted({kep["stage"] for kep in keps.values() if kep["stage"]}),
        "release": sorted({kep["milestone"][1:] for kep in keps.values() if kep["milestone"]}),
        "planned": sorted({kep["plan"]["release"][1:] for kep in keps.values() if kep["plan"]}),
        "topic": topics,
    }
    manifest = {"version": 1, "shards": entries, "synonyms": [list(group) for group in synonyms], "facets": facets}
    return SearchFiles(manifest=manifest, shards=shards)


def _page(address: str, sections: list[PageSection], site: Path) -> dict[str, Any]:
    html = (site / address / "index.html" if address.endswith("/") or not address else site / address).read_text(
        "utf-8"
    )
    levels = {anchor: int(level) for level, anchor in _LEVEL.findall(html)}
    page: dict[str, Any] = {"u": address, "t": sections[0].heading, "k": "page"}
    if issue := re.match(r"issues/\d{4}/\d{2}/(\d{4}-\d{2}-\d{2})/", address):
        page |= {"k": "issue", "d": issue[1]}
    elif address.startswith(GENERATED) and address.count("/") == 2:
        page["k"] = address.split("s/", maxsplit=1)[0]
    page["s"] = [
        {
            "a": it.place.anchor,
            "h": it.heading if it.place.anchor else "",
            "x": it.text,
            "l": levels.get(it.place.anchor, 1),
        }
        for it in sections
    ]
    return page


def _mention(pages: Sequence[dict[str, Any]], site: Path) -> None:
    """Tell each section which KEPs it mentions, and each KEP's page which one it is about."""
    mentioned: dict[str, list[int]] = defaultdict(list)
    about = {}
    for kep in json.loads((site / "api/keps.json").read_text("utf-8"))["keps"]:
        about[kep["url"]] = kep["number"]
        for mention in kep["mentions"]:
            mentioned[mention["url"]].append(kep["number"])
    keps = _keps(site)
    for page in pages:
        anchors = {section["a"] for section in page["s"]}
        for section in page["s"]:
            if numbers := list(dict.fromkeys(mentioned[f"{page['u']}#{section['a']}"])):
                section["q"] = numbers
        top = [
            n
            for url, numbers in mentioned.items()
            if url.startswith(f"{page['u']}#") and url.split("#")[1] not in anchors
            for n in numbers
        ]
        if page["u"] in about:
            number = about[page["u"]]
            page["e"] = {"n": number, **keps[number]}
            top = [number]
        if top:
            page["s"][0]["q"] = list(dict.fromkeys(top))


def _name_topics(pages: Sequence[dict[str, Any]], site: Path) -> list[str]:
    """Tell each section which topics it names, and return all topics; those of no section are the page's own."""
    topics = json.loads((site / "api/topics.json").read_text("utf-8"))["topics"]
    sections = {f"{page['u']}#{section['a']}": section for page in pages for section in page["s"]}
    for topic in topics:
        for url in (topic["url"], *(mention["url"] for mention in topic["mentions"])):
            place = url if url in sections else f"{url.split('#')[0]}#"
            named = sections[place].setdefault("o", [])
            if topic["slug"] not in named:
                named.append(topic["slug"])
    return [topic["slug"] for topic in topics]


def _keps(site: Path) -> dict[int, dict[str, Any]]:
    facts = {int(file.stem): json.loads(file.read_text("utf-8")) for file in (site / "api/keps").glob("*.json")}
    return {
        number: {
            "title": kep.get("title") or "",
            "sig": kep.get("sig") or "",
            "stage": (kep["shipped"] or {}).get("stage") or "",
            "milestone": (kep["shipped"] or {}).get("release") or "",
            "plan": kep["planned"] and {name: kep["planned"][name] for name in ("stage", "release")},
            "ended": kep["status"] if kep["status"] in _ENDED else "",
            "gates": kep.get("feature_gates") or [],
        }
        for number, kep in facts.items()
    }


_ENDED = ("deferred", "rejected", "withdrawn", "replaced")


def _shard_of(page: Mapping[str, Any]) -> str:
    if page["k"] in ("kep", "sig", "topic", "release"):
        return "keps"
    return str(page.get("d", "pages"))[:4] if "d" in page else "pages"


def _newest_first(pages: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(pages, key=lambda page: str(page.get("d", "")), reverse=True)


def _cut(name: str, pages: list[dict[str, Any]], keps: Mapping[int, dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """Shards of at most MOST_BYTES: `2026`, `2026-2`, …."""
    for number, part in enumerate(_halved(pages, keps), start=1):
        yield {"version": 1, "name": name if number == 1 else f"{name}-{number}", **part}


def _halved(pages: list[dict[str, Any]], keps: Mapping[int, dict[str, Any]]) -> Iterable[dict[str, Any]]:
    numbers = {number for page in pages for section in page["s"] for number in section.get("q", ())}
    part = {"pages": pages, "keps": {str(number): keps[number] for number in sorted(numbers) if number in keps}}
    if len(pages) > 1 and _size(part) > MOST_BYTES:
        half = len(pages) // 2
        yield from _halved(pages[:half], keps)
        yield from _halved(pages[half:], keps)
    elif pages:
        yield part


def _size(shard: Mapping[str, Any]) -> int:
    return len(gzip.compress(json.dumps(shard, ensure_ascii=False, separators=(",", ":")).encode(), 6))
