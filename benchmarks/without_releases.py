"""MkDocs without what our site tells of releases of Kubernetes: what `bench releases` compares a build with."""

from __future__ import annotations

import runpy
from collections.abc import Iterator

from neco_weekly.lock.releases_as_of import ReleasesAsOf
from neco_weekly.site.pages import Site
from neco_weekly.site.pages.templates import DeferredPage

PAGES = "releases/"
"""What the paths of pages begin with that tell of releases."""

_all_pages = Site.deferred_pages


def _other_pages(site: Site, site_name: str, description: str = "") -> Iterator[DeferredPage]:
    return (it for it in _all_pages(site, site_name, description) if not it.path.startswith(PAGES))


if __name__ == "__main__":
    for name in ("names", "supported"):  # so no release has a page, data, or one that compares it with another
        setattr(ReleasesAsOf, name, ())
    setattr(Site, "deferred_pages", _other_pages)  # noqa: B010 (mypy would refuse the assignment)
    runpy.run_module("mkdocs", run_name="__main__")
