"""Whether links lead anywhere: one small conditional request each, and an answer that is kept for some days."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ..lock.whole_files import write_whole
from ..model.errors import FailureCode, FetchError
from ..model.link_status import LinkStatus
from .http import Get, StatusError

ASKED_AGAIN_AFTER = dt.timedelta(days=7)
"""How long a link that was alive is not asked again."""

_ENOUGH = 2_000
"""The number of bytes of a page that are read: that it came is all that is asked."""

_NOT_MODIFIED = 304

_LONGEST_VALIDATOR = 200

_MOST_BYTES = 20_000_000


def status_of(url: str, get: Get, day: dt.date, known: LinkStatus | None = None) -> LinkStatus:
    """Return the status of a link on a day, by asking for it; `known` is what is known of before.

    Only a server that says that the page is gone, or a host name that does not exist, tells of a broken link: a
    refusal, a log-in or a slow server says nothing of what a reader's browser gets.
    """
    if known and known.life == "alive" and dt.timedelta() <= day - known.day < ASKED_AGAIN_AFTER:
        return known
    try:
        response = get(url, headers=_conditions(known), max_bytes=_ENOUGH)
    except StatusError as error:
        if error.status == _NOT_MODIFIED and known:
            return LinkStatus(life="alive", day=day, etag=known.etag, modified=known.modified)
        return _failed(error, day)
    except FetchError as error:
        return _failed(error, day)
    etag, modified = (_validator(response.headers.get(name, "")) for name in ("etag", "last-modified"))
    return LinkStatus(life="alive", day=day, etag=etag, modified=modified)


def _failed(error: FetchError, day: dt.date) -> LinkStatus:
    if error.status is None and error.reason is FailureCode.PRIVATE_ADDRESS:
        return LinkStatus(life="private", day=day, detail=error.code)
    return LinkStatus(life="broken" if error.gone else "unreached", day=day, detail=error.code)


def _conditions(known: LinkStatus | None) -> dict[str, str]:
    if known is None or known.life != "alive":
        return {}
    return {name: it for name, it in (("If-None-Match", known.etag), ("If-Modified-Since", known.modified)) if it}


def _validator(value: str) -> str:
    """Return what a server says of a page's version, where it can be sent back as it is."""
    return value if len(value) <= _LONGEST_VALIDATOR and value.isascii() and value.isprintable() else ""


def load_statuses(file: Path) -> dict[str, LinkStatus]:
    """Return what is known of links by their addresses; a damaged file knows nothing."""
    found: dict[str, LinkStatus] = {}
    with suppress(OSError, ValueError, RecursionError, AttributeError):
        if file.stat().st_size > _MOST_BYTES:
            return found
        for url, written in json.loads(file.read_text(encoding="utf-8")).items():
            with suppress(ValueError, KeyError, TypeError, AttributeError):
                found[url] = LinkStatus.from_dict(written)
    return found


def save_statuses(file: Path, statuses: Mapping[str, LinkStatus]) -> None:
    """Keep what is known of links; a cache that cannot be written costs only time."""
    document = {url: statuses[url].to_dict() for url in sorted(statuses)}
    with suppress(OSError):
        write_whole(file, json.dumps(document, ensure_ascii=False, indent=0) + "\n")
