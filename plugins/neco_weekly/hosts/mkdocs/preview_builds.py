"""The builds of a preview: what was saved is shown first, then the whole site is made right.

The whole site is built into another folder than the one that browsers get, so that none waits for a build or sees half
of one; where a build fails, the last good site stays.
"""

from __future__ import annotations

import gc
import logging
import os
import shutil
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from ..machine_trouble import machine_trouble
from ..preview import Turn
from .preview_site import PreviewSite
from .telling import Teller, in_few_words, log, say
from .watching import Watcher

_MOST_AT_ONCE = 3
"""The most pages that are shown before the whole site is: with more, the whole is about as quick."""


@dataclass(kw_only=True)
class PreviewBuilds:
    """What MkDocs' server calls in the place of a build, when a file is another. `whole` builds the whole site.

    `draw_saved` draws one page of the last build again and says whether that was possible; `docs` is the docs folder.
    """

    whole: Callable[[], object]
    draw_saved: Callable[[str], bool]
    docs: Path
    watcher: Watcher
    teller: Teller
    site: PreviewSite
    folders: tuple[Path, Path]
    turn: Turn | None = None
    next_folder: Path = field(init=False)

    def __post_init__(self) -> None:
        self.next_folder = self.folders[1]

    def __call__(self) -> None:
        """Build what is another since the last build."""
        with self.turn or nullcontext():
            changed = self.watcher.take()
            if not changed and not self.watcher.watches_others:
                return
            began, saved = time.monotonic(), [os.path.relpath(it) for it in changed]
            is_shown = self._show_saved(changed)
            took = f": shown after {time.monotonic() - began:.1f} s" if is_shown else " changed"
            say(f"{in_few_words(saved) or 'Something'}{took}")
            if self._build(saved, is_all_text=self._are_pages(changed)):
                say(f"All pages are as they were written, after {time.monotonic() - began:.1f} s")
        gc.collect()
        gc.freeze()  # what stays in memory until the next build need not be looked through with each page

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

    # --- the whole site -----------------------------------------------------------------------------------------------

    def _build(self, saved: Sequence[str], *, is_all_text: bool) -> bool:
        """Build the whole site, and return whether that went well."""
        gc.unfreeze()
        self.teller.hold()
        try:
            self.whole()
        except (Exception, SystemExit) as error:
            log.debug("The build ended here:", exc_info=True)
            self._tell_trouble(error)
            return False
        self.site.show(self.next_folder, again=not is_all_text)
        self.next_folder = next(it for it in self.folders if it != self.next_folder)
        self.teller.tell(saved)
        return True

    def _tell_trouble(self, error: BaseException) -> None:
        """Say what kept the build from its end, in the terminal and above the last good page."""
        said = self.teller.errors()
        if not (said and isinstance(error, SystemExit)):  # which only says that there was an error
            said.append(_sentence(error, str(self.next_folder)))
        trouble = "\n".join(dict.fromkeys(said))
        self.site.show(trouble=trouble)
        say(f"{trouble}\nThe pages of before stay. Correct that and save; --verbose shows the trace.", logging.ERROR)


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
