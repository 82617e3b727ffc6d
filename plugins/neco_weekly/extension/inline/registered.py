"""All inline patterns of ours, and the tree processors that go with them, in a Markdown instance."""

from __future__ import annotations

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor

from ..order import REPLACED, register
from ..page_context import CurrentPage
from .at_work import PatternsAtWork
from .bare_urls import BareUrls, HatenaLinks
from .bounded import BoundedNesting
from .dollars import Dollars
from .figures import Figures
from .hints import BareNumbers
from .html_tags import ElementsOfTags, Tags
from .link_patterns import Labels, Links
from .marks import Deleted, Emoji, EndsOfLines, Escapes
from .notes import Notes
from .whole_text import ByGrammar, Nothing


def register_inline(md: Markdown, current: CurrentPage) -> None:
    """Register what reads the text inside a line, and replace those of Python-Markdown's patterns that ours do."""
    labels, tags = Labels(md, current), Tags(md, current)
    replacing: dict[str, InlineProcessor] = {
        "link": Links(md, labels),
        "image_link": Links(md, labels, only_pictures=True),
        "html": tags,
    }
    for name, priority in REPLACED.items():
        ours, sign = replacing.get(name) or Nothing("[", md), "" if name == "html" else "["
        theirs = md.inlinePatterns[name]
        md.inlinePatterns.register(ByGrammar(md, current, ours, theirs, sign), name, priority)
    of_github: dict[str, InlineProcessor] = {
        "neco_bare_number": BareNumbers(md, current),
        "neco_math": Dollars(md, current),
        "neco_escape": Escapes(md),
        "neco_break": EndsOfLines(md, current),
        "neco_emoji": Emoji(md),
        "neco_deleted": Deleted(md),
    }
    for name, pattern in of_github.items():
        register(md, name, ByGrammar(md, current, pattern, Nothing("", md)))
    register(md, "neco_hatena", HatenaLinks(md, current))
    register(md, "neco_url", BareUrls(md, current))
    register(md, "neco_notes", Notes(md, current))
    register(md, "neco_patterns", PatternsAtWork(md, current))
    register(md, "neco_tags", ElementsOfTags(md, current, tags))
    register(md, "neco_bounded", BoundedNesting(md, current))
    register(md, "neco_figures", Figures(md, current))
