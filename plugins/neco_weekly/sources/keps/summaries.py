"""What a KEP is about: the first paragraphs of the section `Summary` of its README, as plain text.

The sections of a README are those of the template
(https://github.com/kubernetes/enhancements/blob/master/keps/NNNN-kep-template/README.md), which explains them in
comments, and which in its first years did so in paragraphs.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ...model.keps import Enhancement, Summary
from ...model.text import one_line, whole_sentences

LONGEST = 600
"""The most characters that are kept of a summary: whole paragraphs, of a longer first one its first sentences."""

LARGEST = 1_000_000
"""The most characters of a README that are looked at; the largest of 2026 has 140,000."""

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)

_FENCE = re.compile(
    r"^ {0,3}(?P<marks>`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}(?P=marks)[`~]*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE
)

_HEADING = re.compile(r"^ {0,3}(?P<level>#{1,6})[ \t]+(?P<text>[^\n]*)$", re.MULTILINE)

_NAME = re.compile(r"summary\b", re.IGNORECASE)

_BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")

_NO_PROSE = re.compile(
    r"[ \t]*(?:[-*+>|][ \t]|\||\d{1,3}[.)][ \t]|!\[[^\]\n]*\]\S*\s*\Z|\[[^\]\n]+\]:|={3,}|(?:[-*_][ \t]*){3,}\Z)"
)
"""How a block begins that is no paragraph: a list, a quote, a table, a picture alone, the target of links, a rule."""

_WHOLE = re.compile(r"[.!?。！？][\"')\]」』）]*\Z")
"""How a paragraph ends that is whole: what only leads to a list does not."""

_BREAK = "\n\n---\n\n"
"""What stands in the place of a smaller heading or of code: a rule, below which another run of paragraphs begins."""

_LIST = re.compile(r"\n[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]")
"""Where a list begins right below the paragraph that leads to it."""

_FEWEST, _MOST = 3, 5_000
"""The fewest words that say anything, and the characters of a paragraph that are looked at."""

_TEMPLATE = re.compile(
    r"section is incredibly important for producing high|^A good summary is probably at least a paragraph in length"
    r"|^(?:TBD|TODO|TBA|N/?A|WIP)\b[ .:]*$",
    re.IGNORECASE,
)
"""What the template said in a paragraph of its own, and what stands where nothing was written yet."""

_MARKUP = (
    (re.compile(r"!\[[^\]\n]*\](?:\([^)\n]*\)|\[[^\]\n]*\])"), ""),
    (re.compile(r"\[\^[^\]\n]+\]"), ""),
    (re.compile(r"\[([^\[\]]+)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]\n]*\])"), r"\1"),
    (re.compile(r"(?<![\w`])\[([^\[\]]{2,})\](?![\w(\[])"), r"\1"),
    (re.compile(r"<(https?://[^>\s]+)>"), r"\1"),
    (re.compile(r"</?[A-Za-z][^<>]*>"), ""),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<!\w)_(?=[^\s_])([^_]+?)(?<=[^\s_])_(?!\w)"), r"\1"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)
"""Marks of Markdown with what is left of them, in this order; code is put aside before."""

_CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)


README = "README.md"
"""The name of the file beside a kep.yaml that says what the KEP is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readme:
    """A README of today: its content as a blob of git, and the day on which it was changed last."""

    blob: str
    date: dt.date


def readme_of(enhancement: Enhancement) -> str | None:
    """Return the path of the README beside a KEP's kep.yaml; None for a KEP without a file."""
    folder = (enhancement.source.path or "").rpartition("/")[0]
    return f"{folder}/{README}" if folder else None


def with_summaries(
    enhancements: Mapping[int, Enhancement], readmes: Mapping[str, Readme], contents: Mapping[str, bytes]
) -> dict[int, Enhancement]:
    """Return KEPs with the summaries of their READMEs, by path; one whose blob is not among the contents has none."""
    return {number: _with_summary(it, readmes, contents) for number, it in enhancements.items()}


def _with_summary(
    enhancement: Enhancement, readmes: Mapping[str, Readme], contents: Mapping[str, bytes]
) -> Enhancement:
    path = readme_of(enhancement)
    readme = readmes.get(path) if path else None
    if path is None or readme is None or readme.blob not in contents:
        return enhancement
    text = summary_of(contents[readme.blob].decode("utf-8-sig", errors="replace"))
    return replace(enhancement, summary=Summary(text=text, path=path, date=readme.date)) if text else enhancement


def summary_of(readme: str) -> str | None:
    """Return the first paragraphs of a README's summary as one line of plain text, None where it has none.

    They stand one below the other: a list, a table, code or a smaller heading ends them, and so does a paragraph that
    is no whole sentence. Neither comments nor what the template said are taken for one. The text is a stranger's, and
    never markup.
    """
    text = readme[:LARGEST].replace("\r\n", "\n").replace("\r", "\n")
    text = _FENCE.sub(_BREAK, _COMMENT.sub("", text))
    for run in _runs(text):
        said = (_plain(it) for it in run)
        if told := [it for it in said if len(it.split()) >= _FEWEST and not _TEMPLATE.search(it)]:
            return _joined(told)
    return None


def _joined(paragraphs: Sequence[str]) -> str:
    """Return the first of some paragraphs, and those behind it that fit whole."""
    told = whole_sentences(paragraphs[0], LONGEST)
    for paragraph in paragraphs[1:]:
        if len(told) + len(paragraph) >= LONGEST or not _WHOLE.search(told):
            break
        told = f"{told} {paragraph}"
    return told


def _runs(text: str) -> Iterator[list[str]]:
    """Yield the paragraphs of the section `Summary`, each time those that stand one below the other."""
    run: list[str] = []
    for block in _BLANK.split(_HEADING.sub(_BREAK, _section(text))):
        if not block.strip():
            continue
        if _NO_PROSE.match(block):
            yield run
            run = []
        else:
            prose, *below = _LIST.split(block[:_MOST], maxsplit=1)
            run.append(prose)
            if below:
                yield run
                run = []
    yield run


def _section(text: str) -> str:
    """Return what stands below the heading `Summary`, that of this very name before a longer one."""
    headings = list(_HEADING.finditer(text))
    named = [it for it in headings if _NAME.match(it["text"])]
    begin = min(named, key=lambda it: (it["text"].strip(" \t#").lower() != "summary", it.start()), default=None)
    if begin is None:
        return ""
    ends = [it.start() for it in headings if it.start() > begin.start() and len(it["level"]) <= len(begin["level"])]
    return text[begin.end() : min(ends, default=len(text))]


def _plain(paragraph: str) -> str:
    """Return the text of a paragraph without the marks of Markdown and HTML."""
    codes: list[str] = []

    def put_aside(code: re.Match[str]) -> str:
        codes.append(code[2].strip())
        return f"\x00{len(codes) - 1}\x00"

    text = _CODE.sub(put_aside, paragraph.replace("\x00", "").replace("\n", " "))
    for pattern, left in _MARKUP:
        text = pattern.sub(left, text)
    text = html.unescape(text.replace("`", ""))
    return one_line(re.sub("\x00(\\d+)\x00", lambda it: codes[int(it[1])], text))
