"""The site: pages, search, feeds and data that readers get, computed from index and lock by every build.

- `pages`     generated pages and `api/*.json`
- `timeline`  a KEP's life over releases, as values to draw
- `search`    sections -> the files that readers search in
- `feed`      the newest issues as an Atom feed
- `files`     a generated file
- `templates/`  HTML of generated pages
- `assets/`     styles: `base` (colours, type), `badges` (stages, references), `lists`, `card`, `kep`, `timeline`,
  `filter`, `links`, `search`, `access` (focus, phone, paper); scripts, built from modules in folders beside them
"""
