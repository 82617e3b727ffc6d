"""MkDocs without what tells people elsewhere: what `bench changes` compares a build with.

Left out are feeds, the page of changes and the home's last ones, badges, stars and their page, the Markdown of issues,
`llms.txt`, `api/changes.json` and the schemas of data. What was there before stays: lists of KEPs, topics and issues.
"""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from typing import Any

from neco_weekly.hosts.mkdocs import finish, plugin
from neco_weekly.model.paths import CHANGES_PAGE, FOLLOWING_PAGE
from neco_weekly.site.files import GeneratedPage
from neco_weekly.site.pages import Site, all, data
from neco_weekly.site.pages.badge_files import Badges
from neco_weekly.site.pages.change_views import ChangeViews
from neco_weekly.site.pages.templates import DeferredPage

_all_pages = Site.deferred_pages


def _other_pages(site: Site, site_name: str, description: str = "") -> Iterator[DeferredPage]:
    left_out = (CHANGES_PAGE, FOLLOWING_PAGE)
    return (it for it in _all_pages(site, site_name, description) if it.path not in left_out)


def _nothing(*_: Any) -> tuple[()]:
    return ()


INSTEAD: tuple[tuple[Any, str, Any], ...] = (
    *((Site, "feeds", {}), (Site, "deferred_pages", _other_pages)),
    *((ChangeViews, "months", ()), (ChangeViews, "recent", ())),
    *((Badges, "files", _nothing), (Badges, "embedding", _nothing)),
    *((all, "change_data", _nothing), (data, "schemas", _nothing)),
    *((finish, "add_issue_texts", _nothing), (plugin, "needed_scripts", _nothing)),
    (finish, "llms_text", lambda *_: GeneratedPage(path="llms.txt", content="")),
)
"""What is put in the place of what."""

if __name__ == "__main__":
    for owner, name, instead in INSTEAD:
        assert hasattr(owner, name), name
        setattr(owner, name, instead)
    runpy.run_module("mkdocs", run_name="__main__")
