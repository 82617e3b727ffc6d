"""Why a card is as it is: sources of its fields, candidates passed over, and what is proposed; for previews.

It stands behind the card in a closed box, and in no site that is published.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement

from ..model.cards import Card, CardText, Proposal
from ..model.extraction import PassedOver
from ..model.text import shortened
from .card_words import Shown
from .elements import NOT_SEARCHED, add, verbatim
from .problem_words import sentence_in_japanese
from .words import Strings

_LONGEST = 100


def why_card(shown: Shown, written: CardText, candidates: Iterable[PassedOver], words: Strings) -> Element:
    """Return the closed box with the sources of a card's fields, what is proposed, and what was passed over.

    That a proposal is still to be decided, the closed box says as well.
    """
    box = Element("details", {"class": "neco-card-why", NOT_SEARCHED: "1"})
    summary, proposed = add(box, "summary", words("why.card")), shown.page.proposed
    if proposed and proposed.decision == "open":
        summary.text = verbatim(f"{words('why.card')} · ")
        add(summary, "b", words("why.undecided"))
    if proposed:
        _add_proposal(box, proposed, shown.url, words)
    sources = SubElement(box, "ul")
    for name, source in _sources(shown, written, words):
        add(sources, "li", f"{words(f'why.{name}')}: {source}")
    passed = list(candidates)
    if passed:
        add(box, "p", words("why.passed_over"))
        rows = SubElement(box, "ul")
        for candidate in passed:
            row = add(rows, "li", f"{words(f'why.{candidate.field}')}: ")
            add(row, "span", f"{shortened(candidate.value, _LONGEST)}", {"dir": "auto"})
            row[-1].tail = verbatim(f" ({candidate.origin}) – {reason_of(candidate, words)}")
    command = add(box, "p", f"{words('why.command')} ")
    add(command, "code", f"neco card {shlex.quote(shown.url)}").tail = verbatim(f" {words('why.only_here')}")
    return box


def _add_proposal(box: Element, proposed: Proposal, url: str, words: Strings) -> None:
    """Add what a page says that was not taken: what and since when, why not, what was decided, and how to decide."""
    add(box, "p", words("why.proposed", day=proposed.date, decision=words(f"why.decided_{proposed.decision}")))
    rows = SubElement(box, "ul")
    for name in ("title", "description", "site", "published"):
        if value := getattr(proposed, name):
            row = add(rows, "li", f"{words(f'why.{name}')}: ")
            add(row, "span", shortened(value, _LONGEST), {"dir": "auto"})
    reason = sentence_in_japanese(proposed.reason) if words.locale == "ja" else proposed.reason
    add(rows, "li", f"{words('why.not_taken')}: {words('why.page_so', reason=reason)}")
    command = add(box, "p", f"{words('why.take')} ")
    add(command, "code", f"neco refresh {shlex.quote(url)} --accept").tail = verbatim(f" {words('why.by_hand')}")


def reason_of(candidate: PassedOver, words: Strings) -> str:
    """Return in words why a candidate was passed over."""
    reason = words(f"passed_over.{candidate.reason.replace('-', '_')}")
    detail = candidate.detail.removeprefix(f"{candidate.value}: ")
    return f"{reason}: {detail}" if detail else reason


def _sources(shown: Shown, written: CardText, words: Strings) -> Iterator[tuple[str, str]]:
    """Yield each field of a card with where its value comes from."""
    page, by_person = shown.page, words(f"why.by_{written.origin}")
    yield "title", _source(shown.title, written.title, page, "title", by_person, words)
    hides_text = page.description and not shown.description and page.description != shown.title
    text = _source(shown.description, written.description, page, "description", by_person, words)
    yield "description", words("why.hidden") if hides_text else text
    yield "site", words("why.hidden") if shown.hides_site else _origin(page, "site", words)
    hides_image = page.image is not None and shown.image is None and shown.own_image is None
    image = by_person if shown.own_image else words("why.hidden") if hides_image else _origin(page, "image", words)
    yield "image", image
    yield "icon", words("why.hidden") if shown.hides_site else _origin(page, "icon", words)
    yield "fetched", page.fetched.isoformat() if page.fetched else words("why.none")


def _source(said: str | None, by_person: str | None, page: Card, name: str, person: str, words: Strings) -> str:
    """Return where a text of a card comes from: the person whose words these are, else the page."""
    if said is None:
        return words("why.none")
    return person if said == by_person else _origin(page, name, words)


def _origin(page: Card, name: str, words: Strings) -> str:
    if origin := page.origins.get(name):
        return words("why.read_at", origin=origin)
    return words("why.unrecorded") if getattr(page, name) else words("why.none")
