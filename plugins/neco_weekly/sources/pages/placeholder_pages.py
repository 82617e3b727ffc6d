"""Placeholder pages, which stand in for the one asked for: challenges, consent, logins, errors with status 200.

What they say is no data. They are recognised by their titles (`placeholder_titles`), or, where these say nothing, by
two signs of another kind that go together (`doubts.certain`). A page that says when it was published is an article,
whatever its title.
"""

from __future__ import annotations

from ...grammar.urls import host_of
from .accounts import texts
from .adapters import adapter
from .doubts import certain, is_hidden, sent_away
from .html_page import Page
from .placeholder_titles import CHALLENGE, has_mark, named, telling
from .titles import without_site

_GUARDS = ("Akamai", "Cloudflare", "Imperva", "Sucuri", "Vercel")

_CONSENT_HOSTS = ("consent.", "guce.", "accounts.google.", "login.microsoftonline.", "geo.captcha-delivery.")


def refusal(page: Page, *, text: str, url: str) -> str | None:
    """Return why a page that came from `url` is a placeholder page, in words that follow its address; None if not."""
    if page.is_article:
        return None
    titles = list(texts([*page.texts("og:title"), *page.titles]))
    described = page.texts("og:description", "twitter:description", "description")
    if not described and has_mark(text):
        return CHALLENGE.format(title=next(iter(titles), "a challenge"))
    site = adapter(url)
    names = [*texts(page.texts("og:site_name", "application-name")), *_GUARDS, *(site.names if site else ())]
    if reason := named([without_site(it, names, host=host_of(url)) for it in titles], url):
        return reason
    heading = named(texts(page.headings), url)
    hidden = is_hidden(page)
    if hidden or heading or not described:
        parts = [part for it in titles for part in telling(it, sure=bool(hidden or heading))]
        if reason := named(parts, url) or (heading if hidden else None):
            return reason
    return certain(page, names, url=url)


def leads_astray(asked: str, final: str) -> str | None:
    """Return why a response is not from the site that was asked, in words that follow its address; None if it is."""
    was, now = host_of(asked), host_of(final)
    if was != now and now.startswith(_CONSENT_HOSTS):
        return f"leads programs to {now} instead of the page"
    return sent_away(asked, final)
