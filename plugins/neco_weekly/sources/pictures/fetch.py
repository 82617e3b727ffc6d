"""Fetching a picture: the address of a page's image or icon, or of an issue's picture -> a picture of our own."""

from __future__ import annotations

from contextlib import nullcontext

from ...lock.pictures import Picture
from ...model.cards import PictureKind
from ...model.errors import FailureCode, FetchError
from ..http import Response
from ..http.validator_cache import ValidatorCache
from .drawn_files import MOST_PDF_BYTES, ONE_LARGE_FILE, PictureError, is_pdf, is_svg
from .thumbnail import kept_picture, read_picture

_MOST_BYTES: dict[PictureKind, int] = {"image": 3_000_000, "large": 3_000_000, "icon": 1_000_000, "picture": 3_000_000}

_BEFORE_MARKUP = b"\xef\xbb\xbf \t\r\n"

_ACCEPT = {"Accept": "image/avif,image/webp,image/png,image/*;q=0.8,*/*;q=0.5"}


def fetch_picture(url: str, kind: PictureKind, cache: ValidatorCache) -> Picture:
    """Fetch a picture through the validator cache and return it made small; the small one is what the cache keeps.

    Raises:
        FetchError: no response, one that is too long or too slow, or a PictureError: no picture that is kept.
    """
    try:
        return _fetched(url, kind, cache, _MOST_BYTES[kind])
    except _LongPdfError:
        return _fetched(url, kind, cache, MOST_PDF_BYTES)


class _LongPdfError(FetchError):
    """The response is the beginning of a PDF that is longer than a picture."""


def _fetched(url: str, kind: PictureKind, cache: ValidatorCache, most: int) -> Picture:
    def keep(response: Response) -> bytes:
        is_page = response.body.lstrip(_BEFORE_MARKUP).startswith(b"<") and not is_svg(response.body)
        if not response.complete and is_page:  # however much of it came, and why no more: more of it is no picture
            raise PictureError(f"{url}: this is no picture but a web page")
        if len(response.body) == most and not response.complete:
            long_pdf = kind in ("image", "large") and most < MOST_PDF_BYTES and is_pdf(response.body)
            raise (_LongPdfError if long_pdf else FetchError)(
                f"{url}: it has more than {most:,} bytes", code=FailureCode.TOO_LONG
            )
        if not response.complete:
            raise FetchError(f"{url}: it took too long", code=FailureCode.TIMEOUT)
        try:
            return read_picture(response.body, kind=kind).content
        except PictureError as error:
            raise PictureError(f"{url}: {error}") from None

    with ONE_LARGE_FILE if most == MOST_PDF_BYTES else nullcontext():
        response = cache.ask(url, keep=keep, purpose=kind, headers=_ACCEPT, max_bytes=most)
    return kept_picture(response.body)
