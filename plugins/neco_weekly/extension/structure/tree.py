"""Tokens of blocks as the elements that Python-Markdown's tree processors expect."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from ...display.elements import add
from ..blocks import card_of, takes_bare_cards
from ..code_blocks import complain_of_fence, complain_of_indented
from ..corrections import correction_title
from ..diagrams import diagram_element
from ..embedly import embedly, pieces
from ..islands import body_elements
from ..math import MathError, math_element, math_error
from ..page_context import PageContext
from .fences import Fences, plain_code
from .rules import HTML, Chunk

_TEXT = "neco-text"
"""The tag of text that stands behind a block in a tight list item, until its place is known."""

_INDENT = re.compile(r"\n[ \t]+")


@dataclass(slots=True)
class _Open:
    """A container whose blocks are being drawn. `task` is the box of a task that waits for the item's text."""

    element: Element
    in_note: bool = False
    has_html: bool = False
    task: Element | None = None


@dataclass(kw_only=True)
class Tree:
    """A tree that is built from tokens, below one element. `note` takes the elements of a footnote by its label.

    `read` reads a text below an element: the element, the text, its first line in the page, how deep it lies.
    """

    md: Markdown
    chunk: Chunk
    root: Element
    fences: Fences
    read: Callable[[Element, str, int, int], None]
    note: Callable[[str, Element], None]
    in_note: bool = False
    stack: list[_Open] = field(init=False)

    def __post_init__(self) -> None:
        self.stack = [_Open(self.root, in_note=self.in_note)]

    @property
    def page(self) -> PageContext:
        """The page that the text is of."""
        return self.chunk.page

    @property
    def parent(self) -> Element:
        """The element that the next block is drawn in."""
        return self.stack[-1].element

    def build(self, tokens: Iterable[Token]) -> None:
        """Draw tokens as elements."""
        following = iter(tokens)
        for token in following:
            if token.type == "paragraph_open":
                self._paragraph(token, next(following).content)
                next(following)
            elif token.type == "alert_title_open":  # ours has the site's words
                next(following), next(following)
            elif draw := _DRAW.get(token.type):
                draw(self, token)
            elif token.type == "inline":
                self.parent.text = (self.parent.text or "") + _INDENT.sub("\n", token.content)
            elif token.nesting > 0:
                self.open(token.tag, token)
            elif token.nesting < 0:
                self.close()
        self.close()

    # --- containers -----------------------------------------------------------------------------------------------

    def open(self, tag: str, token: Token) -> Element:
        """Begin an element that holds what follows."""
        return self.enter(SubElement(self.parent, tag, _attributes(token)), token)

    def enter(self, element: Element, token: Token, *, in_note: bool = False) -> Element:
        """Draw what follows in an element, and note the element's lines."""
        self.note_lines(element, token)
        self.stack.append(_Open(element, in_note=in_note or self.stack[-1].in_note))
        return element

    def close(self) -> None:
        """End the element that was begun last."""
        done = self.stack.pop()
        if done.has_html:
            from .raw_html import weave  # noqa: PLC0415 (a tenth of all imports, which a build of pages that are kept does without)

            weave(self.md, self.page, done.element, self.chunk.depth + len(self.stack))
        _dissolve_texts(done.element)

    def note_lines(self, element: Element, token: Token) -> None:
        """Remember the lines of the page that an element is drawn of."""
        if token.map:
            self.page.lines[element] = (self.chunk.line(token.map[0]), self.chunk.line(token.map[1]) - 1)

    def add(self, element: Element, token: Token) -> None:
        """Add an element that holds no blocks."""
        self.note_lines(element, token)
        self.parent.append(element)

    def add_html(self, html: str) -> None:
        """Add HTML that a writer wrote, to be woven with its neighbours when their container ends."""
        SubElement(self.parent, HTML).text = html
        self.stack[-1].has_html = True

    # --- paragraphs -----------------------------------------------------------------------------------------------

    def _paragraph(self, token: Token, content: str) -> None:
        """Draw a paragraph, with its cards, Embedly's HTML, and bodies of generated pages."""
        first = self.chunk.line(token.map[0]) if token.map else 1
        for text, pasted in pieces(content) if self.page.takes_cards else [(content, "")]:
            if text.strip():
                self._lines(token, text, first)
            if card := embedly(pasted):
                self.parent.append(self.page.draw_card(card))
            first += text.count("\n") + pasted.count("\n")

    def _lines(self, token: Token, text: str, first: int) -> None:
        bare = takes_bare_cards(self.parent, in_note=self.stack[-1].in_note)
        lines = text.split("\n")
        begin = 0
        for place, line in enumerate(lines):
            if self.page.takes_cards and (found := card_of(line, bare=bare)):
                self._text(token, lines[begin:place], first + begin)
                element = self.page.draw_card(found)
                self.page.lines[element] = (first + place, first + place)
                self.parent.append(element)
                begin = place + 1
        self._text(token, lines[begin:], first + begin)

    def _text(self, token: Token, lines: list[str], first: int) -> None:
        text = _INDENT.sub("\n", "\n".join(lines)).strip()
        if not text.strip():
            return
        if self.page.takes_cards:
            self.page.check_cards(text, first)
        if body := body_elements(self.page, text):
            self.parent.extend(body)
        elif token.hidden:
            self._hidden(text)
        else:
            element = SubElement(self.parent, "p")
            element.text = text
            self.page.lines[element] = (first, first + len(lines) - 1)
            self._check_task(element)

    def _hidden(self, text: str) -> None:
        """Draw a paragraph of a tight list, which is text of its item."""
        if len(self.parent):
            SubElement(self.parent, _TEXT).text = text
        else:
            self.parent.text = f"{self.parent.text or ''}{text}"
            self._check_task(self.parent)

    def _check_task(self, element: Element) -> None:
        """Put the box of a task before the text of its item."""
        box, self.stack[-1].task = self.stack[-1].task, None
        if box is not None:
            box.tail, element.text = f" {element.text}", ""
            element.insert(0, box)


def _attributes(token: Token) -> dict[str, str]:
    found = {name: str(value) for name, value in (token.attrs or {}).items() if name != "class"}
    if "style" in found:  # as Python-Markdown's own tables write it
        found["style"] = f"{found['style'].replace(':', ': ')};"
    return found


def _dissolve_texts(parent: Element) -> None:
    """Make of text behind blocks the tails of these blocks."""
    before: Element | None = None
    for child in list(parent):
        if child.tag != _TEXT:
            before = child
            continue
        text = f"{child.text or ''}{child.tail or ''}"
        parent.remove(child)
        if before is None:
            parent.text = f"{parent.text or ''}{text}"
        else:
            before.tail = f"{before.tail or ''}{text}"


# --- how each token is drawn --------------------------------------------------------------------------------------


def _item(tree: Tree, token: Token) -> None:
    element = tree.open("li", token)
    if "checked" not in token.meta:
        return
    element.set("class", "task-list-item")
    tree.stack[-2].element.set("class", "task-list")
    name = tree.page.words("task.done") if token.meta["checked"] else tree.page.words("task.open")
    box = Element("input", {"type": "checkbox", "disabled": "disabled", "aria-label": name})
    if token.meta["checked"]:
        box.set("checked", "checked")
    tree.stack[-1].task = box


def _fence(tree: Tree, token: Token) -> None:
    info, line = unescapeAll(token.info).strip(), tree.chunk.line((token.map or [0])[0])
    if not _is_closed(token):
        tree.page.complain("unclosed-fence", f"{token.markup}{info}"[:40], line=line)
    complain_of_fence(tree.page, token.content, token.markup, line)
    if info.split(" ")[0].strip("{}.") == "mermaid":
        tree.add(diagram_element(token.content), token)
    else:
        tree.add(tree.fences.draw(info, token.content), token)


def _is_closed(token: Token) -> bool:
    first, behind = token.map or (0, 0)
    return behind - first - 1 > token.content.count("\n")


def _code(tree: Tree, token: Token) -> None:
    complain_of_indented(tree.page, token.content, tree.chunk.line((token.map or [0])[0]))
    tree.add(plain_code(token.content), token)


def _html(tree: Tree, token: Token) -> None:
    for html, pasted in pieces(token.content) if tree.page.takes_cards else [(token.content, "")]:
        if html.strip():
            tree.add_html(html)
        if card := embedly(pasted):
            tree.parent.append(tree.page.draw_card(card))


def _definition(tree: Tree, token: Token) -> None:
    """Hand a link's definition to Python-Markdown, whose labels are in small letters with single spaces."""
    label = " ".join(str(token.meta["label"]).split()).lower()
    tree.md.references.setdefault(label, (token.meta["url"], token.meta["title"] or None))  # type: ignore[arg-type]


def _note(tree: Tree, token: Token) -> None:
    element, label = Element("div"), str(token.meta["label"])
    if label in tree.page.notes:
        tree.page.complain("repeated-footnote", f"[^{label}]", line=tree.chunk.line((token.map or [0])[0]))
    tree.note(label, element)
    tree.enter(element, token, in_note=True)


def _alert(tree: Tree, token: Token) -> None:
    kind = str(token.meta["kind"]).lower()
    element = SubElement(tree.parent, "div", {"class": f"admonition {kind}"})
    tree.enter(element, token)
    add(element, "p", tree.page.words(f"alert.{kind}"), {"class": "admonition-title"})


def _colon_box(tree: Tree, token: Token) -> None:
    rest = str(token.meta["rest"])
    if token.info == "details":
        element = SubElement(tree.parent, "details", {"class": "neco-details"})
        SubElement(element, "summary").text = rest or tree.page.words("box.details")
    elif token.info != "message":
        element = SubElement(tree.parent, "div", {"class": "admonition correction"})
        element.append(correction_title(rest, tree.page.words))
    else:
        classes = ["admonition", "message", *(["alert"] if rest.split()[:1] == ["alert"] else [])]
        element = SubElement(tree.parent, "div", {"class": " ".join(classes)})
    tree.enter(element, token)


def _indented_box(tree: Tree, token: Token) -> None:
    """Let the extension that has this box draw it empty, and then fill it: its labels and options stay."""
    parent = tree.parent
    tree.md.parser.blockprocessors[token.info].run(parent, [token.content])
    box = parent[-1]
    if token.info == "tabbed":
        box = [it for it in box.iter("div") if it.get("class") in ("tabbed-block", "tabbed-content")][-1]
    tree.enter(box, token)


def _card(tree: Tree, token: Token) -> None:
    found = card_of(token.content, bare=False)
    if found is None:
        tree._text(token, [token.content], tree.chunk.line((token.map or [0])[0]))
    else:
        tree.add(tree.page.draw_card(found), token)


def _formula(tree: Tree, token: Token) -> None:
    tex = token.content.strip()
    try:
        tree.add(math_element(tex, display=True), token)
    except MathError as error:
        tree.page.complain("bad-math", tex, str(error), line=tree.chunk.line((token.map or [0])[0]))
        shown = Element("p")
        shown.append(math_error(tex))
        tree.add(shown, token)


def _foreign(tree: Tree, token: Token) -> None:
    tree.parent.extend(token.meta["elements"])


def _markdown_html(tree: Tree, token: Token) -> None:
    """HTML that says by its attribute `markdown` that Markdown is in it."""
    from .raw_html import start_tag  # noqa: PLC0415 (a tenth of all imports, which a build of pages that are kept does without)

    element = start_tag(token.meta["tag"])
    tree.add(element, token)
    if token.meta["inline"]:
        element.text = token.content
    else:
        depth = tree.chunk.depth + len(tree.stack)
        tree.read(element, token.content, tree.chunk.line(token.meta["line"]), depth)


_DRAW: Mapping[str, Callable[[Tree, Token], None]] = {
    "list_item_open": _item,
    "hr": lambda tree, token: tree.add(Element("hr"), token),
    "fence": _fence,
    "code_block": _code,
    "html_block": _html,
    "definition": _definition,
    "footnote_reference_open": _note,
    "footnote_reference_close": lambda tree, _: tree.close(),
    "alert_open": _alert,
    "neco_box_open": _colon_box,
    "neco_indented_box_open": _indented_box,
    "neco_card": _card,
    "neco_formula": _formula,
    "neco_foreign": _foreign,
    "neco_markdown_html": _markdown_html,
}
