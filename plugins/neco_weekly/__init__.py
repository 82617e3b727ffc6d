"""Neco Weekly: a knowledge site generator for a weekly technical note.

Ten rooms. Each knows only the rooms below it, and `import-linter` holds that (`pyproject.toml`):

- `hosts`      translate and call: the command line, the MkDocs plugin, the steps of the workflows; `mkdocs.yml`
- `site`       what readers get: generated pages, timelines, search, feeds; templates, styles, scripts
- `refresh`    what to fetch, and how that is merged into the lock: fetchers come as callables
- `issues`     reading all issues: scan, index, checks
- `extension`  the Python-Markdown extension: the grammar at work on a page
- `display`    KEPs and cards as words and as elements; the one table of words
- `sources`    the only network: git histories, web pages, pictures
- `lock`       what is known and committed: `keps.json`, `cards.json`, `overrides.yml`, `synonyms.yml`
- `grammar`    what authors may write: KEP references, URLs, card lines, front matter
- `model`      the nouns and their pure rules: enhancement, issue, card, release

Beside the rooms, `vendor/` has what third parties built for readers' browsers, unmodified: `scripts/vendor` copies it.

`site` and `refresh` do not know each other, nor do `display` and `sources`. What is in a room, its `__init__` says.
"""

__version__ = "0.1.0"
