"""The options of commands that fetch web pages: whom to trust, and the rate limit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ...sources.http import Policy
from ...sources.keps.github_issue import GITHUB_API
from ...sources.pages.github_code import GITHUB_RAW
from .arguments import Address, Network

_POLICY = Policy()

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)

_OPTIONS = (
    click.option("--oembed-providers", type=_FILE, metavar="FILE", help="Hosts to ask before those built in."),
    click.option("--github-api", type=Address(), default=GITHUB_API, show_default=True, help="GitHub's API."),
    click.option("--github-raw", type=Address(), default=GITHUB_RAW, show_default=True, help="GitHub's raw files."),
    click.option(
        "--allow-private", type=Network(), multiple=True, metavar="CIDR", help="Private network to fetch from."
    ),
    click.option(
        "--per-host-delay",
        type=click.FloatRange(min=0),
        default=_POLICY.per_host_delay,
        show_default=True,
        metavar="SECONDS",
    ),
    click.option(
        "--connections-per-host",
        type=click.IntRange(min=1),
        default=_POLICY.connections_per_host,
        show_default=True,
        metavar="N",
    ),
    click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        default=_POLICY.timeout,
        show_default=True,
        metavar="SECONDS",
        help="The longest that one request may take.",
    ),
)


def web_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of commands that fetch web pages to a command, and return the command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
