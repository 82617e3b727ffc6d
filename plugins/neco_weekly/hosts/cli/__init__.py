"""The command-line host: reads arguments and the project, calls one function, prints the result.

Results go to stdout, progress and sentences of error to stderr. Exit status: 0 fine, 1 problems found, 2 usage or
configuration. Each command is a module, loaded when the command is named, so that a quick one stays quick.

- `add`, `card`, `check`, `digest_command`, `export`, `import_command`, `init`, `kep`, `new`, `pages`, `publish`,
  `refresh`, `serve`, `topic_commands`  the commands
- `import_source`, `import_writing`, `import_report`  what an import reads, what it writes, what it tells
- `new_digest`   what happened since the newest issue, for `neco new`
- `digest_text`, `earlier_lock`  the digest of a project, and the lock as it was on an earlier day
- `card_authors`, `known_card`, `card_text`, `card_json`  what a project knows of the link of `neco card`, beside
  what its page says, for a person and as JSON
- `kep_arguments`, `kep_knowledge`  what `neco kep` is asked, and where it looks that up
- `known_kep`, `kep_text`, `gate_text`, `kep_json`  what is known of a KEP and its gates, for a person and as JSON
- `topic_text`   what `neco topics` tells, for a person and as JSON
- `export_reading`, `export_writing`  what an export reads, and what it writes
- `prune`        what a refresh removes
- `fetch_while_serving`  what a preview fetches between two builds
- `fetcher_options`  options of the commands that refresh: whom to ask
- `web_options`  options of the commands that fetch web pages: whom to trust, and the rate limit
- `arguments`    kinds of arguments: a KEP or a URL, a network, an age, a day, a release
- `site`         the site in whose folder a command was started
- `external_links`  what `neco check --external` asks other sites; `mended_issues` what `--fix` writes
- `link_targets` what links of issues may lead to; `old_places` where their old addresses lie
- `printing`     what commands print and write
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import NoReturn

import click

from ... import __version__
from ...model.errors import FetchError, NecoError
from ..machine_trouble import machine_trouble
from ..publish.programs import PublishError
from .printing import PROBLEMS

USAGE, INTERRUPTED = 2, 130
"""The exit statuses for usage or configuration, and for Ctrl-C."""

COMMANDS = (
    *("add", "card", "check", "digest", "export", "import", "init", "kep", "new", "pages", "publish", "refresh"),
    "serve",
    "topics",
)
"""The names of the commands; each is a module of this package and the function in that module."""

_MODULES = {"digest": "digest_command", "import": "import_command", "topics": "topic_commands"}
"""The modules that are called otherwise, for the names are those of modules of `model`, or words of Python."""

_FUNCTIONS = {"import": "bring_in"}
"""The functions that are called otherwise."""


class _Commands(click.Group):
    """The group of commands, which loads a command when it is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"{__name__}.{_MODULES.get(cmd_name, cmd_name)}")
        command: click.Command = getattr(module, _FUNCTIONS.get(cmd_name, cmd_name))
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="neco")
def commands() -> None:
    """Neco Weekly: a knowledge site from a weekly technical note."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line `neco` and exit; what cannot go on ends in one sentence. `arguments` are those of a test."""
    try:
        returned = commands.main(arguments, prog_name="neco", standalone_mode=False)
        status = returned if isinstance(returned, int) else 0  # what a command gave to `context.exit`
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted: nothing was written.", err=True)
        leave(INTERRUPTED)
    except (FetchError, PublishError) as error:
        click.echo(f"Error: {error}", err=True)
        status = PROBLEMS
    except NecoError as error:
        click.echo(f"Error: {error}", err=True)
        status = USAGE
    except OSError as error:  # one without a file is of the standard output, behind which a disk is full
        what = (
            f"{error.filename}: {error.strerror}"
            if error.filename
            else f"the result cannot be written ({error.strerror})"
        )
        click.echo(f"Error: {what}", err=True)
        leave(USAGE)
    except MemoryError as error:
        click.echo(f"Error: {machine_trouble(error, 'neco')}", err=True)
        leave(USAGE)
    sys.exit(status)


def leave(status: int) -> NoReturn:
    """End the program at once: threads that still wait for a response must not hold up a person who pressed Ctrl-C."""
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)
