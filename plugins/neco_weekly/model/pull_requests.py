"""Pull requests of kubernetes/enhancements: one whose change touched one KEP's folder only is a reference to that KEP.

An issue's text says which pull requests the issue links to; which KEPs these are about, the lock knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .issues import Mention, PullMention, Section

Pulls = Mapping[int, tuple[int, ...]]
"""The numbers of the KEPs that a pull request has changed, by the number of the pull request."""

NONE: Pulls = {}
"""The KEPs of pull requests where nothing is known of any."""


def kep_of_pull(pull: int, pulls: Pulls) -> int | None:
    """Return the KEP that a pull request is about; None if it has changed several KEPs, or nothing is known of it."""
    keps = pulls.get(pull, ())
    return keps[0] if len(keps) == 1 else None


def names_of(keps: Sequence[int]) -> str:
    """Return the names of KEPs in one line, `KEP-2, KEP-127`; of many, which one request may sweep over, the first."""
    names = ", ".join(f"KEP-{kep}" for kep in keps[:_NAMED])
    return names if len(keps) <= _NAMED else f"{names} and {len(keps) - _NAMED} more"


_NAMED = 5


def with_pulls(mentions: Sequence[Mention], links: Iterable[PullMention], pulls: Pulls) -> tuple[Mention, ...]:
    """Return the mentions of KEPs in the order of the text, those among them that are links to pull requests.

    A link whose text names its KEP is a mention already.
    """
    found: list[Mention] = []
    taken = 0
    for link in links:
        found += mentions[taken : link.before]
        taken = max(taken, link.before)
        kep = kep_of_pull(link.pull, pulls)
        if kep is not None and kep not in link.named:
            found.append(
                Mention(kep=kep, written=link.written, heading=link.heading, line=link.line, paragraph=link.paragraph)
            )
    return (*found, *mentions[taken:])


def keps_of(section: Section, pulls: Pulls) -> tuple[int, ...]:
    """Return the numbers of the KEPs that a section mentions, each once: by name first, then by a pull request."""
    linked = (kep_of_pull(pull, pulls) for pull in section.pulls)
    return tuple(dict.fromkeys([*section.keps, *filter(None, linked)]))
