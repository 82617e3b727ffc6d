"""A link's card as the JSON that `neco card --json` prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...lock.cards_json import card_to_dict
from ...lock.github_json import code_to_dict, facts_to_dict
from ...model.extraction import Extraction
from .card_authors import Said
from .known_card import NoPage, facts_beside, standings, would_propose

_TEXTS = ("title", "description", "site", "image", "icon", "lang", "canonical", "published")


def card_to_json(page: Extraction | NoPage, said: Said) -> dict[str, object]:
    """Return what a link's card says and why; of a page that cannot be read every field of the page is null."""
    if isinstance(page, Extraction):
        top = said.on_top_of(page)
        shown, code, passed = top.to_dict(), top.code, [it.to_dict() for it in top.passed_over]
    else:
        shown = {"url": page.url, **dict.fromkeys(_TEXTS), "problems": [page.problem]}
        code, passed = None, []
    return {
        **shown,
        "github": facts_to_dict(facts_beside(page, said)) or None,
        "code": code_to_dict(code) or None,
        "passed_over": passed,
        "written": [it.to_dict() for it in said.cards],
        "rule": {"hide": list(said.rule.hidden), "size": said.rule.size},
        "doubts": list(page.doubts) if isinstance(page, Extraction) else [],
        "proposes": would_propose(page, said),
        "then": list(map(_then, standings(page, said))),
        "lock": card_to_dict(said.known) if said.known else None,
    }


def _then(it: tuple[Any, Any, Any]) -> Mapping[str, object]:
    place, day, standing = it
    known = {name: getattr(standing, name) for name in ("state", "milestone", "release")}
    return {"path": place.path, "line": place.line, "date": day.isoformat(), **known, "labels": list(standing.labels)}
