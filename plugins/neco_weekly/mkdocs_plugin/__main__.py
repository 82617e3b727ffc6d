"""MkDocs as `neco serve` starts it: `python -m neco_weekly.mkdocs_plugin PIPES [ARGUMENTS OF MKDOCS SERVE]…`.

It ends, as by Ctrl-C, when its standard input does: with the process that holds the other end, however that ended.
PIPES is what `Preview.of` reads, or nothing where nobody wants to be told.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading

from mkdocs.__main__ import cli

from ..preview import Preview
from . import NecoWeeklyPlugin

_NO_PLACE = frozenset({errno.EADDRINUSE, errno.EADDRNOTAVAIL})


def main(pipes: str, *arguments: str) -> None:
    """Serve until there is an end."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job would ignore it
    threading.Thread(target=_interrupt_at_the_end_of_input, args=(threading.get_ident(),), daemon=True).start()
    NecoWeeklyPlugin.preview = Preview.of(pipes) if pipes else None
    try:
        cli(["serve", *arguments], prog_name="mkdocs")
    except OSError as error:
        if error.errno not in _NO_PLACE:
            raise
        sys.exit(f"Error: the site cannot be served there ({error.strerror}); give another --dev-addr")


def _interrupt_at_the_end_of_input(thread: int) -> None:
    while os.read(0, 1024):
        pass
    signal.pthread_kill(thread, signal.SIGINT)


if __name__ == "__main__":
    main(*sys.argv[1:])
