"""`bench sharing`: pictures for sharing, drawn and taken from the cache."""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from measure import progress
from neco_weekly.hosts.mkdocs.social_cards import Gallery
from neco_weekly.model.program import program_digest
from neco_weekly.site.social.social_card import SocialCard
from options import add_results
from report import Target, targets_table, write_results

RESULTS = Path(__file__).with_name("sharing-results.json")
COUNT = 100
TITLES = (
    ("コンテナ内の root を外の root にしない User Namespaces が v1.36 で stable になり、次の話題へ {}",),
    ("Ingress NGINX の引退 {}", "Gateway API v1.4.0", "Argo CD と cert-manager で変わること"),
    ("Sidecar containers reach stable, and what that changes for batch jobs, part {}",),
    ("🎉 リリース祭り {} 🐱",),
)
"""Titles as issues have them: long, of topics, of English, with signs that are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """CPU seconds for all pictures, drawn and then taken from the cache, and the bytes of the largest."""

    drawn: float
    kept: float
    largest: int


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command line of `bench sharing`."""
    parser.add_argument("--repeat", type=int, default=3, metavar="N", help="do it N times, the least counts")
    add_results(parser, RESULTS)


def run(options: argparse.Namespace) -> int:
    """Measure, print the table, write the results; the exit status."""
    found = []
    for _ in range(options.repeat):
        progress(f"{COUNT} pictures")
        found.append(_pictures())
    drawn, kept = min(it.drawn for it in found), min(it.kept for it in found)
    targets = [
        Target(name="a picture that is drawn, CPU ms", measured=drawn / COUNT * 1000, at_most=40),
        Target(name=f"{COUNT} pictures that did not change, CPU s", measured=kept, at_most=0.5),
    ]
    print(targets_table(targets))
    write_results(options.json, (), targets, pictures=found)
    return 1 if options.strict and any(target.missed for target in targets) else 0


def _pictures() -> Pictures:
    with tempfile.TemporaryDirectory() as temporary:
        drawn, pictures = _timed(Path(temporary))
        kept, again = _timed(Path(temporary))
    assert pictures == again
    return Pictures(drawn=drawn, kept=kept, largest=max(map(len, pictures)))


def _timed(folder: Path) -> tuple[float, list[bytes]]:
    program_digest.cache_clear()  # a build computes it once
    started = time.process_time()
    gallery = Gallery(folder)
    pictures = [gallery.picture(f"{number}.png", _card(number)) for number in range(COUNT)]
    return time.process_time() - started, pictures


def _card(number: int) -> SocialCard:
    title = tuple(part.format(number) for part in TITLES[number % len(TITLES)])
    return SocialCard(site="Neco Weekly", title=title, foot=f"第{number}回\u30002026-05-08")
