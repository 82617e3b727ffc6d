"""Footnotes: the extension that draws them, and their numbers in the order of reading.

What a page refers to first is 1, in lists, tables and quotes as well, as on GitHub and at Zenn. A footnote that nothing
refers to stands behind the others, without a way back.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.treeprocessors import Treeprocessor

from ..page_context import CurrentPage
from ..stash import is_raw_html


def footnotes_of(md: Markdown, back: str) -> FootnoteExtension:
    """Return the extension for footnotes: the site's own with its options, else one of ours.

    Ours reads no definitions, so that it does nothing on pages of another grammar. `back` is the title of its links
    back to the text.
    """
    found = next((it for it in md.registeredExtensions if isinstance(it, FootnoteExtension)), None)
    if found is None:
        found = FootnoteExtension(BACKLINK_TITLE=back)
        found.extendMarkdown(md)
        md.parser.blockprocessors.deregister("footnote")
    return found


def end_with_text(note: Element) -> None:
    """Let a footnote end with a paragraph of text, to which Python-Markdown adds the way back."""
    last = note[-1] if len(note) else None
    if last is None or (last.tag == "p" and (last.text is None or is_raw_html(last.text))):
        SubElement(note, "p").text = ""


class FootnotesInOrder(Treeprocessor):
    """A tree processor that numbers footnotes in the order of reading, on pages of the grammar `github`.

    Python-Markdown's order is that of definitions, or that in which it comes across references: those in lists, quotes
    and tables behind all others.
    """

    def __init__(self, md: Markdown, current: CurrentPage) -> None:
        super().__init__(md)
        self._current = current

    def run(self, root: Element) -> None:
        if self._current.page.grammar != "github":
            return
        extension = footnotes_of(self.md, "")
        drawn = next((it for it in root.iter("div") if it.get("class") == "footnote"), None)
        listed = drawn.find("ol") if drawn is not None and extension.footnotes else None
        if drawn is None or listed is None:
            return
        notes = {item.get("id", ""): item for item in listed}
        references: dict[str, list[Element]] = {}
        texts = [root]
        for text in texts:  # which are more and more: each footnote once something refers to it
            for name, reference in _references(text, without=drawn):
                if name in notes and name not in references:
                    texts.append(notes[name])
                references.setdefault(name, []).append(reference)
        for number, (name, found) in enumerate(references.items(), start=1):
            _number(extension, number, notes[name], found)
        uncalled = [note for name, note in notes.items() if name not in references]
        for note in uncalled:
            _without_way_back(note)
        listed[:] = [*(notes[name] for name in references), *uncalled]


def _references(element: Element, *, without: Element) -> Iterator[tuple[str, Element]]:
    """Yield the references to footnotes in an element in the order of reading, each with the footnote's id."""
    waiting = [element]
    while waiting:
        here = waiting.pop()
        if here.tag == "sup" and len(here) and here[0].get("class") == "footnote-ref":
            yield here[0].get("href", "").removeprefix("#"), here
        elif here is not without:
            waiting.extend(reversed(here))


def _number(extension: FootnoteExtension, number: int, note: Element, references: list[Element]) -> None:
    """Write the number of a footnote, and give its references their ids in the order of reading."""
    ids = sorted((it.get("id", "") for it in references), key=lambda it: (len(it), it))
    for reference, written in zip(references, ids, strict=True):
        reference.set("id", written)
        reference[0].text = extension.getConfig("SUPERSCRIPT_TEXT").format(number)
    for link in note.iter("a"):
        if link.get("class") == "footnote-backref":
            link.set("title", extension.getConfig("BACKLINK_TITLE").format(number))


def _without_way_back(note: Element) -> None:
    for parent in note.iter():
        parent[:] = [it for it in parent if it.get("class") != "footnote-backref"]
