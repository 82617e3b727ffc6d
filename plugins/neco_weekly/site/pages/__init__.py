"""Index and lock -> generated pages, and data for machines.

- `all`      every generated page and file of a site
- `kep`      what a KEP's page shows: history, oddities, mentions, relations
- `kep_choices` what the table of KEPs can be narrowed down to
- `sigs`     what a SIG's page shows
- `topic`    what the pages of topics show: releases, mentions, what occurs together
- `setback_views` what the page of setbacks shows: what went back, and what stands still
- `slips`    exceptions from freezes, and why a plan failed
- `appearances` what issues wrote of a KEP or a topic, in quotes
- `archive`  issues by year and month
- `links`    what the page of all links shows
- `page_marks` marks in writers' pages, in place of which lists are drawn
- `data`     `api/*.json`
- `release_data`  `api/releases/*.json`
- `change_data`  `api/changes.json`
- `templates` templates -> XHTML on one line, the form in which `extension.islands` takes a page's body

A page's body has relative `.md` links, which every host resolves.
"""

from .all import Site, directory_address
from .page_marks import ARCHIVE_MARK, HOME_MARK

__all__ = ["ARCHIVE_MARK", "HOME_MARK", "Site", "directory_address"]
