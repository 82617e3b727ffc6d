"""What `neco check --external` asks other sites, politely: one connection to a host, with pauses, and never twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, wraps

import click

from ...issues.external_checks import external_addresses, external_problems
from ...issues.index import Index
from ...issues.problems import Problem
from ...model.days import today
from ...model.errors import FailureCode, NecoError
from ...model.link_status import LinkStatus
from ...refresh.at_once import fetch_all
from ...sources.http import Http, Policy, user_agent
from ...sources.link_answers import load_statuses, save_statuses, status_of
from ..project import Project
from .arguments import IPNetwork, Network
from .printing import tell

STATUSES_FILE = "link-statuses.json"
"""The file in the cache folder that keeps the answers."""

_OWN_TROUBLE = frozenset({FailureCode.DNS.value, FailureCode.NO_DNS.value, FailureCode.CONNECTION.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """How other sites are asked: private networks that may be, seconds between two requests and for one."""

    allow_private: tuple[IPNetwork, ...] = ()
    delay: float = 1.0
    timeout: float = 15.0

    def policy(self, site_url: str) -> Policy:
        """Return the policy of requests; a link is asked twice at most, and a `Retry-After` of ten seconds heeded."""
        return Policy(
            timeout=self.timeout,
            retries=1,
            longest_wait=10.0,
            patience=2 * self.timeout,
            per_host_delay=self.delay,
            connections_per_host=1,
            allow_private=self.allow_private,
            user_agent=user_agent(site_url),
        )


_OPTIONS = (
    click.option("--external", is_flag=True, help="Ask the servers of links to other sites whether these are alive."),
    click.option("--allow-private", type=Network(), multiple=True, metavar="CIDR", help="Private network to ask."),
    click.option("--per-host-delay", type=click.FloatRange(min=0), default=1.0, show_default=True, metavar="SECONDS"),
    click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        default=15.0,
        show_default=True,
        metavar="SECONDS",
        help="The longest that one request may take.",
    ),
)


def external_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say whether and how other sites are asked to a command, which gets them as `asking`."""

    @wraps(command)
    def asked(
        *given: object,
        external: bool,
        allow_private: tuple[IPNetwork, ...],
        per_host_delay: float,
        timeout: float,
        **more: object,
    ) -> None:
        asking = Asking(allow_private=allow_private, delay=per_host_delay, timeout=timeout) if external else None
        command(*given, asking=asking, **more)

    for option in reversed(_OPTIONS):
        asked = option(asked)
    return asked


def problems_outside(project: Project, index: Index, docs: str, asking: Asking) -> list[Problem]:
    """Return the problems of links to other sites, for which their servers are asked.

    What was alive within a week is not asked again; what is learned is kept, also when Ctrl-C ends the asking.

    Raises:
        NecoError: none of several hosts could be reached: then it is our own network that is down.
    """
    urls = external_addresses(index, project.site_url)
    file = project.cache / STATUSES_FILE
    known, statuses = load_statuses(file), dict[str, LinkStatus]()
    tell(f"Asking for {len(urls)} links to other sites; what was alive within a week is not asked again.")
    try:
        with Http(asking.policy(project.site_url)) as http:
            ask = partial(_status, http=http, known=known, statuses=statuses)
            for _ in fetch_all(urls, ask, lambda _: None):
                pass
    finally:
        save_statuses(file, known | statuses)
    failed = [it for it in statuses.values() if it.life != "alive"]
    if len(urls) > 1 and len(failed) == len(urls) and all(it.detail in _OWN_TROUBLE for it in failed):
        raise NecoError("no host could be reached; connect this machine to the network and run it again")
    tell(f"{len(urls)} links to other sites, {len(failed)} of them not alive.")
    return list(external_problems(index, statuses, docs))


def _status(url: str, http: Http, known: dict[str, LinkStatus], statuses: dict[str, LinkStatus]) -> None:
    statuses[url] = status_of(url, http.get, today(), known.get(url))
