"""The options of commands that refresh: whom to ask, and how."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ...sources.pages.wayback import SAVING_PAUSE, WAYBACK_API, WAYBACK_SAVE
from ...sources.releases.github import GITHUB_WEB
from .arguments import Address
from .web_options import web_options

_OPTIONS = (
    click.option(
        "--source", metavar="PATH|URL", help="kubernetes/enhancements: git URL, bare clone, work tree or bundle."
    ),
    click.option(
        "--keps-json", type=Address(), metavar="URL", help="Public list of all KEPs, in place of git or beside it."
    ),
    click.option(
        "--gates",
        metavar="PATH|URL",
        help="kubernetes/website for feature gates: git URL, bare clone, work tree, bundle.",
    ),
    click.option(
        "--feature-lists",
        metavar="PATH|URL",
        help="Feature lists of kubernetes/kubernetes: its files by tag at a URL, or a clone or bundle.",
    ),
    click.option(
        "--sig-release",
        metavar="PATH|URL",
        help="kubernetes/sig-release for freezes, exceptions: git URL, bare clone, work tree, bundle.",
    ),
    click.option(
        "--release-days",
        metavar="PATH|URL",
        help="kubernetes/website for days of releases: git URL, bare clone, work tree, bundle.",
    ),
    click.option(
        "--github-web", type=Address(), default=GITHUB_WEB, show_default=True, help="GitHub's pages: releases."
    ),
    click.option("--archive-api", type=Address(), default=WAYBACK_API, show_default=True, help="Finds old copies."),
    click.option("--archive-save", type=Address(), default=WAYBACK_SAVE, show_default=True, help="Keeps new copies."),
    click.option(
        "--archive-pause",
        type=click.FloatRange(min=0),
        default=SAVING_PAUSE,
        show_default=True,
        metavar="SECONDS",
        help="Between two requests to keep a copy.",
    ),
    web_options,
    click.option("--cache-dir", type=click.Path(path_type=Path, file_okay=False), help="Where clones are kept."),
)


def fetcher_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of commands that refresh (sources, APIs, rate limit, cache) to a command, and return it."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
