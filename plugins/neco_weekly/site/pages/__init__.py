"""Index and lock -> generated pages, and data for machines.

- `all`      every generated page and file of a site
- `site_facts` what templates ask of the lock
- `kep`      what a KEP's page shows: history, oddities, mentions, relations
- `about`    what a KEP is, in the head of its page
- `kep_releases` the table of gates by release on a KEP's page
- `kep_choices` what the table of KEPs can be narrowed down to
- `home`     what the home shows in our design
- `moves`    what moved among KEPs, for the home and the end of an issue
- `sigs`     what a SIG's page shows
- `release`  what the pages of releases show: days, rows, what did not come, what nobody knows
- `topic`    what the pages of topics show: releases, mentions, what occurs together
- `setback_views` what the page of setbacks shows: what went back, and what stands still
- `upgrade`  what the pages of upgrades show: net changes, gates that go, removed APIs
- `upgrade_pages` those pages, and the chooser
- `upgrade_data` `releases/compare/changes.json`, from which the chooser's script draws any two releases
- `upgrade_places` our headings beside each KEP of a comparison
- `upgrade_words` what changes, in words
- `slips`    exceptions from freezes, and why a plan failed
- `appearances` what issues wrote of a KEP or a topic, in quotes
- `archive`  issues by year
- `odd_files` for editors: files of kubernetes/enhancements that need care
- `links`    what the page of all links shows
- `page_marks` marks in writers' pages, in place of which lists are drawn
- `badge_files`  `badge/*.svg`
- `data`     `api/*.json`
- `schema_files`  `api/*.schema.json`, but that of releases
- `release_data`  `api/releases/*.json`
- `change_views` what the page of changes and the home show of what happened to KEPs
- `change_data`  `api/changes.json`
- `tags`     the pages of tags that issues have
- `templates` templates -> XHTML on one line, the form in which `extension.islands` takes a page's body

A page's body has relative `.md` links, which every host resolves.
"""

from ..own_paths import directory_address
from .all import Site
from .page_marks import ARCHIVE_MARK, HOME_MARK

__all__ = ["ARCHIVE_MARK", "HOME_MARK", "Site", "directory_address"]
