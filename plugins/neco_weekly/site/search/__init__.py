"""Search: the pages of the site cut at their headings, as files that the worker of the search loads.

- `page`     a page as search knows it, and as a shard has it
- `asked`    what a page's front matter asks of search: to be left out, tags, how much the page weighs
- `reading`  a page's HTML -> its sections, where there is no scan result
- `shards`   pages -> shards: files of a size that a reader can wait for, the newest first
- `facets`   what a search can be narrowed down to
- `latest`   the last issues, for readers who have not typed anything yet
- `files`    pages -> all files below `search/neco/`, and pages that know of them
- `interface` what the page's own script needs: its words, and a way to the worker
- `search_marks` marks in HTML that only a search reads, taken out of it
- `entries`  the search index of MkDocs, for themes whose search is not ours

No file needs another to be understood, but for the list of shards, `index.json`. The names of all others
change with their content, so that a browser may keep them for ever; the list is asked for anew.
"""

from .asked import asked_of_search
from .entries import entries, with_entries
from .files import program_file, search_files, with_worker, worker_address
from .interface import REACH, STUB, interface_words
from .page import SearchedPage
from .reading import sections_of_html
from .search_marks import without_marks
from .shards import Shard

__all__ = [
    "REACH",
    "STUB",
    "SearchedPage",
    "Shard",
    "asked_of_search",
    "entries",
    "interface_words",
    "program_file",
    "search_files",
    "sections_of_html",
    "with_entries",
    "with_worker",
    "without_marks",
    "worker_address",
]
