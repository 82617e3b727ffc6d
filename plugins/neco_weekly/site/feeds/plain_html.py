"""HTML of a page -> HTML as a feed reader can show it: no styles, scripts or boxes, no address that is not whole.

What a site can look up is left out where a feed cannot: cards are links with their titles, the list of an issue's KEPs,
its follow-ups and the anchors of headings are gone. Many feed readers draw no MathML and drop what can be pressed: a
formula is what its author wrote, a task has a sign, and tabs stand one below the other.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

# The first heading is the entry's title.
_GONE = etree.XPath(
    "./h1[1] | .//script | .//style | .//iframe | .//object | .//embed | .//form | .//link | .//meta | .//base"
    " | .//noscript | .//template | .//canvas | .//button | .//select | .//textarea"
    " | .//*[contains(concat(' ', @class, ' '), ' neco-issue-keps ')]"
    " | .//*[contains(concat(' ', @class, ' '), ' neco-since ')]"
    " | .//*[contains(concat(' ', @class, ' '), ' headerlink ')]"
    " | .//*[contains(concat(' ', @class, ' '), ' neco-hidden ')]"
    " | .//*[contains(concat(' ', @class, ' '), ' neco-follow-up ')]"
)

_CARDS = etree.XPath(".//*[contains(concat(' ', @class, ' '), ' neco-card ')]")

_FORMULAS = etree.XPath(".//math")
_TEX = etree.XPath("string(.//annotation[@encoding='application/x-tex'])")
_TASKS = etree.XPath(".//input[@type='checkbox']")
_FILE_NAMES = etree.XPath(".//span[contains(concat(' ', @class, ' '), ' filename ')]")
_SIZES = etree.XPath(".//picture/source")
_DRAWINGS = etree.XPath(".//svg")
_TITLE_OF_DRAWING = etree.XPath("string((./title | ../@title)[1])")
_TABS = etree.XPath(".//div[contains(concat(' ', @class, ' '), ' tabbed-set ')]")
_TAB_NAMES = etree.XPath("./div[@class='tabbed-labels']")
_TAB_BLOCKS = etree.XPath("./div[@class='tabbed-content']/div")

_KEPT_ATTRIBUTES = frozenset("href src alt title width height lang dir colspan rowspan start cite datetime id".split())

_SAFE_SCHEMES = ("http://", "https://", "mailto:")


def in_xml(text: str) -> str:
    """Return a text without the characters that XML 1.0 has no place for, written whichever way."""
    return _NOT_IN_XML.sub("", text)


def plain_html(html: str, *, url: str) -> str:
    """Return the HTML of a page as HTML that stands on its own, with relative addresses made absolute from `url`."""
    root = fragment_fromstring(in_xml(html), create_parent="div")
    for element in _GONE(root):
        element.drop_tree()
    for card in _CARDS(root):
        _make_link(card)
    for formula in _FORMULAS(root):
        _make_source(formula)
    for task in _TASKS(root):
        _put_text(task, "☐" if task.get("checked") is None else "☑")
    for tabs in _TABS(root):
        _make_headings(tabs)
    for size in _SIZES(root):
        size.drop_tag()  # which libxml2 takes for one that holds the picture
    for drawing in _DRAWINGS(root):
        _put_text(drawing, _TITLE_OF_DRAWING(drawing))
    for name in _FILE_NAMES(root):
        name.tag = "p"
    for element in root.iter(etree.Element):
        _clean(element, url)
    parts = (etree.tostring(child, encoding="unicode", method="html") for child in root)
    return f"{root.text or ''}{''.join(parts)}".strip()


def _make_link(card: HtmlElement) -> None:
    """Make the element of a card a paragraph that is a link with the card's title."""
    link = card.find(".//a[@href]")
    if link is None:
        card.drop_tree()
        return
    text, address = " ".join(link.text_content().split()), link.get("href") or ""
    for child in list(card):
        card.remove(child)
    card.tag, card.text = "p", None
    etree.SubElement(card, "a", {"href": address}).text = text


def _make_source(formula: HtmlElement) -> None:
    """Make a formula the TeX it is drawn of, which is a paragraph where the formula stands on its own."""
    tex, tail = _TEX(formula) or formula.text_content(), formula.tail
    block = formula.get("display") == "block"
    formula.clear()
    formula.tag, formula.tail = ("p" if block else "code"), tail
    (etree.SubElement(formula, "code") if block else formula).text = tex


def _put_text(element: HtmlElement, text: str) -> None:
    """Put a text in the place of an element."""
    element.tail = text + (element.tail or "")
    element.drop_tree()


def _make_headings(tabs: HtmlElement) -> None:
    """Put the names of tabs above what they show, and take away what switches between the tabs."""
    names = [name.text_content() for labels in _TAB_NAMES(tabs) for name in labels]
    for block, name in zip(_TAB_BLOCKS(tabs), names, strict=False):
        heading = etree.Element("p")
        etree.SubElement(heading, "strong").text = name
        block.addprevious(heading)
    for gone in (*tabs.findall("input"), *_TAB_NAMES(tabs)):
        gone.drop_tree()


def _clean(element: HtmlElement, url: str) -> None:
    """Remove from an element what styles and scripts of the site were for, and make its addresses absolute."""
    for name in list(element.attrib):
        if name not in _KEPT_ATTRIBUTES:
            del element.attrib[name]
    for name in ("href", "src", "cite"):
        if name in element.attrib:
            if address := whole_address(url, element.attrib[name]):
                element.set(name, address)
            else:
                del element.attrib[name]


def whole_address(base: str, address: str) -> str | None:
    """Return an address as seen from a page as a whole one; None for what is none, or runs something."""
    try:
        whole = urljoin(base, address)
    except ValueError:  # such as brackets around what is no IPv6 address
        return None
    return whole if whole.startswith(_SAFE_SCHEMES) else None
