"""Pictures of a page: found where the writer meant them, as large as they are, loaded when they come into view.

A tree processor looks at every picture, whether Markdown or HTML has named it. An address from the root, as Zenn and
GitHub have it, becomes a relative path, which hosts resolve; a picture of another host becomes our copy, where the lock
has one. A picture of the site gets its width and height, so that nothing moves when it comes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from urllib.parse import quote, urlsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from ..grammar.urls import PICTURE_NAMES, is_rooted, picture_path, web_address
from ..model.picture_sizes import Size
from .host import PictureFile, address_from, page_path, picture_file, resolves
from .page_context import CurrentPage, PageContext
from .picture_files import measured, ratio_of
from .stash import is_highlighted, readable_text, unescape

FIRST_SCREEN = 400
"""The number of letters before a picture from which on it is below what a reader sees first.

A phone of 360 pixels shows about 20 letters in each of 20 lines. Only a page's first picture may be above that.
"""

_TAG = r"""<(?:%s)(?=[\s/>])(?:[^<>"']|"[^"]*+"|'[^']*+')*+>"""


class Pictures(Treeprocessor):
    """A tree processor for the pictures of a page; what the writer has written of each is kept for reports."""

    def __init__(self, md: Markdown, current: CurrentPage) -> None:
        super().__init__(md)
        self.current = current

    def run(self, root: Element) -> None:
        page = self.current.page
        if page.grammar != "github":
            return
        here, letters, pictures = _Addresses(self.md, page), 0, 0
        ours = {id(it) for box in (*page.card_lines, *page.generated) for it in box.iter()}
        for element in root.iter():
            if id(element) not in ours and element.tag in _KINDS:
                pictures += element.tag == "img"
                here.place(element, lazy=pictures > 1 or letters > FIRST_SCREEN)
            for text in (element.text, element.tail) if letters <= FIRST_SCREEN else ():
                letters += len(readable_text(text or "", self.md.htmlStash.rawHtmlBlocks).strip())
        stashed = self.md.htmlStash.rawHtmlBlocks
        for number, html in enumerate(stashed):
            if isinstance(html, str) and "<" in html and not is_highlighted(html):
                stashed[number] = _MEDIA.sub(here.in_tag, html)


_KINDS = frozenset({"img", "source", "video", "audio", "a"})

_MEDIA = re.compile(_TAG % "video|audio|source", re.IGNORECASE)

_SOURCE = re.compile(r"""(?<=\s)(src|poster)(\s*=\s*)("[^"]*"|'[^']*')""", re.IGNORECASE)


class _Addresses:
    """The addresses of pictures on one page: what they mean, and what the page shows in their place."""

    def __init__(self, md: Markdown, page: PageContext) -> None:
        self._md, self._page, self._path = md, page, page_path(md)

    def place(self, element: Element, *, lazy: bool) -> None:
        """Give a picture, video or link to a picture the address that leads there, and a picture its size."""
        if element.tag == "img":
            self._picture(element, lazy=lazy)
        elif element.tag == "a":
            href = unescape(element.get("href") or "")
            if is_rooted(href) and urlsplit(href).path.lower().endswith(PICTURE_NAMES) and (file := self._file(href)):
                element.set("href", self._from_page(href, file))
        for name in ("src", "poster") if element.tag in ("source", "video", "audio") else ():
            if name in element.attrib:
                element.set(name, self._for_browser(element.attrib[name], name))
        if "srcset" in element.attrib:
            self._candidates(element)

    def in_tag(self, tag: re.Match[str]) -> str:
        """Return a tag that Python-Markdown has taken out of the text, with the addresses that lead there."""
        return _SOURCE.sub(
            lambda found: f'{found[1]}{found[2]}"{escape(self._for_browser(found[3][1:-1], found[1]), quote=True)}"',
            tag[0],
        )

    def _picture(self, image: Element, *, lazy: bool) -> None:
        written = unescape(image.get("src") or "")
        self._page.addresses[image] = (written,)
        image.set("src", written)  # MkDocs wants one, and HTML need not have one
        size = self._local(image, written) or self._copy(image, written)
        if size:
            set_size(image, size)
        if lazy and "loading" not in image.attrib:
            image.set("loading", "lazy")
        if "decoding" not in image.attrib:
            image.set("decoding", "async")

    def _local(self, image: Element, written: str) -> Size | None:
        """Lead a picture to its file in the site, and return the file's size; None for a picture that is not there."""
        file = self._file(written)
        if file is None:
            return None
        if is_rooted(written):
            image.set("src", self._from_page(written, file))
        if file.file is None:
            return None
        given = "width" in image.attrib or "height" in image.attrib  # of which an SVG's ratio gives the other
        return measured(file.file) or (ratio_of(file.file) if given else None)

    def _copy(self, image: Element, written: str) -> Size | None:
        """Show our copy in place of another host's picture, and return the copy's size; None where there is no copy."""
        known = self._page.lock.picture(written) if web_address(written) else None  # the lock is loaded where needed
        if known is None or known.copy is None:
            return None
        address = self._page.picture_address(known.copy)
        if address is None:
            return None
        image.attrib.pop("srcset", None)  # others of the same host
        image.set("src", address + _behind(written))
        return known.copy.width, known.copy.height

    def _candidates(self, element: Element) -> None:
        """Give the candidates of a `srcset` their addresses; another host's are pictures that can be kept, too."""
        found = list(_candidates(unescape(element.attrib["srcset"])))
        shown = []
        for url, rest in found:
            known = self._page.lock.picture(url)
            copy = self._page.picture_address(known.copy) if known and known.copy else None
            shown.append(self._for_browser(copy or url, "srcset") + rest)
        element.set("srcset", ", ".join(shown))
        before = self._page.addresses.get(element, ())
        self._page.addresses[element] = tuple(dict.fromkeys([*before, *(url for url, _ in found)]))

    def _file(self, address: str) -> PictureFile | None:
        path = picture_path(self._path or "", address) if self._path is not None else None
        return picture_file(self._md, path, self._page.beside if is_rooted(address) else None) if path else None

    def _from_page(self, written: str, file: PictureFile) -> str:
        """Return the relative path to a file as a writer would write it; hosts resolve that."""
        return "../" * (self._path or "").count("/") + quote(file.path) + _behind(written)

    def _for_browser(self, written: str, attribute: str) -> str:
        """Return an address as a browser needs it, unless the host resolves those of the attribute."""
        file = self._file(unescape(written))
        if file is None:
            return written
        if resolves(self._md, attribute.lower()):
            return self._from_page(written, file)
        return address_from(self._md, file.path) + _behind(written)


def _behind(address: str) -> str:
    """Return the query and the fragment of an address, with their signs."""
    return address[re.search(r"[?#]|\Z", address).start() :]  # type: ignore[union-attr]


def _candidates(srcset: str) -> Iterator[tuple[str, str]]:
    """Yield the addresses of a `srcset`, each with what follows it: ` 2x` (HTML, 4.8.4.2.1)."""
    for match in re.finditer(r"[\s,]*([^\s,]\S*[^\s,]|[^\s,])([^,]*)", srcset):
        yield match[1], match[2].rstrip()


# --- width and height ---------------------------------------------------------------------------------------------

_NUMBER = re.compile(r"\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*")


def set_size(image: Element, size: Size) -> None:
    """Write a picture's width and height; of the writer's own one is kept, and gives the other by the picture's ratio.

    A height in `style` is left alone, with all else: the width would not follow it.
    """
    style = image.get("style", "")
    if re.search(r"(?<!-)\bheight\s*:", style):
        return
    if (share := image.get("width", "")).strip().endswith("%") and "height" not in image.attrib:
        # As a share of the page, a width gives no ratio (HTML, 15.4.3): the style says how wide, the attributes which.
        image.set("style", f"width: {share.strip()};{f' {style}' if style else ''}")
        del image.attrib["width"]
    width, height = (image.get(name) for name in ("width", "height"))
    if width is None and height is None:
        image.set("width", str(size[0]))
        image.set("height", str(size[1]))
    elif width is not None and height is None and (given := _NUMBER.fullmatch(width)):
        image.set("height", str(max(1, round(int(given[1]) * size[1] / size[0]))))
    elif height is not None and width is None and (given := _NUMBER.fullmatch(height)):
        image.set("width", str(max(1, round(int(given[1]) * size[0] / size[1]))))
