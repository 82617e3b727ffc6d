"""While a page's tokens live Python looks for no cycles, and afterwards it does as before, however reading ended."""

from __future__ import annotations

import contextlib
import gc

import pytest
from markdown import Markdown
from neco_weekly.extension import NecoWeeklyExtension
from neco_weekly.extension.structure import read_structure
from neco_weekly.extension.structure.read_structure import no_collection


def test_python_looks_again_when_it_is_over() -> None:
    with no_collection():
        assert not gc.isenabled()
        with no_collection():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_python_looks_again_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), no_collection():
        raise ZeroDivisionError
    assert gc.isenabled()


def test_who_has_switched_it_off_finds_it_off() -> None:
    gc.disable()
    try:
        with no_collection():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def looks(text: str) -> int:
    """How often Python looks for cycles while the blocks of a page are read and drawn."""
    seen: list[str] = []
    markdown = Markdown(extensions=[NecoWeeklyExtension(grammar="github")])
    markdown.convert("warm")
    usual = gc.get_threshold()
    gc.set_threshold(700, 10, 10)  # of a Python that nobody has told otherwise
    gc.callbacks.append(lambda phase, _: seen.append(phase))
    try:
        markdown.convert(text)
    finally:
        gc.callbacks.pop()
        gc.set_threshold(*usual)
    return seen.count("start")


def test_a_page_of_many_blocks_is_read_with_fewer_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n\n".join(f"- a {number}\n  - b" for number in range(1_000))
    few = looks(text)
    monkeypatch.setattr(read_structure, "no_collection", contextlib.nullcontext)
    assert few < looks(text) - 10
