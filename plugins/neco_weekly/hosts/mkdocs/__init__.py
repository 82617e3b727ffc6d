"""The MkDocs host, the only part that imports MkDocs.

- `plugin`      the hooks
- `setup`       what follows from the configuration: settings, lock, words, styles and scripts
- `build`       what follows from the files: generated pages added
- `fetch_first` what a build fetches before it reads the issues, where the site says so
- `mentions`    what all issues mention, before any is drawn
- `reader`      the issues of a build: which are public, and what each says
- `navigation`  the places of pages: parents, neighbours, titles, days
- `pages`       our kinds of MkDocs' page: drawn without Markdown, rendered once
- `page_cache`  rendered pages, kept between builds
- `diagram_script`  what pages with a diagram load
- `pictures_beside` pictures beside the docs folder, taken into the site
- `search`      what the site's search looks through
- `serving`     a live preview beside which somebody writes
- `__main__`    MkDocs as `neco serve` starts it
- `theme/`      our part of Material's templates
"""

from .plugin import NecoWeeklyPlugin

__all__ = ["NecoWeeklyPlugin"]
