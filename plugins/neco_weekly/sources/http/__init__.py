"""The only place that opens a socket: GET requests, rate-limited, bounded, and never led into private networks.

- `client`      GET requests: policy, redirects, attempts, what is sent and which responses are good
- `response`    what comes back
- `session`     one chain of redirects: `requests`, held to our connections
- `cookies`     the cookies of one chain, each for the host that set it
- `connection`  connections to addresses that were checked, with an end to their time and their bytes
- `body`        a response's body, never more than wanted, and what may be used of one that broke off
- `failures`    what went wrong, in one sentence
- `lookup`      a host's addresses, in time
- `addresses`   which network addresses may be spoken to
- `web_address` a web address taken apart
- `rate_limit`  a few connections to a host at once, a pause between them, and when to ask again
- `validator_cache`  ETags and responses of earlier runs: what did not change is not sent again

Authors' links and the redirects behind them may point anywhere, so every connection goes to an address that was checked
just before: the name is resolved once, the addresses that may not be spoken to are left out, and the socket connects to
one of the rest. One connection carries one request; nothing is checked once and used twice.

This is `requests` with a transport adapter whose pools make those connections. What it would do by itself and must not
(follow redirects, spell addresses anew, share cookies among hosts) and what it cannot hold to is ours: decision 0005.

Proxies of the environment are not used: a proxy resolves the name itself and would connect where we must not.
"""

from __future__ import annotations

from .client import USER_AGENT, Http, Policy, user_agent
from .lookup import Resolver, resolve
from .response import Get, Response, StatusError

__all__ = ["USER_AGENT", "Get", "Http", "Policy", "Resolver", "Response", "StatusError", "resolve", "user_agent"]
