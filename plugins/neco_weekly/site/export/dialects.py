"""The dialects of Markdown that an issue is exported to: one row each, of what it writes its own way.

Sources: GitHub Flavored Markdown (https://github.github.com/gfm/) and GitHub Docs, *Writing on GitHub*;
https://zenn.dev/zenn/articles/markdown-guide; https://qiita.com/Qiita/items/c686397e4a0f4f11683d;
https://help.hatenablog.com/entry/markdown, /embed and /syntax.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Literal

from ...grammar.info_strings import InfoString
from ..markdown_text import address_in_brackets, as_markdown
from .box_forms import BoxFormOf, of_github, of_hatena, of_qiita, of_zenn

PicturesGo = Literal["beside", "rooted", "to-site"]
"""Where pictures of the site are from outside: copies beside the text, copies from the root, or the site's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as a text names it; `alt` is Markdown, `size` as at Zenn, `250x300`, of which one may be missing."""

    alt: str
    address: str
    title: str = ""
    size: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fence:
    """What stands behind the marks that open code, a title that needs a line above, and what gets lost."""

    info: str
    above: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """A dialect of Markdown. `called` is what people call the target, `file` the path of a text by its name.

    `has_title`: the title stands in the text; else in front matter or in a form. `breaks`: ends of lines are breaks,
    which are else written by `hard_break`. `joins`: lines of a paragraph are joined, for their ends would be seen. What
    it can say: `has_html`, `has_tasks`, `has_emoji_names`, `has_inline_notes`, `has_mermaid`, `has_cards`, and with
    `has_bracket_notes` footnotes as `((…))`. `card` writes the card of an address with its title, between empty lines
    with `card_apart`; one in a list is a link where the dialect has HTML, and else Zenn's `@[card]`. `formula` writes a
    formula of a line, `display` one on lines of its own.
    """

    called: str
    file: str
    box: BoxFormOf
    card: Callable[[str, str], str]
    fence: Callable[[InfoString], Fence]
    picture: Callable[[Picture], str]
    formula: Callable[[str], str]
    display: Callable[[str], tuple[str, ...]] | None = None
    pictures: PicturesGo = "to-site"
    has_title: bool = False
    breaks: bool = False
    joins: bool = False
    hard_break: str = "\\"
    card_apart: bool = False
    has_cards: bool = True
    has_html: bool = True
    has_tasks: bool = True
    has_emoji_names: bool = True
    has_inline_notes: bool = False
    has_mermaid: bool = True
    has_bracket_notes: bool = False


# --- cards --------------------------------------------------------------------------------------------------------


def _linked(url: str, title: str) -> str:
    return f"[{as_markdown(title)}]({address_in_brackets(url)})"


def _alone(url: str, _title: str) -> str:
    return url


def _embedded(url: str, _title: str) -> str:
    return f"[{url.replace('[', '%5B').replace(']', '%5D')}:embed:cite]"


# --- code ---------------------------------------------------------------------------------------------------------


def _fence_of_github(said: InfoString) -> Fence:
    """Return a fence whose first word is the language alone: any more and GitHub does not colour it."""
    words = ["diff", said.language] if said.diff else [said.language]
    if said.title:
        words.append(f'title="{said.title.replace(chr(34), chr(39)).replace("`", chr(39))}"')
    remark = "a file's name above code: GitHub shows it to nobody" if said.title else ""
    return Fence(info=" ".join(filter(None, words)), remark=remark or _options(said))


def _fence_of_zenn(said: InfoString) -> Fence:
    lead = f"diff {said.language}" if said.diff else said.language
    return Fence(info=f"{lead}:{said.title}" if said.title else lead, remark=_options(said))


def _fence_of_qiita(said: InfoString) -> Fence:
    lead = f"diff_{said.language}" if said.diff else said.language
    return Fence(info=f"{lead}:{said.title}" if said.title else lead, remark=_options(said))


def _fence_of_hatena(said: InfoString) -> Fence:
    return Fence(info="diff" if said.diff else said.language, above=as_markdown(said.title), remark=_options(said))


def _options(said: InfoString) -> str:
    return f"{' and '.join(said.options)} of code: left out" if said.options else ""


# --- pictures and formulas ----------------------------------------------------------------------------------------


def _plain_picture(it: Picture) -> str:
    title = f' "{it.title}"' if it.title and '"' not in it.title else ""
    return f"![{it.alt}]({address_in_brackets(it.address)}{title})"


def _sized_picture(it: Picture) -> str:
    """Return a picture as Zenn has them, which knows a width alone."""
    width = it.size.partition("x")[0]
    plain = _plain_picture(it)
    return f"{plain[:-1]} ={width}x)" if width else plain


def _html_picture(it: Picture) -> str:
    if not it.size:
        return _plain_picture(it)
    width, _, height = it.size.partition("x")
    sizes = "".join(f' {name}="{value}"' for name, value in (("width", width), ("height", height)) if value)
    return f'<img src="{escape(it.address)}" alt="{escape(_unescaped(it.alt))}"{sizes}>'


def _unescaped(text: str) -> str:
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


def _tex(written: str) -> str:
    return written.strip("$").strip().removeprefix("`").removesuffix("`").strip()


def _as_written(written: str) -> str:
    return written


def _in_ticks(written: str) -> str:
    """Return a formula in ticks, in which nothing else of Markdown is read."""
    tex = _tex(written)
    return f"$`{tex}`$" if "`" not in tex else written


def _at_hatena(written: str) -> str:
    tex = re.sub(r"([\\_^*\[\]])", r"\\\1", _tex(written))
    return (
        f"[tex: {tex}]"
        if written.startswith("$") and not written.startswith("$$")
        else rf"[tex:\\displaystyle{{{tex}}}]"
    )


DIALECTS: Mapping[str, Dialect] = {
    "markdown": Dialect(
        called="GitHub",
        file="{name}.md",
        box=of_github,
        card=_linked,
        fence=_fence_of_github,
        picture=_html_picture,
        formula=_as_written,
        pictures="beside",
        has_title=True,
        has_cards=False,
    ),
    "zenn": Dialect(
        called="Zenn",
        file="articles/{name}.md",
        box=of_zenn,
        card=_alone,
        fence=_fence_of_zenn,
        picture=_sized_picture,
        formula=_as_written,
        pictures="rooted",
        breaks=True,
        joins=True,
        has_html=False,
        has_emoji_names=False,
        has_inline_notes=True,
    ),
    "qiita": Dialect(
        called="Qiita",
        file="public/{name}.md",
        box=of_qiita,
        card=_alone,
        fence=_fence_of_qiita,
        picture=_html_picture,
        formula=_in_ticks,
        display=lambda tex: ("```math", *tex.split("\n"), "```"),
        breaks=True,
        joins=True,
        card_apart=True,
    ),
    "hatena": Dialect(
        called="Hatena Blog",
        file="{name}.md",
        box=of_hatena,
        card=_embedded,
        fence=_fence_of_hatena,
        picture=_html_picture,
        formula=_at_hatena,
        display=lambda tex: (_at_hatena(f"$${' '.join(tex.split())}$$"),),
        joins=True,
        hard_break="  ",
        has_tasks=False,
        has_emoji_names=False,
        has_mermaid=False,
        has_bracket_notes=True,
    ),
}
"""The dialects by the names that the command line has for them."""
