"""What is asked of a site: known items drawn from its pages, its KEPs by their numbers, queries that people wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from tests.site.search.known_items import compounds, headings, perturbed
from tests.site.search.queries import load_queries
from tests.site.search.sections import PageSection, Place, written

KEP_FORMS = (
    "{n}",
    "#{n}",
    "KEP-{n}",
    "KEP{n}",
    "kep {n}",
    "KEP #{n}",
    "KEP-{n:04}",
    "KEP: {n}",
    "k/enhancements#{n}",
    "ＫＥＰ－{n}",
    "＃{n}",
    "KEPー{n}",
    "kep:{n}",
    "KEP_{n}",
    "KEP{n}番",
    "けp{n}",
    "{n} KEP",
    "/keps/{n}/",
    "https://github.com/kubernetes/enhancements/issues/{n}",
)
NOTHING = "of nothing there"
"""The group of queries that nothing answers."""

_KEP_PAGE = re.compile(r"keps/(\d+)/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is typed, the places that answer it, and which sort of question it is; without places nothing does."""

    text: str
    group: str
    kind: str
    places: tuple[Place, ...]


def drawn(sections: Sequence[PageSection], *, count: int, seed: int) -> list[Question]:
    """About `count` known items, as many that are spelt otherwise, and a KEP for every form of a reference.

    The same pages and the same seed give the same questions.
    """
    of_people = list(written(sections))
    exact = headings(of_people, count=count // 2, seed=seed) + compounds(of_people, count=count // 2, seed=seed)
    otherwise = perturbed(of_people, each=count // 5, seed=seed)
    return [
        *(Question(text=it.query, group="known items", kind=it.kind, places=it.targets) for it in exact),
        *(Question(text=it.query, group="perturbed", kind=it.kind, places=it.targets) for it in otherwise),
        *_kep_numbers(sections, Random(f"KEP {seed}"), each=max(1, count // 100)),
    ]


def _kep_numbers(sections: Sequence[PageSection], rng: Random, *, each: int) -> Iterator[Question]:
    pages = sorted({int(found[1]) for it in sections if (found := _KEP_PAGE.fullmatch(it.place.page))})
    for form in KEP_FORMS:
        for number in rng.sample(pages, min(each, len(pages))):
            place = Place(page=f"keps/{number}/")
            yield Question(text=form.format(n=number), group="KEP numbers", kind=form, places=(place,))


def written_by_hand() -> list[Question]:
    """The queries over the issues of docs/, by what the search needs for them."""
    groups = {"synonyms": "synonyms", "kep-numbers": "KEP numbers", "nothing": NOTHING}
    return [
        Question(text=it.text, group=groups.get(it.category, "by hand"), kind=it.category, places=it.targets)
        for it in load_queries()
    ]
