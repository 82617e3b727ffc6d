"""What a preview says in the terminal: after a save a few lines, those on the saved file first.

MkDocs and its plugins say with each build all that they have to say of the whole site. Here that is held back while a
build runs, and told in few lines; with `--verbose` everything is said as it comes.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence

from mkdocs.plugins import get_plugin_logger

log = get_plugin_logger("neco-weekly")

MOST_LINES = 8
"""The most lines on problems that follow one save; two more say what was saved and when all was done."""

PROBLEM = {"neco_problem": True}
"""What a record has that says a problem of a writer's file, whatever its level is."""

_TOLD = {"neco_told": True}
"""What a record has that the preview itself has written."""

_CHATTER = ("Detected file changes", "Reloading browsers", "Browser connected", "Watching paths")
"""What MkDocs' server says of what it does by itself."""


class Teller(logging.Filter):
    """A filter of what MkDocs writes to the terminal, which holds that back while a build runs."""

    def __init__(self) -> None:
        super().__init__()
        self._is_holding = False
        self._held: list[logging.LogRecord] = []
        self._known: frozenset[str] = frozenset()
        self._logger = logging.getLogger("mkdocs")

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a record is to be written now."""
        if hasattr(record, "neco_told") or self._logger.isEnabledFor(logging.DEBUG):
            return True
        if self._is_holding:
            self._held.append(record)
            return False
        is_chatter = record.levelno <= logging.INFO and record.name.endswith(".livereload")
        return not (is_chatter and any(it in record.getMessage() for it in _CHATTER))

    def hold(self) -> None:
        """Hold back what is said from now on."""
        for handler in self._terminals():
            if self not in handler.filters:
                handler.addFilter(self)
        self._held, self._is_holding = [], True

    def drop(self) -> None:
        """Forget what was held back: it will be said again."""
        self._released()

    def let_go(self) -> None:
        """Say all that was held back: a build has failed of which nobody else tells."""
        self._write(self._released())

    def tell(self, saved: Sequence[str] = ()) -> None:
        """Tell the problems of a build that ends: those of saved files first, then new ones, then how many there are.

        `saved` are paths as authors see them.
        """
        found = {it.getMessage(): it for it in self._released() if _is_problem(it)}
        own = [it for it in found if any(path in it for path in saved)]
        new = [it for it in found if it not in own and it not in self._known]
        wanted = [*own, *new]
        shown = wanted if len(wanted) == len(found) <= MOST_LINES else wanted[: MOST_LINES - 1]
        self._write(found[it] for it in shown)
        if left := len(found) - len(shown):
            say(f"{left} {'more problems' if shown else 'problems as before'}; `neco check` lists those of issues")
        self._known = frozenset(found)

    def errors(self) -> list[str]:
        """Return the errors that were held back, and hold nothing back any more."""
        return [it.getMessage() for it in self._released() if it.levelno >= logging.ERROR]

    def _released(self) -> list[logging.LogRecord]:
        self._is_holding, held, self._held = False, self._held, []
        return held

    def _write(self, records: Iterable[logging.LogRecord]) -> None:
        """Write records to the terminal alone: for `--strict` they are counted already."""
        for record in records:
            vars(record).update(_TOLD)
            for handler in self._terminals():
                handler.handle(record)

    def _terminals(self) -> list[logging.Handler]:
        return [it for it in self._logger.handlers if isinstance(it, logging.StreamHandler)]


def say(message: str, level: int = logging.INFO) -> None:
    """Say something that is not held back."""
    log.log(level, message, extra=_TOLD)


def _is_problem(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING or hasattr(record, "neco_problem")


def in_few_words(paths: Sequence[str]) -> str:
    """Return the names of some files in one line."""
    return ", ".join(paths) if len(paths) <= 2 else f"{paths[0]} and {len(paths) - 1} more files"
