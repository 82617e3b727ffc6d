"""Candidates for the texts of a page that were not taken, each with the reason: for who asks why a card is as it is.

They are looked for when the extraction is made: what is judged here decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from ...model.extraction import Extraction, Found, PassedOver, Reason
from ...model.text import one_line
from .graphemes import clipped
from .titles import same_words

MOST_PASSED_OVER, _LOOKED_AT = 8, 100
"""The number of candidates of one field that are told of, and of those that are looked at."""

_LONGEST_VALUE, _READ_AT_MOST = 120, 1_000

Judge = Callable[[str], Reason | None]
"""A function that says why a text is no value of a field, whatever others there are; None for one that could be."""


def passed_over(
    candidates: Mapping[str, Iterable[Found]], taken: Extraction, judges: Mapping[str, Judge]
) -> tuple[PassedOver, ...]:
    """Return the candidates that an extraction did not take, field by field, in the order in which places count.

    `candidates` are all by field, as written, the best place first; what says the same as the value that was taken, or
    as a candidate before it, is no news.
    """
    return tuple(
        it
        for field, found in candidates.items()
        for it in _of_field(field, list(islice(found, _LOOKED_AT)), taken, judges.get(field))
    )


def _of_field(field: str, found: Sequence[Found], taken: Extraction, judge: Judge | None) -> Iterator[PassedOver]:
    chosen: Found | None = getattr(taken, field)
    told = [chosen.value] if chosen else []
    place, count = _place(found, chosen), 0
    for number, candidate in enumerate(found):
        value = clipped(one_line(candidate.value[:_READ_AT_MOST]), _LONGEST_VALUE)
        if not value or any(value == it or it.startswith(value.removesuffix("…")) for it in told):
            continue
        reason = judge and judge(candidate.value)
        if reason is None and (number == place or (chosen and same_words(value, chosen.value))):
            continue  # what was taken, as written: with the name of the site, or in another width
        told.append(value)
        order: Reason = "judged-worse" if number < place else "later"
        yield PassedOver(field=field, value=value, origin=candidate.origin, reason=reason or order)
        count += 1
        if count == MOST_PASSED_OVER:
            return


def _place(found: Sequence[Found], chosen: Found | None) -> int:
    """Return the place of the candidate that was taken; that behind the last where none of them was."""
    if chosen is None:
        return len(found)
    of_origin = [number for number, it in enumerate(found) if it.origin == chosen.origin]
    same = [number for number in of_origin if chosen.value.removesuffix("…") in one_line(found[number].value)]
    return next(iter([*same, *of_origin]), len(found))
