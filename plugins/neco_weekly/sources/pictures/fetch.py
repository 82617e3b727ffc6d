"""Fetching a picture: the address of a page's image or icon, or of an issue's picture -> a picture of our own."""

from __future__ import annotations

from ...lock.pictures import Picture
from ...model.cards import PictureKind
from ...model.errors import FailureCode, FetchError
from ..http import Response
from ..http.validator_cache import ValidatorCache
from .thumbnail import PictureError, kept_picture, read_picture

_MOST_BYTES: dict[PictureKind, int] = {"image": 3_000_000, "large": 3_000_000, "icon": 1_000_000, "picture": 3_000_000}

_ACCEPT = {"Accept": "image/avif,image/webp,image/png,image/*;q=0.8,*/*;q=0.5"}


def fetch_picture(url: str, kind: PictureKind, cache: ValidatorCache) -> Picture:
    """Fetch a picture through the validator cache and return it made small; the small one is what the cache keeps.

    Raises:
        FetchError: no response, one that is too long or too slow, or a PictureError: no picture that is kept.
    """
    most = _MOST_BYTES[kind]

    def keep(response: Response) -> bytes:
        if len(response.body) == most and not response.complete:
            raise FetchError(f"{url}: it has more than {most:,} bytes", code=FailureCode.TOO_LONG)
        if not response.complete:
            raise FetchError(f"{url}: it took too long", code=FailureCode.TIMEOUT)
        try:
            return read_picture(response.body, kind=kind).content
        except PictureError as error:
            raise PictureError(f"{url}: {error}") from None

    response = cache.ask(url, keep=keep, purpose=kind, headers=_ACCEPT, max_bytes=most)
    return kept_picture(response.body)
