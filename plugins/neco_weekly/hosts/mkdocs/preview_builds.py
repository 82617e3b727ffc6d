"""The builds of a preview: what was saved is shown first, then the whole site is made right.

The whole site is built into another folder than the one that browsers get, so that none waits for a build or sees half
of one; where a build fails, the last good site stays.
"""

from __future__ import annotations

import logging
import os
import shutil
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs.utils import clean_directory

from ..machine_trouble import machine_trouble
from ..preview import Preview
from .build_memory import settle
from .preview_site import PreviewSite
from .telling import Teller, in_few_words, log, say
from .watching import Watcher

_PATIENCE = 20.0
"""Seconds that the whole site waits for what a saved page needs from elsewhere, so that it is built once."""

_MOST_AT_ONCE = 3
"""The most pages that are shown before the whole site is: with more, the whole is about as quick."""


_MOST_OVERTAKEN = 3
"""How often one after the other a build of the whole site gives way to another save."""


class OvertakenError(BaseException):
    """Something was saved while the whole site was built: another build follows at once, and has that in it."""


@dataclass(kw_only=True)
class PreviewBuilds:
    """What MkDocs' server calls in the place of a build, when a file is another. `whole` builds the whole site.

    `draw_saved` draws one page of the last build again and says whether that was possible; `rest` is called when all is
    shown. `docs` is the docs folder, `fetching` the way to neco, if that fetches meanwhile. `overtaken` counts the
    builds that gave way to a save.
    """

    whole: Callable[[], object]
    draw_saved: Callable[[str], bool]
    rest: Callable[[], object]
    docs: Path
    watcher: Watcher
    teller: Teller
    site: PreviewSite
    folders: tuple[Path, Path]
    fetching: Preview | None = None
    next_folder: Path = field(init=False)
    overtaken: int = 0
    _left: tuple[str, ...] = ()
    _is_whole: bool = False

    def __post_init__(self) -> None:
        self.next_folder = self.folders[1]

    def __call__(self) -> None:
        """Build what is another since the last build."""
        began = time.monotonic()
        with self._turn():
            changed = self.watcher.take()
            if not changed and not self.watcher.watches_others:
                return
            is_shown = self._show_saved(changed)
            took = f": shown after {time.monotonic() - began:.1f} s" if is_shown else " changed"
            say(f"{in_few_words(_names(changed)) or 'Something'}{took}")
        if is_shown and self.fetching:
            until = time.monotonic() + _PATIENCE
            self.fetching.wait(lambda: self.watcher.has_news or time.monotonic() > until)
        with self._turn():
            self._left = tuple(sorted({*self._left, *changed, *self.watcher.take()}))
            if self._build(self._left):
                self._left = ()
                say(f"All pages are as they were written, after {time.monotonic() - began:.1f} s")
        if not self.watcher.has_news:  # else somebody waits for another page
            self._rest()

    def _rest(self) -> None:
        """Do what can wait until the writer sees the site: make room in memory, and on the disk for the next build."""
        self.rest()
        settle()
        with suppress(OSError):
            clean_directory(str(self.next_folder))  # behind `settle`: a browser may have asked for a file right before

    def _turn(self) -> AbstractContextManager[object]:
        return self.fetching.turn if self.fetching else nullcontext()

    def give_way(self) -> None:
        """Let a save that comes while the whole site is built be shown first; to be called between two pages.

        Raises:
            OvertakenError: something was saved.
        """
        if self._is_whole and self.watcher.has_news and self.overtaken < _MOST_OVERTAKEN:
            raise OvertakenError

    def clean(self) -> None:
        """Remove the folder that MkDocs does not know of."""
        shutil.rmtree(self.folders[1], ignore_errors=True)

    # --- the saved page -----------------------------------------------------------------------------------------------

    def _are_pages(self, changed: Sequence[str]) -> bool:
        return bool(changed) and all(it.endswith(".md") and Path(it).is_relative_to(self.docs) for it in changed)

    def _show_saved(self, changed: Sequence[str]) -> bool:
        """Show the pages that were saved, if each can be drawn alone; what goes wrong there, the whole build tells."""
        if not self._are_pages(changed) or len(changed) > _MOST_AT_ONCE:
            return False
        self.teller.hold()
        try:
            paths = [Path(it).relative_to(self.docs).as_posix() for it in changed if Path(it).is_file()]
            shown = [self.draw_saved(path) for path in paths]
        except Exception:
            log.debug("The page was not drawn first:", exc_info=True)
            return False
        finally:
            self.teller.drop()
        if any(shown):
            self.site.show(trouble=self.site.trouble)
        return len(shown) == len(changed) and all(shown)

    def _touches_all(self, changed: Sequence[str]) -> bool:
        """Whether a page may look otherwise although its bytes are the same: what it loads keeps its name."""
        return any(not it.endswith((".md", ".json", ".yml")) for it in changed) or not changed

    # --- the whole site -----------------------------------------------------------------------------------------------

    def _build(self, changed: Sequence[str]) -> bool:
        """Build the whole site, and return whether that went well."""
        self.teller.hold()
        self._is_whole = True
        try:
            self.whole()
        except OvertakenError:
            self.overtaken += 1
            self.teller.drop()
            return False
        except (Exception, SystemExit) as error:
            log.debug("The build ended here:", exc_info=True)
            self.overtaken = 0
            self._tell_trouble(error)
            return False
        finally:
            self._is_whole = False
        self.overtaken = 0
        self.site.show(self.next_folder, again=self._touches_all(changed))
        self.next_folder = next(it for it in self.folders if it != self.next_folder)
        self.teller.tell(_names(changed))
        return True

    def _tell_trouble(self, error: BaseException) -> None:
        """Say what kept the build from its end, in the terminal and above the last good page."""
        said = self.teller.errors()
        if not (said and isinstance(error, SystemExit)):  # which only says that there was an error
            said.append(_sentence(error, str(self.next_folder)))
        trouble = "\n".join(dict.fromkeys(said))
        self.site.show(trouble=trouble)
        say(f"{trouble}\nThe pages of before stay. Correct that and save; --verbose shows the trace.", logging.ERROR)


def _names(changed: Sequence[str]) -> list[str]:
    """Return paths as somebody in the working folder writes them."""
    return [os.path.relpath(it) for it in changed]


def _sentence(error: BaseException, place: str) -> str:
    """Return what went wrong in a build, with the line of the program or the hook that says so."""
    if isinstance(error, SystemExit):
        return str(error).removeprefix("Error: ")
    if sentence := machine_trouble(error, place):
        return sentence
    frames = traceback.extract_tb(error.__traceback__)
    own = [it for it in frames if not {"site-packages", "dist-packages"} & set(Path(it.filename).parts)]
    last = (own or frames)[-1]
    return f"{os.path.relpath(last.filename)}:{last.lineno}: {type(error).__name__}: {error}"
