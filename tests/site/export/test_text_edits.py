"""Changes of a text by places: what meets, what swallows, what stays."""

from __future__ import annotations

from neco_weekly.site.export.text_edits import Edits


def test_text_without_changes_stays() -> None:
    edits = Edits("abc")
    edits.replace(0, 1, "a")
    edits.insert(1, "")
    assert edits.applied() == "abc"


def test_changes_are_made_by_their_places() -> None:
    edits = Edits("abcdef")
    edits.insert(6, "!")
    edits.replace(1, 3, "X")
    edits.insert(1, "1")
    edits.insert(1, "2")
    assert edits.applied() == "a12Xdef!"


def test_of_two_that_meet_the_first_is_made() -> None:
    edits = Edits("abcdef")
    edits.replace(2, 5, "Y")
    edits.replace(1, 3, "X")
    assert edits.applied() == "aXdef"


def test_a_large_one_takes_what_is_inside_and_leaves_what_is_put_before() -> None:
    edits = Edits("one two")
    edits.insert(4, "> ")
    edits.replace(5, 6, "!")
    edits.replace(4, 7, "2", swallows=True)
    edits.insert(7, ".")
    assert edits.applied() == "one > 2."


def test_a_line_goes_with_what_was_put_before_it() -> None:
    edits = Edits("a\nb\nc")
    edits.insert(2, "> ")
    edits.insert(4, "> ")
    edits.delete_lines(2, 4)
    assert edits.applied() == "a\n> c"
