"""Tracking parameters in addresses: what tells a site who sent a reader, and nothing of what the page shows.

The names are those that their senders document: Google Analytics (`utm_…`, `gclid`, `dclid`, `gbraid`, `wbraid`), Meta
(`fbclid`, `igshid`), Microsoft (`msclkid`), Mailchimp (`mc_cid`, `mc_eid`), HubSpot (`_hsenc`, `_hsmi`, `__hssc`,
`__hstc`), X (`twclid`), Yandex (`yclid`), TikTok (`ttclid`), LinkedIn (`li_fat_id`), Marketo (`mkt_tok`). A name that
means one thing at one site and another elsewhere, such as `ref`, is none.
"""

from __future__ import annotations

import re

_NAMES = (
    "utm_[a-z_]+|gclid|gclsrc|dclid|gbraid|wbraid|fbclid|igshid|msclkid|mc_cid|mc_eid|_hsenc|_hsmi|__hssc|__hstc|twclid"
    "|yclid|ttclid|li_fat_id|mkt_tok"
)

_PARAMETER = re.compile(rf"(?P<sign>[?&]|&amp;)(?:{_NAMES})=[^&#\s]*(?=(?P<more>&amp;|&)|[#]|\Z)", re.IGNORECASE)


def without_tracking(url: str) -> str:
    """Return an address without its tracking parameters; all else stays as it is written."""
    address, hash_sign, fragment = url.partition("#")
    if "?" not in address:
        return url
    start = address.index("?")
    kept = _PARAMETER.sub("", address[start:])
    if kept == address[start:]:
        return url
    kept = kept.removesuffix("&").removesuffix("&amp;")
    if kept and kept[0] != "?":
        kept = f"?{kept.removeprefix('&amp;') if kept.startswith('&amp;') else kept[1:]}"
    return f"{address[:start]}{kept}{hash_sign}{fragment}"
