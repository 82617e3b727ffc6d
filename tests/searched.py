"""The index that a built site's search loads, read as its worker reads it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from tests.sites import Built

FOLDER = "search/neco"


@dataclass(frozen=True)
class SearchIndex:
    """The list of shards, and the shards by name in the order of the list."""

    listed: dict[str, Any]
    shards: dict[str, dict[str, Any]]

    @property
    def pages(self) -> list[dict[str, Any]]:
        return [page for shard in self.shards.values() for page in shard["pages"]]

    def page(self, url: str) -> dict[str, Any]:
        (page,) = [page for page in self.pages if page["u"] == url]
        return page

    def sections(self, url: str = "") -> dict[str, dict[str, Any]]:
        """Sections by their address; of all pages, or of those whose address begins like that."""
        found = [
            (f"{page['u']}#{section['a']}" if section["a"] else page["u"], section)
            for page in self.pages
            if page["u"].startswith(url)
            for section in page["s"]
        ]
        by_address = dict(found)
        assert len(by_address) == len(found), "a place is in the index twice"
        return by_address

    def texts(self, url: str = "") -> list[str]:
        """Everything that is found by its words."""
        return [
            text
            for page in self.pages
            if page["u"].startswith(url)
            for text in (page["t"], *(it for section in page["s"] for it in words(section)))
        ]


def words(section: dict[str, Any]) -> list[str]:
    return [section.get("h", ""), section.get("x", ""), *section.get("c", [])]


def search_index(built: Built, page: str = "index.html") -> SearchIndex:
    """What a page of the site leads to."""
    worker = built.target(page, worker_of(built, page)["path"])
    assert worker
    folder = worker.rpartition("/")[0]
    listed = built.json(f"{folder}/index.json")
    return SearchIndex(listed, {entry["name"]: built.json(f"{folder}/{entry['file']}") for entry in listed["shards"]})


def worker_of(built: Built, page: str = "index.html") -> dict[str, str]:
    """What a page's settings say of the worker: its `path` on that page, and the hashes it is given."""
    settings = built.page(page).find(id="__config")
    assert settings
    path, _, query = str(json.loads(settings.text)["search"]).partition("?")
    return {"path": path, **dict(re.findall(r"(\w+)=(\w+)", query))}
