"""The author's own picture of a card, `image="a.png"`: found where the pictures of its page are, with its size."""

from __future__ import annotations

from urllib.parse import quote

from markdown import Markdown

from ..display.cards import OwnPicture
from ..grammar.urls import is_rooted, picture_path
from ..model.picture_sizes import Size
from .host import Beside, page_path, picture_file
from .picture_files import measured, ratio_of

_UNKNOWN: Size = (480, 252)
"""The size of a picture that a plugin makes later, or that nothing can measure: what pages declare for cards."""


def own_picture(md: Markdown, written: str, beside: Beside | None) -> OwnPicture | None:
    """Return the picture at an address that an author has written, with a relative path that every host resolves.

    None where the site has no such picture. In plain Markdown, where no host names a page, the address stays as it is.
    """
    page = page_path(md)
    if page is None:
        return OwnPicture(written, None)
    path = picture_path(page, written)
    found = picture_file(md, path, beside if is_rooted(written) else None) if path else None
    if found is None:
        return None
    size = (measured(found.file) or ratio_of(found.file)) if found.file else None
    return OwnPicture("../" * page.count("/") + quote(found.path), size or _UNKNOWN)
