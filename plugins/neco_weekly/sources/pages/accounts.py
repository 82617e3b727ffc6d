"""Accounts of a page by several places -> an Extraction: each field from the first place with a usable value."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import urljoin, urlsplit

from ...grammar.urls import day_in_address, host_of
from ...model.days import day_in, today
from ...model.errors import FailureCode, FetchError
from ...model.extraction import Extraction, Found, PassedOver, Reason
from ...model.text import one_line
from ..http.web_address import WebAddress
from .dates import iso_8601
from .escaped_text import readable
from .graphemes import clipped
from .nothing import is_empty, is_placeholder, says_nothing, without_broken_end
from .passed_over import passed_over
from .title_choice import SiteSigns, TitleChoice, is_generic
from .titles import parts_of, same_words, within_words, without_site

LONGEST_TITLE, LONGEST_DESCRIPTION, LONGEST_SITE = 300, 500, 100

MOST_PICTURES = 5
"""The number of candidates for a page's image, and for its icon, that are kept."""

_LONGEST_ADDRESS = 2_000

_READ_AT_MOST = 10_000
"""The number of characters of a page's text that are looked at before the text is cut."""

_READ_CLOSELY, _TITLE_READ, _MOST_TITLES, _FEW_BROKEN = 2_000, 600, 20, 5

# Signs that order text invisibly, beside those that `one_line` drops.
_HIDDEN = re.compile("[\u061c\u180e\ufff9-\ufffb]")

_LANGUAGE = re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8})*", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The account of a page by one place (Open Graph, Twitter, JSON-LD, ...), as written there.

    Of several texts earlier ones count more. Addresses are absolute. Texts that are `exact` were never HTML. `names`
    are more names of the page's site and `headings` those of the page; neither is shown for itself.
    """

    origin: str
    titles: Sequence[str] = ()
    descriptions: Sequence[str] = ()
    sites: Sequence[str] = ()
    images: Sequence[str] = ()
    icons: Sequence[str] = ()
    published: Sequence[str] = ()
    modified: Sequence[str] = ()
    names: Sequence[str] = ()
    headings: Sequence[str] = ()
    exact: bool = False


def settle(
    accounts: Iterable[Account],
    *,
    url: str,
    final: str | None = None,
    names: Sequence[str] = (),
    on: dt.date | None = None,
) -> Extraction:
    """Return the extraction of a page: each field from the first account with a usable value.

    `final` is where the page was after redirects, `names` are more names of its site that a title may repeat. `on` is
    the day, today's in Tokyo if None: what is later was not published yet.

    Raises:
        FetchError: none of the accounts has a title, or none that can be read.
    """
    known_accounts, place = list(accounts), final or url
    whole, title, site, known = _naming(known_accounts, place, names)
    of_site = (*known, host_of(place))
    extraction = Extraction(
        url=url,
        title=title,
        description=_description(known_accounts, (whole, title.value), of_site),
        site=site,
        images=_distinct(_addresses(known_accounts, lambda it: it.images), MOST_PICTURES),
        icons=_icons(_addresses(known_accounts, lambda it: it.icons), place),
        published=_published(known_accounts, place, today() if on is None else on),
    )
    return replace(extraction, passed_over=_passed_over(known_accounts, extraction, (whole, title.value), of_site))


def _naming(accounts: Sequence[Account], place: str, names: Sequence[str]) -> tuple[str, Found, Found, list[str]]:
    """Return a page's title as written, the title and the site to show, and all names that the page gives its site."""
    host = host_of(place)
    linked = [it for account in accounts for it in account.names if not is_generic(it)]
    headings = list(texts(it for account in accounts for it in account.headings))
    titles = _titles(accounts) or _broken_titles(accounts)
    written = [it.value for it in titles]
    # The page's own names of its site, not only the one that was chosen: the title may repeat another.
    sites = [Found(_as_read(it, account), account.origin) for account in accounts for it in texts(_site_names(account))]
    signs = SiteSigns(host=host, linked=linked, headings=headings, titles=written)
    mistaken = [it for it in sites if signs.is_title(it.value)]
    sites = [it for it in sites if it.value and it not in mistaken]
    known = [it.value for it in sites]
    whole = TitleChoice(url=place, host=host, names=[*names, *linked], claimed=known).best([*mistaken, *titles])
    if whole is None:
        raise _no_title(accounts, place)
    bare = without_site(whole.value, {*known, host, *names, *linked}, host=host, others=written)
    left_out = _left_out(linked, written, bare)
    site = next(iter(sites), Found(left_out, "html") if left_out else Found(host, "host"))
    return (
        whole.value,
        replace(whole, value=clipped(bare, LONGEST_TITLE)),
        replace(site, value=clipped(site.value, LONGEST_SITE)),
        known,
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
    for line in _lines(written):
        if "\ufffd" not in line:
            yield line


def _lines(written: Iterable[str]) -> Iterator[str]:
    for text in written:
        line = _HIDDEN.sub("", one_line(text[:_READ_AT_MOST]))
        if line and not is_placeholder(line):
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


def _titles(accounts: Iterable[Account], usable: Callable[[Iterable[str]], Iterator[str]] = texts) -> list[Found]:
    """Return the usable titles of a page, each as a person would read it, those of trusted places first."""
    written = [(account, it[:_TITLE_READ]) for account in accounts for it in usable(account.titles)]
    others = [it for _, it in written]
    return [Found(_as_read(it, account, others) or it, account.origin) for account, it in written[:_MOST_TITLES]]


def _as_read(line: str, account: Account, others: Iterable[str] = ()) -> str:
    line = line[:_READ_CLOSELY]
    return line if account.exact else one_line(readable(line, others))


def _broken_titles(accounts: Iterable[Account]) -> list[Found]:
    """Return the titles of a page of which few places could not be decoded; those are marked, but at a title's end."""
    titles = _titles(accounts, _lines)
    ended = [Found(it.value.rstrip("\ufffd "), it.origin) for it in titles]
    return [it for it in ended if it.value and it.value.count("\ufffd") * _FEW_BROKEN <= len(it.value)]


def _no_title(accounts: Iterable[Account], place: str) -> FetchError:
    if any("\ufffd" in line for account in accounts for line in _lines(account.titles)):
        return FetchError(f"{place} has a title that cannot be decoded", code=FailureCode.NO_TITLE)
    return FetchError(f"{place} has no title", code=FailureCode.NO_TITLE)


Texts = Callable[[Account], Sequence[str]]


def _left_out(names: Iterable[str], titles: Sequence[str], bare: str) -> str | None:
    """Return the name of a site that is a part of one of a page's titles, and was left out of the one that is shown."""
    parts = [part for title in titles for part in (parts_of(title) if title != bare else ())]
    left = [it for it in names if not within_words(it, bare)]
    return next((it for it in left if any(same_words(it, part) for part in parts)), None)


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


def _description(accounts: Sequence[Account], titles: Sequence[str], names: Sequence[str]) -> Found | None:
    """Return the first description of a page that says more than the page's title and the names of its site."""
    written = [(it, text) for it in accounts for text in texts(map(without_broken_end, it.descriptions))]
    others = [text[:_READ_CLOSELY] for _, text in written[:_MOST_TITLES]]
    for account, text in written:
        line = _as_read(text, account, others)
        if _why_no_description(line, titles, names) is None:
            return Found(clipped(line, LONGEST_DESCRIPTION), account.origin)
    return None


def _why_no_description(text: str, titles: Sequence[str], names: Sequence[str]) -> Reason | None:
    if is_empty(text):
        return "nothing"
    if any(same_words(text, title) for title in titles):
        return "repeats-title"
    if any(same_words(text, name) for name in names):
        return "site-name"
    return "junk" if says_nothing(text) else None


def _why_no_title(text: str, site: Found | None) -> Reason | None:
    if is_generic(text):
        return "junk"
    return "site-name" if site and same_words(one_line(text), site.value) else None


def _passed_over(
    accounts: Sequence[Account], taken: Extraction, titles: Sequence[str], names: Sequence[str]
) -> tuple[PassedOver, ...]:
    """Return the candidates for texts that were not taken; the same rules say why as have passed them over."""

    def why_no_text(text: str) -> Reason | None:
        return ("undecodable" if "\ufffd" in text else "nothing") if next(texts([text]), None) is None else None

    return passed_over(
        {
            "title": (Found(it, account.origin) for account in accounts for it in account.titles),
            "description": (Found(it, account.origin) for account in accounts for it in account.descriptions),
            "site": (Found(it, account.origin) for account in accounts for it in account.sites),
        },
        taken,
        {
            "title": lambda text: why_no_text(text) or _why_no_title(text, taken.site),
            "description": lambda text: why_no_text(text) or _why_no_description(one_line(text), titles, names),
            "site": lambda text: why_no_text(text) or ("address" if "://" in text else None),
        },
    )


def _icons(named: Iterable[Found], url: str) -> tuple[Found, ...]:
    """Return the icons that a page names, and at last `/favicon.ico`, where browsers look when a page names none."""
    parts = urlsplit(url)
    usual = absolute(f"{parts.scheme}://{parts.netloc}/", "/favicon.ico")
    guess = [Found(usual, "host")] if usual else []
    return _distinct((*_distinct(named, MOST_PICTURES - 1), *guess), MOST_PICTURES)
