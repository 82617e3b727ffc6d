"""Whether an address of another site leads anywhere, as its server said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self, get_args

Life = Literal["alive", "broken", "unreached", "private"]
"""What is known of a link: it leads to a page, to nothing, to what does not say, or into a private network."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkStatus:
    """The status of a link on a day: `detail` says why it is not alive, `etag` and `modified` are its validators."""

    life: Life
    day: dt.date
    detail: str = ""
    etag: str = ""
    modified: str = ""

    @classmethod
    def from_dict(cls, written: Mapping[str, Any]) -> Self:
        """Return the status that a cache holds.

        Raises:
            ValueError, KeyError, TypeError: it is none.
        """
        texts = {name: written.get(name, "") for name in ("detail", "etag", "modified")}
        if written["life"] not in get_args(Life) or not all(isinstance(it, str) for it in texts.values()):
            raise ValueError(written)
        return cls(life=written["life"], day=dt.date.fromisoformat(written["day"]), **texts)

    def to_dict(self) -> dict[str, str]:
        """Return the status as a cache holds it."""
        texts = {"detail": self.detail, "etag": self.etag, "modified": self.modified}
        return {"life": self.life, "day": self.day.isoformat(), **{name: it for name, it in texts.items() if it}}
