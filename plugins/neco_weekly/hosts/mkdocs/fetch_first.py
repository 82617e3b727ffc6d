"""What a build fetches before it reads the issues, where `mkdocs.yml` says `fetch: missing`: what the lock lacks.

As `neco refresh --missing` does, by the same fetchers; but no failure is counted in the lock, and none fails the build.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import get_plugin_logger

from ...lock.store import Lock, load_lock
from ...model.errors import NecoError
from ...refresh import Plan, join, missing_of, without_failures
from ..catching_up import Asked, fetched, in_one_line, plan_of
from ..project import Project, load_project
from ..settings import EXTENSION, Settings
from .mentions import read_mentions
from .serving import unnoticed
from .setup import as_plugin_errors
from .telling import say

log = get_plugin_logger("neco-weekly")


@dataclass
class FetchFirst:
    """What the builds of one process have asked for: a preview builds often, and must not ask in vain each time."""

    asked: Asked = field(default_factory=Asked)

    def catch_up(
        self, config: MkDocsConfig, plugin_options: dict[str, Any], server: LiveReloadServer | None, *, drafts: bool
    ) -> None:
        """Fetch what the issues mention and the lock lacks, if the site says so, and write that at once.

        With `drafts` issues that are held back count, too. `server` is the preview that watches the docs folder. What
        fails is told, and nothing else: a build is no worse for it than without.

        Raises:
            PluginError: a setting is wrong.
        """
        with as_plugin_errors():
            settings = Settings.of(plugin_options, config.mdx_configs.get(EXTENSION) or {})
        if not settings.fetch:
            return
        try:
            project = load_project(Path(os.path.relpath(config.config_file_path or "mkdocs.yml")))
            lock = load_lock(project.metadata)
            mentioned = read_mentions(project, drafts=drafts, keep=settings.cache)
            plan = self.asked.due(missing_of(plan_of(mentioned, gates=bool(mentioned.keps or mentioned.pulls)), lock))
            if len(plan):
                say(f"Fetching {in_one_line(plan)}")
                _fetch(project, lock, plan, config, server)
        except (NecoError, OSError) as error:
            say(f"not fetched: {error}")


def _fetch(project: Project, base: Lock, plan: Plan, config: MkDocsConfig, server: LiveReloadServer | None) -> None:
    from ..fetchers import USUAL, outside  # noqa: PLC0415 (sockets and pictures: only for who asks for them)

    kept: list[str] = []
    with outside(USUAL, project, log.debug) as web:
        mine = without_failures(base, fetched(base, plan, web.fetchers, say))

        def change(theirs: Lock) -> Lock:
            lock, kept[:] = join(base, mine, theirs)
            return lock

        with unnoticed(server, config.docs_dir):
            web.save(change)
    for line in kept:
        say(f"to know: {line}")
