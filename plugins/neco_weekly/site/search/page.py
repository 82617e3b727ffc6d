"""A page as search knows it, and as a shard has it: short names, because a site has thousands of them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ...lock.kep_as_of import KepAsOf
from ...model.issues import Section

Kind = Literal["issue", "kep", "sig", "topic", "page"]
"""The kinds of pages that search distinguishes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchedPage:
    """A page as search knows it: its address from the site's root, and its title where no heading has one.

    `read` gives the page's sections when they are needed, the page's own first: a site has more text than should be in
    memory twice. `number` is that of an issue, `kep` that of the KEP the page is about, `boost` what its author
    multiplies the page's rank by.
    """

    url: str
    title: str
    read: Callable[[], Sequence[Section]]
    kind: Kind = "page"
    generated: bool = False
    day: dt.date | None = None
    number: int | None = None
    kep: int | None = None
    tags: tuple[str, ...] = ()
    boost: float | None = None


Facts = Mapping[str, Any]
"""What is known of a KEP, as a shard has it."""


def facts_of(kep: KepAsOf) -> Facts:
    """Return what is known of a KEP: `{"title", "sig", "stage", "milestone", "plan", "ended", "gates"}`.

    `stage` is what shipped, and `milestone` the release with which that came. `plan`, `{"stage", "release"}`, is what
    is only planned, `ended` the status of a proposal that goes no further, `gates` the names of today's gates.
    """
    shipped, planned = kep.today.shipped, kep.today.planned
    return _known(
        title=kep.state.title,
        sig=kep.state.sig,
        stage=shipped and shipped.stage,
        milestone=shipped and shipped.release,
        plan=planned and {"stage": planned.stage, "release": planned.release},
        ended=kep.today.ended,
        gates=list(kep.gate_names),
    )


def page_document(page: SearchedPage, sections: Sequence[Section], kep: Facts | None) -> dict[str, Any]:
    """Return a page as a shard has it, `{"u", "t", "d", "n", "k", "b", "e", "s"}`: what is absent is empty.

    `kep` are the facts of the KEP that the page is about.
    """
    own, *below = sections or (Section(anchor="", title="", text=""),)
    text = " ".join(filter(None, (own.text, *page.tags)))
    return {
        "u": page.url,
        "t": own.title or page.title,
        **_known(d=page.day and page.day.isoformat(), n=page.number, k=page.kind, b=page.boost),
        **({"e": {"n": page.kep, **kep}} if page.kep and kep else {}),
        "s": [_section(own, text=text), *(_section(it, text=it.text, h=it.title, l=it.level) for it in below)],
    }


def _section(section: Section, *, text: str, **heading: object) -> dict[str, Any]:
    """Return a section as a shard has it, `{"a", "h", "l", "x", "c", "q", "o"}`; the page's own has no heading."""
    named = {"q": list(section.keps), "o": list(section.topics)}
    return {"a": section.anchor, **_known(**heading, x=text, c=list(section.cards), **named)}


def _known(**fields: object) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", [], 0)}


def compact(document: object) -> str:
    """Return JSON in UTF-8, half the size of escapes; half of a surrogate pair, which UTF-8 lacks, becomes `?`."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace").decode()
