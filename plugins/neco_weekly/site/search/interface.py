"""The words of the search box, for the script that draws the box."""

from __future__ import annotations

from ...display.words import Strings
from ...model.keps import Stage, Status
from .page import compact

STUB = compact({"config": {"lang": ["ja"], "separator": r"\s+", "pipeline": [], "fields": {}}, "docs": []})
"""An index without a page, in place of the index that the theme fetches with every page."""

_WORKER = (
    "{const It=Worker;Worker=class extends It{constructor(...it){super(...it);document.necoSearch=this;Worker=It}}}"
)
_INDEX = (
    "{const It=XMLHttpRequest;XMLHttpRequest=class extends It{#own;"
    "open(how,where,...it){super.open(how,where,...it);this.#own=/\\/search\\/search_index\\.json$/.test(where)}"
    "send(...it){if(!this.#own)return super.send(...it);XMLHttpRequest=It;"
    f"for(const[name,value]of Object.entries({{status:200,response:new Blob([{compact(STUB)}])}}))"
    "Object.defineProperty(this,name,{value});setTimeout(()=>this.dispatchEvent(new Event('load')))}}}"
)
_LINKS = "for(const it of document.querySelectorAll('link[rel=alternate][type]'))it.rel='alternate '"
REACH = "\n".join((_WORKER, _INDEX, _LINKS, ""))
"""A program that has to run before the theme's script: it lets search.js reach the worker, which that keeps to itself,
and saves requests that tell nothing: for the theme's index, which is empty, and for a map of the site beside each feed,
for the theme takes a feed for a page in another language. At a relation with a space at its end it does not look.

It is a file of its own, though short, because a policy of the site may forbid what is inline.
"""


def interface_words(words: Strings) -> str:
    """Return JavaScript that gives search.js its words; fields stay, for the script to fill."""
    return f"globalThis.necoSearchWords = {compact(_words(words))};\n"


def _words(words: Strings) -> dict[str, object]:
    return {
        "again": words("search.again"),
        "broken": words("search.broken"),
        "closed": words("kep.closed", status="{status}", stage="{stage}"),
        "count": words("search.count", count="{count}"),
        "examples": words("search.examples"),
        "ended": {status: words(f"closed.{status}") for status in Status if status.is_closed},
        "failed": words("search.failed"),
        "filters": words("search.filters"),
        "forget": words("search.forget"),
        "issue": words("search.issue"),
        "latest": words("search.latest"),
        "near": words("search.near", query="{query}"),
        "none": words("search.none", query="{query}"),
        "number": words("site.issue_number", number="{number}"),
        "page": words("search.page"),
        "partial": words("search.partial", count="{count}"),
        "plan": words("kep.planned", stage="{stage}", release="{release}"),
        "planned": words("search.planned"),
        "recent": words("search.recent"),
        "remove": words("search.remove", filter="{filter}"),
        "searching": words("search.searching"),
        "sig": words("search.sig"),
        "site": words("search.site"),
        "stage": words("search.stage"),
        "stages": {stage: words(f"stage.{stage}") for stage in Stage},
        "topic": words("topic.label"),
        "unknown": words("search.unknown", filter="{filter}"),
        "unreleased": words("stage.none"),
        "year": words("search.year"),
    }
