"""Neco Weekly: a knowledge site generator for a weekly technical note.

Map of the package, from the heart outwards:

- `model`      the nouns: Issue, Enhancement, Stage, Card, Mention, Problem, GeneratedPage
- `history`    an enhancement over time: what changed, what was true on a day, which source counts
- `releases`   Kubernetes releases and their days
- `sections`   the words of a page, cut at its headings, as search sees them
- `typography` Japanese text across the ends of lines
- `strings`    the one table of words the site speaks, Japanese and English
- `syntax`     the written grammar: KEP references, URLs
- `card_syntax` the written grammar of cards, with the forms of Zenn and Hatena Blog
- `issues`     an issue's file: front matter, date, number
- `lock`       what was fetched (`keps.json`, `cards.json`)
- `documents`  enhancements with their history, and cards, as the lock's JSON: validated, canonical
- `picture_files` pictures of cards as files of the site, named by their content
- `overrides`  what people say on top of it (`overrides.yml`)
- `synonyms`   words that mean the same to who searches (`synonyms.yml`)
- `handwritten` YAML that people write, and mistakes with their line
- `outlook`    a KEP as the reader of one page sees it: then and now
- `render`     references drawn as elements
- `cards`      link cards drawn as elements
- `issue_keps` the list under an issue's title: what became of its KEPs
- `blocks`     what stands on lines of its own: cards, Embedly's HTML, generated bodies
- `inline`     what stands in a sentence: bare URLs, links that show the title of their page
- `underway`   the page being converted
- `references` KEP references in a finished tree: found, drawn, collected
- `paragraphs` the author's words around each mention
- `hosts`      what MkDocs and Zensical tell of the page being drawn
- `locate`     lines of things found in a tree
- `extension`  the Python-Markdown extension: the whole grammar, put together
- `scan`       Markdown text -> mentions, by running the extension
- `index`      issues and their mentions, looked at by KEP, by card, by issue
- `check`      index and lock -> problems with file and line
- `timeline`   a KEP's life over releases, as values to draw
- `pages`      index and lock -> generated pages and JSON
- `search`     sections -> the files that readers search in: shards, newest first, and their list
- `feed`       the newest issues as an Atom feed
- `page_cache` rendered pages, kept between builds
- `refresh`    index, lock and fetchers -> a new lock and a report
- `visits`     when each page was last read
- `preview`    what `neco serve` and the MkDocs it starts say to each other
- `sources`    the only network: git history of kep.yaml, GitHub issues, web pages
- `publish`    a refresh as a pull request, the steps of the workflows
- `project`    `mkdocs.yml` as the command line reads it
- `cli`, `mkdocs_plugin`  the two hosts
"""

__version__ = "0.1.0"
