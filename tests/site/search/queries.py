"""The queries of `queries.toml`, and the words of `synonyms.yml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.site.search.sections import Place

QUERIES = Path(__file__).with_name("queries.toml")
SYNONYMS = Path(__file__).with_name("synonyms.yml")


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """What a reader types, and the places that answer it; none if nothing may be found."""

    text: str
    category: str
    targets: tuple[Place, ...]


def load_queries(path: Path = QUERIES) -> tuple[Query, ...]:
    """Every query, in the order of the file.

    Raises:
        ValueError: a target is neither a name of `[places]` nor an address.
    """
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    places = {name: Place.at(address) for name, address in document["places"].items()}
    return tuple(
        Query(text=text, category=category, targets=tuple(_place(target, places) for target in targets))
        for category, queries in document["queries"].items()
        for text, targets in queries.items()
    )


def load_synonyms(path: Path = SYNONYMS) -> tuple[tuple[str, ...], ...]:
    """Groups of words that mean the same."""
    return tuple(tuple(group) for group in yaml.safe_load(path.read_text(encoding="utf-8")))


def _place(target: str, places: dict[str, Place]) -> Place:
    if target in places:
        return places[target]
    if "/" in target:
        return Place.at(target)
    raise ValueError(f"{QUERIES.name}: '{target}' is no place; name it under [places], or write an address with '/'.")
