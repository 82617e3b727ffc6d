"""What a SIG's page shows: the KEPs that the SIG owns or takes part in, and the issues about those it owns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from ...display.words import Strings
from ...issues.index import Index
from ...model.issues import Issue
from ...model.keps import Enhancement
from ...model.paths import SIG_PAGE
from ...model.sig_names import sig_name
from .templates import DeferredPage


@dataclass(frozen=True, slots=True, kw_only=True)
class Sig:
    """A special interest group (SIG), by KEPs that have a page. Numbers are in order, issues newest first."""

    name: str
    owned: list[int] = field(default_factory=list)
    participating: list[int] = field(default_factory=list)
    issues: list[tuple[Issue, list[int]]] = field(default_factory=list)


def sigs(keps: Iterable[Enhancement], index: Index) -> Mapping[str, Sig]:
    """Return all SIGs that own a KEP, by name; a SIG whose name cannot be a part of an address has no page."""
    known = list(keps)
    owner = {kep.number: kep.state.sig for kep in known if kep.state.sig and sig_name(kep.state.sig) == kep.state.sig}
    found = {name: Sig(name=name) for name in sorted(set(owner.values()))}
    for kep in known:
        if kep.number in owner:
            found[owner[kep.number]].owned.append(kep.number)
        for name in kep.details.texts("participating_sigs"):
            if name in found and name != kep.state.sig:
                found[name].participating.append(kep.number)
    for issue in index.read:
        by_sig: dict[str, list[int]] = {}
        for number in issue.keps:
            if number in owner:
                by_sig.setdefault(owner[number], []).append(number)
        for name, numbers in by_sig.items():
            found[name].issues.append((issue, numbers))
    return found


def sig_pages(found: Mapping[str, Sig], draw: Callable[..., str]) -> Iterator[DeferredPage]:
    """Yield the page of each SIG: its KEPs, and the issues about them. `draw` takes a template and a path."""
    for name, sig in found.items():
        path = SIG_PAGE.format(sig=name)
        yield DeferredPage(path=path, title=name, words=name, draw=partial(draw, "sig.html", path, sig=sig))


def sig_table(draw: Callable[..., str], words: Strings) -> DeferredPage:
    """Return the page with the table of all SIGs."""
    path = "sigs/index.md"
    return DeferredPage(path=path, title=words("sig.index_title"), draw=partial(draw, "sig_table.html", path))
