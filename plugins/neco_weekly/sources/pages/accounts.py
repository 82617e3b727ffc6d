"""Accounts of a page by several places -> an Extraction: each field from the first place with a usable value."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import urljoin, urlsplit

from ...grammar.urls import host_of
from ...model.days import day_in, today
from ...model.errors import FailureCode, FetchError
from ...model.extraction import Extraction, Found
from ...model.text import one_line
from ..http.web_address import WebAddress
from .dates import day_in_address, iso_8601
from .graphemes import clipped
from .titles import same_words, without_site

LONGEST_TITLE, LONGEST_DESCRIPTION, LONGEST_SITE = 300, 500, 100

MOST_PICTURES = 5
"""The number of candidates for a page's image, and for its icon, that are kept."""

_LONGEST_ADDRESS = 2_000

_READ_AT_MOST = 10_000
"""The number of characters of a page's text that are looked at before the text is cut."""

# Signs that order text invisibly, beside those that `one_line` drops.
_HIDDEN = re.compile("[\u061c\u180e\ufff9-\ufffb]")

# What templates of pages print where a value is missing.
_NOTHING = re.compile(
    r"null|undefined|none|nan|\[object object\]|(?:\{\{[^{}]*\}\}\s*)+|<%[^<>]*%>|\$\{[^{}]*\}", re.IGNORECASE
)

_JUNK = ("you can't perform that action at this time", "you can’t perform that action at this time")

_LANGUAGE = re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8})*", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The account of a page by one place (Open Graph, Twitter, JSON-LD, ...), as written there.

    Of several texts earlier ones count more. Addresses are absolute.
    """

    origin: str
    titles: Sequence[str] = ()
    descriptions: Sequence[str] = ()
    sites: Sequence[str] = ()
    images: Sequence[str] = ()
    icons: Sequence[str] = ()
    published: Sequence[str] = ()
    modified: Sequence[str] = ()


def settle(
    accounts: Iterable[Account],
    *,
    url: str,
    final: str | None = None,
    names: Iterable[str] = (),
    on: dt.date | None = None,
) -> Extraction:
    """Return the extraction of a page: each field from the first account with a usable value.

    `final` is where the page was after redirects, `names` are more names of its site that a title may repeat. `on` is
    the day, today's in Tokyo if None: what is later was not published yet.

    Raises:
        FetchError: none of the accounts has a title.
    """
    known_accounts, place = list(accounts), final or url
    name = host_of(place)
    site = _first_text(known_accounts, _site_names, LONGEST_SITE) or Found(name, "host")
    whole = _first_text(known_accounts, lambda it: it.titles, _READ_AT_MOST)
    if whole is None:
        raise FetchError(f"{place} has no title", code=FailureCode.NO_TITLE)
    # The page's own names of its site, not only the one that was chosen: the title may repeat another.
    known = {it for account in known_accounts for it in texts(_site_names(account))} | {site.value, *names}
    bare = without_site(whole.value, known, host=name)
    title = Found(clipped(bare, LONGEST_TITLE), whole.origin)
    return Extraction(
        url=url,
        title=title,
        description=_description(known_accounts, (whole.value, bare)),
        site=site,
        images=_distinct(_addresses(known_accounts, lambda it: it.images), MOST_PICTURES),
        icons=_icons(_addresses(known_accounts, lambda it: it.icons), place),
        published=_published(known_accounts, place, today() if on is None else on),
    )


def _published(accounts: Sequence[Account], url: str, on: dt.date) -> str | None:
    """Return the day or moment in ISO 8601 from which a page says to be public; its last change where it says no other.

    The accounts come first, then the day in the page's address.
    """
    said = [*(it for account in accounts for it in account.published), day_in_address(url) or ""]
    changed = [it for account in accounts for it in account.modified]
    dates = (found for it in (*said, *changed) if (found := iso_8601(it)))
    return next((it for it in dates if (day := day_in(it)) and day <= on), None)


def texts(written: Iterable[str]) -> Iterator[str]:
    """Yield the texts that say something, each as one clean line; one with U+FFFD was wrongly decoded, and is out."""
    for text in written:
        line = _HIDDEN.sub("", one_line(text[:_READ_AT_MOST]))
        if line and "\ufffd" not in line and not _NOTHING.fullmatch(line):
            yield line


def absolute(base: str, written: str) -> str | None:
    """Return an address on a page as an absolute http(s) one, percent-encoded, without fragment; None for others."""
    try:
        address = WebAddress.parse(urljoin(base, written.strip())).url if written.strip() else None
    except (FetchError, ValueError):
        return None
    return address if address and len(address) <= _LONGEST_ADDRESS else None


def language(written: str) -> str | None:
    """Return a language tag as written, but for the underscore of locales; None for what is none.

    The form is that of BCP 47 (RFC 5646), loosely.
    """
    tag = written.strip().replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else None


def with_description(extraction: Extraction, text: str, origin: str) -> Extraction:
    """Return the extraction with another description, or with none where the text says nothing."""
    found = next((Found(clipped(it, LONGEST_DESCRIPTION), origin) for it in texts([text])), None)
    return replace(extraction, description=found)


Texts = Callable[[Account], Sequence[str]]


def _first_text(accounts: Iterable[Account], of: Texts, limit: int) -> Found | None:
    return next((Found(clipped(it, limit), account.origin) for account in accounts for it in texts(of(account))), None)


def _site_names(account: Account) -> list[str]:
    """Return what an account has as its site's name, but for addresses, which are none."""
    return [it for it in account.sites if "://" not in it]


def _addresses(accounts: Iterable[Account], of: Texts) -> Iterator[Found]:
    return (Found(it, account.origin) for account in accounts for it in of(account))


def _distinct(found: Iterable[Found], limit: int) -> tuple[Found, ...]:
    first: dict[str, Found] = {}
    for it in found:
        first.setdefault(it.value, it)
    return tuple(islice(first.values(), limit))


def _description(accounts: Iterable[Account], titles: Sequence[str]) -> Found | None:
    """Return the first description of a page that says more than the page's title."""
    for account in accounts:
        for text in texts(account.descriptions):
            repeated = any(same_words(text, title) for title in titles)
            if not repeated and not text.lower().startswith(_JUNK):
                return Found(clipped(text, LONGEST_DESCRIPTION), account.origin)
    return None


def _icons(named: Iterable[Found], url: str) -> tuple[Found, ...]:
    """Return the icons that a page names, and at last `/favicon.ico`, where browsers look when a page names none."""
    parts = urlsplit(url)
    usual = absolute(f"{parts.scheme}://{parts.netloc}/", "/favicon.ico")
    guess = [Found(usual, "host")] if usual else []
    return _distinct((*_distinct(named, MOST_PICTURES - 1), *guess), MOST_PICTURES)
