"""MkDocs as `neco serve` starts it: `python -m neco_weekly.hosts.mkdocs PIPES [ARGUMENTS OF MKDOCS SERVE]…`.

MkDocs ends, as by Ctrl-C, when its standard input does: with the process that holds the other end, however that ended.
PIPES is what `Preview.of` reads, or nothing where nobody wants a report of what is mentioned.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import tempfile
import threading
import time

from mkdocs.__main__ import cli

from ..machine_trouble import machine_trouble
from ..preview import Preview
from . import NecoWeeklyPlugin

_INTERRUPTED = 130

_NO_PLACE = frozenset({errno.EADDRINUSE, errno.EADDRNOTAVAIL})

_SECONDS_TO_END = 5


def main(pipes: str, *arguments: str) -> None:
    """Serve the site with MkDocs until the standard input ends or Ctrl-C comes."""
    NecoWeeklyPlugin.preview = Preview.of(pipes) if pipes else None
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job would ignore SIGINT
    try:
        with tempfile.TemporaryDirectory(prefix="neco-serve-") as folder:
            tempfile.tempdir = folder  # an interrupted MkDocs leaves its own folder there until it has begun to build
            threading.Thread(target=_end_with_the_input, args=(threading.get_ident(),), daemon=True).start()
            cli(["serve", *arguments], prog_name="mkdocs")
    except KeyboardInterrupt:  # there was nothing yet that could end in order
        sys.exit(_INTERRUPTED)
    except (OSError, MemoryError) as error:
        if isinstance(error, OSError) and error.errno in _NO_PLACE:
            sys.exit(f"Error: the site cannot be served there ({error.strerror}); give another --dev-addr")
        if sentence := machine_trouble(error, "the preview"):
            sys.exit(f"Error: {sentence}")
        raise


def _end_with_the_input(thread: int) -> None:
    while os.read(0, 1024):
        pass
    while True:
        signal.pthread_kill(thread, signal.SIGINT)
        time.sleep(_SECONDS_TO_END)  # an interrupt may get lost, as in what Python does after an import


if __name__ == "__main__":
    main(*sys.argv[1:])
