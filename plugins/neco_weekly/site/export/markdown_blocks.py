"""An issue written for another dialect of Markdown, block by block; what needs no other words stays as it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import zip_longest

from markdown_it.token import Token

from ...extension.blocks import card_of
from ...grammar.export_marks import marked
from ...grammar.info_strings import read_info_string
from ...grammar.issue_titles import is_same_title
from .box_edits import write_box
from .export_work import Work
from .html_edits import write_html
from .markdown_lines import card_text, write_lines

_BOXES = frozenset({"neco_box_open", "neco_indented_box_open", "alert_open"})

_NO_BARE_CARDS = frozenset({"list_item_open", "blockquote_open", "footnote_reference_open", "dd_open"})

_CELLS = frozenset({"th_open", "td_open"})

_TASK = re.compile(r"\[([ xX])\](?=\s)")


@dataclass(kw_only=True)
class BlockWalk:
    """A walk through the blocks of an issue. `inside` is for each box how many lie in it, one in another at most.

    `open` are the containers around the block at work, `folds` the texts that HTML folds there.
    """

    work: Work
    inside: dict[int, int] = field(default_factory=dict)
    title: Token | None = None
    open: list[Token] = field(default_factory=list)
    folds: list[bool] = field(default_factory=list)
    following: Token | None = None

    def write(self) -> None:
        """Write all blocks."""
        tokens = self.work.source.tokens
        self.inside, self.title = _depths(tokens), _title_of(self.work, tokens)
        for token, self.following in zip_longest(tokens, tokens[1:]):
            if token.type in _BOXES:
                write_box(self.work, token, self.inside[id(token)], is_nested=bool(self.open))
            if token.nesting > 0:
                self._enter(token)
            elif token.nesting < 0:
                self._leave(self.open.pop())
            elif token.type == "inline":
                self._lines(token)
            elif write := getattr(self, f"_{token.type}", None):
                write(token)

    # --- containers -----------------------------------------------------------------------------------------------

    def _enter(self, token: Token) -> None:
        self.open.append(token)
        if token.type == "heading_open":
            self.work.seen.clear()
            self.work.of_heading = []
        elif token.type == "dt_open" and token.map:
            self._term(token.map[0])
        elif token.type == "dd_open" and token.map:
            self._replace_first(token.map[0], re.compile(r":(?=[ \t])"), "-")
        elif token.type == "list_item_open" and "checked" in token.meta and not self.work.dialect.has_tasks:
            self._replace_first(token.map[0] if token.map else 0, _TASK, "☑" if token.meta["checked"] else "☐")

    def _leave(self, opened: Token) -> None:
        if opened.type in ("paragraph_open", "heading_open"):
            self.work.html_links.clear()
        if opened.type != "heading_open":
            return
        keps, self.work.of_heading = self.work.of_heading or [], None
        if opened is self.title and not self.work.dialect.has_title:
            self._leave_title_out(opened)
        elif keps and not self.open and opened.map:
            said = "、".join(f"KEP-{it}: {self.work.around.kep_words(it)}" for it in keps)
            apart = "\n" if self._is_text(opened.map[1]) else ""
            self.work.edits.insert(self.work.line_end(opened.map[1] - 1), f"\n\n{marked(said)}{apart}")

    def _leave_title_out(self, opened: Token) -> None:
        first, behind = opened.map or (0, 0)
        line = " ".join(self.work.source.lines[first:behind])
        if any(it.kind in ("link", "picture", "url") for it in self.work.source.pieces(line)):
            self.work.remark(first, "a link in the title: left out", is_lost=True)
        self.work.edits.delete_lines(self.work.source.starts[first], self.work.below_line(behind - 1))
        self.work.seen.clear()

    def _term(self, line: int) -> None:
        text = self.work.source.lines[line]
        start = self.work.source.starts[line] + len(text) - len(text.lstrip(" \t>"))
        self.work.edits.insert(start, "**")
        self.work.edits.insert(self.work.source.starts[line] + len(text.rstrip()), "**")
        self.work.remark(line, "a definition list: its terms are bold, above lists")

    def _replace_first(self, line: int, pattern: re.Pattern[str], new: str) -> None:
        if found := pattern.search(self.work.source.lines[line]):
            start = self.work.source.starts[line]
            self.work.edits.replace(start + found.start(), start + found.end(), new)

    # --- blocks ---------------------------------------------------------------------------------------------------

    def _lines(self, token: Token) -> None:
        if token.map is None:
            return  # the title of an alert, which nobody has written
        run = self.work.source.run(token)
        if run is None:
            self.work.remark(token.map[0], "text that is not found in its line again: left as it is")
            return
        around = [it for it in self.open if it.type != "paragraph_open"]
        is_cell = bool(around) and around[-1].type in (*_CELLS, "heading_open", "dt_open")
        bare = not is_cell and not (around and around[-1].type in _NO_BARE_CARDS)
        write_lines(self.work, run, token.map[0], bare_cards=bare, is_cell=is_cell, in_message=self._in_message)

    def _neco_card(self, token: Token) -> None:
        first = token.map[0] if token.map else 0
        card = card_of(token.content, bare=True)
        if card is None:
            self.work.remark(first, f"{token.content}: is no card; left as it is")
            return
        line, start = self.work.source.lines[first], self.work.source.starts[first]
        place = start + line.index(token.content)
        in_list = any(it.type in _NO_BARE_CARDS for it in self.open)
        new = card_text(self.work, card, first, in_list=in_list, in_message=self._in_message)
        apart = self.work.dialect.card_apart and not in_list
        above, below = (self._is_text(it) for it in (first - 1, first + 1))
        self.work.edits.replace(
            place, place + len(token.content), "\n" * (apart and above) + new + "\n" * (apart and below), swallows=True
        )
        goes_on = below and self.following is not None and self.following.type == "paragraph_open"
        if goes_on and not apart and not self.work.dialect.breaks:
            self.work.edits.insert(place + len(token.content), self.work.dialect.hard_break)

    @property
    def _in_message(self) -> bool:
        """Whether the innermost box around the block at work is one that does not fold."""
        box = next((it for it in reversed(self.open) if it.type in _BOXES), None)
        return box is not None and box.info != "details"

    def _is_text(self, line: int) -> bool:
        return 0 <= line < len(self.work.source.lines) and bool(self.work.source.lines[line].strip(" \t>"))

    def _fence(self, token: Token) -> None:
        first = token.map[0] if token.map else 0
        line, start = self.work.source.lines[first], self.work.source.starts[first]
        column = line.index(token.markup)
        said = read_info_string(token.info)
        if said.language == "mermaid" and not self.work.dialect.has_mermaid:
            self.work.remark(first, f"a diagram of mermaid: {self.work.dialect.called} shows its source")
        fence = self.work.dialect.fence(said)
        if fence.remark:
            self.work.remark(first, fence.remark)
        if fence.above:
            lead = self.work.prefix_below(first, column)
            self.work.edits.insert(start + column, f"**{fence.above}**\n{lead.rstrip()}\n{lead}")
        self.work.edits.replace(start + column + len(token.markup), start + len(line), fence.info)

    def _html_block(self, token: Token) -> None:
        in_list = any(it.type in _NO_BARE_CARDS for it in self.open)
        write_html(self.work, token, folds=self.folds, in_list=in_list)

    def _neco_formula(self, token: Token) -> None:
        if self.work.dialect.display is None or not token.map:
            return
        first, behind = token.map
        column = self.work.source.lines[first].index("$$")
        lead = self.work.prefix_below(first, column)
        lines = self.work.dialect.display(token.content.strip())
        new = "\n".join((lines[0], *(f"{lead}{it}" for it in lines[1:])))
        start = self.work.source.starts[first] + column
        self.work.edits.replace(start, self.work.line_end(behind - 1), new, swallows=True)

    def _definition(self, token: Token) -> None:
        """Leave out a definition of a link into the site: each link that uses it has its address by itself."""
        if not token.map:
            return
        first, behind = token.map
        url = str(token.meta.get("url", ""))
        if url and not url.startswith("#") and self.work.around.link(url)[0] != url:
            self.work.edits.delete_lines(self.work.source.starts[first], self.work.below_line(behind - 1))


def _depths(tokens: list[Token]) -> dict[int, int]:
    """Return for each box how many boxes lie in it, one in another at most."""
    depths: dict[int, int] = {}
    waiting: list[tuple[Token, int]] = []
    for token in tokens:
        if token.type in _BOXES:
            waiting.append((token, 0))
        elif token.type.replace("_close", "_open") in _BOXES and waiting:
            box, depth = waiting.pop()
            depths[id(box)] = depth
            if waiting:
                waiting[-1] = (waiting[-1][0], max(waiting[-1][1], depth + 1))
    return depths


def _title_of(work: Work, tokens: list[Token]) -> Token | None:
    """Return the heading of the body that is the issue's title, as `extension.headings` decides."""
    highest = [number for number, it in enumerate(tokens) if it.type == "heading_open" and it.tag == "h1"]
    if not highest:
        return None
    first = highest[0]
    written = work.issue.written_title
    if written:
        return tokens[first] if is_same_title(written, tokens[first + 1].content) else None
    is_begun = any(it.type == "inline" and it.map for it in tokens[:first])
    return tokens[first] if not is_begun or len(highest) == 1 else None
