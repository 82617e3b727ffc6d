"""The MkDocs host, the only part that imports MkDocs: `plugin` has the hooks, `pages` our kinds of MkDocs' page."""

from .plugin import NecoWeeklyPlugin

__all__ = ["NecoWeeklyPlugin"]
