"""The memory of builds: how often the collector of cycles looks; in a preview texts on the disk, what is remembered."""

from __future__ import annotations

import contextlib
import gc
from functools import partial
from pathlib import Path

import jinja2
import pytest
from neco_weekly.hosts.mkdocs.build_memory import Shelf, settle, with_seldom_collections
from neco_weekly.hosts.mkdocs.remembered import Remembered

from tests.sites import new_folder, run


def test_texts_come_back_from_a_shelf_in_any_order() -> None:
    shelf = Shelf()
    texts = ["猫の話", "", "half of a pair: \ud83d", "x" * 100_000]
    read = [shelf.put(it) for it in texts]
    assert [it() for it in reversed(read)] == texts[::-1]
    assert shelf.put("later")() == "later"


def test_what_follows_from_the_same_is_made_once() -> None:
    remembered, made = Remembered(is_on=True), list[str]()

    def make() -> str:
        made.append("made")
        return f"value {len(made)}"

    assert [remembered("a", key, make) for key in (1, 1, 2, 2, 1)] == [
        "value 1",
        "value 1",
        "value 2",
        "value 2",
        "value 3",
    ]
    assert remembered("b", 1, make) == "value 4"


def test_outside_of_a_preview_nothing_is_remembered() -> None:
    remembered = Remembered(is_on=False)
    assert [remembered("a", 1, partial(str, it)) for it in ("one", "other")] == ["one", "other"]


def test_what_is_equal_is_one_object() -> None:
    remembered = Remembered(is_on=True)
    first, equal = b"data" * 1_000, b"data" * 1_000
    assert remembered.same("a", first) is first
    assert remembered.same("a", equal) is first
    assert remembered.same("a", b"other") == b"other"


def environment(**filters: object) -> jinja2.Environment:
    loader = jinja2.DictLoader({"page.html": "{{ 'cat' | shout }}"})
    env = jinja2.Environment(loader=loader)
    env.filters |= filters
    return env


def shout(text: str) -> str:
    return text.upper()


def test_templates_are_compiled_once_for_the_same_filters(monkeypatch: pytest.MonkeyPatch) -> None:
    templates, compiled = Remembered(is_on=True).templates, list[str]()
    compiling = jinja2.Environment.compile

    def compile_and_note(self: jinja2.Environment, source: str, *args: object, **options: object) -> object:
        compiled.append(source)
        return compiling(self, source, *args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(jinja2.Environment, "compile", compile_and_note)

    def drawn(env: jinja2.Environment) -> str:
        templates.take_over(env)
        return env.get_template("page.html").render()

    assert [drawn(environment(shout=shout)), drawn(environment(shout=shout))] == ["CAT", "CAT"]
    assert len(compiled) == 1
    assert drawn(environment(shout=str.title)) == "Cat"  # Jinja works out constants while it compiles
    assert len(compiled) == 2


def test_the_collector_is_as_it_was_after_a_build_that_fails() -> None:
    before = gc.get_threshold()
    seldom = []
    with contextlib.suppress(RuntimeError), with_seldom_collections():
        seldom.append(gc.get_threshold())
        raise RuntimeError
    assert seldom != [before]
    assert gc.get_threshold() == before


HOOK = """
import gc, pathlib

def on_env(env, **_):
    pathlib.Path("seen").write_text(str(gc.get_threshold()))
    return env
"""


def test_a_build_collects_seldom_and_leaves_the_collector_as_it_was(tmp_path: Path) -> None:
    folder, before = new_folder(tmp_path, hooks=["hook.py"]), gc.get_threshold()
    folder.write("hook.py", HOOK)
    folder.build()
    assert (tmp_path / "seen").read_text(encoding="utf-8") != str(before)
    assert gc.get_threshold() == before


def test_a_program_that_has_built_ends_without_looking_for_garbage() -> None:
    script = "import gc, atexit\nfrom neco_weekly.hosts.mkdocs.build_memory import end_quickly\n"
    script += "atexit.register(lambda: print(gc.get_freeze_count() > 0))\nend_quickly(); end_quickly()"
    assert run("python", "-c", script, cwd=Path()).stdout == "True\n"


def test_what_stays_is_not_looked_through_again() -> None:
    try:
        settle()
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()


def test_a_text_that_was_read_from_a_shelf_lies_there_already() -> None:
    shelf = Shelf()
    read = [shelf.put(it) for it in ("one", "other")]
    assert shelf.put(read[0]()) is read[0]
    assert shelf.put(read[1]() + "!")() == "other!"
    assert [it() for it in read] == ["one", "other"]
