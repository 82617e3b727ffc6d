"""How a team writes a heading about a KEP: the link before the title or behind it, and what the link says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_LINK = (
    r"\[(?P<sign>#|KEP[- ]?#?)0*(?P<number>\d{1,5})\]"
    r"\((?P<address>https?://(?:github\.com/kubernetes/enhancements/issues|kep\.k8s\.io|k8s\.io/kep)/)(?P=number)\)"
)

_FORMS = (
    re.compile(rf"#{{2,5}}[ \t]+{_LINK}(?P<open>[:：]?[ \t]+)(?P<title>\S.*)", re.ASCII),
    re.compile(rf"#{{2,5}}[ \t]+(?P<title>\S.*?)(?P<open>[ \t]*[(（]?){_LINK}(?P<close>[)）]?)[ \t]*", re.ASCII),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KepHeading:
    """A way to write the heading of a KEP: `### Title ([KEP-127](https://github.com/…/issues/127))`.

    `sign` stands before the number in the link's text, `address` before the number in its address; `open` and `close`
    are around the link where it stands behind the title, `open` is between the two where it stands before.
    """

    before: bool = False
    sign: str = "KEP-"
    address: str = "https://github.com/kubernetes/enhancements/issues/"
    open: str = " ("
    close: str = ")"

    def markdown(self, number: int, title: str) -> str:
        """Return the heading of a KEP; the title is Markdown already."""
        link = f"[{self.sign}{number}]({self.address}{number})"
        return f"### {link}{self.open}{title}" if self.before else f"### {title}{self.open}{link}{self.close}"


def heading_form(bodies: Iterable[str]) -> KepHeading:
    """Return how the first of some issues that has a heading about a KEP writes it; our own way where none has."""
    for body in bodies:
        for line in body.split("\n"):
            if not line.startswith("##"):
                continue
            for before, pattern in zip((True, False), _FORMS, strict=True):
                if found := pattern.fullmatch(line):
                    close = "" if before else found["close"]
                    return KepHeading(
                        before=before, sign=found["sign"], address=found["address"], open=found["open"], close=close
                    )
    return KepHeading()
