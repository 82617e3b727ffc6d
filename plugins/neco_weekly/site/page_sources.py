"""What a finished page loads and runs, read from its HTML: hashes of what is inline, hosts of what lies elsewhere.

Read by regular expressions, each linear in the page, because a parser would take longer than drawing the page did.
Content Security Policy Level 3, W3C, says what a hash is of, and which directive is for what.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlsplit

_ATTRIBUTES = r"""((?:[^<>"']++|"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))*+)"""
"""The rest of a start tag; what is never closed reaches to the end of the page, so that nothing is read twice."""

_INLINE = re.compile(rf"<(script|style)(?=[\s/>]){_ATTRIBUTES}>", re.IGNORECASE)

_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in ("script", "style")}

_COMMENT = re.compile(r"<!--(?:.*?-->|.*\Z)", re.DOTALL)

_LOADED: Mapping[str, Mapping[str, str]] = {
    "img": {"src": "img", "srcset": "img"},
    "input": {"src": "img"},
    "image": {"href": "img", "xlink:href": "img"},
    "video": {"src": "media", "poster": "img"},
    "audio": {"src": "media"},
    "source": {"src": "media", "srcset": "img"},
    "track": {"src": "media"},
    "iframe": {"src": "frame"},
}
"""The directive that each attribute of an element needs, without its `-src` (HTML, 4.8; SVG 2, 12.3)."""

_LOADING = re.compile(rf"<({'|'.join(_LOADED)}|link)(?=[\s/>]){_ATTRIBUTES}>")

_REPOSITORY = re.compile(rf'<a(?=\s[^<>]*data-md-component="source"){_ATTRIBUTES}>')
"""The link of Material's header to the repository of the site."""

_TAG = re.compile(rf"<([a-z][^\s/<>]*+){_ATTRIBUTES}>")

_CAPITALS = re.compile(r"</?[A-Z][A-Za-z0-9]*+")

_HANDLER = re.compile(r"\son[a-z]+\s*+=", re.IGNORECASE)

_MAY_BE_STOPPED = re.compile(r"<(?:script|object|embed|form|SCRIPT|OBJECT|EMBED|FORM)\b| [oO][nN][a-zA-Z]{3,24} ?=")

_STYLE = ("style=", "style =", "STYLE=", "Style=")
"""How a style attribute is written; whoever writes it in yet another way has it stopped by the policy."""

_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'<>`]++)))?""")

_IN_STYLE = re.compile(r"""(?:\burl\(\s*+|@import\s++)["']?((?:https?:)?//[^\s"')]++)""", re.IGNORECASE)

_RUN = re.compile(
    r"(?:(?:text|application)/(?:x-)?(?:java|ecma)script(?:1\.\d)?|module|importmap|speculationrules)?", re.I
)
"""The types of scripts that browsers run or obey; any other is data, of which a policy says nothing (HTML, 4.12.1)."""

_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::\d{1,5})?", re.IGNORECASE)

_DRAWN = ("neco-diagram", "mermaid", "arithmatex")
"""Classes of diagrams, and of formulas that a script draws: they get their style while the page is read."""

_DRAWN_BY_SCRIPTS = re.compile(rf"""\sclass=["']?(?:{"|".join(_DRAWN)})[ "'>]""")


@dataclass(slots=True)
class Sources:
    """What one page loads and runs: hashes as a policy has them (`'sha256-…'`), and hosts by directive.

    `scripts`, `styles` and `style_attributes` are hashes. `hosts` has `img`, `media`, `frame`, `script`, `style`,
    `font` and `connect`, each a directive without its `-src`. `is_drawn`: a script draws diagrams or formulas here.
    """

    scripts: set[str] = field(default_factory=set)
    styles: set[str] = field(default_factory=set)
    style_attributes: set[str] = field(default_factory=set)
    hosts: dict[str, set[str]] = field(default_factory=dict)
    is_drawn: bool = False

    def add_host(self, directive: str, address: str) -> None:
        """Let the page load something of another host; an address without a host adds nothing."""
        if host := host_source(address):
            self.hosts.setdefault(directive, set()).add(host)


@dataclass(frozen=True, slots=True)
class InlineElement:
    """A `script` or `style` of a page, with the text inside as a browser has it, and where that begins and ends."""

    tag: str
    attributes: Mapping[str, str]
    text: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """By what a script is known again where another plugin has squeezed its white space."""
        return self.attributes["src"] if "src" in self.attributes else "".join(self.text.split())

    @property
    def is_run(self) -> bool:
        """Whether it is a program, by its `type`, and no data."""
        return self.tag == "script" and _RUN.fullmatch(self.attributes.get("type", "").strip()) is not None


def sources_of(html: str, refused: Container[str] = ()) -> Sources:
    """Return what a page loads and runs, but for scripts whose `key` is refused."""
    is_drawn = any(it in html for it in _DRAWN) and _DRAWN_BY_SCRIPTS.search(html) is not None
    found = Sources(is_drawn=is_drawn)
    inline = list(inline_elements(html))
    for it in inline:
        if it.tag == "style":
            found.styles.add(_hash(it.text))
            _add_addresses(found, it.text)
        elif it.key in refused:
            continue
        elif "src" in it.attributes:
            found.add_host("script", it.attributes["src"])
        elif it.is_run:
            found.scripts.add(_hash(it.text))
    _add_elements(found, _without(html, inline))
    return found


def inline_elements(html: str) -> Iterator[InlineElement]:
    """Yield every `script` and `style` of a page; a browser runs none that has no end."""
    place = 0
    while match := _INLINE.search(html, place):
        end = _END[match[1].lower()].search(html, match.end())
        if end is None:
            return
        text = html[match.end() : end.start()].replace("\r\n", "\n").replace("\r", "\n")
        place = end.start()
        yield InlineElement(match[1].lower(), _read(match[2]), text, match.end(), place)


def stopped_in(html: str) -> Iterator[str]:
    """Yield what no policy lets work in the text of a page, as its writer knows it: `<script>`, `onclick`."""
    if not _MAY_BE_STOPPED.search(html):
        return
    html = _COMMENT.sub("", html)
    inline = list(inline_elements(html))
    yield from ("<script>" for it in inline if it.is_run and host_source(it.attributes.get("src", "//x")))
    for match in _TAG.finditer(_without(html, inline)):
        if match[1] in ("object", "embed"):
            yield f"<{match[1]}>"
        elif match[1] == "form" and host_source(_read(match[2]).get("action", "")):
            yield "<form>"
        elif _HANDLER.search(match[2]):
            yield from (name for name in _read(match[2]) if name.startswith("on"))


def _without(html: str, inline: Sequence[InlineElement]) -> str:
    """Return a page without the texts of its scripts and styles, where signs of tags mean other things.

    Names of elements are in small letters: patterns that need not look for both read a page in a third of the time.
    """
    starts, ends = [0, *(it.end for it in inline)], [*(it.start for it in inline), len(html)]
    rest = "".join(html[start:end] for start, end in zip(starts, ends, strict=True))
    return _CAPITALS.sub(lambda match: match[0].lower(), rest)


def _add_elements(found: Sources, html: str) -> None:
    """Add what elements load, and their style attributes; what stands in comments is none."""
    shown = _COMMENT.sub("", html) if "<!--" in html else html
    for match in _LOADING.finditer(shown):
        _add_loaded(found, match[1], _read(match[2]))
    if 'data-md-component="source"' in shown and (named := _REPOSITORY.search(shown)):
        _add_repository(found, _read(named[1]).get("href", ""))
    for match in _TAG.finditer(shown) if _may_have_style(shown) else ():
        if _may_have_style(match[2]) and (style := _read(match[2]).get("style")):
            found.style_attributes.add(_hash(style))
            _add_addresses(found, style)


def _may_have_style(html: str) -> bool:
    return any(written in html for written in _STYLE)


def host_source(address: str) -> str | None:
    """Return the host of an address as a policy names it, `https://example.com`; None for one of the site itself.

    None, too, for a host that a policy has no way to write.
    """
    if "//" not in address:
        return None
    try:
        parts = urlsplit(address.strip())
        host = parts.netloc.rpartition("@")[2].encode("idna").decode()
    except ValueError:  # no address at all; a browser asks nobody
        return None
    if parts.scheme not in ("", "http", "https") or not _HOST.fullmatch(host):
        return None
    return f"{parts.scheme}://{host.lower()}" if parts.scheme else host.lower()


def _read(attributes: str) -> dict[str, str]:
    """Return the attributes of a tag by name; of two with one name the first counts."""
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(attributes):
        found.setdefault(name.lower(), unescape("".join(values)))
    return found


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8", "surrogateescape")).digest()).decode()
    return f"'sha256-{digest}'"


def _add_addresses(found: Sources, style: str) -> None:
    """Let a page load what a style sheet or a style attribute names: pictures, mostly, or fonts, or more styles."""
    for address in _IN_STYLE.findall(style):
        for directive in ("img", "font", "style"):
            found.add_host(directive, address)


def _add_loaded(found: Sources, tag: str, attributes: Mapping[str, str]) -> None:
    if tag == "link":
        _add_link(found, attributes)
        return
    for name, directive in _LOADED[tag].items():
        value = attributes.get(name, "")
        for address in _candidates(value) if name == "srcset" else (value,):
            found.add_host(directive, address)


def _add_link(found: Sources, attributes: Mapping[str, str]) -> None:
    """Add the host of a style sheet or an icon, and of fonts, to which pages that want some connect ahead."""
    relations = attributes.get("rel", "").lower().split()
    for relation, directive in (("stylesheet", "style"), ("icon", "img"), ("manifest", "manifest")):
        if relation in relations:
            found.add_host(directive, attributes.get("href", ""))
    if "preconnect" in relations and "crossorigin" in attributes:  # as only fonts need it (CSS Fonts 4, 4.9)
        found.add_host("font", attributes.get("href", ""))


def _add_repository(found: Sources, address: str) -> None:
    """Add the host that Material asks for the stars of the repository which its header names."""
    host = host_source(address)
    if host == "https://github.com":
        found.add_host("connect", "https://api.github.com")
    elif host and "gitlab" in host:
        found.add_host("connect", address)


def _candidates(srcset: str) -> Iterator[str]:
    """Yield the addresses of a `srcset`, without what follows each: ` 2x` (HTML, 4.8.4.2.1)."""
    yield from re.findall(r"[\s,]*+([^\s,](?:\S*[^\s,])?)[^,]*+", srcset)
