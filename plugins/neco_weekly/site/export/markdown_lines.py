"""What stands inside a line, written for another dialect: links, pictures, addresses, references, ends of lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from html import escape
from itertools import pairwise

from ...extension.blocks import card_of
from ...extension.embedly import embedly, pieces
from ...extension.inline.marks import emoji_of
from ...extension.source_spans import Piece, Run
from ...extension.typography import join_wide
from ...grammar.card_lines import CardLine
from ...grammar.kep_references import TextReference, UrlMeaning, find_text_references, read_url
from ..markdown_text import address_in_brackets, as_markdown
from .dialects import Picture
from .export_work import Work

_COVER = "\ue000"

_EMOJI = re.compile(r"(?<![A-Za-z0-9_:]):(?:[a-z0-9_]++|[+-]1):(?![A-Za-z0-9_])")

_HARD = re.compile(r"(?: {2,}|\\)$")

_MARKS = " \t*_~`["
"""Signs at the ends of a line that nobody sees."""

_CAPTION = re.compile(r"\s*\*[^*].*\*\s*")

_ATTRIBUTES = re.compile(r"[ \t]*\{:?[ ]*(?:[#.][\w-]|\w+=)[^{}\n]*\}")
"""A pattern for an attribute list: https://python-markdown.github.io/extensions/attr_list/."""

_ABBREVIATION = re.compile(r"\*\[[^\]\n]+\]:.*")

_SNIPPET = re.compile(r";*--8<--.*")

_BRACKETS = re.compile(r"(?<=\()\\?\(")

_END_OF_BRACKETS = re.compile(r"\)\\?\)")

_TAG_ATTRIBUTE = re.compile(r"""(?<=\s)(?P<name>[\w-]+)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)')""")


def write_lines(
    work: Work, run: Run, line: int, *, bare_cards: bool, is_cell: bool = False, in_message: bool = False
) -> None:
    """Write a run of text that begins at a line (from 0) for the dialect at work."""
    if "embedly-card" in run.text and len(run.starts) == 1:
        write_embedly(work, run.text, line, run.place(0), in_list=not bare_cards)
    cards = dict(_cards(run, bare=bare_cards))
    _write_cards(work, run, line, cards, in_message=in_message)
    found = work.source.pieces(run.text)
    covered = _covered(run.text, found)
    references = [it for it in find_text_references(covered) if it.number]
    everything: list[Piece | TextReference] = [*found, *references]
    for it in sorted(everything, key=lambda it: it.start):
        if isinstance(it, TextReference):
            work.refer(it.number or 0, run.place(it.end))
        elif not _in_card(it, run, cards) and (write := _WRITERS.get(it.kind)):
            write(work, run, it, line + run.text.count("\n", 0, it.start))
    _write_text(work, run, covered, line)
    if work.dialect.has_bracket_notes:
        _keep_brackets(work, run, found)
    if not is_cell:
        code = [it for it in found if it.kind in ("code", "formula")]
        _write_ends(work, run, cards, code)


def _covered(text: str, found: Iterable[Piece]) -> str:
    """Return a text with signs that mean nothing in place of pieces; in a footnote inside a line there is text."""
    parts, done = list[str](), 0
    for it in found:
        if it.kind != "note" and it.end > done:
            parts += [text[done : max(done, it.start)], re.sub(r"[^\n]", _COVER, text[max(done, it.start) : it.end])]
            done = it.end
    return "".join((*parts, text[done:]))


# --- cards --------------------------------------------------------------------------------------------------------


def _cards(run: Run, *, bare: bool) -> Iterator[tuple[int, CardLine]]:
    """Yield the lines of a run that are cards, by where they begin in it."""
    for start, line in run.lines():
        if (card := card_of(line, bare=bare)) is not None:
            yield start, card


def _in_card(piece: Piece, run: Run, cards: Mapping[int, CardLine]) -> bool:
    return run.text.rfind("\n", 0, piece.start) + 1 in cards


def _write_cards(work: Work, run: Run, first: int, cards: Mapping[int, CardLine], *, in_message: bool) -> None:
    for start, line in run.lines():
        if card := cards.get(start):
            new = card_text(work, card, first + run.text.count("\n", 0, start), in_message=in_message)
            if work.dialect.card_apart:
                new = "\n" * (start > 0) + new + "\n" * (start + len(line) < len(run.text))
            work.edits.replace(run.place(start), run.place(start) + len(line), new, swallows=True)


def card_text(work: Work, card: CardLine, line: int, *, in_list: bool = False, in_message: bool = False) -> str:
    """Return the text of a card for the dialect; what its author says of it, which the target cannot show, is told.

    In lists and messages an address is no card at Zenn.
    """
    text = card.text
    said = (text.description, text.archive, text.image, text.size, text.title if work.dialect.has_cards else None)
    if text.origin == "author" and (any(said) or text.hidden):
        work.remark(line, f"attributes of the card of {card.url}: left out")
    title = work.around.card_title(card)
    if (in_list or in_message) and not work.dialect.has_html:
        return f"@[card]({card.url})"
    if in_list and work.dialect.has_cards:
        return f"[{as_markdown(title)}]({address_in_brackets(card.url)})"
    return work.dialect.card(card.url, title)


def write_embedly(work: Work, html: str, first: int, start: int, *, in_list: bool) -> None:
    """Write what is pasted from Embedly in a text at a place as cards, and leave its script out."""
    place = 0
    for text, pasted in pieces(html):
        place += len(text)
        if pasted:
            card, line = embedly(pasted), first + html.count("\n", 0, place)
            above, below = html[:place].strip(), html[place + len(pasted) :].strip()
            new = card_text(work, card, line, in_list=in_list) if card else ""
            new = "\n" * bool(above and card) + new + "\n" * bool(below and card)
            work.edits.replace(start + place, start + place + len(pasted), new, swallows=True)
            place += len(pasted)


# --- pieces -------------------------------------------------------------------------------------------------------


def _link(work: Work, run: Run, piece: Piece, line: int) -> None:
    assert piece.target is not None  # noqa: S101 (every link has one)
    start, end, written = run.place(piece.start), run.place(piece.end), piece.target.address
    behind_text = run.place(piece.start + 1 + len(piece.text))
    address = work.link(written, line)
    if address is None:
        work.edits.delete(start, start + 1)
        work.edits.delete(behind_text, end)
        return
    if address != written:
        title = f' "{piece.target.title}"' if piece.target.title and '"' not in piece.target.title else ""
        work.edits.replace(behind_text, end, f"]({address_in_brackets(address)}{title})", swallows=True)
    _refer_link(work, address, piece.text, end)


def _refer_link(work: Work, address: str, text: str, place: int) -> None:
    """Put words behind a link that names a KEP by its address, or else in its text."""
    meaning = read_url(address)
    if meaning.meaning is UrlMeaning.KEP and meaning.number:
        work.refer(meaning.number, place)
    elif meaning.meaning is UrlMeaning.OTHER:
        for it in find_text_references(text):
            if it.number and not it.by_repository:
                work.refer(it.number, place)


def _picture(work: Work, run: Run, piece: Piece, line: int) -> None:
    assert piece.target is not None  # noqa: S101 (every picture has one)
    target = piece.target
    address = work.picture(target.address, line)
    if address is None:
        new = piece.text
    elif address == target.address and (not target.size or work.dialect.pictures == "rooted"):
        return
    else:
        new = work.dialect.picture(
            Picture(alt=piece.text, address=address, title=target.title or "", size=target.size or "")
        )
    if new.startswith("<") and _begins_text(run, piece):
        new += "<br>"  # a line that is only a tag makes all below it HTML
    work.edits.replace(run.place(piece.start), run.place(piece.end), new, swallows=True)


def _begins_text(run: Run, piece: Piece) -> bool:
    """Whether a piece is all of its line, and the text goes on below it."""
    above, below = run.text[: piece.start].rpartition("\n")[2], run.text[piece.end :].partition("\n")
    return not above.strip() and not below[0].strip() and bool(below[1])


def _url(work: Work, run: Run, piece: Piece, _line: int) -> None:
    """Write an address that stands for itself: between angles where a letter of the sentence follows it.

    One with a backslash before it, which keeps off a card, is a link with a text.
    """
    start, end = run.place(piece.start), run.place(piece.end)
    behind, escaped = run.text[piece.end : piece.end + 1], run.text[piece.start - 1 : piece.start] == "\\"
    if escaped:
        work.edits.replace(start - 1, end, f"[{piece.text}]({address_in_brackets(piece.text)})")
    elif behind and not behind.isascii():
        work.edits.replace(start, end, f"<{piece.text}>")
    _refer_link(work, piece.text, "", end)


def _angle(work: Work, run: Run, piece: Piece, _line: int) -> None:
    _refer_link(work, piece.text, "", run.place(piece.end))


def _hatena(work: Work, run: Run, piece: Piece, _line: int) -> None:
    link = piece.hatena
    assert link is not None  # noqa: S101 (it has one)
    title = link.text or (link.url if link.embed else work.around.link_title(link.url))
    new = f"[{as_markdown(title)}]({address_in_brackets(link.url)})"
    work.edits.replace(run.place(piece.start), run.place(piece.end), new, swallows=True)
    _refer_link(work, link.url, "", run.place(piece.end))


def _formula(work: Work, run: Run, piece: Piece, _line: int) -> None:
    new = work.dialect.formula(piece.text)
    work.edits.replace(run.place(piece.start), run.place(piece.end), new, swallows=True)


def _tag(work: Work, run: Run, piece: Piece, line: int) -> None:
    write_tag(work, piece.text, run.place(piece.start), line)


def write_tag(work: Work, tag: str, start: int, line: int) -> None:
    """Write a tag of HTML: with addresses that lead somewhere; where the dialect has no HTML, as Markdown or not."""
    name, is_end = (re.match(r"</?([A-Za-z][\w-]*)", tag) or [tag, ""])[1].lower(), tag.startswith("</")
    found = {it["name"].lower(): it["double"] or it["single"] or "" for it in _TAG_ATTRIBUTE.finditer(tag)}
    if name == "img" and found.get("src"):
        _html_picture(work, tag, found, start, line)
    elif name == "br":
        return
    elif name == "a" and (is_end or "href" in found) and not work.dialect.has_html:
        address = work.html_links.pop() if is_end and work.html_links else None
        if not is_end:
            work.html_links.append(work.link(found["href"], line))
        opening = "[" if not is_end and work.html_links[-1] is not None else ""
        new = f"]({address_in_brackets(address)})" if address is not None else opening
        work.edits.replace(start, start + len(tag), new, swallows=True)
    elif not work.dialect.has_html:
        is_closed = name in _SIGNS and work.closes(name, line)
        if not is_closed:
            work.remark(line, f"HTML <{name}>: {work.dialect.called} has none; its tags are left out")
        work.edits.replace(start, start + len(tag), _SIGNS[name] if is_closed else "", swallows=True)
    elif found.get("href") and (address := work.link(found["href"], line)) != found["href"]:
        new = tag.replace(found["href"], escape(address), 1) if address else "<a>"
        work.edits.replace(start, start + len(tag), new)


_SIGNS = {"b": "**", "strong": "**", "i": "*", "em": "*", "del": "~~", "s": "~~", "code": "`"}
"""Signs of Markdown for tags."""


def _html_picture(work: Work, tag: str, found: Mapping[str, str], start: int, line: int) -> None:
    address = work.picture(found["src"], line)
    size = f"{found.get('width', '')}x{found.get('height', '')}".strip("x")
    sized = size if re.fullmatch(r"\d*x?\d*", size) else ""
    it = Picture(alt=as_markdown(found.get("alt", "")), address=address or "", size=sized)
    if address is None or address != found["src"] or not work.dialect.has_html:
        new = work.dialect.picture(it) if address else it.alt
        work.edits.replace(start, start + len(tag), new, swallows=True)


_WRITERS: Mapping[str, Callable[[Work, Run, Piece, int], None]] = {
    "link": _link,
    "picture": _picture,
    "url": _url,
    "angle": _angle,
    "hatena": _hatena,
    "formula": _formula,
    "tag": _tag,
}


# --- text between pieces ------------------------------------------------------------------------------------------


def _write_text(work: Work, run: Run, covered: str, line: int) -> None:
    if not work.dialect.has_emoji_names and ":" in covered:
        for found in _EMOJI.finditer(covered):
            if character := emoji_of(found[0]):
                work.edits.replace(run.place(found.start()), run.place(found.end()), character)
    if "attr_list" in work.issue.extensions and "{" in covered:
        for found in _ATTRIBUTES.finditer(covered):
            at_end = covered[found.end() : found.end() + 1] in ("", "\n")
            if at_end or covered[found.start() - 1 : found.start()] == _COVER:
                work.edits.delete(run.place(found.start()), run.place(found.end()))
                work.remark(line + covered.count("\n", 0, found.start()), f"attributes {found[0].strip()}: left out")
    _leave_out(work, run, line, "abbr", _ABBREVIATION, "an abbreviation's meaning", covered)
    _leave_out(work, run, line, "pymdownx.snippets", _SNIPPET, "text from another file", covered)


def _leave_out(
    work: Work, run: Run, first: int, extension: str, pattern: re.Pattern[str], what: str, covered: str
) -> None:
    """Leave out lines that an extension of the site reads and nobody else, and tell of them."""
    if extension not in work.issue.extensions:
        return
    for start, text in run.lines():
        if pattern.fullmatch(text.strip()):
            line = first + covered.count("\n", 0, start)
            work.remark(line, f"{what}, {text.strip()}: left out", is_lost=True)
            work.edits.delete_lines(run.place(start), work.below_line(work.line_at(run.place(start))))


def _keep_brackets(work: Work, run: Run, found: Iterable[Piece]) -> None:
    """Write brackets in brackets so that they are no footnote: one by its number, which stays so through Markdown.

    A backslash would not, for who looks for `((…))` behind Markdown. In code and addresses nothing is changed.
    """
    behind_texts = (replace(it, start=it.start + 1 + len(it.text)) if it.kind == "link" else it for it in found)
    text = _covered(run.text, sorted(behind_texts, key=lambda it: it.start))
    ends = [it.start() for it in _END_OF_BRACKETS.finditer(text)]
    for it in _BRACKETS.finditer(text, 0, ends[-1] if ends else 0):
        work.edits.replace(run.place(it.start()), run.place(it.end()), "&#40;")


# --- ends of lines ------------------------------------------------------------------------------------------------


def _write_ends(work: Work, run: Run, cards: Mapping[int, CardLine], code: list[Piece]) -> None:
    """Write the ends of lines inside of a run, which are breaks in some dialects and white space in others.

    Those in code are white space everywhere.
    """
    lines = list(run.lines())
    for (start, text), (below, following) in pairwise(lines):
        end = start + len(text)
        is_apart = start in cards or below in cards
        if (
            any(it.start < below <= it.end for it in code)
            or _HARD.search(text)
            or (_CAPTION.fullmatch(following) and "![" in text)
        ):
            continue
        if work.issue.keeps_breaks or is_apart:
            if not work.dialect.breaks and not (is_apart and work.dialect.card_apart):
                work.edits.insert(run.place(end), work.dialect.hard_break)
        elif work.dialect.joins:
            joined = join_wide(f"{text.rstrip(_MARKS)[-1:]}\n{following.lstrip(_MARKS)[:1]}")
            new = " " if "\n" in joined else ""
            work.edits.replace(run.place(start + len(text.rstrip())), run.place(below), new, swallows=True)
