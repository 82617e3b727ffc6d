"""The Python-Markdown extension: the whole grammar at work on a page, whoever converts the page.

- `python_markdown` NecoWeeklyExtension: everything below put together
- `order`           the order of all processors: one table
- `page_context`    the page being converted, and what is known of that page
- `host`            what MkDocs and Zensical leave on a Markdown instance about the page
- `blocks`          what stands on lines of its own: cards
- `card_pictures`   the author's own picture of a card
- `embedly`         Embedly's pasted HTML as cards
- `islands`         the bodies of generated pages
- `diagrams`        a fence of mermaid as its source
- `structure`       the blocks of a page, read as CommonMark with GitHub's additions and Zenn's boxes
- `inline`          what stands inside a line: links and pictures, bare URLs, marks, math, HTML, captions
- `math`            TeX as MathML
- `titled_links`    links that show the title of their page
- `pictures`        pictures: found, measured, loaded when in view
- `picture_files`   the files of pictures
- `foreign_requests` what a page asks other hosts for
- `parsable_html`   raw HTML as Python's parser can read it
- `credentials`     user names and passwords in addresses, left out
- `left_out_marks`  marks that silence problems, left out
- `dangerous_links` links that run a program, and hosts that look like others
- `headings`        an issue's title, and all its headings below it
- `held_links`      links to issues that are not public, drawn as text
- `bare_tags`       links without an address and pictures without a file
- `references`      KEP references in a finished tree: drawn, listed under the title, reported
- `abbreviations`   abbreviations that are the beginning of a reference
- `page_walk`       the walk through that tree
- `topic_walk`      the walk for what names a topic, before that one
- `heading_badges` badges behind the titles of headings, and lines below them of what shipped since
- `paragraphs`      the author's words around each mention
- `sections`        the words of a page, cut at its headings, as search sees them
- `typography`      Japanese text across the ends of lines
- `whole_units`     what no end of a line may part
- `site_links`      links to the same site, and the places that links may name
- `corrections`     boxes and paragraphs that correct an earlier issue
- `leftovers`       signs of Markdown that are left in the prose
- `style`           what troubles readers and is no mistake of Markdown
- `code_blocks`     what code has swallowed
- `prose`           runs of prose in a finished tree
- `locator`         lines of things found in a tree
- `source_spans`    where things stand in an issue's text, for who writes it anew
- `stash`           Python-Markdown's placeholders
- `written_addresses` where addresses stand in a text, for who writes some anew
"""

from .python_markdown import NecoWeeklyExtension, makeExtension

__all__ = ["NecoWeeklyExtension", "makeExtension"]
