"""The order in which our processors run among those of Python-Markdown, its extensions and the hosts: one table.

Python-Markdown runs the processors of a registry from the highest priority to the lowest
(https://python-markdown.github.io/extensions/api/, *Registries*). A number alone does not say why it is that number, so
each row names what its processor must run before and after; a test holds every row against all of these processors.

Block processors keep their numbers in their classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from markdown import Markdown
from markdown.inlinepatterns import Pattern
from markdown.util import Processor

Registry = Literal["preprocessors", "inlinePatterns", "treeprocessors", "postprocessors"]
"""The registries of Python-Markdown for processors that are in the table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the order: one of our processors, by the name under which it is registered.

    The processor runs after those of its registry that `after` names and before those that `before` names, as far as
    they are there: which extensions are at work, a site decides. `*` are all others.
    """

    name: str
    registry: Registry
    priority: float
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    why: str


ORDER = (
    Row(
        name="neco_source",
        registry="preprocessors",
        priority=1000,
        before=("*",),
        why="lines are those of the text as it is written, before snippets are put in and anything is taken out",
    ),
    Row(
        name="neco_bodies",
        registry="preprocessors",
        priority=999,
        after=("neco_source",),
        before=("snippet", "normalize_whitespace", "fenced_code_block", "mkdocs_raw_html", "html_block"),
        why="the body of a generated page is finished XHTML, in which nothing may be read as Markdown or raw HTML",
    ),
    Row(
        name="neco_credentials",
        registry="preprocessors",
        priority=30.7,
        after=("neco_bodies", "snippet"),
        before=("neco_tabs", "normalize_whitespace"),
        why="nothing may be kept or read of a user's name and password, wherever they come from",
    ),
    Row(
        name="neco_marks",
        registry="preprocessors",
        priority=30.6,
        after=("neco_bodies", "snippet", "neco_credentials"),
        before=("neco_tabs", "normalize_whitespace"),
        why="a mark that silences a problem is no part of its line, such as a card's, or of a table's cells",
    ),
    Row(
        name="neco_tabs",
        registry="preprocessors",
        priority=30.5,
        after=("neco_bodies", "snippet"),
        before=("normalize_whitespace",),
        why="tabs in code are the writer's, and are spaces behind this",
    ),
    Row(
        name="neco_structure",
        registry="preprocessors",
        priority=26,
        after=("neco_tabs", "snippet", "normalize_whitespace", "meta"),
        before=("fenced_code_block", "mkdocs_raw_html", "html_block"),
        why="blocks are read when the text is whole, and hosts look for anchors in what is no code",
    ),
    Row(
        name="neco_bare_number",
        registry="inlinePatterns",
        priority=195,
        before=("backtick", "escape", "link"),
        why="the beginnings of lines are where the author put them only until something is taken out",
    ),
    Row(
        name="neco_math",
        registry="inlinePatterns",
        priority=185,
        after=("backtick",),
        before=("escape", "link", "html", "em_strong"),
        why="a dollar in code is none, and nothing else in a formula is Markdown, such as a backslash or `_`",
    ),
    Row(
        name="neco_escape",
        registry="inlinePatterns",
        priority=179,
        after=("backtick", "escape", "neco_math"),
        before=("link", "neco_emoji", "neco_deleted"),
        why="a sign that is escaped begins nothing, and an escaped backslash escapes nothing",
    ),
    Row(
        name="neco_break",
        registry="inlinePatterns",
        priority=99,
        after=("escape", "linebreak"),
        before=("html",),
        why="two spaces at the end of a line are Python-Markdown's own, and an escaped backslash there is no break",
    ),
    Row(
        name="neco_hatena",
        registry="inlinePatterns",
        priority=86,
        after=("backtick", "escape", "reference", "link", "image_link", "short_reference", "autolink", "html"),
        before=("neco_url", "entity", "em_strong"),
        why="`[URL:title]` in code or in a link is none; its URL must still be whole, and no link of its own yet",
    ),
    Row(
        name="neco_url",
        registry="inlinePatterns",
        priority=85,
        after=("backtick", "escape", "reference", "link", "image_link", "short_reference", "autolink", "html"),
        before=("entity", "em_strong"),
        why="a URL in code, in a link or in a tag is no bare one, and the `_` and `*` and `&` of one are no markup",
    ),
    Row(
        name="neco_emoji",
        registry="inlinePatterns",
        priority=84,
        after=("backtick", "neco_math", "link", "html", "neco_url"),
        before=("entity", "em_strong"),
        why="colons of code, addresses and tags are none of an emoji, and names hold `_`",
    ),
    Row(
        name="neco_deleted",
        registry="inlinePatterns",
        priority=61,
        after=("backtick", "neco_math", "link", "html", "neco_url"),
        before=("em_strong",),
        why="tildes in an address are its own, and emphasis may stand inside of what is deleted",
    ),
    Row(
        name="neco_notes",
        registry="treeprocessors",
        priority=51,
        before=("footnote", "inline"),
        why="footnotes are gathered and drawn before anything inside a line is read",
    ),
    Row(
        name="neco_patterns",
        registry="treeprocessors",
        priority=50.5,
        before=("inline",),
        why="which patterns read a line is known with the page, and when all extensions have registered theirs",
    ),
    Row(
        name="neco_tags",
        registry="treeprocessors",
        priority=19.5,
        after=("inline",),
        before=("prettify", "attr_list", "toc", "neco_references"),
        why="what is written as HTML has attributes, anchors, addresses and references as all that is Markdown",
    ),
    Row(
        name="neco_bounded",
        registry="treeprocessors",
        priority=19.4,
        after=("inline", "neco_tags"),
        before=("prettify", "attr_list", "toc", "neco_references"),
        why="whatever walks through the tree calls itself for each level",
    ),
    Row(
        name="neco_figures",
        registry="treeprocessors",
        priority=6,
        after=("inline", "neco_tags", "prettify", "attr_list"),
        before=("neco_references", "relpath"),
        why="an attribute list behind a picture is no text beside it any more",
    ),
    Row(
        name="neco_footnotes",
        registry="treeprocessors",
        priority=18,
        after=("inline", "footnote"),
        before=("footnote-duplicate", "neco_references"),
        why="the order of reading is that of the tree in which every reference stands; ways back are added behind this",
    ),
    Row(
        name="neco_foreign",
        registry="treeprocessors",
        priority=4.6,
        after=("inline", "neco_tags", "footnote", "attr_list"),
        before=("neco_pictures", "neco_references", "relpath"),
        why="what other hosts are asked for is told by the addresses that the writer has written",
    ),
    Row(
        name="neco_dangerous",
        registry="treeprocessors",
        priority=4.55,
        after=("inline", "neco_tags", "footnote", "attr_list"),
        before=("neco_pictures", "neco_references", "relpath"),
        why="addresses are as the writer has written them, and one that is taken away is no link to anything behind",
    ),
    Row(
        name="neco_pictures",
        registry="treeprocessors",
        priority=4.5,
        after=("inline", "neco_tags", "neco_figures", "footnote", "attr_list"),
        before=("neco_references", "mkdocs_extract_title", "relpath", "unescape"),
        why="attributes are the writer's own, the walk reports what the page links to, and hosts resolve addresses",
    ),
    Row(
        name="neco_headings",
        registry="treeprocessors",
        priority=6,
        after=("inline", "footnote", "attr_list", "abbr"),
        before=("toc", "mkdocs_extract_anchors", "neco_references"),
        why="titles are compared as they are read, and contents list headings at the levels where they are drawn",
    ),
    Row(
        name="neco_references",
        registry="treeprocessors",
        priority=4,
        after=("inline", "footnote", "attr_list", "abbr", "toc", "mkdocs_extract_anchors"),
        before=("mkdocs_extract_title", "relpath", "unescape"),
        why="anchors and contents are the author's own words, and hosts resolve the `.md` links that are drawn here",
    ),
    Row(
        name="neco_held_links",
        registry="treeprocessors",
        priority=3,
        after=("neco_references",),
        before=("mkdocs_extract_title", "relpath", "unescape"),
        why="what a page links to is read from its text; hosts warn of a link to a page that is not in the site",
    ),
    Row(
        name="neco_bare_tags",
        registry="treeprocessors",
        priority=2.5,
        after=("neco_references", "mkdocs_extract_anchors"),
        before=("mkdocs_extract_title", "relpath", "unescape"),
        why="hosts find anchors in links first, and end the build at a link without an address when they resolve these",
    ),
    Row(
        name="neco_title",
        registry="treeprocessors",
        priority=-2,
        after=("neco_references", "mkdocs_extract_title", "relpath", "unescape"),
        why="a host takes the page's title from its first heading, in which until then nothing of ours has words",
    ),
)
"""All our processors except those of blocks, in the order of their registries."""


REPLACED = {
    "reference": 170,
    "link": 160,
    "image_link": 150,
    "image_reference": 140,
    "short_reference": 130,
    "short_image_ref": 125,
    "html": 90,
}
"""Python-Markdown's inline patterns that have ours in their place, with the priorities that they have there.

They keep their names, so that other extensions find them.
"""


def register(md: Markdown, name: str, processor: Processor | Pattern) -> None:
    """Register a processor of ours with the priority that the table has for its name.

    Raises:
        StopIteration: the table has no such name, which is a mistake of ours.
    """
    row = next(it for it in ORDER if it.name == name)
    registry: Any = getattr(md, row.registry)
    registry.register(processor, row.name, row.priority)
