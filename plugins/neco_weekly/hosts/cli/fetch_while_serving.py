"""What `neco serve --fetch` fetches: what issues mention and the lock does not know, once each, written at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...lock.store import Lock, load_lock
from ...model.errors import NecoError
from ...refresh import Plan, merge_answers, unknown
from ..catching_up import Asked, fetched, in_one_line, plan_of
from ..fetchers import Outside
from ..preview import Mentioned, Turn
from ..project import Project
from .printing import tell


@dataclass(kw_only=True)
class Fetching:
    """The fetching and writing of one preview."""

    project: Project
    web: Outside
    turn: Turn
    asked: Asked = field(default_factory=Asked)

    def catch_up(self, mentioned: Mentioned) -> None:
        """Fetch what is mentioned and unknown; then write all of that at once, in neco's turn, while nothing is built.

        Trouble is reported in a sentence, once, and the preview goes on.
        """
        try:
            lock = load_lock(self.project.metadata)
            plan = self.asked.due(unknown(plan_of(mentioned), lock))
            if len(plan):
                tell(f"Fetching {in_one_line(plan)}")
                self._write(plan, fetched(lock, plan, self.web.fetchers, tell))
        except NecoError as error:
            tell(f"Error: {error}")

    def _write(self, plan: Plan, refreshed: Lock) -> None:
        with self.turn:
            self.web.save(lambda lock: merge_answers(lock, plan, refreshed))
