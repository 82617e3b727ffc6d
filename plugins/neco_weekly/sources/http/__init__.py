"""The only place that opens a socket: GET requests, rate-limited, bounded, and never led into private networks.

- `client`      requests: policy, redirects, attempts, what is sent and which responses are good
- `session`     the session of `requests` that one chain of redirects has, over our own connections
- `cookies`     what a host set is sent back to that host, within the chain
- `connection`  one connection to addresses that were checked, with an end to its time and its bytes
- `response`, `body`  what a request brings; how much of it is read, and what may be used of one that broke off
- `error_sentences`   what went wrong, as one sentence
- `lookup`      a host's addresses, in time
- `addresses`   which network addresses may be spoken to
- `web_address` a web address taken apart
- `rate_limit`  a few connections to a host at once, a pause between them, and when to ask again
- `validator_cache`  ETags and responses of earlier runs: what did not change is not sent again

Authors' links and the redirects behind them may point anywhere, so every connection goes to an address that was checked
just before: the name is resolved once, the addresses that may not be spoken to are left out, and the socket connects to
one of the rest. One connection carries one request; nothing is checked once and used twice.

This stands on `requests`: its session, transport adapter, responses and cookie jar. Its pools make our connections, in
which an address is checked when it is connected to and one deadline bounds everything. Redirects are followed here and
not by `requests`, which would neither keep to that deadline nor to the limits of the body. Looked at and left:
requests-hardened 1.3, which filters in a plain function with a switch for loopback alone and takes the first address
only, so a list of networks and a rule for ports would replace nearly all of it. Decision 0005 says more.

Proxies of the environment are not used: a proxy resolves the name itself and would connect where we must not.
"""

from __future__ import annotations

from .client import USER_AGENT, Http, Policy, user_agent
from .lookup import Resolver, resolve
from .response import Get, Response, StatusError

__all__ = ["USER_AGENT", "Get", "Http", "Policy", "Resolver", "Response", "StatusError", "resolve", "user_agent"]
