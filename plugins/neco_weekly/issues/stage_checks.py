"""Checks of what issues say of the stages of KEPs, against what had shipped on the day of the issue."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from itertools import pairwise

from ..display.problem_words import Phrase
from ..grammar.stage_words import StageClaim, claim_in, names_only
from ..lock.kep_as_of import KepsAsOf
from ..model.issues import Issue, Mention
from ..model.shipping import MATURING, Shipped
from ..model.text import sentence_ends, shortened
from .index import Index
from .problem_kinds import make_problem
from .problems import Problem

_CELLS = " · "
"""What stands between the cells of a row, of which no one is a sentence."""

_LONGEST = 60


def stage_problems(index: Index, keps_as_of: KepsAsOf, docs: str) -> Iterator[Problem]:
    """Yield a problem for each sentence that says of one KEP another stage than had shipped on the issue's day."""
    for issue in index.issues:
        told: set[str] = set()
        for mention in issue.mentions if issue.date else ():
            sentence = _sentence(mention, issue)
            if sentence and sentence not in told and (problem := _problem(sentence, mention, issue, keps_as_of, docs)):
                told.add(sentence)
                yield problem


def _problem(sentence: str, mention: Mention, issue: Issue, keps_as_of: KepsAsOf, docs: str) -> Problem | None:
    claim, kep = claim_in(sentence), keps_as_of.of(mention.kep, issue.date)
    if claim is None or kep is None or kep.then is None:
        return None
    if claim.release and not keps_as_of.releases.is_out(claim.release, issue.date):
        return None
    shipped = kep.then.shipped
    if not _contradicts(claim, shipped):
        return None
    had = (
        Phrase.of("problem.had_shipped", stage=shipped.stage.value, release=shipped.release or "")
        if shipped
        else Phrase.of("problem.had_not_shipped")
    )
    return make_problem(
        "stage-contradiction",
        posixpath.join(docs, issue.path),
        mention.line,
        written=shortened(sentence, _LONGEST),
        detail=f"KEP-{mention.kep}",
        day=issue.date,
        had=had,
    )


def _contradicts(claim: StageClaim, shipped: Shipped | None) -> bool:
    """Whether a stage is said to be reached that had not shipped, or to be today's when more had."""
    if shipped is None:
        return True
    if shipped.stage not in MATURING:
        return False
    return claim.stage.order > shipped.stage.order or (claim.is_still and claim.stage.order < shipped.stage.order)


def _sentence(mention: Mention, issue: Issue) -> str:
    """Return the sentence that a mention stands in, where that names no other KEP; else nothing."""
    text = mention.paragraph
    if mention.heading and names_only(mention.heading.text, mention.kep) and mention.written in mention.heading.text:
        return mention.heading.text if mention.written not in text else ""
    if not text or _CELLS in text:
        return ""
    ends = [0, *sentence_ends(text), len(text)]
    sentences = [text[start:end].strip() for start, end in pairwise(ends) if text[start:end].strip()]
    naming = [it for it in sentences if names_only(it, mention.kep)]
    if naming:
        return next((it for it in naming if claim_in(it)), "")
    same = {it.kep for it in issue.mentions if it.paragraph == text}
    return sentences[0] if len(sentences) == 1 and same == {mention.kep} and "://" in mention.written else ""
