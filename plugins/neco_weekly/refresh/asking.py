"""Asking a source: an answer, or a failure in the report."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ..model.errors import FetchError
from .report import Failure, Report

T = TypeVar("T")


def ask(source: Callable[[], T] | None, name: str, report: Report) -> T | None:
    """Return what a source answers; None where there is none to ask, or the source could not be reached.

    Raises:
        NecoError: the source is none.
    """
    if source is None:
        return None
    try:
        answer = source()
    except FetchError as error:
        report.failures.append(Failure.of(name, error))
        return None
    report.responses += 1
    return answer
